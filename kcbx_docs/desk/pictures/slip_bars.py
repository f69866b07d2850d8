"""What came back of a class as one bar: signed, to be looked at, defective, missing."""

from kcbx_docs.light import dataclass
from kcbx_docs.office.returns import DEFECTIVE, GOOD, MISSING, UNSEEN
from kcbx_docs.slips.tally import SlipTally

WIDTH = 200
LOOKS = {GOOD: "#1b6e3c", UNSEEN: "#7fb393", DEFECTIVE: "#d08a00", MISSING: "#e3e7eb"}
"""The colours of the states, in the order in which they stand; the numbers stand beside them."""


@dataclass(frozen=True)
class SlipPiece:
    """One piece of a bar."""

    x: float
    width: float
    colour: str


@dataclass(frozen=True)
class SlipBar:
    """A bar as it is drawn, and the same in words."""

    pieces: tuple[SlipPiece, ...]
    told: str
    share: int
    """How many of a hundred came back, in whatever state."""


def slip_bar(tally: SlipTally) -> SlipBar:
    """Draw what became of one kind of paper in one class."""
    pieces: list[SlipPiece] = []
    done = 0.0
    for state, colour in LOOKS.items():
        width = round(WIDTH * tally.counts[state] / tally.issued, 1)
        if width:
            pieces.append(SlipPiece(round(done, 1), width, colour))
        done += width
    told = "，".join(f"{state} {tally.counts[state]} 份" for state in LOOKS if tally.counts[state])
    return SlipBar(tuple(pieces), told, tally.returned * 100 // tally.issued)
