"""The opened office: one workspace with its packs, law and calendars,
read once for everybody who asks.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from kcbx_docs.case.files import (
    WORKSPACE_FILE,
    Issuable,
    Loaded,
    LoadedCase,
    LoadedWorkspace,
    find_workspace,
    load_file,
    load_workspace,
    without_faults,
)
from kcbx_docs.case.workspace import Workspace, with_school
from kcbx_docs.law.calendar import read_calendar
from kcbx_docs.ledger.model import Recorded
from kcbx_docs.light import dataclass
from kcbx_docs.locking import OUTPUT
from kcbx_docs.office.book import (
    Register,
    as_named_now,
    entries_of,
    ledger_id,
    register_of,
)
from kcbx_docs.office.reason import unknown_clerk
from kcbx_docs.office.taken_back import still_told
from kcbx_docs.packs.library import Library, open_library
from kcbx_docs.problems import Place, Problems, UserError, errors, raise_errors, stop
from kcbx_docs.record.docket import Docket, docket_of
from kcbx_docs.record.jurisdiction import Jurisdiction, open_jurisdiction
from kcbx_docs.record.responsible import strange_posts
from kcbx_docs.writing import STAGED

CALENDARS = "calendar"
TEMPLATES = "templates"

_KEPT = 32
"""Offices kept open at once: the towns of a county, each with its workspace."""


@dataclass(frozen=True)
class Office:
    """A workspace, its packs and its law: everything that its cases have in common."""

    loaded: LoadedWorkspace
    library: Library
    law: Jurisdiction
    problems: Problems = ()
    """Doubts met while opening; none of them is an error."""

    @property
    def root(self) -> Path:
        """Return the workspace's folder."""
        return self.loaded.root

    @property
    def workspace(self) -> Workspace:
        """Return what kcbx.yaml says."""
        return self.loaded.workspace

    @property
    def output(self) -> Path:
        """Return the folder that papers are written to."""
        return self.root / OUTPUT

    def read(self, path: Path, known: date) -> tuple[Loaded | None, Problems]:
        """Read a case, batch or letter of this office; events may be as late as ``known``."""
        return load_file(path, known, self.workspace)

    def docket(self, loaded: LoadedCase) -> Docket:
        """Return a case with every event known of it:
        the one door for its file and for the ledger.
        """
        case = with_school(loaded.case, self.workspace)
        recorded = still_told(self.recorded(loaded), loaded.case)
        return docket_of(case, self.law, loaded.source, entries_of(recorded, self.law))

    def recorded(self, loaded: Issuable) -> tuple[Recorded, ...]:
        """Return what the ledger holds of a case or a letter, people called as they are now."""
        events = self.register.of_case(ledger_id(loaded)) if self.register else ()
        return as_named_now(events, loaded.case) if isinstance(loaded, LoadedCase) else events

    def unknown_clerk(self, name: str) -> Problems:
        """Remind of one who records and whom nobody knows; only of him the whole ledger is read."""
        return unknown_clerk(name, self.workspace, self._all_recorded)

    def _all_recorded(self) -> tuple[Recorded, ...]:
        return self.register.book.events() if self.register else ()

    @cached_property
    def register(self) -> Register | None:
        """Return what the ledger tells; nothing where there is none."""
        return register_of(self.root, self.workspace)


@dataclass(frozen=True)
class Opening:
    """A workspace as far as it could be opened, and everything that was found on the way."""

    loaded: LoadedWorkspace | None = None
    library: Library | None = None
    law: Jurisdiction | None = None
    problems: Problems = ()
    rest: Office | None = None
    """The office without what is faulty in kcbx.yaml, where no deadline rests on that."""

    @property
    def legible(self) -> Office | None:
        """Return the office as far as it can be read, for who only looks at days and steps."""
        if self.loaded and self.library and self.law:
            return Office(self.loaded, self.library, self.law, self.problems)
        return self.rest

    @property
    def workspace(self) -> Workspace | None:
        """Return what kcbx.yaml says, if it could be read."""
        return self.loaded.workspace if self.loaded else None

    @property
    def office(self) -> Office:
        """Return the opened office; raise with every problem if anything was wrong."""
        found = raise_errors(self.problems)
        assert self.loaded and self.library and self.law
        return Office(self.loaded, self.library, self.law, found)


