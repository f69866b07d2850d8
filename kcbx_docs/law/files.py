"""Reading of law data: the shipped files quickly, everything else strictly with places."""

from functools import cache
from pathlib import Path

import yaml

from kcbx_docs.law.model import LawFile
from kcbx_docs.problems import Problems
from kcbx_docs.reading import Source, read_model, read_text

DATA = Path(__file__).with_name("data")


class _QuickLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The C loader without implicit types: the same values as the strict reader, without places."""


_QuickLoader.yaml_implicit_resolvers = {}


def read_shipped(path: Path) -> Source:
    """Read a shipped data file; the strict reader reads it in the tests."""
    text, _ = read_text(path, path.name)
    return Source(path.name, text or "", yaml.load(text or "", Loader=_QuickLoader))


def read_law_file(source: Source) -> tuple[LawFile | None, Problems]:
    """Give a law file its types."""
    return read_model(LawFile, source)


@cache
def shipped_files() -> tuple[tuple[Source, LawFile | None, Problems], ...]:
    """Read the registry that comes with the program."""
    read = []
    for path in sorted(DATA.glob("*.yaml")):
        source = read_shipped(path)
        read.append((source, *read_law_file(source)))
    return tuple(read)
