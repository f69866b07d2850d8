"""文号 as people write them: brought into one form before two are compared."""

import unicodedata
from typing import NamedTuple

from kcbx_docs.case.brackets import CLOSING, OPENING
from kcbx_docs.light import regex

_BRACKETS = str.maketrans(OPENING + CLOSING, "〔" * len(OPENING) + "〕" * len(CLOSING))
_YEAR = regex(r"〔(\d{4})年?〕")
_SERIAL = regex(r"第?0*(\d+)号?$")
_NUMBER = regex(r"(?P<word>.+)〔(?P<year>\d{4})〕(?P<serial>\d+)号$")


class NumberParts(NamedTuple):
    """The parts of a number: 青政〔2026〕12号 is the twelfth of 青政 in 2026."""

    word: str
    year: int
    serial: int


def normalise(number: str) -> str:
    """Write a number as the standard for official papers does: 青政〔2026〕12号.

    Spaces, the kind of brackets, full-width digits, 第 and leading zeros are habits of writing;
    every character before the year belongs to the number (鲁政 and 鲁政字 are two series).
    """
    text = "".join(_plain(char) for char in number if not char.isspace())
    text = _YEAR.sub(r"〔\1〕", text.translate(_BRACKETS))
    head, year, tail = text.rpartition("〕")
    return head + year + _SERIAL.sub(r"\1号", tail) if year else text


def _plain(char: str) -> str:
    return (
        unicodedata.normalize("NFKC", char) if unicodedata.east_asian_width(char) == "F" else char
    )


def parts_of(number: str) -> NumberParts | None:
    """Take a number apart; one of another shape is kept whole."""
    found = _NUMBER.match(normalise(number))
    return NumberParts(found["word"], int(found["year"]), int(found["serial"])) if found else None
