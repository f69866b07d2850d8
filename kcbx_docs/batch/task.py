"""The printing of one class: from values that may be sent anywhere to bytes that come back.

Whoever does it, in this process, another or on another machine, opens the office by its path and
makes the same bytes of the same task.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from kcbx_docs.batch.plan import (
    CLASS,
    PUPIL,
    BatchDesk,
    ChosenDocument,
    NumberedPupil,
    class_sheets,
    documents_of,
    pupil_papers,
)
from kcbx_docs.batch.preflight import (
    FilledClass,
    HeldBack,
    MadePupil,
    fill_papers,
    lacking_fonts,
    made_of,
    undrawn,
)
from kcbx_docs.batch.printing import (
    Printed,
    PrintRun,
    faults_by_serial,
    print_files,
    render_print_file,
)
from kcbx_docs.batch.words import Words
from kcbx_docs.case.files import LoadedBatch
from kcbx_docs.light import dataclass
from kcbx_docs.office.opened import Office, open_office
from kcbx_docs.papers.files import File
from kcbx_docs.papers.formats import presses
from kcbx_docs.papers.forms import Forms
from kcbx_docs.papers.make import Made
from kcbx_docs.papers.press import Press, Progress, silent
from kcbx_docs.papers.word_press import WordPress
from kcbx_docs.problems import Problem, Problems, errors, raise_errors
from kcbx_docs.render.fonts import FontSet

_TRIES = 3
"""How often a class is printed again without those whose papers turned out to be faulty."""


def looks_our_own(formats: Collection[str], *, draft: bool) -> bool:
    """Tell whether no keeper's Word file is used: in drafts, and where no Word is made."""
    return draft or WordPress.suffix[1:] not in formats


@dataclass(frozen=True)
class PrintOrder:
    """What all classes of a run have in common."""

    batch: Path
    source: str
    """The hash of the batch file: a bench that was set up for another text is not used."""
    today: date
    documents: tuple[str, ...]
    formats: tuple[str, ...]
    duplex: bool
    draft: bool

    @property
    def own_looks(self) -> bool:
        """Tell whether no keeper's Word file is used."""
        return looks_our_own(self.formats, draft=self.draft)


@dataclass(frozen=True)
class ClassTask:
    """A class to be printed; ``head`` is what its files' names begin with."""

    order: PrintOrder
    head: str
    name: str
    pupils: tuple[NumberedPupil, ...]


@dataclass(frozen=True)
class ClassPrint:
    """What came of a class: its files, the pages of each pupil, and who was held back."""

    head: str
    name: str
    files: tuple[File, ...] = ()
    pages: dict[str, int] = field(default_factory=dict)
    sides: dict[str, int] = field(default_factory=dict)
    sheets: dict[str, int] = field(default_factory=dict)
    serials: tuple[str, ...] = ()
    """Of whom papers were printed."""
    held: tuple[HeldBack, ...] = ()
    problems: Problems = ()
    contents: Mapping[str, str] = field(default_factory=dict)
    """The hash of what the papers of each pupil say, by serial."""


@dataclass(frozen=True)
class Bench:
    """What a process works with: opened once, used for one class after another."""

    office: Office
    order: PrintOrder
    desk: BatchDesk
    chosen: tuple[ChosenDocument, ...]
    presses: tuple[Press, ...]
    forms: Forms

    def serves(self, order: PrintOrder) -> bool:
        """Tell whether another order asks for the same, on both sides or not."""
        return replace(order, duplex=self.order.duplex) == self.order

    @cached_property
    def own(self) -> tuple[ChosenDocument, ...]:
        """List the documents that the batch gives to every pupil, whichever are wanted now."""
        documents, _ = documents_of(self.desk)
        return tuple(made for made in documents if made.flat.front.unit == PUPIL)

    @cached_property
    def words(self) -> Words:
        """Return what tells whether papers say the same as before."""
        return Words(self.desk, self.own, self.forms)

    @property
    def fonts(self) -> FontSet | None:
        """Return the fonts that draw the characters, if a press draws them."""
        return next((press.fonts for press in self.presses if press.fonts), None)

    @property
    def short(self) -> dict[str, str]:
        """Return the titles of the sheets as their cards have them."""
        ids = (made.flat.front.id for made in self.chosen if made.flat.front.unit == CLASS)
        return {name: self.desk.library.card(name).title for name in ids}


def set_up(office: Office, loaded: LoadedBatch, order: PrintOrder) -> tuple[Bench, Problems]:
    """Set a bench up; what is wrong with the documents is told."""
    desk = BatchDesk(office, loaded, order.today)
    chosen, found = documents_of(desk, order.documents)
    ready, unable = presses(order.formats)
    bench = Bench(office, order, desk, chosen, ready, Forms(desk.library.registry))
    found = (*found, *unable)
    _benches[:] = [] if errors(found) else [bench]
    return bench, found


_benches: list[Bench] = []
"""The last bench of this process."""


