"""The list of absent pupils and the report of the week count the same."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.case.files import LoadedWork
from kcbx_docs.case.work_text import work_text
from kcbx_docs.listing.children import DaySpan
from kcbx_docs.listing.figures import AFTER, figures_of
from kcbx_docs.listing.gathering import files_of, gathered
from kcbx_docs.listing.weekly import WeeklyLists, weekly_values
from kcbx_docs.office.opened import open_office
from kcbx_docs.office.pupil_list import list_of
from kcbx_docs.office.works import keys_of
from kcbx_docs.papers.work_facts import counts_of

SAMPLE = Path(__file__).parents[2] / "cases/学校示例/cases/周报.yaml"
WEEK = DaySpan(date(2026, 9, 18), date(2026, 9, 14))
SCHOOL = "云岭县青石中学"


@pytest.fixture(scope="module")
def office():
    return open_office(SAMPLE)


@pytest.fixture(scope="module")
def told(office):
    return gathered(office, WEEK)


def lists(office, span=WEEK, *schools):
    return WeeklyLists(office, files_of(office), span, schools)


def test_the_report_counts_what_stands_at_the_foot_of_the_list(office, told):
    loaded, _ = office.read(SAMPLE, WEEK.last)
    pupils = list_of(loaded, office, WEEK.last).pupils
    foot = counts_of([one.pupil for one in pupils])
    figures = figures_of(told.children, told.leads, lists(office).pupils)
    last = next(one for one in figures if one.name == "最近一份周结名单")
    assert last.total == foot.total == 3
    assert Counter(one.what for one in last.counted) == {
        "请假": foot.on_leave,
        "疑似辍学": foot.perhaps,
        "没有研判": foot.undecided,
    }


def test_only_the_last_list_within_the_days_counts_and_only_of_the_schools_asked_for(office):
    later = DaySpan(date(2026, 9, 27), date(2026, 9, 21))
    assert lists(office, later).pupils == ()
    assert lists(office, WEEK, "云岭县第二中学").pupils == ()
    assert not any(one.number == "20" for one in figures_of((), (), ()))


def test_the_file_that_the_report_writes_names_every_child_away(office, told, tmp_path):
    values = weekly_values(office, told.children, told.leads, WEEK, SCHOOL)
    kind = values["工作"]
    path = office.root / "cases" / "没有这个文件.yaml"
    text = work_text(values, kind, keys_of(kind, office))
    (tmp_path / path.name).write_text(text, "utf-8")
    loaded, found = office.read(tmp_path / path.name, WEEK.last)
    assert isinstance(loaded, LoadedWork) and not found
    away = next(one for one in figures_of(told.children) if one.number == AFTER)
    assert [one.case for one in loaded.work.pupils] == [one.who.id for one in away.counted]
    assert all(one.standing is None for one in loaded.work.pupils), "the school decides"


def test_a_child_away_who_is_on_no_list_is_named(office, told):
    assert [*lists(office).faults(told.children)] == []
    (tuesday,) = [one for one in told.children if one.presence == "仍未到校"]
    assert tuesday.case.id in {one.who.id for one in lists(office).pupils}
