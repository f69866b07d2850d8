"""What is due, by day; and the calendar file that names nobody."""

from datetime import date, datetime
from pathlib import Path

import pytest
from icalendar import Calendar

from kcbx_docs.office.agenda import Appointment, agenda, as_ics, write_ics
from kcbx_docs.office.outlook import Coming, Outlook, Outlooks
from kcbx_docs.problems import UserError

TODAY = date(2026, 11, 22)
PAY = Coming(
    "缴清罚款",
    date(2026, 12, 7),
    "普正华",
    rule="pay-15",
    guardian="普正华",
    document="penalty-decision",
    title="行政处罚决定书",
    basis=("《行政处罚法》第六十七条第三款",),
    warnings=("最后一日是工作日",),
    place=1,
)


def case(number: str, *due: Coming) -> Outlook:
    return Outlook(Path(f"{number}.yaml"), number, "普云飞", "青石镇", (), due, None, (0, 0, ""))


def events(*entries: Appointment) -> list:
    return Calendar.from_ical(as_ics(entries, TODAY)).walk("VEVENT")


def test_the_nearest_day_comes_first_whatever_its_case():
    late = Coming("核查", date(2026, 12, 20), "青石镇")
    soon = Coming("催告", date(2026, 12, 1), "青石镇")
    report = Coming("上报名单", date(2026, 12, 10), "青石中学")
    told = Outlooks((case("2026-001", late), case("2026-002", soon)), (("青石镇", report),), ())
    assert [(entry.due.what, entry.case_id, entry.office) for entry in agenda(told)] == [
        ("催告", "2026-002", "青石镇"),
        ("上报名单", "", "青石镇"),
        ("核查", "2026-001", "青石镇"),
    ]


def test_of_one_day_the_cases_stand_by_number_and_guardians_by_place():
    first, second = (Coming("缴款", date(2026, 12, 7), "监护人", place=n) for n in (1, 2))
    told = Outlooks((case("2026-002", first), case("2026-001", second, first)), (), ())
    shown = [(entry.case_id, entry.due.place) for entry in agenda(told)]
    assert shown == [("2026-001", 1), ("2026-001", 2), ("2026-002", 1)]


def test_an_entry_takes_the_whole_day_and_rings_three_days_before_at_nine():
    (event,) = events(Appointment(PAY, "2026-001", "青石镇"))
    assert event["summary"] == "2026-001 缴清罚款《行政处罚决定书》（普正华）"
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2026, 12, 7), date(2026, 12, 8))
    assert event["description"] == "依据：《行政处罚法》第六十七条第三款\n最后一日是工作日"
    assert event["class"] == "PRIVATE" and event["transp"] == "TRANSPARENT"
    ring = event.walk("VALARM")[0]["trigger"].dt
    assert datetime(2026, 12, 7) + ring == datetime(2026, 12, 4, 9)


def test_an_entry_without_paper_or_basis_says_only_what_is_due():
    (event,) = events(Appointment(Coming("上报名单", date(2026, 12, 10), "青石中学"), "", "青石镇"))
    assert event["summary"] == "上报名单（青石中学）"
    assert event["description"] == ""


def test_entries_that_differ_in_nothing_still_have_names_of_their_own():
    twice = [Appointment(PAY, "2026-001", "青石镇"), Appointment(PAY, "2026-001", "青石镇")]
    mother = Appointment(
        Coming("缴清罚款", PAY.by, "李桂仙", rule="pay-15", place=2), "2026-001", "青石镇"
    )
    names = [str(event["uid"]) for event in events(*twice, mother)]
    assert len(set(names)) == 3 and all(name.endswith("@kcbx-docs") for name in names)


def test_a_later_day_for_the_same_duty_moves_the_entry_and_adds_none():
    moved = Coming(**{**vars(PAY), "by": date(2027, 1, 7)})
    before, after = (
        events(Appointment(due, "2026-001", "青石镇"))[0]["uid"] for due in (PAY, moved)
    )
    assert before == after


def test_an_older_calendar_is_replaced_and_anything_else_left_alone(tmp_path):
    calendar, letter = tmp_path / "期限.ics", tmp_path / "说明.txt"
    write_ics(calendar, [Appointment(PAY)], TODAY)
    write_ics(calendar, [Appointment(PAY), Appointment(PAY)], TODAY)
    assert calendar.read_bytes().count(b"BEGIN:VEVENT") == 2
    letter.write_text("手写的说明", "utf-8")
    with pytest.raises(UserError) as refused:
        write_ics(letter, [Appointment(PAY)], TODAY)
    assert [problem.code for problem in refused.value.problems] == ["CLI002"]
    assert letter.read_text("utf-8") == "手写的说明"


@pytest.mark.parametrize(
    ("entries", "unread", "code"),
    [([], 0, "NEXT005"), ([], 1, "NEXT006"), ([Appointment(PAY)], 1, "NEXT006")],
    ids=["空的", "空的，有文件读不了", "有文件读不了"],
)
def test_a_good_calendar_is_never_replaced_by_one_that_lacks_days(tmp_path, entries, unread, code):
    calendar = tmp_path / "期限.ics"
    write_ics(calendar, [Appointment(PAY), Appointment(PAY)], TODAY)
    before = calendar.read_bytes()
    with pytest.raises(UserError) as refused:
        write_ics(calendar, entries, TODAY, unread)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert calendar.read_bytes() == before


def test_where_nothing_is_lost_a_calendar_may_be_empty_or_lack_days(tmp_path):
    calendar = tmp_path / "期限.ics"
    write_ics(calendar, [], TODAY, 1)
    write_ics(calendar, [], TODAY)
    write_ics(calendar, [Appointment(PAY)], TODAY, 1)
    assert b"BEGIN:VEVENT" in calendar.read_bytes()
