"""Facts that a paper only wrote down: they are the case file's, and go with it once the paper is
withdrawn or voided. While the paper stands, the ledger tells of them whatever the file says.
"""

from collections.abc import Sequence

from kcbx_docs.case.event import Event
from kcbx_docs.case.event_kinds import WRITTEN_DOWN
from kcbx_docs.case.model import Case
from kcbx_docs.ledger.model import VOIDED, WITHDRAWN, Recorded
from kcbx_docs.office.book import Issue, issues_in, told_of


def still_told(events: Sequence[Recorded], case: Case) -> tuple[Recorded, ...]:
    """Return what the ledger tells of a case; without the facts of papers that do not stand, and
    their ends, where the case file tells the facts no more.
    """
    if all(one.kind not in (WITHDRAWN, VOIDED) for one in events):
        return tuple(events)
    told = told_of(events)
    gone = [one for one in issues_in(events) if not one.standing and one.seq in told]
    left = {one.seq for one in gone if _fact(told[one.seq]) and not _in_file(told[one.seq], case)}
    if not left:
        return tuple(events)
    return tuple(one for one in events if not left & {one.seq, one.data.get("issue")})


def paper_telling(event: Event, events: Sequence[Recorded], case: Case) -> Issue | None:
    """Return the paper that stands and tells a fact which the case file tells no more."""
    if not _fact(event) or _in_file(event, case):
        return None
    told = told_of(events)
    standing = (one for one in issues_in(events) if one.standing and one.seq in told)
    return next((one for one in standing if _same(told[one.seq], event)), None)


def _fact(event: Event) -> bool:
    return event.kind in WRITTEN_DOWN


def _in_file(event: Event, case: Case) -> bool:
    return any(_same(one, event) for one in case.history)


def _same(one: Event, other: Event) -> bool:
    return (one.kind, one.moment) == (other.kind, other.moment)
