"""The named days of a guardian's record, and the periods behind them:
what the limits of steps count from.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from kcbx_docs.packs.procedure import Moment
from kcbx_docs.record.jurisdiction import Jurisdiction, Term
from kcbx_docs.record.kinds import day_of
from kcbx_docs.record.observing import observing
from kcbx_docs.record.suit import Brought, orders
from kcbx_docs.record.terms import deadline_end

if TYPE_CHECKING:
    from kcbx_docs.record.enforcement import Enforcement
    from kcbx_docs.record.ordered import Ordered
    from kcbx_docs.record.progress import Progress

MaybeDays = Mapping[Moment, date | None]
MaybeTerms = Mapping[Moment, Term | None]

_TERM_ENDS: tuple[Moment, ...] = ("申辩期满", "听证期满", "复议期满", "起诉期满", "催告期满")
"""Moments that are the last day of the period of the same name; the others are set otherwise."""


def terms_of(p: Progress) -> Mapping[Moment, Term]:
    """Return the periods behind moments, also those that cannot be computed."""
    found: dict[Moment, Term | None] = {"申辩期满": p.window, "听证期满": p.hearing_request}
    if p.order:
        found["责令期满"] = p.order.term
    if p.enforcement:
        found |= _terms_of_enforcement(p.enforcement)
    return {name: term for name, term in found.items() if term}


def _terms_of_enforcement(e: Enforcement) -> MaybeTerms:
    return {
        "缴款期满": e.pay_term,
        "复议期满": e.remedy.review,
        "起诉期满": e.remedy.suit,
        "催告期满": e.demand_term,
    }


def days_of(p: Progress, terms: Mapping[Moment, Term], law: Jurisdiction) -> Mapping[Moment, date]:
    """Return the days from which limits count, as far as they are known."""
    ends = {name: term.end for name, term in terms.items() if name in _TERM_ENDS}
    found: dict[Moment, date | None] = {**_of_attendance(p), **_of_events(p, law), **ends}
    if p.order:
        found |= _of_order(p.order)
    if p.enforcement:
        found |= _of_enforcement(p.enforcement, p.day)
    return {name: day for name, day in found.items() if day}


_OF_ORDER: tuple[Moment, ...] = ("责令送达", "责令期满")
_OF_NOTICE: tuple[Moment, ...] = ("告知送达", "申辩期满", "听证期满")
_OF_DECISION: tuple[Moment, ...] = ("决定送达", "缴款期满")
_OF_REMEDIES: tuple[Moment, ...] = ("复议期满", "起诉期满", "起诉期满（未顺延）", "催告最迟送达")
_OF_DEMAND: tuple[Moment, ...] = ("催告送达", "催告期满")


def doubted_of(p: Progress) -> frozenset[Moment]:
    """Return the moments that count from a service that is doubtful; who challenged a decision
    has it, and his time for the court runs from what was answered him.
    """
    e = p.enforcement
    challenged = e is not None and bool(e.remedy.contests)
    decision = _OF_DECISION if challenged else (*_OF_DECISION, *_OF_REMEDIES)
    rests = [
        (p.order.act if p.order else None, _OF_ORDER),
        (p.notice, _OF_NOTICE),
        (e.decision if e else None, decision),
        (e.demand if e else None, _OF_DEMAND),
    ]
    return frozenset(chain.from_iterable(names for act, names in rests if act and act.doubted))


def _of_attendance(p: Progress) -> MaybeDays:
    a = p.attendance
    return {"首次缺课": a.first, "本次缺课": a.since, "返校": a.returned}


def _of_events(p: Progress, law: Jurisdiction) -> MaybeDays:
    return {
        "接到线索": day_of(p.last("接到线索")),
        "劝返": day_of(p.last("劝返")),
        "书面报告": day_of(p.last("书面报告")),
        "立案": p.filing.day if p.filing else None,
        "告知": p.notice.day if p.notice else None,
        "告知送达": p.served(p.notice),
        "听证": day_of(p.last("听证")),
        "复学观察": observing(p, law).next,
        "移交": day_of(p.closing.handed),
        "接收移交": day_of(p.last("接收移交")),
        **_of_judgment(p.judged, law),
    }


def _of_order(o: Ordered) -> MaybeDays:
    return {
        "责令": o.act.day,
        "责令送达": o.served,
        "责令期满": o.end,
        "核查": day_of(o.checked),
    }


def _of_enforcement(e: Enforcement, today: date) -> MaybeDays:
    return {
        "决定": e.decision.day,
        "决定送达": e.served,
        "缴款期满": e.pay_by,
        "起诉期满（未顺延）": e.window_from,
        "催告": e.demand.day if e.demand else None,
        "催告送达": e.demand.served(today) if e.demand else None,
        "申请执行": e.application.day if e.application else None,
        "法院受理": day_of(e.accepted),
        "法院拒绝": _refused_on(e),
    }


def _refused_on(e: Enforcement) -> date | None:
    """Return the day on which the court refused to take the case or to enforce."""
    if e.ruling:
        return e.ruling.day if e.ruling.result == "不准予执行" else None
    refused = e.accepted and e.accepted.result == "不予受理"
    return day_of(e.accepted) if refused else None


def _of_judgment(suit: Brought | None, law: Jurisdiction) -> MaybeDays:
    """Return the day of a judgment or settlement that orders something, and the last day of
    performance that it sets: the day on which it took effect if it sets none.
    """
    judgment = suit.ended if suit else None
    if suit is None or judgment is None or not orders(judgment):
        return {}
    start = suit.in_force
    if start is None:
        return {"民事裁判": judgment.day}
    end = deadline_end(judgment.period, start, law) if judgment.period else start
    return {"民事裁判": judgment.day, "民事履行期满": end}
