"""After a return somebody looks on the days that were set; the case is closed after the last good
look, and opened again when the child is away.
"""

import pytest

from kcbx_docs.record.observing import observing
from tests.kinds import Kind
from tests.kinds.world import (
    FATHER,
    MOTHER,
    OVERDUE,
    checked,
    codes,
    docket,
    may,
    papers,
    standing,
)

KIND = Kind(
    "复学以后观察",
    "孩子返校当天就结案，过几天又不来，没有人知道；或者本地没有规定次数，也不让结案",
    (("yiwu-jiaoyu-fa", "13", "1"), ("yiwu-jiaoyu-fa", "5", "2")),
)
PLAIN = OVERDUE + "- {日期: 2026-04-01, 事项: 返校, 安置: 回原班}\n"
BACK = PLAIN.replace("回原班}", "回原班, 观察日期: [2026-04-11, 2026-05-01]}")
FIRST = BACK + "- {日期: 2026-04-11, 事项: 复学观察, 结果: 在校, 承办人: 施文}\n"
BOTH = FIRST + "- {日期: 2026-05-02, 事项: 复学观察, 结果: 在校}\n"
TRUANT = FIRST + "- {日期: 2026-05-02, 事项: 复学观察, 结果: 缺课}\n"


def left(history: str, day: str = "2026-05-20", **changes: object) -> list[str]:
    told = docket(history, **changes)
    guardian = told.case.guardians[0]
    progress = told.progress(guardian, type(told.events[0].day).fromisoformat(day))
    return [str(one) for one in observing(progress, told.law).left]


def next_step(day: str, history: str) -> str:
    return next(iter(one.step for one in standing(day, history).tasks if not one.awaits), "")


PLAN = "复学方案: {{安置: 回原班, {day}回访日期: [2026-03-30, 2026-04-11, 2026-05-01]}}\n"


@pytest.mark.parametrize(
    ("day", "history", "open_days"),
    [
        ("", PLAIN, ["2026-04-11", "2026-05-01"]),
        ("日期: 2026-04-02, ", PLAIN, ["2026-04-11", "2026-05-01"]),
        ("日期: 2026-04-02, ", PLAIN.replace("回原班}", "回原班, 观察日期: [2026-04-20]}"),
         ["2026-04-11", "2026-04-20", "2026-05-01"]),
        ("", PLAIN + "- {日期: 2026-04-11, 事项: 复学观察, 结果: 在校}\n", ["2026-05-01"]),
        ("日期: 2026-05-21, ", PLAIN, []),
        ("", OVERDUE, []),
        ("日期: 2026-04-02, ", PLAIN + "- {日期: 2026-04-05, 事项: 再次缺课}\n"
         "- {日期: 2026-04-07, 事项: 返校}\n", []),
    ],
    ids=["没有写哪天定的", "定了", "另有观察日期", "看过一次", "还没有定", "没有返校", "上一次的方案"],
)  # fmt: skip
def test_the_days_of_the_plan_are_looked_on_too(day: str, history: str, open_days: list[str]):
    """回访日期 stood on the paper and in no list."""
    more = PLAN.format(day=day)
    assert left(history, more=more) == open_days
    told = standing("2026-04-20", history, more=more)
    due = [str(one.by) for one in told.due if one.step == "observe"]
    assert [one for one in open_days if one in due] == open_days


@pytest.mark.parametrize(
    ("history", "open_days"),
    [
        (BACK, ["2026-04-11", "2026-05-01"]),
        (FIRST, ["2026-05-01"]),
        (BOTH, []),
        (PLAIN, []),
        (FIRST.replace("日期: 2026-04-11, 事项", "日期: 2026-04-09, 事项"), ["2026-05-01"]),
        (
            FIRST.replace("日期: 2026-04-11, 事项", "日期: 2026-04-03, 事项"),
            ["2026-04-11", "2026-05-01"],
        ),
        (FIRST.replace("日期: 2026-04-11, 事项", "日期: 2026-05-06, 事项"), []),
        (OVERDUE + "- {日期: 2026-04-02, 事项: 核查, 结果: 已返校}\n", []),
    ],
    ids=["没有观察", "一次", "两次", "没有约定", "早两天", "太早", "晚了", "没有写返校"],
)
def test_a_look_counts_for_the_days_that_have_passed(history: str, open_days: list[str]) -> None:
    assert left(history) == open_days


