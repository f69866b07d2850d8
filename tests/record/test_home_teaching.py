"""Visits to a child that is taught at home are counted by the week against what the place asks."""

from datetime import date

import pytest

from kcbx_docs.record.home_teaching import behind, taught_since, teaching_of
from tests.kinds.world import OFFICE, docket

KAIZHOU = OFFICE.replace("530499", "500154")
STARTED = "- {日期: 2026-03-02, 事项: 首次缺课}\n- {日期: 2026-03-06, 事项: 返校, 安置: 送教上门}\n"
"""A Friday: the first whole week begins on 9 March."""


def visit(day: str, lessons: int = 2) -> str:
    return f"- {{日期: {day}, 事项: 送教, 方式: 上门, 课时: {lessons}, 承办人: [施文, 罗玉芬]}}\n"


def thin(day: str, *visits: str, office: str = KAIZHOU, start: str = STARTED) -> list[str]:
    taught = teaching_of(docket(start + "".join(visits), office), date.fromisoformat(day))
    return [str(monday) for monday in taught.thin] if taught else []


@pytest.mark.parametrize(
    ("day", "visits", "missed"),
    [
        ("2026-03-15", (), []),  # the week is not over on its Sunday
        ("2026-03-16", (), ["2026-03-09"]),
        ("2026-03-16", (visit("2026-03-15"),), []),
        ("2026-03-16", (visit("2026-03-07"),), ["2026-03-09"]),  # the week before it began
        ("2026-03-16", (visit("2026-03-10", 1),), ["2026-03-09"]),
        ("2026-03-16", (visit("2026-03-10", 1), visit("2026-03-12", 1)), []),
        ("2026-03-23", (visit("2026-03-10", 4),), ["2026-03-16"]),  # no week makes up for another
    ],
)
def test_a_week_counts_when_it_is_over(day, visits, missed):
    assert thin(day, *visits) == missed


def test_the_warning_names_the_weeks_and_the_sums():
    (found,) = behind(docket(STARTED + visit("2026-03-10"), KAIZHOU), date(2026, 3, 23))
    for words in ("2 周记到 1 次 2 课时", "应有 2 次 4 课时", "2026-03-16"):
        assert words in found.message


def test_nothing_is_told_where_the_place_names_no_number():
    assert thin("2026-06-01", office=OFFICE) == []


def test_a_child_that_came_to_school_later_is_not_taught_at_home_any_more():
    back = STARTED + "- {日期: 2026-03-09, 事项: 返校, 安置: 回原班}\n"
    assert thin("2026-04-20", start=back) == []
    assert thin("2026-04-20", start=back.replace("送教上门", "转学")) == []


def test_the_first_visit_begins_it_where_nobody_wrote_how_the_child_is_placed():
    absent = "- {日期: 2026-03-02, 事项: 首次缺课}\n"
    case = docket(absent + visit("2026-03-17"))
    assert taught_since(case, date(2026, 3, 16)) is None
    assert taught_since(case, date(2026, 3, 17)) == date(2026, 3, 17)


def test_only_the_last_weeks_are_looked_at():
    assert thin("2026-12-07")[0] == "2026-10-12"
