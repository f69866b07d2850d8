"""A receipt prints what the record holds of a refusal; the rest is written by hand."""

from tests.kinds.world import MADE, SERVED, papers

LEFT = MADE + (
    "- {日期: 2026-03-13, 事项: 送达, 文书: 责令限期改正通知书, 文号: 青政责改〔2026〕1号, 对象: 普正华, "
    "方式: 留置, 地点: 白沙村15号普正华家中, 地点类别: 住所, 拒收人: 本人, 拒收原因: 说不想看, "
    "见证人: [{姓名: 李福海, 单位: 白沙村村民委员会, 单位类别: 村（居）民委员会, 职务: 主任}], "
    "影像资料: [录像1号], 承办人: [普文清, 段晓岚]}\n"
)


def receipt(history: str, **changes: object) -> str:
    made = papers("2026-03-16", history, "order-to-correct", **changes)  # type: ignore[arg-type]
    return next(text for name, text in made.items() if "送达回证" in name)


def test_a_paper_left_behind_is_told_as_recorded() -> None:
    text = receipt(LEFT)
    for words in (
        "■留置送达",
        "□直接送达",
        "白沙村15号普正华家中",
        "拒收的人、理由和经过：本人拒收，说不想看。",
        "2026年3月13日",
        "李福海，白沙村村民委员会主任",
        "录像1号",
    ):
        assert words in text.replace(" ", "").replace("　", "")


def test_what_was_handed_over_or_not_served_yet_stays_to_be_written() -> None:
    for history in (MADE, SERVED):
        text = receipt(history)
        assert "■" not in text
        assert "拒收的人、理由和经过：\n" in text


def test_the_refusal_of_one_paper_is_not_told_of_another() -> None:
    other = LEFT.replace(
        "送达, 文书: 责令限期改正通知书, 文号: 青政责改〔2026〕1号",
        "送达, 文书: 责令限期改正通知书, 文号: 青政责改〔2026〕2号",
    )
    assert other != LEFT
    assert "■" not in receipt(other)


def test_nobody_at_home_is_no_refusal() -> None:
    assert "■" not in receipt(LEFT.replace("拒收人: 本人", "拒收人: 无人在家"))
