"""What the case file tells and what the ledger records: one event told by both counts once,
and both must say the same of it.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from kcbx_docs.case.event import Event
from kcbx_docs.case.event_kinds import EVENT_FIELDS
from kcbx_docs.case.model import Case, name_key
from kcbx_docs.case.service_methods import FAILED, METHODS, SENT, SERVED
from kcbx_docs.light import dataclass, regex
from kcbx_docs.problems import Place, Problem, Problems, problem
from kcbx_docs.record.acts import ONE_PAPER, document_of
from kcbx_docs.record.entry import Entry, in_order
from kcbx_docs.record.jurisdiction import Jurisdiction

_WITHDRAWN = "撤回"

_DECISIVE = {
    "number": "文号",
    "amount": "金额",
    "period": "期限",
    "method": "方式",
    "posted": "交寄日期",
    "received": "签收日期",
    "arrived": "到达日期",
    "published": "公告日期",
    "mail_number": "邮件单号",
    "signer": "签收人",
    "signed_by": "签收人类别",
    "same_household": "同住",
    "adult": "成年",
    "designated": "指定代收",
    "represented": "法定代理人签收",
    "refused_by": "拒收人",
    "hearing_right": "告知听证",
    "hearing_day": "听证日期",
    "ground": "法定情形",
}
"""What decides on what a paper is or whether it was served: two accounts cannot differ in it."""


@dataclass(frozen=True)
class _Account:
    """What one entry tells of one paper and one addressee."""

    entry: Entry
    name: str
    """The addressee's name as a key; nothing where it is not about anybody by name."""
    about: tuple[str, str, str]

    @property
    def event(self) -> Event:
        return self.entry.event


def agree(
    typed: Iterable[Entry], recorded: Iterable[Entry], case: Case, law: Jurisdiction
) -> tuple[tuple[Entry, ...], Problems]:
    """Put both in order, each event once, and tell where they differ.

    What the ledger records stands; the file may say more of it, but nothing else.
    """
    own, kept = tuple(recorded), tuple(typed)
    if not own:
        return in_order(kept), ()
    pairs = _pairs(_accounts(kept, case, law), _accounts(own, case, law))
    found: list[Problem] = []
    for told, known in pairs:
        found += _differences(told, known, law)
    rest = (_without(entry, pairs, case) for entry in kept)
    joined = (_joined(entry, pairs) for entry in own)
    return in_order((*filter(None, rest), *joined)), tuple(dict.fromkeys(found))


def told_in_ledger(
    event: Event, recorded: Iterable[Entry], case: Case, law: Jurisdiction
) -> Entry | None:
    """Return where the ledger tells of an event already, and all that it says."""
    told = _accounts((Entry(event, Place()),), case, law)
    pairs = _pairs(told, _accounts(tuple(recorded), case, law))
    if not told or len(pairs) < len(told):
        return None
    same = all(_adds_nothing(event, known.event) for _, known in pairs)
    return pairs[0][1].entry if same else None


_WHOSE = ("document", "targets")
"""What the accounts of an event are compared by before."""


def _adds_nothing(event: Event, known: Event) -> bool:
    """Tell whether all that an event says is said by another of its kind."""
    own = event.model_fields_set.difference(_WHOSE)
    return all(getattr(known, name) == getattr(event, name) for name in own)


Pairs = Sequence[tuple[_Account, _Account]]
"""Accounts of one event: the file's first, the ledger's second."""


def _accounts(entries: Sequence[Entry], case: Case, law: Jurisdiction) -> list[_Account]:
    found: list[_Account] = []
    for entry in entries:
        event = entry.event
        document = document_of(event, law) or law.document(event.document) or event.document
        what = event.kind if event.kind in ("送达", _WITHDRAWN) else document or event.kind
        for name in _names(event, case):
            found.append(_Account(entry, name, (what, document, name)))
    return found


