"""Periods: from an event and a rule to the last day, with every skipped and rolled day explained.

The day of the event is not counted (民法典 201). A period that binds a party rolls forward to
the first working day (203); an authority's own limit is kept at the unrolled day and only says
that it could roll.
"""

import calendar as months
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Literal

from kcbx_docs.law.calendar import Calendar, MissingCalendar, file_name
from kcbx_docs.law.citation import Citation
from kcbx_docs.law.feasts import LastDay, rest_reason, rolled
from kcbx_docs.law.model import Rule
from kcbx_docs.law.registry import Registry
from kcbx_docs.light import dataclass
from kcbx_docs.problems import Problem, Problems, problem, stop
from kcbx_docs.words import amount_in_words, day_in_words

StepKind = Literal["起算", "跳过", "计入", "届满", "顺延", "提前"]
_DAY = timedelta(days=1)
# In days, about thirty years: a slip of the keyboard must not run past the last year of ``date``.
_LONGEST = 11_000
_UNIT_DAYS = {"日": 1, "工作日": 2, "月": 31, "年": 366, "周岁": 366, "每月日": 1}


NO_CALENDAR = "CAL002"
"""The code of a last day that may move further once the calendar of its year is known."""


@dataclass(frozen=True)
class ReckoningLine:
    """One line of the reckoning: a day and what it means for the period."""

    kind: StepKind
    day: date
    text: str

    def as_dict(self) -> dict[str, str]:
        """Return plain data for ``--json``."""
        return {"kind": self.kind, "day": self.day.isoformat(), "text": self.text}


@dataclass(frozen=True)
class PeriodResult:
    """The outcome of a rule: its last day, the first day after it, and why."""

    rule: Rule
    value: int
    start: date
    end: date
    unrolled: date
    earliest_next: date
    steps: tuple[ReckoningLine, ...]
    basis: tuple[Citation, ...]
    last: LastDay
    """The last day for whoever builds on its expiry: without the notice of a year weekends and
    feasts of fixed days are known all the same.
    """
    warnings: Problems = ()

    def explain(self) -> str:
        """Tell in Chinese how the last day was found."""
        law = "、".join(citation.short for citation in self.basis) or "本地规定"
        amount = amount_in_words(self.value, self.rule.unit)
        lines = [f"{self.rule.name}（{amount}，{law}）：{_with_weekday(self.end)}"]
        lines += [f"  {step.text}" for step in self.steps]
        lines += [f"  提醒：{warning.message}" for warning in self.warnings]
        return "\n".join(lines)

    def as_dict(self) -> dict[str, Any]:
        """Return plain data for ``--json``."""
        return {
            "rule": {
                "id": self.rule.id,
                "name": self.rule.name,
                "value": self.value,
                "unit": self.rule.unit,
            },
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "unrolled": self.unrolled.isoformat(),
            "earliest_next": self.earliest_next.isoformat(),
            "steps": [step.as_dict() for step in self.steps],
            "basis": [citation.as_dict() for citation in self.basis],
            "warnings": [warning.as_dict() for warning in self.warnings],
        }


@dataclass(frozen=True)
class _Days:
    """The calendar as seen from one region."""

    calendar: Calendar
    region: str | None

    def reason(self, day: date) -> str:
        return self.calendar.rest_reason(day, self.region)


@dataclass(frozen=True)
class _Reckoning:
    """A period that is being computed."""

    end: date
    unrolled: date
    steps: tuple[ReckoningLine, ...]
    warnings: Problems = ()
    last: LastDay | None = None
    """What is known of the last day where the notice of its year is missing."""


def compute(
    rule: Rule | str,
    start: date,
    calendar: Calendar,
    registry: Registry,
    region: str | None = None,
    value: int | None = None,
) -> PeriodResult:
    """Compute a rule from the day of its event.

    ``value`` replaces the number, ``region`` adds local holidays. Raises ``UserError`` when
    nothing can be computed, ``MissingCalendar`` when working days run into an unknown year;
    a calendar-day period into such a year is given unrolled with a warning.
    """
    known = registry.rule(rule) if isinstance(rule, str) else rule
    number = _number(known, start, value)
    days = _Days(calendar, region)
    counted = _COUNTERS[known.unit](known, start, number, days)
    done = _close(known, number, days, counted)
    basis, found = registry.basis(known.basis, start)
    warnings = (
        *done.warnings,
        *calendar.doubts(start, done.end, region),
        *_rule_notes(known, value),
        *_basis_notes(known, start, found),
    )
    # A period counted backwards leaves the next step open from its event on.
    earliest_next = start if number < 0 else done.end + _DAY
    return PeriodResult(
        rule=known,
        value=number,
        start=start,
        end=done.end,
        unrolled=done.unrolled,
        earliest_next=earliest_next,
        steps=done.steps,
        basis=basis,
        last=done.last or LastDay(done.end, done.end, exact=True),
        warnings=warnings,
    )


