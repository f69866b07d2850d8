"""Which case of an office is meant by a word: its number, its file, or somebody's name in it."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from kcbx_docs.case.model import name_key
from kcbx_docs.handwriting.encodings import decode
from kcbx_docs.light import dataclass
from kcbx_docs.office.files import CASES, files_below, folder_key, number_in
from kcbx_docs.reading import read_yaml


@dataclass(frozen=True)
class Meant:
    """A file that is meant, and the pupil of its case."""

    path: Path
    number: str
    pupil: str = ""
    guardians: tuple[str, ...] = ()

    @property
    def called(self) -> tuple[str, ...]:
        """List by what it can be asked for."""
        return (self.number, self.path.stem, self.pupil, *self.guardians)


def cases_called(word: str, root: Path) -> tuple[Meant, ...]:
    """Find the files that a word means; who has the number or the file's name is meant alone."""
    files = files_below([root / CASES], workspace=False)
    called = {path: None for path in files if word in (path.stem, path.name)}
    numbered = [one for one in map(number_in, files) if one]
    same = [one.path for one in numbered if one.folder == folder_key(word)]
    called.update(dict.fromkeys(same))
    return tuple(map(_found, called)) or tuple(_of_people(word, files))


def cases_like(word: str, root: Path) -> tuple[Meant, ...]:
    """Find the files of which a word is a part: of the number, of the file's name, of somebody's
    name. Nobody is meant by it for sure, so whoever asks is asked in turn.
    """
    part = name_key(word)
    files = files_below([root / CASES], workspace=False) if part else ()
    found = map(_found, (path for path in files if _says(path, part)))
    return tuple(one for one in found if part in name_key("|".join(one.called)))


def numbers_of(root: Path) -> tuple[str, ...]:
    """List the numbers of an office's files."""
    files = files_below([root / CASES], workspace=False)
    return tuple(one.number for one in map(number_in, files) if one)


def names_of(root: Path) -> tuple[str, ...]:
    """List the people by whose names the cases of an office can be asked for."""
    files = files_below([root / CASES], workspace=False)
    names = chain.from_iterable(_names(read_yaml(path)[0].data) for path in files)
    return tuple(dict.fromkeys(names))


def _of_people(word: str, files: tuple[Path, ...]) -> Iterator[Meant]:
    """Yield the cases in which the pupil or a guardian is called so."""
    for path in files:
        if not _says(path, name_key(word)):
            continue
        data = read_yaml(path)[0].data
        if name_key(word) in map(name_key, _names(data)):
            yield _found(path)


def _says(path: Path, part: str) -> bool:
    """Tell whether a word stands anywhere: most files are put aside without reading their YAML."""
    return part in name_key(path.stem) or part in name_key(decode(path.read_bytes()) or "")


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
    names = tuple(_names(data))
    return Meant(path, known.number if known else "", "".join(names[:1]), names[1:])
