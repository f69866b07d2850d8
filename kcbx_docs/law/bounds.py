"""Between which figures what is counted in a unit can lie: a slip of the fingers lies outside."""

from collections.abc import Iterable, Iterator, Mapping

from kcbx_docs.law.model import Rule, Unit
from kcbx_docs.problems import Problem, problem
from kcbx_docs.reading import Source

_BOUNDS: Mapping[Unit, tuple[int, int]] = {
    "日": (0, 3650),
    "工作日": (0, 1000),
    "周": (0, 100),
    "月": (1, 240),
    "年": (1, 100),
    "周岁": (0, 100),
    "每月日": (1, 31),
    "及时": (0, 365),
    "元": (1, 100_000_000),
    "百分比": (0, 100),
    "人": (1, 1000),
    "是否": (0, 1),
}


def bounds_of(rule: Rule) -> tuple[int, int]:
    """Return the least and the largest figure of a rule; what counts backwards stays below 0."""
    low, high = _BOUNDS[rule.unit]
    return (-high, high) if (rule.value or 0) < 0 else (low, high)


def outside(rule: Rule, figure: int) -> bool:
    """Tell of a figure that cannot be meant."""
    low, high = bounds_of(rule)
    return not low <= figure <= high


def rules_outside(source: Source, rules: Iterable[Rule]) -> Iterator[Problem]:
    """Report figures of a law file that cannot be meant."""
    for number, rule in enumerate(rules):
        low, high = bounds_of(rule)
        for key, figure in (("数值", rule.value), ("建议值", rule.default)):
            if figure is not None and outside(rule, figure):
                place = source.place(("规则", number, key), value=True)
                facts = {"name": rule.name, "key": key, "figure": figure, "unit": rule.unit}
                yield problem("LAW027", place, **facts, low=low, high=high)
