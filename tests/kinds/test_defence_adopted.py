"""A defence that was upheld changes the fine, or somebody says why it does not."""

import pytest

from tests.kinds.page import Kind
from tests.kinds.world import TOLD, codes, may, papers

KIND = Kind(
    "采纳了的申辩",
    "意见成立、予以采纳，接着作出与告知一样的处罚，理由留空",
    (("xingzheng-chufa-fa", "45", "1"), ("xingzheng-chufa-fa", "57", "1")),
)
DAY = "2026-04-17"


def decided(result: str, fine: str, note: str = "") -> str:
    """Tell of a defence within the time for it, and the fine that followed."""
    return TOLD + (
        "- {日期: 2026-04-10, 事项: 陈述申辩, 对象: 普正华, 内容: 孩子已于4月7日复学。, "
        f"结果: {result}, 承办人: [普文清, 段晓岚]{note}}}\n"
        f"- {{日期: {DAY}, 事项: 处罚决定, 对象: 普正华, 文书: 行政处罚决定书, "
        f"文号: 青政罚决〔2026〕1号, 金额: {fine}, 承办人: [普文清, 段晓岚]}}\n"
    )


@pytest.mark.parametrize("result", ["采纳", "部分采纳"])
@pytest.mark.parametrize("document", ["penalty-decision", "penalty-approval"])
def test_the_announced_fine_after_an_upheld_defence_needs_a_reason(
    result: str, document: str
) -> None:
    answer = may(document, DAY, decided(result, "600"))
    assert "PROC511" in codes(answer, "须说明理由")
    assert "PROC517" in codes(answer, "提醒"), "what was adopted is asked for"


def test_the_reason_of_the_review_is_not_asked_for_where_it_stands() -> None:
    answer = may("penalty-decision", DAY, decided("部分采纳", "600", ", 备注: 年级写错"))
    assert "PROC517" not in codes(answer) and "PROC511" in codes(answer, "提醒")


def test_a_part_that_was_adopted_with_its_reason_may_leave_the_fine_as_announced() -> None:
    history = decided("部分采纳", "600", ", 备注: 年级写错予以更正，与罚款数额无关")
    assert may("penalty-decision", DAY, history).verdict == "提醒"
    assert papers(DAY, history, "penalty-decision"), "the recorded decision is not withheld"


def test_a_whole_defence_that_was_adopted_asks_whatever_its_note_says() -> None:
    answer = may("penalty-decision", DAY, decided("采纳", "600", ", 备注: 孩子确已复学"))
    assert "PROC511" in codes(answer, "须说明理由")


def test_a_lower_fine_passes() -> None:
    assert "PROC511" not in codes(may("penalty-decision", DAY, decided("采纳", "300")))


def test_a_defence_that_was_not_upheld_passes() -> None:
    answer = may("penalty-decision", DAY, decided("不采纳", "600", ", 备注: 核查没有返校"))
    assert not {"PROC511", "PROC517"} & {*codes(answer)}


def test_with_a_reason_the_decision_leaves_the_ground_of_adoption_blank() -> None:
    told = papers(DAY, decided("采纳", "600"), "penalty-decision", reason="段晓岚：另有事实")
    assert "予以采纳，理由是：" in "\n".join(told.values())
