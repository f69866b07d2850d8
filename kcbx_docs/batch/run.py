"""A batch from its roster to its classes: who is printed, under which serial, in which task."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from kcbx_docs.batch.asked import BatchAsked
from kcbx_docs.batch.assigning import Given, Terms, Wish, assign, held_by, line_of
from kcbx_docs.batch.booking import TermSeries, reserve, slips_in
from kcbx_docs.batch.contents import hash_of_facts, names_in, printed, source_of
from kcbx_docs.batch.plan import (
    CLASS,
    PUPIL,
    BatchDesk,
    NumberedPupil,
    groups_of,
    numbered_by_row,
    pupil_papers,
)
from kcbx_docs.batch.preflight import HeldBack, fill_papers
from kcbx_docs.batch.selection import concerning, meant
from kcbx_docs.batch.serials import head_of_school, heads_of
from kcbx_docs.batch.task import Bench, ClassPrint, ClassTask, PrintOrder, set_up
from kcbx_docs.batch.ticking import read_ticks, told_of_list, told_still_held
from kcbx_docs.case.fields import safe_name
from kcbx_docs.case.files import LoadedBatch
from kcbx_docs.case.paths import is_file
from kcbx_docs.case.roster import read_roster, told_in_short
from kcbx_docs.case.roster_reading import CHECKED, RosterPupil, RosterReading
from kcbx_docs.case.school_terms import begins_after, far_from_term
from kcbx_docs.ledger.codes import code_to_try
from kcbx_docs.ledger.who import at_this_machine
from kcbx_docs.light import dataclass
from kcbx_docs.office.opened import Office
from kcbx_docs.office.slips import Slip
from kcbx_docs.papers.files import Wanted
from kcbx_docs.papers.press import Job, Part
from kcbx_docs.problems import Place, Problem, UserError, problem
from kcbx_docs.render.program import own_program

if TYPE_CHECKING:
    from kcbx_docs.ledger.book import Book

_NAMED = 3
MARKED = f"看输出文件夹里的 {CHECKED}"
BACK = "交回码"
"""What templates print on the part that comes back."""


@dataclass
class BatchRun:
    """A batch that is about to be printed."""

    bench: Bench
    asked: BatchAsked
    reading: RosterReading
    held: list[HeldBack]
    chosen: frozenset[int]
    """The places in the roster of those who are wanted."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def everybody(self) -> tuple[RosterPupil, ...]:
        """List all pupils of the roster, also those who are held back."""
        return self.reading.pupils

    @property
    def desk(self) -> BatchDesk:
        """Return what papers are made from."""
        return self.bench.desk

    @property
    def roster(self) -> str:
        """Return the path of the roster, as problems name it."""
        return str(self.desk.loaded.roster_path)

    def ordered(self, title: str) -> Place:
        """Tell where in its file the batch asks for a document."""
        loaded, library = self.desk.loaded, self.desk.library
        for number, entry in enumerate(loaded.batch.documents):
            with suppress(UserError):
                if library.find(entry.document).front.title == title:
                    return loaded.source.place(("文书", number, "文书"), value=True)
        return loaded.source.place(("文书",))

    @cached_property
    def shared(self) -> str:
        """Return the hash of what the papers of all pupils, and the sheets, depend on."""
        own = self.bench.own
        names = names_in([made.flat for made in (*own, *self.bench.chosen)])
        sources = [(source_of(made.flat), made.copies, made.number) for made in own]
        shared = printed(self.desk.common, names)
        shared.pop("今日", None)
        organs = [made.issuer.name for made in own]
        seals = [seal for seal in map(self.desk.seal_on, own) if seal]
        day = self.desk.loaded.batch.day
        return hash_of_facts([sources, shared, organs, day, *seals])

    @cached_property
    def series(self) -> TermSeries:
        """Return whose serials are given."""
        batch, pack = self.desk.loaded.batch, self.desk.library.chain.pack
        who = at_this_machine(self.asked.by, pack=pack.version)
        return TermSeries(batch.id, self.desk.school.name, batch.term, who, self.desk.today)

    @cached_property
    def present(self) -> tuple[Wish, ...]:
        """List what everybody of the roster would be given."""
        batch = self.desk.loaded.batch
        head = head_of_school(self.desk.school, batch.term)
        heads = heads_of((pupil.class_label for pupil in self.everybody), head)
        papers = tuple(made.flat.front.id for made in self.bench.own)
        keys = self._keys()
        return tuple(
            self._wish(pupil, keys[pupil.serial], heads[pupil.class_label], papers)
            for pupil in self.everybody
        )

    def _wish(self, pupil: RosterPupil, key: str, head: str, papers: tuple[str, ...]) -> Wish:
        def says(slip: Slip) -> bool:
            who = NumberedPupil(pupil, slip.serial, slip.code, slip.day)
            return self.bench.words.says(who, slip.content)

        own = pupil.pupil

        def key_of_name(name: str) -> str:
            return self._key(key_of(pupil, name), 1)

        label = pupil.class_label
        return Wish(key, own.name, label, head, papers, says, self.back, key_of_name)

    def _key(self, told: str, turn: int) -> str:
        batch = self.desk.loaded.batch
        return hash_of_facts([self.desk.school.name, batch.term, told, turn])[:32]

    @cached_property
    def back(self) -> tuple[str, ...]:
        """List the documents of which something comes back: those that print a code for it."""
        own = self.bench.own
        return tuple(one.flat.front.id for one in own if BACK in names_in([one.flat]))

    def _keys(self) -> Mapping[int, str]:
        """Tell pupils apart by a hash; two of whom the roster says the same by their order."""
        met: Counter[str] = Counter()
        found: dict[int, str] = {}
        for pupil in self.everybody:
            told = key_of(pupil)
            met[told] += 1
            found[pupil.serial] = self._key(told, met[told])
        return found


