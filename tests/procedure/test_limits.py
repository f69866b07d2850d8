"""From which day until which day a step may be taken, and what the day hangs on."""

from datetime import date

import pytest

from tests.procedure.world import (
    ABSENT,
    DECIDED,
    DEMANDED,
    FILED,
    ORDERED,
    TOLD,
    standing,
)

WAIVED = TOLD + "- {日期: 2026-03-03, 事项: 放弃陈述申辩, 对象: 普正华, 方式: 书面}\n"


def window(history, day, step):
    option = standing(history, day).option(step)
    return [
        bound and (f"{bound.day:%m-%d}", bound.name, bound.rule)
        for bound in (option.earliest, option.latest)
    ]


@pytest.mark.parametrize(
    ("history", "day", "step", "earliest", "latest"),
    [
        (
            FILED,
            "2026-02-02",
            "investigation",
            None,
            ("04-27", "立案到处罚决定", "decision-90"),
        ),
        (
            TOLD,
            "2026-03-03",
            "decision",
            ("03-10", "申辩期满", "defence-window"),
            ("04-27", "立案到处罚决定", "decision-90"),
        ),
        (WAIVED, "2026-03-03", "decision", None, ("04-27", "立案到处罚决定", "decision-90")),
        (
            DECIDED,
            "2026-03-20",
            "demand",
            ("03-26", "缴款期满", "pay-15"),
            ("11-25", "催告书送达", "demand-10"),
        ),
        (
            DEMANDED,
            "2026-09-01",
            "application",
            ("09-11", "起诉期满", "suit-6m"),
            ("12-10", "申请法院强制执行", "court-application-window"),
        ),
        (
            DECIDED,
            "2026-09-12",
            "application",
            ("09-11", "起诉期满", "suit-6m"),
            ("12-10", "申请法院强制执行", "court-application-window"),
        ),
    ],
)
def test_a_step_has_its_first_and_its_last_day(history, day, step, earliest, latest):
    assert window(history, day, step) == [earliest, latest]


@pytest.mark.parametrize(("day", "open_"), [("2026-03-25", False), ("2026-03-26", True)])
def test_a_step_opens_on_its_first_day(day, open_):
    option = standing(DECIDED, day).option("demand")
    assert (option.window.open_on(date.fromisoformat(day)), option.allowed) == (open_, open_)


def test_a_step_that_was_taken_is_no_longer_due():
    due = [d.what for d in standing(DECIDED, "2026-08-01").due]
    assert "催告书送达" in due
    demanded = [d.what for d in standing(DEMANDED, "2026-09-20").due]
    assert "催告书送达" not in demanded and "申请法院强制执行" in demanded
    applied = DEMANDED + "- {日期: 2026-09-11, 事项: 申请强制执行, 对象: 普正华}\n"
    (left,) = standing(applied, "2026-09-13").due
    assert (left.what, left.bound) == ("法院受理", "法院")


def test_a_check_before_the_end_of_the_order_is_not_the_one_that_is_due():
    early = ORDERED + "- {日期: 2026-01-20, 事项: 核查, 结果: 未返校}\n"
    option = standing(early, "2026-01-24").option("check")
    assert option is not None and option.allowed


def test_what_cannot_be_counted_closes_the_step_and_says_why():
    winter = TOLD.replace("2026-03-02", "2026-12-25").replace("2026-01-", "2026-11-")
    option = standing(winter, "2026-12-31").option("decision")
    assert option.window.refused and not option.allowed
    assert "2027" in option.window.refused[0].message + option.window.refused[0].hint


def test_steps_without_limits_are_open_always():
    assert window(ABSENT, "2026-01-12", "order") == [None, None]


@pytest.mark.parametrize("step", ["check", "filing"])
def test_a_step_may_have_a_first_day_and_no_last(step):
    earliest, latest = window(ORDERED, "2026-01-20", step)
    assert (earliest, latest) == (("01-24", "责令期满", "order-deadline"), None)
