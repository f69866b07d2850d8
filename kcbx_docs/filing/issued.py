"""Issued papers are put into output, so that they can be printed, with the receipts for them."""

from collections.abc import Sequence
from dataclasses import replace

from kcbx_docs.case.files import Issuable, LoadedCase, LoadedLetter, LoadedWork
from kcbx_docs.filing.folder import Written, file_papers
from kcbx_docs.issuing.issue import Issued
from kcbx_docs.issuing.to_issue import ToIssue
from kcbx_docs.office.book import book_of
from kcbx_docs.office.opened import Office
from kcbx_docs.papers.files import File, Papers, Wanted
from kcbx_docs.papers.issued import stored
from kcbx_docs.papers.render import (
    receipts_of_case,
    run_of_case,
    run_of_letter,
    run_of_work,
)
from kcbx_docs.problems import Problems, UserError, as_warning, problem


def file_issued(
    office: Office, loaded: Issuable, done: Sequence[Issued], wanted: ToIssue
) -> Written:
    """Write the files of issued papers into the case's folder, byte for byte, and receipts to be
    signed for them; what was issued long ago has been served.
    """
    book = book_of(office.root, office.workspace)
    files: list[File] = []
    for one in done:
        files += stored(one.issue, one.name, book, wanted.formats)
    named = (wanted.document,) if wanted.document else ()
    shown = Wanted(
        wanted.day, named, wanted.formats, reason=wanted.reason, guardian=wanted.guardian
    )
    if isinstance(loaded, LoadedLetter):
        run, folder = run_of_letter(office, loaded, shown), loaded.folder
        return file_papers(office.output, Papers(folder, tuple(files), run, "一些文书"))
    if isinstance(loaded, LoadedWork):
        run, folder = run_of_work(office, loaded, shown), loaded.folder
        return file_papers(office.output, Papers(folder, tuple(files), run, "一些文书"))
    run, folder = run_of_case(office, loaded, shown), loaded.case.id
    receipts, found = ((), ()) if wanted.existing else _receipts(office, loaded, shown)
    papers = Papers(folder, (*files, *receipts), run, "一些文书", problems=found)
    return file_papers(office.output, papers)


def _receipts(
    office: Office, loaded: LoadedCase, shown: Wanted
) -> tuple[tuple[File, ...], Problems]:
    """Make the receipts with the numbers that were taken; where they cannot be made, the papers
    are issued all the same.
    """
    try:
        papers = receipts_of_case(replace(office), loaded, shown)  # reads the ledger anew
    except UserError as error:
        return (), (*map(as_warning, error.problems), problem("CLI100"))
    return papers.files, papers.problems
