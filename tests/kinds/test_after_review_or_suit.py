"""After a review or a suit it is somebody else's decision that is enforced, and by somebody else."""

import pytest

from kcbx_docs.procedure.standing import stand
from tests.kinds import Kind
from tests.kinds.world import DECIDED, OVERDUE, codes, date, docket, may, standing

KIND = Kind(
    "复议、诉讼以后的执行",
    "复议变更、调解，法院判决以后，仍由乡镇以原来的名义催告、申请；判决以后仍算起诉期限；"
    "确认违法当作撤销；对当场处罚直接起诉",
    (
        ("行政复议法", "65", "1"),
        ("行政诉讼法", "74", "1"),
        ("行政诉讼法", "97"),
        ("行诉解释", "60", "1"),
        ("行诉解释", "69", "1", "5"),
        ("行诉解释", "69", "1", "6"),
        ("行政复议法", "78"),
        ("行政复议法", "23", "1"),
        ("行政诉讼法", "95"),
        ("行政强制法", "57"),
    ),
)
REVIEW = "- {日期: 2026-05-06, 事项: 申请行政复议, 对象: 普正华, 机关: 云岭县人民政府}\n"
ENDED = (
    "- {{日期: 2026-06-30, 事项: 复议决定, 对象: 普正华, 结果: {result}, 机关: 云岭县人民政府}}\n"
)
SUIT = "- {日期: 2026-05-06, 事项: 提起行政诉讼, 对象: 普正华, 法院: 云岭县人民法院}\n"
JUDGED = (
    "- {{日期: 2026-06-30, 事项: 行政判决, 对象: 普正华, 结果: {result}, 法院: 云岭县人民法院}}\n"
)
SPOT = OVERDUE + (
    "- {日期: 2026-03-27, 事项: 当场处罚, 对象: 普正华, 文书: 当场行政处罚决定书,"
    " 文号: 青政当罚〔2026〕1号, 金额: 200, 承办人: [普文清, 段晓岚]}\n"
)
LATER = "2026-08-03"
DEMANDED = (
    "- {日期: 2026-08-03, 事项: 催告, 对象: 普正华, 文书: 催告书, 文号: 青政催〔2026〕1号, 金额: 300}\n"
    "- {日期: 2026-08-03, 事项: 送达, 文书: 催告书, 文号: 青政催〔2026〕1号, 对象: 普正华, 方式: 直接, 承办人: [普文清, 段晓岚]}\n"
)
APPLIED = DEMANDED.replace("2026-08-03", "2026-10-08") + (
    "- {日期: 2026-10-26, 事项: 申请强制执行, 对象: 普正华, 法院: 云岭县人民法院}\n"
    "- {日期: 2026-10-28, 事项: 法院受理, 对象: 普正华, 结果: 受理, 法院: 云岭县人民法院}\n"
)


def reviewed(result: str, amount: str = "") -> str:
    return DECIDED + REVIEW + ENDED.format(result=result).replace("}", f"{amount}}}")


@pytest.mark.parametrize(
    ("result", "verdict"),
    [
        ("变更, 金额: 300", "须说明理由"),
        ("调解, 金额: 300", "须说明理由"),
        ("维持", "提醒"),
        ("驳回", "提醒"),
        ("不予受理", "提醒"),
        ("撤销", "禁止"),
        ("确认违法", "须说明理由"),
    ],
)
def test_who_may_demand_after_a_review(result: str, verdict: str) -> None:
    answer = may("demand-letter", LATER, reviewed(result))
    assert answer.verdict in ((verdict, "通过") if verdict == "提醒" else (verdict,))


@pytest.mark.parametrize("result", ["变更, 金额: 300", "调解, 金额: 300"])
def test_the_town_does_not_apply_for_what_the_review_decided(result: str) -> None:
    history = reviewed(result) + DEMANDED
    assert "PROC427" in codes(may("enforcement-application", "2026-08-20", history), "禁止")


def test_what_was_upheld_is_ours_to_apply_for() -> None:
    answer = may("enforcement-application", "2026-08-20", reviewed("维持") + DEMANDED)
    assert codes(answer, "禁止") == []
    assert "PROC427" not in codes(answer)


@pytest.mark.parametrize(
    ("result", "found"),
    [
        ("变更, 金额: 300", True),
        ("调解, 金额: 300", True),
        ("驳回诉讼请求", True),
        ("撤诉", False),
        ("驳回起诉", False),
    ],
)
def test_a_judgment_is_enforced_as_a_judgment(result: str, *, found: bool) -> None:
    answer = may("demand-letter", LATER, DECIDED + SUIT + JUDGED.format(result=result))
    assert ("PROC304" in codes(answer, "须说明理由")) == found


EFFECTIVE = JUDGED.replace("}}\n", ", 生效日期: 2026-07-16}}\n")
ENDINGS = ["驳回诉讼请求", "变更, 金额: 300", "调解, 金额: 300", "撤诉", "确认违法"]


