"""Numbers that identify people and offices:
shape, check digit, and what they tell of birth and sex.

GB 11643-1999 for residents; the county code is the place of first registration and never an error.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Final, Literal

from kcbx_docs.light import dataclass, regex

RESIDENT: Final = "居民身份证"
RESIDENCE_PERMIT = "港澳台居民居住证"
FOREIGN_RESIDENT = "外国人永久居留身份证"
PASSPORT = "护照"
IdType = Literal[
    "居民身份证",
    "港澳台居民居住证",
    "外国人永久居留身份证",
    "护照",
    "港澳居民来往内地通行证",
    "台湾居民来往大陆通行证",
    "其他",
]
_EIGHTEEN_DIGITS_SINCE = date(1999, 10, 1)
"""GB 11643-1999: whoever was born since never had a number of fifteen digits."""

_SHAPES = {
    FOREIGN_RESIDENT: regex(r"9[0-9]{16}[0-9X]|[A-Z]{3}[0-9]{12}"),
    PASSPORT: regex(r"[A-Z0-9]{5,15}"),
    "港澳居民来往内地通行证": regex(r"[HM][0-9]{8}([0-9]{2})?"),
    "台湾居民来往大陆通行证": regex(r"[0-9]{8}|[0-9]{10}|[A-Z][0-9]{7,9}"),
    "其他": regex(r"[A-Z0-9（）()-]{3,40}"),
}
_PERMIT_REGIONS = ("810000", "820000", "830000")
_USCC = regex(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
Fault = tuple[str, dict[str, object]]


@dataclass(frozen=True)
class IdFacts:
    """What a number says of its holder; nothing where it says nothing."""

    number: str
    birth: date | None = None
    sex: Literal["男", "女"] | None = None


def normalise_id(text: str) -> str:
    """Make full-width characters narrow, letters upper case, and drop spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


@lru_cache(maxsize=64)  # whoever reads or checks a person asks several times
def read_id(text: str, id_type: str = RESIDENT) -> IdFacts:
    """Take birth date and sex from a number as far as it holds them, without judging it."""
    number = normalise_id(text)
    if id_type not in (RESIDENT, RESIDENCE_PERMIT) or not re.fullmatch(
        r"[0-9]{17}[0-9X]|[0-9]{15}", number
    ):
        return IdFacts(number)
    digits, order = (
        (number[6:14], number[16]) if len(number) == 18 else ("19" + number[6:12], number[14])
    )
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        birth = None
    return IdFacts(number, birth, "男" if int(order) % 2 else "女")


def faults_of_id(text: str, id_type: str, today: date) -> Iterator[Fault]:
    """Yield what is wrong with a number as (code, facts)."""
    number = normalise_id(text)
    if id_type in (RESIDENT, RESIDENCE_PERMIT):
        yield from _resident_faults(number, id_type, today)
    elif not _SHAPES[id_type].fullmatch(number):
        yield "CASE025", {"id_type": id_type}


def _resident_faults(number: str, id_type: str, today: date) -> Iterator[Fault]:
    facts = read_id(number, id_type)
    if not re.fullmatch(r"[0-9]{17}[0-9X]|[0-9]{15}", number):
        yield "CASE020", {"length": len(number)}
    elif facts.birth is None:
        yield "CASE022", {"digits": number[6:14] if len(number) == 18 else number[6:12]}
    elif facts.birth > today:
        yield "CASE023", {"birth": facts.birth}
    elif len(number) == 15:
        if facts.birth >= _EIGHTEEN_DIGITS_SINCE or id_type != RESIDENT:
            yield "CASE020", {"length": 15}
    else:
        expected = resident_check_digit(number)
        if expected != number[-1]:
            yield "CASE021", {"digit": number[-1]}
        if id_type == RESIDENCE_PERMIT and not number.startswith(_PERMIT_REGIONS):
            yield "CASE025", {"id_type": id_type}


def resident_check_digit(number: str) -> str:
    """Return the last sign of a resident's number: GB 11643-1999, ISO 7064 MOD 11-2."""
    rest = 0
    for digit in number[:17]:
        rest = (rest + int(digit)) * 2 % 11
    return "0123456789X"[(12 - rest) % 11]


_OFFICE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def _office_check_digit(code: str) -> str:
    """Return the last sign of a 统一社会信用代码: GB 32100-2015, MOD 31-3."""
    total = sum(_OFFICE_SIGNS.index(sign) * 3**place for place, sign in enumerate(code[:17]))
    return _OFFICE_SIGNS[-total % 31]


def age_on(birth: date, day: date) -> int:
    """Return full years of age; who was born on 29 February has the birthday on 1 March."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def valid_uscc(text: str) -> bool:
    """Check a 统一社会信用代码; letters among the first two (N for village co-operatives) are
    normal.
    """
    code = normalise_id(text)
    return bool(_USCC.fullmatch(code)) and _office_check_digit(code) == code[-1]


def mask(text: str) -> str:
    """Hide the middle of a number for lists and screens."""
    if len(text) >= 15:
        return text[:6] + "*" * (len(text) - 10) + text[-4:]
    return text[:2] + "*" * max(len(text) - 4, 0) + text[-2:] if len(text) > 4 else "*" * len(text)


_LONG_NUMBER = regex(r"\d{14,17}[\dXx]")


def mask_numbers(text: str) -> str:
    """Hide the middle of what looks like a number of identity inside other text."""
    return _LONG_NUMBER.sub(lambda number: mask(number[0]), text)
