"""The order says until when somebody knew of the absence, and asks to look again when that is old;
persuasion counts for whom it reached.
"""

import pytest

from tests.kinds import Kind
from tests.kinds.world import ABSENT, DECIDED, FATHER, MOTHER, may, papers

KIND = Kind(
    "仍未到校",
    "把没有人查过的写成事实：截至文书当天仍未到校，对没有见到的人也算劝返过",
    (("yiwu-jiaoyu-fa", "58"), ("xingzheng-chufa-fa", "40")),
)

ORDER = "order-to-correct"
NOBODY_MET = ABSENT.replace("结果: 拒绝", "结果: 未见到")
MOTHER_ONLY = ABSENT.replace("方式: 家访", "方式: 家访, 对象: 李桂仙")
CALLED = ABSENT + "- {日期: 2026-05-28, 事项: 联系, 方式: 电话, 对象: 普正华%s}\n"


def text(history: str, day: str, who: str = FATHER) -> str:
    """Return the order to a guardian; a paper to several bears the name in its file name."""
    made = papers(day, history, ORDER, guardians=(FATHER, MOTHER))
    return next(words for words in made.values() if f"受送达人：{who}" in words)


def test_the_absence_ends_with_the_last_day_on_which_somebody_knew_it() -> None:
    words = text(ABSENT, "2026-03-20")
    assert "截至2026年3月9日仍未到校" in words
    assert "2026年3月20日仍未到校" not in words


@pytest.mark.parametrize(
    ("history", "day", "verdicts"),
    [
        (ABSENT, "2026-06-01", ("须说明理由",)),
        (ABSENT, "2026-04-08", ("通过", "提醒")),
        (ABSENT, "2026-04-09", ("须说明理由",)),
        (CALLED % ", 到校情况: 未到校", "2026-06-01", ("通过", "提醒")),
        (CALLED % "", "2026-06-01", ("须说明理由",)),
        (CALLED % ", 到校情况: 不清楚", "2026-06-01", ("须说明理由",)),
        (
            ABSENT + "- {日期: 2026-05-29, 事项: 核查, 结果: 未返校}\n",
            "2026-06-01",
            ("通过", "提醒"),
        ),
        (
            ABSENT + "- {日期: 2026-05-29, 事项: 核查, 结果: 未见到}\n",
            "2026-06-01",
            ("须说明理由",),
        ),
    ],
)
def test_an_order_asks_to_look_again_when_nobody_did_for_a_month(history, day, verdicts) -> None:
    assert may(ORDER, day, history).verdict in verdicts


def test_where_nobody_saw_it_since_the_first_day_nothing_is_said() -> None:
    words = text("- {日期: 2026-03-02, 事项: 首次缺课}\n", "2026-03-03")
    assert "仍未到校" not in words
    assert "自2026年3月2日起未到校上课" in words


def test_a_visit_that_met_nobody_did_not_persuade() -> None:
    assert "对你劝返" not in text(NOBODY_MET, "2026-03-12")
    assert "对你劝返" in text(ABSENT, "2026-03-12")


def test_a_visit_to_the_mother_did_not_persuade_the_father() -> None:
    assert "对你劝返" not in text(MOTHER_ONLY, "2026-03-12", FATHER)
    assert "2026年3月5日对你劝返" in text(MOTHER_ONLY, "2026-03-12", MOTHER)


def test_two_visits_are_told_as_two_in_the_decision_and_in_a_letter() -> None:
    again = "- {日期: 2026-03-07, 事项: 劝返, 方式: 家访, 承办人: 施文, 结果: 拒绝}\n"
    letter = "- {日期: 2026-04-20, 事项: 移送, 机关: 云岭县妇女联合会, 原因: 没有到校}\n"
    made = papers("2026-04-20", DECIDED + again + letter, "penalty-decision", "referral")
    told = [words for words in made.values() if "2026年3月5日、7日，先后劝返两次" in words]
    assert len(told) == 2, "the decision and the letter, not the receipt"
    assert any("起没有到校。2026年3月5日、7日" in words for words in told)
