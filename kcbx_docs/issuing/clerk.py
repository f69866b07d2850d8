"""Who records a service, where, and how: once, with its proofs, over nothing that others did."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from kcbx_docs.case.event import Event
from kcbx_docs.case.files import Issuable, LoadedCase
from kcbx_docs.case.service_form import Local, lacking
from kcbx_docs.case.service_methods import METHODS
from kcbx_docs.issuing.proofs import ProofFile
from kcbx_docs.ledger.model import (
    PROVED,
    SERVED,
    SERVICE_MENDED,
    Attached,
    Draft,
    Recorded,
    canonical,
)
from kcbx_docs.light import dataclass
from kcbx_docs.office.book import book_of, event_in, ledger_id, proofs_of, told_of, written_event
from kcbx_docs.office.detached import as_attached_now, key_again
from kcbx_docs.office.opened import Office
from kcbx_docs.problems import Place, stop
from kcbx_docs.record.agreement import number_key
from kcbx_docs.record.docket import Docket

if TYPE_CHECKING:
    from kcbx_docs.ledger.book import Book


T = TypeVar("T")
_SAME_ATTEMPT = ("事项", "文书", "文号", "对象", "签收人", "邮件单号")
"""What tells whose attempt it is, or is compared already however it is written."""
_OF_EVERY_SERVICE = ("日期", "事项", "文书", "文号", "对象", "方式", "承办人", "文件", "备注")


@dataclass(frozen=True)
class Clerk:
    """Where somebody records: the office, the case with its file, the day, and who he is."""

    office: Office
    loaded: Issuable
    today: date
    by: str = ""

    @property
    def case(self) -> LoadedCase:
        """Return the case file; an official letter is none."""
        if not isinstance(self.loaded, LoadedCase):
            raise stop("SERV015", Place(str(self.loaded.path)))
        return self.loaded

    @property
    def matter(self) -> str:
        """Return under what the ledger keeps it."""
        return ledger_id(self.loaded)

    @property
    def docket(self) -> Docket:
        """Return the case with everything known of it."""
        return self.office.docket(self.case)

    @property
    def recorded(self) -> tuple[Recorded, ...]:
        """Return what the ledger holds of it."""
        return self.office.recorded(self.loaded)

    def afresh(self) -> "Clerk":
        """Return the same clerk with the ledger as it is now."""
        return replace(self, office=replace(self.office))

    def book(self) -> "Book":
        """Open the ledger to write in it, a new one where there is none."""
        return book_of(self.office.root, self.office.workspace, create=True)

    @property
    def proofs(self) -> Local:
        """Return what the place wants kept of each way of service."""
        return self.office.law.proofs

    @property
    def pack(self) -> str:
        """Name the pack by which papers are made here."""
        pack = self.office.law.pack
        return f"{pack.name} {pack.version}"


class MovedOnError(Exception):
    """Somebody else recorded something of the case since it was judged."""


def steadily(clerk: Clerk, act: Callable[[Clerk], T]) -> T:
    """Judge again what was judged while somebody else recorded; nobody waits for a judgement."""
    while True:
        try:
            return act(clerk)
        except MovedOnError:
            clerk = clerk.afresh()


def key_of_act(kind: str, case: str, told: Mapping[str, Any]) -> str:
    """Return what tells one act from another: who tells it twice gets one answer."""
    digest = hashlib.sha256(canonical({"case": case, **told})).hexdigest()
    return f"{kind} {digest}"


def attempt_data(
    issue: int | None, document: str, number: str, to: Mapping[str, str], event: Event
) -> dict[str, Any]:
    """Return what the ledger keeps of an attempt; ``to`` names a guardian or an organ."""
    told = {"issue": issue, "document": document, "number": number}
    return {**told, **to, "event": written_event(event)}


def identity_of(document: str, number: str, to: Mapping[str, str], event: Event) -> dict[str, Any]:
    """Return what tells one attempt from another, whatever else is said of it.

    Keys of events are digests of this: it must never be written otherwise.
    """
    attempt = {"method": event.method, "day": str(event.day), "clock": str(event.clock or "")}
    attempt |= {"outcome": event.outcome, "mail": event.mail_number}
    return {"paper": document + number_key(number), **to, **attempt}


def fresh_key(clerk: Clerk, key: str) -> str:
    """Return the key of an attempt, another where that of this key turned out to be none."""
    told = told_of(clerk.recorded)
    struck = {one.key for one in clerk.recorded if one.kind == SERVED and one.seq not in told}
    while key in struck:
        key += " 再"
    return key


def keep_all(book: "Book", proofs: Sequence[ProofFile]) -> tuple[Attached, ...]:
    """Keep the bytes of proofs before the event that names them."""
    return tuple(book.keep(proof.data, proof.kind, proof.name) for proof in proofs)


def append_once(clerk: Clerk, book: "Book", draft: Draft) -> tuple[int, bool]:
    """Append an event unless it is known by its key; tell which it is, and whether it was known."""
    from kcbx_docs.ledger.who import at_this_machine

    with book.writing(at_this_machine(clerk.by, pack=clerk.pack)) as pen:
        if known := pen.known(draft.key):
            return known.seq, True
        if len(pen.events(draft.case)) != len(clerk.recorded):
            raise MovedOnError
        return pen.append(draft).seq, False


def add_proofs(clerk: Clerk, book: "Book", seq: int, attached: Sequence[Attached]) -> int:
    """Record further proofs of an attempt, and tell where; those that it has already are not
    added again, and nothing is told.
    """
    case = clerk.matter
    known: set[tuple[str, str]] = set()
    events = book.events(case)
    for one in as_attached_now(events):
        if seq in (one.seq, one.data.get("corrects"), one.data.get("proves")):
            known |= {(file.role, file.sha256) for file in one.attached}
    fresh = tuple(one for one in attached if (one.role, one.sha256) not in known)
    if fresh:
        told = {"proves": seq, "files": [[one.role, one.sha256] for one in fresh]}
        key = key_again(events, key_of_act(PROVED, case, told))
        draft = Draft(PROVED, case, clerk.today, {"proves": seq}, fresh, key)
        return append_once(clerk, book, draft)[0]
    return 0


def kept_attempt(clerk: Clerk, seq: int) -> tuple[Recorded, Event]:
    """Find an attempt by its number, or by that of its correction, as it stands now."""
    known = {one.seq: one for one in clerk.recorded}
    one = known.get(seq)
    if one is not None and one.kind in (SERVICE_MENDED, PROVED):
        one = known.get(one.data.get("corrects") or one.data["proves"])
    if one is None or one.kind != SERVED:
        numbers = "、".join(str(one.seq) for one in known.values() if one.kind == SERVED)
        raise stop("SERV010", Place(), seq=seq, known=numbers or "没有")
    last = (one.data, *corrections_of(clerk, one.seq))[-1]
    return one, event_in(last["event"])


def refuse_other(clerk: Clerk, seq: int, event: Event) -> None:
    """Stop where an attempt that is known is told again with other details: none is dropped."""
    known, told = written_event(kept_attempt(clerk, seq)[1]), written_event(event)
    for key, value in told.items():
        if key in _SAME_ATTEMPT or known.get(key, value) == value:
            continue
        facts = {"document": event.document, "kind": event.kind, "seq": seq, "key": key}
        raise stop("SERV005", Place(), **facts, typed=_words(known[key]), recorded=_words(value))


def _words(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(map(_words, value))
    return "".join(map(str, value.values())) if isinstance(value, dict) else str(value)


def refuse_earlier(clerk: Clerk, first: Recorded) -> None:
    """Stop where a correction would be older than what it corrects."""
    if clerk.today < first.day:
        raise stop("SERV018", Place(), seq=first.seq, day=first.day, said=clerk.today)


def still_true(event: Event, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a correction leaves as it was: with another way or outcome only what fits."""
    told = written_event(event)
    if not {"方式", "结果"} & set(values):
        return told
    method = METHODS.get(str(values.get("方式", event.method)))
    outcome = values.get("结果", event.outcome)
    asked = method.asked_of(outcome) if method and outcome in method.outcomes else ()
    fitting = {*_OF_EVERY_SERVICE, *(key.partition(".")[0] for key in asked)}
    return {key: value for key, value in told.items() if key in fitting}


def corrections_of(clerk: Clerk, seq: int) -> list[Mapping[str, Any]]:
    """List the corrections of an attempt, as they were recorded."""
    mended = (one for one in clerk.recorded if one.kind == SERVICE_MENDED)
    return [one.data for one in mended if one.data["corrects"] == seq]


def is_corrected(clerk: Clerk, seq: int, event: Event, reason: str) -> bool:
    """Tell whether this very correction is the last: then it is answered again."""
    last = corrections_of(clerk, seq)[-1:]
    return any(d["reason"] == reason and event_in(d["event"]) == event for d in last)


def lacking_of(clerk: Clerk, book: "Book", seq: int, event: Event) -> tuple[tuple[str, ...], ...]:
    """List the proofs that are still to be brought for an attempt."""
    events = as_attached_now(book.events(clerk.matter))
    organ = any(one.data.get("organ") for one in events if one.seq == seq)
    return lacking(event, proofs_of(events, seq, event), clerk.proofs, organ=organ)
