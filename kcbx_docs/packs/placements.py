"""A place's rule of thumb for children who come back: how long away, how old, how disabled ->
how they are usually placed. Data of a pack; what a child gets, a person decides.
"""

from collections.abc import Mapping
from typing import Any

from kcbx_docs.case.return_plan import PLACEMENTS
from kcbx_docs.light import dataclass

PARAMETER = "复学安置"
UP_TO, OVER = MONTHS_AWAY = ("离校不超过月", "离校超过月")
PLACED_IF = ("年龄较大", "不愿回原年级", "离校时间较长", "身体原因不能到校")
"""What a person says of the child, on which a placement may rest besides the months away."""
UNABLE = PLACED_IF[-1]
_WHEN, _USUAL, _IF = "情形", "安置", "另有"


@dataclass(frozen=True)
class PlacementRule:
    """One line of the rule: in which situation which placements are usual."""

    when: str
    placements: tuple[str, ...]
    up_to: int | None = None
    """Not more than so many months away."""
    over: int | None = None
    """More than so many months away."""
    asks: tuple[str, ...] = ()
    """What must be so besides."""


def rules_of(value: Any) -> tuple[PlacementRule, ...]:
    """Read the rules of a place; none where nobody has confirmed them, or they are miswritten."""
    return tuple(map(_rule, value)) if are_rules(value) else ()


def _rule(written: Mapping[str, Any]) -> PlacementRule:
    up_to, over = (int(written[key]) if key in written else None for key in MONTHS_AWAY)
    asks = tuple(written.get(_IF, ()))
    return PlacementRule(written[_WHEN], tuple(written[_USUAL]), up_to, over, asks)


def are_rules(value: Any) -> bool:
    """Tell whether a value is written as a list of rules."""
    return isinstance(value, list | tuple) and all(map(_is_rule, value))


def _is_rule(written: Any) -> bool:
    if not isinstance(written, Mapping) or not {_WHEN, _USUAL} <= written.keys():
        return False
    known = written.keys() <= {_WHEN, _USUAL, _IF, *MONTHS_AWAY}
    counted = all(str(written[key]).isdecimal() for key in MONTHS_AWAY if key in written)
    return (
        known
        and counted
        and _within(written.get(_IF, ()), PLACED_IF)
        and _within(written[_USUAL], PLACEMENTS)
    )


def _within(words: Any, choices: tuple[str, ...]) -> bool:
    return isinstance(words, list | tuple) and set(words) <= set(choices)
