"""Reminders to families whose slips have not come back: one page each, with the slip once more."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kcbx_docs.batch.asked import BatchAsked
from kcbx_docs.batch.assigning import held_by
from kcbx_docs.batch.plan import ChosenDocument, NumberedPupil, filled_in, groups_of, own_facts
from kcbx_docs.batch.preflight import MadePupil, made_of
from kcbx_docs.batch.printing import Printed, PrintRun, print_files, render_print_file
from kcbx_docs.batch.run import BatchRun, prepare
from kcbx_docs.batch.task import looks_our_own
from kcbx_docs.case.fields import safe_name
from kcbx_docs.case.files import LoadedBatch
from kcbx_docs.ledger.codes import return_code
from kcbx_docs.light import dataclass
from kcbx_docs.office.opened import Office
from kcbx_docs.office.returns import Returnable
from kcbx_docs.office.slips import Slip
from kcbx_docs.packs.model import Role
from kcbx_docs.papers.context import facts
from kcbx_docs.papers.files import File, Wanted
from kcbx_docs.papers.paper import Paper
from kcbx_docs.papers.press import Progress, silent
from kcbx_docs.papers.reminder_facts import ReminderFacts, ReminderPart
from kcbx_docs.problems import Problem, raise_errors

REMINDER: Role = "回执提醒"
_SLIP = "回执"
"""The part of a document that is torn off and comes back."""


@dataclass(frozen=True)
class Reminders:
    """Print files of reminders, what they remind of, and what was found."""

    files: tuple[File, ...]
    parts: tuple[Returnable, ...]
    problems: tuple[Problem, ...]


def remind(
    office: Office,
    loaded: LoadedBatch,
    wanted: Wanted,
    parts: Sequence[Returnable],
    progress: Progress = silent,
) -> Reminders:
    """Print a page for each pupil of whom something is missing, class by class."""
    names = office.library.ids_as(REMINDER)
    run = prepare(office, loaded, replace(wanted, documents=names), BatchAsked())
    raise_errors(run.problems)
    missing = _by_slip(parts)
    slips = tuple(part.slip for part in parts)
    pairs = zip(run.everybody, held_by(run.present, slips), strict=True)
    whose = {id(pupil): slip for pupil, slip in pairs if slip and slip.serial in missing}
    chosen = [one for one in run.bench.chosen if one.flat.front.role == REMINDER]
    printed, told = Printed(), list(run.problems)
    own = looks_our_own(wanted.formats, draft=wanted.draft)
    printing = PrintRun(run.bench.presses, False, wanted.draft, progress)
    done: list[Returnable] = []
    for number, (label, members) in enumerate(groups_of(run.everybody, loaded.batch.printing), 1):
        made: list[MadePupil] = []
        for pupil in members:
            if slip := whose.get(id(pupil)):
                who = NumberedPupil(pupil, slip.serial, slip.code, wanted.day)
                made += _made(run, chosen, who, missing[slip.serial], told)
                done += missing[slip.serial]
        head = safe_name(f"{number:02d}-{label}")
        for file in print_files(made, (), head, label, {}, draft=own):
            render_print_file(file, printing, printed)
    raise_errors((*told, *printed.problems))
    return Reminders(tuple(printed.files), tuple(done), tuple(told))


def _by_slip(parts: Sequence[Returnable]) -> Mapping[str, list[Returnable]]:
    found: dict[str, list[Returnable]] = {}
    for part in parts:
        found.setdefault(part.slip.serial, []).append(part)
    return found


def _made(
    run: BatchRun,
    chosen: Sequence[ChosenDocument],
    who: NumberedPupil,
    parts: Sequence[Returnable],
    told: list[Problem],
) -> Iterator[MadePupil]:
    once: dict[Problem, None] = {}
    papers = tuple(_paper(run, one, who, parts) for one in chosen)
    made, faults = made_of(papers, run.bench.forms, once)
    told += (*faults, *once)
    if made:
        yield MadePupil(who, made)


def _paper(
    run: BatchRun, chosen: ChosenDocument, who: NumberedPupil, parts: Sequence[Returnable]
) -> Paper:
    """Fill a reminder; its square is that of the slip that it prints once more."""
    torn = [part for part in parts if _is_torn(run, part.document)]
    code = _code_of(torn[0].slip, torn[0].document) if torn else ""
    told = ReminderFacts(
        各份=tuple(
            ReminderPart(
                文书=run.desk.library.card(part.document).title,
                情形=part.came.defect if part.came else "",
                回执=part in torn,
            )
            for part in parts
        ),
        回执=run.desk.library.card(torn[0].document).title if torn else None,
    )
    own = {**own_facts(run.desk, who), "催收": facts(told)}
    name = f"{who.serial}-{chosen.flat.front.title}"
    return filled_in(run.desk, chosen, name, own, run.desk.today, (who.code if code else "", code))


def _is_torn(run: BatchRun, document: str) -> bool:
    return _SLIP in run.desk.library.card(document).required


def _code_of(slip: Slip, document: str) -> str:
    return return_code(slip.code, slip.papers.index(document) + 1)
