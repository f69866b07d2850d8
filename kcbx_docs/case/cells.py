"""What one cell of a roster means: text, day, code, number of a person."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kcbx_docs.case.columns import roster_words
from kcbx_docs.case.names import tidy_name
from kcbx_docs.words import number_in_words, parse_number

# Day 0 of spreadsheets: they count a 29 February 1900 that never was.
EPOCH = date(1899, 12, 30)
NUMBERS = ("身份证号", "学籍号", "电话")
_DATE = re.compile(
    r"((?:19|20)\d{2})[-./年](\d{1,2})[-./月](\d{1,2})日?(?:\s+0{1,2}:00(?::00)?)?"
    r"|((?:19|20)\d{2})(\d{2})(\d{2})"
)
_FULL_WIDTH = re.compile("[\uff10-\uff5a]+")
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d+")
_CLASS = re.compile(
    r"(?P<grade>[一二三四五六七八九1-9]年级|[初高][一二三]年?级?)"
    r"[（(]?(?P<number>[^（()）]{1,8}?)[）)]?(?P<end>班)?"
)


@dataclass(frozen=True)
class Unreadable:
    """A cell that has no meaning in its column, with the code that says why."""

    code: str
    shown: str


Value = str | date | None | Unreadable


def text_of(cell: object) -> str:
    """Return a cell as text: no leading apostrophe, ordinary spaces, whole numbers without .0."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime | date):
        return cell.strftime("%Y-%m-%d")
    text = "".join(" " if char.isspace() else char for char in str(cell)).strip()
    return text.removeprefix("'").strip()


def narrow(text: str) -> str:
    """Make full-width digits and letters narrow; nothing else changes."""
    return _FULL_WIDTH.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)


def value_of(key: str, cell: object) -> Value:
    """Read a cell of a column; ``key`` is the plain key such as 身份证号 or 出生日期."""
    text = text_of(cell)
    if key == "姓名":
        return tidy_name(text)
    if key in NUMBERS:
        return _number(key, cell, narrow(text))
    if not text:
        return ""
    if key == "出生日期":
        return day_in_cell(cell)
    codes: Mapping[str, str] = roster_words()["codes"].get(key, {})
    if known := codes.get(narrow(text).upper()):
        return known
    if codes and key != "关系":  # of relations there are more than any table holds
        return Unreadable("ROST022", text)
    return narrow(text)


def _number(key: str, cell: object, text: str) -> Value:
    if _SCIENTIFIC.fullmatch(text):
        return Unreadable("ROST020", text)
    if key == "电话":
        return text
    # A spreadsheet keeps fifteen digits: of a longer number the last ones are lost.
    if isinstance(cell, int | float) and abs(cell) >= 1e11:
        return Unreadable("ROST020", text)
    return re.sub(r"\s", "", text).upper()


def day_in_cell(cell: object) -> Value:
    """Read a day: a date cell, a serial number, 2014.9.1, 2014年9月1日 or 20140901."""
    if isinstance(cell, datetime):
        return cell.date()
    text = unicodedata.normalize("NFKC", text_of(cell))
    if found := _DATE.fullmatch(text):
        parts = [int(part) for part in found.groups() if part]
        try:
            return date(*parts)
        except ValueError:
            return Unreadable("ROST021", text)
    # Days of 1954 to 2064: any other number in a column of days is a slip.
    if isinstance(cell, int | float) and 20_000 <= cell < 60_000:
        return EPOCH + timedelta(days=int(cell))
    return Unreadable("ROST021", text)


def grade_and_class(grade: str, class_name: str) -> tuple[str, str]:
    """Split 七年级1班 and complete bare numbers: 7 becomes 七年级, 1 becomes 1班."""
    found = _CLASS.fullmatch(class_name)
    if found and (not grade or _grade(grade) == _grade(found["grade"])):
        grade, class_name = found["grade"], found["number"] + "班"
    if re.fullmatch(r"\d+", class_name):
        class_name += "班"
    return _grade(grade), class_name


def _grade(text: str) -> str:
    digit = text.removesuffix("年级")
    if not re.fullmatch("[1-9]", digit):
        return text
    return f"{number_in_words(int(digit))}年级"


def class_order(label: str) -> tuple[tuple[int, int | str], ...]:
    """Return the key that sorts 七年级2班 before 七年级10班 before 八年级1班."""
    key: list[tuple[int, int | str]] = []
    for part in re.findall(r"\d+|[一二三四五六七八九十]+|.", label):
        number = int(part) if part.isdecimal() else parse_number(part)
        # Numbers and words cannot be compared with each other: numbers come first.
        key.append((1, part) if number is None else (0, number))
    return tuple(key)
