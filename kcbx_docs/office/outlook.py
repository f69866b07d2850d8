"""Where all cases of some folders stand:
one plain record a case, made by several processes where there are many.
"""

import gc
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import chain, islice, repeat
from pathlib import Path
from typing import Any

from kcbx_docs.case.files import (
    WORKSPACE_FILE,
    Loaded,
    LoadedBatch,
    LoadedCase,
    LoadedLeads,
    LoadedLetter,
    LoadedWork,
    find_workspace,
    load_file,
)
from kcbx_docs.light import dataclass
from kcbx_docs.office.coming import Coming, coming
from kcbx_docs.office.files import doubled
from kcbx_docs.office.known_otherwise import renumbered
from kcbx_docs.office.opened import Office, Opening, opening_of, unheard
from kcbx_docs.office.owners import Owner, owner_of
from kcbx_docs.office.standing_data import beside_data, standing_data
from kcbx_docs.office.todo import Todo, todo_data, todos_of
from kcbx_docs.packs.cards import document_ids
from kcbx_docs.problems import Place, Problem, Problems, errors, problem
from kcbx_docs.procedure.alarms import unreported_in_faulty
from kcbx_docs.procedure.audit import doubted_outcomes, wrongs
from kcbx_docs.procedure.dues import recurring
from kcbx_docs.procedure.standing import outline, stand
from kcbx_docs.procedure.works import yearly
from kcbx_docs.record.contradictions import contradictions
from kcbx_docs.record.jurisdiction import Jurisdiction

CHUNK = 100
LEADS = "线索"
"""The kind of what has no case yet."""
MANY = 400
Progress = Callable[[int, int], None]
Shape = Callable[["Outlook"], Any]
Reading = Callable[["FileReader"], Callable[[Path], "ReadFile"]]


@dataclass(frozen=True)
class Outlook:
    """Where one case stands: the state of each guardian, what is due, what comes first."""

    path: Path
    case_id: str
    pupil: str
    office: str
    states: tuple[tuple[str, str], ...]
    due: tuple[Coming, ...]
    first: Coming | None
    urgency: tuple[int, int, str]
    todos: tuple[Todo, ...] = ()
    """What the office or the school does next, whether or not it has a last day."""
    problems: Problems = ()
    """What was unlawful, and contradictions of its history."""
    told: Any = None
    """Every step for every guardian as plain data, where that was asked for,
    or what was made of it.
    """
    kind: str = ""
    """What kind of management work it is; nothing for a case."""
    custom: str = ""
    """How the place does this kind of work, as its packs say."""
    regular: tuple[tuple[str, date], ...] = ()
    """Which of the reports that are due again and again the work is: rules and days."""


@dataclass(frozen=True)
class Begun:
    """A case of which no step is told, for its file lacks something or has a mistake."""

    path: Path
    case_id: str
    pupil: str


@dataclass(frozen=True)
class WithoutSteps:
    """A batch or a letter, which has no steps."""

    path: Path
    kind: str
    title: str
    """What it calls itself."""


@dataclass(frozen=True)
class Outlooks:
    """All cases, the most urgent first, what the offices owe again and again,
    and the files that are broken.
    """

    cases: tuple[Outlook, ...]
    regular: tuple[tuple[str, Coming], ...]
    problems: Problems
    """What is wrong with files and offices; the contradictions of a case stand with it."""
    others: tuple[WithoutSteps, ...] = ()
    """The batches and letters among the files."""
    owners: tuple[tuple[Path, Owner], ...] = ()
    """Whose each file is, as far as it could be read."""
    unread: tuple[Path, ...] = ()
    """The files that may be cases and could not be read, so that nothing of them is told."""
    begun: tuple[Begun, ...] = ()
    """Those of them of which it can be said whose case each is."""

    @property
    def broken(self) -> tuple[str, ...]:
        """Name the files that could not be used."""
        return tuple(dict.fromkeys(p.place.file for p in errors(self.problems)))


@dataclass(frozen=True)
class Inquiry:
    """What is asked of every case."""

    day: date
    today: date
    judged: bool = False
    shape: Shape | None = None


@dataclass(frozen=True)
class ReadFile:
    """What became of one file: a case, or problems, or nothing (a batch, a letter)."""

    outlook: Outlook | None
    problems: Problems
    regular: tuple[tuple[str, Coming], ...] = ()
    other: WithoutSteps | None = None
    """What it is, if it is no case."""
    leads: tuple[Outlook, ...] | None = None
    """Of a file of leads: those that wait."""
    owner: Owner | None = None
    begun: Begun | None = None
    """Of a case that lacks something: which it is."""

    @property
    def told(self) -> tuple[Outlook, ...]:
        """List what it says: a case, or the leads that wait."""
        return (self.outlook,) if self.outlook else self.leads or ()

    @property
    def lost(self) -> bool:
        """Tell whether it may be a case and could not be read."""
        return not (self.outlook or self.other) and self.leads is None