def key_of(pupil: RosterPupil, name: str = "") -> str:
    """Tell a pupil from others: by a number, else by name, birth date and guardian, else by the
    class and the name; under another ``name`` where one is given.
    """
    own = pupil.pupil
    called = name or own.name
    if number := own.pupil_number or own.id_number:
        return number
    guardian = pupil.guardians[0].name if pupil.guardians else ""
    if own.birth or guardian:
        return f"{called}/{own.birth or ''}/{guardian}"
    return "" if name else f"{pupil.class_label}/{called}"


def prepare(office: Office, loaded: LoadedBatch, wanted: Wanted, asked: BatchAsked) -> BatchRun:
    """Read the roster and set everything up; what is wrong is in the run's problems."""
    source = loaded.source.sha256
    order = PrintOrder(
        loaded.path, source, wanted.day, wanted.documents, wanted.formats, True, wanted.draft
    )
    bench, found = set_up(office, loaded, order)
    reading = _roster(loaded, bench)
    held = [HeldBack(pupil, pupil.held) for pupil in reading.held]
    everybody = frozenset(pupil.serial for pupil in reading.pupils)
    run = BatchRun(bench, asked, reading, held, everybody, [*found, *_far_term(loaded, wanted)])
    if not asked.only:  # else it is not known yet whom they concern
        run.problems += _in_few_words(run, reading.problems)
    return run


def _far_term(loaded: LoadedBatch, wanted: Wanted) -> Iterator[Problem]:
    """Ask whether the term is mistyped; a batch of long ago that is only checked is what it was."""
    term, day = loaded.batch.term, loaded.batch.day or wanted.day
    if far_from_term(term, day) and (wanted.formats or begins_after(term, day)):
        place = loaded.source.place(("学期",), value=True)
        yield problem("BTCH060", place, term=term, day=day)


def _in_few_words(run: BatchRun, found: Sequence[Problem]) -> tuple[Problem, ...]:
    return told_in_short(found, MARKED if run.bench.order.formats else "")


def _roster(loaded: LoadedBatch, bench: Bench) -> RosterReading:
    path, name = loaded.roster_path, str(loaded.roster_path)
    if not is_file(path):
        return RosterReading(name)
    names = names_in([made.flat for made in bench.chosen])
    needed = {*names, *(f"监护人{name}" for name in names), *(f"照护人{name}" for name in names)}
    return read_roster(path, loaded.batch.roster, bench.desk.today, name, frozenset(needed))


