"""A call or a complaint about a child opens the matter: somebody looks, and the school writes."""

from datetime import date

import pytest

from kcbx_docs.record.gaps import gaps
from tests.kinds import Kind
from tests.kinds.world import ABSENT, OVERDUE, SERVED, codes, docket, may, offered, papers, standing

KIND = Kind(
    "接到线索以后",
    "群众举报、村里来电话说孩子没有上学，案件里没有地方写，`next` 也不说下一步做什么",
    (
        ("未成年人保护法", "11", "3"),
        ("未成年人保护法", "28", "2"),
        ("义务教育法", "13", "1"),
    ),
)
CALL = "- {日期: 2026-03-10, 事项: 接到线索, 来源: 群众, 方式: 电话, 内容: 白沙村有个孩子一学期没去上学}\n"
LOOKED = "- {日期: 2026-03-12, 事项: 核查, 结果: 未返校, 方式: 上门, 承办人: [普文清, 段晓岚]}\n"
VISIT = "- {日期: 2026-03-16, 事项: 劝返, 方式: 家访, 承办人: 施文, 结果: 拒绝}\n"
FIRST = "- {日期: 2026-03-02, 事项: 首次缺课}\n"
REPORT = "- {日期: 2026-03-18, 事项: 书面报告, 对象: [云岭县教育体育局, 云岭县青石镇人民政府]}\n"
TOLD = FIRST + CALL + LOOKED


def reminded(day: str, history: str) -> list[str]:
    found = gaps(docket(history), date.fromisoformat(day))
    return [one.message for one in found if one.code == "PROC462"]


def test_a_call_asks_for_a_look_and_for_the_report_of_the_school() -> None:
    (said,) = reminded("2026-03-11", CALL)
    assert "群众" in said and "没有核查" in said and "没有学校的书面报告" in said
    told = standing("2026-03-11", CALL)
    assert any("请学校劝返" in note for note in told.notes)
    assert any("告知反映的人" in note for note in told.notes)
    assert "lead" in offered("2026-03-11", CALL)


def test_looked_at_only_the_report_is_missing() -> None:
    (said,) = reminded("2026-03-13", CALL + LOOKED)
    assert "没有学校的书面报告" in said and "没有核查" not in said
    assert "没有写从哪一天起缺课" in said
    notes = standing("2026-03-13", TOLD).notes
    assert any("kcbx new 公文" in note for note in notes)
    assert not any("首次缺课" in note for note in notes)


@pytest.mark.parametrize(
    "history",
    [
        TOLD + VISIT + REPORT,
        FIRST + CALL + "- {日期: 2026-03-12, 事项: 核查, 结果: 已返校, 承办人: [普文清, 段晓岚]}\n",
        CALL + "- {日期: 2026-03-12, 事项: 核查, 结果: 已返校, 承办人: [普文清, 段晓岚]}\n",
        ABSENT + CALL + LOOKED,
        OVERDUE.replace("- {日期: 2026-03-12", CALL + "- {日期: 2026-03-12"),
        ABSENT,
    ],
    ids=["报告了", "已经返校", "没有缺课", "早就报告过", "已经责令", "没有线索"],
)
def test_who_was_followed_is_not_reminded_of(history: str) -> None:
    assert reminded("2026-03-30", history) == []


def test_the_report_is_no_condition_of_an_order() -> None:
    """What was heard by telephone may be ordered upon all the same, once somebody looked."""
    answer = may("order-to-correct", "2026-03-18", TOLD + VISIT)
    assert codes(answer, "禁止") == [] and "PROC221" not in codes(answer, "须说明理由")


def test_the_look_is_recorded_as_one_at_the_lead_and_not_at_an_order() -> None:
    assert codes(may("check-record", "2026-03-12", TOLD)) == []
    (text,) = papers("2026-03-12", TOLD, "check-record").values()
    assert "2026年3月10日接到群众反映：白沙村有个孩子一学期没去上学" in text
    assert "核查的责令" not in text


def test_the_look_before_the_order_is_no_check_after_it() -> None:
    """After the deadline somebody looks again; the record of that is the single next step."""
    history = SERVED.replace("- {日期: 2026-03-12", CALL + LOOKED + "- {日期: 2026-03-12", 1)
    after = standing("2026-03-24", history).option("check")
    assert after is not None and after.following
    (text,) = papers("2026-03-25", OVERDUE, "check-record").values()
    assert "核查的责令" in text and "核查的线索" not in text
