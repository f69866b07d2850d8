"""What of a case stands on papers that were issued: they stay as they are when it is changed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kcbx_docs.case.event import Event
from kcbx_docs.case.files import LoadedCase
from kcbx_docs.handwriting.days import read_day
from kcbx_docs.issuing.finals import words_of
from kcbx_docs.office.book import Issue, book_of, issues_in
from kcbx_docs.office.case_facts import ChangedFact
from kcbx_docs.office.opened import Office
from kcbx_docs.problems import Place, Problem, UserError, problem
from kcbx_docs.render.text import tight
from kcbx_docs.words import day_in_words

if TYPE_CHECKING:
    from kcbx_docs.ledger.book import Book

_LEAST = 2
"""Characters of a value that is looked for: a single one stands everywhere."""


def printed_on(
    office: Office, loaded: LoadedCase, changed: Sequence[ChangedFact]
) -> tuple[Problem, ...]:
    """Tell which papers in force bear a value that is to be another one."""
    sought = [one for one in changed if len(one.before) >= _LEAST]
    recorded = office.recorded(loaded) if sought else ()
    issues = [one for one in issues_in(recorded) if one.standing]
    if not issues:
        return ()
    book = book_of(office.root, office.workspace)
    return tuple(_borne(issues, sought, book))


def told_on_paper(office: Office, loaded: LoadedCase, event: Event) -> tuple[Problem, ...]:
    """Tell which papers in force, made since, name the day of an event that is taken back."""
    issues = issues_in(office.recorded(loaded))
    since = [one for one in issues if one.standing and one.recorded.day >= event.day]
    return tuple(_telling(since, event, book_of(office.root, office.workspace))) if since else ()


def _telling(issues: Iterable[Issue], event: Event, book: "Book") -> Iterator[Problem]:
    day = event.day
    # Several days are told together: 2026年11月20日、22日.
    told = re.compile(rf"(?<!\d){day.month}月(?:\d+日[、和])*{day.day}日")
    for issue in issues:
        if told.search(_words(issue, book)):
            facts = {"title": issue.title, "number": issue.number, "made": issue.recorded.day}
            yield problem("ISSU140", Place(), **facts, kind=event.kind, day=event.day)


def _borne(
    issues: Iterable[Issue], sought: Sequence[ChangedFact], book: "Book"
) -> Iterator[Problem]:
    for issue in issues:
        words = _words(issue, book)
        keys = [one.key for one in sought if _stands(one.before, words)]
        if keys:
            facts = {"title": issue.title, "number": issue.number, "day": issue.recorded.day}
            yield problem("DESK080", Place(), **facts, keys="」「".join(dict.fromkeys(keys)))


def _stands(value: str, words: str) -> bool:
    return any(form in words for form in _forms(value))


def _forms(text: str) -> Iterator[str]:
    """Yield how a paper may have it: as it is typed, a day in words."""
    yield tight(text)
    if day := read_day(text):
        yield tight(day_in_words(day))


def _words(issue: Issue, book: "Book") -> str:
    """Read the words of a paper in the form that tells them best."""
    for role in ("docx", "pdf"):
        if file := issue.file(role):
            with suppress(UserError):  # erased on order
                return words_of(Path(file.name), book.bytes_of(file.sha256))
    return ""
