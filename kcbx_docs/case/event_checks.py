"""Checks of what happened: what an event must say, impossible dates, people who are no parties."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from kcbx_docs.case.event import Event
from kcbx_docs.case.event_kinds import EVENT_FIELDS, how_to_write, told_of_choice
from kcbx_docs.case.model import Case, name_key
from kcbx_docs.case.service_methods import METHODS, SENT, ServiceMethod
from kcbx_docs.case.who_is_meant import list_mending, who_is_meant
from kcbx_docs.light import regex
from kcbx_docs.problems import Place, Problem, problem, with_mending
from kcbx_docs.reading import Source
from kcbx_docs.words import advice_for_key, did_you_mean, instead_of, nearest, same_said

Fault = tuple[str, str, dict[str, Any]]

_KEYS = {name: str(field.alias) for name, field in Event.model_fields.items()}
_DAYS = {
    "交寄日期": "posted",
    "签收日期": "received",
    "到达日期": "arrived",
    "公告日期": "published",
    "生效日期": "effective",
    "出具日期": "certified",
}
_CARRYING = ("送达", "撤回", "收到文书")
"""Events that name a paper which they did not make."""
_ORGANISATION = regex(
    r".{2,}(政府|局|法院|检察院|学校|小学|中学|派出所|司法所|委员会|办事处|办公室"
    r"|中心|大队|公司|厅|联合会)"
)


_CAME_BACK = regex(r"(已?被?(邮局|邮政|快递)?)?(退回|退信|退件|退了|退)(了|来了?|邮件)?[。.]?")
"""That a letter came back, and not why."""
_TAKE_EFFECT = ("民事判决", "调解")


def written_keys(event: Event) -> tuple[str, ...]:
    """List the keys that an event has a value for."""
    values = vars(event)
    return tuple(key for name, key in _KEYS.items() if values[name] or values[name] is False)


def faults_of_event(event: Event) -> Iterator[Fault]:
    """Yield what an event lacks or must not hold as (code, key, facts); file and ledger alike."""
    rule, written = EVENT_FIELDS[event.kind], written_keys(event)
    needed = "、".join(rule.required)
    for key in rule.required:
        if key not in written:
            facts = {"kind": event.kind, "key": key, "needed": needed, "missing": (key,)}
            yield "CASE040", "", {**facts, "how": how_to_write(event.kind, key)}
    for key in written:
        if key not in rule.allowed:
            advice = advice_for_key(key, [one for one in rule.asked if one not in written])
            yield "CASE041", key, {"kind": event.kind, "key": key, "advice": advice}
    yield from _choice_faults(event)
    yield from _period_faults(event)
    if event.kind == "送达":
        yield from _service_faults(event, written)


def _period_faults(event: Event) -> Iterator[Fault]:
    """Only what takes effect has a period that runs from then."""
    if event.period and event.period.start == "生效" and event.kind not in _TAKE_EFFECT:
        yield "CASE005", "期限", {"value": str(event.period)}


def _choice_faults(event: Event) -> Iterator[Fault]:
    kind = EVENT_FIELDS[event.kind]
    for key, words in kind.choices.items():
        written = getattr(event, _name_of(key))
        for value in written if isinstance(written, tuple) else (str(written),):
            if value and value not in words:
                advice = _choice_meant(event.kind, key, value, words)
                facts = {"kind": event.kind, "key": key, "value": value}
                yield "CASE042", key, {**facts, "allowed": "、".join(words), "advice": advice}


def _choice_meant(kind: str, key: str, value: str, words: tuple[str, ...]) -> str:
    """Say what was meant; of a sentence where a choice is wanted, how the choice is made."""
    if key == "方式" and (instead := instead_of(kind, value)):
        return instead
    meant = same_said(value, words)
    return f"是不是「{meant}」？" if meant else told_of_choice(kind, key)


_ARRIVALS = ("签收日期", "到达日期")
"""Days on which something came: whoever writes one says that it was not in vain."""
_IF_SENT = "；寄出还没有到的，写 结果: 在途 和 交寄日期"


def _service_faults(event: Event, written: tuple[str, ...]) -> Iterator[Fault]:
    if event.result == "未送达":
        yield from _in_vain(event, written)
        return
    method = METHODS.get(event.method)
    if event.result == "在途" and method and not method.travels:
        yield "CASE076", "结果", {"method": event.method}
    if event.in_transit:
        if "交寄日期" not in written:
            yield "CASE075", "", {"missing": ("交寄日期",)}
        return
    if method is None:
        return
    yield from _untold(event, method)
    for group in method.proofs:
        if not set(group) & set(written):
            keys = "」或「".join(group)
            facts = {"method": event.method, "keys": keys, "missing": group}
            yield "CASE043", "", {**facts, "else": _IF_SENT if method.travels else ""}


def _in_vain(event: Event, written: tuple[str, ...]) -> Iterator[Fault]:
    """What failed has a reason, and no day on which it came."""
    if "原因" not in written:
        yield "CASE044", "", {"missing": ("原因",)}
    method = METHODS.get(event.method)
    if method and method.travels:
        yield from _came_back(event, written)
    for key in _ARRIVALS:
        if key in written:
            yield "SERV087", "结果", {"result": event.result, "key": key}


def _came_back(event: Event, written: tuple[str, ...]) -> Iterator[Fault]:
    """What was sent in vain went off on a day, and came back for a reason."""
    if _CAME_BACK.fullmatch(event.reason):
        yield "CASE206", "原因", {"reason": event.reason}
    if "交寄日期" not in written:
        yield "CASE205", "", {"method": event.method, "missing": ("交寄日期",)}


def _untold(event: Event, method: ServiceMethod) -> Iterator[Fault]:
    """Somebody says that it is on its way, and when it came; or gives a reason, and nothing else
    tells what came of it: a way without proofs asks for a reason only where it failed.
    """
    told = event.result or event.signer or event.refusal or event.refused_by
    if event.result == SENT and method.travels:
        yield "SERV087", "结果", {"result": event.result, "key": _ARRIVALS[0]}
    elif event.reason and not told and not method.proofs:
        facts = {"method": event.method, "reason": event.reason, "missing": ("结果",)}
        yield "SERV075", "", facts


def _name_of(key: str) -> str:
    return next(name for name, alias in _KEYS.items() if alias == key)


_SPELLS = ("首次缺课", "再次缺课", "返校")


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
        yield from _future_days(event, number, source, today)
        yield from _impossible_days(event, number, case, source)
    yield from _absence_order(case, source)
    yield from _observed_first(case, source)
    yield from _service_order(case, source)
    yield from _danger_days(case, source, today)


def _danger_days(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """A danger is known today, is over after it was known, and not before that day came."""
    for number, danger in enumerate(case.dangers):
        if danger.day > today:
            place = source.place(("危险情形", number, "发现日期"), value=True)
            yield problem("CASE350", place, kind=danger.kind, day=danger.day, today=today)
        if (over := danger.over) is None:
            continue
        place, key = source.place(("危险情形", number, "解除日期"), value=True), "解除日期"
        if over > today:
            yield problem("CASE054", place, kind=danger.kind, key=key, day=over, today=today)
        elif over < danger.day:
            found = {"earlier": "发现日期", "other": danger.day}
            yield problem("CASE058", place, later=key, day=over, **found)


def check_event(case: Case, event: Event, today: date) -> Iterator[Problem]:
    """Check one event that is in no file, as if it were the only one of the case."""
    for found in check_answers(case, event, today):
        yield replace(found, place=Place())


def check_answers(case: Case, event: Event, today: date) -> Iterator[Problem]:
    """Check it while its keys are asked for one by one; the place of a problem is the key."""
    alone = case.model_copy(update={"history": (event,)})
    for check in (check_event_fields, check_dates, check_targets):
        for found in check(alone, Source(""), today):
            yield replace(found, place=Place(path=found.place.path.partition("].")[2]))


def check_loose_event(event: Event, today: date) -> Iterator[Problem]:
    """Check an event that is not about anybody of a case: what it must say, days to come."""
    for code, _, facts in faults_of_event(event):
        yield problem(code, Place(), **facts)
    yield from (
        replace(found, place=Place()) for found in _future_days(event, 0, Source(""), today)
    )
    if event.posted and event.received and event.received < event.posted:
        yield problem("CASE057", Place(), posted=event.posted, received=event.received)
    yield from _proved_before(event, lambda _: Place())


def _future_days(event: Event, number: int, source: Source, today: date) -> Iterator[Problem]:
    for key, name in {"日期": "day", **_DAYS}.items():
        day: date | None = getattr(event, name)
        # A decision may be known today and take effect later.
        if day and day > today and key != "生效日期":
            place = source.place(("经过", number, key), value=True)
            yield problem("CASE054", place, kind=event.kind, key=key, day=day, today=today)


def _impossible_days(event: Event, number: int, case: Case, source: Source) -> Iterator[Problem]:
    def at(key: str) -> Place:
        return source.place(("经过", number, key), value=True)

    if case.pupil.birth and event.day < case.pupil.birth:
        yield problem("CASE055", at("日期"), kind=event.kind, day=event.day)
    if event.clock and event.end and event.end <= event.clock:
        clocks = {"begin": f"{event.clock:%H:%M}", "end": f"{event.end:%H:%M}"}
        yield problem("CASE056", at("结束时间"), kind=event.kind, **clocks)
    if event.posted and event.received and event.received < event.posted:
        days = {"posted": event.posted, "received": event.received}
        yield problem("CASE057", at("签收日期"), **days)
    yield from _proved_before(event, at)


def _proved_before(event: Event, at: Callable[[str], Place]) -> Iterator[Problem]:
    """What is handed over or sent on a day arrives on no earlier one; a letter may be recorded
    on the day when its slip came back.
    """
    method = METHODS.get(event.method)
    if event.kind == "送达" and (method is None or method.travels):
        return
    for key, day in (("签收日期", event.received), ("到达日期", event.arrived)):
        if day and day < event.day:
            yield problem("CASE058", at(key), later=key, day=day, earlier="日期", other=event.day)


def _absence_order(case: Case, source: Source) -> Iterator[Problem]:
    absent = [event.day for event in case.history if event.kind == "首次缺课"]
    back = sorted(event.day for event in case.history if event.comes_back)
    for number, event in enumerate(case.history):
        place = source.place(("经过", number, "日期"), value=True)
        told = {"later": event.kind, "day": event.day}
        if event.kind == "首次缺课" and event.day != absent[0]:
            yield problem("CASE067", place, other=absent[0], where=_first_absence(case, source))
        elif event.kind == "返校" and absent and event.day < absent[0]:
            yield problem("CASE058", place, **told, earlier="首次缺课", other=absent[0])
        elif event.kind == "再次缺课" and not back:
            yield problem("CASE059", source.place(("经过", number)))
        elif event.kind == "再次缺课" and event.day < back[0]:
            yield problem("CASE058", place, **told, earlier="返校", other=back[0])


def _observed_first(case: Case, source: Source) -> Iterator[Problem]:
    for number, event in enumerate(case.history):
        later = _returns_after(event, case) if event.kind == "复学观察" else None
        if later:
            place = source.place(("经过", number, "日期"), value=True)
            told = {"later": event.kind, "day": event.day, "earlier": "返校", "other": later}
            yield problem("CASE058", place, **told)


def _returns_after(event: Event, case: Case) -> date | None:
    """Return the return that an observation would have come before; nothing where one went before
    it in the same spell, or none is written at all.
    """
    told = sorted((one.day, one.kind) for one in case.history if one.kind in _SPELLS)
    before = [kind for day, kind in told if day <= event.day]
    after = next(((day, kind) for day, kind in told if day > event.day), None)
    if after is None or after[1] != "返校" or before[-1:] == ["返校"]:
        return None
    return after[0]


def _first_absence(case: Case, source: Source) -> str:
    """Name the line of the first absence that is written first."""
    kinds = [event.kind for event in case.history]
    line = source.place(("经过", kinds.index("首次缺课"), "日期"), value=True).line
    return f"（第 {line} 行）" if line else ""


def _service_order(case: Case, source: Source) -> Iterator[Problem]:
    made = [event for event in case.history if event.kind not in _CARRYING]
    for number, event in enumerate(case.history):
        if event.kind != "送达":
            continue
        days = [paper.day for paper in made if _may_serve(event, paper)]
        key, day = earliest_day(event)
        if days and day < min(days):
            place = source.place(("经过", number, key), value=True)
            facts = {"document": event.document, "key": key, "day": day, "other": min(days)}
            yield problem("CASE060", place, **facts)


def earliest_day(event: Event) -> tuple[str, date]:
    """Find the first day that a service names: nothing of it can be older than the paper."""
    named = {key: getattr(event, name) for key, name in _DAYS.items() if key != "生效日期"}
    days = {"日期": event.day, **{key: day for key, day in named.items() if day}}
    first = min(days, key=lambda key: days[key])
    return first, days[first]


def _may_serve(service: Event, paper: Event) -> bool:
    """Tell whether a service may be that of a paper; numbers that nobody wrote fit every paper."""
    if paper.document != service.document:
        return False
    return not service.number or paper.number in ("", service.number)


_NO_GUARDIAN = "CASE062"


def check_targets(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """Who is addressed is a guardian; a carer or the child is not."""
    known = [guardian.name for guardian in case.guardians]
    for number, event in enumerate(case.history):
        for position, name in enumerate(event.targets):
            code, loc = _target_code(case, event, name), ("经过", number, "对象")
            place = source.place((*loc, position), value=True)
            facts = {"kind": event.kind, "name": name, "known": "、".join(known) or "还没有查明"}
            if meant := who_is_meant(case, name):
                code = code if code == _NO_GUARDIAN else "CASE103"
                found = problem(code, place, **facts, advice=meant.advice)
                mending = list_mending(source, loc, meant)
                yield with_mending(found, mending) if mending else found
            elif code:
                yield problem(code, place, **facts, advice=did_you_mean(name, known))


def _is_organ(name: str, case: Case) -> bool:
    """Tell whether a name is that of an organ: as it is called, or as the case names its organs."""
    organs = [event.organ for event in case.history] + [event.court for event in case.history]
    return is_organisation(name) or name_key(name) in map(name_key, filter(None, organs))


def is_organisation(name: str) -> bool:
    """Tell whether a name reads like that of an organ, not of a person."""
    return _ORGANISATION.fullmatch(name) is not None


_ASKS_GUARDIANS = "劝返"
"""What is meant for whoever must send the child; the papers tell of it as such."""


def _stranger_code(event: Event, related: bool) -> str:
    return "CASE300" if event.kind == _ASKS_GUARDIANS and not related else ""


def _target_code(case: Case, event: Event, name: str) -> str:
    """Return the code of what is wrong with an addressee, nothing where he may be one."""
    addressee, key = EVENT_FIELDS[event.kind].addressee, name_key(name)
    guardians = {name_key(guardian.name) for guardian in case.guardians}
    if key in guardians or addressee == "不限":
        return ""
    related = {name_key(carer.name): "CASE063" for carer in case.carers}
    related.setdefault(name_key(case.pupil.name), "CASE064")
    if addressee == "相关人":
        # Anybody may be spoken to; only a name that is nearly a guardian's is a slip.
        slip = key not in related and nearest(name, tuple(guardians))
        return "CASE065" if slip else _stranger_code(event, key in related)
    if addressee == "收件人" and key not in related and _is_organ(name, case):
        return ""
    return related.get(key, "CASE062")
