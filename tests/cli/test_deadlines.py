"""kcbx deadlines: all limits in order, and a calendar file that names nobody and is the same every
time.
"""

import json
from datetime import date, datetime, timedelta

import pytest
from icalendar import Calendar

from tests.cli.ladder import add_case, make_office
from tests.cli.office import run
from tests.procedure.world import DECIDED, DEMANDED, FATHER, MOTHER, ORDERED

DAY = "2026-04-08"


@pytest.fixture
def office(tmp_path):
    folder = make_office(tmp_path)
    add_case(folder, DECIDED, "2026-002")
    add_case(
        folder, ORDERED.replace("2026-01-13", "2026-04-01"), "2026-003", guardians=(FATHER, MOTHER)
    )
    return folder


def calendar(office, *words):
    done = run(office, "deadlines", "--as-of", DAY, "--ics", "期限.ics", *words)
    assert done.exit_code == 0, done.output
    return Calendar.from_ical((office / "期限.ics").read_bytes())


def test_everything_is_listed_in_order_with_its_article(office):
    """Decided and served on 10 March: review until 9 May, suit until 10 September;
    the order served on 1 April ends on 13 April.
    """
    shown = run(office, "deadlines", "--as-of", DAY).stdout
    lines = shown.split("\n")[1:]
    days = [line[:10] for line in lines if line[:4] == "2026"]
    assert days == sorted(days)
    order = next(line for line in lines if "改正期限" in line)
    assert order.split() == [
        "2026-04-13",
        "还有5天",
        "当事人",
        "改正期限",
        "2026-003",
        FATHER,
        "《义务教育法》第五十八条",
    ]
    assert next(line for line in lines if "申请行政复议" in line).startswith("2026-05-09  还有31天")
    assert "2026-12-10" in days


def test_the_calendar_holds_whole_days_with_an_alarm_three_days_before(office):
    event = next(e for e in calendar(office).walk("VEVENT") if "改正期限" in e["summary"])
    assert event.decoded("dtstart") == date(2026, 4, 13)
    assert event.decoded("dtend") == date(2026, 4, 14)
    assert str(event["summary"]) == "2026-003 改正期限（当事人）"
    alarm = event.walk("VALARM")[0]
    assert alarm.decoded("trigger") == timedelta(days=-3, hours=9)
    assert "《义务教育法》第五十八条" in str(event["description"])


def test_the_calendar_names_neither_child_nor_parents(office):
    """未成年人保护法: what goes into a phone must not tell who the child is."""
    calendar(office)
    text = (office / "期限.ics").read_bytes().replace(b"\r\n ", b"").decode()
    for name in ("普云飞", FATHER, MOTHER, "530499", "青石中学", "白沙村"):
        assert name not in text


def test_the_same_cases_on_the_same_day_give_the_same_bytes(office):
    calendar(office)
    first = (office / "期限.ics").read_bytes()
    calendar(office)
    assert (office / "期限.ics").read_bytes() == first


def test_an_entry_keeps_its_name_when_its_day_moves(office):
    """The calendar program updates the entry instead of adding a second one."""

    def uids():
        return {str(e["summary"]): str(e["uid"]) for e in calendar(office).walk("VEVENT")}

    before = uids()
    assert len(set(before.values())) == len(before)
    add_case(
        office, ORDERED.replace("2026-01-13", "2026-04-05"), "2026-003", guardians=(FATHER, MOTHER)
    )
    assert uids()["2026-003 改正期限（当事人）"] == before["2026-003 改正期限（当事人）"]
    moved = next(e for e in calendar(office).walk("VEVENT") if "改正期限" in e["summary"])
    assert moved.decoded("dtstart") == date(2026, 4, 15)
    assert moved.decoded("dtstamp").replace(tzinfo=None) == datetime(2026, 4, 8)


def test_two_guardians_with_one_limit_have_two_entries(office):
    served = (
        "- {日期: 2026-04-01, 事项: 送达, 文书: 责令限期改正通知书, 对象: 李桂仙, 方式: 直接}\n"
    )
    add_case(
        office,
        ORDERED.replace("2026-01-13", "2026-04-01") + served,
        "2026-003",
        guardians=(FATHER, MOTHER),
    )
    events = [e for e in calendar(office).walk("VEVENT") if "2026-003 改正期限" in e["summary"]]
    assert len({str(e["uid"]) for e in events}) == 2


def test_an_older_calendar_is_replaced_but_no_other_file(office):
    calendar(office)
    calendar(office)
    (office / "要紧.txt").write_text("别动", "utf-8")
    done = run(office, "deadlines", "--as-of", DAY, "--ics", "要紧.txt")
    assert done.exit_code == 1
    assert "[CLI002]" in done.stderr
    assert (office / "要紧.txt").read_text("utf-8") == "别动"


def test_reports_that_a_place_asks_for_stand_among_the_limits(office):
    path = office / "kcbx.yaml"
    path.write_text(
        path.read_text("utf-8").replace('地区: "530499"', "地区: 柳州市柳江区"), "utf-8"
    )
    told = json.loads(run(office, "deadlines", "--as-of", DAY, "--json").stdout)
    regular = [entry for entry in told["deadlines"] if entry["case"] is None]
    assert regular
    assert {entry["who"] for entry in regular} == {"学校"}


def test_json_for_programs(office):
    add_case(office, DEMANDED, "2026-004")
    told = json.loads(run(office, "deadlines", "--as-of", "2026-09-01", "--json").stdout)
    demand = next(
        e for e in told["deadlines"] if e["case"] == "2026-004" and e["rule"] == "demand-10"
    )
    assert (demand["by"], demand["days_left"], demand["guardian"]) == ("2026-09-08", 7, FATHER)


def test_a_broken_file_is_told_and_the_rest_is_listed(office):
    (office / "cases/坏.yaml").write_text("案件: 控辍个案\n情形: 休学\n", "utf-8")
    done = run(office, "deadlines", "--as-of", DAY)
    assert done.exit_code == 1
    assert "改正期限" in done.stdout
    assert "cases/坏.yaml" in done.stderr
