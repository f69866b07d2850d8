"""The civil suit: who sues whom, who represents the child, which court hears it."""

from collections.abc import Mapping
from datetime import date
from itertools import chain

from kcbx_docs.case.addresses import elsewhere
from kcbx_docs.case.event import Event
from kcbx_docs.case.model import name_key
from kcbx_docs.case.sightings import REFUSED, agreed
from kcbx_docs.case.suit import REVOCATION, SCHOOLING
from kcbx_docs.procedure.checks.view import Check, Hits, View, hit
from kcbx_docs.record.progress import Progress
from kcbx_docs.record.suit import Brought, orders
from kcbx_docs.words import day_in_words, day_or_unknown

_KEPT = ("服刑", "羁押", "强制戒毒")
"""Whom a suit finds where the plaintiff lives (民事诉讼法 23)."""


def court_accepts(view: View) -> Hits:
    """Whether the local court hears suits of a town is settled by its practice;
    who does not know must ask. Nobody disputes that the child may sue.
    """
    if view.suit.plaintiff and not view.suit.by_office:
        return
    switch = view.law.procedure.switch(view.step)
    told = f"：{switch.reason}" if switch.reason else ""
    if switch.value == "是":
        yield hit("PROC330", "提醒", reason=told)
    elif switch.value == "未知":
        yield hit("PROC331", reason=told)


def refused(view: View) -> Hits:
    """The guardian did not obey the order, or refused every persuasion;
    who last agreed to send the child does not refuse.
    """
    if event := _agreement(view):
        facts = {"name": view.name, "day": day_or_unknown(event.day)}
        yield hit("PROC365", **facts, kind=event.kind, result=event.result)
    if view.progress.order_over:
        return
    visits = view.progress.kinds.get("劝返", ())
    if view.progress.order is None and not visits:
        yield hit("PROC332", "禁止")
    else:
        yield hit("PROC333", name=view.name)


def _agreement(view: View) -> Event | None:
    """Return where the guardian last said what he means, if he agreed and is not known
    to have broken his word: of several guardians the other one may be in the way.
    """
    last = _last_word(view.progress)
    if last is None or not agreed(last):
        return None
    kinds = view.progress.kinds
    alone = sum(not guardian.ended(view.day) for guardian in view.case.guardians) == 1
    looked = [event for event in kinds.get("核查", ()) if event.result == "未返校"]
    broken = alone and any(event.day > last.day for event in looked)
    return None if broken else last


def _last_word(progress: Progress) -> Event | None:
    """Return the visit or call in which a guardian last agreed or did not."""
    told = [event for event in _talks(progress) if agreed(event) is not None]
    return max(told, key=lambda event: event.moment, default=None)


def _talks(progress: Progress) -> list[Event]:
    """List the visits and calls that name a guardian; one that names nobody is about all."""
    key, kinds = name_key(progress.guardian.name), progress.kinds
    every = chain(kinds.get("劝返", ()), kinds.get("联系", ()))
    return [event for event in every if not event.targets or key in map(name_key, event.targets)]


def not_sued(view: View) -> Hits:
    """No suit is open, and none was decided on the same claim: what is in force is enforced.
    A new dropout is a new fact.
    """
    for one in view.progress.suits:
        if one.open and one.filed and one.filed.day < view.day:
            yield hit("PROC334", day=day_or_unknown(one.filed.day))
    yield from not_decided(view)


def not_decided(view: View) -> Hits:
    """What a court has decided is enforced, and nobody supports a suit for it again."""
    decided = [one for one in view.progress.suits if one.decided]
    if decided:
        yield from _decided(view, decided[-1])


def _decided(view: View, former: Brought) -> Hits:
    assert former.ended
    judgment, again = former.ended, view.progress.attendance.round_start
    facts = {"name": view.name, "day": day_or_unknown(judgment.day)}
    facts["outcome"] = judgment.result or judgment.kind
    if again and again > judgment.day:
        yield hit("PROC361", "提醒", **facts, again=day_or_unknown(again))
        return
    plaintiff = former.filed.plaintiff if former.filed else ""
    # Another plaintiff is another party: whether the claim is the same a person must say.
    other = plaintiff and view.suit.plaintiff and plaintiff != view.suit.plaintiff
    yield hit("PROC360", "须说明理由" if other else None, **facts)


def judgment_in_force(view: View) -> Hits:
    """Only what took effect is enforced; against a first judgment there is an appeal."""
    suit = view.progress.judged
    judgment = suit.ended if suit else None
    if suit is None or judgment is None or not orders(judgment):
        return
    day, effective = day_or_unknown(judgment.day), suit.in_force
    term = view.law.figure_text("civil-appeal-15")
    if suit.appealed and suit.appeal:
        yield hit("PROC460", day=day_in_words(suit.appeal.day), first=day)
    elif effective is None:
        yield hit("PROC366", day=day, term=term)
    elif effective > view.day:
        yield hit("PROC367", day=day, effective=day_in_words(effective))


