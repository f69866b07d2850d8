"""The day on which the decision of a review was received is a fact, not the day of its making."""

import pytest

from tests.kinds.page import Kind
from tests.kinds.world import DECIDED, checked, codes, may, papers

KIND = Kind(
    "哪一天收到复议决定",
    "复议决定七月二十日作出，没有写哪天送达，申请书写成当天收到，起诉期从当天起算",
    (
        ("xingzheng-susong-fa", "45"),
        ("xingzheng-fuyi-fa", "75", "2"),
        ("xingzheng-qiangzhi-fa", "53"),
    ),
)
APPLICATION = "enforcement-application"


def reviewed(result: str = "维持", more: str = "") -> str:
    """Tell of a demand, and of a review of the fine that came to a result."""
    how = "对象: 普正华, 方式: 直接, 承办人: [普文清, 段晓岚]"
    return DECIDED + (
        "- {日期: 2026-05-15, 事项: 催告, 对象: 普正华, 文书: 催告书, 文号: 青政催〔2026〕1号}\n"
        f"- {{日期: 2026-05-15, 事项: 送达, 文书: 催告书, 文号: 青政催〔2026〕1号, {how}}}\n"
        "- {日期: 2026-06-10, 事项: 申请行政复议, 对象: 普正华, 机关: 云岭县人民政府}\n"
        f"- {{日期: 2026-07-20, 事项: 复议决定, 对象: 普正华, 结果: {result}, "
        f"机关: 云岭县人民政府{more}}}\n"
    )


@pytest.mark.parametrize("result", ["维持", "驳回", "确认违法"])
def test_without_the_day_of_receipt_the_court_is_not_asked_in_silence(result: str) -> None:
    assert "PROC505" in codes(may(APPLICATION, "2026-08-05", reviewed(result)), "须说明理由")
    assert "PROC506" in {one.code for one in checked("2026-08-05", reviewed(result))}


def test_the_paper_leaves_the_day_blank() -> None:
    made = papers("2026-08-05", reviewed(), APPLICATION, reason="已经问过")
    text = "\n".join(made.values())
    assert "收到行政复议决定" not in text
    assert "行政复议机关于2026年7月20日作出行政复议决定（维持）" in text


def test_with_it_the_fifteen_days_run_from_there() -> None:
    dated = reviewed(more=", 生效日期: 2026-07-28")
    assert "PROC313" in codes(may(APPLICATION, "2026-08-12", dated), "禁止")
    assert not {"PROC313", "PROC505"} & {*codes(may(APPLICATION, "2026-08-13", dated))}
    text = "\n".join(papers("2026-08-13", dated, APPLICATION, reason="已经问过").values())
    assert "2026年7月28日收到" in text


@pytest.mark.parametrize("result", ["撤销", "不予受理", "终止"])
def test_other_ends_ask_for_nothing(result: str) -> None:
    assert "PROC505" not in codes(may(APPLICATION, "2026-08-05", reviewed(result)))


def test_what_a_review_changed_is_enforced_by_the_organ_for_review() -> None:
    """A demand that is made with a reason threatens nothing that the office may not do."""
    changed = reviewed("变更", ", 金额: 400, 生效日期: 2026-07-21").replace(
        "2026-05-15", "2026-08-20"
    )
    text = "\n".join(papers("2026-08-20", changed, "demand-letter", reason="先催告").values())
    assert "由行政复议机关依照《中华人民共和国行政复议法》强制执行" in text or (
        "由行政复议机关依照《行政复议法》强制执行" in text
    )
    assert "本机关将依照" not in text
