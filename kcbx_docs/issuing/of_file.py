"""What a letter and a piece of work have in common where they are issued: their file is all."""

from collections.abc import Sequence

from kcbx_docs.case.event import Event
from kcbx_docs.case.files import LoadedLetter, LoadedWork
from kcbx_docs.issuing.told import MAKING
from kcbx_docs.ledger.model import Recorded
from kcbx_docs.light import dataclass
from kcbx_docs.office.book import event_in, ledger_id
from kcbx_docs.office.opened import Office
from kcbx_docs.papers.paper import Paper
from kcbx_docs.problems import Problems


@dataclass(frozen=True)
class FileMatter:
    """A file of which no procedure is asked."""

    office: Office
    loaded: LoadedLetter | LoadedWork

    @property
    def id(self) -> str:
        """Return under what the ledger keeps it."""
        return ledger_id(self.loaded)

    @property
    def recorded(self) -> Sequence[Recorded]:
        """Return what the ledger holds of it."""
        return self.office.recorded(self.loaded)

    def names(self, issuer: str) -> bool:
        """Tell whether its file names the office that issues its papers."""
        return True

    def event(self, paper: Paper, number: str) -> tuple[Event | None, Problems]:
        """Return the event of a paper: that it was made."""
        told = {
            "日期": paper.day.isoformat(),
            "事项": MAKING,
            "文书": paper.title,
            "文号": number,
            "机关": paper.issuer.name,
        }
        return event_in({key: value for key, value in told.items() if value}), ()
