"""What one paper is about."""

import datetime

from kcbx_docs.case.event import Event
from kcbx_docs.case.event_kinds import NUMBERED_ELSEWHERE
from kcbx_docs.case.model import Guardian
from kcbx_docs.light import dataclass
from kcbx_docs.record.acts import Act


@dataclass(frozen=True)
class Subject:
    """What one paper is about: a guardian, an event, or the whole case;
    and whether it was made before.
    """

    guardian: Guardian | None = None
    event: Event | None = None
    made: Act | None = None
    suffix: str = ""
    """What tells its file from those of other events and of other papers of its kind."""

    @property
    def name(self) -> str:
        """Return the guardian's name."""
        return self.guardian.name if self.guardian else ""

    @property
    def recorded(self) -> bool:
        """Tell whether the history knows this paper."""
        return self.event is not None or self.made is not None

    @property
    def issued(self) -> str:
        """Return the number and day under which it was made before."""
        return f"{self.made.number} {self.made.day}".strip() if self.made else ""

    def day(self, otherwise: datetime.date) -> datetime.date:
        """Return the day of the paper."""
        if self.made:
            return self.made.day
        return self.event.day if self.event else otherwise

    @property
    def written_number(self) -> str:
        """Return the number under which the history knows the paper."""
        if self.made:
            return self.made.number
        if self.event and self.event.kind not in NUMBERED_ELSEWHERE:
            return self.event.number
        return ""
