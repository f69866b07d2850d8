"""What came before the step that it follows is asked about; what explains it keeps it silent."""

import pytest

from kcbx_docs.record.first_steps import first_steps
from tests.kinds.world import docket

ABSENT = "- {日期: 2026-03-02, 事项: 首次缺课}\n"
REPORT = "- {日期: 2026-03-04, 事项: 书面报告}\n"
ASKED = "- {日期: 2026-03-06, 事项: 劝返, 方式: 家访, 结果: 拒绝}\n"
LOOK = "- {日期: 2026-03-04, 事项: 核查, 结果: 未返校}\n"
CALL = "- {日期: 2026-03-06, 事项: 接到线索, 来源: 群众}\n"
PHONED = "- {日期: 2026-03-03, 事项: 联系, 方式: 电话}\n"
BACK = "- {日期: 2026-03-10, 事项: 返校}\n- {日期: 2026-03-16, 事项: 再次缺课}\n"


def later(line, day):
    return line.replace("2026-03-04", day).replace("2026-03-06", day)


@pytest.mark.parametrize(
    ("code", "history"),
    [
        ("PROC604", ABSENT + REPORT + ASKED),
        ("PROC604", ABSENT + ASKED + BACK + later(REPORT, "2026-03-17") + later(ASKED, "2026-03-20")),
        ("PROC605", ABSENT + LOOK + CALL),
        ("PROC605", ABSENT + LOOK + LOOK.replace("04", "05") + CALL),
        ("PROC603", ABSENT + "- {日期: 2026-02-26, 事项: 帮扶, 类别: 学业辅导}\n"),
    ],
)  # fmt: skip
def test_what_came_before_its_own_cause_is_asked_about(code, history):
    (found,) = first_steps(docket(history))
    assert found.code == code and found.place.line and "（第 " in found.message


@pytest.mark.parametrize(
    "history",
    [
        ABSENT + ASKED + later(REPORT, "2026-03-09"),
        ABSENT + PHONED + REPORT + ASKED,
        ABSENT + REPORT,
        ABSENT + REPORT + later(ASKED, "2026-03-04"),
        ABSENT + LOOK,
        ABSENT + PHONED + LOOK + CALL,
        ABSENT + LOOK + later(CALL, "2026-03-04"),
        ABSENT + later(REPORT, "2026-03-03") + LOOK + CALL,
        ABSENT + ASKED + LOOK + BACK + later(CALL, "2026-03-17"),
        ABSENT + "- {日期: 2026-03-11, 事项: 帮扶, 类别: 学业辅导}\n",
    ],
)
def test_what_has_a_reason_is_not_asked_about(history):
    assert [one.code for one in first_steps(docket(history))] == []
