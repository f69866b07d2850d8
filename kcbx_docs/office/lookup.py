"""Which case of an office is meant by a word: its number, its file, or somebody's name in it."""

from collections.abc import Iterator
from pathlib import Path

from kcbx_docs.case.model import name_key
from kcbx_docs.light import dataclass
from kcbx_docs.office.files import CASES, files_below, folder_key, number_in
from kcbx_docs.reading import decode, read_yaml


@dataclass(frozen=True)
class Meant:
    """A file that is meant, and the pupil of its case."""

    path: Path
    number: str
    pupil: str = ""


def cases_called(word: str, root: Path) -> tuple[Meant, ...]:
    """Find the files that a word means; who has the number or the file's name is meant alone."""
    files = files_below([root / CASES], workspace=False)
    called = {path: None for path in files if word in (path.stem, path.name)}
    numbered = [one for one in map(number_in, files) if one]
    same = [one.path for one in numbered if one.folder == folder_key(word)]
    called.update(dict.fromkeys(same))
    return tuple(map(_found, called)) or tuple(_of_people(word, files))


def numbers_of(root: Path) -> tuple[str, ...]:
    """List the numbers of an office's files."""
    files = files_below([root / CASES], workspace=False)
    return tuple(one.number for one in map(number_in, files) if one)


def _of_people(word: str, files: tuple[Path, ...]) -> Iterator[Meant]:
    """Yield the cases in which the pupil or a guardian is called so."""
    for path in files:
        # Most files are put aside without reading them as YAML.
        if name_key(word) not in name_key(decode(path.read_bytes()) or ""):
            continue
        data = read_yaml(path)[0].data
        if name_key(word) in map(name_key, _names(data)):
            yield _found(path)


def _names(data: object) -> Iterator[str]:
    if not isinstance(data, dict):
        return
    guardians = data.get("监护人")
    for one in (data.get("学生"), *(guardians if isinstance(guardians, list) else ())):
        if isinstance(one, dict) and isinstance(one.get("姓名"), str):
            yield one["姓名"]


def guardians_in(path: Path) -> tuple[str, ...]:
    """List the guardians of a case file."""
    data = read_yaml(path)[0].data
    return tuple(_names({**data, "学生": None})) if isinstance(data, dict) else ()


def _found(path: Path) -> Meant:
    data = read_yaml(path)[0].data
    known = number_in(path)
    return Meant(path, known.number if known else "", next(_names(data), ""))
