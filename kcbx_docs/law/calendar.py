"""Working days by year and region, from files with their source; no missing year is guessed."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from pydantic import Field

from kcbx_docs.handwriting.echoes import without_echoes
from kcbx_docs.law.files import DATA, read_shipped
from kcbx_docs.law.model import Verification
from kcbx_docs.light import dataclass
from kcbx_docs.problems import Problem, Problems, UserError, problem
from kcbx_docs.reading import Day, Model, Source, read_model, read_yaml

NO_SOURCE = "请写通知的名称、文号和日期"
_WEEKDAYS = "一二三四五六日"
_FEASTS = ("春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
_DAY = timedelta(days=1)


class Holiday(Model):
    """A span of days off with the name of its feast."""

    name: str = Field(alias="节日", description="节日名称")
    start: Day = Field(alias="自", description="第一天")
    end: Day = Field(alias="至", description="最后一天")

    def covers(self, day: date) -> bool:
        """Tell whether a day lies in it."""
        return self.start <= day <= self.end


class CalendarYear(Model):
    """The days off and make-up working days of one year and region, as announced."""

    year: int = Field(alias="年份", description="哪一年", ge=2000, le=2100)
    region: str = Field("全国", alias="地区", description="全国，或者省、市、县的名称")
    code: str = Field(
        "", alias="代码", description="行政区划代码，二至六位；全国的不写", pattern=r"^\d{0,6}$"
    )
    source: str = Field(alias="来源", description="哪一个放假通知")
    verification: Verification = Field(alias="核对", description="已核对、部分、未核对")
    holidays: tuple[Holiday, ...] = Field((), alias="放假", description="放假的日子，含连休的周末")
    working: tuple[Day, ...] = Field((), alias="调休上班", description="改为上班的周六、周日")
    doubtful: tuple[Holiday, ...] = Field(
        (), alias="待核对", description="可能放假、还没有查到通知的日子"
    )
    note: str = Field("", alias="说明", description="补充说明")

    def holds(self, region: str) -> bool:
        """Tell whether it applies to a region, given as a code of two to six digits or a name."""
        if not self.code:
            return True
        return bool(region) and region.startswith((self.code, self.region))

    def off(self, day: date) -> Holiday | None:
        """Return the feast for which a day is off."""
        return next((h for h in self.holidays if h.covers(day)), None)


class MissingCalendar(UserError):  # noqa: N818
    """A working-day count runs into a year whose calendar file is missing."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__([problem("CAL001", year=year, file=file_name(year))])


def file_name(year: int, region: str = "") -> str:
    """Name the file in which a year's calendar is kept."""
    return f"{region}-{year}.yaml" if region else f"{year}.yaml"


