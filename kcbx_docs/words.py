"""Small pieces of Chinese prose that every part writes in the same way."""

from datetime import date

UNKNOWN_DAY = "（未定）"


def day_in_words(day: date) -> str:
    """Write a day without padding: 2026年9月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def day_or_unknown(day: date | None) -> str:
    """Write a day, or say that it is not known yet."""
    return day_in_words(day) if day else UNKNOWN_DAY