def _bench(order: PrintOrder) -> Bench:
    """Return the bench for an order; that of the task before, unless something changed."""
    office = open_office(order.batch)
    if _benches and _benches[0].serves(order) and _benches[0].office.library is office.library:
        return _benches[0]
    loaded, found = office.read(order.batch, order.today)
    if not isinstance(loaded, LoadedBatch):
        raise_errors(found)
        raise TypeError(f"no batch: {order.batch}")
    bench, found = set_up(office, loaded, order)
    raise_errors(found)
    return bench


def print_class(task: ClassTask, progress: Progress = silent) -> ClassPrint:
    """Print one class."""
    bench = _bench(task.order)
    filled = _filled(bench, task)
    contents = _contents(filled)
    sheets, faults = _sheets(bench, filled)
    if faults or (faults := lacking_fonts(bench.fonts)):
        return ClassPrint(task.head, task.name, held=tuple(filled.held), problems=faults)
    if bench.fonts and (lost := undrawn(filled.made, sheets, bench.fonts)):
        filled.hold(lost)
        sheets, _ = _sheets(bench, filled)
    for _ in range(_TRIES):
        printed = _printed(bench, task, filled, sheets, progress)
        faulty = faults_by_serial(filled.made, tuple(printed.problems))
        if not faulty:
            break
        filled.hold(faulty)
        sheets, _ = _sheets(bench, filled)
    return _result(task, filled, sheets, printed, contents)


def contents_of(task: ClassTask) -> dict[str, str]:
    """Return the hashes of what the papers of a class say, before they are printed."""
    return _contents(_filled(_bench(task.order), task))


def _filled(bench: Bench, task: ClassTask) -> FilledClass:
    """Fill the papers of a class, and hash what they say."""
    planned = (pupil_papers(bench.desk, bench.chosen, who) for who in task.pupils)
    filled = fill_papers(planned, bench.forms)
    filled.made = [_hashed(bench, one) for one in filled.made]
    return filled


def _hashed(bench: Bench, one: MadePupil) -> MadePupil:
    """Give a pupil the hash of what the papers say; of what was printed before it is known."""
    if one.who.content:
        return one
    return replace(one, who=replace(one.who, content=bench.words.of_printed(one)))


def _contents(filled: FilledClass) -> dict[str, str]:
    return {one.who.serial: one.who.content for one in filled.made}


def _sheets(bench: Bench, filled: FilledClass) -> tuple[Sequence[Made], Problems]:
    """Fill the sheets of those whose papers are printed."""
    pupils = [one.who for one in filled.made]
    papers = tuple(class_sheets(bench.desk, bench.chosen, pupils))
    return made_of(papers, bench.forms, filled.told)


def _printed(
    bench: Bench, task: ClassTask, filled: FilledClass, sheets: Sequence[Made], progress: Progress
) -> Printed:
    printed = Printed()
    run = PrintRun(bench.presses, task.order.duplex, task.order.draft, progress)
    files = print_files(
        filled.made, sheets, task.head, task.name, bench.short, draft=task.order.own_looks
    )
    for file in files:
        render_print_file(file, run, printed)
    if bench.desk.loaded.batch.printing.single:
        alone = _single_files(task, filled, run)
        printed.files += alone.files
        printed.problems += alone.problems
    return printed


def _single_files(task: ClassTask, filled: FilledClass, run: PrintRun) -> Printed:
    """Print each pupil's papers once more in files of their own, named by the serial."""
    alone = Printed()
    for one in filled.made:
        head = one.who.serial
        for file in print_files([one], (), head, head, {}, draft=task.order.own_looks):
            render_print_file(file, run, alone)
    return alone


_FOR_WHO_WRITES_TEMPLATES = "REND240"
"""That a paper is laid out one by one."""


def _result(
    task: ClassTask,
    filled: FilledClass,
    sheets: Sequence[Made],
    printed: Printed,
    contents: Mapping[str, str],
) -> ClassPrint:
    faulty = errors(printed.problems)
    problems: dict[Problem, None] = dict.fromkeys((*filled.told, *printed.problems))
    # A class has one sheet: that it is laid out alone slows nothing, and no clerk can change it.
    templates = {made.paper.flat.files[0].shown for made in sheets}
    for one in tuple(problems):
        if one.code == _FOR_WHO_WRITES_TEMPLATES and one.place.file in templates:
            del problems[one]
    return ClassPrint(
        task.head,
        task.name,
        () if faulty else tuple(printed.files),
        printed.pages,
        printed.sides,
        printed.sheets,
        tuple(one.who.serial for one in filled.made),
        tuple(filled.held),
        tuple(problems),
        contents,
    )


def without_bytes(done: ClassPrint) -> ClassPrint:
    """Return what is told of a class without the bytes of its files."""
    return replace(done, files=tuple(replace(file, data=b"") for file in done.files))


def of_task(done: ClassPrint, task: ClassTask) -> ClassPrint:
    """Return what came of a class with the pupils of its task, of whom all is known here."""
    own = {one.pupil.serial: one.pupil for one in task.pupils}
    return replace(done, held=tuple(HeldBack(own[o.pupil.serial], o.faults) for o in done.held))
