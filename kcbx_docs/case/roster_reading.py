"""What was read from a roster, row by row: every row is a pupil who is printed, a pupil who is
held back with the reason, or skipped with the reason. Nothing is lost without a word.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import field
from datetime import date

from kcbx_docs.case.classes import class_order
from kcbx_docs.case.model import Carer, Guardian, Pupil
from kcbx_docs.case.sheets import Sheet
from kcbx_docs.light import dataclass
from kcbx_docs.problems import Place, Problem, Problems

CHECKED = "名单检查.xlsx"
"""The copy of a roster on which everything doubtful is marked."""


@dataclass(frozen=True)
class RosterPupil:
    """One pupil of a roster with the family."""

    pupil: Pupil
    guardians: tuple[Guardian, ...] = ()
    """The guardians in the roster; perhaps none."""
    carers: tuple[Carer, ...] = ()
    """Whoever looks after the child and is no guardian."""
    phone: str = ""
    """The pupil's number, else that of the first of the family."""
    class_label: str = ""
    """Grade and class in one form: 七年级1班."""
    serial: int = 0
    """The place among the pupils of the roster, from 1."""
    sheet: str = ""
    row: int = 0
    doubts: tuple[str, ...] = ()
    """Fields whose content was doubtful: they are empty here, and a line to write on in print."""
    state: str = ""
    """What the roster says of whether the pupil is at school, as it is written."""
    absent_since: date | None = None
    """Since when the pupil has not come, in a list of those who left school."""
    held: Problems = ()
    """Why this pupil must not be printed; nothing where there is no reason."""

    def place_in(self, file: str) -> Place:
        """Say where the pupil stands in the roster, as people see it in the spreadsheet; nowhere
        if told by word of mouth.
        """
        at = f"{self.sheet}!第{self.row}行".removeprefix("!") if self.row else ""
        return Place(file, path=at)

    @property
    def key(self) -> str:
        """Identify the pupil: 学籍号, else 身份证号, else class, name and birth date."""
        return self.pupil.pupil_number or self.pupil.id_number or self.described

    @property
    def described(self) -> str:
        """Tell the pupil from others where no number does: class, name and birth date."""
        return f"{self.class_label}/{self.pupil.name}/{self.pupil.birth or ''}"


@dataclass(frozen=True)
class SkippedRow:
    """A row that is no pupil: what it says, and why it was passed over."""

    sheet: str
    row: int
    text: str
    reason: str
    problem: Problem | None = None
    """What somebody should look at; a foot or a heading is nothing to look at."""

    @property
    def where(self) -> str:
        """Say where the row stands, as people see it in the spreadsheet."""
        return f"{self.sheet}!第{self.row}行".removeprefix("!")


@dataclass(frozen=True)
class SheetAccount:
    """What became of one table: which columns were known, and how many rows were what."""

    name: str
    header_row: int | None = None
    columns: tuple[tuple[str, str], ...] = ()
    """The columns that are read: as the roster calls them, and what they are taken for."""
    unused: tuple[str, ...] = ()
    rows: int = 0
    printed: int = 0
    held: int = 0
    skipped: int = 0
    lists: int = 1
    """How many lists stand side by side."""


@dataclass(frozen=True)
class RosterReading:
    """All that was read from a roster, and what became of every row."""

    file: str
    pupils: tuple[RosterPupil, ...] = ()
    skipped: tuple[SkippedRow, ...] = ()
    sheets: tuple[SheetAccount, ...] = ()
    problems: Problems = ()
    """Each with its cell; an error only where nothing at all can be read."""
    tables: tuple[Sheet, ...] = field(default=(), repr=False)
    """The tables as they stand in the file."""
    day: date | None = None

    @property
    def printable(self) -> tuple[RosterPupil, ...]:
        """List the pupils whose papers may be printed."""
        return tuple(pupil for pupil in self.pupils if not pupil.held)

    @property
    def held(self) -> tuple[RosterPupil, ...]:
        """List the pupils who are held back."""
        return tuple(pupil for pupil in self.pupils if pupil.held)

    @property
    def rows(self) -> int:
        """Count the rows below the headers that hold anything."""
        return len(self.pupils) + len(self.skipped)


def missing_from(
    pupils: Sequence[RosterPupil], others: Sequence[RosterPupil]
) -> tuple[RosterPupil, ...]:
    """List the pupils whose number, or name where they have none, is not among others; of two of
    a name one may be missing.
    """
    numbers = {one.key for one in others}
    left = Counter(one.pupil.name for one in others)
    gone: list[RosterPupil] = []
    for one in pupils:
        same = one.key in numbers or left[one.pupil.name] > 0
        left[one.pupil.name] -= 1
        if not same:
            gone.append(one)
    return tuple(gone)


def by_class(
    pupils: Sequence[RosterPupil],
) -> tuple[tuple[str, tuple[RosterPupil, ...]], ...]:
    """Group pupils by class, classes in their natural order."""
    classes: dict[str, list[RosterPupil]] = {}
    for pupil in pupils:
        classes.setdefault(pupil.class_label, []).append(pupil)
    labels = sorted(classes, key=class_order)
    return tuple((label, tuple(classes[label])) for label in labels)
