"""Papers follow the outcome that the record holds; where it holds none they leave it open."""

from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.office.check import check_files
from kcbx_docs.office.outlook import outlooks
from kcbx_docs.problems import errors
from tests.kinds import Kind
from tests.kinds.world import (
    FATHER,
    MOTHER,
    OVERDUE,
    PEOPLE,
    TOLD,
    case_text,
    codes,
    may,
    papers,
    read,
    workspace,
)

KIND = Kind(
    "文书写记录里的结果",
    "报告一律建议罚款，不予处罚决定书印四个方框；记录里写了的结果和情形没有用上",
    (("行政处罚法", "33"), ("行政处罚法", "57", "1"), ("行政处罚法", "59", "1")),
)
BOTH = (FATHER, MOTHER)
FILED = OVERDUE + (
    "- {日期: 2026-03-27, 事项: 立案, 文号: 青政罚立〔2026〕1号, 承办人: [普文清, 段晓岚]}\n"
    "- {日期: 2026-03-30, 事项: 询问, 对象: 李桂仙, 承办人: [普文清, 段晓岚], "
    "结果: 一直住院，多次打电话让孩子上学}\n"
    "- {日期: 2026-03-31, 事项: 询问, 对象: 普正华, 承办人: [普文清, 段晓岚], 结果: 不想让孩子读了}\n"
)
BACK = "- {日期: 2026-04-01, 事项: 返校, 方式: 回原班}\n"


def concluded(result: str, who: str = FATHER, more: str = "") -> str:
    return FILED + (
        f"- {{日期: 2026-04-02, 事项: 调查终结, 对象: {who}, 结果: {result}{more}, "
        "承办人: [普文清, 段晓岚]}\n"
    )


def report(history: str, who: str = FATHER, reason: str = "") -> str:
    made = papers("2026-04-02", history, "investigation-report", guardians=BOTH, reason=reason)
    return next(text for name, text in made.items() if who in name)


def proposal(text: str) -> str:
    return section(text, "八、处理建议")


def section(text: str, heading: str) -> str:
    return text.split(f"{heading}\n")[1].split("\n", maxsplit=1)[0]


def spared(ground: str, back: str = "", reason: str = "一直住院，多次打电话让孩子上学") -> str:
    return (
        FILED
        + back
        + (
            f"- {{日期: 2026-04-03, 事项: 不予处罚, 对象: 李桂仙, 原因: {reason}, {ground}"
            "文号: 青政不罚〔2026〕1号, 承办人: [普文清, 段晓岚]}\n"
        )
    )


def decision(history: str, mother: str = MOTHER) -> str:
    both = (FATHER, mother)
    made = papers("2026-04-03", history, "no-penalty-decision", guardians=both)
    return next(text for name, text in made.items() if MOTHER in name and "送达" not in name)


def test_a_report_that_spares_does_not_propose_a_fine() -> None:
    """The finding's example."""
    text = proposal(report(concluded("建议不予处罚", more=", 法定情形: 没有主观过错")))
    assert "不予行政处罚" in text
    assert "《中华人民共和国行政处罚法》第三十三条第二款" in text
    assert "罚款" not in text


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("建议处罚, 金额: 500", "对普正华处以罚款500元（大写：伍佰元整）"),
        ("建议撤销案件, 原因: 孩子已经转学", "孩子已经转学，建议撤销对普正华的案件。"),
        ("建议移送, 机关: 云岭县公安局", "建议将普正华的案件移送云岭县公安局处理。"),
    ],
)
def test_a_report_follows_what_was_concluded(more: str, said: str) -> None:
    assert said in proposal(report(concluded(more)))


def test_what_was_not_concluded_stays_open() -> None:
    history = FILED + "- {日期: 2026-04-02, 事项: 调查终结, 承办人: [普文清, 段晓岚]}\n"
    assert proposal(report(history)) == "建议："


def test_two_reports_of_one_investigation_differ_where_the_record_does() -> None:
    history = concluded("建议处罚, 金额: 500") + (
        "- {日期: 2026-04-02, 事项: 调查终结, 对象: 李桂仙, 结果: 建议不予处罚, "
        "法定情形: 没有主观过错, 承办人: [普文清, 段晓岚]}\n"
    )
    assert "罚款500元" in proposal(report(history))
    assert "不予行政处罚" in proposal(report(history, MOTHER))
    said = "五、当事人的说法"
    assert "不想让孩子读了" in section(report(history), said)
    assert "一直住院，多次打电话让孩子上学" in section(report(history, MOTHER), said)


