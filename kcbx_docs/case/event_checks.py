"""Checks of what happened: what an event must say, dates that cannot be, people who are not parties."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from kcbx_docs.case.event import EVENT_FIELDS, METHOD_FIELDS, Event
from kcbx_docs.case.model import Case, name_key
from kcbx_docs.problems import Problem, problem
from kcbx_docs.reading import Source, advice_for_name, did_you_mean, nearest

Fault = tuple[str, str, dict[str, Any]]

_KEYS = {name: str(field.alias) for name, field in Event.model_fields.items()}
_DAYS = {
    "交寄日期": "posted",
    "签收日期": "received",
    "到达日期": "arrived",
    "公告日期": "published",
    "生效日期": "effective",
}
_ORGANISATION = re.compile(
    r".{2,}(政府|局|法院|检察院|学校|小学|中学|派出所|司法所|委员会|办事处|办公室|中心|大队|公司|厅|联合会)"
)


def written_keys(event: Event) -> tuple[str, ...]:
    """List the keys that an event has a value for."""
    values = vars(event)
    return tuple(key for name, key in _KEYS.items() if values[name] or values[name] is False)


def faults_of_event(event: Event) -> Iterator[Fault]:
    """Yield what an event lacks or must not hold as (code, key, facts); for files and ledger alike."""
    rule, written = EVENT_FIELDS[event.kind], written_keys(event)
    for key in rule.required:
        if key not in written:
            yield (
                "CASE040",
                "",
                {
                    "kind": event.kind,
                    "key": key,
                    "needed": "、".join(rule.required),
                    "missing": (key,),
                },
            )
    for key in written:
        if key not in rule.allowed:
            yield (
                "CASE041",
                key,
                {"kind": event.kind, "key": key, "advice": advice_for_name(key, rule.allowed[2:])},
            )
    for key, words in rule.choices.items():
        value = str(getattr(event, _name_of(key)))
        if value and value not in words:
            yield (
                "CASE042",
                key,
                {
                    "kind": event.kind,
                    "key": key,
                    "value": value,
                    "allowed": "、".join(words),
                    "advice": did_you_mean(value, words),
                },
            )
    if event.kind == "送达":
        yield from _service_faults(event, written)


def _service_faults(event: Event, written: tuple[str, ...]) -> Iterator[Fault]:
    if event.result == "未送达":
        if "原因" not in written:
            yield "CASE044", "", {"missing": ("原因",)}
        return
    for group in METHOD_FIELDS.get(event.method, ()):
        if not set(group) & set(written):
            keys = "」或「".join(group)
            yield "CASE043", "", {"method": event.method, "keys": keys, "missing": group}


def _name_of(key: str) -> str:
    return next(name for name, alias in _KEYS.items() if alias == key)


def check_event_fields(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """Every event holds what its kind needs and nothing else."""
    for number, event in enumerate(case.history):
        for code, key, facts in faults_of_event(event):
            loc = ("经过", number, key) if key else ("经过", number)
            found = problem(code, source.place(loc, value=code == "CASE042"), **facts)
            yield replace(found, missing=facts.get("missing", ()))


def check_dates(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """Nothing lies in the future, before the child's birth, or before what it follows from."""
    for number, event in enumerate(case.history):
        loc = ("经过", number)
        for key, name in {"日期": "day", **_DAYS}.items():
            day: date | None = getattr(event, name)
            if day and day > today and key != "生效日期":
                yield problem(
                    "CASE054",
                    source.place((*loc, key), value=True),
                    kind=event.kind,
                    key=key,
                    day=day,
                    today=today,
                )
        if case.pupil.birth and event.day < case.pupil.birth:
            yield problem(
                "CASE055", source.place((*loc, "日期"), value=True), kind=event.kind, day=event.day
            )
        if event.clock and event.end and event.end <= event.clock:
            yield problem("CASE056", source.place((*loc, "结束时间"), value=True), kind=event.kind)
        if event.posted and event.received and event.received < event.posted:
            yield problem(
                "CASE057",
                source.place((*loc, "签收日期"), value=True),
                posted=event.posted,
                received=event.received,
            )
    yield from _absence_order(case, source)
    yield from _service_order(case, source)


def _absence_order(case: Case, source: Source) -> Iterator[Problem]:
    first = [event.day for event in case.history if event.kind == "首次缺课"]
    back = [event.day for event in case.history if event.comes_back]
    for number, event in enumerate(case.history):
        place = source.place(("经过", number, "日期"), value=True)
        if event.kind == "首次缺课" and event.day != first[0]:
            yield problem("CASE067", place, other=first[0])
        if event.kind == "返校" and first and event.day < first[0]:
            yield problem(
                "CASE058",
                place,
                later=event.kind,
                day=event.day,
                earlier="首次缺课",
                other=first[0],
            )
        if event.kind == "再次缺课" and not back:
            yield problem("CASE059", source.place(("经过", number)))
        elif event.kind == "再次缺课" and event.day < min(back):
            yield problem(
                "CASE058", place, later=event.kind, day=event.day, earlier="返校", other=min(back)
            )


def _service_order(case: Case, source: Source) -> Iterator[Problem]:
    made = [e for e in case.history if e.kind == "制发"]
    for number, event in enumerate(case.history):
        if event.kind != "送达":
            continue
        papers = [
            e
            for e in made
            if e.document == event.document and (not event.number or e.number in ("", event.number))
        ]
        if papers and event.day < min(paper.day for paper in papers):
            place = source.place(("经过", number, "日期"), value=True)
            yield problem(
                "CASE060",
                place,
                document=event.document,
                day=event.day,
                other=min(p.day for p in papers),
            )


def is_order(document: str) -> bool:
    """Tell whether a document's name is that of an order to correct, whatever a place calls it."""
    return document == "order-to-correct" or "责令" in document


def check_order(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """A fixed deadline lies after the order's own date; after its service too, or that service is useless."""
    deadline = case.order.deadline.day if case.order and case.order.deadline else None
    for kind, code in (("制发", "CASE061"), ("送达", "CASE066")):
        days = [
            e.day
            for e in case.history
            if e.kind == kind and is_order(e.document) and e.result != "未送达"
        ]
        if deadline and days and deadline <= max(days):
            place = source.place(("责令", "改正期限"), value=True)
            yield problem(code, place, deadline=deadline, other=max(days))
            return


def check_targets(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """Who is addressed is a guardian; a carer or the child is not."""
    for number, event in enumerate(case.history):
        for position, name in enumerate(event.targets):
            code = _target_code(case, event, name)
            if code:
                known = [guardian.name for guardian in case.guardians]
                yield problem(
                    code,
                    source.place(("经过", number, "对象", position), value=True),
                    kind=event.kind,
                    name=name,
                    known="、".join(known),
                    advice=did_you_mean(name, known),
                )


def _target_code(case: Case, event: Event, name: str) -> str:
    addressee, key = EVENT_FIELDS[event.kind].addressee, name_key(name)
    guardians = {name_key(guardian.name) for guardian in case.guardians}
    carers = {name_key(carer.name) for carer in case.carers}
    if key in guardians or addressee == "不限":
        return ""
    if addressee == "相关人":
        known = (
            key in carers or key == name_key(case.pupil.name) or not nearest(name, tuple(guardians))
        )
        return "" if known else "CASE065"
    if key in carers:
        return "CASE063"
    if key == name_key(case.pupil.name):
        return "CASE064"
    return "" if addressee == "收件人" and _ORGANISATION.fullmatch(name) else "CASE062"