def civil_court_known(view: View) -> Hits:
    """kcbx.yaml names the court that hears civil matters."""
    if view.law.workspace.court_for("民事") is None:
        yield hit("PROC335")


def plaintiff_written(view: View) -> Hits:
    """An officer chose who sues; both ways have cases, and nothing is guessed."""
    other = view.suit.other
    if view.suit.plaintiff or view.suit.purpose != SCHOOLING:
        return
    if other and other.plaintiff:
        facts = {"day": day_or_unknown(other.day), "plaintiff": other.plaintiff}
        yield hit("PROC364", **facts, purpose=other.purpose)
    else:
        yield hit("PROC341", practice=view.law.procedure.steps["civil-suit"].practice)


def purpose_fits(view: View) -> Hits:
    """The papers ask that the child be sent to school, and nothing else."""
    purpose, facts = view.suit.purpose, {"title": view.title}
    if purpose == REVOCATION:
        yield hit("PROC362", **facts)
    elif purpose != SCHOOLING:
        yield hit("PROC363", **facts, purpose=purpose)


def child_sues(view: View) -> Hits:
    """A suit is supported that the child brings; whoever sues itself supports nobody."""
    if view.suit.by_office:
        yield hit("PROC346", "禁止")
    else:
        yield from plaintiff_written(view)


def defendants_written(view: View) -> Hits:
    """Of several guardians only those who refuse are sued, and somebody wrote who they are."""
    if not view.suit.defendants:
        names = "、".join(guardian.name for guardian in view.case.guardians)
        yield hit("PROC342", names=names)


def child_represented(view: View) -> Hits:
    """A child sues through a guardian who is no defendant."""
    if view.suit.by_child and view.suit.defendants and not view.suit.representatives:
        yield hit("PROC343", sued="、".join(one.name for one in view.suit.defendants))


def representative_willing(view: View) -> Hits:
    """Who sues for the child wants it at school himself."""
    if view.suit.by_child and view.progress_of:
        yield from chain.from_iterable(
            map(_unwilling, map(view.progress_of, view.suit.representatives))
        )


def _unwilling(representative: Progress) -> Hits:
    """Say why somebody may not want what the child sues for: he last refused it himself,
    or was ordered to do it, did not, and has not been heard since.
    """
    name, last, order = representative.guardian.name, _last_word(representative), None
    if representative.order_over and representative.order:
        order = representative.order.served
    if _answered(representative, last.day if last else order):
        return
    if last and last.result == REFUSED:
        yield hit("PROC525", "须说明理由", name=name, day=day_or_unknown(last.day), kind=last.kind)
    elif order and not (last and agreed(last)):
        yield hit("PROC526", "须说明理由", name=name, day=day_or_unknown(order))


def _answered(progress: Progress, since: date | None) -> bool:
    """Tell whether a guardian was spoken to by name later, in words that only people can read."""
    return since is not None and any(
        event.kind == "联系" and event.targets and event.day > since and agreed(event) is None
        for event in _talks(progress)
    )


def court_of_the_defendant(view: View) -> Hits:
    """The court of the place where the defendant lives hears the suit;
    prisoners and the missing are sued where the plaintiff lives.
    """
    guardian, court = view.progress.guardian, view.law.workspace.court_for("民事")
    at = guardian.where(view.day)
    where = guardian.whereabouts_note or guardian.employer or at
    facts = {"name": view.name, "court": court.name if court else "本地法院"}
    kept = guardian.handed_on(view.day) and at in _KEPT
    abroad = guardian.away(view.day) and at == "境外"
    if guardian.missing(view.day) or kept or abroad:
        yield hit("PROC344", **facts, where=at)
    elif guardian.away(view.day):
        term = view.law.figure_text("habitual-residence")
        yield hit("PROC368", **facts, where=where, term=term)
    elif court and elsewhere(guardian.address, court.name):
        yield hit("PROC345", **facts, address=guardian.address)


CHECKS: Mapping[str, Check] = {
    "当地法院受理此类起诉": court_accepts,
    "监护人拒不履行": refused,
    "没有起诉过": not_sued,
    "同一请求没有裁判过": not_decided,
    "起诉目的合适": purpose_fits,
    "裁判已经生效": judgment_in_force,
    "民事法院已写明": civil_court_known,
    "原告已写明": plaintiff_written,
    "原告是孩子": child_sues,
    "被告已写明": defendants_written,
    "孩子有人代理": child_represented,
    "代理人愿意送学": representative_willing,
    "受诉法院有管辖权": court_of_the_defendant,
}
