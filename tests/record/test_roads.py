"""Every state lies on a road, and a case is where its furthest guardian is."""

from typing import get_args

import pytest

from kcbx_docs.packs.procedure import State
from kcbx_docs.record.roads import ROAD_OF, ROADS, Road, furthest


def test_every_state_lies_on_one_road() -> None:
    assert sorted(ROAD_OF) == sorted(get_args(State))
    assert set(ROAD_OF.values()) == set(ROADS)


@pytest.mark.parametrize(
    ("roads", "told"),
    [
        (("学校劝返", "行政处罚"), "行政处罚"),
        (("责令改正", "停下的"), "责令改正"),
        (("申请强制执行", "已返校"), "申请强制执行"),
        (("民事起诉", "责令改正"), "责令改正"),
        (("停下的", "民事起诉"), "民事起诉"),
        (("办结", "办结"), "办结"),
    ],
)
def test_a_case_is_where_its_furthest_guardian_is(roads: tuple[Road, ...], told: Road) -> None:
    assert furthest(roads) == told
