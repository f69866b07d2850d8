"""Counts as bars, the largest first."""

from collections.abc import Mapping

from kcbx_docs.light import dataclass


@dataclass(frozen=True)
class Bar:
    """One bar: what is counted, how many, and its length in hundredths of the longest."""

    label: str
    count: int
    length: float


def bars(counts: Mapping[str, int]) -> tuple[Bar, ...]:
    """Turn counts into bars."""
    most = max(counts.values(), default=1)
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return tuple(Bar(label, count, round(100 * count / most, 1)) for label, count in ordered)
