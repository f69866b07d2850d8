"""The day: that of China, wherever the machine thinks it is; every command reads it here."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))


def today() -> date:
    """Tell which day it is in China."""
    return datetime.now(CHINA).date()


def now() -> datetime:
    """Tell the moment as a clock in China shows it."""
    return datetime.now(CHINA)


def time_of_day() -> str:
    """Tell what time it is in China, to the second."""
    return f"{datetime.now(CHINA):%H:%M:%S}"


_heard: ContextVar[list[date] | None] = ContextVar("heard", default=None)


@contextmanager
def hearing_of_setbacks() -> Iterator[list[date]]:
    """Hear the day of the ledger of every record made while the machine's day is before it."""
    days: list[date] = []
    token = _heard.set(days)
    try:
        yield days
    finally:
        _heard.reset(token)


def tell_of_setback(day: date) -> None:
    """Tell whoever hears that the machine's day is before that of the ledger."""
    days = _heard.get()
    if days is not None and day not in days:
        days.append(day)
