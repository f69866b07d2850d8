"""The last day of everything: what still counts on it and no longer on the next."""

from datetime import date

import pytest

from tests.procedure.world import (
    CLAUSE,
    FATHER,
    FILED,
    MADE,
    MOTHER,
    ORDERED,
    TOLD,
    codes,
    docket,
    law_of,
    may,
    standing,
)


@pytest.mark.parametrize(("day", "in_force"), [("2026-03-31", True), ("2026-04-01", False)])
def test_a_clause_on_fines_still_applies_on_the_last_day_of_its_force(day, in_force):
    ending = law_of("530499", CLAUSE + "失效日期: 2026-03-31\n")
    found = codes(may("penalty-notice", day, FILED, ending), "禁止")
    assert ("PROC232" not in found) is in_force


@pytest.mark.parametrize(("day", "in_force"), [("2026-02-01", False), ("2026-02-02", True)])
def test_a_clause_on_fines_applies_from_its_first_day(day, in_force):
    new = law_of("530499", CLAUSE.replace("2020-01-01", "2026-02-02"))
    assert ("PROC232" not in codes(may("penalty-notice", day, FILED, new), "禁止")) is in_force


@pytest.mark.parametrize(("day", "running"), [("2026-01-23", True), ("2026-01-24", False)])
def test_no_new_order_on_the_last_day_of_the_running_one(day, running):
    assert ("PROC222" in codes(may("order-to-correct", day, ORDERED))) is running


def test_an_order_that_was_never_served_runs_on():
    assert "PROC222" in codes(may("order-to-correct", "2026-06-01", MADE))


def test_the_order_of_the_day_itself_is_the_one_that_is_being_made():
    assert "PROC222" not in codes(may("order-to-correct", "2026-01-12", MADE))


def test_an_order_that_a_court_annulled_is_in_nobodys_way():
    annulled = ORDERED + (
        "- {日期: 2026-01-15, 事项: 申请行政复议, 对象: 普正华}\n"
        "- {日期: 2026-01-19, 事项: 复议决定, 对象: 普正华, 结果: 撤销}\n"
    )
    assert "PROC222" not in codes(may("order-to-correct", "2026-01-20", annulled))


def test_who_waived_the_defence_may_be_fined_without_waiting_for_its_last_day():
    waiting = standing(TOLD, "2026-03-03").option("decision")
    assert waiting.earliest.day == date(2026, 3, 10) and not waiting.window.open_on(
        date(2026, 3, 9)
    )
    waived = TOLD + "- {日期: 2026-03-03, 事项: 放弃陈述申辩, 对象: 普正华, 方式: 书面}\n"
    told = standing(waived, "2026-03-03")
    assert told.state == "待决定"
    assert told.option("decision").earliest is None and told.option("decision").allowed


def test_the_fathers_waiver_does_not_open_the_decision_on_the_mother():
    both = TOLD + (
        "- {日期: 2026-01-13, 事项: 送达, 文书: 责令限期改正通知书, 对象: 李桂仙, 方式: 直接}\n"
        "- {日期: 2026-01-27, 事项: 立案, 对象: 李桂仙, 文号: 青政罚立〔2026〕2号}\n"
        "- {日期: 2026-03-02, 事项: 事先告知, 对象: 李桂仙, 金额: 500}\n"
        "- {日期: 2026-03-02, 事项: 送达, 文书: 行政处罚事先告知书, 对象: 李桂仙, 方式: 直接}\n"
        "- {日期: 2026-03-03, 事项: 放弃陈述申辩, 对象: 普正华, 方式: 书面}\n"
    )
    case = docket(both, guardians=(FATHER, MOTHER))
    states = [case.progress(one, date(2026, 3, 9)) for one in case.case.guardians]
    assert [(bool(one.waived), one.window_over) for one in states] == [
        (True, False),
        (False, False),
    ]
