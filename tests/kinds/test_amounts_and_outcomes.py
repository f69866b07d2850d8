"""The fine of the decision is the one on which the heads agreed; what a review made of it, and
how a case ended, are told as they happened.
"""

import pytest

from tests.kinds.page import Kind
from tests.kinds.world import DECIDED, FATHER, MOTHER, OVERDUE, TOLD, codes, may, papers

KIND = Kind(
    "数额和结果照记载",
    "讨论决定六百元，决定书写八百元；复议变更以后说原决定就罚了变更的数额；不予处罚的没有勾选",
    (("xingzheng-chufa-fa", "57", "2"), ("xingzheng-fuyi-fa", "78")),
)

DECISION, DEMAND, CLOSE = "penalty-decision", "demand-letter", "case-close"
TALK = "- {{日期: 2026-04-16, 事项: 集体讨论, 对象: 普正华, 参加人: [李建川, 赵一], {said}}}\n"
CHANGED = """\
- {日期: 2026-05-20, 事项: 申请行政复议, 对象: 普正华, 机关: 云岭县人民政府}
- {日期: 2026-07-10, 事项: 复议决定, 对象: 普正华, 机关: 云岭县人民政府, 结果: 变更, 金额: 300, 文号: 云政复决〔2026〕8号}
"""


@pytest.mark.parametrize(
    ("said", "verdict", "code"),
    [
        ("金额: 400", "须说明理由", "PROC356"),
        ("金额: 600", "", ""),
        ("结果: 同意罚款400元", "提醒", "PROC357"),
        ("结果: 同意罚款600元", "", ""),
        ("结果: 同意处罚", "", ""),
    ],
)
def test_a_decision_is_held_against_what_was_agreed(said: str, verdict: str, code: str) -> None:
    story = DECIDED.replace(
        "- {日期: 2026-04-17, 事项: 处罚决定",
        TALK.format(said=said) + "- {日期: 2026-04-17, 事项: 处罚决定",
        1,
    )
    found = may(DECISION, "2026-04-17", story)
    told = {one for one in codes(found) if one in ("PROC356", "PROC357")}
    assert told == ({code} if code else set())
    assert not code or code in codes(found, verdict)  # type: ignore[arg-type]


def test_a_decision_still_to_be_made_names_the_agreed_fine() -> None:
    story = TOLD + TALK.format(said="金额: 400")
    text = next(iter(papers("2026-04-17", story, DECISION).values()))
    assert "处以罚款400元" in text
    assert "600元" not in text


def test_a_changed_fine_is_told_as_a_change() -> None:
    text = next(iter(papers("2026-09-20", DECIDED + CHANGED, DEMAND, reason="办理").values()))
    assert "处以罚款600元" in text
    assert "云岭县人民政府的行政复议决定（云政复决〔2026〕8号）将罚款变更为300元" in text
    assert "处以罚款300元" not in text


def test_a_decision_that_stands_speaks_of_no_change() -> None:
    text = next(iter(papers("2026-06-01", DECIDED, DEMAND, reason="办理").values()))
    assert "处以罚款600元" in text
    assert "变更" not in text


def test_a_closed_case_ticks_what_the_record_holds() -> None:
    story = (
        DECIDED
        + "- {日期: 2026-04-17, 事项: 不予处罚, 对象: 李桂仙, 文号: 青政不罚〔2026〕1号, 法定情形: 没有主观过错, 原因: 多次送孩子上学}\n"
        + "- {日期: 2026-04-30, 事项: 缴纳罚款, 对象: 普正华, 金额: 600}\n"
        + "- {日期: 2026-05-08, 事项: 返校, 安置: 回原班}\n"
        + "- {日期: 2026-05-11, 事项: 结案, 结果: 已返校, 文号: 青政结〔2026〕1号, 承办人: [普文清, 段晓岚]}\n"
    )
    made = papers("2026-05-20", story, CLOSE, guardians=(FATHER, MOTHER), reason="归档")
    text = next(iter(made.values()))
    assert "李桂仙（母亲）：2026年4月17日不予处罚（青政不罚〔2026〕1号）" in text
    assert "■不予处罚" in text
    assert "■罚款缴清" in text
    assert "□决定被撤销" in text
    assert "普文清、段晓岚" in text


def test_who_is_only_listed_in_the_office_has_not_acted() -> None:
    story = OVERDUE + "- {日期: 2026-03-27, 事项: 立案, 文号: 青政罚立〔2026〕1号, 对象: 普正华}\n"
    unnamed = papers("2026-04-02", story, "investigation-report", reason="办理")
    assert "普文清（执法证号" not in next(iter(unnamed.values()))
    named = papers("2026-04-02", story, "investigation-report", more="承办人: [普文清, 段晓岚]\n")
    assert "普文清（执法证号：云F0000001）" in next(iter(named.values()))


PAID = DECIDED + "- {日期: 2026-05-06, 事项: 缴纳罚款, 对象: 普正华, 金额: 600}\n"


@pytest.mark.parametrize("document", ["power-of-attorney", "representative-certificate"])
@pytest.mark.parametrize(
    ("who", "day", "history", "made"),
    [
        ("学生", "2026-04-10", OVERDUE, False),
        ("学生", "2026-06-01", PAID, False),
        ("学生", "2026-06-01", DECIDED, True),
        ("本机关", "2026-04-10", OVERDUE, True),
    ],
)
def test_the_town_proves_who_speaks_for_it_only_as_a_party(
    document: str, who: str, day: str, history: str, *, made: bool
) -> None:
    """A suit of the child is none of the town's; a fine that is owed, or its own suit, is."""
    suit = f"民事诉讼: {{原告: {who}, 被告: 普正华}}\n"
    assert bool(papers(day, history, document, more=suit)) is made
