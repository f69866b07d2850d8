"""What an issued paper would say if it were made today, beside what it said."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kcbx_docs.issuing.finals import differences, words_of
from kcbx_docs.ledger.numbers import normalise
from kcbx_docs.office.book import Issue, book_of
from kcbx_docs.office.opened import Office
from kcbx_docs.papers.make import Made, make
from kcbx_docs.papers.paper import Paper
from kcbx_docs.papers.stencil import numbered
from kcbx_docs.problems import Place, Problems, problem
from kcbx_docs.render.text import paragraphs, tight


def made_again(paper: Paper, issue: Issue, office: Office) -> Made | None:
    """Make a paper as it would be today, under the number and code that it has."""
    if issue.number:
        paper = numbered(paper, normalise(issue.number))
    if code := issue.recorded.data.get("code"):
        own = {**paper.facts["文书"], "核验码": code}
        paper = replace(paper, facts={**paper.facts, "文书": own})
    return make(paper, office.library.registry)[0]


def words_made(made: Made) -> str:
    """Return the words of a paper, closed up."""
    return tight("".join(paragraphs(made.filled.root)))


def reworded(paper: Paper, issue: Issue, office: Office) -> Problems:
    """Say where the file tells another thing today than the paper that left the house.

    Who signed off a version of his own changed words himself.
    """
    word = issue.file("docx")
    made = None if issue.recorded.data.get("differences") else made_again(paper, issue, office)
    if word is None or made is None or paper.document != issue.document:
        return ()
    book = book_of(office.root, office.workspace)
    frozen: Sequence[str] = (words_of(Path(word.name), book.bytes_of(word.sha256)),)
    first = next(iter(differences(frozen, words_made(made))), None)
    if first is None:
        return ()
    told = first.as_data()
    facts = {"title": issue.title, "number": issue.number, "day": issue.recorded.day}
    return (problem("ISSU083", Place(), **facts, **told),)
