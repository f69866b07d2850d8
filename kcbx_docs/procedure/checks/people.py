"""Who acted in a penalty: certified officers, a chair and a reviewer who did not investigate,
nobody of the family (行政处罚法 42, 43, 57, 58, 64).
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from kcbx_docs.case.event import Event
from kcbx_docs.case.model import name_key, once_each
from kcbx_docs.case.usual_words import BRACKETED
from kcbx_docs.procedure.checks.view import Check, Hit, Hits, View, hit
from kcbx_docs.words import day_or_unknown

_INVESTIGATING = ("立案", "询问", "调查终结", "事先告知")
_ASKING, _FILED = "询问", "立案"
_ACTING = (*_INVESTIGATING, "听证", "法制审核", "集体讨论", "处罚决定", "当场处罚")


def _events(view: View, *kinds: str) -> Iterator[Event]:
    return chain.from_iterable(view.progress.kinds.get(kind, ()) for kind in kinds)


def _investigators(view: View) -> set[str]:
    """Return the keys of the names of those who investigated."""
    names = chain.from_iterable(event.handlers for event in _events(view, *_INVESTIGATING))
    return set(map(name_key, names))


def investigators_certified(view: View) -> Hits:
    """Enough of those who filed the case and asked the party had certificates; a trainee beside
    them does no harm.
    """
    certified = {name_key(o.name) for o in view.law.workspace.certified}
    least = view.law.registry.figure("officers-min")
    for event in _events(view, _ASKING, _FILED):
        facts = {"kind": event.kind, "day": day_or_unknown(event.day), "least": least}
        able = [name for name in once_each(event.handlers) if name_key(name) in certified]
        if not event.handlers:
            if event.kind == _ASKING:
                yield hit("PROC426", "提醒", **facts)
        elif len(able) < least:
            yield hit("PROC286", **facts, names="、".join(event.handlers), count=len(able))


def chair_did_not_investigate(view: View) -> Hits:
    """The hearing is led by somebody who did not investigate (行政处罚法 64 IV)."""
    named = [event for event in _events(view, "听证") if event.chair]
    for event in _events(view, "听证"):
        if not event.chair and not _led_by_another(event, view):
            yield hit("PROC288", "提醒", day=day_or_unknown(event.day))
    named += [event for event in _events(view, "制发") if event.chair]
    for event in named:
        if name_key(event.chair) in _investigators(view):
            yield hit("PROC287", name=event.chair, kind=event.kind, day=day_or_unknown(event.day))


def _led_by_another(event: Event, view: View) -> bool:
    """Tell whether brackets behind a name, as in older files, make somebody else the chair."""
    named = (BRACKETED.fullmatch(value) for value in event.participants)
    chairs = {name_key(found["name"]) for found in named if found and found["key"] == "主持人"}
    return bool(chairs) and not chairs & _investigators(view)


def reviewer_did_not_investigate(view: View) -> Hits:
    """The legal review is made by somebody else than those who investigated (行政处罚法 58)."""
    for event in _events(view, "法制审核"):
        for name in _among(_reviewers(event), _investigators(view)):
            yield hit("PROC423", name=name, day=day_or_unknown(event.day))


def _reviewers(event: Event) -> tuple[str, ...]:
    """Return who reviewed; where that has no key of its own, who took part in the review."""
    return event.reviewers or (event.participants if event.kind == "法制审核" else ())


def discussed_by_heads(view: View) -> Hits:
    """The heads discuss; those who investigated do not decide alone (行政处罚法 57 II)."""
    for event in _events(view, "集体讨论"):
        others = set(map(name_key, event.participants)) - _investigators(view)
        if event.participants and not others:
            names = "、".join(event.participants)
            yield hit("PROC424", day=day_or_unknown(event.day), names=names)


def nobody_of_the_family(view: View) -> Hits:
    """An officer of the name of a party or a relative is asked about, and may have to withdraw."""
    case = view.case
    family = {name_key(person.name) for person in (case.pupil, *case.guardians, *case.carers)}
    found: dict[str, Hit] = {}
    for event in _events(view, *_ACTING):
        acting = (*event.handlers, event.chair, *_reviewers(event))
        for name in _among(acting, family):
            found.setdefault(name, hit("PROC425", name=name, kind=event.kind))
    yield from found.values()


def _among(names: Iterable[str], keys: set[str]) -> Iterator[str]:
    return (name for name in names if name and name_key(name) in keys)


CHECKS: Mapping[str, Check] = {
    "调查人员有执法资格": investigators_certified,
    "主持人没有参与调查": chair_did_not_investigate,
    "审核人没有参与调查": reviewer_did_not_investigate,
    "讨论的不只是调查人员": discussed_by_heads,
    "没有应当回避的人": nobody_of_the_family,
}
