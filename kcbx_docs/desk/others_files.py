"""The files of other people's cases: on a county's server nobody names one as his own, which would
bind it into his dossier.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from kcbx_docs.case.files import LoadedCase, find_workspace
from kcbx_docs.desk.here import the_desk
from kcbx_docs.locking import OUTPUT
from kcbx_docs.office.book import FOLDER as LEDGER
from kcbx_docs.office.files import CASES, SERVER
from kcbx_docs.office.kept_files import EVIDENCE
from kcbx_docs.problems import Place, Problem, problem, raise_errors

_FILE = "文件"


def refuse_others_files(loaded: LoadedCase, names: Iterable[str]) -> None:
    """Raise where one who does not see everything names a file that is not of his case; it makes no
    difference whether there is such a file.
    """
    desk = the_desk()
    if desk.sees_all:
        return
    root = desk.office(loaded.path).root
    raise_errors(_found(loaded, root, [*filter(None, names)]))


def _found(loaded: LoadedCase, root: Path, names: Iterable[str]) -> Iterator[Problem]:
    for name in names:
        path = (root / name.replace("\\", "/")).resolve()
        if _is_elsewhere(path, root.resolve()) or _is_named(path, loaded):
            folder = f"{EVIDENCE}/{loaded.case.id}"
            yield problem("DESK096", Place(path=_FILE), name=name, folder=folder)


def _is_elsewhere(path: Path, root: Path) -> bool:
    """Tell whether a path lies in another workspace, or where no evidence is kept."""
    if not path.is_relative_to(root) or find_workspace(path.parent) != root:
        return True
    return {*path.relative_to(root).parts[:1]} <= {CASES, LEDGER, OUTPUT, SERVER}


def _is_named(path: Path, loaded: LoadedCase) -> bool:
    """Tell whether the file of somebody else names a file."""
    desk = the_desk()
    for other in desk.hidden:
        root = find_workspace(other)
        if root and path.is_relative_to(root):
            name = path.relative_to(root).as_posix()
            if name in other.read_text("utf-8", "replace").replace("\\", "/"):
                return True
    return False
