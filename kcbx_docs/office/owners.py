"""Whose a file is: the organs that work on it, the schools whose children stand in it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from kcbx_docs.case.files import (
    Loaded,
    LoadedBatch,
    LoadedCase,
    LoadedLeads,
    LoadedLetter,
    find_workspace,
)
from kcbx_docs.case.workspace import SCHOOL, Workspace
from kcbx_docs.light import dataclass
from kcbx_docs.office.opened import opening_of


@dataclass(frozen=True)
class Owner:
    """Whose a file is."""

    office: str
    """Whose workspace it lies in."""
    handled_by: str
    """The organ that acts, or the school."""
    schools: frozenset[str] = frozenset()
    """Every school whose children may stand in it; none where nobody can tell."""


def owner_of(loaded: Loaded | None, workspace: Workspace) -> Owner:
    """Tell whose a file is; of one that cannot be read, only in whose workspace it lies."""
    own = workspace.office
    if loaded is None:
        return Owner(own.name, own.name)
    schools = frozenset(_schools(loaded))
    if not schools and own.kind == SCHOOL:
        schools = frozenset((own.name,))
    return Owner(own.name, _handled_by(loaded) or own.name, schools)


def owner_in(path: Path, known: date) -> Owner | None:
    """Tell whose a file is, read alone; nothing where its workspace cannot be read."""
    root = find_workspace(path.parent)
    office = opening_of(root).legible if root else None
    return owner_of(office.read(path, known)[0], office.workspace) if office else None


def _handled_by(loaded: Loaded) -> str:
    if isinstance(loaded, LoadedCase):
        return loaded.case.office
    if isinstance(loaded, LoadedBatch):
        return loaded.batch.office or loaded.batch.school.name
    if isinstance(loaded, LoadedLeads):
        return ""
    return loaded.letter.office if isinstance(loaded, LoadedLetter) else loaded.work.office


def _schools(loaded: Loaded) -> Iterator[str]:
    """Yield the schools of the children; an empty name where one has none."""
    if isinstance(loaded, LoadedCase):
        yield loaded.case.school.name if loaded.case.school else ""
    elif isinstance(loaded, LoadedBatch):
        yield loaded.batch.school.name
    elif isinstance(loaded, LoadedLeads):
        yield from (entry.school for entry in loaded.leads.entries)
