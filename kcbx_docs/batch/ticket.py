"""The job ticket: what is to be printed, for whoever prints it, and what the school keeps of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from kcbx_docs.batch.plan import BATCH, PUPIL, ChosenDocument, filled_in
from kcbx_docs.batch.preflight import HeldBack
from kcbx_docs.batch.render import held_in
from kcbx_docs.batch.run import BatchRun
from kcbx_docs.batch.serials import term_in_full
from kcbx_docs.batch.task import ClassPrint, ClassTask
from kcbx_docs.case.fields import safe_name
from kcbx_docs.handwriting.characters import forbidden
from kcbx_docs.papers.context import TermFacts, facts
from kcbx_docs.papers.files import File, about
from kcbx_docs.papers.make import Made
from kcbx_docs.papers.paper import Paper
from kcbx_docs.papers.press import Job, Part, Press, Rendered
from kcbx_docs.papers.ticket_facts import (
    HeldFacts,
    TicketClass,
    TicketFacts,
    TicketFile,
    TicketPupil,
)
from kcbx_docs.problems import Place, Problem, Problems, UserError
from kcbx_docs.procedure.issuers import choose
from kcbx_docs.render.fonts import ROLES, FontSet

_GAP = "□"


def print_tickets(
    run: BatchRun, tasks: Sequence[ClassTask], done: Sequence[ClassPrint], duplex: bool
) -> tuple[tuple[File, ...], Problems]:
    """Make the tickets of a run in every format; packs may have none, or several."""
    found: list[Problem] = []
    files: list[File] = []
    told = {"发印单": facts(ticket_facts(run, done, duplex)), "暂缓名单": facts(held_facts(run))}
    library = run.desk.library
    for name in library.ids_of(BATCH):
        if not all(told.get(need, True) for need in library.card(name).needs):
            continue
        try:
            paper = _paper(run, name, told, _apart(run, tasks))
        except UserError as error:
            found += error.problems
            continue
        made, more = run.bench.forms.make(paper)
        found += more
        if made is None:
            continue
        for press in run.bench.presses:
            rendered, more = _printed(press, made, draft=run.bench.order.draft)
            found += more
            if rendered:
                file = File(f"{paper.name}{press.suffix}", rendered.data, about(made))
                files.append(file)
    return tuple(files), tuple(found)


def _printed(press: Press, made: Made, *, draft: bool) -> tuple[Rendered | None, Problems]:
    """Print a ticket; one of as many classes as an earlier one is not laid out again."""
    if press.fonts is None:
        return press.paper(made, draft=draft)
    parts = (Part(made.paper.name, (made,)),)
    return press.job(Job(made.paper.full_title, parts, draft=draft))


def _paper(run: BatchRun, name: str, told: Mapping[str, Any], apart: str) -> Paper:
    desk, flat = run.desk, run.desk.library.document(name)
    issuer = choose(desk.office.law, name, desk.organs, desk.day).allowed
    batch = desk.loaded.batch
    own = {"批次": facts(TermFacts(名称=batch.id, 学期=term_in_full(batch.term))), **told}
    chosen = ChosenDocument(flat, issuer, None, 1, Place())
    title = safe_name(f"00-{flat.front.title}{apart}")
    return filled_in(desk, chosen, title, own, desk.day)


def _apart(run: BatchRun, tasks: Sequence[ClassTask]) -> str:
    """Name what a ticket is for if not for everybody."""
    if not run.asked.partly or not tasks:
        return ""
    more = "等" if len(tasks) > 1 else ""
    return f"-{tasks[0].head.partition('-')[2]}{more}"


def ticket_facts(run: BatchRun, done: Sequence[ClassPrint], duplex: bool) -> TicketFacts:
    """Add up a run for its ticket."""
    held = held_in(run)
    classes = [_class(one, held, duplex) for one in done if one.serials]
    files = list(chain.from_iterable(one.files for one in classes))
    own = [made for made in run.bench.chosen if made.flat.front.unit == PUPIL]
    papers = sum(made.copies for made in own)
    most = max((max(one.pages.values(), default=0) for one in done), default=0)
    return TicketFacts(
        单双面="双面" if duplex else "单面",
        装订=most > papers,
        每人=tuple(f"{made.flat.front.title}{made.copies}份" for made in own),
        各班=tuple(classes),
        学生=sum(one.pupils for one in classes),
        文件数=len(files),
        面数=_sum(file.faces for file in files),
        空白面=_sum(file.blanks for file in files),
        张数=_sum(file.sheets for file in files),
    )


def held_facts(run: BatchRun) -> HeldFacts | None:
    """List whom the school must see to; nothing where there is nobody."""
    held = [_held(one, run.bench.fonts) for one in held_in(run) if _wanted(one, run)]
    left_open = tuple(_open(run))
    return HeldFacts(暂缓=tuple(held), 留空=left_open) if held or left_open else None


def _sum(counts: Iterable[int | None]) -> int | None:
    """Add up; one that nobody knows makes the sum unknown."""
    known = list(counts)
    return None if None in known else sum(count or 0 for count in known)


def _class(one: ClassPrint, held: Sequence[HeldBack], duplex: bool) -> TicketClass:
    labels = {label for label in one.pages if label not in one.serials}
    return TicketClass(
        班级=one.name,
        文件=tuple(files_of_class(one, duplex)),
        学生=len(one.serials),
        暂缓=sum(h.pupil.class_label in labels or h.pupil.class_label == one.name for h in held),
    )


def files_of_class(one: ClassPrint, duplex: bool) -> Iterator[TicketFile]:
    """Yield a class's print files as they are printed; the pupils are counted in the first."""
    told: dict[str, Any] = {}
    for file in one.files:
        if file.name.startswith(f"{one.head}-"):  # single files are named by their serial
            told.setdefault(file.name.rpartition(".")[0], file.about["papers"])
    counted = False
    for stem, papers in told.items():
        pupils = None if counted or papers[0]["serial"] is None else len(one.serials)
        counted = counted or pupils is not None
        faces, sheets = one.sides.get(stem), one.sheets.get(stem)
        yield TicketFile(
            名称=stem,
            学生=pupils,
            面数=faces,
            空白面=None if None in (faces, sheets) else _blanks(faces, sheets, duplex),
            张数=sheets,
        )