@dataclass(frozen=True)
class Calendar:
    """All known years; national first, then those of provinces and below."""

    years: tuple[CalendarYear, ...]

    @cached_property
    def _national(self) -> dict[int, CalendarYear]:
        return {year.year: year for year in self.years if not year.code}

    @cached_property
    def _by_year(self) -> dict[int, list[CalendarYear]]:
        # The longer the code, the smaller the region: the nearest calendar stands first.
        nearest_first = sorted(self.years, key=lambda part: -len(part.code))
        found: dict[int, list[CalendarYear]] = {number: [] for number in self._national}
        for part in nearest_first:
            if part.year in found:
                found[part.year].append(part)
        return found

    def has(self, year: int) -> bool:
        """Tell whether the national calendar of a year is known."""
        return year in self._national

    def is_workday(self, day: date, region: str | None = None) -> bool:
        """Tell whether offices work on a day; raise ``MissingCalendar`` for an unknown year."""
        return self.rest_reason(day, region) == ""

    def rest_reason(self, day: date, region: str | None = None) -> str:
        """Say why a day is off (国庆节放假, 星期六); nothing for a working day."""
        if not self.has(day.year):
            raise MissingCalendar(day.year)
        for year in self._local(day.year, region or ""):
            if day in year.working:
                return ""
            if feast := year.off(day):
                return f"{feast.name}放假"
        if day.weekday() < 5:
            return ""
        return f"星期{_WEEKDAYS[day.weekday()]}"

    def work_note(self, day: date, region: str | None = None) -> str:
        """Say why a weekend day is worked."""
        if any(day in year.working for year in self._local(day.year, region or "")):
            return f"星期{_WEEKDAYS[day.weekday()]}，调休上班"
        return ""

    def next_workday(self, day: date, region: str | None = None, step: int = 1) -> date:
        """Return the first working day on or after (step −1: on or before) a day."""
        while not self.is_workday(day, region):
            day += _DAY * step
        return day

    def doubts(self, first: date, last: date, region: str | None = None) -> Problems:
        """Warn where local days off between two days are unknown or unconfirmed."""
        first, last = min(first, last), max(first, last)
        region = region or ""
        years = range(first.year, last.year + 1)
        local = [year for year in self.years if year.code and year.holds(region)]
        return (
            *_doubtful_feasts(local, first, last),
            *self._unverified(years, region),
            *self._without_local(years, local),
        )

    def _unverified(self, years: Iterable[int], region: str) -> Iterator[Problem]:
        for number in years:
            for year in self._local(number, region):
                if year.verification == "未核对":
                    yield problem("CAL010", region=year.region, year=number, source=year.source)

    def _without_local(self, years: Iterable[int], local: list[CalendarYear]) -> Iterator[Problem]:
        """Warn of years for which only the national calendar is known, though others had both."""
        if not local:
            return
        known = {year.year for year in local}
        for number in years:
            if number not in known and self.has(number):
                yield problem("CAL006", region=local[0].region, year=number)

    def _local(self, year: int, region: str) -> list[CalendarYear]:
        """List the calendars of a year for a region, the nearest first."""
        return [part for part in self._by_year.get(year, ()) if part.holds(region)]


def _doubtful_feasts(years: list[CalendarYear], first: date, last: date) -> Iterator[Problem]:
    for year in years:
        for feast in year.doubtful:
            if feast.start > last or feast.end < first:
                continue
            yield problem(
                "CAL005",
                region=year.region,
                year=year.year,
                name=feast.name,
                start=feast.start,
                end=feast.end,
            )


def load_calendar(*extra: Source) -> tuple[Calendar, Problems]:
    """Load the shipped years and a workspace's calendar files, which replace shipped ones."""
    years, shipped_problems = _shipped()
    found = [*shipped_problems]
    known = {(year.year, year.code): year for year in years}
    names: dict[tuple[int, str], str] = {}
    for source in extra:
        year, problems = read_model(CalendarYear, source)
        found += without_echoes(problems, source.text, source.doubtful)
        if year is None:
            continue
        key = (year.year, year.code)
        if key in names:
            found.append(_twice(year, source, names[key]))
            continue
        names[key] = source.name
        known[key] = year
        found += check_year(year, source)
    return Calendar(tuple(known[key] for key in sorted(known))), tuple(found)


def _twice(year: CalendarYear, source: Source, first: str) -> Problem:
    place = source.place(("年份",))
    facts = {"region": year.region, "year": year.year, "first": first, "second": source.name}
    return problem("CAL007", place, **facts)


@cache
def _shipped() -> tuple[tuple[CalendarYear, ...], Problems]:
    years: list[CalendarYear] = []
    found: list[Problem] = []
    for path in sorted((DATA / "calendar").glob("*.yaml")):
        year, problems = read_model(CalendarYear, read_shipped(path))
        found += problems
        if year:
            years.append(year)
    return tuple(years), tuple(found)


def check_year(year: CalendarYear, source: Source) -> Iterator[Problem]:
    """Find dates of another year, make-up days on weekdays, days that are both off and worked."""
    for number, feast in enumerate(year.holidays):
        place = source.place(("放假", number))
        if feast.start > feast.end:
            yield problem("CAL009", place, name=feast.name, start=feast.start, end=feast.end)
        if year.year not in (feast.start.year, feast.end.year):
            yield problem("CAL003", place, name=source.name, year=year.year, day=feast.start)
    for number, day in enumerate(year.working):
        place = source.place(("调休上班", number))
        if day.year != year.year:
            yield problem("CAL003", place, name=source.name, year=year.year, day=day)
        if day.weekday() < 5:
            yield problem("CAL004", place, day=day)
        if year.off(day):
            yield problem("CAL008", place, day=day)


