"""A service that counts but is doubtful: what is found out, how it is served once more."""

from datetime import date

import pytest

from kcbx_docs.issuing.doubtful import Doubtful, doubtful
from kcbx_docs.issuing.plan import plan
from tests.kinds.world import FATHER, MADE, docket

DAY = date(2026, 3, 16)
SERVED = (
    "- {日期: %s, 事项: 送达, 文书: 责令限期改正通知书, 对象: 普正华, 方式: 直接, %s"
    "承办人: [普文清, 段晓岚]}\n"
)
UNSURE = SERVED % ("2026-03-13", "签收人: 白沙村村民委员会, ")
SURE = SERVED % ("2026-03-14", "")
VOID = SERVED % ("2026-03-13", "签收人: 王大, 签收人类别: 代收点, ")
NOTICE = "- {日期: 2026-04-01, 事项: 制发, 文书: 行政处罚事先告知书, 对象: 普正华, 金额: 600}\n"
CLOSED = "- {日期: 2026-03-15, 事项: 结案, 结果: 已返校}\n"


def unsure(history: str, day: date = DAY) -> tuple[Doubtful, ...]:
    return doubtful(docket(MADE + history, guardians=(FATHER,)), day)


def test_what_is_doubtful_is_said_and_how_it_is_served_once_more() -> None:
    (one,) = unsure(UNSURE)
    assert [doubt.code for doubt in one.doubts] == ["SERV088"]
    assert one.again is not None and one.again.method.name == "直接"
    assert plan(docket(MADE + UNSURE, guardians=(FATHER,)), DAY) == ()


@pytest.mark.parametrize("history", ["", SURE, UNSURE + SURE, VOID, UNSURE + CLOSED])
def test_nothing_is_doubtful_where_nobody_has_it_or_somebody_surely_has(history: str) -> None:
    assert unsure(history) == ()


def test_a_paper_on_which_a_later_one_rests_is_not_served_again() -> None:
    assert unsure(UNSURE + NOTICE, date(2026, 4, 2)) == ()
    assert unsure(UNSURE, date(2026, 4, 2))
