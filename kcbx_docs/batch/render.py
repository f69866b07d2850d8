"""From a batch to its print files: read the roster, check everything, then print class by class.

``papers_of`` is the door for whoever sits on top: it takes a case, a batch or a letter.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from kcbx_docs.batch.doubts import NAME, doubts_of, table_of
from kcbx_docs.batch.plan import BatchDesk, documents_of, plan_batch
from kcbx_docs.batch.preflight import MadeGroup, check_glyphs, make_groups
from kcbx_docs.batch.printing import PrintRun, print_files, render_print_file
from kcbx_docs.case.files import Loaded, LoadedBatch, LoadedCase
from kcbx_docs.case.paths import is_file
from kcbx_docs.case.roster import read_roster
from kcbx_docs.case.roster_reading import RosterPupil
from kcbx_docs.office.opened import Office
from kcbx_docs.papers.files import File, Papers, Wanted, about_run, whose
from kcbx_docs.papers.formats import presses
from kcbx_docs.papers.make import Made
from kcbx_docs.papers.press import Progress, silent
from kcbx_docs.papers.render import papers_of_case, papers_of_letter
from kcbx_docs.problems import Place, Problem, Problems, problem, raise_errors
from kcbx_docs.render.fonts import FontSet


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
    if isinstance(loaded, LoadedBatch):
        return papers_of_batch(office, loaded, wanted, progress, found)
    raise_errors(found)
    if isinstance(loaded, LoadedCase):
        papers = papers_of_case(office, loaded, wanted, progress)
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
    """Make the print files of a batch; every fault is told before anything is printed."""
    desk = BatchDesk(office, loaded, wanted.day)
    ready, unable = presses(wanted.formats)
    pupils, doubts = _roster(desk)
    fonts = next((press.fonts for press in ready if press.fonts), None)
    groups, faults = _checked(desk, pupils, wanted.documents, fonts, progress)
    found = raise_errors((*found, *unable, *doubts, *faults))
    printing = PrintRun(ready, loaded.batch.printing.duplex, wanted.draft, progress)
    files, faults = _printed(groups, printing)
    found = (*found, *raise_errors(faults), *_blank_backs(files))
    return Papers(
        loaded.batch.id,
        (*files, *_returned(doubts)),
        _run(desk),
        wanted.extent,
        wanted.draft,
        keeps_old=False,  # whole classes with every name and number: one printing is enough
        side_files=(NAME,),
        made=_made(groups),
        problems=found,
    )


def _roster(desk: BatchDesk) -> tuple[tuple[RosterPupil, ...], Problems]:
    path = desk.loaded.roster_path
    if not is_file(path):
        return (), ()
    reading = read_roster(path, desk.loaded.batch.roster, desk.today, str(path))
    return reading.printable, reading.problems


def _checked(
    desk: BatchDesk,
    pupils: Sequence[RosterPupil],
    asked: Sequence[str],
    fonts: FontSet | None,
    progress: Progress,
) -> tuple[tuple[MadeGroup, ...], Problems]:
    """Fill every paper of every pupil; everything that is wrong at once."""
    ordered, found = documents_of(desk, asked)
    roster = str(desk.loaded.roster_path)
    planned = plan_batch(desk, ordered, pupils)
    groups, faults = make_groups(planned, desk.library.registry, roster, progress)
    glyphs = check_glyphs(groups, fonts, roster) if fonts else ()
    return groups, (*found, *faults, *glyphs)


def _printed(groups: Sequence[MadeGroup], printing: PrintRun) -> tuple[tuple[File, ...], Problems]:
    files: list[File] = []
    found: list[Problem] = []
    for number, group in enumerate(groups, 1):
        for print_file in print_files(group, number, draft=printing.draft):
            made, problems = render_print_file(print_file, printing)
            files += made
            found += problems
    return tuple(files), tuple(_told_once(found))


def _blank_backs(files: Sequence[File]) -> Iterator[Problem]:
    """Say how many backs stay blank: a printer that prints one side only feeds them as sheets."""
    if blank := sum(file.about.get("blank_pages", 0) for file in files):
        yield problem("REND201", Place(), count=blank)


def _told_once(found: Sequence[Problem]) -> Iterator[Problem]:
    """Tell what is wrong with many papers once: at the first of them, with their number."""
    alike: dict[Problem, dict[Problem, None]] = {}
    for one in found:
        alike.setdefault(replace(one, place=Place(), subject=""), {})[one] = None
    for same in alike.values():
        yield replace(next(iter(same)), count=len(same))


def _returned(doubts: Sequence[Problem]) -> tuple[File, ...]:
    listed = doubts_of(doubts)
    return (File(NAME, table_of(listed), {"title": "名单检查"}),) if listed else ()


def _run(desk: BatchDesk) -> dict[str, object]:
    path, batch = desk.loaded.roster_path, desk.loaded
    roster = {"file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    owner = whose("批次", batch.batch.id)
    return about_run(desk.library, batch.source.sha256, desk.today, owner, roster=roster)


def _made(groups: Sequence[MadeGroup]) -> tuple[Made, ...]:
    """List every paper once, whatever its copies."""
    papers = chain.from_iterable(group.all_made for group in groups)
    return tuple({id(made): made for made in papers}.values())
