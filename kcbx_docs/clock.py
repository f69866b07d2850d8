"""The day: that of China, wherever the machine thinks it is; every command reads it here."""

from datetime import date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))


def today() -> date:
    """Tell which day it is in China."""
    return datetime.now(CHINA).date()


def time_of_day() -> str:
    """Tell what time it is in China, to the second."""
    return f"{datetime.now(CHINA):%H:%M:%S}"
