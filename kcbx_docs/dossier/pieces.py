"""One line of the contents of a dossier, and the files that are bound for it."""

from datetime import date

from kcbx_docs.ledger.model import Attached
from kcbx_docs.light import dataclass
from kcbx_docs.papers.issued import SCAN

SIGNED = ("盖章件", SCAN)
"""What shows a paper as it was signed: a scan that was added, or the one that was brought in."""


@dataclass(frozen=True)
class Item:
    """One line of the contents with the files that are bound for it."""

    title: str
    organ: str = ""
    number: str = ""
    day: date | None = None
    whom: str = ""
    document: str = ""
    """The id of a paper; nothing for evidence."""
    kept: tuple[Attached, ...] = ()
    """Files of the ledger."""
    file: str = ""
    """A file of the workspace."""
    note: str = ""
    ended: bool = False
    """Whether nothing is asked of it any more: a paper that was withdrawn or voided, a letter of
    which the end was recorded since.
    """
    seq: int = 0
    """Where the ledger holds it."""
    lacking: tuple[tuple[str, ...], ...] = ()
    """Groups of proofs of an attempt of which none was brought yet."""
    below: tuple["Item", ...] = ()
    """Its receipts and what proves them."""

    @property
    def name(self) -> str:
        """Return how messages call it."""
        told = "，".join(filter(None, (self.whom, self.number, str(self.day or ""))))
        return f"《{self.title}》（{told}）" if told else f"《{self.title}》"
