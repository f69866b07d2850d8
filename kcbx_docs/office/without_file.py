"""Cases of which something was made or recorded, whether or not their files are still there."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from kcbx_docs.case.files import find_workspace
from kcbx_docs.case.workspace import Workspace
from kcbx_docs.locking import OUTPUT
from kcbx_docs.office.book import FOLDER, letter_name, register_of
from kcbx_docs.office.files import folder_key, numbers_in
from kcbx_docs.office.misnamed import misnamed, told_misnamed
from kcbx_docs.office.opened import opening_of
from kcbx_docs.problems import Place, Problem, Problems, UserError, problem

_NAMED = 5
"""So many cases are named; the others are counted."""


def numbers_used(root: Path, workspace: Workspace) -> set[str]:
    """Return the numbers of cases, as folders are compared, under which something was made or
    recorded, whether or not their files are still there.
    """
    folders = (path.name for path in (root / OUTPUT).glob("*") if path.is_dir())
    unread = {one.number for one in misnamed(root) if one.number}
    return {*map(folder_key, folders), *map(folder_key, _recorded(root, workspace)), *unread}


def uncounted(paths: Iterable[Path]) -> Problems:
    """Tell which cases of the workspaces of some files or folders are counted nowhere."""
    found: list[Problem] = []
    for root in dict.fromkeys(filter(None, map(find_workspace, paths))):
        if office := opening_of(root).legible:
            found += uncounted_in(office.root, office.workspace)
    return tuple(found)


def uncounted_in(root: Path, workspace: Workspace) -> Problems:
    """Tell which cases of an office only its ledger knows, and which files are read by nobody."""
    with suppress(UserError):  # a ledger out of reach is told with its cases
        return (*without_file(root, workspace), *told_misnamed(root))
    return told_misnamed(root)


def without_file(root: Path, workspace: Workspace) -> Problems:
    """Tell of which cases the ledger holds papers while their files are gone."""
    known = {*numbers_in(root), *(one.number for one in misnamed(root))}
    lost = [case for case in _recorded(root, workspace) if folder_key(case) not in known]
    if not lost:
        return ()
    told = "、".join(lost[:_NAMED]) + (f"等 {len(lost)} 件" if len(lost) > _NAMED else "")
    return (problem("LEDG096", Place(str(root / FOLDER)), cases=told),)


def _recorded(root: Path, workspace: Workspace) -> tuple[str, ...]:
    """List the cases of which the ledger holds something; letters and work are no cases."""
    register = register_of(root, workspace)
    found = register.book.cases() if register else ()
    return tuple(case for case in found if not letter_name(case))
