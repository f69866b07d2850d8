"""The values of a paper as text, and what kind of value is one: what is none is noted."""

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from jinja2 import Undefined
from jinja2.exceptions import SecurityError

from kcbx_docs.law import numerals
from kcbx_docs.light import regex
from kcbx_docs.packs.collecting import COLLECTING
from kcbx_docs.packs.model import Unknown
from kcbx_docs.problems import UserError
from kcbx_docs.words import as_day, as_number, day_in_words

LINE = "\u2028"
"""A line break in a value while a paper is being filled: no text that was read may hold it."""
_SPACED = regex(r"[\n\t]|  ")
_SPACES = regex(r"[ \t]+")
NUMBERS = (int, float, Decimal)


def _spaced(value: str) -> Any:
    """Make the spaces of a value those that DOCX and PDF both print; its lines stay apart."""
    lines = [_SPACES.sub(" ", line).strip(" ") for line in value.strip("\n").split("\n")]
    spaced = (LINE if COLLECTING.get() else "\n").join(lines)
    return type(value)(spaced)  # text that is escaped already stays so


def joined_lines(lines: Iterable[str]) -> str:
    """Make one line of several: Chinese needs no space between them, two Latin words do."""
    out = ""
    for line in map(str.strip, lines):
        apart = out[-1:].isascii() and line[:1].isascii()
        out += f" {line}" if out and line and apart else line
    return out


def plain(value: Any) -> Any:
    """Turn a value into the text that is printed; what has no plain text is a fault."""
    if isinstance(value, str):
        return _spaced(value) if _SPACED.search(value) else value
    if isinstance(value, Undefined):
        return value
    if isinstance(value, datetime.datetime):
        return f"{day_in_words(value.date())}{value.hour}时{value.minute:02d}分"
    if isinstance(value, datetime.date):
        return day_in_words(value)
    if isinstance(value, datetime.time):
        return f"{value.hour}时{value.minute:02d}分"
    if isinstance(value, Decimal):
        return f"{value:f}" if value % 1 else f"{value:.0f}"
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return no_text(value)


def no_text(value: Any) -> str:
    """Note that a value has no text that could be printed."""
    kind = "unprintable"
    if value is None:
        kind = "empty"
    elif isinstance(value, Unknown):
        kind = "unconfirmed"
    collected = COLLECTING.get()
    if collected is None:
        raise SecurityError(f"{kind}: {value!r}")
    now = collected.now
    collected.add(kind, type(value).__name__ if now is None else str(now))
    return ""


def as_figure(value: Any) -> Any:
    """Read a number that may be less than nothing."""
    return value if isinstance(value, NUMBERS) else as_number(value)


def as_amount(value: Any) -> Any:
    """Read an amount of money."""
    try:
        return numerals.parse_amount(value)
    except UserError:
        return as_number(value)


def as_date(value: Any) -> datetime.date | None:
    """Read a day, also as a pack may write it: 2026-09-01."""
    if isinstance(value, str):
        return as_day(value)
    return value if isinstance(value, datetime.date) else None


def date_in_words(value: Any) -> Any:
    """Write a day in words; anything else as it is."""
    day = as_day(value) if isinstance(value, str) else None
    return plain(day or value)


def trimmed(value: Any, chars: str | None = None) -> Any:
    """Take spaces off both ends; to Jinja what is empty is the word None."""
    text = plain(value)
    return text if isinstance(text, Undefined) else text.strip(chars)


def width(text: str) -> float:
    """Measure text in ems: half for ASCII, one for the rest."""
    if text.isascii():
        return len(text) / 2
    # The dot within a name stands among the Latin signs, but is drawn one em wide.
    narrow = len([char for char in text if ord(char) < 0x2000 and char != "·"])
    return len(text) - narrow / 2


_ONE = (str, int, float, Decimal, datetime.date, datetime.time, Mapping)


def in_pieces(values: Any, *, words: bool = False) -> bool:
    """Tell of one value that is taken apart as if it were a list: a fault that is noted. Of a table
    only the keys would be left; ``words`` may be taken apart where that is asked for.
    """
    if isinstance(values, str) and (words or not values):
        return False
    if not isinstance(values, _ONE):
        return False
    if (collected := COLLECTING.get()) is None:
        raise SecurityError("one value is no list")
    collected.add("pieces", "、".join(values) if isinstance(values, Mapping) else str(values))
    return True


def items_of(values: Any, *, words: bool = False) -> Any:
    """Return what a filter of lists may take apart; where it is nothing of the kind, no items."""
    if isinstance(values, Undefined):
        return values
    if values is None or isinstance(values, Unknown):
        no_text(values)
        return ()
    return () if in_pieces(values, words=words) else values
