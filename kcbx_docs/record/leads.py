"""What was heard of a child's absence before anybody looked: it is taken up, not laid aside
(未成年人保护法 11 III, 28 II).
"""

from collections.abc import Iterator, Sequence
from datetime import date

from kcbx_docs.case.event import Event
from kcbx_docs.light import dataclass
from kcbx_docs.record.docket import Docket

LEAD = "接到线索"
_LOOKED = ("核查", "劝返", "批评教育", "询问", "返校")
"""Events at which somebody went to see, or saw, whether the child is at school."""
_SCHOOL = ("书面报告",)
_SETTLED = ("制发", "结案")
"""With these the matter went on, or came to its end."""


@dataclass(frozen=True)
class Lead:
    """One lead, and what nobody has done about it yet."""

    event: Event
    unseen: bool
    unreported: bool
    undated: bool
    """Whether somebody found the child away, and the file does not say since when."""

    @property
    def missing(self) -> str:
        """Say what is still to be done."""
        told = {
            "没有核查": self.unseen,
            "没有写从哪一天起缺课": self.undated,
            "没有学校的书面报告": self.unreported,
        }
        return "，".join(words for words, so in told.items() if so)


def open_leads(docket: Docket, day: date) -> Iterator[Lead]:
    """Yield the leads that nobody followed: nobody looked, or the school has not written though
    the child is away. The last one stands for those before it.
    """
    happened = docket.happened(day)
    leads = [event for event in happened if event.kind == LEAD]
    attendance = docket.attendance(day)
    if not leads or attendance.back:
        return
    since = [event for event in happened if event.day >= leads[-1].day]
    if _any(since, _SETTLED):
        return
    unseen = not _any(since, _LOOKED)
    undated = attendance.since is None and any(event.still_away for event in since)
    away = undated or attendance.since is not None
    unreported = (unseen or away) and not _any(happened, _SCHOOL)
    if unseen or unreported or undated:
        yield Lead(leads[-1], unseen, unreported, undated)


def _any(events: Sequence[Event], kinds: tuple[str, ...]) -> bool:
    return any(event.kind in kinds for event in events)
