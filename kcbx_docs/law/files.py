"""Reading of law data: the shipped files quickly, everything else strictly with places."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from kcbx_docs.handwriting.echoes import without_echoes
from kcbx_docs.law.model import LawFile
from kcbx_docs.problems import Problems
from kcbx_docs.reading import Source, parse_yaml, read_model, read_text

DATA = Path(__file__).with_name("data")


def read_shipped(path: Path) -> Source:
    """Read a shipped data file without places; the strict reader reads it in the tests.

    Every command reads these hundred thousand characters, so the values are taken from the events
    of the C parser: a third of the time that its loader takes.
    """
    text, _ = read_text(path, path.name)
    if not yaml.__with_libyaml__:
        return parse_yaml(text or "", path.name)[0]
    loader = yaml.CSafeLoader(text or "")
    try:
        loader.get_event(), loader.get_event()  # the stream and the document begin
        return Source(path.name, text or "", _value(loader.get_event(), loader.get_event))
    finally:
        loader.dispose()


def _value(event: Any, following: Callable[[], Any]) -> Any:
    """Build what an event begins; every scalar is text."""
    kind = type(event)
    if kind is yaml.ScalarEvent:
        return event.value
    if kind is yaml.MappingStartEvent:
        return _mapping(following)
    assert kind is yaml.SequenceStartEvent, kind
    items: list[Any] = []
    while type(event := following()) is not yaml.SequenceEndEvent:
        items.append(_value(event, following))
    return items


def _mapping(following: Callable[[], Any]) -> dict[str, Any]:
    entries: dict[str, Any] = {}
    while type(event := following()) is not yaml.MappingEndEvent:
        entries[event.value] = _value(following(), following)
    return entries


def read_law_file(source: Source) -> tuple[LawFile | None, Problems]:
    """Give a law file its types."""
    file, found = read_model(LawFile, source)
    return file, tuple(without_echoes(found, source.text, source.doubtful))


@cache
def shipped_files() -> tuple[tuple[Source, LawFile | None, Problems], ...]:
    """Read the registry that comes with the program."""
    read = []
    for path in sorted(DATA.glob("*.yaml")):
        source = read_shipped(path)
        read.append((source, *read_law_file(source)))
    return tuple(read)