def _names(event: Event, case: Case) -> tuple[str, ...]:
    """Name whom an event is about: those whom it names, else all guardians."""
    if EVENT_FIELDS[event.kind].addressee in ("不限", "相关人"):
        return ("",)
    named = event.targets or tuple(guardian.name for guardian in case.guardians)
    return tuple(map(name_key, named))


def _pairs(told: Sequence[_Account], known: Sequence[_Account]) -> list[tuple[_Account, _Account]]:
    """Find the accounts of one event: first those that say the same, then those that differ."""
    made = {number_key(one.event.number) for one in (*told, *known) if not _carries(one.event)}
    pairs: list[tuple[_Account, _Account]] = []
    for wanted in (_agreeing, _one_event):
        for one in told:
            if any(one is paired for paired, _ in pairs):
                continue
            fitting = (other for other in known if wanted(one, other, made))
            if other := next((o for o in fitting if _free(one, o, pairs)), None):
                pairs.append((one, other))
    return pairs


def _carries(event: Event) -> bool:
    return event.kind in ("送达", _WITHDRAWN)


def _free(one: _Account, other: _Account, pairs: Pairs) -> bool:
    """Tell whether nobody told of a recorded event yet;
    a paper's making may be told twice, as 制发 and by its own kind.
    """
    taken = [told.event.kind for told, known in pairs if known is other]
    return not taken or not (_carries(one.event) or one.event.kind in taken)


def _agreeing(one: _Account, other: _Account, made: set[str]) -> bool:
    return _one_event(one, other, made) and not [*_differing(one.event, other.event)]


def _one_event(one: _Account, other: _Account, made: set[str]) -> bool:
    """Tell whether two accounts are of one event."""
    if one.about != other.about:
        return False
    if one.event.kind == "送达":
        return _one_attempt(one.event, other.event, made)
    return _one_making(one.event, other.event)


def _one_making(one: Event, other: Event) -> bool:
    """Numbers tell papers apart, days those that bear none; where only one account has a number,
    papers of a kind made soon after each other are one.
    """
    if one.number and other.number and number_key(one.number) == number_key(other.number):
        return True
    near = abs((one.day - other.day).days) <= ONE_PAPER
    return one.day == other.day or (near and bool(one.number) != bool(other.number))


def _one_attempt(one: Event, other: Event, made: set[str]) -> bool:
    """Tell whether two accounts are of one attempt at one paper."""
    numbers = {number_key(event.number) for event in (one, other) if event.number}
    if len(numbers) > 1 and numbers <= made:
        return False
    if one.mail_number and other.mail_number and one.outcome == other.outcome:
        return _mail_key(one) == _mail_key(other)
    served = one.outcome == other.outcome == SERVED
    if one.clock and other.clock and one.clock != other.clock and not served:
        return False  # twice on one day somebody went there
    return _ONE[frozenset((one.outcome, other.outcome))](one, other)


def _same_way(one: Event, other: Event) -> bool:
    return one.method == other.method


def _same_way_and_day(one: Event, other: Event) -> bool:
    return _same_way(one, other) and one.day == other.day


def _served_once(one: Event, other: Event) -> bool:
    """A paper may be served twice, but not twice in one way or twice on one day."""
    return _same_way(one, other) or one.proof_day == other.proof_day


def _never(_one: Event, _other: Event) -> bool:
    """What became of a letter is told after its sending: both stand."""
    return False


_ONE: dict[frozenset[str], Callable[[Event, Event], bool]] = {
    frozenset((SERVED,)): _served_once,
    frozenset((FAILED,)): _same_way_and_day,
    frozenset((SENT,)): _same_way_and_day,
    frozenset((SERVED, FAILED)): _same_way_and_day,
    frozenset((SERVED, SENT)): _never,
    frozenset((FAILED, SENT)): _never,
}
"""When two accounts are of one attempt, by what they say came of it."""


