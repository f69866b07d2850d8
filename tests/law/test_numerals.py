"""Numerals of papers: articles, dates, and money against an independent library."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kcbx_docs.law.numerals import capital_amount, chinese_date, chinese_number
from kcbx_docs.problems import UserError
from kcbx_docs.words import day_in_words


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"),
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (21, "二十一"),
        (58, "五十八"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (112, "一百一十二"),
        (120, "一百二十"),
        (1000, "一千"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (1068, "一千零六十八"),
        (1259, "一千二百五十九"),
        (9999, "九千九百九十九"),
    ],
)
def test_article_numbers(number: int, text: str) -> None:
    assert chinese_number(number) == text


@settings(deadline=None)  # the first example imports the library
@given(st.integers(0, 9999))
def test_article_numbers_agree_with_cn2an(number: int) -> None:
    import cn2an  # nobody else needs it

    theirs = cn2an.an2cn(number)
    assert chinese_number(number) == (theirs.removeprefix("一") if 10 <= number < 20 else theirs)


@pytest.mark.parametrize("number", [-1, 10_000])
def test_numbers_out_of_range_are_refused(number: int) -> None:
    with pytest.raises(UserError, match="LAW030"):
        chinese_number(number)


@pytest.mark.parametrize(
    ("day", "chinese", "plain"),
    [
        (date(2026, 9, 1), "二〇二六年九月一日", "2026年9月1日"),
        (date(2030, 10, 20), "二〇三〇年十月二十日", "2030年10月20日"),
        (date(2025, 12, 31), "二〇二五年十二月三十一日", "2025年12月31日"),
    ],
)
def test_dates(day: date, chinese: str, plain: str) -> None:
    assert (chinese_date(day), day_in_words(day)) == (chinese, plain)


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角"),
        ("0.55", "伍角伍分"),
        ("1", "壹元整"),
        ("10", "壹拾元整"),
        ("500", "伍佰元整"),
        ("1000", "壹仟元整"),
        ("1005", "壹仟零伍元整"),
        ("1409.50", "壹仟肆佰零玖元伍角"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("10000", "壹万元整"),
        ("100500", "壹拾万零伍佰元整"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("10000001", "壹仟万零壹元整"),
        ("100000000", "壹亿元整"),
        ("100010000", "壹亿零壹万元整"),
        ("1000000000000", "壹万亿元整"),
        ("1000100000000", "壹万零壹亿元整"),
        (
            "9999999999999999.99",
            "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
        ),
    ],
)
def test_money_in_capitals(amount: str, text: str) -> None:
    assert capital_amount(amount) == text


@given(st.decimals(min_value=1, max_value=Decimal("99999999.99"), places=2))
def test_money_agrees_with_cn2an_but_for_optional_zeros(amount: Decimal) -> None:
    import cn2an  # nobody else needs it

    ours, theirs = capital_amount(amount), cn2an.an2cn(str(amount), "rmb")
    assert ours.replace("零", "").removesuffix("整") == theirs.replace("零", "").removesuffix("整")


@pytest.mark.parametrize(
    ("amount", "reason"),
    [
        ("0.285", "最多到分"),
        ("-1", "不能为负"),
        ("10000000000000000", "范围"),
        ("12,345.6", "不是数字"),
        ("NaN", "无穷大"),
        ("Infinity", "无穷大"),
        ("", "不是数字"),
        ("1E-30", "最多到分"),
    ],
)
def test_sums_that_have_no_capitals_are_refused(amount: str, reason: str) -> None:
    with pytest.raises(UserError, match=reason):
        capital_amount(amount)