def latest_start(
    rule: Rule | str,
    by: date,
    calendar: Calendar,
    registry: Registry,
    region: str | None = None,
    value: int | None = None,
) -> PeriodResult:
    """Find the last day of service after which the next step is still open on a day.

    A period that runs into a later year without a calendar is over too late in any case.
    """
    day = by
    while True:
        try:
            found = compute(rule, day, calendar, registry, region, value)
            if found.earliest_next <= by:
                return found
        except MissingCalendar as missing:
            if missing.year <= by.year:
                raise
        day -= _DAY


def _number(rule: Rule, start: date, value: int | None) -> int:
    """Return the number to count with; refuse what cannot be counted from this day."""
    _refuse_other_days(rule, start)
    number = value if value is not None else _own_number(rule)
    if number is None:
        advice = "请指定数值，例如 --value 10；可参考当地做法，写明具体合理的期限。"
        raise stop("LAW014", name=rule.name, advice=advice)
    if not _countable(rule, number):
        raise stop("LAW024", name=rule.name, value=number)
    # A rule that counts backwards does so with another number, too, whatever its sign.
    if rule.value is not None and rule.value < 0:
        return -abs(number)
    return number


def _refuse_other_days(rule: Rule, start: date) -> None:
    if not rule.is_period:
        raise stop("LAW015", name=rule.name, unit=rule.unit)
    if start < (rule.start or date.min) or start > (rule.end or date.max):
        span = f"{rule.start or ''} 至 {rule.end or '今'}"
        raise stop("LAW016", name=rule.name, day=start, span=span)


def _own_number(rule: Rule) -> int | None:
    return rule.value if rule.value is not None else rule.default


def _countable(rule: Rule, number: int) -> bool:
    # YAML's and JSON's true is an int for Python, and would count one day.
    if isinstance(number, bool):
        return False
    if rule.unit == "每月日":
        return 1 <= number <= 31
    return abs(number) * _UNIT_DAYS[rule.unit] <= _LONGEST


def _count_days(rule: Rule, start: date, number: int, days: _Days) -> _Reckoning:
    end = start + timedelta(days=number)
    what = f"第{abs(number)}日" if number else "当日"
    return _calendar_reckoning(rule, start, end, what)


def _count_months(rule: Rule, start: date, number: int, days: _Days) -> _Reckoning:
    end = add_months(start, number)
    return _calendar_reckoning(rule, start, end, f"满{abs(number)}个月", start.day)


def _count_years(rule: Rule, start: date, number: int, days: _Days) -> _Reckoning:
    end = add_months(start, 12 * number)
    return _calendar_reckoning(rule, start, end, f"满{abs(number)}年", start.day)


def _calendar_reckoning(
    rule: Rule, start: date, end: date, what: str, wanted: int = 0
) -> _Reckoning:
    text = f"{what}为{_with_weekday(end)}"
    if wanted and end.day != wanted:
        text += f"，当月没有{wanted}日，以月末为末日"
    return _Reckoning(end, end, (_first_step(rule, start, end), ReckoningLine("届满", end, text)))


def _count_working_days(rule: Rule, start: date, number: int, days: _Days) -> _Reckoning:
    step = _DAY if number >= 0 else -_DAY
    first = start + step if number else start
    steps = [_first_step(rule, start, first)]
    day, left = start, abs(number)
    while left:
        day += step
        if reason := days.reason(day):
            steps.append(ReckoningLine("跳过", day, f"{day_in_words(day)}{reason}，不计"))
            continue
        left -= 1
        if note := days.calendar.work_note(day, days.region):
            steps.append(ReckoningLine("计入", day, f"{day_in_words(day)}{note}，计入"))
    steps.append(ReckoningLine("届满", day, f"第{abs(number)}个工作日为{_with_weekday(day)}"))
    return _Reckoning(day, day, tuple(steps))


def _count_day_of_month(rule: Rule, start: date, number: int, days: _Days) -> _Reckoning:
    due = _day_of_month(start.year, start.month, number)
    if due < start:
        later = add_months(start, 1)
        due = _day_of_month(later.year, later.month, number)
    text = f"{due.month}月的报送日为{_with_weekday(due)}"
    return _Reckoning(due, due, (ReckoningLine("届满", due, text),))