def unheard(office: Office) -> Problems:
    """Tell why the ledger of an office cannot be read; nothing where it can."""
    try:
        office.register  # noqa: B018  what it holds is kept with the office
    except UserError as error:
        at = Place(str(office.root / WORKSPACE_FILE))
        return tuple(one if one.place.file else replace(one, place=at) for one in error.problems)
    return ()


def open_office(path: Path) -> Office:
    """Open the office that a file or folder belongs to;
    raise with every problem if it cannot be.
    """
    root = find_workspace(path)
    if root is None:
        raise stop("PAPR009", Place(str(path)), file=WORKSPACE_FILE)
    return opening_of(root).office


def opening_of(root: Path) -> Opening:
    """Open a workspace as far as possible; one that has not changed on disk is not read again."""
    told = mended(root)
    opened = _opening(root, tuple(stamps_of(root)))
    return replace(opened, problems=(*told, *opened.problems)) if told else opened


def mended(root: Path) -> Problems:
    """Undo what a killed run left half done in a workspace, and tell of it."""
    if not any(root.glob(f"{STAGED}*")):
        return ()
    from kcbx_docs import act  # nobody else needs it

    return act.mended(root)


Stamp = tuple[str | int, ...]


def files_of_office(root: Path) -> Iterator[Path]:
    """Yield kcbx.yaml and what lies in the workspace's own packs and calendars."""
    files: list[Path] = []
    for folder in (root / TEMPLATES, root / CALENDARS):
        if folder.is_dir():
            files += folder.rglob("*")
    yield root / WORKSPACE_FILE
    yield from sorted(path for path in files if not path.name.startswith("."))


def stamps_of(root: Path) -> Iterator[Stamp]:
    """Yield what changes when somebody edits the workspace, even within one size and time: a time
    that is set back leaves the other one, and a file that is put in its place is another one.
    """
    for path in files_of_office(root):
        with suppress(OSError):  # a dangling link, or deleted since we listed it
            known = path.stat()
            times = (known.st_mtime_ns, known.st_ctime_ns)
            yield str(path), *times, known.st_size, known.st_ino


@lru_cache(maxsize=_KEPT)
def _opening(root: Path, _stamps: tuple[Stamp, ...]) -> Opening:
    loaded, found = load_workspace(root)
    if loaded is None:
        rest = without_faults(root)
        return Opening(problems=found, rest=opening_from(rest).legible if rest else None)
    return opening_from(loaded, found)


def opening_from(loaded: LoadedWorkspace, found: Problems = ()) -> Opening:
    """Open a workspace as its file says, whether or not that is on the disk."""
    root = loaded.root
    library: Library | None = None
    try:
        library, more = open_library(loaded.workspace.region, root)
        found = (*found, *more)
        law, more = open_law(library, loaded.workspace, root)
    except UserError as error:
        return Opening(loaded, library, None, (*found, *error.problems))
    strange = strange_posts(loaded.workspace.responsible, law, loaded.source)
    return Opening(loaded, library, law, (*found, *more, *strange))


def open_law(
    library: Library, workspace: Workspace, root: Path | None = None
) -> tuple[Jurisdiction, Problems]:
    """Gather the law and practice of an office's place; its own calendars come on top."""
    folder = root / CALENDARS if root and (root / CALENDARS).is_dir() else None
    calendar, found = read_calendar(folder)
    raise_errors(found)
    law, more = open_jurisdiction(library, workspace, calendar)
    if library.has_own:
        from kcbx_docs.procedure.lint import check_own  # of the workspace's packs alone

        more = (*more, *errors(tuple(check_own(library, law.procedure))))
    return law, (*found, *raise_errors(more))
