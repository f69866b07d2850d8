"""What one cell of a roster means: text, day, code, number of a person."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from kcbx_docs.case.columns import roster_words
from kcbx_docs.case.ids import age_on, mask
from kcbx_docs.case.names import tidy_name
from kcbx_docs.case.phones import phones_in
from kcbx_docs.case.spreadsheet_xml import Spoilt
from kcbx_docs.light import regex

# Day 0 of spreadsheets: they count a 29 February 1900 that never was.
EPOCH = date(1899, 12, 30)
DAYS = ("出生日期", "首次缺课")
NUMBERS = ("身份证号", "学籍号", "电话")
_DATE = regex(
    r"((?:19|20)\d{2})[-./年](\d{1,2})[-./月](\d{1,2})日?(?:\s+0{1,2}:00(?::00)?)?"
    r"|((?:19|20)\d{2})(\d{2})(\d{2})"
)
_FULL_WIDTH = regex("[\uff10-\uff5a]+")
_SCIENTIFIC = regex(r"\d(\.\d+)?[eE]\+?\d+")
_WRAPPED = regex(r'="(.*)"', re.DOTALL)
"""How exports keep a spreadsheet from taking a number for a number."""
_ERROR = regex(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|#+)")
_MONTH = regex(r"(?:19|20)\d{2}(?:[-./年](?:0?[1-9]|1[0-2])月?|0[1-9]|1[0-2])")
OLDEST, YOUNGEST = 25, 3
"""Years of age beyond which a day of birth is no pupil's."""

Value = str | date | None | Spoilt


def text_of(cell: object) -> str:
    """Return a cell as text: no leading apostrophe, ordinary spaces, whole numbers without .0."""
    if isinstance(cell, str):
        text = " ".join(cell.split())
        if text.startswith("="):
            text = _WRAPPED.sub(r"\1", text).strip()
        return text.removeprefix("'").strip()
    if cell is None:
        return ""
    if isinstance(cell, Spoilt):
        return cell.shown
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return cell.strftime("%Y-%m-%d") if isinstance(cell, datetime | date) else str(cell)


def narrow(text: str) -> str:
    """Make full-width digits and letters narrow; nothing else changes."""
    if text.isascii():
        return text
    return _FULL_WIDTH.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)


def spoilt(cell: object) -> Spoilt | None:
    """Return why a cell has no value: an error, or a formula that was never calculated."""
    if isinstance(cell, Spoilt):
        return cell
    if isinstance(cell, str) and "#" in cell and _ERROR.fullmatch(cell.strip()):
        return Spoilt("ROST040", cell.strip())
    return None


def value_of(key: str, cell: object) -> Value:
    """Read a cell of a column; ``key`` is the plain key such as 身份证号 or 出生日期."""
    if none := spoilt(cell):
        return none
    text = text_of(cell)
    if key == "姓名":
        return tidy_name(text)
    words = roster_words()
    coded = text == "0" and key in words["codes"]
    if text in words["placeholders"]["nothing"] and key not in ("残疾情况", "备注") and not coded:
        return ""
    if text in words["placeholders"]["same"]:
        return Spoilt("ROST076", text)
    if key in NUMBERS:
        return _number(key, cell, narrow(text))
    if key in DAYS:
        return day_in_cell(cell) if text else ""
    return _coded(key, text)


def _coded(key: str, text: str) -> Value:
    """Read a cell by the table of codes and names of its column."""
    codes: Mapping[str, str] = roster_words()["codes"].get(key, {})
    if known := codes.get(narrow(text).upper()):
        return known
    if codes and text and key != "关系":  # of relations there are more than any table holds
        return Spoilt("ROST022", text)
    return narrow(text)


def _number(key: str, cell: object, text: str) -> Value:
    if _SCIENTIFIC.fullmatch(text):
        return Spoilt("ROST020", text)
    if key == "电话":
        numbers = phones_in(text)
        return "、".join(numbers) if numbers or not text else Spoilt("ROST105", text)
    # A spreadsheet keeps fifteen digits: of a longer number the last ones are lost.
    if isinstance(cell, int | float) and abs(cell) >= 1e11:
        return Spoilt("ROST020", mask(text))
    return "".join(text.split()).upper()


def day_in_cell(cell: object) -> Value:
    """Read a day: a date cell, a serial number, 2014.9.1, 2014年9月1日 or 20140901."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = unicodedata.normalize("NFKC", text_of(cell))
    if found := _DATE.fullmatch(text):
        parts = [int(part) for part in found.groups() if part]
        try:
            return date(*parts)
        except ValueError:
            return Spoilt("ROST021", text)
    if _MONTH.fullmatch(text):
        return Spoilt("ROST091", text)
    # Days of 1954 to 2064: any other number in a column of days is a slip.
    if isinstance(cell, int | float) and 20_000 <= cell < 60_000:
        return EPOCH + timedelta(days=int(cell))
    return Spoilt("ROST021", text)


def is_a_pupils(birth: date, today: date) -> bool:
    """Tell whether somebody born on a day can be a pupil."""
    return YOUNGEST <= age_on(birth, today) <= OLDEST
