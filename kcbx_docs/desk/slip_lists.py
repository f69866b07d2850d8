"""What the ledger says of slips, as the pages of 回执 ask for it."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from kcbx_docs.desk.opened import OpenDesk
from kcbx_docs.desk.pictures.slip_bars import SlipBar, slip_bar
from kcbx_docs.light import dataclass
from kcbx_docs.office.returns import Returnable, Returns
from kcbx_docs.problems import stop
from kcbx_docs.slips.missing import title_of
from kcbx_docs.slips.tally import SlipTally, summed, tallies

if TYPE_CHECKING:
    from kcbx_docs.ledger.book import Book


@dataclass(frozen=True)
class SlipLine:
    """A class of a kind of paper, or the sum of all, with its bar."""

    tally: SlipTally
    bar: SlipBar


@dataclass(frozen=True)
class SlipKind:
    """One kind of paper of one batch: what came back of it, class by class."""

    school: str
    batch: str
    document: str
    title: str
    lines: tuple[SlipLine, ...]
    whole: SlipLine


def the_book(desk: OpenDesk) -> "Book":
    """Return the ledger; raise where nothing was ever given out."""
    register = desk.office().register
    if register is None:
        raise stop("SLIP034")
    return register.book


def returns_of(desk: OpenDesk) -> Returns:
    """Return what was given out and came back, of the school of the one who asks."""
    book, school = the_book(desk), desk.school
    return desk.same(("slips", school), lambda: Returns.of(book, school))


def kinds_of(desk: OpenDesk) -> tuple[SlipKind, ...]:
    """List the kinds of paper that come back, those of the last batch first."""
    if desk.office().register is None:
        return ()
    library = desk.office().library
    found: list[SlipKind] = []
    for _, some in groupby(tallies(returns_of(desk).due()), key=_kind):
        own = tuple(some)
        one = own[0]
        title = title_of(one.document, library)
        lines = tuple(SlipLine(tally, slip_bar(tally)) for tally in own)
        total = summed(own)
        whole = SlipLine(total, slip_bar(total))
        found.append(SlipKind(one.school, one.batch, one.document, title, lines, whole))
    batches = [*dict.fromkeys(kind.batch for kind in reversed(found))]
    return tuple(sorted(found, key=lambda kind: batches.index(kind.batch)))


def _kind(one: SlipTally) -> tuple[str, str, str]:
    return one.school, one.batch, one.document


@dataclass(frozen=True)
class SlipGroup:
    """Of whom slips are shown: a batch, maybe of one school only, and a class or all."""

    batch: str
    school: str = ""
    label: str | None = None

    def holds(self, part: Returnable) -> bool:
        """Tell whether something was given to one of them."""
        slip = part.slip
        own = self.school in ("", slip.school)
        return own and self.label in (None, slip.class_name)


def due_of(desk: OpenDesk, group: SlipGroup) -> Sequence[Returnable]:
    """List what was given out to a group and comes back."""
    return [part for part in returns_of(desk).due(group.batch) if group.holds(part)]