def outlooks(
    paths: Sequence[Path],
    day: date,
    today: date,
    progress: Progress = lambda _done, _all: None,
    *,
    judged: bool = False,
    shape: Shape | None = None,
    workers: int | None = None,
    reading: Reading = lambda reader: reader.read,
) -> Outlooks:
    """Read the cases among some files and tell where each stands;
    a broken file never stops the others.

    Events may be as late as the real day ``today``; ``judged`` asks for every step as well,
    ``shape`` makes of that in the same process what is to be shown; ``reading`` may remember
    files that it had read (``office.remembered``).
    """
    read: list[ReadFile] = []
    twice = doubled(paths)
    wanted = Inquiry(day, today, judged, shape)
    if workers is None:
        workers = os.cpu_count() or 1
    for chunk in _chunks(paths, wanted, workers, reading):
        part = paths[len(read) : len(read) + len(chunk)]
        read += [_refused(one, twice.get(path)) for path, one in zip(part, chunk, strict=True)]
        progress(len(read), len(paths))
    cases = [*chain.from_iterable(one.told for one in read)]
    cases.sort(key=lambda case: (case.urgency, str(case.path)))
    problems = chain.from_iterable(one.problems for one in read)
    # What concerns an office comes with each of its files, and is told once.
    return Outlooks(
        cases=tuple(cases),
        regular=_not_met(cases, chain.from_iterable(one.regular for one in read)),
        problems=tuple(dict.fromkeys(problems)),
        others=tuple(one.other for one in read if one.other),
        owners=tuple((path, one.owner) for path, one in zip(paths, read, strict=True) if one.owner),
        unread=tuple(path for path, one in zip(paths, read, strict=True) if one.lost),
        begun=tuple(one.begun for one in read if one.begun),
    )


def _not_met(
    cases: Sequence[Outlook], regular: Iterable[tuple[str, Coming]]
) -> tuple[tuple[str, Coming], ...]:
    """Leave out the regular reports of which there is a file already."""
    met = set(chain.from_iterable(case.regular for case in cases))
    return tuple(dict.fromkeys(one for one in regular if (one[1].rule, one[1].by) not in met))


def _refused(read: ReadFile, fault: Problem | None) -> ReadFile:
    """Take a case back whose number another one has, too: nobody could tell them apart."""
    if fault is None:
        return read
    return replace(read, outlook=None, problems=(*read.problems, fault))


def _chunks(
    paths: Sequence[Path], wanted: Inquiry, workers: int, reading: Reading
) -> Iterator[list[ReadFile]]:
    parts = [list(islice(paths, start, start + CHUNK)) for start in range(0, len(paths), CHUNK)]
    if workers < 2 or len(paths) < MANY:
        read = reading(FileReader(wanted))
        yield from (list(map(read, part)) for part in parts)
        return
    from concurrent.futures import ProcessPoolExecutor  # a single case never needs it

    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(_read_part, parts, repeat(wanted))


@cache
def _reader(wanted: Inquiry) -> "FileReader":
    """Keep one reader in a worker process, which lives for one list and tidies up after a part."""
    gc.disable()
    gc.freeze()
    return FileReader(wanted)


def _read_part(paths: Sequence[Path], wanted: Inquiry) -> list[ReadFile]:
    reader = _reader(wanted)
    read = [reader.read(path) for path in paths]
    gc.collect()
    return read


