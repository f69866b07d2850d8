"""How many papers of a class were given out, came back, and are missing."""

from collections import Counter
from collections.abc import Iterable, Sequence

from kcbx_docs.light import dataclass
from kcbx_docs.office.returns import DEFECTIVE, GOOD, MISSING, UNSEEN, Returnable

Group = tuple[str, str, str, str]
"""School, batch, document, class."""


@dataclass(frozen=True)
class SlipTally:
    """What became of one kind of paper in one class."""

    school: str
    batch: str
    document: str
    class_name: str
    counts: Counter[str]

    @property
    def issued(self) -> int:
        """Count what was given out."""
        return self.counts.total()

    @property
    def returned(self) -> int:
        """Count what came back, in whatever state."""
        return self.issued - self.counts[MISSING]

    def as_data(self) -> dict[str, object]:
        """Return it as plain data."""
        return {
            "school": self.school,
            "batch": self.batch,
            "document": self.document,
            "class": self.class_name,
            "issued": self.issued,
            "returned": self.returned,
            "signed": self.counts[GOOD],
            "not_looked_at": self.counts[UNSEEN],
            "defective": self.counts[DEFECTIVE],
            "missing": self.counts[MISSING],
        }


def tallies(parts: Iterable[Returnable]) -> tuple[SlipTally, ...]:
    """Count by batch, document and class, in the order in which they were given out."""
    found: dict[Group, Counter[str]] = {}
    for one in parts:
        group = one.slip.school, one.slip.batch, one.document, one.slip.class_name
        found.setdefault(group, Counter())[one.state] += 1
    kinds = list(dict.fromkeys(group[:3] for group in found))
    groups = sorted(found, key=lambda group: kinds.index(group[:3]))
    return tuple(SlipTally(*group, found[group]) for group in groups)


def summed(some: Sequence[SlipTally]) -> SlipTally:
    """Add tallies up."""
    counts: Counter[str] = Counter()
    for one in some:
        counts.update(one.counts)
    return SlipTally("", "", "", "合计", counts)
