"""Small pieces of Chinese prose that every part writes in the same way."""

from datetime import date

UNKNOWN_DAY = "（未定）"


def day_in_words(day: date) -> str:
    """Write a day without padding: 2026年9月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def day_or_unknown(day: date | None) -> str:
    """Write a day, or say that it is not known yet."""
    return day_in_words(day) if day else UNKNOWN_DAY


_UNITS = {"工作日": "个工作日", "月": "个月", "每月日": "日", "百分比": "%"}


def unit_in_words(unit: str) -> str:
    """Write the unit of a period as it follows its number: 个工作日, 个月."""
    return _UNITS.get(unit, unit)


def amount_in_words(number: int, unit: str) -> str:
    """Write a number with its unit: 7个工作日, 每月25日, 3%."""
    every = "每月" if unit == "每月日" else ""
    return f"{every}{abs(number)}{unit_in_words(unit)}"