def sued(result: str) -> str:
    return DECIDED + SUIT + EFFECTIVE.format(result=result)


@pytest.mark.parametrize("result", ENDINGS)
def test_after_a_suit_that_ended_no_second_one_is_waited_for(result: str) -> None:
    assert "提起行政诉讼" not in due(LATER, sued(result))
    answer = may("enforcement-application", "2026-08-20", sued(result) + DEMANDED)
    assert (answer.verdict, codes(answer, "禁止")) == ("须说明理由", [])


def test_after_a_dismissal_for_want_of_form_the_period_still_runs() -> None:
    assert due(LATER, sued("驳回起诉"))["提起行政诉讼"] == "2026-10-19"
    answer = may("enforcement-application", "2026-08-20", sued("驳回起诉") + DEMANDED)
    assert "PROC313" in codes(answer, "禁止")


def test_after_a_withdrawn_suit_nobody_knows_the_office_s_own_period() -> None:
    assert "申请法院强制执行" not in due(LATER, sued("撤诉"))
    assert "PROC451" in codes(may("demand-letter", LATER, sued("撤诉")), "须说明理由")


@pytest.mark.parametrize(("day", "open_"), [("2026-07-15", True), ("2026-07-16", False)])
def test_until_a_judgment_takes_effect_the_suit_is_open(day: str, *, open_: bool) -> None:
    told = standing(day, sued("驳回诉讼请求"))
    assert (told.state == "复议诉讼中") == open_


@pytest.mark.parametrize("history", [sued("确认违法"), reviewed("确认违法")])
def test_found_unlawful_is_not_annulled(history: str) -> None:
    told = standing(LATER, history)
    assert told.state == "逾期未缴"
    assert any("确认违法，没有撤销" in note for note in told.notes)
    assert codes(may("demand-letter", LATER, history), "禁止") == []
    assert "PROC450" in codes(may("demand-letter", LATER, history), "须说明理由")


@pytest.mark.parametrize("history", [sued("撤销"), reviewed("撤销")])
def test_annulled_stays_annulled(history: str) -> None:
    assert standing(LATER, history).state == "处罚已撤销"
    assert "PROC302" in codes(may("demand-letter", LATER, history), "禁止")


SKIPPED = SPOT + "- {日期: 2026-03-30, 事项: 提起行政诉讼, 对象: 普正华, 法院: 云岭县人民法院}\n"
DISMISSED = SKIPPED + (
    "- {日期: 2026-04-10, 事项: 行政判决, 对象: 普正华, 结果: 驳回起诉, 法院: 云岭县人民法院}\n"
)


def test_a_spot_fine_sued_at_once_is_told_to_go_to_review() -> None:
    """The review may be asked for until 26 May, also after the court refused the suit."""
    said = {one.code: one.message for one in stand(docket(SKIPPED), date(2026, 4, 1)).problems}
    assert "《行政复议法》第二十三条第一款第（一）项" in said["PROC453"]
    found = due("2026-04-21", DISMISSED)
    assert "提起行政诉讼" not in found
    assert found["申请行政复议"] == "2026-05-26"
    assert "PROC317" not in codes(may("demand-letter", "2026-04-21", DISMISSED))


def test_an_ordinary_fine_may_be_sued_without_that_word() -> None:
    said = [one.code for one in stand(docket(DECIDED + SUIT), date(2026, 5, 7)).problems]
    assert "PROC453" not in said


def due(day: str, history: str) -> dict[str, str]:
    return {one.what: str(one.by) for one in standing(day, history).due}


def test_no_direct_suit_against_a_fine_on_the_spot() -> None:
    found = due("2026-03-30", SPOT)
    assert "提起行政诉讼" not in found
    assert found["申请行政复议"] == "2026-05-26"


def test_after_the_review_of_a_spot_fine_there_are_fifteen_days() -> None:
    """Upheld on 30 April: until 15 May."""
    ended = ENDED.format(result="维持").replace("2026-06-30", "2026-04-30")
    history = SPOT + REVIEW.replace("2026-05-06", "2026-04-01") + ended
    assert due("2026-05-06", history)["提起行政诉讼"] == "2026-05-15"


def test_a_review_that_was_withdrawn_opens_no_suit() -> None:
    ended = ENDED.format(result="终止").replace("2026-06-30", "2026-04-30")
    history = SPOT + REVIEW.replace("2026-05-06", "2026-04-01") + ended
    assert "提起行政诉讼" not in due("2026-05-06", history)


def test_an_ordinary_fine_may_be_taken_to_court_at_once() -> None:
    """Six months end on a Saturday."""
    assert due("2026-04-20", DECIDED)["提起行政诉讼"] == "2026-10-19"


def test_the_court_rules_in_seven_working_days() -> None:
    """Taken up on Wednesday 28 October: until Friday 6 November."""
    assert due("2026-10-30", DECIDED + APPLIED)["法院裁定"] == "2026-11-06"
