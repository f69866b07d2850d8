"""What the school did stands before what the town does: a town that has the report goes on, though
it logged no persuasion of its own.
"""

import pytest

from tests.kinds.world import ABSENT, OVERDUE, SERVED, standing

BEFORE = "- {日期: 2026-03-02, 事项: 首次缺课}\n"
LEAD = "- {日期: 2026-03-02, 事项: 接到线索, 来源: 群众}\n"
LOOKED = (
    LEAD + BEFORE + "- {日期: 2026-03-04, 事项: 核查, 方式: 到校, 结果: 未返校, 承办人: 施文}\n"
)
PERSUADED = BEFORE + "- {日期: 2026-03-05, 事项: 劝返, 方式: 家访, 承办人: 施文, 结果: 拒绝}\n"


def unsaid(history: str) -> str:
    """Leave the school's own persuasion out."""
    return "".join(line for line in history.splitlines(keepends=True) if "事项: 劝返" not in line)


@pytest.mark.parametrize(
    ("history", "day", "step"),
    [
        pytest.param(BEFORE, "2026-03-10", "persuasion", id="缺课"),
        pytest.param(PERSUADED, "2026-03-10", "report", id="劝返没有效果"),
        pytest.param(LOOKED, "2026-03-10", "persuasion", id="线索核查了"),
        pytest.param(
            LOOKED + PERSUADED.removeprefix(BEFORE), "2026-03-10", "report", id="线索、劝返"
        ),
        pytest.param(LEAD + ABSENT, "2026-03-10", "order", id="线索、报告"),
        pytest.param(ABSENT, "2026-03-10", "order", id="劝返、报告"),
        pytest.param(unsaid(ABSENT), "2026-03-10", "order", id="只有报告"),
        pytest.param(SERVED, "2026-03-24", "check", id="责令期满"),
        pytest.param(unsaid(SERVED), "2026-03-24", "check", id="只有报告，责令期满"),
    ],
)
def test_who_has_the_report_is_not_told_to_persuade_first(history, day, step) -> None:
    told = standing(day, history)
    following = {one.step for one in (*told.tasks, *told.choices) if one.following}
    assert following == {step}


@pytest.mark.parametrize("history", [OVERDUE, unsaid(OVERDUE)], ids=["劝返", "只有报告"])
def test_persuading_stays_allowed_after_it(history) -> None:
    assert "persuasion" in {one.step for one in standing("2026-03-26", history).allowed}
