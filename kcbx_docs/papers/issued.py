"""Papers that were issued: they are shown as they left the house, never made anew."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kcbx_docs.case.files import LoadedLetter
from kcbx_docs.ledger.model import Recorded, canonical
from kcbx_docs.ledger.numbers import normalise
from kcbx_docs.office.book import Issue, event_in, issues_in
from kcbx_docs.papers.context import facts
from kcbx_docs.papers.files import File
from kcbx_docs.papers.formats import FORMATS
from kcbx_docs.papers.paper import Paper
from kcbx_docs.problems import Place, Problem, Problems, problem

if TYPE_CHECKING:
    from kcbx_docs.case.letter import Letter
    from kcbx_docs.ledger.book import Book

SCAN = "扫描件"
"""The role of a paper that is older than the ledger and known by its scan only."""


def issue_of(paper: Paper, issues: Iterable[Issue]) -> Issue | None:
    """Return the issue of a planned paper, the last if there are several; nothing if it never
    left the house.
    """
    found = [one for one in issues if one.standing and _same(paper, one)]
    return found[-1] if found else None


def _same(paper: Paper, issue: Issue) -> bool:
    if (paper.document, paper.guardian) != (issue.document, issue.guardian) or not paper.recorded:
        return False
    if paper.issued:
        numbers = {normalise(number) for number in (paper.number, issue.number) if number}
        return len(numbers) == 1 if issue.number else issue.recorded.day == paper.day
    return _tells(event_facts(issue), paper.facts["事项"] or {})


def event_facts(issue: Issue) -> Mapping[str, Any]:
    """Return what the event of an issue tells, as templates see it."""
    told: Mapping[str, Any] = facts(event_in(issue.recorded.data["event"]))
    return told


def _tells(recorded: Mapping[str, Any], told: Mapping[str, Any]) -> bool:
    """Tell whether an event says what was recorded; the case file may say more of it since."""
    own = {key: value for key, value in recorded.items() if value not in (None, (), "")}
    return all(told.get(key) == value for key, value in own.items() if key != "文号")


def as_issued(
    papers: Sequence[Paper], issues: Sequence[Issue], book: "Book", formats: Sequence[str]
) -> tuple[tuple[Paper, ...], tuple[File, ...], Problems]:
    """Divide papers: those that are to be made, and the files of those that were issued."""
    return _taken(papers, [issue_of(paper, issues) for paper in papers], book, formats)


def _taken(
    papers: Sequence[Paper],
    issues: Sequence[Issue | None],
    book: "Book",
    formats: Sequence[str],
) -> tuple[tuple[Paper, ...], tuple[File, ...], Problems]:
    rest: list[Paper] = []
    files: list[File] = []
    found: list[Problem] = []
    for paper, issue in zip(papers, issues, strict=True):
        if issue is None:
            rest.append(paper)
            continue
        own = tuple(stored(issue, paper.name, book, formats))
        files += own
        found += _not_stored(issue, own, formats)
    return tuple(rest), tuple(files), tuple(found)


def stored(issue: Issue, name: str, book: "Book", formats: Sequence[str]) -> Iterator[File]:
    """Yield the files of an issue in some formats, byte for byte; a scan comes in any case."""
    for one in issue.recorded.attached:
        if one.role in formats or one.role == SCAN:
            suffix = "." + one.name.rpartition(".")[2]
            yield File(f"{name}{suffix}", book.bytes_of(one.sha256), about_issue(issue))
    for later in issue.renditions:
        for one in later.attached:
            if one.role in formats:
                told = {**about_issue(issue), "rendition": later.seq}
                yield File(f"{name}.{one.role}", book.bytes_of(one.sha256), told)


def about_issue(issue: Issue) -> dict[str, Any]:
    """Describe an issued paper for the manifest."""
    recorded = issue.recorded
    return {
        "document": issue.document,
        "title": issue.title,
        "guardian": issue.guardian or None,
        "day": recorded.day.isoformat(),
        "issued": f"{issue.number} {recorded.day}".strip(),
        "ledger": recorded.seq,
    }


def _not_stored(issue: Issue, files: Sequence[File], formats: Sequence[str]) -> Iterator[Problem]:
    there = {file.name.rpartition(".")[2] for file in files}
    lacking = [one.upper() for one in formats if one in FORMATS and one not in there]
    if lacking:
        facts = {"title": issue.title, "number": issue.number, "kinds": "、".join(lacking)}
        kept = "、".join(sorted({file.name.rpartition(".")[2].upper() for file in files}))
        yield problem("ISSU010", Place(), **facts, kept=kept or "已经取下或者销毁的文件")


def standing_letter(issues: Sequence[Issue]) -> Issue | None:
    """Return the issue of an official letter, the last that still stands."""
    return next((one for one in reversed(issues) if one.standing), None)


def issue_of_work(paper: Paper, issues: Sequence[Issue]) -> Issue | None:
    """Return the issue of a paper of work, the last that still stands; one that left the house
    when the file named one unit alone is that unit's.
    """
    same = [one for one in issues if one.standing and one.document == paper.document]
    alone = [one for one in same if not one.guardian and one.recipients == (paper.guardian,)]
    own = [one for one in same if one.guardian == paper.guardian] or alone
    return own[-1] if own else None


def work_as_issued(
    papers: Sequence[Paper], issues: Sequence[Issue], book: "Book", formats: Sequence[str]
) -> tuple[tuple[Paper, ...], tuple[File, ...], Problems]:
    """Take the papers of work that left the house from the ledger; the rest is to be made."""
    return _taken(papers, [issue_of_work(paper, issues) for paper in papers], book, formats)


def letter_marks(letter: "Letter") -> dict[str, str]:
    """Return by what each part of a letter is known again, without its words."""
    parts = letter.model_dump(mode="json", by_alias=True)
    rest = {key: value for key, value in parts.items() if key not in _NOT_COMPARED}
    return {key: hashlib.sha256(canonical(value)).hexdigest()[:16] for key, value in rest.items()}


_NOT_COMPARED = ("编号", "发文字号", "成文日期", "承办机关")
"""What says where a letter is kept, or is compared by itself."""


def letter_otherwise(loaded: LoadedLetter, recorded: Sequence[Recorded]) -> Problems:
    """Say where the file of a letter tells another thing than what was issued, if it was."""
    issue = standing_letter(issues_in(recorded))
    return letter_problems(loaded, issue) if issue else ()


def letter_problems(loaded: LoadedLetter, issue: Issue) -> Problems:
    """Say where the file of a letter tells another thing than what was issued."""
    return tuple(_letter_problems(loaded, issue))


def _letter_problems(loaded: LoadedLetter, issue: Issue) -> Iterator[Problem]:
    letter, recorded = loaded.letter, issue.recorded
    facts = {"title": issue.title, "number": issue.number, "day": recorded.day}
    if letter.number and normalise(letter.number) != normalise(issue.number):
        place = loaded.source.place(("发文字号",), value=True)
        yield problem("ISSU064", place, **facts, key="发文字号", typed=letter.number)
    if letter.day and letter.day != recorded.day:
        place = loaded.source.place(("成文日期",), value=True)
        yield problem("ISSU064", place, **facts, key="成文日期", typed=letter.day)
    known = recorded.data.get("marks") or {}
    changed = [key for key, mark in letter_marks(letter).items() if known.get(key, mark) != mark]
    if changed:
        yield problem("ISSU063", Place(str(loaded.path)), **facts, keys="」「".join(changed))


def letter_as_issued(
    loaded: LoadedLetter,
    issues: Sequence[Issue],
    name: str,
    book: "Book",
    formats: Sequence[str],
) -> tuple[tuple[File, ...], Problems]:
    """Return the files of a letter that was issued; none if it never left the house."""
    issue = standing_letter(issues)
    if issue is None:
        return (), ()
    own = tuple(stored(issue, name, book, formats))
    return own, (*letter_problems(loaded, issue), *_not_stored(issue, own, formats))
