"""The days of a school term, as its name is written."""

from datetime import date

from kcbx_docs.light import regex

_TERM = regex(r"(?P<year>20\d\d)\s*年?\s*(?P<half>[春秋])(?:季?学期|季)?")
SPRING, AUTUMN = 2, 8
"""The months in which terms begin, as everywhere in the program."""
_AHEAD = {"春": 60, "秋": 120}
"""How many days ahead papers of a term are printed: those of the autumn from the spring on."""
_BEHIND = 30
"""How many days after its end the last papers of a term are printed."""


def named_term(text: str) -> tuple[int, str] | None:
    """Read the year and the half of a term; nothing of what is written otherwise."""
    found = _TERM.fullmatch(text.strip())
    return (int(found["year"]), found["half"]) if found else None


def days_of_term(year: int, half: str) -> tuple[date, date]:
    """Return the first and the last day of a term."""
    if half == "春":
        return date(year, SPRING, 1), date(year, 7, 31)
    return date(year, AUTUMN, 1), date(year + 1, 1, 31)


def far_from_term(text: str, day: date) -> bool:
    """Tell whether a day is so far from a term that its year was probably mistyped."""
    named = named_term(text)
    if named is None:
        return False
    first, last = days_of_term(*named)
    return (first - day).days > _AHEAD[named[1]] or (day - last).days > _BEHIND


def begins_after(text: str, day: date) -> bool:
    """Tell whether a term is still to come."""
    named = named_term(text)
    return named is not None and days_of_term(*named)[0] > day
