"""On which road of the procedure somebody is who stands in a state, for pictures and counts."""

from collections.abc import Iterator, Mapping
from itertools import repeat
from typing import Literal, get_args

from kcbx_docs.packs.procedure import State

Road = Literal[
    "没有缺课",
    "学校劝返",
    "责令改正",
    "行政处罚",
    "申请强制执行",
    "民事起诉",
    "停下的",
    "已返校",
    "办结",
]
ROADS: tuple[Road, ...] = get_args(Road)
CLIMBED: tuple[Road, ...] = ("学校劝返", "责令改正", "行政处罚", "申请强制执行")
"""The rungs of the ladder that is climbed while a child stays away, from the lowest."""
_OF: Mapping[Road, tuple[State, ...]] = {
    "没有缺课": ("无缺课",),
    "学校劝返": ("缺课", "劝返中", "已报告", "未到校"),
    "责令改正": ("责令待送达", "责令期内", "责令期满"),
    "行政处罚": (
        *("已立案", "告知待送达", "申辩期内", "听证申请期内", "待听证", "待决定", "不予处罚"),
        *("决定待送达", "缴款期内", "逾期未缴", "复议诉讼中", "处罚已撤销", "已缴清"),
        *("处罚后未到校", "了结后未到校"),
    ),
    "申请强制执行": (
        *("催告待送达", "催告期内", "催告期满", "已申请执行"),
        *("法院执行中", "法院不准执行", "执行完毕"),
    ),
    "民事起诉": ("民事诉讼中", "民事已结"),
    "停下的": ("有正当理由", "监护已终止", "中止"),
    "已返校": ("已返校",),
    "办结": ("已移交", "已结案"),
}


def _by_state() -> Iterator[tuple[str, Road]]:
    for road, states in _OF.items():
        yield from zip(states, repeat(road), strict=False)


ROAD_OF: Mapping[str, Road] = dict(_by_state())


def furthest(roads: tuple[Road, ...]) -> Road:
    """Return how far a case has come whose guardians stand on some roads."""
    climbed = [road for road in CLIMBED if road in roads]
    return climbed[-1] if climbed else min(roads, key=ROADS.index)
