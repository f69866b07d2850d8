"""Local days off that nobody knows make a reckoning doubtful:
it is said while it may still matter.
"""

from dataclasses import replace

import pytest

from kcbx_docs.law.calendar import load_calendar
from kcbx_docs.reading import parse_yaml
from tests.procedure.world import CLAUSE, TOLD, codes, law_of, may

YEAR = """\
年份: %s
地区: 云南
代码: "53"
来源: 示例通知
核对: %s
待核对: [%s]
"""


def law_with(year="2026", checked="已核对", doubtful=""):
    text = YEAR % (year, checked, doubtful)
    calendar, problems = load_calendar(parse_yaml(text, "yunnan.yaml")[0])
    assert problems == ()
    return replace(law_of("530499", CLAUSE), calendar=calendar)


def doubted(law, day):
    return "PROC199" in codes(may("penalty-decision", day, TOLD, law), "提醒")


@pytest.mark.parametrize(
    ("calendar", "told"),
    [
        ({}, False),
        ({"checked": "未核对"}, True),
        ({"year": "2025"}, True),
        ({"doubtful": "{节日: 泼水节, 自: 2026-03-05, 至: 2026-03-06}"}, True),
        ({"doubtful": "{节日: 泼水节, 自: 2026-04-13, 至: 2026-04-15}"}, False),
    ],
)
def test_unchecked_missing_or_unconfirmed_days_are_told(calendar, told):
    """The five working days for defence run from 2 to 9 March."""
    assert doubted(law_with(**calendar), "2026-03-10") is told


@pytest.mark.parametrize(("day", "told"), [("2026-03-19", True), ("2026-03-20", False)])
def test_ten_days_later_no_local_feast_can_matter(day, told):
    assert doubted(law_with(checked="未核对"), day) is told
