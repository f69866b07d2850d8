"""What an issued paper belongs to: a case, whose procedure is asked, or an official letter."""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from kcbx_docs.case.event import Event
from kcbx_docs.issuing.to_issue import ToIssue
from kcbx_docs.ledger.model import Recorded
from kcbx_docs.office.book import Issue
from kcbx_docs.office.opened import Office
from kcbx_docs.papers.numbers import Numbering, numbering
from kcbx_docs.papers.paper import Paper
from kcbx_docs.problems import Problems


class Matter(Protocol):
    """A case, a letter or a piece of work, as far as issuing asks it."""

    @property
    def id(self) -> str:
        """Return under what the ledger keeps it."""

    @property
    def office(self) -> Office:
        """Return the office whose it is."""

    @property
    def recorded(self) -> Sequence[Recorded]:
        """Return what the ledger holds of it."""

    @property
    def numbers(self) -> Sequence[str]:
        """List the numbers that its record knows."""

    def names(self, issuer: str) -> bool:
        """Tell whether its file names the office that issues its papers."""

    def papers(self, wanted: ToIssue) -> tuple[Sequence[Paper], Problems]:
        """Plan the papers that are wanted; raise with every reason against them."""

    def issued(self, paper: Paper, issues: Sequence[Issue]) -> Issue | None:
        """Return the issue of a planned paper; nothing if it never left the house."""

    def otherwise(self, paper: Paper, earlier: Issue) -> Problems:
        """Say where a paper that was issued would say another thing today."""

    def written_number(self, paper: Paper) -> str:
        """Return the number that somebody wrote for a paper, as it is compared."""

    def event(self, paper: Paper, number: str) -> tuple[Event | None, Problems]:
        """Return the event that its issue is; say what must be told first."""

    def verdict(self, paper: Paper) -> Iterator[str]:
        """Tell in words what the procedure said of it."""

    def facts(self, paper: Paper) -> dict[str, Any]:
        """Return what the ledger keeps besides."""


def own_numbering(paper: Paper) -> Numbering | None:
    """Tell how the office numbers a paper; nothing for one that bears no number."""
    return numbering(paper.flat.front, paper.issuer, paper.day, paper.flat.said_at("文号"))


def known_numbering(paper: Paper) -> Numbering | None:
    """Tell of which series of ours a number may be that somebody gave; of none, where the word of
    the issuer is not known.
    """
    return own_numbering(paper) if paper.issuer.code_word else None
