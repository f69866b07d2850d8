"""Render a batch: read, check everything, then print class by class; all files are written or none."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kcbx_docs.batch.plan import BatchDesk, documents_of, plan_batch
from kcbx_docs.batch.preflight import MadeGroup, check_glyphs, make_groups
from kcbx_docs.batch.printing import Press, print_files, render_print_file
from kcbx_docs.batch.returned import NAME, doubts_of, table_of
from kcbx_docs.case.files import load_batch
from kcbx_docs.case.roster import RosterPupil, read_roster
from kcbx_docs.office.opened import open_office
from kcbx_docs.papers.make import Made
from kcbx_docs.papers.output import File, manifest, write_all
from kcbx_docs.papers.render import Progress, Wanted, Written, silent
from kcbx_docs.problems import Place, Problem, Problems, UserError, problem, raise_errors
from kcbx_docs.render.fonts import FontSet, find_fonts
from kcbx_docs.render.native import missing_for_pdf


def render_batch(path: Path, wanted: Wanted, progress: Progress = silent) -> Written:
    """Render the print files of a batch; raise with every problem before anything is printed."""
    office = open_office(path)
    loaded, problems = load_batch(path, office.workspace)
    if loaded is None:
        raise UserError((*office.problems, *problems))
    desk = BatchDesk(office, loaded, wanted.day)
    word, fonts, unable = _formats(wanted.formats)
    pupils, doubts = _roster(desk)
    groups, faults = _checked(desk, pupils, wanted.documents, fonts, progress)
    found = raise_errors((*office.problems, *problems, *unable, *doubts, *faults))
    press = Press(word, fonts, loaded.batch.printing.duplex, wanted.draft, progress)
    files, faults = _printed(groups, press)
    found = (*found, *raise_errors(faults))
    files = (*files, *_returned(doubts))
    folder = (wanted.out or office.output) / loaded.batch.id
    written = write_all(folder, files, _manifest(desk, files))
    return Written(folder, written, _made(groups), found)


def _formats(formats: Sequence[str]) -> tuple[bool, FontSet | None, Problems]:
    """Tell which formats can be made here: whether Word files, and the fonts of PDFs."""
    word = "docx" in formats
    if "pdf" not in formats:
        return word, None, ()
    if reason := missing_for_pdf():
        return (
            word,
            None,
            (
                problem(
                    "PAPR006" if word else "REND001",
                    Place(),
                    reason=reason,
                    missing=reason,
                    advice="",
                ),
            ),
        )
    return word, find_fonts(), ()


def _roster(desk: BatchDesk) -> tuple[tuple[RosterPupil, ...], Problems]:
    path = desk.loaded.roster_path
    return (
        read_roster(path, desk.loaded.batch.roster, desk.today, str(path))
        if path.is_file()
        else ((), ())
    )


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
    groups, faults = make_groups(
        plan_batch(desk, ordered, pupils), desk.library.registry, roster, progress
    )
    glyphs = check_glyphs(groups, fonts, roster) if fonts else ()
    return groups, (*found, *faults, *glyphs)


def _printed(groups: Sequence[MadeGroup], press: Press) -> tuple[tuple[File, ...], Problems]:
    files: list[File] = []
    found: list[Problem] = []
    for number, group in enumerate(groups, 1):
        for print_file in print_files(group, number, draft=press.draft):
            made, problems = render_print_file(print_file, press)
            files += made
            found += problems
    return tuple(files), tuple(_told_once(found))


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


def _manifest(desk: BatchDesk, files: Sequence[File]) -> bytes:
    path = desk.loaded.roster_path
    roster = {"file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    source = desk.loaded.path.read_bytes()
    return manifest(files, desk.library, source, desk.today, roster=roster)


def _made(groups: Sequence[MadeGroup]) -> tuple[Made, ...]:
    papers = (
        made
        for group in groups
        for made in (*(m for pupil in group.pupils for m in pupil.made), *group.sheets)
    )
    return tuple({id(made): made for made in papers}.values())
