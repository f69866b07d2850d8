"""Files that are cases by what they say, and nothing by their names: ``2026-001.yaml.txt``."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from kcbx_docs.case.files import find_workspace
from kcbx_docs.case.model import name_key
from kcbx_docs.handwriting.encodings import decode
from kcbx_docs.light import dataclass
from kcbx_docs.office.files import CASES, SUFFIXES, first_key, in_folder, number_in, numbers_in
from kcbx_docs.problems import Place, Problem, Problems, UserError, problem

_ENDINGS = ("", ".txt", ".text", ".yam", ".yal", ".ymal")
"""What editors append and what is mistyped; a copy that is kept, as ``.bak``, is meant to be."""


@dataclass(frozen=True)
class Misnamed:
    """A file that nobody reads because of its name."""

    path: Path
    kind: str
    number: str

    @property
    def name(self) -> str:
        """Return the name under which it would be read."""
        stem = self.path.with_suffix("") if self.path.suffix.lower() in _ENDINGS else self.path
        return stem.name if stem.suffix.lower() in SUFFIXES else f"{stem.name}.yaml"

    @property
    def meant(self) -> Path:
        """Return the file that it should be."""
        return self.path.resolve().with_name(self.name)


def misnamed(root: Path) -> tuple[Misnamed, ...]:
    """List the files below an office's cases/ that would be read if they were called otherwise."""
    home = root.resolve()
    return tuple(one for one in _found(root / CASES) if find_workspace(one.path.parent) == home)


def told_misnamed(root: Path) -> Problems:
    """Tell of every misnamed file, and of the file with its number that is read instead."""
    found = misnamed(root)
    known = numbers_in(root) if found else {}
    return tuple(_told(one, known.get(one.number)) for one in found)


def refuse_misnamed(word: str, root: Path) -> None:
    """Raise where somebody is called so in files that nobody reads."""
    part = name_key(word)
    _refuse(word, [one for one in misnamed(root) if part and part in _words(one.path)])


def refuse_missing(path: Path) -> None:
    """Raise where a file that is not there lies beside its place under another ending."""
    root = find_workspace(path.parent)
    _refuse(
        path.name, [one for one in misnamed(root) if one.meant == path.resolve()] if root else []
    )


def _refuse(word: str, found: Sequence[Misnamed]) -> None:
    if found:
        files = "、".join(f"「{one.path.name}」" for one in found)
        names = "、".join(f"「{one.name}」" for one in found)
        raise UserError([problem("NEXT008", Place(), word=word, files=files, names=names)])


def _found(folder: Path) -> Iterator[Misnamed]:
    for path in in_folder(folder, _ENDINGS):
        if kind := first_key(path):
            number = number_in(path)
            yield Misnamed(path, kind, number.folder if number else "")


def _told(one: Misnamed, other: Path | None) -> Problem:
    facts = {"path": one.path.name, "kind": one.kind, "name": one.name}
    if other:
        return problem("LEDG099", Place(str(one.path)), **facts, other=other.name)
    return problem("LEDG098", Place(str(one.path)), **facts)


def _words(path: Path) -> str:
    return name_key(path.name) + name_key(decode(path.read_bytes()) or "")
