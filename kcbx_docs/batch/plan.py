"""What a batch prints: its documents, its classes, and the papers of every pupil."""

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import chain
from typing import Any

from kcbx_docs.batch.serials import NO_CLASS, head_of_school, heads_of, serial, term_in_full
from kcbx_docs.case.batch import Printing
from kcbx_docs.case.files import LoadedBatch
from kcbx_docs.case.model import School
from kcbx_docs.case.paths import is_file
from kcbx_docs.case.roster_reading import RosterPupil, by_class
from kcbx_docs.case.workspace import SCHOOL, Organ, Workspace, school_of, school_organ
from kcbx_docs.ledger.codes import return_code
from kcbx_docs.light import dataclass
from kcbx_docs.office.opened import Office
from kcbx_docs.packs.flatten import FlatTemplate
from kcbx_docs.packs.library import Library
from kcbx_docs.packs.model import Role, Unit
from kcbx_docs.papers.context import PaperFacts, RosterLine, TermFacts, facts, pupil_facts
from kcbx_docs.papers.desk import office_facts
from kcbx_docs.papers.heads import refuse_unsound
from kcbx_docs.papers.numbers import number_text
from kcbx_docs.papers.paper import Paper
from kcbx_docs.problems import Place, Problem, Problems, UserError, problem, stop
from kcbx_docs.procedure.issuers import choose
from kcbx_docs.render.seals import read_seal

SIGN_OFF: Role = "签收登记表"
PUPIL, CLASS = "学生", "班级"
BATCH: Unit = "批次"
LISTED = 3
"""How many documents a heading names."""

WHOLE_SCHOOL = "全校"


@dataclass(frozen=True)
class ChosenDocument:
    """One document of a batch: how often each gets it, who issues it, and where it is asked for."""

    flat: FlatTemplate
    issuer: Organ
    number: str | None
    copies: int
    place: Place
    given: tuple[str, ...] = ()
    """What every pupil of the batch gets, by title."""


@dataclass(frozen=True)
class BatchDesk:
    """What the papers of a batch are made from."""

    office: Office
    loaded: LoadedBatch
    today: datetime.date

    @property
    def library(self) -> Library:
        """Return the packs' documents."""
        return self.office.library

    @property
    def workspace(self) -> Workspace:
        """Return the office's workspace."""
        return self.office.workspace

    @property
    def day(self) -> datetime.date:
        """Return the day that the papers bear."""
        return self.loaded.batch.day or self.today

    @cached_property
    def school(self) -> School:
        """Return the school, completed from the workspace; what the batch says itself wins."""
        return school_of(self.loaded.batch.school, self.workspace)

    @cached_property
    def issuer(self) -> Organ:
        """Return who hands the papers out: the office that the batch names, or the school."""
        name = self.loaded.batch.office
        named = self.workspace.organ_named(name) if name else None
        return named or school_organ(self.school)

    @cached_property
    def seal(self) -> str:
        """Read the school's seal and return its name, nothing where none is to be printed; raise
        where there is no such picture.
        """
        if not self.loaded.batch.printing.seal:
            return ""
        path, place = self.loaded.seal_path, ("打印", "印章")
        at = self.loaded.source.place(place, value=True)
        if not is_file(path):
            raise stop("BTCH039", at, file=self.loaded.batch.printing.seal)
        return read_seal(path.read_bytes(), at)

    def seal_on(self, made: "ChosenDocument") -> str:
        """Return the seal that a document bears: the school's, on what the school itself issues."""
        own = made.flat.front.seal and made.issuer.kind == SCHOOL
        return self.seal if own else ""

    @property
    def organs(self) -> tuple[Organ, ...]:
        """List who may issue what concerns the school as a whole."""
        return (self.issuer, school_organ(self.school))

    @cached_property
    def common(self) -> Mapping[str, Any]:
        """Return the facts that all papers share."""
        return {**office_facts(self.office, self.today), "学校": facts(self.school)}


@dataclass(frozen=True)
class NumberedPupil:
    """A pupil with the serial, the code and the day that the papers bear."""

    pupil: RosterPupil
    serial: str
    code: str = ""
    day: datetime.date | None = None
    content: str = ""
    """The hash of what the papers say."""


@dataclass(frozen=True)
class PupilPapers:
    """A pupil's papers in the order of printing; a second copy is the same paper again."""

    who: NumberedPupil
    papers: tuple[Paper, ...]


