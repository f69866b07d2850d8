"""Which organ made a paper: as its event says, else as the first word of its number tells.
A paper that bears the number of one organ is never another's.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from kcbx_docs.case.event import Event
from kcbx_docs.case.event_kinds import MADE_BY
from kcbx_docs.case.model import Guardian, name_key
from kcbx_docs.case.workspace import Organ, school_organ
from kcbx_docs.packs.model import Role
from kcbx_docs.problems import Problem, problem
from kcbx_docs.record.acts import Act, last_act
from kcbx_docs.record.docket import Docket

_ONE_MATTER: tuple[Role, ...] = (
    "立案",
    "事先告知",
    "处罚决定",
    "当场处罚",
    "催告",
    "强制执行申请",
)
"""The papers of one penalty, which the organ that began it brings to its end."""


def maker_of(docket: Docket, event: Event) -> Organ | None:
    """Return the organ that made the paper of an event; nothing where the file does not tell."""
    return _named(docket, event) or _numbered(docket, event)


def unknown_now(docket: Docket, event: Event) -> bool:
    """Tell whether a paper names an office that kcbx.yaml does not know, or no more: one that was
    renamed since. What it may do is not known of the offices that are there now.
    """
    told = docket.made_by(event)
    known = (name_key(organ.name) for organ in _organs(docket))
    return bool(told) and name_key(told) not in known


def acted_on(docket: Docket, document: str, day: date, guardian: str) -> Organ | None:
    """Return the organ that made a paper of a day, for one guardian if named."""
    key = ("acted", document, day, guardian)
    return docket.once(key, lambda: _acted_on(docket, document, day, guardian))


def _acted_on(docket: Docket, document: str, day: date, guardian: str) -> Organ | None:
    made = docket.all_issued(document, day, guardian)
    known = (maker_of(docket, act.event) for act in made if act.day == day)
    return next((organ for organ in known if organ), None)


def began(docket: Docket, day: date, guardian: str) -> Organ | None:
    """Return the organ that brought the penalty as far as it has come."""
    for person in docket.case.guardians:
        acts = _of_the_matter(docket, person, day) if guardian in ("", person.name) else ()
        for act in reversed(acts):
            if organ := maker_of(docket, act.event):
                return organ
    return None


def makers_told(docket: Docket, day: date) -> Iterator[Problem]:
    """Yield where a key and a number name two organs, an organ is not known,
    or one penalty changed hands.
    """
    for event in docket.happened(day):
        yield from _two_names(docket, event)
    for guardian in docket.case.guardians:
        yield from _changed_hands(docket, guardian, day)


def _named(docket: Docket, event: Event) -> Organ | None:
    if event.kind not in MADE_BY or not event.organ:
        return None
    key = name_key(event.organ)
    return next((organ for organ in _organs(docket) if name_key(organ.name) == key), None)


def _numbered(docket: Docket, event: Event) -> Organ | None:
    """Return the organ whose word begins a number: the longest that fits, if it is one organ's."""
    fitting = [o for o in _organs(docket) if o.code_word and event.number.startswith(o.code_word)]
    longest = max((len(organ.code_word) for organ in fitting), default=0)
    best = {organ.name: organ for organ in fitting if len(organ.code_word) == longest}
    return next(iter(best.values())) if len(best) == 1 else None


def _organs(docket: Docket) -> tuple[Organ, ...]:
    school, organs = docket.case.school, docket.law.workspace.organs
    own = (lambda: (*organs, school_organ(school))) if school else (lambda: organs)
    return docket.once(("organs",), own)


def _two_names(docket: Docket, event: Event) -> Iterator[Problem]:
    if event.kind not in MADE_BY or not event.organ or event.handed_by:
        return
    named, numbered = _named(docket, event), _numbered(docket, event)
    place, facts = docket.place(event), {"kind": event.kind, "organ": event.organ}
    if named is None:
        yield problem("PROC503", place, **facts)
    elif numbered and numbered.name != named.name:
        yield problem("PROC502", place, **facts, number=event.number, other=numbered.name)


def _changed_hands(docket: Docket, guardian: Guardian, day: date) -> Iterator[Problem]:
    before: tuple[Act, Organ] | None = None
    for act in _of_the_matter(docket, guardian, day):
        organ = maker_of(docket, act.event)
        if organ and before and organ.name != before[1].name:
            facts = {"first": docket.law.title(before[0].document), "began": before[1].name}
            facts |= {"title": docket.law.title(act.document), "organ": organ.name}
            yield problem("PROC504", docket.place(act.event), **facts)
        before = (act, organ) if organ else before


def _of_the_matter(docket: Docket, guardian: Guardian, day: date) -> Sequence[Act]:
    """List the papers of the present penalty in order."""
    papers = docket.progress(guardian, day).papers
    found = (last_act(papers, role) for role in _ONE_MATTER)
    return sorted((act for act in found if act), key=lambda act: act.day)