def choose(run: BatchRun, slips: Sequence[Slip]) -> None:
    """Keep those whom the user wants; ``slips`` are what the ledger knows."""
    if run.asked.listed:
        held = {one.pupil.serial for one in run.held}
        rest = [pupil for pupil in run.everybody if pupil.serial not in held]
        unticked, found = read_ticks(run.asked.listed, rest)
        run.problems += told_still_held(run.asked.listed, run.held)
        run.held += unticked
        run.problems += (*found, *told_of_list(unticked, str(run.asked.listed)))
    if not run.asked.only:
        return
    known = held_by(run.present, slips)
    places = [pupil.serial for pupil in run.everybody]
    by_place = {place: slip for place, slip in zip(places, known, strict=True) if slip}
    by_serial = {slip.serial: slip for slip in slips}
    replaced: dict[str, str] = {}
    for slip in by_place.values():
        _, *older = line_of(slip, by_serial)
        replaced |= {one.serial: slip.serial for one in older}
    run.chosen, found = meant(run.asked.only, run.everybody, by_place, run.roster, replaced)
    own = concerning(run.reading.problems, run.everybody, run.chosen)
    run.problems += (*_in_few_words(run, own), *found)


def wishes_of(run: BatchRun) -> tuple[Wish, ...]:
    """List what is to be given now: to those who are wanted and not held back."""
    held = {one.pupil.serial for one in run.held}
    pairs = zip(run.everybody, run.present, strict=True)
    return tuple(wish for one, wish in pairs if one.serial in run.chosen and one.serial not in held)


def give(run: BatchRun, book: "Book | None", reason: str, *, booked: bool) -> tuple[Given, ...]:
    """Give those who are wanted their serials; only ``booked`` ones are in the ledger."""
    terms = Terms(run.desk.day, run.asked.again, reason, run.asked.resumed)
    wishes = wishes_of(run)
    if book and booked:
        return reserve(book, run.series, wishes, run.present, terms)
    slips = slips_in(book, run.series) if book else ()
    # What is tried takes the room that it will take: a code is printed, too.
    return assign(wishes, run.present, slips, replace(terms, new_code=code_to_try))


def number_pupils(run: BatchRun, given: Sequence[Given]) -> tuple[NumberedPupil, ...]:
    """Return the pupils with what their papers bear, in the order of the roster."""
    pupils = {id(wish): pupil for wish, pupil in zip(run.present, run.everybody, strict=True)}
    return tuple(
        NumberedPupil(pupils[id(one.wish)], one.serial, one.code, one.day, one.content)
        for one in given
    )


def tasks_of(
    run: BatchRun,
    numbered: Sequence[NumberedPupil],
    duplex: bool,
    kept: frozenset[str] = frozenset(),
) -> Iterator[ClassTask]:
    """Yield the classes to be printed; each is numbered by its place among all classes.

    Of a part of a class those are left out who have the same papers already: ``kept``.
    """
    order = replace(run.bench.order, duplex=duplex)
    known = {id(one.pupil): one for one in numbered}
    held = {one.pupil.serial for one in run.held}
    groups = groups_of(run.everybody, run.desk.loaded.batch.printing)
    width = max(2, len(str(len(groups))))
    for place, (name, members) in enumerate(groups, 1):
        wanted = tuple(known[id(one)] for one in members if id(one) in known)
        new = tuple(one for one in wanted if one.serial not in kept)
        whole = all(id(one) in known or one.serial in held for one in members)
        whole = whole and not (run.asked.fresh and len(new) < len(wanted))
        wanted = wanted if whole else new
        part = "" if whole else f"-补印{_in_short(wanted)}"
        if wanted:
            head = safe_name(f"{place:0{width}d}-{name}{part}")
            yield ClassTask(order, head, name, wanted)


def _in_short(wanted: Sequence[NumberedPupil]) -> str:
    numbers = [one.serial.rpartition("-")[2] for one in wanted]
    more = f"等{len(numbers)}人" if len(numbers) > _NAMED else ""
    return "_".join(numbers[:_NAMED]) + more


def both_sides(run: BatchRun, numbered: Sequence[NumberedPupil]) -> bool:
    """Choose one or both sides: the batch says it, else the papers need it or not."""
    said = run.desk.loaded.batch.printing.duplex
    if said is not None:
        return said
    return not _limited(run) and _longest(run, numbered) > 1


