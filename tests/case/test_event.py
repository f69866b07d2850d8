"""One event: what it proves, when it counts, in which order it stands."""

from datetime import date, time

import pytest

from kcbx_docs.case.event import Event
from kcbx_docs.case.event_form import form_of
from kcbx_docs.case.event_kinds import CHOICES_TOLD, EVENT_FIELDS

DAY = date(2026, 10, 11)


def event(kind="送达", **keys):
    return Event.model_validate({"日期": DAY, "事项": kind, **keys})


@pytest.mark.parametrize(
    ("kind", "result", "reached"),
    [("送达", "", True), ("送达", "已送达", True), ("送达", "未送达", False), ("制发", "", False)],
)
def test_a_service_is_one_unless_it_failed(kind, result, reached):
    assert event(kind, 结果=result).is_service is reached


POSTED = {"方式": "邮寄", "交寄日期": "2026-10-11"}


@pytest.mark.parametrize(
    ("keys", "on_the_way", "reached"),
    [
        ({"方式": "邮寄", "结果": "在途"}, True, False),
        (POSTED, True, False),
        ({**POSTED, "签收日期": "2026-10-14"}, False, True),
        ({**POSTED, "签收日期": "2026-10-14", "结果": "在途"}, False, True),
        ({**POSTED, "结果": "未送达"}, False, False),
        ({**POSTED, "结果": "已送达"}, False, True),
        ({**POSTED, "方式": "直接"}, False, True),
    ],
)
def test_what_is_on_its_way_has_neither_come_nor_failed(keys, on_the_way, reached):
    sent = event("送达", **keys)
    assert (sent.in_transit, sent.is_service) == (on_the_way, reached)


@pytest.mark.parametrize(
    ("kind", "result", "back"),
    [
        ("返校", "", True),
        ("核查", "已返校", True),
        ("核查", "未返校", False),
        ("核查", "未见到", False),
        ("劝返", "已返校", True),
        ("劝返", "同意返校", False),
        ("联系", "已返校", False),
    ],
)
def test_the_child_is_back_by_its_return_or_by_whoever_saw_it_at_school(kind, result, back):
    assert event(kind, 结果=result).comes_back is back


@pytest.mark.parametrize(
    ("keys", "day"),
    [
        ({}, DAY),
        ({"方式": "邮寄", "签收日期": "2026-10-15", "交寄日期": "2026-10-11"}, date(2026, 10, 15)),
        ({"方式": "电子", "到达日期": "2026-10-12"}, date(2026, 10, 12)),
        ({"方式": "公告", "公告日期": "2026-10-20"}, date(2026, 10, 20)),
    ],
)
def test_the_proof_bears_its_own_day(keys, day):
    assert event(**keys).proof_day == day


def test_events_of_a_day_stand_by_their_hour_and_those_without_first():
    early, late = event(时间="8:30"), event(时间="14:00")
    assert sorted([late, early, event()], key=lambda one: one.moment) == [event(), early, late]
    assert early.moment == (DAY, time(8, 30))


def test_what_an_event_must_and_may_say_is_said_once():
    for name, rule in EVENT_FIELDS.items():
        assert len(set(rule.allowed)) == len(rule.allowed), name
        assert rule.allowed[:2] == ("日期", "事项"), name
        assert set(rule.required) <= set(rule.allowed), name


@pytest.mark.parametrize(
    ("kind", "addressee"),
    [
        ("首次缺课", "不限"),
        ("劝返", "相关人"),
        ("核查", "相关人"),
        ("送达", "收件人"),
        ("立案", "监护人"),
        ("返校", "不限"),
        ("书面报告", "不限"),
    ],
)
def test_whom_an_event_is_about(kind, addressee):
    assert EVENT_FIELDS[kind].addressee == addressee


def test_choices_that_are_easily_confused_are_told_apart_where_they_are_made() -> None:
    about = {blank.key: blank.about for blank in form_of("劝返")}
    assert "没有答应也没有拒绝的" in about["结果"] and about["地点"] == "在什么地方"
    for kind, key in CHOICES_TOLD:
        assert EVENT_FIELDS[kind].choices[key]