class FileReader:
    """Reads one file after another; each office is opened once."""

    def __init__(self, wanted: Inquiry) -> None:
        self.wanted = wanted
        self.opening = cache(opening_of)
        self.office = cache(lambda root: self.opening(root).legible)
        self.root = cache(find_workspace)
        self.silent: dict[Path, Problems] = {}

    def read(self, path: Path) -> ReadFile:
        """Tell where the case of a file stands, or what is wrong with it."""
        root = self.root(path.parent)
        if root is None:
            return ReadFile(None, (problem("PAPR009", Place(str(path)), file=WORKSPACE_FILE),))
        opening, office = self.opening(root), self.office(root)
        workspace = office.workspace if office else None
        loaded, found = load_file(path, max(self.wanted.day, self.wanted.today), workspace)
        made = self.made_of(loaded, found, opening, office)
        return replace(made, owner=owner_of(loaded, workspace)) if workspace else made

    def made_of(
        self, loaded: Loaded | None, found: Problems, opening: Opening, office: Office | None
    ) -> ReadFile:
        """Tell what became of a file that was read with some problems."""
        told = (*opening.problems, *found)
        if isinstance(loaded, LoadedBatch | LoadedLetter):
            other = _without_steps(loaded)
            return ReadFile(None, told if errors(found) else opening.problems, other=other)
        if office is None or loaded is None:
            return ReadFile(None, told)
        if errors(found):
            return self.faulty(loaded, told, office)
        law = office.law
        if isinstance(loaded, LoadedLeads):
            from kcbx_docs.office.leads import outlooks_of_leads  # most files are cases

            every = outlooks_of_leads(loaded, office, self.wanted.day)
            leads = tuple(map(self.shaped, every))
            return ReadFile(None, opening.problems, self.regular(law), leads=leads)
        return self.with_ledger(loaded, office, opening.problems)

    def faulty(self, loaded: Loaded, told: Problems, office: Office) -> ReadFile:
        """Tell whose case it is that lacks something, and of its dangers: they do not wait."""
        if not isinstance(loaded, LoadedCase):
            return ReadFile(None, told)
        begun = Begun(loaded.path, loaded.case.id, loaded.case.pupil.name)
        if loaded.case.dangers and not self.unheard(office):
            alarms = unreported_in_faulty(office.docket(loaded), self.wanted.day)
            told = (*alarms, *told)
        return ReadFile(None, told, begun=begun)

    def with_ledger(
        self, loaded: LoadedCase | LoadedWork, office: Office, told: Problems
    ) -> ReadFile:
        """Tell where it stands; without its ledger nothing is told of it, and others go on."""
        if silent := self.unheard(office):
            return ReadFile(None, (*told, *silent))
        made = self.outlook(loaded, office)
        return ReadFile(self.shaped(made), told, self.regular(office.law))

    def unheard(self, office: Office) -> Problems:
        """Tell why a ledger cannot be read; one out of reach is not asked twice."""
        if office.root not in self.silent:
            self.silent[office.root] = unheard(office)
        return self.silent[office.root]

    def regular(self, law: Jurisdiction) -> tuple[tuple[str, Coming], ...]:
        """List what the office owes again and again."""
        day = self.wanted.day
        return law.once(("regular", day), lambda: tuple(_regular(law, day)))

    def outlook(self, loaded: LoadedCase | LoadedWork, office: Office) -> Outlook:
        """Tell where a case or a piece of work stands."""
        if isinstance(loaded, LoadedWork):
            from kcbx_docs.office.outlook_of_work import outlook_of_work  # most files are cases

            return outlook_of_work(loaded, office, self.wanted.day)
        known = document_ids(office.library.chain) if self.wanted.judged else None
        return _outlook(loaded, office, self.wanted.day, known)

    def shaped(self, made: Outlook) -> Outlook:
        """Give what is told the shape that is wanted."""
        if self.wanted.shape is None:
            return made
        return replace(made, told=self.wanted.shape(made))


def _without_steps(loaded: LoadedBatch | LoadedLetter) -> WithoutSteps:
    if isinstance(loaded, LoadedBatch):
        return WithoutSteps(loaded.path, "批次", loaded.batch.id)
    return WithoutSteps(loaded.path, "公文", loaded.letter.title)


def _regular(law: Jurisdiction, day: date) -> Iterator[tuple[str, Coming]]:
    for due in (*recurring(law, day), *yearly(law, day)):
        yield law.workspace.office.name, coming(due, law, 0)


def _outlook(
    loaded: LoadedCase, office: Office, day: date, known: Collection[str] | None
) -> Outlook:
    """Tell where a case stands; with the documents that have templates, every step too."""
    docket, law = office.docket(loaded), office.law
    if known is None:
        standing, told = outline(docket, day), None
        found = (*wrongs(docket, day), *contradictions(docket, day))
    else:
        standing = stand(docket, day)
        told_first = (*wrongs(docket, day), *doubted_outcomes(docket, day))
        found = (*told_first, *standing.problems)
        told = standing_data(standing, law, known)
        told["todos"] = [todo_data(todo) for todo in todos_of(standing, law)]
        told |= beside_data(docket, day)
    places = {person.guardian: place for place, person in enumerate(standing.guardians, 1)}
    due = {one: coming(one, law, places.get(one.guardian, 0)) for one in standing.due}
    return Outlook(
        path=loaded.path,
        case_id=standing.case_id,
        pupil=standing.pupil,
        office=law.workspace.office.name,
        states=tuple((person.guardian, person.state) for person in standing.guardians),
        due=tuple(due.values()),
        first=due[standing.next_due] if standing.next_due else None,
        urgency=standing.urgency,
        todos=todos_of(standing, law),
        problems=tuple(dict.fromkeys((*renumbered(office, loaded), *found))),
        told=told,
    )
