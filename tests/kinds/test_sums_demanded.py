"""What is demanded and applied for is what is owed, and a paper says the sum that it bore."""

import pytest

from tests.kinds.page import Kind
from tests.kinds.world import DECIDED, checked, codes, may, papers

KIND = Kind(
    "催告和申请的金额",
    "催告一千二百元而当天只欠七百六十二元；申请的金额多于欠款；补印的催告书换了金额",
    (
        ("xingzheng-chufa-fa", "72", "1", "1"),
        ("xingzheng-qiangzhi-fa", "35"),
        ("xingzheng-qiangzhi-fa", "55", "1"),
    ),
)
DAY = "2026-05-15"


def demanded(amount: str, more: str = "", paid: str = "") -> str:
    """Tell of a demand on the ninth day after the last day of payment: 600 and 162 are owed."""
    line = (
        f"- {{日期: {DAY}, 事项: 催告, 对象: 普正华, 文书: 催告书, "
        f"文号: 青政催〔2026〕1号, 金额: {amount}{more}}}\n"
    )
    return DECIDED + paid + line


def test_more_than_is_owed_is_forbidden_and_told_by_check() -> None:
    assert "PROC509" in codes(may("demand-letter", DAY, demanded("1200")), "禁止")
    told = [one for one in checked(DAY, demanded("1200")) if one.is_error]
    assert any("1200" in one.message and "762" in one.message for one in told)


def test_what_was_paid_is_no_longer_owed() -> None:
    paid = "- {日期: 2026-05-10, 事项: 缴纳罚款, 对象: 普正华, 金额: 300}\n"
    assert "PROC509" in codes(may("demand-letter", DAY, demanded("762", paid=paid)), "禁止")


@pytest.mark.parametrize("amount", ["762", "600"])
def test_the_sum_owed_or_the_bare_fine_passes(amount: str) -> None:
    assert not {"PROC509", "PROC510"} & {*codes(may("demand-letter", DAY, demanded(amount)))}


def test_less_is_reminded_of_unless_a_reason_stands_there() -> None:
    assert "PROC510" in codes(may("demand-letter", DAY, demanded("700")), "提醒")
    reasoned = demanded("700", ", 备注: 先催告一部分")
    assert "PROC510" not in codes(may("demand-letter", DAY, reasoned))


def test_the_paper_says_the_sum_that_was_recorded() -> None:
    text = "\n".join(papers(DAY, demanded("700"), "demand-letter").values())
    assert "柒佰元" in text and "762" not in text and "162" not in text


def test_the_application_is_measured_too() -> None:
    applied = demanded("762") + (
        "- {日期: 2026-10-21, 事项: 申请强制执行, 对象: 普正华, 法院: 云岭县人民法院, 金额: 2000}\n"
    )
    assert "PROC509" in codes(may("enforcement-application", "2026-10-21", applied), "禁止")
    capped = applied.replace("2000", "1200")
    assert "PROC509" not in codes(may("enforcement-application", "2026-10-21", capped))


@pytest.mark.parametrize("document", ["demand-letter", "enforcement-application"])
def test_a_child_that_is_back_is_no_bar_to_pressing_what_is_owed(document: str) -> None:
    back = "- {日期: 2026-05-20, 事项: 返校}\n"
    day = "2026-05-21" if document == "demand-letter" else "2026-10-21"
    answer = may(document, day, demanded("762") + back)
    assert "PROC321" in codes(answer, "提醒")
    assert "PROC321" not in codes(may(document, day, demanded("762")))
