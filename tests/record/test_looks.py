"""A look before the last day shows nothing of obeying; one that found the child away is explained."""

from datetime import date

import pytest

from kcbx_docs.office.todo import todos_of
from kcbx_docs.procedure.standing import stand
from kcbx_docs.record.looks import looks
from tests.kinds.world import SERVED, docket, standing

LATER = date(2026, 3, 30)
LOOKED = "- {{日期: {}, 事项: 核查, 方式: 到校, 结果: {}, 承办人: [普文清, 段晓岚]}}\n"
BACK = SERVED + "- {日期: 2026-03-18, 事项: 返校}\n"
SEEN = "- {{日期: {}, 事项: 复学观察, 结果: {}}}\n"


def codes(history: str) -> list[str]:
    return [one.code for one in looks(docket(history), LATER)]


@pytest.mark.parametrize("day", ["2026-03-14", "2026-03-20", "2026-03-23"])
def test_a_look_before_the_last_day_is_none_after_it(day: str) -> None:
    """One on the third day took the place of the look that proves that nobody obeyed."""
    history = SERVED + LOOKED.format(day, "未返校")
    (found,) = looks(docket(history), LATER)
    assert found.code == "PROC620" and found.severity == "note" and found.place.line
    told = standing("2026-03-30", history)
    assert {one.step for one in (*told.tasks, *told.choices) if one.following} == {"check"}


@pytest.mark.parametrize(
    "history",
    [
        SERVED,
        SERVED + LOOKED.format("2026-03-24", "未返校"),
        SERVED + LOOKED.format("2026-03-20", "未返校") + LOOKED.format("2026-03-25", "未返校"),
        SERVED + LOOKED.format("2026-03-20", "已返校"),
        BACK + SEEN.format("2026-03-20", "在校"),
        BACK + SEEN.format("2026-03-20", "请假"),
        BACK + SEEN.format("2026-03-20", "缺课") + SEEN.format("2026-03-23", "在校"),
    ],
)
def test_what_was_looked_at_again_is_not_told(history: str) -> None:
    assert codes(history) == []


def test_an_absence_after_the_return_is_found_out_before_the_case_ends() -> None:
    known = docket(BACK + SEEN.format("2026-03-20", "缺课"))
    assert [one.code for one in looks(known, LATER)] == ["PROC621"]
    first, *rest = todos_of(stand(known, LATER), known.law)
    assert first.what == "查明 2026-03-20 为什么没有来"
    assert "结案" in [one.what for one in rest]