def _blanks(faces: int | None, sheets: int | None, duplex: bool) -> int:
    return 2 * (sheets or 0) - (faces or 0) if duplex else 0


def _wanted(one: HeldBack, run: BatchRun) -> bool:
    return one.pupil.serial in run.chosen


def _drawn(text: str, fonts: FontSet | None) -> str:
    """Put a sign in the place of characters that cannot be printed: they may be the reason."""
    lost = set(filter(forbidden, text))
    for role in ROLES if fonts else ():
        lost.update(fonts.missing(text, role) if fonts else "")
    return "".join(_GAP if char in lost else char for char in text)


def _held(one: HeldBack, fonts: FontSet | None) -> TicketPupil:
    pupil = one.pupil
    reasons = "；".join(fault.message for fault in one.faults) or "请看名单检查"
    return TicketPupil(
        班级=pupil.class_label or None,
        姓名=_drawn(pupil.pupil.name, fonts),
        位置=pupil.place_in("").path,
        原因=_drawn(reasons, fonts),
    )


def _open(run: BatchRun) -> Iterator[TicketPupil]:
    """Yield who has papers with a field that is left to be written."""
    held = {one.pupil.serial for one in run.held}
    for pupil in run.everybody:
        if pupil.doubts and pupil.serial in run.chosen - held:
            yield TicketPupil(
                班级=pupil.class_label or None,
                姓名=pupil.pupil.name,
                位置=pupil.place_in("").path,
                原因="、".join(pupil.doubts),
            )
