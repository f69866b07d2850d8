"""What is known of days off in a year whose notice nobody has: weekends, feasts of fixed days,
and around them the days that a notice may give.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from pydantic import Field

from kcbx_docs.law.calendar import Calendar
from kcbx_docs.law.files import DATA, read_shipped
from kcbx_docs.light import dataclass
from kcbx_docs.problems import raise_errors
from kcbx_docs.reading import Day, Model, read_model

_DAY = timedelta(days=1)
_WEEKDAYS = "一二三四五六日"


class Feast(Model):
    """One feast: when it is, which days around it are off by law, which may be."""

    name: str = Field(alias="节日", description="节日名称")
    code: str = Field("", alias="代码", description="只在一个地方放假的，写行政区划代码")
    month_day: str = Field("", alias="月日", description="每年同一天的，写月-日")
    days: tuple[Day, ...] = Field((), alias="日", description="农历的，逐年写哪一天")
    off: tuple[int, int] = Field(alias="放假", description="法定放假的是节日当天的第几天到第几天")
    perhaps: tuple[int, int] = Field(alias="可能", description="通知可能放到第几天到第几天")
    worked: int = Field(alias="调休", description="前后多少天以内的周六、周日可能上班")

    def distance(self, day: date) -> int | None:
        """Count the days from the nearest feast to a day; nothing where its day is not known."""
        if self.month_day:
            known = [date.fromisoformat(f"{y}-{self.month_day}") for y in _around(day.year)]
        else:
            known = [feast for feast in self.days if abs(feast.year - day.year) <= 1]
            if all(feast.year != day.year for feast in known):
                return None
        return min(((day - feast).days for feast in known), key=abs, default=None)


class Feasts(Model):
    """All feasts."""

    feasts: tuple[Feast, ...] = Field(alias="节日", description="逐个节日")


@cache
def shipped_feasts() -> tuple[Feast, ...]:
    """Read the feasts that come with the program."""
    found, problems = read_model(Feasts, read_shipped(DATA.parent / "feasts.yaml"))
    raise_errors(problems)
    return found.feasts if found else ()


@dataclass(frozen=True)
class LastDay:
    """The last day of a period as far as anybody can tell it."""

    end: date
    """Rolled over every day that is known to be off."""
    latest: date
    """The last day on which the period may still be running."""
    exact: bool
    """Whether no notice can make it another day."""


def rolled(day: date, calendar: Calendar, region: str | None) -> LastDay:
    """Roll a last day forward as far as is known without the notice of its year."""
    exact = True
    while reason := rest_reason(day, calendar, region):
        exact = exact and not (reason.startswith("星期") and _may_work(day, calendar, region))
        day += _DAY
    latest = day
    while rest_reason(latest, calendar, region) or _may_rest(latest, calendar, region):
        latest += _DAY
    return LastDay(day, latest, exact and latest == day and _told(day, calendar, region))


def rest_reason(day: date, calendar: Calendar, region: str | None) -> str:
    """Say why a day is off, as far as is known; nothing where it may be worked."""
    if calendar.has(day.year):
        return calendar.rest_reason(day, region)
    for feast, distance in _near(day, region):
        if feast.off[0] <= distance <= feast.off[1]:
            return f"{feast.name}放假"
    return f"星期{_WEEKDAYS[day.weekday()]}" if day.weekday() > 4 else ""


def _may_rest(day: date, calendar: Calendar, region: str | None) -> bool:
    if calendar.has(day.year):
        return False
    return any(f.perhaps[0] <= away <= f.perhaps[1] for f, away in _near(day, region))


def _may_work(day: date, calendar: Calendar, region: str | None) -> bool:
    if calendar.has(day.year):
        return False
    return any(abs(away) <= feast.worked for feast, away in _near(day, region))


def _told(day: date, calendar: Calendar, region: str | None) -> bool:
    """Tell whether the day of every feast is known in a year."""
    if calendar.has(day.year):
        return True
    ours = [feast for feast in shipped_feasts() if _holds(feast, region)]
    return all(feast.distance(day) is not None for feast in ours)


def _near(day: date, region: str | None) -> Iterator[tuple[Feast, int]]:
    """Yield the feasts of a region with how far a day is from each."""
    for feast in shipped_feasts():
        distance = feast.distance(day) if _holds(feast, region) else None
        if distance is not None:
            yield feast, distance


def _holds(feast: Feast, region: str | None) -> bool:
    return (region or "").startswith(feast.code)


def _around(year: int) -> tuple[int, ...]:
    return tuple(y for y in (year - 1, year, year + 1) if 1 <= y <= date.max.year)