def _differing(told: Event, known: Event) -> Iterator[tuple[str, Any, Any]]:
    """Yield the keys of which two accounts of one event say different things."""
    day, other_day = _day(told), _day(known)
    if day != other_day:
        yield "日期", day, other_day
    method = METHODS.get(known.method)
    for name, key in _DECISIVE.items():
        one, other = getattr(told, name), getattr(known, name)
        if day != other_day and method and key == method.day:
            continue  # that is the day
        if _written(one) and _written(other) and _plain(name, one) != _plain(name, other):
            yield key, one, other
    result, other_result = _outcome(told), _outcome(known)
    if told.kind == known.kind and result and other_result and result != other_result:
        yield "结果", result, other_result


def _day(event: Event) -> date:
    return event.proof_day if event.kind == "送达" else event.day


def _outcome(event: Event) -> str:
    """Return what came of an event, where there is a choice of it."""
    if event.kind == "送达":
        return event.outcome
    return event.result if "结果" in EVENT_FIELDS[event.kind].choices else ""


def _written(value: object) -> bool:
    return value not in (None, "")


def _plain(name: str, value: Any) -> Any:
    if name == "number":
        return number_key(value)
    if name in ("signer", "mail_number"):
        return name_key(value).upper()
    return value


def _mail_key(event: Event) -> str:
    return name_key(event.mail_number).upper()


def _differences(told: _Account, known: _Account, law: Jurisdiction) -> Iterator[Problem]:
    title = law.title(known.about[1]) if known.about[1] else known.event.kind
    for key, typed, recorded in _differing(told.event, known.event):
        facts = {"document": title, "kind": known.event.kind, "key": key}
        facts |= {"typed": _shown(typed), "recorded": _shown(recorded)}
        if told.entry.seq:  # recorded before, and now told otherwise
            yield problem("SERV005", Place(), **facts, seq=told.entry.seq)
        else:
            where = known.entry.place.path or known.entry.place
            yield problem("SERV001", told.entry.place, **facts, where=where)


def _shown(value: object) -> str:
    return (
        {True: "是", False: "否"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    )


def _without(entry: Entry, pairs: Pairs, case: Case) -> Entry | None:
    """Keep of an entry of the file whom the ledger does not speak of."""
    covered = {told.name for told, _ in pairs if told.entry is entry}
    if not covered:
        return entry
    event = entry.event
    named = event.targets or tuple(guardian.name for guardian in case.guardians)
    left = tuple(name for name in named if name_key(name) not in covered)
    if not left or covered == {""}:
        return None
    return replace(entry, event=event.model_copy(update={"targets": left}))


def _joined(entry: Entry, pairs: Pairs) -> Entry:
    """Add to a recorded event what only the file says of it."""
    more: dict[str, Any] = {}
    own, allowed = entry.event, EVENT_FIELDS[entry.event.kind].allowed
    for told, known in pairs:
        if known.entry is not entry:
            continue
        for name, field in Event.model_fields.items():
            value = getattr(told.event, name)
            fits = field.alias in allowed and name not in ("kind", "targets", "result")
            if fits and value not in (None, "", ()) and getattr(own, name) in (None, "", ()):
                more[name] = value
    return replace(entry, event=own.model_copy(update=more)) if more else entry


_BRACKETS = str.maketrans("[【({〈<", "〔〔〔〔〔〔") | str.maketrans("]】)}〉>", "〕〕〕〕〕〕")
_ZEROS = regex(r"〕第?0*(?=\d)")


def number_key(number: str) -> str:
    """Write a 文号 in one way, however its brackets and its serial were typed."""
    plain = unicodedata.normalize("NFKC", "".join(number.split())).translate(_BRACKETS)
    return _ZEROS.sub("〕", plain)


def ledger_place(seq: int) -> Place:
    """Return the place of an event of the ledger, as messages name it."""
    return Place(path=f"台账第 {seq} 条")