def test_the_next_day_is_waited_for_then_due_then_the_case_may_be_closed() -> None:
    assert standing("2026-04-05", BACK).tasks[0].awaits == "2026-04-11 观察"
    due = [(one.what, str(one.by), one.bound) for one in standing("2026-04-05", BACK).due]
    assert due == [("复学观察", "2026-04-11", "学校"), ("复学观察", "2026-05-01", "学校")]
    assert next_step("2026-04-12", BACK) == "observe"
    assert standing("2026-04-12", BACK).due[0].overdue
    assert next_step("2026-05-03", BOTH) == "close"
    assert "LEAD035" not in codes(may("case-close", "2026-05-03", BOTH))


def test_closing_before_the_last_look_or_after_a_bad_one_asks_for_a_reason() -> None:
    assert "LEAD035" in codes(may("case-close", "2026-04-20", FIRST), "须说明理由")
    assert "LEAD036" in codes(may("case-close", "2026-05-03", TRUANT), "须说明理由")
    ill = TRUANT.replace("结果: 缺课", "结果: 请假, 原因: 发烧")
    assert "LEAD036" in codes(may("case-close", "2026-05-03", ill), "须说明理由")
    back = TRUANT + "- {日期: 2026-05-09, 事项: 复学观察, 结果: 在校}\n"
    assert "LEAD036" not in codes(may("case-close", "2026-05-10", back))


def test_where_nobody_set_days_none_are_asked_for_and_it_is_told() -> None:
    answer = may("case-close", "2026-04-02", PLAIN)
    assert not {"LEAD035", "LEAD036"} & set(codes(answer))
    assert next_step("2026-04-05", PLAIN) == "close"
    assert any("没有规定复学后" in note for note in standing("2026-04-05", PLAIN).notes)
    closed = PLAIN + "- {日期: 2026-04-06, 事项: 结案, 结果: 已返校}\n"
    assert not any("没有规定复学后" in note for note in standing("2026-04-08", closed).notes)


def test_a_child_that_is_away_again_opens_the_case_and_the_old_history_stays() -> None:
    closed = BOTH + "- {日期: 2026-05-06, 事项: 结案, 结果: 已返校}\n"
    again = closed + "- {日期: 2026-05-18, 事项: 再次缺课}\n"
    now = standing("2026-05-20", again)
    assert now.state == "缺课" and now.progress.attendance.round == 2
    assert left(again) == [] and len(docket(again).events) == len(docket(closed).events) + 1
    late = closed + "- {日期: 2026-05-16, 事项: 复学观察, 结果: 缺课}\n"
    assert standing("2026-05-20", late).state == "已结案"  # a person says that it is a dropout
    assert "PROC405" not in [one.code for one in checked("2026-05-20", late)]
    notes = standing("2026-05-03", TRUANT).notes
    assert any("写「再次缺课」" in note for note in notes)


def test_a_look_that_finds_the_child_at_school_tells_of_its_return() -> None:
    found = OVERDUE + "- {日期: 2026-04-02, 事项: 复学观察, 结果: 在校}\n"
    assert standing("2026-04-05", found).state == "已返校"
    lost = OVERDUE + "- {日期: 2026-04-02, 事项: 复学观察, 结果: 失联}\n"
    assert standing("2026-04-05", lost).state == "责令期满"


def test_the_record_asserts_only_what_was_seen() -> None:
    [text] = papers(
        "2026-05-20", BOTH.replace(FIRST, BACK), "observation-record", guardians=(FATHER, MOTHER)
    ).values()
    assert "■在校" in text and "□缺课" in text and "□失联" in text
    assert "2026年4月1日" in text and "云岭县青石中学" in text


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("", "年月日"),
        (", 出具日期: 2026-04-06", "2026年4月6日"),
        (", 文号: 青中证〔2026〕3号", "2026年4月1日"),
        (", 文号: 青中证〔2026〕3号, 出具日期: 2026-04-06", "2026年4月6日"),
    ],
)
def test_the_certificate_bears_the_day_on_which_it_was_made_out(said: str, printed: str) -> None:
    """It bore the day of the return, or none, whatever day it was made out."""
    history = PLAIN.replace("回原班}", f"回原班{said}}}")
    made = papers("2026-05-01", history, "return-certificate")["710-返校证明-第1次"]
    assert made.split("\n")[-1] == printed and "该生自2026年4月1日起到校上课" in made
    listed = papers("2026-04-03", history, "evidence-list").popitem()[1]
    assert ("返校证明" in listed) is ("出具日期" not in said), (
        "nobody lists what is not made out yet"
    )
