"""Characters that must not stand in any text that people write."""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from kcbx_docs.light import regex
from kcbx_docs.problems import Place, Problems, Tally
from kcbx_docs.words import is_newer_han

_UNCOMMON = regex("[^\n\t -~·—‘’“”…、。《》〈〉〔〕「」（），：；？！．　一-龥]")
"""Whatever is none of the characters of which nearly every file consists."""


@lru_cache(maxsize=8192)
def forbidden(char: str) -> bool:
    """Tell whether a character must not stand in any text: control, zero-width, private, broken."""
    if char in "\n\t" or is_newer_han(char):
        return False
    if ord(char) in _UNSEEN:
        return True
    return unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn")


_UNSEEN = frozenset(
    (
        *range(0x202A, 0x202F),  # turn the direction of writing
        *range(0x2060, 0x2070),  # joiners and invisible operators
        *range(0x200B, 0x2010),  # no width: breaks, joiners, marks of direction
        *(0x00AD, 0x034F, 0xFEFF),  # a soft hyphen, a joiner, no width
        *(0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800),  # drawn as an empty place
        *(0x2028, 0x2029),  # break a line in some programs only
        0xFFFD,  # stands for what could not be decoded
    )
)


def forbidden_characters(text: str, name: str, first_line: int) -> Problems:
    """Tell of every character that must not be there."""
    if not _UNCOMMON.search(text) or not any(map(forbidden, set(text))):
        return ()
    found = Tally(name)
    for number, line in enumerate(text.split("\n"), first_line + 1):
        for column, char in enumerate(line, 1):
            if forbidden(char):
                found.add("READ012", Place(name, number, column), char=f"U+{ord(char):04X}")
    return found.told()


Loc = tuple[int | str, ...]


def written_by_number(data: Any, places: Mapping[Loc, tuple[int, int]], name: str) -> Problems:
    """Tell of the same characters where a value says them by their number, as "\\e" does."""
    found = Tally(name)
    for loc, text in _texts(data, ()):
        line, column = places.get(loc, (0, 0))
        for char in filter(forbidden, dict.fromkeys(text)):
            place = Place(name, line + 1, column + 1)
            found.add("READ012", place, char=f"U+{ord(char):04X}")
    return found.told()


def _texts(data: Any, loc: Loc) -> Iterator[tuple[Loc, str]]:
    if isinstance(data, str):
        yield loc, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield (*loc, key), key
            yield from _texts(value, (*loc, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _texts(value, (*loc, number))
