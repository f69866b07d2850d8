"""The photographs and scans that a case names: told while somebody still knows where they are, not
when the file of the case is bound. What is kept elsewhere, or is a number, is no file of this
folder.
"""

from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path, PurePath

from kcbx_docs.case.fields import safe_name
from kcbx_docs.case.files import Loaded, LoadedCase
from kcbx_docs.case.paths import is_file
from kcbx_docs.light import regex
from kcbx_docs.problems import Problem, problem
from kcbx_docs.reading import Loc

FILES, MEDIA = "文件", "影像资料"
_NAMED = regex(
    r"(?i)[^（）()，。；：\s]+"
    r"\.(jpe?g|png|bmp|gif|webp|heic|tiff?|pdf|mp[34]|mov|avi|3gp|wav|m4a|amr)"
)
"""The name of a file and nothing else: who adds where it lies has told it."""
EVIDENCE = "证据"
NOT_THERE = ("CASE315", "CASE316")
"""Told of a name that must be a file of the folder, and of one that may be."""
"""The folder of a workspace in which the files lie that events name, by cases."""


def missing_files(loaded: LoadedCase, root: Path) -> Iterator[Problem]:
    """Yield the files that a case names and the office's folder does not hold."""
    folders = own_folders(loaded, root)
    for loc, name, must in _named(loaded):
        path = root / name.replace("\\", "/")
        if _inside(path, root) or (not must and is_file(loaded.path.parent / name)):
            continue
        elsewhere = _lies_at(folders, root, PurePath(path).name)
        if elsewhere and not must:
            continue
        place = loaded.source.place(loc, value=True)
        advice = f"是不是「{elsewhere}」？" if elsewhere else ""
        code = NOT_THERE[0 if must else 1]
        yield problem(code, place, key=loc[-1 - isinstance(loc[-1], int)], name=name, advice=advice)


def _named(loaded: LoadedCase) -> Iterator[tuple[Loc, str, bool]]:
    """Yield what may be a file with its place, and whether it must be one."""
    for number, event in enumerate(loaded.case.history):
        if event.handed_by:
            continue  # the organ that handed the case over has them
        for at, name in enumerate(event.files):
            yield ("经过", number, FILES, at), name, True
        for at, name in enumerate(event.media):
            if _NAMED.fullmatch(name):
                yield ("经过", number, MEDIA, at), name, False
    for number, piece in enumerate(loaded.case.evidence):
        if piece.file:
            yield ("证据", number, FILES), piece.file, True


def nowhere(name: str, loaded: Loaded, root: Path) -> bool:
    """Tell whether a word is the name of a file and nothing else, and no such file is there."""
    if not _NAMED.fullmatch(name):
        return False
    plain = name.replace("\\", "/")
    own = own_folders(loaded, root) if isinstance(loaded, LoadedCase) else ()
    there = _inside(root / plain, root) or is_file(loaded.path.parent / plain)
    return not (there or _lies_at(own, root, PurePath(plain).name))


def _inside(path: Path, root: Path) -> bool:
    """Tell whether a file is there and in the folder: nothing else is bound with the case."""
    return is_file(path) and path.resolve().is_relative_to(root.resolve())


def own_folders(loaded: LoadedCase, root: Path) -> tuple[Path, ...]:
    """List the folders in which the files of a case lie: those it names files of, the one that is
    common to all, and those that bear its number, its pupil's name or that of its file. What lies
    elsewhere is another child's.
    """
    beside, case = loaded.path.parent, loaded.case
    bases = (root / EVIDENCE, beside / EVIDENCE, root, beside)
    called = filter(None, map(safe_name, (case.id, case.pupil.name, loaded.path.stem)))
    own = (base / one for one, base in product(called, bases))
    named = (root / name.replace("\\", "/") for _, name, _ in _named(loaded))
    in_use = (path.parent for path in named if _inside(path, root))
    return tuple(dict.fromkeys((*in_use, *own, root / EVIDENCE, beside)))


def _lies_at(folders: Iterable[Path], root: Path, name: str) -> str:
    """Return where a file of this name lies in some folders; nothing where in none."""
    found = (folder / name for folder in folders if _inside(folder / name, root))
    return next((path.relative_to(root).as_posix() for path in found), "")
