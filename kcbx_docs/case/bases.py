"""What somebody is said to have looked at or heard has been: a basis names no day that is to come.

Of a text only days are read; how long something lasts (至3月1日) and what comes later (3月1日复学)
are no days of a basis.
"""

import re
from collections.abc import Iterator
from datetime import date

from kcbx_docs.case.model import Case
from kcbx_docs.light import regex
from kcbx_docs.problems import Problem, problem
from kcbx_docs.reading import Loc, Source

_DAY = regex(
    r"(?<![至到—~～\-－\d年])(?:(?P<year>20\d\d|今|本)(?:年|[-./])\s?)?"
    r"(?P<month>1[0-2]|0?[1-9])(?:月|(?<=20\d\d[-./]\d)[-./]|(?<=20\d\d[-./]\d\d)[-./])"
    r"(?P<day>3[01]|[12]\d|0?[1-9])(?:[日号]|(?![\d日号]))"
    r"(?!\s*(?:止|为止|以?前|之前|到期|期满|届满|复学|返校|开学|起|以后|之后))"
)
_LAST_YEAR = regex(r"[去前上]年")


def check_bases(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """Ask about a basis of a day to come; without a year it is the last such day of the absence."""
    first = min((one.day for one in case.history if one.kind == "首次缺课"), default=today)
    for name, found in case.exclusions.items():
        if found.applies:
            continue  # what is so may have been granted for days to come
        yield from _of(("排除情形", name, "依据"), found.evidence, source, today, first)
        if found.examined and found.since and found.since > today:
            place = source.place(("排除情形", name, "日期"), value=True)
            key = f"排除情形的「{name}」查明的日期"
            yield problem("CASE290", place, key=key, day=found.since, today=today)
    for number, guardian in enumerate(case.guardians):
        loc = ("监护人", number)
        yield from _of((*loc, "监护依据"), guardian.basis, source, today)
        yield from _of((*loc, "监护状况说明"), guardian.condition_note, source, today)
    for number, piece in enumerate(case.evidence):
        yield from _of(("证据", number, "名称"), piece.name, source, today)


def _of(
    loc: Loc, text: str, source: Source, today: date, since: date | None = None
) -> Iterator[Problem]:
    """Ask about the first day of a text that is to come; days without a year only after one."""
    for found in _DAY.finditer(text):
        day = _read(found, text, today, since)
        if day and day > today:
            place = source.place(loc, value=True)
            facts = {"key": loc[-1], "text": found[0], "day": day, "today": today}
            yield problem("CASE314", place, **facts)
            return


def _read(found: "re.Match[str]", text: str, today: date, since: date | None) -> date | None:
    month, day = int(found["month"]), int(found["day"])
    if found["year"]:
        year = found["year"]
        return _date(int(year) if year.isdecimal() else today.year, month, day)
    if since is None or _LAST_YEAR.search(text):
        return None
    before = _date(today.year - 1, month, day)
    if before and before >= since:
        return None  # that of last year was within the absence
    return _date(today.year, month, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
