"""What came back of a school's batches: which part of whose papers, when, and in what state.

What a person did not look at is known to have come back, not to be signed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from kcbx_docs.ledger.model import CORRECTED, PRINTED, REMINDED, RETURNED, Head, Recorded
from kcbx_docs.light import dataclass
from kcbx_docs.office.slips import Slip, slips_of

if TYPE_CHECKING:
    from kcbx_docs.ledger.book import Book

DEFECTS = ("未签名", "学生代签", "姓名不符", "破损")
"""What can be wrong with a part that came back."""

MISSING, UNSEEN, GOOD, DEFECTIVE = "未收回", "签名待看", "已收回", "有缺陷"
STATES = (GOOD, UNSEEN, DEFECTIVE, MISSING)

Key = tuple[str, str, str]
"""School, serial, document."""


@dataclass(frozen=True)
class Came:
    """That a part came back; ``seen`` once a person looked whether it is signed."""

    day: date
    seq: int
    seen: bool = False
    defect: str = ""
    proofs: tuple[str, ...] = ()
    """The hashes of its pictures."""


@dataclass(frozen=True)
class Returnable:
    """A part of a pupil's papers that is to come back to the school."""

    slip: Slip
    document: str
    came: Came | None = None
    reminded: int = 0

    @property
    def key(self) -> Key:
        """Return what tells it from others."""
        return self.slip.school, self.slip.serial, self.document

    @property
    def state(self) -> str:
        """Tell what became of it in one of ``STATES``."""
        if self.came is None:
            return MISSING
        if self.came.defect:
            return DEFECTIVE
        return GOOD if self.came.seen else UNSEEN

    @property
    def wanted(self) -> bool:
        """Tell whether the school still waits for a good one."""
        return self.state in (MISSING, DEFECTIVE)


@dataclass
class Returns:
    """All serials of a ledger and what came back of each, kept while the ledger grows."""

    slips: tuple[Slip, ...] = ()
    school: str = ""
    """Whose slips alone are known; all where nobody is named."""
    came: dict[Key, Came] = field(default_factory=dict)
    reminded: dict[Key, tuple[date, ...]] = field(default_factory=dict)
    head: Head | None = None

    @classmethod
    def of(cls, book: "Book", school: str = "") -> "Returns":
        """Read a ledger, for a school as if nobody else had given out anything."""
        found = cls(school=school)
        found.refresh(book)
        return found

    def refresh(self, book: "Book") -> None:
        """Read again where somebody else wrote meanwhile."""
        head = book.head()
        if head == self.head:
            return
        self.slips, self.came, self.reminded = slips_of(book, school=self.school), {}, {}
        self.take(book.events(kinds=(RETURNED, CORRECTED, REMINDED)))
        self.head = head

    def take(self, events: Iterable[Recorded], head: Head | None = None) -> None:
        """Add what was recorded."""
        for one in events:
            for told in one.data.get("items") or () if one.data.get("school") else ():
                self._take(one, told)
        self.head = head or self.head

    def _take(self, event: Recorded, told: Mapping[str, Any]) -> None:
        key = event.data["school"], told["serial"], told["document"]
        if event.kind == REMINDED:
            self.reminded[key] = (*self.reminded.get(key, ()), event.day)
        elif event.kind == CORRECTED and not told["returned"]:
            self.came.pop(key, None)
        else:
            self.came[key] = _later(self.came.get(key), event, told)

    def by_code(self, code: str) -> Slip | None:
        """Find whose a code is."""
        return next((slip for slip in self.slips if slip.code == code), None)

    def instead_of(self, slip: Slip) -> Slip | None:
        """Find what was given in the place of a serial that is void."""
        same = (one for one in self.slips if one.school == slip.school)
        return next((one for one in same if one.replaces == slip.serial), None)

    def due(self, batch: str = "") -> Iterator[Returnable]:
        """Yield all that was printed and is to come back, of a batch or of all."""
        for slip in self.slips:
            if slip.state == PRINTED and batch in ("", slip.batch):
                for document in slip.back:
                    yield self.of_slip(slip, document)

    def of_slip(self, slip: Slip, document: str) -> Returnable:
        """Return a part with what became of it."""
        key = slip.school, slip.serial, document
        return Returnable(slip, document, self.came.get(key), len(self.reminded.get(key, ())))


def _later(known: Came | None, event: Recorded, told: Mapping[str, Any]) -> Came:
    """Return what is known of a part with what was recorded of it now; pictures are added up."""
    pictures = tuple(file.sha256 for file in event.attached)
    if known is None:
        return Came(event.day, event.seq, told["seen"], told["defect"], pictures)
    proofs = tuple(dict.fromkeys((*known.proofs, *pictures)))
    if not told["seen"]:  # one more picture says nothing of the signature; nor does another day
        day = event.day if event.kind == CORRECTED else known.day
        return replace(known, day=day, proofs=proofs)
    return Came(event.day, event.seq, True, told["defect"], proofs)
