"""Papers already made are judged as of their own day, each fault once,
at the place of its event.
"""

from datetime import date

from kcbx_docs.procedure.audit import audit
from tests.procedure.world import ABSENT, FATHER, MOTHER, ORDERED, TOLD, docket

TODAY = date(2026, 11, 22)
EARLY = "- {日期: 2026-01-20, 事项: 立案, 文号: 1号%s}\n"


def found(history, **changes):
    return list(audit(docket(history, **changes), TODAY))


def test_a_paper_that_came_too_early_is_told_with_its_day_and_verdict():
    told = [p for p in found(ORDERED + EARLY % ", 对象: 普正华") if "2026年1月23日" in p.message]
    assert len(told) == 1
    (problem,) = told
    assert (problem.code, problem.severity) == ("PROC420", "warning")
    assert "2026-01-20" in problem.message or "2026年1月20日" in problem.message
    assert "普正华" in problem.message and problem.hint
    assert (problem.place.line, problem.place.column) == (16, 5)


def test_what_holds_for_both_guardians_is_told_once_for_one_event():
    both = found(ORDERED + EARLY % "", guardians=(FATHER, MOTHER))
    reasons = [p.message.split("：", 1)[-1] for p in both]
    assert len(reasons) == len(set(reasons))


def test_two_events_with_one_fault_are_told_twice():
    twice = ABSENT + (
        "- {日期: 2026-01-12, 事项: 立案, 对象: 普正华, 文号: 1号}\n"
        "- {日期: 2026-01-13, 事项: 立案, 对象: 普正华, 文号: 2号}\n"
    )
    lines = [p.place.line for p in found(twice) if "没有对" in p.message or "责令" in p.message]
    assert {14, 15} <= set(lines)


def test_reminders_are_no_faults_of_a_paper_that_was_made():
    assert found(TOLD) == []


def test_a_paper_of_which_only_the_service_is_known_is_not_judged():
    implied = ABSENT + (
        "- {日期: 2026-01-13, 事项: 送达, 文书: 行政处罚决定书, 对象: 普正华, 方式: 直接}\n"
    )
    assert found(implied) == []


def test_what_happened_after_the_day_is_not_looked_at():
    assert list(audit(docket(ORDERED + EARLY % ", 对象: 普正华"), date(2026, 1, 19))) == []
