"""What a batch prints: its documents, its classes, and the papers of every pupil."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import Any

from kcbx_docs.case.batch import Printing
from kcbx_docs.case.files import LoadedBatch
from kcbx_docs.case.model import School
from kcbx_docs.case.roster_reading import RosterPupil, by_class
from kcbx_docs.case.workspace import Organ, Workspace, school_of, school_organ
from kcbx_docs.office.opened import Office
from kcbx_docs.packs.flatten import FlatTemplate
from kcbx_docs.packs.library import Library
from kcbx_docs.packs.model import Role
from kcbx_docs.papers.context import PaperFacts, RosterLine, TermFacts, facts, pupil_facts
from kcbx_docs.papers.desk import office_facts
from kcbx_docs.papers.numbers import number_text
from kcbx_docs.papers.paper import Paper
from kcbx_docs.problems import Place, Problem, Problems, UserError, problem
from kcbx_docs.procedure.issuers import choose

SIGN_OFF: Role = "签收登记表"
PUPIL, CLASS = "学生", "班级"
LISTED = 3
"""How many documents a heading names."""

NO_CLASS, WHOLE_SCHOOL = "未分班", "全校"


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
    def common(self) -> Mapping[str, Any]:
        """Return the facts that all papers share."""
        return {**office_facts(self.office, self.today), "学校": facts(self.school)}


@dataclass(frozen=True)
class PupilPapers:
    """A pupil's papers in the order of printing; a second copy is the same paper again."""

    pupil: RosterPupil
    serial: str
    papers: tuple[Paper, ...]


@dataclass(frozen=True)
class PrintGroup:
    """What is printed together, usually a class: its pupils, and the sheets of each class."""

    name: str
    pupils: tuple[PupilPapers, ...]
    sheets: tuple[Paper, ...]


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
        # The sheets of a class are the school's, whoever hands the papers out.
        schools = (school_organ(desk.school),) if flat.front.unit == CLASS else ()
        offices = (desk.issuer, *schools)
        issuer = choose(desk.office.law, flat.front.id, offices, desk.day).allowed
        number = number_text(flat.front, issuer, desk.day)
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


def plan_batch(
    desk: BatchDesk, ordered: Sequence[ChosenDocument], pupils: Sequence[RosterPupil]
) -> tuple[PrintGroup, ...]:
    """Group pupils as they are printed, with their papers and the sheets of their classes."""
    own = [made for made in ordered if made.flat.front.unit == PUPIL]
    sheets = [made for made in ordered if made.flat.front.unit == CLASS]
    printing = desk.loaded.batch.printing
    groups: list[PrintGroup] = []
    for name, members in groups_of(pupils, printing):
        papers = tuple(_pupil_papers(desk, own, pupil) for pupil in members)
        listed: list[Paper] = []
        for label, some in classes_of(members, printing.order):
            listed += _sheets(desk, sheets, label, some)
        groups.append(PrintGroup(name, papers, tuple(listed)))
    return tuple(groups)


def _pupil_papers(
    desk: BatchDesk, own: Sequence[ChosenDocument], pupil: RosterPupil
) -> PupilPapers:
    papers: list[Paper] = []
    for made in own:
        # Copies are one paper, listed several times: it is filled once.
        papers += [_paper(desk, made, pupil)] * made.copies
    return PupilPapers(pupil, serial_of(pupil), tuple(papers))


def _sheets(
    desk: BatchDesk, sheets: Sequence[ChosenDocument], label: str, pupils: Sequence[RosterPupil]
) -> Iterator[Paper]:
    for made in sheets:
        yield from [_sheet(desk, made, label, pupils)] * made.copies


def serial_of(pupil: RosterPupil) -> str:
    """Number a pupil within the batch: its place in the roster, whatever is printed first."""
    return f"{pupil.serial:04d}"


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


def _paper(desk: BatchDesk, made: ChosenDocument, pupil: RosterPupil) -> Paper:
    term = TermFacts(
        名称=desk.loaded.batch.id,
        学期=desk.loaded.batch.term,
        序号=serial_of(pupil),
        班级=pupil.class_label or None,
    )
    own = {
        "学生": pupil_facts(pupil.pupil, desk.day),
        "全部监护人": facts(pupil.guardians),
        "监护人": facts(pupil.guardians[0]) if pupil.guardians else None,
        "受托照护人": facts(pupil.carers),
    }
    name = f"{serial_of(pupil)}-{made.flat.front.title}"
    return _filled_in(desk, made, name, {**own, "批次": facts(term)})


def _sheet(
    desk: BatchDesk, made: ChosenDocument, label: str, pupils: Sequence[RosterPupil]
) -> Paper:
    lines = tuple(map(_line, pupils))
    term = TermFacts(
        名称=desk.loaded.batch.id,
        学期=desk.loaded.batch.term,
        班级=label or NO_CLASS,
        文书=made.given,
        登记表电话=desk.loaded.batch.printing.phones,
    )
    name = f"{label or NO_CLASS}-{made.flat.front.title}"
    return _filled_in(desk, made, name, {"名册": facts(lines), "批次": facts(term)})


def _line(pupil: RosterPupil) -> RosterLine:
    return RosterLine(
        序号=serial_of(pupil),
        姓名=pupil.pupil.name,
        监护人=pupil.guardians[0].name if pupil.guardians else None,
        电话=pupil.phone or None,
    )


def _filled_in(desk: BatchDesk, made: ChosenDocument, name: str, own: Mapping[str, Any]) -> Paper:
    front = made.flat.front
    paper = PaperFacts(编号=front.id, 标题=front.title, 文号=made.number, 日期=desk.day)
    known = {**desk.common, "机关": facts(made.issuer), "文书": facts(paper), **own}
    return Paper(front.id, made.flat, made.issuer, name, known, desk.day, "", front.title)