def told_sides(run: BatchRun, duplex: bool) -> Iterator[Problem]:
    """Say which sides were chosen, and why."""
    if run.desk.loaded.batch.printing.duplex is None:
        sides = "双面" if duplex else "单面"
        yield problem("BTCH032", Place(), sides=sides, reason=_why(run, duplex))


def _why(run: BatchRun, duplex: bool) -> str:
    """Say what the choice of sides rests on: pages are counted only where they are laid out."""
    measured = any(press.fonts for press in run.bench.presses)
    if _limited(run):
        unmeasured = "" if measured else "；没有印 PDF，有没有超出没有量过"
        return f"每份文书的页数上限都是一页{unmeasured}"
    if not measured:
        return "没有印 PDF，每份文书有几页没有量过"
    return "试排的第一名学生，" + ("有的文书不止一页" if duplex else "每份文书都只有一页")


def _limited(run: BatchRun) -> bool:
    """Tell whether all papers of a pupil may have one page only, by what their templates say."""
    own = [made for made in run.bench.chosen if made.flat.front.unit == PUPIL]
    return all(made.flat.front.page_limit == 1 for made in own)


def _longest(run: BatchRun, numbered: Sequence[NumberedPupil]) -> int:
    """Lay out the papers of the first pupil; without a press that counts, think of two pages."""
    press = next((press for press in run.bench.presses if press.fonts), None)
    planned = [pupil_papers(run.desk, run.bench.chosen, one) for one in numbered[:1]]
    filled = fill_papers(planned, run.bench.forms)
    parts = tuple(Part(one.who.serial, one.made) for one in filled.made if one.made)
    if press is None or not parts:
        return 2
    rendered, _ = press.job(Job("试排", parts))
    return max(rendered.page_counts, default=2) if rendered else 2


def key_of_task(run: BatchRun, task: ClassTask, contents: Mapping[str, str]) -> str:
    """Return the hash of all that a class's files depend on; ``contents`` are the hashes of what
    its papers say, by serial.
    """
    sheets = [source_of(m.flat) for m in run.bench.chosen if m.flat.front.unit == CLASS]
    about = run.desk
    return hash_of_facts(
        [
            own_program(),
            about.loaded.source.sha256,
            run.shared,
            sheets,
            task.order.documents,
            task.order.formats,
            [press.suffix for press in run.bench.presses],
            (task.order.duplex, task.order.draft, task.head, task.name),
            _pupils_told(task.pupils, contents),
        ]
    )


def _pupils_told(pupils: Iterable[NumberedPupil], contents: Mapping[str, str]) -> list[object]:
    told: list[object] = []
    for one in pupils:
        names = [guardian.name for guardian in one.pupil.guardians]
        listed = (one.pupil.pupil.name, names, one.pupil.phone, one.pupil.class_label)
        told.append((one.serial, one.code, one.day, contents.get(one.serial), listed))
    return told


def unnumbered(run: BatchRun) -> tuple[NumberedPupil, ...]:
    """Number those who are wanted by their place in the class, outside any ledger."""
    held = {one.pupil.serial for one in run.held}
    return tuple(
        one
        for one in numbered_by_row(run.desk, run.everybody)
        if one.pupil.serial in run.chosen and one.pupil.serial not in held
    )


def sum_of(
    run: BatchRun, given: Sequence[Given], done: Sequence[ClassPrint], duplex: bool
) -> Problem:
    """Add a run up: pupils, classes, paper."""
    kept = sum(one.kept for one in given)
    faces = sum(sum(one.sides.values()) for one in done)
    sheets = sum(sum(one.sheets.values()) for one in done)
    counted = all(one.sheets or not one.serials for one in done)
    facts = {
        "pupils": sum(len(one.serials) for one in done),
        "new": len(given) - kept,
        "kept": kept,
        "held": len(run.held),
        "classes": len(done),
        "sides": "双面" if duplex else "单面",
        "paper": f"{faces} 面，{sheets} 张纸，连登记表" if counted else _UNCOUNTED,
    }
    return problem("BTCH037", Place(run.roster), **facts)


_UNCOUNTED = "本机不能排 PDF，张数要在打印时看"
