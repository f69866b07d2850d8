"""The day: that of China, wherever the machine thinks it is; every command reads it here."""

from datetime import date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))


def today() -> date:
    """Tell which day it is in China."""
    return datetime.now(CHINA).date()
