"""One event of the record and where it is written: in the case file, or in the ledger."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain

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


_ENDS = ("结案", "中止", "移交")
"""What comes last on a day of which nobody wrote the time."""


def as_told(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Put entries as somebody would tell them: within a day the ledger's in the order in which they
    were recorded, a paper's service before its end, what ends the case last.
    """
    days: dict[date, list[Entry]] = {}
    for entry in entries:
        days.setdefault(entry.event.day, []).append(entry)
    return tuple(chain.from_iterable(_one_day(days[day]) for day in sorted(days)))


def _one_day(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Merge both accounts of a day: by the time where both wrote it, else the file's first."""
    ends = [one for one in entries if not one.seq and one.event.kind in _ENDS]
    typed = deque(one for one in entries if not one.seq and one.event.kind not in _ENDS)
    kept = deque(sorted((one for one in entries if one.seq), key=lambda one: _turn(one, entries)))
    while typed and kept:
        clocks = (typed[0].event.clock, kept[0].event.clock)
        later = bool(clocks[0] and clocks[1]) and clocks[1] < clocks[0]  # type: ignore[operator]
        yield (kept if later else typed).popleft()
    yield from (*typed, *kept, *ends)


def _turn(entry: Entry, entries: Iterable[Entry]) -> tuple[int, bool]:
    """Tell where one of the ledger comes: a service that was recorded late before the end."""
    event = entry.event
    if event.kind != "送达":
        return entry.seq, True
    ends = (one for one in entries if one.seq and one.event.kind == "撤回")
    same = (one.seq for one in ends if one.event.number == event.number)
    return min((entry.seq, *same)), False


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Sort entries by day and time; what is told first comes first within a day."""
    return tuple(sorted(entries, key=lambda entry: entry.event.moment))
