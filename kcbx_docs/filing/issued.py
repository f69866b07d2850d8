"""Issued papers are put into output, so that they can be printed."""

from collections.abc import Sequence

from kcbx_docs.case.files import LoadedCase, LoadedLetter
from kcbx_docs.filing.folder import Written, file_papers
from kcbx_docs.issuing.issue import Issued
from kcbx_docs.issuing.to_issue import ToIssue
from kcbx_docs.office.book import book_of
from kcbx_docs.office.opened import Office
from kcbx_docs.papers.files import File, Papers, Wanted
from kcbx_docs.papers.issued import stored
from kcbx_docs.papers.render import run_of_case, run_of_letter


def file_issued(
    office: Office, loaded: LoadedCase | LoadedLetter, done: Sequence[Issued], wanted: ToIssue
) -> Written:
    """Write the files of issued papers into the case's folder, byte for byte."""
    book = book_of(office.root, office.workspace)
    files: list[File] = []
    for one in done:
        files += stored(one.issue, one.name, book, wanted.formats)
    shown = Wanted(wanted.day, (wanted.document,), reason=wanted.reason)
    if isinstance(loaded, LoadedLetter):
        run, folder = run_of_letter(office, loaded, shown), loaded.folder
    else:
        run, folder = run_of_case(office, loaded, shown), loaded.case.id
    return file_papers(office.output, Papers(folder, tuple(files), run, "一些文书"))
