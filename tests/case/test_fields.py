"""The small types of values: where money, hours, folder names and deadlines begin and end."""

from datetime import date, time
from decimal import Decimal

import pytest
from pydantic import TypeAdapter, ValidationError

from kcbx_docs.case.fields import (
    Clock,
    Deadline,
    FolderName,
    MaybeDeadline,
    MaybeReceiptDeadline,
    Money,
    Name,
    Texts,
    parse_deadline,
    safe_name,
)
from kcbx_docs.reading import MaybeDay


def read(kind, value):
    try:
        return TypeAdapter(kind).validate_python(value)
    except ValidationError as error:
        return error.errors()[0]["type"]


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("0.01", Decimal("0.01")),
        ("999999999.99", Decimal("999999999.99")),
        ("1,000 元", Decimal(1000)),
        (None, None),
        ("0", "CASE003"),
        ("0.00", "CASE003"),
        ("1000000000", "CASE003"),
        ("1.234", "CASE003"),
        ("-5", "CASE003"),
        ("五百", "CASE003"),
    ],
)
def test_money_is_a_positive_amount_of_yuan_and_cents(written, amount):
    assert read(Money, written) == amount


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("0:00", time(0)),
        ("9：05", time(9, 5)),
        ("23:59", time(23, 59)),
        ("24:00", "CASE002"),
        ("9:60", "CASE002"),
        ("9:5", "CASE002"),
        ("三点半", "CASE252"),  # of a visit to a home that is in the afternoon
        ("3:30", "CASE252"),
        ("6时", "CASE252"),
        ("03:30", time(3, 30)),
        ("下午三点半", time(15, 30)),
        ("早上6点", time(6)),
        ("晚上8点", time(20)),
        ("晚上2点", "CASE002"),
        ("9点半", time(9, 30)),
        ("七点半", "CASE252"),  # of a visit to a home that may be in the evening
        ("8点", "CASE252"),
        ("7:30", time(7, 30)),
        ("早上七点半", time(7, 30)),
        ("晚7点半", time(19, 30)),
        ("上午九点一刻", time(9, 15)),
        ("下午三点三刻", time(15, 45)),
        ("下午两点零五分", time(14, 5)),
        ("中午十二点", time(12)),
        ("中午1点", time(13)),
        ("中午5点", "CASE002"),
        ("凌晨2点", time(2)),
        ("凌晨9点", "CASE002"),
        ("夜里十一点", time(23)),
        ("九点二刻", "CASE002"),
        ("1930", "CASE299"),
        ("0730", "CASE299"),
        ("330", "CASE002"),  # in the night or in the afternoon
        ("19.30", "CASE299"),
        ("下午15点", "CASE299"),
        ("上午15点", "CASE002"),
        ("晚上14点", "CASE002"),
        (None, None),
    ],
)
def test_an_hour_of_the_day(written, hour):
    assert read(Clock, written) == hour


@pytest.mark.parametrize(
    ("name", "fine"),
    [
        ("a" * 80, True),
        ("a" * 81, False),
        ("案" * 26 + "ab", True),
        ("案" * 26 + "abc", False),
        ("com1", False),
        ("COM10", True),
        ("con", False),
        ("console", True),
        ("lpt9", False),
        ("kcbx", False),
        ("Kcbx", False),
        ("kcbx2026", True),
    ],
)
def test_a_folder_name_that_every_system_takes(name, fine):
    assert read(FolderName, name) == (name if fine else "CASE004")


@pytest.mark.parametrize(("length", "fine"), [(0, False), (1, True), (25, True), (26, False)])
def test_a_name_has_one_to_twenty_five_characters(length, fine):
    assert (read(Name, "阿" * length) == "阿" * length) is fine


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2028-02-29", date(2028, 2, 29)),
        (None, None),
        ("2026-9-1", date(2026, 9, 1)),
        ("2026/9/1", date(2026, 9, 1)),
        ("2026.9.1", date(2026, 9, 1)),
        ("2026年9月1日", date(2026, 9, 1)),
        ("2026 年 9 月 1 号", date(2026, 9, 1)),
        ("２０２６－９－１", date(2026, 9, 1)),
        ("二〇二六年九月十一日", date(2026, 9, 11)),
        ("20260901", date(2026, 9, 1)),
        ("2026-02-29", "TYPE015"),
        ("2026-13-1", "TYPE015"),
        ("0000-1-1", "TYPE015"),
        ("9月9日", "TYPE016"),
        ("9-9", "TYPE016"),
        ("26-9-9", "TYPE017"),
        ("2026年9月", "TYPE018"),
        ("2026.9", "TYPE018"),
        ("2026-9-9 16:30", "TYPE019"),
        ("昨天", "TYPE020"),
        ("昨晚", "TYPE020"),
        ("上周五", "TYPE020"),
        ("前几天", "TYPE005"),
        ("周五", "TYPE005"),  # of this week or of the last
        ("2026-9/9", "TYPE005"),
        ("2026年9-9", "TYPE005"),
        ("9/9/2026", "TYPE005"),
        ("2026-9-99999", "TYPE005"),
        ("农历八月初三", "TYPE005"),
    ],
)
def test_a_day_is_written_in_full(written, day):
    assert read(MaybeDay, written) == day


def test_a_list_may_be_written_with_commas_of_our_kind():
    assert read(Texts, "甲、乙 、丙") == ("甲", "乙", "丙")
    assert read(Texts, ["甲、乙"]) == ("甲、乙",)
    assert read(Texts, None) == ()


@pytest.mark.parametrize(
    ("written", "count", "unit"),
    [
        ("收到之日起1日内", 1, "日"),
        ("收到之日起１０日", 10, "日"),
        ("收到之日起999天", 999, "日"),
        ("送达之日起三个工作日以内", 3, "工作日"),
        ("自收到本通知书之日起2个月之内", 2, "月"),
        ("二十日", 20, "日"),
        ("5工作日", 5, "工作日"),
    ],
)
def test_a_deadline_from_receipt_has_a_number_and_a_unit(written, count, unit):
    assert parse_deadline(written) == Deadline(count=count, unit=unit)
    assert parse_deadline(written).from_receipt


@pytest.mark.parametrize(
    "written", ["判决生效之日起10日", "自生效之日起十日内", "自本判决书发生法律效力之日起10日"]
)
def test_a_judgment_may_count_from_when_it_takes_effect(written):
    assert parse_deadline(written) == Deadline(count=10, unit="日", start="生效")
    assert str(parse_deadline(written)) == "自生效之日起10日内"
    assert read(MaybeReceiptDeadline, written) == "CASE005"


def test_a_deadline_that_was_read_is_left_as_it_is():
    fixed = Deadline(day=date(2026, 10, 20))
    assert parse_deadline(fixed) is fixed and parse_deadline(None) is None
    assert not fixed.from_receipt


def test_a_file_name_keeps_letters_and_drops_what_a_path_could_mean():
    assert (
        safe_name("责令通知书（普正华）〔2026〕1号 a/b:c")
        == "责令通知书（普正华）〔2026〕1号_a_b_c"
    )
    assert safe_name("字" * 60) == "字" * 60
    assert safe_name("字" * 61) == "字" * 60


@pytest.mark.parametrize("written", ["2026-10-20", "收到之日起10日", "收到之日起2个月", None])
def test_a_deadline_is_written_back_as_it_was_read(written):
    adapter = TypeAdapter(MaybeDeadline)
    assert adapter.dump_python(adapter.validate_python(written)) == written
