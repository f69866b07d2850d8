"""The PDF of a paper that was issued as a Word file only: made later, of the same frozen words.

It stands beside what was issued and never takes its place; what says other words is refused.
"""

from collections.abc import Sequence
from pathlib import Path

from kcbx_docs.case.files import Issuable, LoadedLetter, LoadedWork
from kcbx_docs.issuing.anew import made_again, words_made
from kcbx_docs.issuing.finals import differences, read_final, words_of
from kcbx_docs.issuing.later import Remark
from kcbx_docs.ledger.model import PROVED, Draft, Recorded
from kcbx_docs.ledger.who import at_this_machine
from kcbx_docs.office.book import Issue, book_of, ledger_id
from kcbx_docs.office.opened import Office
from kcbx_docs.papers.desk import Desk
from kcbx_docs.papers.files import Wanted
from kcbx_docs.papers.issued import issue_of
from kcbx_docs.papers.paper import Paper
from kcbx_docs.papers.plan import plan_case, plan_letter
from kcbx_docs.papers.render import render_files
from kcbx_docs.papers.work_plan import plan_work
from kcbx_docs.problems import Place, raise_errors, stop
from kcbx_docs.render.native import missing_for_pdf

_WORD, _PDF = "docx", "pdf"


def add_pdf(office: Office, loaded: Issuable, issue: Issue, told: Remark) -> Recorded:
    """Add the PDF of an issued paper; who asks again gets the first answer."""
    facts = {"title": issue.title, "number": issue.number}
    if known := next((one for one in issue.renditions if one.attached), None):
        return known
    if issue.file(_PDF):
        raise stop("ISSU068", Place(), **facts)
    word = issue.file(_WORD)
    if word is None:
        raise stop("ISSU069", Place(), **facts)
    book = book_of(office.root, office.workspace)
    frozen = words_of(Path(word.name), book.bytes_of(word.sha256))
    data = _brought(told.file, frozen) if told.file else _made(office, loaded, issue, frozen)
    attached = book.keep(data, _PDF, f"{word.name.rpartition('.')[0]}.{_PDF}")
    body = {"issue": issue.seq, "proves": None, "rendition": _PDF, "of": word.sha256}
    key = f"{PROVED} {_PDF} {issue.seq}"
    draft = Draft(PROVED, ledger_id(loaded), told.day, body, (attached,), key)
    with book.writing(at_this_machine(told.by)) as pen:
        return pen.known(key) or pen.append(draft)


def _brought(path: Path, frozen: str) -> bytes:
    """Take a PDF that somebody saved from the Word file: its words are the same."""
    brought = read_final(path)
    if brought.suffix != f".{_PDF}":
        raise stop("ISSU020", Place(str(path)), kinds="PDF")
    if found := differences((frozen,), brought.text):
        first = found[0]
        facts = {"before": first.before, "ours": first.ours, "theirs": first.theirs}
        raise stop("ISSU070", Place(str(path)), **facts)
    return brought.data


def _made(office: Office, loaded: Issuable, issue: Issue, frozen: str) -> bytes:
    """Lay the paper out again, if it still says what was issued."""
    if reason := missing_for_pdf():
        raise stop("ISSU071", Place(), title=issue.title, reason=reason)
    fitting = (made_again(paper, issue, office) for paper in _papers(office, loaded, issue))
    made = next((one for one in fitting if one and words_made(one) == frozen), None)
    if made is None:
        raise stop("ISSU072", Place(str(loaded.path)), title=issue.title, number=issue.number)
    files, found = render_files((made,), Wanted(issue.recorded.day, formats=(_PDF,)))
    raise_errors(found)
    return files[0].data


def _papers(office: Office, loaded: Issuable, issue: Issue) -> Sequence[Paper]:
    """Plan the paper anew; whether it may be made was asked when it was issued."""
    day = issue.recorded.day
    if isinstance(loaded, LoadedLetter):
        return plan_letter(loaded.letter, office, day)[0]
    if isinstance(loaded, LoadedWork):
        papers, _ = plan_work(loaded, office, day, (issue.document,), draft=True)
        return [paper for paper in papers if paper.guardian == issue.guardian]
    desk = Desk(office, office.docket(loaded), day, draft=True, guardian=issue.guardian)
    papers, _ = plan_case(desk, (issue.document,))
    return [paper for paper in papers if issue_of(paper, (issue,)) or not paper.recorded]