@pytest.mark.parametrize(
    ("ground", "back", "articles"),
    [
        ("轻微并及时改正", BACK, "第三十三条第一款、第五十七条第一款第（二）项"),
        ("初次违法轻微并及时改正", BACK, "第三十三条第一款、第五十七条第一款第（二）项"),
        ("没有主观过错", "", "第三十三条第二款"),
        ("不能辨认或者控制行为", "", "第三十一条"),
        ("违法事实不能成立", "", "第五十七条第一款第（三）项"),
    ],
)
def test_the_decision_prints_the_one_ground_with_its_article(
    ground: str, back: str, articles: str
) -> None:
    ill = PEOPLE[MOTHER].replace("住址", "监护状况: 限制民事行为能力, 住址")
    mother = ill if ground == "不能辨认或者控制行为" else MOTHER
    text = decision(spared(f"法定情形: {ground}, ", back), mother)
    assert f"{articles}，本机关决定对李桂仙不予行政处罚。" in text
    assert "□" not in text
    assert "另查明，李桂仙有下列情况：一直住院，多次打电话让孩子上学。" in text
    assert ("没有正当理由" in text) == (ground != "违法事实不能成立")


@pytest.mark.parametrize(
    ("placed", "says", "asks"),
    [
        ("回原班", "2026年4月1日，普云飞已返校。", "按时到校"),
        ("转学", "2026年4月1日，普云飞已转学。", "按时到校"),
        ("职业学校", "2026年4月1日，普云飞已到职业学校就读。", "按时到校"),
        ("送教上门", "2026年4月1日，普云飞已由学校送教上门。", "请配合学校对普云飞送教上门"),
    ],
)
def test_who_was_placed_elsewhere_is_not_said_to_be_back(placed: str, says: str, asks: str) -> None:
    back = f"- {{日期: 2026-04-01, 事项: 返校, 安置: {placed}}}\n"
    text = decision(spared("法定情形: 没有主观过错, ", back), MOTHER)
    assert says in text and asks in text


def test_without_a_ground_the_officer_is_asked() -> None:
    told = spared("")
    asked = may("no-penalty-decision", "2026-04-03", told, MOTHER, guardians=BOTH)
    assert asked.verdict == "须说明理由"
    assert "PROC291" in codes(asked)


def test_correction_needs_a_return() -> None:
    told = spared("法定情形: 轻微并及时改正, ")
    asked = may("no-penalty-decision", "2026-04-03", told, MOTHER, guardians=BOTH)
    assert "PROC292" in codes(asked)
    back = spared("法定情形: 轻微并及时改正, ", BACK)
    allowed = may("no-penalty-decision", "2026-04-03", back, MOTHER, guardians=BOTH)
    assert "PROC292" not in codes(allowed)


def test_an_old_file_is_told_how_to_write_it() -> None:
    _, problems = read(concluded("对父亲罚款，对母亲不予处罚"), guardians=BOTH)
    (problem,) = errors(problems)
    assert problem.code == "CASE042"
    assert "每人写一条，写明对象" in problem.hint


def test_a_notice_after_a_proposal_to_fine_stays_allowed() -> None:
    """A proposal binds nobody: the head decides."""
    for result in ("建议处罚", "建议不予处罚"):
        asked = may("penalty-notice", "2026-04-07", concluded(result), guardians=BOTH)
        assert asked.verdict in ("通过", "提醒"), result
    assert may("penalty-decision", "2026-04-20", TOLD).verdict in ("通过", "提醒")


def told(history: str, folder: Path) -> tuple[list[str], list[str]]:
    """What ``check`` and ``next`` say of the ground, by the words of the reminder."""
    path = workspace(folder, text=case_text(history, guardians=BOTH))
    day = date(2026, 4, 7)
    checked = check_files([path], day)
    (case,) = outlooks([path], day, day, judged=True).cases
    said = ([one.message for one in found] for found in (checked, case.problems))
    first, second = ([text for text in texts if "却没有返校" in text] for texts in said)
    return first, second


def test_spared_for_having_mended_without_a_return_check_and_next_say_so(tmp_path: Path) -> None:
    checked, offered = told(spared("法定情形: 轻微并及时改正, "), tmp_path)
    assert len(checked) == len(offered) == 1
    assert "李桂仙" in checked[0] and "《行政处罚法》第三十三条" in offered[0]


@pytest.mark.parametrize(
    ("ground", "back"),
    [("法定情形: 轻微并及时改正, ", BACK), ("法定情形: 没有主观过错, ", "")],
)
def test_back_in_time_or_without_fault_nobody_is_reminded(
    ground: str, back: str, tmp_path: Path
) -> None:
    assert told(spared(ground, back), tmp_path) == ([], [])
