"""A hearing is announced with its time, place and chair, and recorded as it was held."""

import pytest

from tests.kinds import Kind
from tests.kinds.world import TOLD, codes, may, papers

KIND = Kind(
    "听证通知写明时间地点",
    "听证通知书有文号、有送达，时间、地点、主持人、是否公开却是空的",
    (("行政处罚法", "64"),),
)
ASKED = TOLD + "- {日期: 2026-04-09, 事项: 要求听证, 对象: 普正华, 方式: 书面}\n"
ARRANGED = ", 听证日期: 2026-04-24, 听证时间: 09:00, 地点: 镇政府会议室, 主持人: 白云山, 公开: 否"


def noticed(more: str = ARRANGED) -> str:
    return ASKED + (
        f"- {{日期: 2026-04-10, 事项: 制发, 文书: 听证通知书, 对象: 普正华, "
        f"文号: 青政听通〔2026〕1号{more}}}\n"
    )


def notice(history: str, reason: str = "") -> str:
    made = papers("2026-04-10", history, "hearing-notice", reason=reason)
    return next(text for name, text in made.items() if "送达" not in name)


SERVED = noticed() + (
    "- {日期: 2026-04-10, 事项: 送达, 文书: 听证通知书, 文号: 青政听通〔2026〕1号, 对象: 普正华, "
    "方式: 直接, 承办人: [普文清, 段晓岚]}\n"
)


@pytest.mark.parametrize(
    "missing",
    ["听证日期: 2026-04-24", "听证时间: 09:00", "地点: 镇政府会议室", "主持人: 白云山", "公开: 否"],
)
def test_a_notice_without_one_of_them_is_asked_for_it(missing: str) -> None:
    asked = may("hearing-notice", "2026-04-10", noticed(ARRANGED.replace(f", {missing}", "")))
    assert asked.verdict == "须说明理由"
    (found,) = [f for f in asked.findings if f.code == "PROC293"]
    assert missing.split(":", maxsplit=1)[0] in found.reason


def test_a_hearing_that_is_arranged_is_announced() -> None:
    assert may("hearing-notice", "2026-04-10", noticed()).verdict in ("通过", "提醒")
    text = notice(noticed())
    assert "二、听证时间：2026年4月24日9时00分。" in text
    assert "三、听证地点：镇政府会议室。" in text
    assert "四、主持人：白云山，不是本案的调查人员。" in text
    assert "不公开举行" in text
    assert "□" not in text


def test_a_public_hearing_stays_allowed() -> None:
    history = noticed(ARRANGED.replace("公开: 否", "公开: 是"))
    assert "PROC293" not in codes(may("hearing-notice", "2026-04-10", history))
    assert "五、举行方式：公开举行" in notice(history)


def test_with_a_reason_the_places_are_left_to_be_filled_in() -> None:
    assert "□不公开举行□公开举行" in notice(noticed(""), reason="普文清：当场填写")


def test_the_record_says_who_chaired_and_whether_it_was_public() -> None:
    held = SERVED + (
        "- {日期: 2026-04-24, 事项: 听证, 对象: 普正华, 承办人: [普文清, 段晓岚], 主持人: 白云山, "
        "公开: 否, 内容: 双方发言, 最后陈述: 请求少罚}\n"
    )
    made = papers("2026-04-24", held, "hearing-record")
    text = next(iter(made.values()))
    assert "主持人\n白云山" in text
    assert "□公开■不公开" in text
    assert "当事人最后陈述：请求少罚" in text


def test_a_hearing_whose_chair_nobody_wrote_leaves_the_row_open() -> None:
    held = SERVED + "- {日期: 2026-04-24, 事项: 听证, 对象: 普正华, 承办人: [普文清, 段晓岚]}\n"
    text = next(iter(papers("2026-04-24", held, "hearing-record").values()))
    assert "□公开□不公开" in text
