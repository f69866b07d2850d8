"""A batch from its file to its folder: serials, classes one after another, then all put away."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from kcbx_docs.batch.asked import BatchAsked, Watching
from kcbx_docs.batch.assigning import Given
from kcbx_docs.batch.booking import record, slips_in
from kcbx_docs.batch.contents import names_in
from kcbx_docs.batch.gone import told_before, told_mixed_up
from kcbx_docs.batch.lean import lean
from kcbx_docs.batch.plan import PUPIL
from kcbx_docs.batch.preflight import names_of, some
from kcbx_docs.batch.render import files_of, held_in, put_together, refuse, results_of
from kcbx_docs.batch.returned import keep_returned, told_returned
from kcbx_docs.batch.run import (
    BatchRun,
    both_sides,
    choose,
    give,
    key_of_task,
    number_pupils,
    prepare,
    sum_of,
    tasks_of,
    told_sides,
    unnumbered,
)
from kcbx_docs.batch.task import ClassPrint, ClassTask, contents_of, without_bytes
from kcbx_docs.batch.ticket import print_tickets
from kcbx_docs.batch.ticking import ticking_list
from kcbx_docs.batch.working import Working, printed
from kcbx_docs.case.files import LoadedBatch
from kcbx_docs.filing.folder import Written, file_papers
from kcbx_docs.filing.manifest import read_manifest
from kcbx_docs.filing.registers import write_registers
from kcbx_docs.filing.stage import Stage
from kcbx_docs.locking import only_writer
from kcbx_docs.office.book import book_of, register_of
from kcbx_docs.office.opened import Office
from kcbx_docs.office.slips import Slip
from kcbx_docs.office.spreadsheet import TextTable
from kcbx_docs.papers.files import Wanted
from kcbx_docs.papers.press import Progress, UnwantedError
from kcbx_docs.problems import Place, Problem, Problems, UserError, problem, raise_errors, stop
from kcbx_docs.writing import reason_of

if TYPE_CHECKING:
    from kcbx_docs.ledger.book import Book

_NO_PLACE = ("LEDG008", "LEDG009")
"""A ledger cannot lie on a network drive or in a folder that is synchronised."""


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
    watching.progress("读名册")
    run = prepare(office, loaded, wanted, asked)
    book, unable = _book(office, wanted, asked)
    slips = _choose(run, book, wanted.reason)
    refuse(run, found)
    if asked.dry:
        return _try(run, wanted, book, slips, root, watching, found)
    given = _given(run, book, wanted, watching)
    numbered = number_pupils(run, given) if book else unnumbered(run)
    told = [*found, *unable, *told_before(run, slips), *_told_given(run, given, root)]
    raise_errors(told)
    stage = Stage(root, root / loaded.batch.id)
    with _alone(root, stage, watching.progress):
        duplex = both_sides(run, numbered)
        told += told_sides(run, duplex)
        tasks = tuple(tasks_of(run, numbered, duplex, kept_of(given)))
        told += _told_waiting(stage, asked)
        done = _print(run, tasks, stage, watching)
        told += [*run.problems, *results_of(run, done, len(numbered))]
        tickets, more = print_tickets(run, tasks, done, duplex)
        told += raise_errors(more)
        files = (*tickets, *files_of(done))
        papers = put_together(run, wanted, files, tuple(told), partly=asked.partly)
        written = file_papers(root, papers, watching.progress)
        if book:
            _record(run, book, given, done)
        stage.clear()
    return _with_new(written, run, given)


def _given(
    run: BatchRun, book: "Book | None", wanted: Wanted, watching: Watching
) -> tuple[Given, ...]:
    """Give serials out of the ledger, if there is one."""
    watching.progress("取编号")
    given = give(run, book, wanted.reason, booked=True) if book else ()
    watching.progress("试排一名学生的")
    return given


def _choose(run: BatchRun, book: "Book | None", reason: str) -> Sequence[Slip]:
    """Choose who is printed; return what the ledger knows."""
    slips = slips_in(book, run.series) if book else ()
    choose(run, slips)
    if book:
        run.problems += told_mixed_up(run, slips, reason)
        keep_returned(run, book, slips)
    return slips


def _try(
    run: BatchRun,
    wanted: Wanted,
    book: "Book | None",
    slips: Sequence[Slip],
    root: Path,
    watching: Watching,
    found: Problems,
) -> Written:
    """Print into nothing, and say what would come of it; only the list to tick is written."""
    given = give(run, book, wanted.reason, booked=False)
    numbered = number_pupils(run, given)
    duplex = both_sides(run, numbered)
    told = [*found, *told_before(run, slips), *_told_given(run, given, root)]
    told += told_sides(run, duplex)
    counting = ("pdf",) if run.bench.fonts else ()
    tasks = [
        replace(task, order=replace(task.order, formats=counting))
        for task in tasks_of(run, numbered, duplex, kept_of(given))
    ]
    done: list[ClassPrint] = []
    for task, one in printed(tasks, len(numbered), _working(run, counting, watching)):
        done.append(without_bytes(one))
        watching.meter(sum(len(one.serials) for one in done), len(numbered), task.name)
    told += [*run.problems, *results_of(run, done, len(numbered))]
    told.append(sum_of(run, given, done, duplex))
    folder = root / run.desk.loaded.batch.id
    written = write_registers([_list_to_tick(run, given)], folder, "xlsx", run.desk.today)
    return Written(folder, written, (), tuple(dict.fromkeys(told)))


def _list_to_tick(run: BatchRun, given: Sequence[Given]) -> TextTable:
    state: dict[int, str] = {}
    for who, one in zip(number_pupils(run, given), given, strict=True):
        blanks = f"留空：{'、'.join(who.pupil.doubts)}" if who.pupil.doubts else ""
        told = (f"已印发 {one.serial}" if one.kept else "", blanks)
        state[who.pupil.serial] = "；".join(filter(None, told))
    return ticking_list(run.everybody, held_in(run), state)


def _book(office: Office, wanted: Wanted, asked: BatchAsked) -> tuple["Book | None", Problems]:
    """Open the ledger that gives the serials; nothing for a draft, and where none may lie."""
    if wanted.draft:
        return None, ()
    if asked.dry:
        register = register_of(office.root, office.workspace)
        return (register.book if register else None), ()
    try:
        return book_of(office.root, office.workspace, create=True), ()
    except UserError as error:
        if any(one.code not in _NO_PLACE for one in error.problems):
            raise
        reason = error.problems[0].message
        return None, (problem("BTCH025", Place(), reason=reason),)


@contextmanager
def _alone(root: Path, stage: Stage, progress: Progress) -> Iterator[None]:
    """Keep others from printing the same batch meanwhile; where nobody wants it any more, take
    back what waits.
    """
    try:
        with ExitStack() as stack:
            try:
                root.mkdir(mode=0o700, parents=True, exist_ok=True)
                stage.open()
                stack.enter_context(only_writer(stage.folder, stage.out.name, progress))
            except OSError as error:
                raise stop("PAPR007", Place(), path=stage.out, reason=reason_of(error)) from error
            yield
    except UnwantedError:
        stage.take_back()
        raise


def _print(
    run: BatchRun, tasks: Sequence[ClassTask], stage: Stage, watching: Watching
) -> tuple[ClassPrint, ...]:
    """Print class after class; those that are there whole are taken."""
    everybody = sum(len(task.pupils) for task in tasks)
    taken: list[str] = []

    def known(task: ClassTask) -> ClassPrint | None:
        if not run.asked.resumed:
            return None
        found = stage.known(_place_of(run, task, contents_of(task)), task)
        taken.extend([task.name] if found else [])
        return found

    done: list[ClassPrint] = []
    count = 0
    working = replace(_working(run, run.bench.order.formats, watching), known=known)
    for task, one in printed(tasks, everybody, working):
        is_kept = any(file.staged for file in one.files)
        done.append(one if is_kept else stage.keep(_place_of(run, task, one.contents), one))
        count += len(task.pupils)
        watching.meter(count, everybody, task.name)
    watching.meter(everybody, everybody, "放进文件夹")  # from here on nobody stops it
    if taken:
        run.problems.append(problem("BTCH031", Place(), count=len(taken)))
    return tuple(done)


def _place_of(run: BatchRun, task: ClassTask, contents: Mapping[str, str]) -> str:
    """Name the place where a class waits until all are printed."""
    return key_of_task(run, task, contents)[:40]


def _working(run: BatchRun, formats: Sequence[str], watching: Watching) -> Working:
    """Say how classes are printed; where others do it, they are sent what they need."""
    asked, tell = run.asked, run.problems.append
    if not (asked.cluster or asked.executor):
        return Working(asked, watching.progress, tell=tell)
    from kcbx_docs.filing.parcel import parcel_of  # compares engines: loads how each is asked

    if asked.cluster:
        from kcbx_docs.filing.cluster import opened_cluster  # a library that few have

        executor = partial(opened_cluster, asked.cluster, formats, tell)
        asked = replace(asked, executor=executor)
    parcel = parcel_of(run.desk.office, run.desk.loaded, formats)
    names = names_in([made.flat for made in run.bench.chosen])
    return Working(
        asked, watching.progress, away=parcel, pack=partial(lean, names=names), tell=tell
    )


def kept_of(given: Sequence[Given]) -> frozenset[str]:
    """Return the serials of papers that were printed before and say the same."""
    return frozenset(one.serial for one in given if one.kept)


def _told_waiting(stage: Stage, asked: BatchAsked) -> Iterator[Problem]:
    """Say that the run before was cut off; without being asked to go on, begin anew."""
    if stage.waiting and not asked.resumed:
        yield problem("BTCH030", Place(), count=stage.waiting)


def _told_given(run: BatchRun, given: Sequence[Given], root: Path) -> Iterator[Problem]:
    """Say who has papers already, and whose are void from now on."""
    kept = [one for one in given if one.kept]
    if kept and run.asked.only and len(kept) == len(given):
        who = names_of([one.pupil for one in number_pupils(run, kept)])
        where = _where(root / run.desk.loaded.batch.id, kept[0].serial)
        facts = {"who": who, "serials": some([one.serial for one in kept]), "where": where}
        yield problem("BTCH027", Place(run.roster), **facts)
    elif kept and run.asked.fresh and len(kept) == len(given):
        done = problem("BTCH044", Place(run.roster), count=len(kept))
        raise UserError((done, *told_returned(run)))
    yield from _told_void(given)


def _with_new(written: Written, run: BatchRun, given: Sequence[Given]) -> Written:
    """Say where those lie who were printed for the first time, among others printed before."""
    kept = [one for one in given if one.kept]
    new = [one for one in given if not one.kept]
    if not (kept and new) or run.asked.fresh:
        return written
    where = [_where(written.folder, one.serial).rstrip("；") or one.serial for one in new]
    told = problem("BTCH029", Place(), count=len(kept), new=len(new), where=some(where))
    return replace(written, problems=(*written.problems, told))


def _where(folder: Path, serial: str) -> str:
    """Say in which print file a pupil's papers lie, and on which pages if they are counted."""
    known = read_manifest(folder)
    for one in known.files.values() if known else ():
        for told in one.entry.get("papers", ()):
            if told.get("serial") == serial:
                pages = told.get("pages")
                at = f"第 {pages[0]} 至 {pages[1]} 页" if pages else "里"
                return f"{serial} 在 {folder.name}/{one.name} {at}；"
    return ""


def _told_void(given: Sequence[Given]) -> Iterator[Problem]:
    """Say by reason which serials are void from now on, and what takes their place."""
    for reason in dict.fromkeys(one.reason for one in given if one.replaces):
        ended = [one for one in given if one.ends_printed and one.reason == reason]
        if ended:
            shown = some([one.instead for one in ended])
            facts = {"count": len(ended), "reason": reason, "serials": shown}
            yield problem("BTCH026", Place(), **facts)


def _record(
    run: BatchRun, book: "Book", given: Sequence[Given], done: Sequence[ClassPrint]
) -> None:
    """Record what lies in its folder now."""
    pages: dict[str, int] = {}
    contents: dict[str, str] = {}
    for one in done:
        pages |= one.pages
        contents |= one.contents
    out = set(chain.from_iterable(one.serials for one in done))
    printed_now = [replace(one, content=contents[one.serial]) for one in given if one.serial in out]
    papers: list[str] = []
    for made in run.bench.chosen:
        papers += [made.flat.front.id] * made.copies * (made.flat.front.unit == PUPIL)
    if papers:
        record(book, run.series, printed_now, papers, pages)
