"""A batch from its file to its folder: serials, classes one after another, then all put away."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from kcbx_docs.batch.asked import BatchAsked, Meter, unmeasured
from kcbx_docs.batch.assigning import Given
from kcbx_docs.batch.booking import record, slips_in
from kcbx_docs.batch.plan import PUPIL
from kcbx_docs.batch.preflight import names_of
from kcbx_docs.batch.render import files_of, put_together, refuse, results_of
from kcbx_docs.batch.run import (
    BatchRun,
    both_sides,
    choose,
    give,
    key_of_task,
    number_pupils,
    prepare,
    tasks_of,
    told_gone,
    told_sides,
    unnumbered,
)
from kcbx_docs.batch.task import ClassPrint, ClassTask
from kcbx_docs.batch.working import printed
from kcbx_docs.case.files import LoadedBatch
from kcbx_docs.filing.folder import Written, file_papers
from kcbx_docs.filing.stage import Stage
from kcbx_docs.ledger.model import PRINTED
from kcbx_docs.locking import only_writer
from kcbx_docs.office.book import book_of
from kcbx_docs.office.opened import Office
from kcbx_docs.office.slips import Slip
from kcbx_docs.papers.files import Wanted
from kcbx_docs.papers.press import Progress, silent
from kcbx_docs.problems import Place, Problem, Problems, UserError, problem, raise_errors, stop
from kcbx_docs.writing import reason_of

if TYPE_CHECKING:
    from kcbx_docs.ledger.book import Book

_NO_PLACE = ("LEDG008", "LEDG009")
"""A ledger cannot lie on a network drive or in a folder that is synchronised."""
_NAMED = 6


@dataclass(frozen=True)
class Watching:
    """Who watches a run."""

    progress: Progress = silent
    meter: Meter = unmeasured


def render_batch(
    office: Office,
    loaded: LoadedBatch,
    wanted: Wanted,
    asked: BatchAsked,
    root: Path,
    watching: Watching,
    found: Problems = (),
) -> Written:
    """Print a batch and put its files away; raise with every problem."""
    if asked.again and not wanted.reason:
        raise stop("BTCH028")
    run = prepare(office, loaded, wanted, asked)
    book, unable = _book(office, wanted)
    slips = slips_in(book, run.series) if book else ()
    choose(run, slips)
    refuse(run, found)
    given = give(run, book, wanted.reason, booked=True) if book else ()
    numbered = number_pupils(run, given) if book else unnumbered(run)
    told = [*found, *unable, *told_gone(run, slips), *_told_given(run, given, slips)]
    raise_errors(told)
    stage = Stage(root, root / loaded.batch.id)
    with _alone(root, stage, watching.progress):
        duplex = both_sides(run, numbered)
        told += told_sides(run, duplex)
        tasks = tuple(tasks_of(run, numbered, duplex))
        told += _told_waiting(stage, asked)
        done = _print(run, tasks, stage, watching)
        told += [*run.problems, *results_of(run, done, len(numbered))]
        papers = put_together(run, wanted, files_of(done), tuple(told), partly=bool(asked.only))
        written = file_papers(root, papers, watching.progress)
        if book:
            _record(run, book, given, done)
        stage.clear()
    return written


def _book(office: Office, wanted: Wanted) -> tuple["Book | None", Problems]:
    """Open the ledger that gives the serials; nothing for a draft, and where none may lie."""
    if wanted.draft:
        return None, ()
    try:
        return book_of(office.root, office.workspace, create=True), ()
    except UserError as error:
        if any(one.code not in _NO_PLACE for one in error.problems):
            raise
        reason = error.problems[0].message
        return None, (problem("BTCH025", Place(), reason=reason),)


@contextmanager
def _alone(root: Path, stage: Stage, progress: Progress) -> Iterator[None]:
    """Keep others from printing the same batch meanwhile."""
    with ExitStack() as stack:
        try:
            root.mkdir(mode=0o700, parents=True, exist_ok=True)
            stage.open()
            stack.enter_context(only_writer(stage.folder, stage.out.name, progress))
        except OSError as error:
            raise stop("PAPR007", Place(), path=stage.out, reason=reason_of(error)) from error
        yield


def _print(
    run: BatchRun, tasks: Sequence[ClassTask], stage: Stage, watching: Watching
) -> tuple[ClassPrint, ...]:
    """Print class after class; those that are there whole are taken."""
    everybody = sum(len(task.pupils) for task in tasks)
    keys = {id(task): key_of_task(run, task)[:40] for task in tasks}
    taken: list[str] = []

    def known(task: ClassTask) -> ClassPrint | None:
        found = stage.known(keys[id(task)], task) if run.asked.resumed else None
        taken.extend([task.name] if found else [])
        return found

    done: list[ClassPrint] = []
    count = 0
    for task, one in printed(tasks, run.asked, everybody, watching.progress, known):
        kept = one if any(file.staged for file in one.files) else stage.keep(keys[id(task)], one)
        done.append(kept)
        count += len(task.pupils)
        watching.meter(count, everybody, task.name)
    if taken:
        run.problems.append(problem("BTCH031", Place(), count=len(taken)))
    return tuple(done)


def _told_waiting(stage: Stage, asked: BatchAsked) -> Iterator[Problem]:
    """Say that the run before was cut off; without being asked to go on, begin anew."""
    if stage.waiting and not asked.resumed:
        yield problem("BTCH030", Place(), count=stage.waiting)


def _told_given(run: BatchRun, given: Sequence[Given], slips: Sequence[Slip]) -> Iterator[Problem]:
    """Say who has papers already, and whose are void from now on."""
    kept = [one for one in given if one.kept]
    if kept and run.asked.only and len(kept) == len(given):
        who = names_of([one.pupil for one in number_pupils(run, kept)])
        yield problem("BTCH027", Place(run.roster), who=who, serials=_some(kept))
    elif kept and len(kept) < len(given):
        yield problem("BTCH029", Place(), count=len(kept), new=len(given) - len(kept))
    pairs = [(one.replaces, one.serial) for one in given if one.replaces]
    if ended := [(old.serial, new) for old, new in pairs if old.state == PRINTED]:
        shown = "、".join(f"{old}→{new}" for old, new in ended[:_NAMED])
        yield problem("BTCH026", Place(), count=len(ended), serials=shown)


def _some(given: Sequence[Given]) -> str:
    shown = "、".join(one.serial for one in given[:_NAMED])
    return shown if len(given) <= _NAMED else f"{shown}等"


def _record(
    run: BatchRun, book: "Book", given: Sequence[Given], done: Sequence[ClassPrint]
) -> None:
    """Record what lies in its folder now."""
    pages: dict[str, int] = {}
    for one in done:
        pages |= one.pages
    out = set(chain.from_iterable(one.serials for one in done))
    papers: list[str] = []
    for made in run.bench.chosen:
        papers += [made.flat.front.id] * made.copies * (made.flat.front.unit == PUPIL)
    if papers:
        record(book, run.series, [one for one in given if one.serial in out], papers, pages)
