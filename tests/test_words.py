"""Small pieces of Chinese prose: written in one way, and read back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcbx_docs.words import (
    amount_in_words,
    article_in_words,
    day_in_words,
    day_or_unknown,
    number_in_words,
    parse_number,
)


@given(st.integers(0, 9999))
def test_every_number_is_read_as_it_is_written(number: int) -> None:
    assert parse_number(number_in_words(number)) == number
    assert parse_number(str(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十五", 15),
        ("一十五", 15),
        ("二百零三", 203),
        ("0015", 15),
        ("一百二", None),
        ("十十", None),
        ("二三", None),
        ("一百零", None),
        ("一千二", None),
        ("五十二条", None),
        ("１５", None),
        ("-5", None),
        ("12345", None),
        ("", None),
    ],
)
def test_what_is_no_number_is_not_guessed(text: str, number: int | None) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ((58,), "第五十八条"),
        ((63, 1), "第六十三条第一款"),
        ((63, 1, 1), "第六十三条第一款第（一）项"),
        ((64, None, 2), "第六十四条第（二）项"),
        ((1259,), "第一千二百五十九条"),
        ((58000,), "第58000条"),
        ((None,), ""),
    ],
)
def test_an_article_is_written_in_one_way(place: tuple[int | None, ...], words: str) -> None:
    assert article_in_words(*place) == words


@pytest.mark.parametrize(
    ("number", "unit", "words"),
    [
        (10, "日", "10日"),
        (-7, "工作日", "7个工作日"),
        (6, "月", "6个月"),
        (22, "每月日", "每月22日"),
        (3, "百分比", "3%"),
        (18, "周岁", "18周岁"),
    ],
)
def test_an_amount_has_its_unit(number: int, unit: str, words: str) -> None:
    assert amount_in_words(number, unit) == words


def test_a_day_is_written_without_padding_or_is_not_known() -> None:
    assert day_in_words(date(2026, 9, 1)) == day_or_unknown(date(2026, 9, 1)) == "2026年9月1日"
    assert day_or_unknown(None) == "（未定）"
