"""An adult has no guardian who could be asked to send him to school."""

import pytest

from tests.kinds import Kind
from tests.kinds.world import DECIDED, OVERDUE, PUPIL, codes, may, offered, standing

KIND = Kind(
    "孩子已经成年",
    "孩子满十八周岁以后还劝返、批评教育、立案、起诉；或者反过来，把以前的罚款当作作废",
    (
        ("minfadian", "17"),
        ("minfadian", "39", "1"),
        ("weichengnianren-baohu-fa", "2"),
    ),
)
DAY = "2026-04-20"


def pupil(born: str) -> str:
    return PUPIL.replace(
        '身份证号: "530499201305061217"', f"出生日期: {born}, 性别: 男, 无证件原因: 未落户"
    )


@pytest.mark.parametrize(
    "document",
    [
        "visit-record",
        "urge-notice",
        "admonition",
        "case-filing",
        "spot-decision",
        "civil-complaint",
        "support-request",
        "support-opinion",
        "guardianship-suggestion",
    ],
)
@pytest.mark.parametrize(
    ("born", "forbidden"), [("2008-04-20", True), ("2008-04-21", False)], ids=["生日当天", "前一天"]
)
def test_nobody_is_asked_to_send_an_adult(document: str, born: str, *, forbidden: bool) -> None:
    answer = may(document, DAY, OVERDUE, pupil=pupil(born))
    assert ("PROC219" in codes(answer, "禁止")) is forbidden


def test_a_fine_of_before_stays_owed() -> None:
    answer = may("demand-letter", "2026-10-20", DECIDED, pupil=pupil("2008-05-01"))
    assert answer.verdict == "提醒"
    assert "PROC296" in codes(answer)


def test_the_case_may_be_closed() -> None:
    assert standing(DAY, OVERDUE, pupil=pupil("2008-04-20")).state == "监护已终止"
    assert "close" in offered(DAY, OVERDUE, pupil=pupil("2008-04-20"))
    assert "close" not in offered(DAY, OVERDUE, pupil=pupil("2008-04-21"))
    assert "referral" in offered(DAY, OVERDUE, pupil=pupil("2008-04-20"))
