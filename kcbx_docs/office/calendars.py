"""Calendars of a workspace: one year shown, a new file to fill in, what is wrong with the files."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from kcbx_docs.law.calendar import (
    NO_SOURCE,
    Calendar,
    CalendarYear,
    MissingCalendar,
    file_name,
    load_calendar,
    read_calendar,
    unfinished,
    year_template,
)
from kcbx_docs.packs.chain import PackFolder, pack_for_region
from kcbx_docs.packs.placenames import code_of, name_of
from kcbx_docs.problems import Place, Problem, Problems, as_warning, problem, stop
from kcbx_docs.reading import Source, read_model, read_yaml


def years_of(calendar: Calendar, year: int, region: str) -> tuple[CalendarYear, ...]:
    """List the calendars of a year for a region, the national one first; raise if there is none."""
    if not calendar.has(year):
        raise MissingCalendar(year)
    return tuple(part for part in calendar.years if part.year == year and part.holds(region))


def new_file(
    folder: Path, year: int, region: str | None, packs: Mapping[str, PackFolder]
) -> tuple[str, str, Problems]:
    """Return name and text of a new calendar file, national or of a region; raise where one is."""
    name, code, found = _place(region, packs)
    for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
        known = read_model(CalendarYear, read_yaml(path)[0])[0]
        if known and (known.year, known.code) == (year, code):
            raise stop("CLI002", Place(), path=path)
    return file_name(year, code), year_template(year, name, code), found


def _place(region: str | None, packs: Mapping[str, PackFolder]) -> tuple[str, str, Problems]:
    if not region:
        return "", "", ()
    for year in read_calendar()[0].years:
        if year.code and year.region == region:
            return year.region, year.code, ()
    known, found = pack_for_region(region, packs)
    pack = packs[known].pack
    if region.isdigit():
        name = pack.name if pack.code == region else name_of(region) or region
        return name, region, found
    code = code_of(region) or pack.code
    if not code:
        raise stop("CLI011", Place(), region=region)
    return pack.name if pack.code == code else name_of(code), code, found


def check_folder(folder: Path) -> tuple[tuple[Path, ...], Problems]:
    """Find what is wrong with the calendar files of a workspace, each mistake at its place."""
    files = tuple(sorted(folder.glob("*.yaml"))) if folder.is_dir() else ()
    found: list[Problem] = []
    sources: list[Source] = []
    for path in files:
        source, problems = read_yaml(path)
        found += problems
        if source.data is not None:
            sources.append(source)
    calendar, problems = load_calendar(*sources)
    found += problems
    for source in sources:
        found += _doubts(source, calendar)
    return files, tuple(found)


def _doubts(source: Source, calendar: Calendar) -> Iterator[Problem]:
    year, _ = read_model(CalendarYear, source)
    if year is None:
        return
    if feasts := unfinished(source):
        yield problem("CAL011", source.place(("放假",)), file=source.name, feasts="、".join(feasts))
    if NO_SOURCE in year.source:
        yield problem("CAL012", source.place(("来源",), value=True), file=source.name)
    facts = {"region": year.region, "year": year.year}
    if year.verification != "已核对":
        place = source.place(("核对",), value=True)
        yield as_warning(problem("CAL010", place, **facts, source=year.source))
    if year.code and not calendar.has(year.year):
        yield problem("CAL013", source.place(("年份",), value=True), **facts, file=source.name)


def working_days(calendar: Calendar, year: int, region: str) -> int:
    """Count the working days of a year."""
    first, end = date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()
    days = map(date.fromordinal, range(first, end))
    return sum(calendar.is_workday(day, region) for day in days)
