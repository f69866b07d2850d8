"""A paper says that no lawful reason exists only where every one was looked for."""

import pytest

from tests.kinds import Kind
from tests.kinds.world import DECIDED, EXAMINED, OVERDUE, TOLD, codes, may, papers

KIND = Kind(
    "正当理由已查明",
    "没有查明有没有正当理由，就写没有正当理由不到校；有正当理由的还拟审批处罚",
    (
        ("xingzheng-chufa-fa", "40"),
        ("xingzheng-chufa-fa", "57", "1"),
        ("yiwu-jiaoyu-fa", "58"),
    ),
)
UNKNOWN = EXAMINED.replace("转学: 否", "转学: 未查明")
MOVED = EXAMINED.replace("转学: 否", "转学: {结论: 是, 依据: 学籍系统}")
FILED = TOLD.split("- {日期: 2026-04-07", 1)[0]
WORDS = "没有正当理由不到校上课"
BACK_IN_TIME = TOLD.replace(
    "- {日期: 2026-03-25, 事项: 核查, 结果: 未返校", "- {日期: 2026-03-20, 事项: 核查, 结果: 已返校"
)

STEPS = [
    ("case-filing", "2026-03-27", OVERDUE),
    ("penalty-notice", "2026-04-07", FILED),
    ("penalty-approval", "2026-04-17", TOLD),
    ("penalty-decision", "2026-04-17", TOLD),
    ("spot-decision", "2026-03-27", OVERDUE),
    ("civil-complaint", "2026-03-27", OVERDUE),
    ("enforcement-application", "2026-11-20", DECIDED),
]


@pytest.mark.parametrize(("document", "day", "history"), STEPS)
@pytest.mark.parametrize(
    ("exclusions", "asked"),
    [(UNKNOWN, True), ("{}", True), (EXAMINED, False)],
    ids=["一项未查明", "没有写", "都查明"],
)
def test_what_nobody_looked_for_is_asked_about(document, day, history, exclusions, asked) -> None:
    found = codes(may(document, day, history, exclusions=exclusions), "须说明理由")
    assert bool({"PROC215", "PROC298"} & set(found)) is asked


def test_a_demand_rests_on_the_decision_alone() -> None:
    answer = may("demand-letter", "2026-10-20", DECIDED, exclusions=UNKNOWN)
    assert answer.verdict in ("通过", "提醒")


@pytest.mark.parametrize(("exclusions", "said"), [(UNKNOWN, False), (EXAMINED, True)])
@pytest.mark.parametrize(
    ("document", "day", "history"),
    [
        ("penalty-notice", "2026-04-07", FILED),
        ("penalty-decision", "2026-04-17", TOLD),
        ("spot-decision", "2026-03-27", OVERDUE),
        ("civil-complaint", "2026-03-27", OVERDUE),
    ],
)
def test_the_words_rest_on_what_was_examined(document, day, history, exclusions, said) -> None:
    more = "民事诉讼: {原告: 本机关, 被告: 普正华}\n" if document == "civil-complaint" else ""
    made = papers(day, history, document, reason="普文清：急", exclusions=exclusions, more=more)
    (words,) = (text for text in made.values() if "不到校上课" in text)
    assert (WORDS in words) is said


def test_who_has_a_good_reason_is_spared_not_fined() -> None:
    day = "2026-04-17"
    assert "PROC217" in codes(may("penalty-approval", day, TOLD, exclusions=MOVED), "禁止")
    spared = may("no-penalty-decision", day, TOLD, exclusions=MOVED)
    assert spared.verdict != "禁止"


def test_an_approval_of_a_fine_asks_whether_the_order_was_obeyed() -> None:
    assert "PROC212" in codes(may("penalty-approval", "2026-04-17", BACK_IN_TIME), "禁止")
