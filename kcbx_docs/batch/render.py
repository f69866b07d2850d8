"""The door for whoever sits on top: papers of a case, a batch, a letter or work as bytes."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from kcbx_docs.batch.asked import BatchAsked
from kcbx_docs.batch.plan import BatchDesk, pupil_papers
from kcbx_docs.batch.preflight import HeldBack, fill_papers, names_of, summed_up
from kcbx_docs.batch.run import BatchRun, both_sides, choose, prepare, tasks_of, unnumbered
from kcbx_docs.batch.task import ClassPrint
from kcbx_docs.batch.working import Working, printed
from kcbx_docs.case.files import Loaded, LoadedBatch, LoadedCase, LoadedLeads, LoadedWork
from kcbx_docs.case.roster import account_of
from kcbx_docs.case.roster_annotated import annotated
from kcbx_docs.case.roster_reading import CHECKED, RosterPupil, RosterReading
from kcbx_docs.office.opened import Office
from kcbx_docs.papers.files import File, Papers, Wanted, about_run, whose
from kcbx_docs.papers.press import Progress, silent
from kcbx_docs.problems import Place, Problem, Problems, errors, problem, raise_errors, stop


def papers_of(
    office: Office,
    loaded: Loaded,
    wanted: Wanted,
    progress: Progress = silent,
    found: Problems = (),
) -> Papers:
    """Make the papers of a case, a batch or a letter as bytes;
    raise with every problem if anything is wrong.

    ``found`` is what was met while reading it: told together with what is met here.
    """
    found = (*office.problems, *found)
    if wanted.public:
        from kcbx_docs.papers.public import public_papers

        raise_errors(found)
        papers = public_papers(office, loaded, wanted, progress)
        return replace(papers, problems=(*found, *papers.problems))
    if isinstance(loaded, LoadedBatch):
        return papers_of_batch(office, loaded, wanted, progress, found)
    raise_errors(found)
    if isinstance(loaded, LoadedLeads):
        raise stop("LEAD009", Place(str(loaded.path)))
    # no batch needs them
    from kcbx_docs.papers.render import papers_of_case, papers_of_letter, papers_of_work

    if isinstance(loaded, LoadedCase):
        papers = papers_of_case(office, loaded, wanted, progress)
    elif isinstance(loaded, LoadedWork):
        papers = papers_of_work(office, loaded, wanted, progress)
    else:
        papers = papers_of_letter(office, loaded, wanted, progress)
    return replace(papers, problems=(*found, *papers.problems))


def papers_of_batch(
    office: Office,
    loaded: LoadedBatch,
    wanted: Wanted,
    progress: Progress = silent,
    found: Problems = (),
) -> Papers:
    """Make the print files of a batch in memory; their serials are in no ledger."""
    run = prepare(office, loaded, wanted, BatchAsked())
    choose(run, ())
    refuse(run, found)
    numbered = unnumbered(run)
    tasks = tasks_of(run, numbered, both_sides(run, numbered))
    done = [one for _, one in printed(tasks, 0, Working(run.asked, progress))]
    more = results_of(run, done, len(numbered))
    files = files_of(done)
    return put_together(run, wanted, files, (*found, *run.problems, *more))


def sample_of_batch(office: Office, loaded: LoadedBatch, wanted: Wanted) -> Papers:
    """Make the papers of the first pupil who is printed: what all of them will look like."""
    run = prepare(office, loaded, wanted, BatchAsked())
    choose(run, ())
    refuse(run, ())
    first = unnumbered(run)[:1]
    done = [one for _, one in printed(tasks_of(run, first, False), 0, Working(run.asked, silent))]
    more = results_of(run, done, len(first))
    return put_together(run, wanted, files_of(done), (*run.problems, *more), partly=True)


def refuse(run: BatchRun, found: Problems) -> None:
    """Raise if anything stops the run before a page is made, and tell then what else is wrong."""
    found = (*found, *run.problems)
    if errors(found):
        planned = [pupil_papers(run.desk, run.bench.chosen, one) for one in unnumbered(run)]
        filled = fill_papers(planned, run.bench.forms)
        raise_errors((*found, *summed_up(filled.held, len(planned), run.roster, run.ordered)))


def results_of(run: BatchRun, done: Sequence[ClassPrint], everybody: int) -> Problems:
    """Add up what was found while printing; raise what stops everything."""
    held = list(chain.from_iterable(part.held for part in done))
    run.held += held
    told = list(_told_once(chain.from_iterable(part.problems for part in done)))
    told += summed_up(held, everybody, run.roster, run.ordered)
    if not errors((*run.problems, *told)) and not any(part.serials for part in done):
        told.append(_nobody(run))
    raise_errors((*run.problems, *told))
    return (*told, *_blank_backs(files_of(done)))


def _nobody(run: BatchRun) -> Problem:
    """Say that nobody was printed: of a few who were asked for, who is held back and where."""
    held = [one.pupil for one in held_in(run) if one.pupil.serial in run.chosen]
    if run.asked.only and held:
        return problem("BTCH046", held[0].place_in(run.roster), who=names_of(held))
    return problem("BTCH020", Place(run.roster), count=len(run.held))


def files_of(done: Sequence[ClassPrint]) -> tuple[File, ...]:
    """List the files of all classes."""
    return tuple(chain.from_iterable(part.files for part in done))


def put_together(
    run: BatchRun, wanted: Wanted, files: Sequence[File], found: Problems, *, partly: bool = False
) -> Papers:
    """Return all files of a run with what the manifest says of it."""
    reading = as_printed(run)
    account = next(account_of(reading))
    returned = [File(CHECKED, annotated(reading), {"title": "名单检查"})]
    return Papers(
        run.desk.loaded.batch.id,
        (*files, *returned),
        about(run.desk),
        "一些文书" if partly else wanted.extent,
        wanted.draft,
        keeps_old=not wanted.draft,
        side_files=(CHECKED,),
        problems=tuple(dict.fromkeys((*found, account))),
    )


def as_printed(run: BatchRun) -> RosterReading:
    """Return the reading of the roster with what was found while printing."""
    faults = {one.pupil.serial: one.faults for one in run.held}
    pupils: list[RosterPupil] = []
    more: list[Problem] = []
    for pupil in run.everybody:
        own = faults.get(pupil.serial, pupil.held)
        pupils.append(replace(pupil, held=own))
        if own != pupil.held:
            more += [replace(one, place=pupil.place_in(run.roster)) for one in own]
    problems = (*run.reading.problems, *more)
    return replace(run.reading, pupils=tuple(pupils), problems=problems)


def whose_batch(number: str) -> dict[str, object]:
    """Tell to which batch a folder belongs."""
    return whose("批次", number)


def about(desk: BatchDesk) -> dict[str, object]:
    """Describe a run for the manifest."""
    path, batch = desk.loaded.roster_path, desk.loaded
    roster = {"file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    owner = whose_batch(batch.batch.id)
    return about_run(desk.library, batch.source.sha256, desk.today, owner, roster=roster)


def held_in(run: BatchRun) -> tuple[HeldBack, ...]:
    """List who is held back, in the order of the roster."""
    return tuple(sorted(run.held, key=lambda one: one.pupil.serial))


def _blank_backs(files: Sequence[File]) -> Iterator[Problem]:
    """Say how many backs stay blank: a printer that prints one side only feeds them as sheets."""
    if blank := sum(file.about.get("blank_pages", 0) for file in files):
        yield problem("REND201", Place(), count=blank)


def _told_once(found: Iterable[Problem]) -> Iterator[Problem]:
    """Tell what is wrong with many papers once: at the first of them, with their number."""
    alike: dict[Problem, dict[Problem, None]] = {}
    for one in found:
        alike.setdefault(replace(one, place=Place(), subject=""), {})[one] = None
    for same in alike.values():
        yield replace(next(iter(same)), count=sum(one.count for one in same))
