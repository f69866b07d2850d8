"""What a file does not say did not therefore not happen: an officer looks it up for the court."""

from datetime import date

import pytest

from kcbx_docs.record.confirmed import confirmed_of
from kcbx_docs.record.gaps import gaps
from tests.kinds import Kind
from tests.kinds.world import DECIDED, OVERDUE, TOLD, codes, docket, may, papers, standing

KIND = Kind(
    "沉默要有人核实",
    "申请书、决定书从经过里没有记载推出没有申辩、没有要求听证、没有复议、没有起诉",
    (("行政强制法", "53"), ("行政强制法", "55", "1"), ("行政处罚法", "72", "2")),
)
DEMANDED = DECIDED + (
    "- {日期: 2026-09-21, 事项: 催告, 对象: 普正华, 文号: 青政催〔2026〕1号}\n"
    "- {日期: 2026-09-21, 事项: 送达, 文书: 催告书, 文号: 青政催〔2026〕1号, 对象: 普正华, "
    "方式: 直接, 承办人: [普文清, 段晓岚]}\n"
)
"""The suit period ends on 2026-10-17, a Saturday: suits may come until Monday the 19th."""
ALL = "没有陈述申辩, 催告后没有陈述申辩, 没有申请行政复议, 没有提起行政诉讼"
DAY = "2026-10-21"


def looked_up(what: str = ALL, day: str = "2026-10-20", history: str = DEMANDED) -> str:
    return history + (
        f"- {{日期: {day}, 事项: 核实, 对象: 普正华, 查明: [{what}], 承办人: [普文清, 段晓岚]}}\n"
    )


def application(history: str, reason: str = "") -> str:
    made = papers(DAY, history, "enforcement-application", reason=reason)
    return next(text for name, text in made.items() if "强制执行申请书" in name)


def test_what_nobody_looked_up_is_asked_for_and_not_said() -> None:
    asked = may("enforcement-application", DAY, DEMANDED)
    assert "PROC294" in codes(asked, "须说明理由")
    text = application(DEMANDED, reason="普文清：签名以前核对")
    assert "没有申请行政复议，也没有提起行政诉讼" not in text
    assert "没有提出陈述、申辩" not in text


def test_what_was_looked_up_is_said() -> None:
    assert "PROC294" not in codes(may("enforcement-application", DAY, looked_up()))
    text = application(looked_up())
    assert "经核实，被申请人在法定期限内没有申请行政复议，也没有提起行政诉讼" in text
    assert "经核实，收到催告书以后，被申请人没有提出陈述、申辩" in text


def test_looked_up_before_the_time_was_over_it_proves_nothing() -> None:
    early = looked_up(day="2026-10-19")
    (found,) = [
        f for f in may("enforcement-application", DAY, early).findings if f.code == "PROC294"
    ]
    assert "没有提起行政诉讼" in found.reason
    assert "没有陈述申辩" not in found.reason


@pytest.mark.parametrize("left_out", ALL.split(", "))
def test_each_silence_is_looked_up_by_itself(left_out: str) -> None:
    rest = ", ".join(one for one in ALL.split(", ") if one != left_out)
    asked = may("enforcement-application", DAY, looked_up(rest))
    (found,) = [f for f in asked.findings if f.code == "PROC294"]
    assert left_out in found.reason


def test_who_defended_himself_needs_no_confirmation_of_it() -> None:
    said = DECIDED.replace(
        "- {日期: 2026-04-17, 事项: 处罚决定",
        "- {日期: 2026-04-10, 事项: 陈述申辩, 对象: 普正华, 内容: 家里困难, 结果: 不采纳, 备注: 有资助}\n"
        "- {日期: 2026-04-17, 事项: 处罚决定",
    )
    demand = DEMANDED.removeprefix(DECIDED)
    known = looked_up(ALL.removeprefix("没有陈述申辩, "), history=said + demand)
    assert "PROC294" not in codes(may("enforcement-application", DAY, known))


def test_the_court_is_asked_for_a_ruling_on_the_money_and_told_of_the_rest() -> None:
    text = application(looked_up())
    assert "请求裁定准予强制执行" in text
    assert "第二项责令被申请人将普云飞送到学校接受义务教育" in text
    assert "不是金钱给付，本次不申请强制执行" in text


def extended(until: str) -> str:
    grant = (
        f"- {{日期: 2026-04-28, 事项: 批准延期分期, 对象: 普正华, 期限: {until}, "
        "文号: 青政罚延〔2026〕1号, 承办人: [普文清, 段晓岚]}\n"
    )
    return looked_up(history=DECIDED + grant + DEMANDED.removeprefix(DECIDED))


def test_the_months_are_argued_from_the_end_of_a_deferral() -> None:
    text = application(extended("2026-07-31"))
    assert (
        "第七十二条第二款，申请强制执行的期限自批准的期限结束之日起计算，至2026年10月31日届满"
        in text
    )
    assert "按照任何一种计算，本申请都在法定期限内提出" in text


