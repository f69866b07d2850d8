"""When a child may be born, of whom nobody knows the day: by its years, or not at all."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from kcbx_docs.light import regex

_DAY, _YEARS = "出生日期", "出生年份"
_YEAR = regex(r"(?:约|大约)?((?:19|20)\d{2})(?:年|年左右)?")
_YEAR_AND_MONTH = regex(r"((?:19|20)\d{2})(?:[-/.]\d{1,2}|年\d{1,2}月)")
_NOT_KNOWN = ("未查明", "没有查明", "不详", "不明", "未知", "不知道")
GRADES = {f"{word}年级": number for number, word in enumerate("一二三四五六七八九", 1)}
"""The grades of compulsory education: whoever sits there is of school age as far as one sees."""


def year_in(text: str) -> int | None:
    """Read a year as people write it."""
    found = _YEAR.fullmatch(text.replace(" ", ""))
    return int(found[1]) if found else None


def with_year_alone(data: Any) -> Any:
    """Take a year that stands for the day of birth as what it is, and a word for nothing."""
    if not isinstance(data, dict) or not isinstance(data.get(_DAY), str | int):
        return data
    text = str(data[_DAY]).replace(" ", "")
    rest = {key: value for key, value in data.items() if key != _DAY}
    if text in _NOT_KNOWN:
        return rest
    found = _YEAR.fullmatch(text) or _YEAR_AND_MONTH.fullmatch(text)
    if not found or data.get(_YEARS):
        return data
    return {**rest, _YEARS: found[1]}


def days_of_birth(day: date | None, years: Sequence[str]) -> tuple[date, ...]:
    """Return the first and the last day that are told or lie in a told year."""
    told = [day] if day else []
    for year in filter(None, map(year_in, years)):
        told += [date(year, 1, 1), date(year, 12, 31)]
    return tuple(dict.fromkeys((min(told), max(told)))) if told else ()
