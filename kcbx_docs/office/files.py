"""The files of an office: which there are, and which of them would write into one and the same
folder.

Each case, batch, letter and piece of work has a folder in output/, called by its number.
Names are compared as Windows compares them, where ``Dup-1`` and ``dup-1.`` are one folder.
"""

import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from kcbx_docs.case.files import WORKSPACE_FILE, find_workspace, kind_of
from kcbx_docs.case.paths import is_file
from kcbx_docs.handwriting.encodings import decode
from kcbx_docs.light import dataclass, regex
from kcbx_docs.locking import OUTPUT
from kcbx_docs.office.opened import CALENDARS, TEMPLATES
from kcbx_docs.problems import Place, Problem, problem
from kcbx_docs.reading import MAX_BYTES, read_yaml

CASES = "cases"
SERVER = "服务器"
"""Where a county's server keeps who may use it, and who looked at what."""
_NOT_OURS = (TEMPLATES, OUTPUT, CALENDARS, SERVER)
SUFFIXES = (".yaml", ".yml")
"""Capital letters make no difference, as on Windows."""
_BY_STEM = ("公文", "工作", "线索")
"""What is called by its file where it has no number."""
_NUMBER = {"案件": "编号", "批次": "批次", "公文": "编号", "工作": "编号", "线索": "编号"}
"""The key that names the folder, by the first key of the file."""

_FIRST = regex(r"\A\s*(?:(?:#.*|---.*)?\n\s*)*[\"']?(案件|批次|公文|工作|线索)[\"']?[ \t]*:[ \t]")
_ANYWHERE = regex(r"^(案件|批次|公文|工作|线索)[ \t]*:[ \t]", re.MULTILINE)
"""The first key of a file that is broken above it."""

_VALUE = (
    r"""^["']?%s["']?[ \t]*:[ \t]+(?P<value>"""
    r"""(?P<mark>["'])(?P<quoted>[^"'\\\n]+)(?P=mark)"""
    r"""|(?P<plain>[^\s"'#{\[|>&*!][^\n]*))"""
)
_KEYS = {key: regex(_VALUE % key, re.MULTILINE) for key in set(_NUMBER.values())}
_COMMENT = regex(r"[ \t]+#.*")


def files_below(paths: Sequence[Path], *, workspace: bool = True) -> tuple[Path, ...]:
    """List files as they are and the YAML files of folders;
    a workspace's templates, calendar and output are left out.
    """
    found: dict[Path, None] = {}
    for given in paths:
        found.update(dict.fromkeys(in_folder(given) if given.is_dir() else [given]))
    if workspace:
        return tuple(found)
    return tuple(path for path in found if path.name != WORKSPACE_FILE or path in paths)


def in_folder(folder: Path, suffixes: Sequence[str] = SUFFIXES) -> Iterator[Path]:
    """Yield the files below a folder whose names end so, without what the program keeps there."""
    found: list[Path] = []
    for above, inside, names in os.walk(folder):  # papers of a whole county may lie beside
        inside[:] = [name for name in inside if not name.startswith(".") and name not in _NOT_OURS]
        found += [Path(above, name) for name in names if not name.startswith(".")]
    ours = [path for path in found if path.suffix.lower() in suffixes]
    yield from filter(Path.is_file, sorted(ours))


def of_kinds(paths: Iterable[Path], kinds: Sequence[str]) -> tuple[Path, ...]:
    """Keep the files of some kinds, and those of which nobody can tell what they are."""
    return tuple(path for path in paths if first_key(path) in ("", *kinds))


def first_key(path: Path) -> str:
    """Tell what a file is from its first key; nothing where nobody can tell."""
    found = _FIRST.match(_text_of(path))
    return found[1] if found else ""


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return decode(stream.read(MAX_BYTES)) or ""
    except OSError:
        return ""


@dataclass(frozen=True)
class Numbered:
    """A file and the number that names its folder."""

    path: Path
    number: str
    place: Place

    @property
    def folder(self) -> str:
        """Return the folder's name as Windows sees it."""
        return folder_key(self.number)


def folder_key(number: str) -> str:
    """Return the name of a number's folder as Windows compares it."""
    return unicodedata.normalize("NFC", number).casefold().rstrip(". ")


def numbers_in(root: Path) -> dict[str, Path]:
    """Map the folders that the files of an office's cases/ write into to those files."""
    home = root.resolve()
    files = [path for path in in_folder(root / CASES) if find_workspace(path.parent) == home]
    read = map(number_in, files)
    return {one.folder: one.path for one in read if one}


def doubled(paths: Iterable[Path]) -> dict[Path, Problem]:
    """Find those of some files whose number another file of the same office has as well.

    All files of the office's cases/ are looked at, whatever was given;
    what is wrong with them does not matter as long as their number can be read.
    """
    home = cache(find_workspace)
    given: dict[Path, list[Path]] = defaultdict(list)
    for path in paths:
        if path.name != WORKSPACE_FILE and (root := home(path.parent)):
            given[root].append(path)
    found: dict[Path, Problem] = {}
    for root, own in given.items():
        kept = [path for path in in_folder(root / CASES) if home(path.parent) == root]
        found |= _doubled(root, own, kept)
    return found


def _doubled(
    root: Path, given: Sequence[Path], kept: Sequence[Path]
) -> Iterator[tuple[Path, Problem]]:
    """Yield the files among those given that share a folder with another."""
    asked = set(given)
    for same in _by_folder((*kept, *given)):
        real = {one.path: one.path.resolve() for one in same}  # one file may be given in two ways
        for one in same:
            others = {path for path in real.values() if path != real[one.path]}
            if others and one.path in asked:
                names = "、".join(sorted(_below(path, root) for path in others))
                yield one.path, problem("WORK010", one.place, number=one.number, files=names)


def _by_folder(paths: Iterable[Path]) -> list[list[Numbered]]:
    """List the files that write into one folder together."""
    every = {path.absolute(): path for path in paths}
    alike: dict[str, list[Numbered]] = defaultdict(list)
    for path in every.values():
        if one := number_in(path):
            alike[one.folder].append(one)
    return [same for same in alike.values() if len(same) > 1]


def _below(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def number_in(path: Path) -> Numbered | None:
    """Read only the number of a file, fast, even if the rest is broken; none if it is not ours."""
    if not is_file(path):
        return None
    text = _text_of(path)
    first = _FIRST.match(text) or _ANYWHERE.search(text)
    found = _KEYS[_NUMBER[first[1]]].search(text) if first else None
    if found is None:
        return _read_slowly(path)
    number = found["quoted"] or _COMMENT.sub("", found["plain"] or "").strip()
    return Numbered(path, number, _place(path, text, found.start("value")))


def _place(path: Path, text: str, at: int) -> Place:
    line = text.count("\n", 0, at)
    return Place(str(path), line + 1, at - text.rfind("\n", 0, at))


def _read_slowly(path: Path) -> Numbered | None:
    """Read a file that is written in an unusual way, or a letter that has no number."""
    source, _ = read_yaml(path)
    kind = kind_of(source)
    if kind is None:
        return None
    key = _NUMBER[kind]
    value = source.data.get(key) or (path.stem if kind in _BY_STEM else "")
    if not isinstance(value, str) or not value:
        return None
    return Numbered(path, value, source.place((key,), value=True))