def test_where_the_two_ways_to_count_differ_the_officer_is_asked() -> None:
    asked = may("enforcement-application", "2026-11-03", extended("2026-07-31"))
    assert "PROC295" in codes(asked, "须说明理由")
    allowed = may("enforcement-application", "2026-10-30", extended("2026-07-31"))
    assert "PROC295" not in codes(allowed)


def test_a_deferral_that_left_no_room_before_the_suit_period_ended_asks_nothing() -> None:
    asked = may("enforcement-application", DAY, extended("2026-06-30"))
    assert "PROC295" not in codes(asked)


SILENT = ("没有提出陈述、申辩", "没有要求听证")


def decision(history: str) -> str:
    made = papers("2026-04-17", history, "penalty-decision")
    return next(text for name, text in made.items() if "送达回证" not in name)


@pytest.mark.parametrize(
    ("confirmed", "said"),
    [
        ("", ()),
        ("没有陈述申辩", SILENT[:1]),
        ("没有要求听证", SILENT[1:]),
        ("没有陈述申辩, 没有要求听证", SILENT),
    ],
)
def test_a_decision_says_of_silence_what_was_looked_up(confirmed: str, said: tuple) -> None:
    history = looked_up(confirmed, "2026-04-16", TOLD) if confirmed else TOLD
    text = decision(history)
    assert tuple(words for words in SILENT if words in text) == said
    assert ("陈述、申辩情况：" in text) is (SILENT[0] not in said)
    assert ("听证情况：" in text) is (SILENT[1] not in said)


def test_looked_up_on_the_last_day_the_decision_does_not_say_it() -> None:
    text = decision(looked_up("没有陈述申辩, 没有要求听证", "2026-04-15", TOLD))
    assert not any(words in text for words in SILENT)


def test_a_decision_still_tells_the_defence_that_was_made() -> None:
    said = TOLD + (
        "- {日期: 2026-04-10, 事项: 陈述申辩, 对象: 普正华, 内容: 家里困难, 结果: 不采纳, 备注: 有资助}\n"
    )
    text = decision(said)
    assert "2026年4月10日，当事人提出陈述、申辩：家里困难" in text
    assert "陈述、申辩情况：" not in text


def test_silence_after_papers_that_were_never_made_is_no_silence() -> None:
    day = date.fromisoformat(DAY)
    early = docket(looked_up(history=OVERDUE))
    assert confirmed_of(early.progress(early.case.guardians[0], day)) == {}
    late = docket(looked_up())
    assert set(confirmed_of(late.progress(late.case.guardians[0], day))) == set(ALL.split(", "))


LINE = "- {日期: 2026-04-17, 事项: 核实, 对象: 普正华, 查明: [没有陈述申辩, 没有要求听证], 承办人: [查明的人]}"


def reminded(day: str, history: str) -> list[str]:
    """What ``kcbx check`` says of silences on a day: each with the line to be written."""
    found = gaps(docket(history), date.fromisoformat(day))
    return [one.message + one.hint for one in found if one.code == "PROC458"]


def test_check_says_before_the_decision_what_to_look_up_and_how_to_write_it() -> None:
    (said,) = reminded("2026-04-17", TOLD)
    assert "《行政处罚决定书》" in said and LINE in said
    written = LINE.replace("[查明的人]", "[普文清, 段晓岚]")
    assert reminded("2026-04-17", TOLD + written + "\n") == []


def test_next_says_it_with_the_decision_and_lets_it_be_made() -> None:
    decision = standing("2026-04-17", TOLD).option("decision")
    assert decision is not None and decision.open
    (found,) = [f for f in decision.findings if f.code == "PROC458"]
    assert found.verdict == "提醒" and LINE in found.hint


@pytest.mark.parametrize(
    ("day", "more"),
    [
        ("2026-04-15", ""),
        ("2026-04-17", "- {日期: 2026-04-10, 事项: 要求听证, 对象: 普正华}\n"),
        ("2026-04-30", DECIDED.removeprefix(TOLD)),
    ],
)
def test_nothing_is_asked_before_the_time_is_over_nor_after_the_decision(
    day: str, more: str
) -> None:
    assert reminded(day, TOLD + more) == []


def test_of_a_defence_that_was_made_only_the_hearing_is_asked() -> None:
    said = "- {日期: 2026-04-10, 事项: 陈述申辩, 对象: 普正华, 内容: 家里困难, 结果: 不采纳, 备注: 有资助}\n"
    (told,) = reminded("2026-04-17", TOLD + said)
    assert "查明: [没有要求听证]" in told


def test_before_the_court_check_asks_for_all_that_the_application_would_say() -> None:
    (told,) = reminded(DAY, DEMANDED)
    assert "《强制执行申请书》" in told and f"查明: [{ALL}]" in told
    assert reminded("2026-10-19", DEMANDED) == []
    assert reminded(DAY, looked_up()) == []
