"""A day as somebody would tell it, whichever account each event comes from."""

import pytest

from kcbx_docs.case.event import Event
from kcbx_docs.problems import Place
from kcbx_docs.record.entry import Entry, as_told


def entry(kind: str, seq: int = 0, clock: str = "", number: str = "") -> Entry:
    told = {"时间": clock} if clock else {}
    return Entry(Event(日期="2026-11-28", 事项=kind, 文号=number, **told), Place(), seq)


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        (
            [entry("结案"), entry("制发", 1), entry("撤回", 2), entry("送达", 3, "15:20")],
            ["制发", "送达", "撤回", "结案"],
        ),
        ([entry("制发", 1), entry("立案")], ["立案", "制发"]),
        ([entry("劝返", clock="15:00"), entry("送达", 1, "09:00")], ["送达", "劝返"]),
        (
            [entry("撤回", 1, number="1号"), entry("送达", 2, number="2号"), entry("返校")],
            ["返校", "撤回", "送达"],
        ),
    ],
)
def test_a_day_is_told_in_the_order_in_which_it_went(entries, told) -> None:
    """A case was closed before its order was made, and withdrawn before it was served."""
    assert [one.event.kind for one in as_told(entries)] == told