def read_calendar(folder: Path | None = None) -> tuple[Calendar, Problems]:
    """Load the shipped years and the ``*.yaml`` files of a workspace's calendar folder.

    A year in which feasts are still missing is left out, as if there were no file.
    """
    paths = sorted(folder.glob("*.yaml")) if folder else []
    kept: list[Source] = []
    unread: list[Problem] = []
    left_out: list[Problem] = []
    for path in paths:
        source, problems = read_yaml(path, path.name)
        unread += problems
        if source.data is None:
            continue
        if missing := unfinished(source):
            place, feasts = source.place(("放假",)), "、".join(missing)
            left_out.append(problem("CAL011", place, file=source.name, feasts=feasts))
        else:
            kept.append(source)
    calendar, found = load_calendar(*kept)
    return calendar, (*unread, *found, *left_out)


def unfinished(source: Source) -> tuple[str, ...]:
    """Name the feasts of the newest shipped year that a national calendar file does not hold."""
    year, _ = read_model(CalendarYear, source)
    if year is None or year.code:
        return ()
    national = [known for known in _shipped()[0] if not known.code]
    newest = max(national, key=lambda known: known.year)
    written = "".join(feast.name for feast in year.holidays)
    # Two characters tell a feast: a notice may join two of them, as in 国庆节、中秋节.
    return tuple(feast.name for feast in newest.holidays if feast.name[:2] not in written)


def as_rows(calendar: Calendar, year: int, region: str | None = None) -> list[dict[str, Any]]:
    """List a year's days off and make-up days for ``kcbx calendar show``, in order."""
    rows: list[dict[str, Any]] = []
    for part in calendar.years:
        if part.year != year or not part.holds(region or ""):
            continue
        rows += [_row("放假", h.name, h.start, h.end, part) for h in part.holidays]
        rows += [_row("待核对", h.name, h.start, h.end, part) for h in part.doubtful]
        rows += [_row("调休上班", "", day, day, part) for day in part.working]
    return sorted(rows, key=lambda row: (row["自"], row["类别"]))


def _row(kind: str, name: str, start: date, end: date, part: CalendarYear) -> dict[str, Any]:
    return {"类别": kind, "名称": name, "自": start, "至": end, "来源": part.source}


def year_template(year: int, region: str = "", code: str = "") -> str:
    """Write the commented file that ``kcbx calendar add`` starts with."""
    place = f'地区: {region}\n代码: "{code}"\n' if region else ""
    head = (
        "# yaml-language-server: $schema=../schema/calendar.json\n"
        f"# {year}年{region or '全国'}工作日历。对照放假通知填写；"
        "连休的周末也写在放假里，调为上班的周末写在调休上班里。\n"
        f"年份: {year}\n{place}来源: {NO_SOURCE}\n"
        "核对: 未核对   # 对照通知核对以后改为 已核对\n"
    )
    return head + (_local_days() if region else _national_days(year))


def _local_days() -> str:
    return (
        "# 只写当地另外放假的日子，例如\n"
        "#   - {节日: 三月三, 自: 2027-04-08, 至: 2027-04-09}\n"
        "放假: []\n"
        "调休上班: []\n"
    )


def _national_days(year: int) -> str:
    lines = [
        "# 删去每行前面的 # 再改日期；没有写全以前，这一年仍按没有日历处理。",
        "放假:",
        f"  - {{节日: 元旦, 自: {year}-01-01, 至: {year}-01-01}}",
    ]
    # Day 00 is no date: a line that was uncommented and not filled in is refused.
    lines += [f"  # - {{节日: {name}, 自: {year}-00-00, 至: {year}-00-00}}" for name in _FEASTS]
    lines.append(f"调休上班: []   # 例如 [{year}-02-14, {year}-10-10]")
    return "\n".join(lines) + "\n"
