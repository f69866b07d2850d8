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
from kcbx_docs.office.kept_files import EVIDENCE, own_folders
from kcbx_docs.problems import Place, Problem, problem, raise_errors

_FILE = "文件"


def refuse_others_files(loaded: LoadedCase, names: Iterable[str]) -> None:
    """Raise where one who does not see everything names a file that is not of his case; it makes no
    difference whether there is such a file.
    """
    desk = the_desk()
    if desk.sees_all:
        return
    root = desk.office(loaded.path).root.resolve()
    raise_errors(_found(loaded, root, [*filter(None, names)]))


def _found(loaded: LoadedCase, root: Path, names: Iterable[str]) -> Iterator[Problem]:
    others = [one for one in the_desk().hidden if find_workspace(one) == root]
    for name in names:
        path = (root / name.replace("\\", "/")).resolve()
        if _is_elsewhere(path, root) or (others and _may_be_theirs(path, root, loaded, others)):
            folder = f"{EVIDENCE}/{loaded.case.id}"
            yield problem("DESK096", Place(path=_FILE), name=name, folder=folder)


def _is_elsewhere(path: Path, root: Path) -> bool:
    """Tell whether a path lies in another workspace, or where no evidence is kept."""
    if not path.is_relative_to(root) or find_workspace(path.parent) != root:
        return True
    return {*path.relative_to(root).parts[:1]} <= {CASES, LEDGER, OUTPUT, SERVER}


def _may_be_theirs(path: Path, root: Path, loaded: LoadedCase, others: Iterable[Path]) -> bool:
    """Tell whether a file of a workspace that others use as well lies in no folder of the case, or
    is named by one of theirs.
    """
    if path.parent not in {one.resolve() for one in own_folders(loaded, root)}:
        return True
    name = path.relative_to(root).as_posix()
    texts = (one.read_text("utf-8", "replace") for one in others)
    return any(name in text.replace("\\", "/") for text in texts)
