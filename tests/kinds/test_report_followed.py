"""What is decided otherwise than the officers reported is decided knowingly; what an officer
confirmed does not go against the record.
"""

from datetime import date

import pytest

from kcbx_docs.record.contradictions import contradictions
from tests.kinds import Kind
from tests.kinds.world import DECIDED, PEOPLE, TOLD, codes, docket, may

KIND = Kind(
    "与调查报告、核实一致",
    "调查报告建议不予处罚，却照样告知、处罚；没有依据就写不能辨认自己的行为；核实和经过矛盾",
    (
        ("xingzheng-chufa-fa", "57", "1"),
        ("xingzheng-chufa-fa", "31"),
        ("xingzheng-qiangzhi-fa", "55", "1"),
    ),
)
REPORT = "- {{日期: 2026-04-02, 事项: 调查终结, 对象: 普正华, 承办人: [普文清, 段晓岚], 结果: {result}}}\n"
CONFIRMED = (
    "- {{日期: 2026-11-04, 事项: 核实, 对象: 普正华, 查明: [{what}], 承办人: [普文清, 段晓岚]}}\n"
)
REVIEWED = "- {日期: 2026-05-06, 事项: 申请行政复议, 对象: 普正华, 机关: 云岭县人民政府}\n- {日期: 2026-06-30, 事项: 复议决定, 对象: 普正华, 结果: 维持, 机关: 云岭县人民政府}\n"


def reported(result: str) -> str:
    filed, told = TOLD.split("- {日期: 2026-04-07", 1)
    return filed + REPORT.format(result=result) + "- {日期: 2026-04-07" + told


@pytest.mark.parametrize(
    ("result", "told"),
    [
        ("建议不予处罚", True),
        ("建议移送", True),
        ("建议撤销案件", True),
        ("建议处罚, 金额: 600", False),
    ],
)
@pytest.mark.parametrize(
    ("document", "day"), [("penalty-notice", "2026-04-07"), ("penalty-decision", "2026-04-16")]
)
def test_another_outcome_than_reported_is_told(document, day, result, told) -> None:
    answer = may(document, day, reported(result))
    assert ("PROC433" in codes(answer, "提醒")) is told
    assert answer.verdict in ("通过", "提醒")


@pytest.mark.parametrize(("fine", "told"), [("500", True), ("600", False)])
def test_another_amount_than_reported_is_told(fine: str, *, told: bool) -> None:
    answer = may("penalty-notice", "2026-04-07", reported(f"建议处罚, 金额: {fine}"))
    assert ("PROC435" in codes(answer, "提醒")) is told


@pytest.mark.parametrize(
    ("condition", "asked"),
    [("", True), ("监护状况: 无民事行为能力, 监护状况日期: 2026-01-20, ", False)],
    ids=["没有写", "写明"],
)
def test_incapacity_is_in_the_file(condition: str, *, asked: bool) -> None:
    father = PEOPLE["普正华"].replace("住址", condition + "住址")
    history = (
        TOLD
        + "- {日期: 2026-04-16, 事项: 不予处罚, 对象: 普正华, 原因: 患病, 法定情形: 不能辨认或者控制行为}\n"
    )
    answer = may("no-penalty-decision", "2026-04-16", history, guardians=(father,))
    assert ("PROC434" in codes(answer, "须说明理由")) is asked


@pytest.mark.parametrize(
    ("history", "what", "wrong"),
    [
        (REVIEWED, "没有申请行政复议", True),
        (REVIEWED, "没有提起行政诉讼", False),
        ("", "没有申请行政复议", False),
        (
            REVIEWED.replace("2026-05-06", "2026-11-05").replace("2026-06-30", "2026-11-06"),
            "没有申请行政复议",
            False,
        ),
    ],
    ids=["申请过复议", "没有起诉过", "没有复议过", "核实以后才申请"],
)
def test_what_the_record_holds_cannot_be_confirmed_as_undone(history, what, wrong) -> None:
    read = docket(DECIDED + history + CONFIRMED.format(what=what))
    found = [p for p in contradictions(read, date(2026, 11, 10)) if p.code == "PROC437"]
    assert bool(found) is wrong
    assert all("第 " in p.message and p.place.line for p in found)


def test_a_defence_after_the_notice_refutes_its_silence() -> None:
    filed, decided = DECIDED.split("- {日期: 2026-04-17", 1)
    defence = "- {日期: 2026-04-10, 事项: 陈述申辩, 对象: 普正华, 内容: 家里困难, 结果: 不采纳}\n"
    history = filed + defence + "- {日期: 2026-04-17" + decided
    read = docket(history + CONFIRMED.format(what="没有陈述申辩, 没有提起行政诉讼"))
    found = [p for p in contradictions(read, date(2026, 11, 10)) if p.code == "PROC437"]
    assert len(found) == 1
