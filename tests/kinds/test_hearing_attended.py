"""A hearing to which nobody came is told as such, and what was heard is among the evidence."""

import pytest

from tests.kinds import Kind
from tests.kinds.world import OVERDUE, TOLD, checked, codes, may, papers

KIND = Kind(
    "听证到场、公开和作为证据",
    "当事人没有来，听证笔录却写着告知、申辩、质证；孩子的事公开听证；决定不引听证笔录",
    (
        ("xingzheng-chufa-fa", "64"),
        ("xingzheng-chufa-fa", "65"),
        ("weichengnianren-baohu-fa", "103"),
    ),
)
ARRANGED = (
    TOLD
    + """\
- {日期: 2026-04-09, 事项: 要求听证, 对象: 普正华}
- {日期: 2026-04-10, 事项: 制发, 对象: 普正华, 文书: 听证通知书, 文号: 青政听通〔2026〕1号, 听证日期: 2026-04-28, 听证时间: "09:00", 地点: 镇会议室, 主持人: 白云山, 公开: 否}
- {日期: 2026-04-10, 事项: 送达, 对象: 普正华, 文书: 听证通知书, 文号: 青政听通〔2026〕1号, 方式: 直接, 承办人: [普文清, 段晓岚]}
"""
)


def held(more: str = "") -> str:
    """Tell the case up to a hearing, and a review that agreed."""
    hearing = "{日期: 2026-04-28, 事项: 听证, 对象: 普正华, 主持人: 白云山, 公开: 否"
    review = "- {日期: 2026-04-29, 事项: 法制审核, 审核人: 白云山, 结果: 同意}\n"
    return f"{ARRANGED}- {hearing}{more}}}\n{review}"


def record(more: str) -> str:
    (text,) = papers("2026-04-28", held(more), "hearing-record").values()
    return text


def decision(history: str, reason: str = "普文清：测试") -> str:
    made = papers("2026-04-30", history, "penalty-decision", reason=reason)
    return next(text for name, text in made.items() if "决定书" in name)


def test_who_stayed_away_said_nothing_and_signs_nothing() -> None:
    text = record(", 到场: 没有到场")
    assert "没有正当理由没有到场" in text and "视为放弃听证权利，听证终止" in text
    for said in ("申辩：", "质证和辩论", "最后陈述", "核对（已宣读）", "当事人签名", "回避"):
        assert said not in text


def test_who_left_was_told_his_rights_and_heard_as_far_as_he_stayed() -> None:
    text = record(", 到场: 中途退出, 内容: 调查人员提出了证据")
    assert "调查人员提出了证据" in text and "未经许可中途退出" in text and "申请回避" in text
    assert "当事人最后陈述" not in text and "当事人签名" not in text


@pytest.mark.parametrize("more", ["", ", 到场: 到场", ", 到场: 到场, 内容: 双方发言"])
def test_who_came_has_the_record_of_before(more) -> None:
    text = record(more)
    assert "最后陈述" in text and "当事人签名" in text and "终止" not in text


def test_a_result_in_words_is_not_lost() -> None:
    assert "听证结果：维持原来的意见。" in record(", 到场: 到场, 结果: 维持原来的意见")


def test_the_decision_tells_it_and_lists_the_record() -> None:
    text = decision(held(", 到场: 没有到场"))
    assert "没有正当理由没有到场" in text and "听证终止" in text
    assert "听证笔录（2026年4月28日），证明2026年4月28日举行听证，普正华没有到场" in text
    assert "听证笔录（2026年4月28日），证明" in decision(held(", 到场: 到场"))


def test_what_was_said_in_defence_is_evidence_too() -> None:
    said = "- {日期: 2026-04-10, 事项: 陈述申辩, 对象: 普正华, 内容: 孩子打工去了。, 结果: 不采纳, 备注: 没有证据}\n"
    text = decision(TOLD + said)
    assert "陈述申辩材料（2026年4月10日）" in text
    assert "：孩子打工去了。经复核" in text
    assert "陈述申辩材料" not in decision(TOLD)


@pytest.mark.parametrize(
    ("document", "day"), [("hearing-record", "04-28"), ("penalty-decision", "04-30")]
)
def test_an_open_hearing_about_a_child_is_reminded_of_and_stays_possible(document, day) -> None:
    opened = held().replace("公开: 否", "公开: 是")
    assert "PROC527" in codes(may(document, f"2026-{day}", opened), "提醒")
    assert "PROC527" not in codes(may(document, f"2026-{day}", held()))
    unknown = held().replace(", 公开: 否", "")
    assert "PROC527" not in codes(may(document, f"2026-{day}", unknown))


@pytest.mark.parametrize("document", ["hearing-record", "penalty-decision"])
def test_whoever_wrote_it_in_words_of_his_own_is_asked_to_choose(document) -> None:
    said = held(", 结果: 当事人无正当理由不到场")
    day = "2026-04-28" if document == "hearing-record" else "2026-04-30"
    assert "PROC531" in codes(may(document, day, said), "提醒")
    assert "PROC531" not in codes(may(document, day, held(", 到场: 没有到场")))


def test_only_three_words_say_whether_he_came() -> None:
    assert any("到场" in told.message for told in checked("2026-04-30", held(", 到场: 没来")))


def test_a_return_that_spares_him_is_proved() -> None:
    spared = (
        OVERDUE.replace("2026-03-25, 事项: 核查", "2026-03-24, 事项: 核查")
        + "- {日期: 2026-03-27, 事项: 立案, 对象: 普正华, 承办人: [普文清, 段晓岚]}\n"
        + "- {日期: 2026-03-30, 事项: 返校, 安置: 回原班}\n"
        + "- {日期: 2026-04-02, 事项: 不予处罚, 对象: 普正华, 法定情形: 初次违法轻微并及时改正, 原因: 期满后第五日返校}\n"
    )
    made = papers("2026-04-02", spared, "no-penalty-decision", reason="普文清：测试")
    assert any("返校证明（2026年3月30日）等证据" in text for text in made.values())
