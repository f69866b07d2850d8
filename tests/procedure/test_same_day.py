"""A child that comes back in the afternoon was away when the order was made in the morning."""

from datetime import date

import pytest

from kcbx_docs.procedure.audit import wrongs
from tests.procedure.world import ABSENT, codes, docket, may

ORDER = "- {日期: 2026-01-12, 事项: 制发, 文书: 责令限期改正通知书, 文号: 青政责〔2026〕1号}\n"
AT_NINE = ORDER.replace("事项", "时间: 09:00, 事项")
SERVED = (
    "- {日期: 2026-01-12, 时间: %s, 事项: 送达, 文书: 责令限期改正通知书,"
    " 对象: 普正华, 方式: 直接}\n"
)
BACK = "- {日期: 2026-01-12, 事项: 返校}\n"
AT = "- {日期: 2026-01-12, 时间: %s, 事项: 返校}\n"
SEEN = "- {日期: 2026-01-12, 时间: %s, 事项: 核查, 方式: 家访, 结果: 已返校}\n"


def wrong(history: str) -> set[str]:
    return {one.code for one in wrongs(docket(ABSENT + history), date(2026, 1, 20))}


@pytest.mark.parametrize(
    "history",
    [
        ORDER + BACK,
        ORDER + AT % "15:00",
        AT_NINE + AT % "15:00",
        ORDER + SERVED % "09:00" + AT % "15:00",
        ORDER + SERVED % "09:00" + SEEN % "15:00",
    ],
    ids=["照次序", "返校有时间", "都有时间", "送达有时间", "核查见到"],
)
def test_an_order_that_a_return_of_the_same_day_followed_was_lawful(history) -> None:
    assert "PROC421" not in wrong(history)


@pytest.mark.parametrize(
    "history",
    [
        BACK + ORDER,
        AT % "08:00" + AT_NINE,
        AT % "08:00" + ORDER + SERVED % "09:00",
        BACK.replace("-12", "-11") + ORDER,
    ],
    ids=["先写返校", "返校在先", "送达以前", "前一天"],
)
def test_an_order_for_a_child_who_was_back_by_then_stays_unlawful(history) -> None:
    assert "PROC421" in wrong(history)


def test_once_the_child_is_back_no_order_is_made_that_day() -> None:
    assert "PROC211" in codes(may("order-to-correct", "2026-01-12", ABSENT + BACK), "禁止")
