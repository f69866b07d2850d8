"""A paper cites what existed on its day and concerns its addressee; what it proves is a fact."""

from datetime import date

import pytest

from kcbx_docs.papers.evidence import evidence_lines
from tests.kinds import Kind
from tests.kinds.world import FATHER, MOTHER, OVERDUE, read

KIND = Kind(
    "文书引用的证据",
    "引用文书以后才有的证据、只涉及别人的材料；证明对象写成是否、经过，不是事实",
    (("xingzheng-chufa-fa", "40"), ("xingzheng-chufa-fa", "46")),
)


def cited(day: str, who: str, history: str = OVERDUE) -> dict[str, str | None]:
    """Return what a paper of a day to a guardian may cite, with what each piece proves."""
    docket, _ = read(history, guardians=(FATHER, MOTHER))
    lines = evidence_lines(docket, date.fromisoformat(day), who)
    return {line.name: line.proves for line in lines}


@pytest.mark.parametrize(
    ("name", "day", "who", "wanted"),
    [
        ("核查记录（2026年3月25日）", "2026-03-24", FATHER, False),
        ("核查记录（2026年3月25日）", "2026-03-25", FATHER, True),
        ("《责令送被监护人接受义务教育通知书》送达回证（普正华）", "2026-03-25", FATHER, True),
        ("《责令送被监护人接受义务教育通知书》送达回证（普正华）", "2026-03-25", MOTHER, False),
        ("劝返记录（2026年3月5日）", "2026-03-25", MOTHER, True),
    ],
)
def test_only_what_existed_and_concerns_the_addressee_is_cited(name, day, who, wanted) -> None:
    assert (name in cited(day, who)) is wanted


def test_what_a_piece_proves_is_a_sentence_of_fact() -> None:
    proved = cited("2026-03-25", FATHER)
    assert proved["核查记录（2026年3月25日）"] == "2026年3月25日核查时普云飞仍未到校"
    assert not any("是否" in (text or "") for text in proved.values())


def test_a_check_that_met_nobody_proves_no_absence() -> None:
    history = OVERDUE.replace("结果: 未返校", "结果: 未见到")
    proved = cited("2026-03-25", FATHER, history)
    assert proved["核查记录（2026年3月25日）"] == "2026年3月25日核查时没有见到普云飞"
