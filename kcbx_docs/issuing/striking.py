"""An attempt at service that was recorded by mistake: it never happened, and no paper tells of it.

The ledger keeps what was recorded; every account of the case leaves it out from then on.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from kcbx_docs.case.event import Event
from kcbx_docs.case.service_form import OUTCOME
from kcbx_docs.case.service_methods import NEVER
from kcbx_docs.issuing.clerk import (
    Clerk,
    MovedOnError,
    append_once,
    corrections_of,
    kept_attempt,
    key_of_act,
)
from kcbx_docs.issuing.moved_days import undone
from kcbx_docs.issuing.service import without
from kcbx_docs.ledger.model import SERVICE_MENDED, Draft, Recorded
from kcbx_docs.light import dataclass
from kcbx_docs.office.book import written_event
from kcbx_docs.office.reason import check_reason
from kcbx_docs.problems import Place, Problems, problem, raise_errors, stop


@dataclass(frozen=True)
class Struck:
    """An attempt that never happened, and what had been done because of it."""

    seq: int
    event: Event
    whom: str
    corrected: int = 0
    """Where the ledger holds the correction; nothing where it was told before."""
    before: date | None = None
    """The day from which the paper counted as served."""
    happened: tuple[Event, ...] = ()
    unlawful: Problems = ()


def strikes(values: Mapping[str, Any]) -> bool:
    """Tell whether a correction says that there was no such attempt."""
    return values.get(OUTCOME) == NEVER


def strike(clerk: Clerk, seq: int, values: Mapping[str, Any], reason: str) -> Struck:
    """Record that an attempt never happened; told again it is answered so."""
    if not reason.strip():
        raise stop("SERV011", Place())
    check_reason(reason, clerk.office.workspace)
    raise_errors(problem("SERV017", Place(), key=key) for key in values if key != OUTCOME)
    while True:
        try:
            return _strike(clerk, seq, reason.strip())
        except MovedOnError:
            clerk = clerk.afresh()


def _strike(clerk: Clerk, seq: int, reason: str) -> Struck:
    first, event = kept_attempt(clerk, seq)
    whom = str(first.data["guardian"] or first.data["organ"])
    done = Struck(first.seq, event, whom)
    if event.never:
        return done
    told = {**written_event(event), OUTCOME: NEVER}
    body = {**first.data, "event": told, "corrects": first.seq, "reason": reason}
    times = len(corrections_of(clerk, first.seq))
    key = key_of_act(SERVICE_MENDED, clerk.matter, {"times": times, **body})
    draft = Draft(SERVICE_MENDED, clerk.matter, clerk.today, body, (), key)
    book = clerk.book()
    entry = append_once(clerk, book, draft)[0]
    return replace(done, corrected=entry, **_undone(clerk, first, event))


def _undone(clerk: Clerk, first: Recorded, event: Event) -> dict[str, Any]:
    """Tell what was done because of it; what an organ got starts no period."""
    if first.data.get("organ") or clerk.docket.guardian(first.data["guardian"]) is None:
        return {}
    return undone(clerk, first.data, without(clerk, first.seq), event)
