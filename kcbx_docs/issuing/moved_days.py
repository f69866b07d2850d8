"""What was done under a day of service that a correction moves, or that never was."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kcbx_docs.case.event import Event
from kcbx_docs.case.model import Guardian
from kcbx_docs.issuing.clerk import Clerk
from kcbx_docs.ledger.model import VOIDED
from kcbx_docs.procedure.audit import wrongs
from kcbx_docs.record.acts import Act, concerning
from kcbx_docs.record.docket import Docket


def undone(clerk: Clerk, data: Mapping[str, Any], docket: Docket, old: Event) -> dict[str, Any]:
    """Tell what had happened since a day that turned out wrong, and what is unlawful by it.

    Where the paper counts from the same day as before nothing rests on a wrong one.
    """
    before = clerk.docket
    guardian = before.guardian(str(data["guardian"]))
    assert guardian is not None
    acts = before.progress(guardian, clerk.today).papers.get(str(data["document"]), ())
    carried = next((act for act in acts if _counted(act, old)), None)
    counted = _counted(carried, old) if carried else None
    if carried is None or counted is None:
        return {}
    known = set(wrongs(before, clerk.today))
    unlawful = tuple(p for p in wrongs(docket, clerk.today) if p not in known)
    told = {"before": counted, "unlawful": unlawful}
    if _from(docket, guardian, carried, clerk.today) == _first_day(carried):
        return told
    gone = [*_voided(clerk)]
    later = [e for e in concerning(before.happened(clerk.today), guardian) if e.day >= counted]
    resting = (e for e in later if e.moment != old.moment and not _rests_not(e, old))
    return {**told, "happened": tuple(e for e in resting if e not in gone)}


def _counted(act: Act, event: Event) -> date | None:
    """Return the day from which a service counts that an event told of, of this paper."""
    return next((s.day for s in act.services if s.valid and s.event.moment == event.moment), None)


def _first_day(act: Act) -> date | None:
    return act.service.day if act.service else None


def _from(docket: Docket, guardian: Guardian, act: Act, today: date) -> date | None:
    """Return the day from which a paper counts as served in another account of its case."""
    papers = docket.progress(guardian, today).papers.get(act.document, ())
    same = (one for one in papers if (one.number, one.day) == (act.number, act.day))
    return next(map(_first_day, same), None)


def _voided(clerk: Clerk) -> Iterator[Event]:
    """Yield the making and the voiding of papers that never left: they rest on nothing."""
    ends = [one for one in clerk.recorded if one.kind == VOIDED]
    seqs = {one.seq for one in ends} | {one.data.get("issue") for one in ends}
    return (entry.event for entry in clerk.docket.entries if entry.seq in seqs)


def _rests_not(event: Event, old: Event) -> bool:
    """Tell whether an event rests on no day of service: it only tried to serve something,
    or served the same paper once more.
    """
    same = (event.document, event.number) == (old.document, old.number)
    return event.kind == "送达" and (same or not event.is_service)
