"""A paper cites what existed on its day and concerns its addressee; what it proves is a fact."""

from datetime import date

import pytest

from kcbx_docs.papers.evidence import evidence_lines
from kcbx_docs.papers.suit_facts import suit_evidence
from tests.kinds import Kind
from tests.kinds.world import (
    DECIDED,
    FATHER,
    MOTHER,
    OFFICE,
    OVERDUE,
    TOLD,
    codes,
    may,
    papers,
    read,
)

KIND = Kind(
    "文书引用的证据",
    "引用文书以后才有的证据、只涉及别人的材料；证明对象写成是否、经过，不是事实",
    (("xingzheng-chufa-fa", "40"), ("xingzheng-chufa-fa", "46")),
)


def cited(day: str, who: str, history: str = OVERDUE) -> dict[str, str | None]:
    """Return what a paper of a day to a guardian may cite, with what each piece proves."""
    docket, _ = read(history, guardians=(FATHER, MOTHER))
    lines = evidence_lines(docket, date.fromisoformat(day), who)
    return {line.name: line.proves for line in lines}


@pytest.mark.parametrize(
    ("name", "day", "who", "wanted"),
    [
        ("核查记录（2026年3月25日）", "2026-03-24", FATHER, False),
        ("核查记录（2026年3月25日）", "2026-03-25", FATHER, True),
        ("《责令送被监护人接受义务教育通知书》送达回证（普正华）", "2026-03-25", FATHER, True),
        ("《责令送被监护人接受义务教育通知书》送达回证（普正华）", "2026-03-25", MOTHER, False),
        ("劝返记录（2026年3月5日）", "2026-03-25", MOTHER, True),
    ],
)
def test_only_what_existed_and_concerns_the_addressee_is_cited(name, day, who, wanted) -> None:
    assert (name in cited(day, who)) is wanted


def test_what_a_piece_proves_is_a_sentence_of_fact() -> None:
    proved = cited("2026-03-25", FATHER)
    assert proved["核查记录（2026年3月25日）"] == "2026年3月25日核查时普云飞仍未到校"
    assert not any("是否" in (text or "") for text in proved.values())


def test_a_check_that_met_nobody_proves_no_absence() -> None:
    history = OVERDUE.replace("结果: 未返校", "结果: 未见到")
    proved = cited("2026-03-25", FATHER, history)
    assert proved["核查记录（2026年3月25日）"] == "2026年3月25日核查时没有见到普云飞"


OF_MOTHER = "证据: [{名称: 病历, 证明对象: 李桂仙住院, 日期: 2026-03-20, 涉及: 李桂仙}]\n"


@pytest.mark.parametrize(
    ("day", "history", "listed"),
    [("2026-03-26", OVERDUE, True), ("2026-04-09", TOLD, False), ("2026-04-20", DECIDED, False)],
)
def test_a_list_against_one_parent_leaves_out_the_other(day, history, listed) -> None:
    made = papers(day, history, "evidence-list", guardians=(FATHER, MOTHER), more=OF_MOTHER)
    (text,) = made.values()
    assert ("病历" in text) is listed
    assert "劝返记录（2026年3月5日）" in text


def test_a_list_against_both_parents_holds_what_concerns_either() -> None:
    filed = OVERDUE + (
        "- {日期: 2026-03-27, 事项: 立案, 文号: 青政罚立〔2026〕1号, 对象: [普正华, 李桂仙], "
        "承办人: [普文清, 段晓岚]}\n"
    )
    made = papers("2026-03-28", filed, "evidence-list", guardians=(FATHER, MOTHER), more=OF_MOTHER)
    assert "病历" in next(iter(made.values()))


def test_a_paper_that_went_to_both_proves_it_of_both() -> None:
    one = OVERDUE.splitlines()
    both = "\n".join(line.replace("对象: 普正华", f"对象: [{FATHER}, {MOTHER}]") for line in one)
    title = "《责令送被监护人接受义务教育通知书》（青政责改〔2026〕1号）"
    assert f"{FATHER}、{MOTHER}" in str(cited("2026-03-25", "", both)[title])
    assert MOTHER not in str(cited("2026-03-25", FATHER, both)[title])


VISIT = "- {日期: 2026-03-12, 事项: 劝返, 对象: 李桂仙, 方式: 家访, 结果: 同意返校}\n"
SCOLDED = "- {日期: 2026-03-12, 事项: 批评教育, 对象: 李桂仙, 承办人: [普文清, 段晓岚]}\n"


def test_what_the_other_said_on_the_day_of_her_admonition_is_no_admonition() -> None:
    suit = "民事诉讼: {原告: 学生, 被告: 普正华, 法定代理人: 李桂仙}\n"
    case, _ = read(OVERDUE + VISIT + SCOLDED, guardians=(FATHER, MOTHER), more=suit)
    day = date(2026, 3, 26)
    names = [line.name for line in suit_evidence(case, case.suit(day), day)]
    everything = [line.name for line in evidence_lines(case, day)]
    assert "劝返记录（2026年3月12日）" in names
    assert [name for name in everything if name not in names] == ["批评教育记录（2026年3月12日）"]


NO_ORDER_NEEDED = OFFICE.replace("以逾期不改为前提: 是", "以逾期不改为前提: 否").replace(
    "逾期不改正的，处", "处"
)
BARE = "- {日期: 2026-03-02, 事项: 首次缺课}\n"
FINED = (
    "- {日期: 2026-03-27, 事项: 当场处罚, 对象: 普正华, 文号: 青政当罚〔2026〕1号, 金额: 200, "
    "承办人: [普文清, 段晓岚]}\n"
)
LOOKED = "- {日期: 2026-03-26, 事项: 核查, 结果: 未返校, 承办人: [普文清, 段晓岚]}\n"
ROLL = "证据: [{名称: 考勤表, 日期: 2026-03-20, 证明对象: 三月没有到校}]\n"


@pytest.mark.parametrize(
    ("history", "more", "asked"),
    [
        (BARE, "", True),
        (BARE + LOOKED, "", False),
        (BARE, ROLL, False),
        (BARE, ROLL.replace("2026-03-20", "2026-04-20"), True),
    ],
    ids=["什么也没有", "核查过", "有考勤表", "考勤表后来才有"],
)
def test_nobody_is_fined_on_no_evidence_at_all(history: str, more: str, *, asked: bool) -> None:
    answer = may("spot-decision", "2026-03-27", history, office=NO_ORDER_NEEDED, more=more)
    assert ("PROC466" in codes(answer, "须说明理由")) is asked


@pytest.mark.parametrize(
    ("history", "said"),
    [
        (BARE, "未依法保证其按时入学接受并完成义务教育。"),
        (BARE + LOOKED, "完成义务教育，有证据证实。"),
    ],
)
def test_a_spot_decision_speaks_of_evidence_where_there_is_some(history: str, said: str) -> None:
    """What the form must hold (行政处罚法 52) is there in both; the sentence ends well."""
    made = papers(
        "2026-03-27",
        history + FINED,
        "spot-decision",
        office=NO_ORDER_NEEDED,
        reason="李建川：测试",
    )
    text = next(text for name, text in made.items() if "送达" not in name)
    assert said in text
