"""What an office knows of a piece of management work: is it one of ours, is it written soundly."""

from collections.abc import Iterable, Iterator
from datetime import date

from kcbx_docs.case.files import LoadedWork
from kcbx_docs.case.work import KEYS, PUPILS
from kcbx_docs.office.check import texts_in
from kcbx_docs.office.opened import Office
from kcbx_docs.office.secrets import secrets_of
from kcbx_docs.packs.contract import variables
from kcbx_docs.problems import Problem, problem
from kcbx_docs.procedure.work_order import days_of_what_was_done, disorders
from kcbx_docs.procedure.works import work_kinds
from kcbx_docs.words import advice_for_name

_OF_EVERY = ("工作", "编号", "承办机关", "制发", "公开", "办结", "主送", "抄送")
"""Keys that mean the same whatever the work is."""
_FROM = {"这一方": "对象", "年月": "月份"}
"""From which key of the file comes what papers are told besides."""

_OF_A_CHILD = "公开文本"
"""The key under which everybody is told of one child; what is told of units may name schools."""


def work_faults(loaded: LoadedWork, office: Office, today: date) -> Iterator[Problem]:
    """Yield what is wrong with a piece of work in the eyes of its office."""
    yield from (found := [*unknown_kind(loaded, office)])
    if not found:
        yield from _other_papers(loaded, office)
        yield from addressees(loaded, office)
        yield from days_out_of_order(loaded, office)
        yield from _not_yet(loaded, today)
        yield from children_told(loaded, office)
        yield from _idle_keys(loaded, office)
        if loaded.work.told(PUPILS):
            from kcbx_docs.office.pupil_faults import list_faults  # reads rosters

            yield from list_faults(loaded, office, today)


def unknown_kind(loaded: LoadedWork, office: Office) -> Iterator[Problem]:
    """Say that the place has no papers of a kind, and which kinds there are."""
    kinds, kind = work_kinds(office.law), loaded.work.kind
    if kind not in kinds:
        advice = advice_for_name(kind, kinds)
        place = loaded.source.place(("工作",), value=True)
        yield problem("WORK043", place, kind=kind, advice=advice)


def _other_papers(loaded: LoadedWork, office: Office) -> Iterator[Problem]:
    """Refuse papers that the work is said to have made and cannot."""
    ids = office.library.ids_of_work(loaded.work.kind)
    titles = tuple(office.library.card(name).title for name in ids)
    for number, made in enumerate(loaded.work.made):
        if office.law.document(made.document) not in ids:
            place = loaded.source.place(("制发", number, "文书"), value=True)
            facts = {"name": made.document, "kind": loaded.work.kind}
            advice = advice_for_name(made.document, titles)
            yield problem("WORK046", place, **facts, advice=advice)


def addressees(loaded: LoadedWork, office: Office) -> Iterator[Problem]:
    """Each party's own paper has its own number: one that stands for all of them names them."""
    parties = tuple(party.name for party in loaded.work.parties)
    for number, made in enumerate(loaded.work.made):
        document = office.law.document(made.document)
        card = office.library.card(document) if document else None
        for name in made.whom:
            if card and name not in parties:
                place = loaded.source.place(("制发", number, "对象"), value=True)
                yield problem("WORK055", place, name=name, advice=advice_for_name(name, parties))
        if card and card.each_party and made.number and not made.whom and len(parties) > 1:
            place = loaded.source.place(("制发", number, "文号"), value=True)
            facts = {"title": card.title, "number": made.number, "first": parties[0]}
            yield problem("WORK054", place, **facts, count=len(parties))


def days_out_of_order(loaded: LoadedWork, office: Office) -> Iterator[Problem]:
    """Tell of days that the file has in an order that cannot be, or rarely is."""
    told = {(one.earlier, one.later): one for one in disorders(loaded.work, office.law)}
    for one in told.values():
        place = loaded.source.place(one.later.loc, value=True)
        yield problem("WORK040" if one.rule.usual else "WORK057", place, **one.facts)


def _not_yet(loaded: LoadedWork, today: date) -> Iterator[Problem]:
    """Tell of things that the file says were done on a day that has not come."""
    for one in days_of_what_was_done(loaded.work):
        if one.day > today:
            place = loaded.source.place(one.loc, value=True)
            yield problem("WORK056", place, what=one.name, day=one.day)


def children_told(loaded: LoadedWork, office: Office) -> Iterator[Problem]:
    """Refuse what tells who a child is in work whose paper may become public."""
    cards = map(office.library.card, office.library.ids_of_work(loaded.work.kind))
    public = [card for card in cards if card.public]
    printed = {"标题", *_printed_by((card.id for card in public), office)}
    secrets = secrets_of(office, loaded) if public else None
    for loc, text in texts_in(loaded.source.data) if secrets else ():
        if not secrets or loc[0] not in printed:
            continue
        looked_for = secrets.pointing if loc[0] == _OF_A_CHILD else secrets.found
        if told := looked_for(text):
            place = loaded.source.place(loc, value=True)
            yield problem("WORK050", place, title=public[0].title, told="、".join(told))


def _idle_keys(loaded: LoadedWork, office: Office) -> Iterator[Problem]:
    """Ask about keys that no paper and no step of this kind of work uses."""
    work = loaded.work
    used = keys_of(work.kind, office)
    known = "、".join(key for key in KEYS if key in used and key not in _OF_EVERY)
    for key in loaded.source.data:
        if key in KEYS and key not in used:
            facts = {"kind": work.kind, "key": key, "known": known}
            yield problem("WORK045", loaded.source.place((key,)), **facts)


def keys_of(kind: str, office: Office) -> frozenset[str]:
    """List the keys that a kind of work uses: printed by its papers, asked by its steps."""
    used = {*_OF_EVERY, *_printed(kind, office), *_stepped(kind, office)}
    return frozenset(used | {"名册"} if PUPILS in used else used)


def _printed(kind: str, office: Office) -> Iterator[str]:
    yield from _printed_by(office.library.ids_of_work(kind), office)


def _printed_by(names: Iterable[str], office: Office) -> Iterator[str]:
    for name in names:
        for variable in variables(office.library.document(name)):
            parts = variable.split(".")
            if parts[0] == "工作" and len(parts) > 1:
                yield _FROM.get(parts[1], parts[1])


def _stepped(kind: str, office: Office) -> Iterator[str]:
    for step in office.law.procedure.file.work.get(kind, {}).values():
        yield from filter(None, (*step.needs, step.until, step.start, step.ends, step.items))
