"""Nobody is ordered or fined because of a child that he cannot send: abducted, missing, hurt."""

import pytest

from kcbx_docs.problems import problem
from tests.kinds import Kind
from tests.kinds.world import ABSENT, EXAMINED, OVERDUE, TOLD, codes, may, offered, read

KIND = Kind(
    "孩子被拐、失踪、受害",
    "孩子被拐卖、失踪，或者因为受欺凌、性侵害、自伤不到校，还责令、处罚他的家长",
    (
        ("yiwu-jiaoyu-fa", "58"),
        ("xingzheng-chufa-fa", "33", "2"),
        ("xingzheng-chufa-fa", "40"),
    ),
)
FILED = TOLD.split("- {日期: 2026-04-07", 1)[0]
STEPS = [
    ("order-to-correct", "2026-03-12", ABSENT),
    ("urge-notice", "2026-03-12", ABSENT),
    ("case-filing", "2026-03-27", OVERDUE),
    ("spot-decision", "2026-03-27", OVERDUE),
    ("civil-complaint", "2026-03-27", OVERDUE),
    ("support-request", "2026-03-27", OVERDUE),
    ("penalty-notice", "2026-04-07", FILED),
    ("penalty-approval", "2026-04-17", TOLD),
    ("penalty-decision", "2026-04-17", TOLD),
]


def danger(kind: str, found: str = "没有核实", day: str = "2026-03-05") -> str:
    """Write the danger of a case."""
    return f"危险情形: [{{种类: {kind}, 发现日期: {day}, 依据: 父母报案, 核实: {found}}}]\n"


@pytest.mark.parametrize(("document", "day", "history"), STEPS)
@pytest.mark.parametrize("found", ["属实", "没有核实"])
@pytest.mark.parametrize("kind", ["拐卖拐骗", "失踪失联"])
def test_who_looks_for_his_child_is_not_blamed_unasked(kind, found, document, day, history) -> None:
    answer = may(document, day, history, more=danger(kind, found))
    (told,) = (one for one in answer.findings if one.code == "PROC523")
    assert told.verdict == "须说明理由" and "第五十八条" in told.articles and kind in told.reason


@pytest.mark.parametrize(("document", "day", "history"), STEPS[2:])
@pytest.mark.parametrize("kind", ["自伤自杀", "严重欺凌", "性侵害"])
def test_what_was_done_to_the_child_may_be_why_it_stays_away(kind, document, day, history) -> None:
    more = danger(kind, "属实")
    assert "PROC524" in codes(may(document, day, history, more=more), "须说明理由")
    looked = EXAMINED.replace(
        "其他正当理由: 无", "其他正当理由: {结论: 无, 依据: 走访, 日期: 2026-03-06}"
    )
    assert "PROC524" not in codes(may(document, day, history, more=more, exclusions=looked))


def test_who_looked_before_it_was_known_did_not_look() -> None:
    early = EXAMINED.replace(
        "其他正当理由: 无", "其他正当理由: {结论: 无, 依据: 走访, 日期: 2026-03-04}"
    )
    answer = may(
        "order-to-correct", "2026-03-12", ABSENT, more=danger("严重欺凌"), exclusions=early
    )
    assert "PROC524" in codes(answer, "须说明理由")


def test_a_child_that_stays_away_because_of_it_has_a_good_reason() -> None:
    reason = EXAMINED.replace(
        "其他正当理由: 无", "其他正当理由: {结论: 有, 依据: 走访, 日期: 2026-03-06}"
    )
    more = danger("严重欺凌")
    answer = may("order-to-correct", "2026-03-12", ABSENT, more=more, exclusions=reason)
    assert codes(answer, "禁止") == ["PROC217"]


@pytest.mark.parametrize("kind", ["非法招用", "订婚早婚", "家庭暴力", "无人照料", "同居怀孕"])
def test_dangers_of_which_the_order_is_a_remedy_leave_it_allowed(kind) -> None:
    answer = may("order-to-correct", "2026-03-12", ABSENT, more=danger(kind, "属实"))
    assert answer.verdict in ("通过", "提醒")


@pytest.mark.parametrize("kind", ["拐卖拐骗", "严重欺凌"])
def test_what_was_untrue_or_came_later_is_no_matter(kind) -> None:
    for more in (danger(kind, "不属实"), danger(kind, day="2026-03-20")):
        found = codes(may("order-to-correct", "2026-03-12", ABSENT, more=more))
        assert not {"PROC523", "PROC524"} & set(found)


def test_a_child_that_was_found_and_left_school_again_is_sent_as_any_other() -> None:
    again = (
        ABSENT
        + "- {日期: 2026-03-20, 事项: 返校}\n"
        + "- {日期: 2026-05-11, 事项: 再次缺课}\n"
        + "- {日期: 2026-05-12, 事项: 劝返, 方式: 家访, 承办人: 施文, 结果: 拒绝}\n"
    )
    answer = may("order-to-correct", "2026-05-20", again, more=danger("拐卖拐骗", "属实"))
    assert "PROC523" not in codes(answer)


@pytest.mark.parametrize("kind", ["拐卖拐骗", "失踪失联"])
@pytest.mark.parametrize(("over", "told"), [("2026-03-13", True), ("2026-03-12", False)])
def test_a_child_that_was_found_is_sent_from_that_day(kind: str, over: str, told: bool) -> None:
    more = danger(kind, "属实").replace("}]", f", 解除日期: {over}}}]")
    assert ("PROC523" in codes(may("order-to-correct", "2026-03-12", ABSENT, more=more))) is told


def test_the_message_names_every_way_out() -> None:
    hint = problem("PROC523", day="", kind="", found="").hint
    assert "解除日期" in hint and "不属实" in hint


@pytest.mark.parametrize(
    ("over", "code"), [("2026-03-04", "CASE058"), ("2028-01-01", "CASE054"), ("2026-03-05", "")]
)
def test_a_danger_is_over_after_it_was_known(over: str, code: str) -> None:
    more = danger("失踪失联").replace("}]", f", 解除日期: {over}}}]")
    found = [one.code for one in read(ABSENT, more=more)[1]]
    assert [one for one in found if one in ("CASE054", "CASE058")] == ([code] if code else [])


def test_the_order_stays_possible_for_who_says_why() -> None:
    assert "order" in offered("2026-03-12", ABSENT, more=danger("失踪失联"))
