"""One event of the record and where it is written: in the case file, or in the ledger."""

from collections.abc import Iterable, Iterator

from kcbx_docs.case.event import Event
from kcbx_docs.case.model import Case
from kcbx_docs.light import dataclass
from kcbx_docs.problems import Place
from kcbx_docs.reading import Source


@dataclass(frozen=True)
class Entry:
    """An event with the place that a message about it names."""

    event: Event
    place: Place
    seq: int = 0
    """Its number in the ledger; nothing where it is only in the file."""
    lacking: tuple[tuple[str, ...], ...] = ()
    """Groups of proofs of which none is kept yet beside a service that the ledger holds."""
    pupil: str = ""
    """Whose case it was when the paper was issued, where the ledger tells."""
    maker: str = ""
    """Which office issued the paper, as it was called that day, where the ledger tells."""


def entries_of(case: Case, source: Source | None) -> Iterator[Entry]:
    """Yield the events of a case file with their places; without the file, with their numbers."""
    for number, event in enumerate(case.history):
        written = Place(path=f"经过[{number + 1}]")
        yield Entry(event, source.place(("经过", number)) if source else written)


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Sort entries by day and time; what is told first comes first within a day."""
    return tuple(sorted(entries, key=lambda entry: entry.event.moment))