def documents_of(
    desk: BatchDesk, asked: Sequence[str] = ()
) -> tuple[tuple[ChosenDocument, ...], Problems]:
    """List the documents of the batch, or only those asked for, and always the sign-off sheet."""
    source, batch = desk.loaded.source, desk.loaded.batch
    found: list[Problem] = []
    ordered: list[ChosenDocument] = []
    for number, entry in enumerate(batch.documents):
        place = source.place(("文书", number), value=True)
        ordered += _ordered(desk, entry.document, entry.copies, place, found)
    found += _unsealed(desk)
    given = _given(ordered)
    if asked:
        ids = {made.flat.front.id: made for made in ordered}
        chosen: list[ChosenDocument] = []
        for word in desk.library.words_of(asked):
            chosen += _ordered(desk, word, 1, Place(), found)
        ordered = [ids.get(made.flat.front.id, made) for made in chosen]
    named = [made.flat.front.id for made in ordered]
    for sheet in desk.library.ids_as(SIGN_OFF):
        if sheet not in named:
            ordered += _ordered(desk, sheet, 1, source.place(), found)
    titled = [_titled(made, given or _given(ordered)) for made in ordered]
    return tuple(titled), (*found, *_repeated(titled))


def _unsealed(desk: BatchDesk) -> Problems:
    try:
        desk.seal  # noqa: B018 - read to see whether it can be
    except UserError as error:
        return error.problems
    return ()


def _given(ordered: Sequence[ChosenDocument]) -> tuple[str, ...]:
    """Name the documents that every pupil gets."""
    own = [made.flat.front.title for made in ordered if made.flat.front.unit == PUPIL]
    return tuple(dict.fromkeys(own))


def _titled(made: ChosenDocument, given: Sequence[str]) -> ChosenDocument:
    """Give a sheet the heading that lists what is signed for on it."""
    front = made.flat.front
    if front.heading is None:
        return replace(made, given=tuple(given))
    title = front.heading.replace("{文书}", in_short(given))
    flat = replace(made.flat, front=front.model_copy(update={"title": title}))
    return replace(made, flat=flat, given=tuple(given))


def in_short(titles: Sequence[str]) -> str:
    """Join the titles of documents; of many the first and their number."""
    if len(titles) <= LISTED:
        return "、".join(titles)
    return f"{titles[0]}等{len(titles)}种文书"


def _ordered(
    desk: BatchDesk, word: str, copies: int, place: Place, found: list[Problem]
) -> tuple[ChosenDocument, ...]:
    """Choose a document; none, and what is wrong added to ``found``, where it cannot be."""
    try:
        flat = desk.library.find(word)
        if flat.front.unit not in (PUPIL, CLASS):
            found.append(problem("RUN001", place, title=flat.front.title, unit=flat.front.unit))
            return ()
        refuse_unsound(flat.front, flat.said_at)
        # The sheets of a class are the school's, whoever hands the papers out.
        schools = (school_organ(desk.school),) if flat.front.unit == CLASS else ()
        offices = (desk.issuer, *schools)
        issuer = choose(desk.office.law, flat.front.id, offices, desk.day).allowed
        number = number_text(flat.front, issuer, desk.day, flat.said_at("文号"))
        return (ChosenDocument(flat, issuer, number, copies, place),)
    except UserError as error:
        for fault in error.problems:
            found.append(fault if str(fault.place) else replace(fault, place=place))
        return ()


def _repeated(ordered: Sequence[ChosenDocument]) -> Iterator[Problem]:
    seen: set[str] = set()
    for made in ordered:
        if made.flat.front.id in seen:
            yield problem("RUN002", made.place, title=made.flat.front.title)
        seen.add(made.flat.front.id)


def numbered_by_row(desk: BatchDesk, pupils: Sequence[RosterPupil]) -> tuple[NumberedPupil, ...]:
    """Number pupils by their place in the class, where no ledger gives them serials."""
    school = head_of_school(desk.school, desk.loaded.batch.term)
    heads = heads_of((pupil.class_label for pupil in pupils), school)
    count: Counter[str] = Counter()
    found: list[NumberedPupil] = []
    for pupil in pupils:
        count[pupil.class_label] += 1
        own = serial(heads[pupil.class_label], count[pupil.class_label])
        found.append(NumberedPupil(pupil, own))
    return tuple(found)


def pupil_papers(
    desk: BatchDesk, ordered: Sequence[ChosenDocument], who: NumberedPupil
) -> PupilPapers:
    """Plan what a pupil gets; copies are one paper, listed several times: it is filled once."""
    papers: list[Paper] = []
    own = own_facts(desk, who)
    for made in ordered:
        if made.flat.front.unit == PUPIL:
            papers += [_paper(desk, made, who, own)] * made.copies
    return PupilPapers(who, tuple(papers))


