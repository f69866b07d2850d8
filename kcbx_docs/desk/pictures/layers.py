"""Counts over time: a column for each day, divided into layers that are told apart by patterns."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from kcbx_docs.light import dataclass

HEIGHT, _STEP, _LEFT, _TOP = 180, 44, 34, 10
_PATTERNS = 9
"""Patterns that the page defines."""


@dataclass(frozen=True)
class Layer:
    """One piece of a column: what it counts, how many, where it stands."""

    label: str
    count: int
    x: int
    y: float
    height: float
    pattern: int


@dataclass(frozen=True)
class LayeredColumn:
    """The column of a day."""

    day: date
    x: int
    total: int
    layers: tuple[Layer, ...]


@dataclass(frozen=True)
class Layers:
    """All columns with the patterns of their layers, and the same in words."""

    width: int
    columns: tuple[LayeredColumn, ...]
    labels: tuple[tuple[str, int], ...]
    told: str


def layers(counts: Mapping[date, Mapping[str, int]], order: Sequence[str]) -> Layers | None:
    """Draw the counts of some days; nothing where nothing was counted."""
    most = max((sum(one.values()) for one in counts.values()), default=0)
    if not most:
        return None
    patterns = {label: order.index(label) % _PATTERNS for label in counted_at_all(counts, order)}
    columns = []
    for place, (day, told) in enumerate(sorted(counts.items())):
        x = _LEFT + place * _STEP
        columns.append(_column(day, x, told, patterns, most))
    said = "；".join(map(_said, columns))
    width = _LEFT + len(columns) * _STEP
    return Layers(width, tuple(columns), tuple(patterns.items()), said)


def counted_at_all(
    counts: Mapping[date, Mapping[str, int]], order: Sequence[str]
) -> tuple[str, ...]:
    """List in their order what was counted on any of the days."""
    total: Counter[str] = Counter()
    for one in counts.values():
        total.update(one)
    return tuple(label for label in order if total[label])


def _column(
    day: date, x: int, told: Mapping[str, int], patterns: Mapping[str, int], most: int
) -> LayeredColumn:
    y, made = float(_TOP + HEIGHT), []
    for label, pattern in patterns.items():
        if count := told.get(label, 0):
            height = round(HEIGHT * count / most, 1)
            y = round(y - height, 1)
            made.append(Layer(label, count, x, y, height, pattern))
    return LayeredColumn(day, x, sum(told.values()), tuple(made))


def _said(column: LayeredColumn) -> str:
    parts = "、".join(f"{one.label}{one.count}" for one in column.layers) or "没有"
    return f"{column.day} {parts}"