_COUNTERS: dict[str, Callable[[Rule, date, int, _Days], _Reckoning]] = {
    "日": _count_days,
    "月": _count_months,
    "年": _count_years,
    "周岁": _count_years,
    "工作日": _count_working_days,
    "每月日": _count_day_of_month,
}


def _close(rule: Rule, number: int, days: _Days, counted: _Reckoning) -> _Reckoning:
    """Roll the last day, forward for those whom the period protects, back for a day to be kept."""
    if rule.unit == "工作日" or number == 0:
        return counted
    try:
        if rule.unit == "每月日" or number < 0:
            return _moved(counted, days, -_DAY, "提前")
        if rule.bound in ("当事人", "法院"):
            return _moved(counted, days, _DAY, "顺延")
        return _own_limit(rule, days, counted)
    except MissingCalendar as missing:
        return _without_notice(rule, number, days, counted, missing.year)


def _without_notice(
    rule: Rule, number: int, days: _Days, counted: _Reckoning, year: int
) -> _Reckoning:
    """Leave the last day as counted, and say what is known of it without the notice."""
    end, last = counted.unrolled, None
    if number > 0 and rule.bound in ("当事人", "法院"):
        last = rolled(end, days.calendar, days.region)
    known = ""
    if last and last.end > end:
        why = rest_reason(end, days.calendar, days.region)
        known = f"这一天是{why}，至少顺延到 {last.end}。"
    warning = problem(NO_CALENDAR, year=year, file=file_name(year), end=end, known=known)
    return replace(counted, warnings=(*counted.warnings, warning), last=last)


def _moved(
    counted: _Reckoning, days: _Days, step: timedelta, kind: Literal["顺延", "提前"]
) -> _Reckoning:
    day, steps = counted.end, list(counted.steps)
    while reason := days.reason(day):
        steps.append(ReckoningLine(kind, day, f"{day_in_words(day)}{reason}，{kind}一日"))
        day += step
    note = days.calendar.work_note(day, days.region)
    if day == counted.end and note:
        steps.append(ReckoningLine("计入", day, f"{day_in_words(day)}{note}，不{kind}"))
    elif day != counted.end:
        why = f"（{note}）" if note else ""
        steps.append(ReckoningLine("届满", day, f"{kind}后的末日为{_with_weekday(day)}{why}"))
    return replace(counted, end=day, steps=tuple(steps))


def _own_limit(rule: Rule, days: _Days, counted: _Reckoning) -> _Reckoning:
    if rule.bound != "机关" or not days.reason(counted.end):
        return counted
    rolled = _moved(counted, days, _DAY, "顺延").end
    before = days.calendar.next_workday(counted.end, days.region, -1)
    facts = {"name": rule.name, "end": counted.end, "rolled": rolled, "before": before}
    return replace(counted, warnings=(*counted.warnings, problem("LAW020", **facts)))


def _first_step(rule: Rule, start: date, first: date) -> ReckoningLine:
    event = f"{_with_weekday(start)}{rule.event or '事件'}"
    if first == start:
        return ReckoningLine("起算", start, f"{event}，以当日为准")
    if first < start:
        return ReckoningLine("起算", start, f"{event}，当天不计，往前推算")
    return ReckoningLine("起算", start, f"{event}，当天不计，从{day_in_words(start + _DAY)}起算")


def _rule_notes(rule: Rule, value: int | None) -> Problems:
    notes: list[Problem] = []
    if rule.verification != "已核对":
        notes.append(problem("LAW022", name=rule.name, note=rule.note))
    if rule.value is None and value is None:
        amount = amount_in_words(rule.default or 0, rule.unit)
        notes.append(problem("LAW023", name=rule.name, amount=amount))
    return tuple(notes)


def _basis_notes(rule: Rule, start: date, found: Problems) -> Problems:
    """Turn what could not be cited into warnings; partly checked texts are only noted here."""
    notes: list[Problem] = []
    for fault in found:
        if fault.is_error:
            notes.append(problem("LAW021", name=rule.name, day=start, reason=fault.message))
        else:
            notes.append(replace(fault, severity="note"))
    return tuple(notes)


def add_months(day: date, count: int) -> date:
    """Return the same day some months later or earlier, or that month's end (民法典 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return _day_of_month(year, month + 1, day.day)


def _day_of_month(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, months.monthrange(year, month)[1]))


def _with_weekday(day: date) -> str:
    return f"{day_in_words(day)}（星期{'一二三四五六日'[day.weekday()]}）"