def class_sheets(
    desk: BatchDesk, ordered: Sequence[ChosenDocument], pupils: Sequence[NumberedPupil]
) -> Iterator[Paper]:
    """Yield the sheets of each class, their lines in the order in which the papers lie."""
    sheets = [made for made in ordered if made.flat.front.unit == CLASS]
    for label, some in _by_label(desk, pupils):
        for made in sheets:
            yield from [_sheet(desk, made, label, some)] * made.copies


def _by_label(
    desk: BatchDesk, pupils: Sequence[NumberedPupil]
) -> Iterator[tuple[str, Sequence[NumberedPupil]]]:
    known = {id(one.pupil): one for one in pupils}
    roster = [one.pupil for one in pupils]
    for label, members in classes_of(roster, desk.loaded.batch.printing.order):
        yield label, [known[id(member)] for member in members]


def groups_of(
    pupils: Sequence[RosterPupil], printing: Printing
) -> tuple[tuple[str, tuple[RosterPupil, ...]], ...]:
    """Divide pupils into print files, in the order of printing."""
    classes = classes_of(pupils, printing.order)
    if printing.by_class or len(classes) < 2:
        return tuple((label or NO_CLASS, members) for label, members in classes)
    if printing.order != "班级":
        return ((WHOLE_SCHOOL, tuple(pupils)),)
    everybody = chain.from_iterable(members for _, members in classes)
    return ((WHOLE_SCHOOL, tuple(everybody)),)


def classes_of(
    pupils: Sequence[RosterPupil], order: str
) -> tuple[tuple[str, tuple[RosterPupil, ...]], ...]:
    """Divide pupils into classes, in natural order or as the roster first names them."""
    classes = by_class(pupils)
    if order == "班级":
        return classes
    met = list(dict.fromkeys(pupil.class_label for pupil in pupils))
    return tuple(sorted(classes, key=lambda one: met.index(one[0])))


def own_facts(desk: BatchDesk, who: NumberedPupil) -> dict[str, Any]:
    """Return what only a pupil's own papers are filled with."""
    pupil, batch = who.pupil, desk.loaded.batch
    label = pupil.class_label or None
    term = TermFacts(
        名称=batch.id,
        学期=term_in_full(batch.term),
        序号=who.serial,
        班级=label,
        入学=batch.enrolment,
    )
    return {
        "学生": pupil_facts(pupil.pupil, who.day or desk.day),
        "全部监护人": facts(pupil.guardians),
        "监护人": facts(pupil.guardians[0]) if pupil.guardians else None,
        "受托照护人": facts(pupil.carers),
        "批次": facts(term),
    }


def _paper(
    desk: BatchDesk, made: ChosenDocument, who: NumberedPupil, own: Mapping[str, Any]
) -> Paper:
    front = made.flat.front
    back = return_code(who.code, made.given.index(front.title) + 1) if who.code else ""
    name = f"{who.serial}-{front.title}"
    return filled_in(desk, made, name, own, who.day or desk.day, (who.code, back))


def _sheet(
    desk: BatchDesk, made: ChosenDocument, label: str, pupils: Sequence[NumberedPupil]
) -> Paper:
    lines = tuple(map(_line, pupils))
    term = TermFacts(
        名称=desk.loaded.batch.id,
        学期=term_in_full(desk.loaded.batch.term),
        班级=label or NO_CLASS,
        编号开头=pupils[0].serial.rpartition("-")[0] if pupils else None,
        文书=made.given,
        登记表电话=desk.loaded.batch.printing.phones,
    )
    name = f"{label or NO_CLASS}-{made.flat.front.title}"
    own = {"名册": facts(lines), "批次": facts(term)}
    return filled_in(desk, made, name, own, desk.day)


def _line(who: NumberedPupil) -> RosterLine:
    pupil = who.pupil
    return RosterLine(
        序号=who.serial,
        班内号=who.serial.rpartition("-")[2],
        姓名=pupil.pupil.name,
        监护人=pupil.guardians[0].name if pupil.guardians else None,
        电话=pupil.phone or None,
    )


def filled_in(
    desk: BatchDesk,
    made: ChosenDocument,
    name: str,
    own: Mapping[str, Any],
    day: datetime.date,
    codes: tuple[str, str] = ("", ""),
) -> Paper:
    """Plan a paper from the facts that are its own; ``codes`` are its own and that of its slip."""
    front = made.flat.front
    own_code, back = (code or None for code in codes)
    told = PaperFacts(
        编号=front.id,
        标题=front.title,
        文号=made.number,
        日期=day,
        核验码=own_code,
        交回码=back,
        印章=desk.seal_on(made) or None,
    )
    known = {**desk.common, "机关": facts(made.issuer), "文书": facts(told), **own}
    return Paper(front.id, made.flat, made.issuer, name, known, day, "", front.title)
