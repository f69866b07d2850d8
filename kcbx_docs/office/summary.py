"""What comes first of a case, in three sentences: what is to be done today, the nearest day,
what is kept back.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any

from kcbx_docs.law.periods import NO_CALENDAR
from kcbx_docs.light import dataclass
from kcbx_docs.words import days_left, with_doubt

Data = Mapping[str, Any]
_NAMED = 3
"""So many steps are named that are kept back; the others are counted."""
_NONE = "没有"


@dataclass(frozen=True)
class InShort:
    """The three sentences."""

    today: str
    nearest: str
    kept_back: str


def in_short(told: Data) -> InShort:
    """Tell of a case what comes first."""
    people = [person["name"] for person in told["guardians"]]
    today = [*_today(told, people)] or [*_blocked(told)] or [_NONE]
    text = "；".join((*today, *_later(told, people), *_awaited(told, people)))
    return InShort(text, _nearest(told, people) or _NONE, _kept_back(told) or _NONE)


def _today(told: Data, people: Sequence[str]) -> Iterator[str]:
    if reports := [*chain.from_iterable(map(waiting, told["dangers"]))]:
        yield f"立即报告{'、'.join(dict.fromkeys(one['department'] for one in reports))}"
    yield from gathered([one for one in told["todos"] if one["when"] == "现在"], people)
    if chosen := [one for one in told["todos"] if one["when"] == "由人决定"]:
        yield "由人决定：" + "；".join(_choices(chosen, people))
    for text in gathered([one for one in told["todos"] if one["when"] == "说明理由"], people):
        yield f"{text}，须说明理由"


def _blocked(told: Data) -> Iterator[str]:
    """Tell what has to be cleared away first, where nothing else can be done today."""
    stopped = {todo["what"]: todo["reason"] for todo in told["todos"] if todo["when"] == "挡住"}
    for what, reason in stopped.items():
        yield f"先解决挡住{what}的：{first_sentence(reason)}"


def _later(told: Data, people: Sequence[str]) -> Iterator[str]:
    """Tell from when a step may be taken that is not open yet."""
    whose: dict[tuple[date, str], list[str]] = {}
    for todo in told["todos"]:
        if todo["when"] == "以后":
            whose.setdefault((todo["from"], _named(todo)), []).append(todo["guardian"])
    for (day, what), names in whose.items():
        left = days_left((day - told["as_of"]).days)
        yield f"{day} 起{what}{for_whom(names, people)}（{left}）"


def _awaited(told: Data, people: Sequence[str]) -> Iterator[str]:
    """Tell what is on its way already or is another's to do: nothing is done but to wait for it."""
    whose: dict[tuple[str, str], list[str]] = {}
    for todo in told["todos"]:
        if todo["when"] == "等待":
            whose.setdefault((todo["what"], todo["reason"]), []).append(todo["guardian"])
    for (what, reason), names in whose.items():
        yield f"{what}{for_whom(names, people)}等着：{reason}"
    theirs = [todo for todo in told["todos"] if todo["when"] == "等别人"]
    for issuer in dict.fromkeys(todo["who"] for todo in theirs):
        steps = gathered([todo for todo in theirs if todo["who"] == issuer], people)
        yield f"等{issuer}：{'、'.join(steps)}"


def _named(todo: Data) -> str:
    """Name what is to be done or due, marked where its day rests on a doubtful service."""
    return with_doubt(todo["what"], todo["service_doubted"])


def gathered(todos: Sequence[Data], people: Sequence[str]) -> Iterator[str]:
    """Name each step once, with whom it is for where it is not for all."""
    whose: dict[str, list[str]] = {}
    for todo in todos:
        whose.setdefault(_named(todo), []).append(todo["guardian"])
    for what, names in whose.items():
        yield f"{what}{for_whom(names, people)}"


def _choices(todos: Sequence[Data], people: Sequence[str]) -> Iterator[str]:
    """Name the steps among which people decide, those of the same guardians together."""
    whose: dict[str, list[str]] = {}
    for todo in todos:
        whose.setdefault(todo["what"], []).append(todo["guardian"])
    steps: dict[tuple[str, ...], list[str]] = {}
    for what, names in whose.items():
        steps.setdefault(tuple(names), []).append(what)
    for whom, listed in steps.items():
        yield f"{'、'.join(listed)}{for_whom(whom, people)}"


def for_whom(names: Sequence[str], people: Sequence[str]) -> str:
    """Write whom something is for; nothing where it is for all."""
    everybody = set(names) == {""} or set(people) <= set(names)
    return "" if everybody else f"（{'、'.join(dict.fromkeys(names))}）"


def _nearest(told: Data, people: Sequence[str]) -> str:
    dues = [*chain.from_iterable(person["due"] for person in told["guardians"])]
    first = min(dues, key=lambda due: due["by"], default=None)
    if first is None:
        return ""
    same = [due for due in dues if (due["by"], _named(due)) == (first["by"], _named(first))]
    whose = for_whom([due["guardian"] for due in same], people)
    left = days_left(first["days_left"])
    if any(one["code"] == NO_CALENDAR for one in first["warnings"]):
        left = f"至少，{left}"  # without the calendar of its year
    return f"{first['by']}（{left}）　{first['who']}：{_named(first)}{whose}"


def _kept_back(told: Data) -> str:
    """Tell what is kept back by something else than its day, the next step first."""
    found: dict[str, str] = {}
    for todo in told["todos"]:
        if todo["when"] == "挡住":
            found.setdefault(todo["what"], todo["reason"])
    blocked = (person["blocked"] for person in told["guardians"])
    for option in chain.from_iterable(blocked):
        if option["serves"]:  # another way of service, of which nobody has thought yet
            continue
        reasons = [one["message"] for one in option["refused"]]
        reasons += [one["reason"] for one in option["findings"] if one["verdict"] == "禁止"]
        if reasons:
            found.setdefault(option["name"], reasons[0])
    if not found:
        return ""
    (first, reason), *others = found.items()
    names = [name for name, _ in others]
    more = f"等{len(names)}项" if len(names) > _NAMED else ""
    rest = f"；还有{'、'.join(names[:_NAMED])}{more}" if names else ""
    return f"{first}：{first_sentence(reason)}{rest}"


def waiting(danger: Data) -> list[Data]:
    """List the reports of a danger that nobody made yet."""
    return [report for report in danger["reports"] if not report["made"]]


def first_sentence(text: str) -> str:
    """Return a text up to its first full stop, or to what stands behind a semicolon."""
    return re.split("[。；]", text, maxsplit=1)[0]
