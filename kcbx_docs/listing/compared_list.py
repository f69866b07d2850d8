"""A list that came back, beside the cases of its day."""

from datetime import date
from pathlib import Path

from kcbx_docs.light import dataclass
from kcbx_docs.listing.gathering import CASES_ALONE, CasesGathered
from kcbx_docs.listing.made_list import gathered_in
from kcbx_docs.listing.reading import ListRead, compared, read_list
from kcbx_docs.office.opened import Office
from kcbx_docs.problems import Problems, errors


@dataclass(frozen=True)
class ComparedList:
    """What a list says, with what it was compared, and where the two differ."""

    read: ListRead
    gathered: CasesGathered
    same: int
    problems: Problems
    """What is wrong with the list, and where it says another thing than a case."""

    @property
    def agrees(self) -> bool:
        """Tell whether nothing differs, and every case could be read."""
        return not (self.gathered.unread or any(one.severity != "note" for one in self.problems))

    @property
    def told(self) -> str:
        """Say in one line what came of it; nothing where the list could not be compared."""
        if errors(self.read.problems):
            return ""
        rows = f"{len(self.read.rows)} 行，{self.same} 行和案件一致"
        return f"{self.read.kept.name}（和 {self.gathered.span.last} 的案件对照）：{rows}。"


def compared_list(
    office: Office, path: Path, today: date, given: date | None = None, name: str = ""
) -> ComparedList:
    """Compare a list with the cases of a given day, else of the day below it, else of today."""
    read = read_list(path, name)
    day = given or read.day or today
    _, told = gathered_in(office, read.term, read.schools, day, CASES_ALONE, today=today)
    found = compared(read, told.children)
    return ComparedList(read, told, found.same, (*read.problems, *found.differing))
