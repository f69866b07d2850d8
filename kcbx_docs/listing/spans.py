"""The days that a list or a report covers: a school term, a month, a week."""

from calendar import monthrange
from datetime import date, timedelta

from kcbx_docs.case.school_terms import AUTUMN, SPRING, days_of_term, named_term
from kcbx_docs.light import regex
from kcbx_docs.listing.children import DaySpan
from kcbx_docs.problems import Place, stop

_MONTH = regex(r"(?P<year>20\d\d)-(?P<month>0[1-9]|1[0-2])")
_EARLIEST = date(1986, 7, 1)
"""Since then school has been a duty; of the days long before there are no weeks to count."""
_WEEK = timedelta(days=7)


def term_span(text: str, day: date) -> tuple[str, DaySpan]:
    """Read a school term: its name in full, and its days until ``day``."""
    found = named_term(text)
    if not found:
        raise stop("LIST001", Place(), term=text)
    year, half = found
    first, last = days_of_term(year, half)
    if day < first:
        raise stop("LIST002", Place(), what=text, first=first, day=day)
    return f"{year}年{half}季学期", DaySpan(min(last, day), first)


def term_of(day: date) -> str:
    """Name the school term of a day: spring begins in February, autumn in August."""
    if day.month < SPRING:
        return f"{day.year - 1}年秋季学期"
    return f"{day.year}年{'春' if day.month < AUTUMN else '秋'}季学期"


def terms_until(day: date, count: int) -> tuple[str, ...]:
    """Name the term of a day and those before it, the latest first."""
    months = (day.year * 12 + day.month - 1 - 6 * back for back in range(count))
    return tuple(term_of(date(month // 12, month % 12 + 1, 1)) for month in months)


def months_until(day: date, count: int) -> tuple[str, ...]:
    """Name the month of a day and those before it, the latest first."""
    months = (day.year * 12 + day.month - 1 - back for back in range(count))
    return tuple(f"{month // 12}-{month % 12 + 1:02d}" for month in months)


def month_span(text: str, day: date) -> DaySpan:
    """Read a month: its days until ``day``, the whole of it once it is over."""
    found = _MONTH.fullmatch(text.strip())
    if not found:
        raise stop("LIST003", Place(), month=text)
    year, month = int(found["year"]), int(found["month"])
    first = date(year, month, 1)
    if day < first:
        raise stop("LIST002", Place(), what=text, first=first, day=day)
    return DaySpan(min(date(year, month, monthrange(year, month)[1]), day), first)


def week_span(within: date, day: date) -> DaySpan:
    """Return the week, Monday to Sunday, in which a day falls, until ``day``."""
    if within < _EARLIEST:
        raise stop("LIST030", Place(), what=within, first=_EARLIEST)
    first = within - timedelta(days=within.weekday())
    if day < first:
        raise stop("LIST002", Place(), what=str(within), first=first, day=day)
    return DaySpan(min(first + _WEEK - timedelta(days=1), day), first)
