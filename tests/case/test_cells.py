"""What one cell of a roster means, at the edges of what people and spreadsheets write."""

from datetime import date, datetime

import pytest

from kcbx_docs.case.cells import day_in_cell, narrow, text_of, value_of
from kcbx_docs.case.spreadsheet_xml import Spoilt


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (7.0, "7"),
        (7.5, "7.5"),
        (0, "0"),
        ("'0123", "0123"),
        (" 普\u3000云\n飞 ", "普 云 飞"),
        (datetime(2014, 9, 1, 8), "2014-09-01"),
        (date(2014, 9, 1), "2014-09-01"),
    ],
)
def test_a_cell_as_text(cell, text):
    assert text_of(cell) == text


def test_only_full_width_digits_letters_and_signs_become_narrow():
    assert narrow("０９ＡＺａｚ") == "09AZaz"
    assert narrow("／｛（①　，") == "／｛（①　，", (
        "signs outside digits and letters stay as they are"
    )


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (20_000, date(1954, 10, 3)),
        (59_999, date(2064, 4, 7)),
        (41_883.75, date(2014, 9, 1)),
        ("1900-1-1", date(1900, 1, 1)),
        ("2099/12/31", date(2099, 12, 31)),
        ("2014-09-01 00:00:00", date(2014, 9, 1)),
        ("20140901", date(2014, 9, 1)),
        ("２０１４年９月１日", date(2014, 9, 1)),
        (20140901, date(2014, 9, 1)),
    ],
)
def test_a_day_that_can_be_read(cell, day):
    assert day_in_cell(cell) == day


@pytest.mark.parametrize(
    "cell", [19_999, 60_000, "1899-12-31", "2100-1-1", "2014-13-01", "20140231", "昨天"]
)
def test_a_day_that_nobody_meant(cell):
    assert day_in_cell(cell) == Spoilt("ROST021", text_of(cell))


@pytest.mark.parametrize(
    ("key", "cell", "value"),
    [
        ("身份证号", 99_999_999_999, "99999999999"),
        ("身份证号", 100_000_000_000, Spoilt("ROST020", "10********00")),
        ("学籍号", 5.3e17, Spoilt("ROST020", "530000********0000")),
        ("身份证号", "5.3E+17", Spoilt("ROST020", "5.3E+17")),
        ("电话", 13_800_000_001, "13800000001"),
        ("电话", 138_000_000_011, Spoilt("ROST105", "138000000011")),
        ("电话", "1.38E+10", Spoilt("ROST020", "1.38E+10")),
        ("身份证号", "53049920130506121x", "53049920130506121X"),
        ("身份证号", "530499 20130506 1217", "530499201305061217"),
        ("电话", "0877 2012345", "0877-2012345"),
        ("姓名", "普 云飞", "普云飞"),
        ("出生日期", "", ""),
        ("性别", "1", "男"),
        ("性别", "甲", Spoilt("ROST022", "甲")),
        ("关系", "伯父", "伯父"),
        ("民族", "彝族", "彝族"),
    ],
)
def test_a_value_by_its_column(key, cell, value):
    assert value_of(key, cell) == value


@pytest.mark.parametrize("cell", ["2014-9", "2014.09", "201409", "2014年9月", 2014.9])
def test_a_month_is_no_day(cell):
    assert day_in_cell(cell) == Spoilt("ROST091", text_of(cell))


@pytest.mark.parametrize("cell", ["/", "无", "—", "0", "N/A"])
def test_what_says_nothing_is_nothing(cell):
    assert value_of("电话", cell) == ""


def test_an_error_of_a_formula_is_no_value_in_any_column():
    for key in ("姓名", "电话", "现住址", "性别"):
        assert value_of(key, " #REF! ") == Spoilt("ROST040", "#REF!")
