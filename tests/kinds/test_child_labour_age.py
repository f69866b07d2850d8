"""The child-labour regulation ends at an age; dangerous work makes a crime of it before."""

from datetime import date

import pytest

from kcbx_docs.procedure.standing import stand
from tests.kinds import Kind
from tests.kinds.world import OVERDUE, PUPIL, docket

KIND = Kind(
    "童工的年龄",
    "十六岁的孩子还引《禁止使用童工规定》；在矿井干活的十四岁孩子不报公安",
    (
        ("tonggong-guiding", "2"),
        ("tonggong-guiding", "11"),
        ("weichengnianren-baohu-fa", "61"),
    ),
)


def alarm(born: str, more: str = ""):
    """Return what must be reported of a child at work, found on a day of 2026."""
    pupil = PUPIL.replace(
        '身份证号: "530499201305061217"', f"出生日期: {born}, 性别: 男, 无证件原因: 未落户"
    )
    danger = f"危险情形: [{{种类: 非法招用, 发现日期: 2026-03-30, 依据: 某砖厂照片{more}}}]\n"
    (found,) = stand(docket(OVERDUE, pupil=pupil, more=danger), date(2026, 3, 31)).alarms
    return found


@pytest.mark.parametrize(
    ("born", "cited"), [("2010-03-06", False), ("2010-03-31", True), ("2012-01-01", True)]
)
def test_the_regulation_is_cited_of_children_below_its_age(born, cited) -> None:
    found = alarm(born)
    assert ("《禁止使用童工规定》第五条" in found.due.articles) is cited
    assert "《未成年人保护法》第六十一条" in found.due.articles
    assert [one.department for one in found.reports] == ["人社"]


@pytest.mark.parametrize(
    ("born", "more", "told"),
    [
        ("2011-06-01", ", 危险作业: 是", ["公安", "人社"]),
        ("2011-06-01", ", 危险作业: 否", ["人社"]),
        ("2012-06-01", "", ["公安", "人社"]),
        ("2010-03-06", ", 危险作业: 是", ["人社"]),
    ],
    ids=["十四岁下井", "十四岁洗碗", "十三岁", "十六岁"],
)
def test_the_police_are_told_where_it_is_a_crime(born, more, told) -> None:
    found = alarm(born, more)
    assert [one.department for one in found.reports] == told
    assert ("《禁止使用童工规定》第十一条" in found.due.articles) is ("公安" in told)
