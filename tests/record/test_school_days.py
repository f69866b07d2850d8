"""What is told of a day without lessons is asked about; what may be so on such a day is not."""

import pytest

from kcbx_docs.record.school_days import school_days
from tests.kinds.world import PUPIL, docket

SUNDAY, SATURDAY, MAKE_UP, FEAST = "2026-03-15", "2026-03-14", "2026-02-28", "2026-04-06"
"""2026-02-28 is a Saturday on which people work; 2026-04-06 a Monday of 清明节."""
SUMMER = "2026-07-20"
EVE, UNKNOWN = "2026-04-06", "2027-03-14"
BOARDER = f"{PUPIL[:-1]}, 住校: 是}}"
AT_HOME = f"{PUPIL[:-1]}, 住校: 否}}"
ABSENT = "- {日期: 2026-03-02, 事项: 首次缺课}\n"
BACK = "- {日期: 2026-03-04, 事项: 返校}\n"


def asked(line, **case):
    return [(p.code, p.message) for p in school_days(docket(line, **case))]


@pytest.mark.parametrize(
    ("code", "line", "case"),
    [
        ("PROC600", f"- {{日期: {SUNDAY}, 事项: 首次缺课}}", {}),
        ("PROC600", f"- {{日期: {FEAST}, 事项: 首次缺课}}", {}),
        ("PROC600", f"- {{日期: {SATURDAY}, 事项: 首次缺课}}", {"pupil": BOARDER}),
        ("PROC600", f"{BACK}- {{日期: {SUNDAY}, 事项: 再次缺课}}", {"situation": "未入学"}),
        ("PROC600", f"- {{日期: {SUMMER}, 事项: 首次缺课}}", {}),
        ("PROC601", f"- {{日期: {SATURDAY}, 事项: 复学观察, 结果: 在校}}", {}),
        ("PROC601", f"- {{日期: {SATURDAY}, 事项: 复学观察, 结果: 缺课}}", {}),
        ("PROC601", f"- {{日期: {SATURDAY}, 事项: 返校}}", {}),
        ("PROC601", f"- {{日期: {SUNDAY}, 事项: 返校}}", {"pupil": AT_HOME}),
        ("PROC601", f"- {{日期: {SUNDAY}, 事项: 核查, 方式: 到校, 结果: 未返校}}", {}),
        ("PROC602", f"- {{日期: 2026-03-04, 事项: 返校, 观察日期: [{SUNDAY}, 2026-03-18]}}", {}),
    ],
)
def test_a_day_without_lessons_is_asked_about(code, line, case):
    ((found, message),) = asked(line, **case)
    assert found == code and any(day in message for day in (SUNDAY, SATURDAY, FEAST, SUMMER))
    assert any(why in message for why in ("星期", "清明节放假", "暑假"))


@pytest.mark.parametrize(
    ("line", "case"),
    [
        (ABSENT, {}),
        (f"- {{日期: {MAKE_UP}, 事项: 首次缺课}}", {}),
        (f"- {{日期: {UNKNOWN}, 事项: 首次缺课}}", {}),
        (f"- {{日期: {SUNDAY}, 事项: 首次缺课}}", {"pupil": BOARDER}),
        (f"- {{日期: {EVE}, 事项: 复学观察, 结果: 在校}}", {"pupil": BOARDER}),
        (f"- {{日期: {SUNDAY}, 事项: 首次缺课}}", {"situation": "未入学"}),
        (f"- {{日期: {SUNDAY}, 事项: 返校}}", {}),
        (f"- {{日期: {SATURDAY}, 事项: 返校, 安置: 职业学校}}", {}),
        (f"- {{日期: {SATURDAY}, 事项: 复学观察, 结果: 失联}}", {}),
        (f"- {{日期: {SATURDAY}, 事项: 劝返, 方式: 家访, 结果: 拒绝}}", {}),
        (f"- {{日期: {SATURDAY}, 事项: 核查, 方式: 家访, 结果: 未返校}}", {}),
        (f"- {{日期: {SATURDAY}, 事项: 送教, 方式: 上门, 课时: 2, 承办人: 施文}}", {}),
    ],
)
def test_what_may_be_so_on_a_day_off_is_not_asked_about(line, case):
    assert asked(line, **case) == []


def test_the_next_day_of_lessons_is_named():
    (found,) = school_days(docket(f"- {{日期: {FEAST}, 事项: 首次缺课}}"))
    assert "2026-04-07" in found.hint and "2026-04-03" in found.hint and found.place.line
