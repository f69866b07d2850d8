"""Whether a recorded service of a paper counts, and from which day:
民事诉讼法 87–95, 行政处罚法 61.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kcbx_docs.case.event import Event
from kcbx_docs.case.event_checks import faults_of_event
from kcbx_docs.case.model import Case, Guardian, name_key
from kcbx_docs.case.service_methods import METHODS, ON_THE_SPOT, Condition
from kcbx_docs.record.jurisdiction import Jurisdiction, Term

_PROOF_CODES = ("CASE040", "CASE043")
_DOUBTS = ("PROC106", "PROC108", "PROC109", "PROC110")

Fault = tuple[str, dict[str, object]]


@dataclass(frozen=True)
class Service:
    """One successful attempt: the day from which it counts, what makes it void,
    and what is doubtful.
    """

    event: Event
    term: Term | None
    faults: tuple[Fault, ...] = ()
    doubts: tuple[Fault, ...] = ()

    @property
    def valid(self) -> bool:
        """Tell whether it counts at all."""
        return not self.faults

    @property
    def day(self) -> date | None:
        """Return the day from which it counts; a public notice only when its days are over."""
        return self.term.end if self.term else self.event.proof_day


def service_of_event(
    event: Event,
    case: Case,
    guardian: Guardian,
    earlier_failures: Sequence[Event],
    law: Jurisdiction,
) -> Service:
    """Judge one successful service; ``earlier_failures`` are the attempts that failed before it."""
    method = METHODS.get(event.method)
    term = law.term(method.period, event.proof_day) if method and method.period else None
    found = tuple(_faults(event, case, guardian, earlier_failures, law))
    faults = tuple(fault for fault in found if fault[0] not in _DOUBTS)
    doubts = tuple(fault for fault in found if fault[0] in _DOUBTS)
    return Service(event, term, faults, doubts)


def _faults(
    event: Event, case: Case, guardian: Guardian, failures: Sequence[Event], law: Jurisdiction
) -> Iterator[Fault]:
    facts: dict[str, object] = {"name": guardian.name, "document": event.document}
    for code, _, lacking in faults_of_event(event):
        if code in _PROOF_CODES:
            keys = lacking.get("keys") or lacking.get("key")
            yield "PROC101", {**facts, "method": event.method, "keys": keys}
    if guardian.died_before(event.proof_day):
        yield "PROC107", {**facts, "day": event.proof_day, "since": guardian.whereabouts_since}
    method = METHODS.get(event.method)
    if method and method.condition:
        code, met = _CONDITIONS[method.condition]
        if not met(event, guardian, failures):
            yield code, {**facts, "where": guardian.whereabouts}
        if method.condition == "送不到或下落不明" and _believed(event, guardian, failures):
            yield "PROC110", {**facts, "since": guardian.whereabouts_since}
    if method and method.signer_judged and event.signer:
        yield from _signer_faults(event, case, guardian, law, facts)


def _consented(event: Event, guardian: Guardian, _failures: Sequence[Event]) -> bool:
    confirmed = guardian.service_confirmed
    return bool(guardian.electronic_consent and confirmed and confirmed <= event.day)


def _unreachable(event: Event, guardian: Guardian, failures: Sequence[Event]) -> bool:
    return bool(failures) or guardian.missing(event.proof_day) or _found_later(event, guardian)


def _found_later(event: Event, guardian: Guardian) -> bool:
    """Tell whether the file knows only where the guardian was after a notice with a reason."""
    known = guardian.whereabouts not in (None, "下落不明")
    return known and guardian.unknown_then(event.proof_day) and bool(event.reason)


def _believed(event: Event, guardian: Guardian, failures: Sequence[Event]) -> bool:
    """Tell whether nothing but the notice's own reason says that nobody could be found."""
    return not failures and _found_later(event, guardian)


def _handed_on(event: Event, guardian: Guardian, _failures: Sequence[Event]) -> bool:
    """Where nobody wrote where the guardian is, the office that passed it on is believed."""
    return guardian.unknown_then(event.proof_day) or guardian.handed_on(event.proof_day)


_CONDITIONS: Mapping[Condition, tuple[str, Callable[[Event, Guardian, Sequence[Event]], bool]]] = {
    "本人确认过电子送达": ("PROC102", _consented),
    "送不到或下落不明": ("PROC103", _unreachable),
    "在部队或被监禁": ("PROC106", _handed_on),
}
"""For each condition what is told when it is not met, and whether it is."""


def _signer_faults(
    event: Event, case: Case, guardian: Guardian, law: Jurisdiction, facts: dict[str, object]
) -> Iterator[Fault]:
    """Somebody else signs: never the child or a minor;
    an adult of the same household, or who was named for it.
    """
    signer = name_key(event.signer)
    if signer == name_key(guardian.name) or event.relation == "本人":
        return
    told = {**facts, "signer": event.signer, "relation": event.relation or "关系不明"}
    of_age, together = _of_age(event, case, law), _lives_together(event, case)
    if signer == name_key(case.pupil.name) or of_age is False:
        yield "PROC104", told
    elif event.designated:
        return
    elif together is False:
        yield "PROC105", told
    elif together is None:
        yield "PROC108", told
    elif of_age is None:
        yield "PROC109", told


def _lives_together(event: Event, case: Case) -> bool | None:
    """Tell whether the signer lives with the guardian; nothing where nobody wrote it."""
    if event.same_household is not None:
        return event.same_household
    signer = name_key(event.signer)
    known = [carer for carer in case.carers if name_key(carer.name) == signer]
    return known[0].same_household if known else None


def _of_age(event: Event, case: Case, law: Jurisdiction) -> bool | None:
    """Tell whether the signer is of age; nothing where neither the event nor a birth date tells."""
    if event.adult is not None:
        return event.adult
    signer = name_key(event.signer)
    known = (p for p in (*case.guardians, *case.carers) if name_key(p.name) == signer)
    birth = next((person.birth for person in known), None)
    return law.is_adult(birth, event.day) if birth else None


def on_the_spot(event: Event) -> Service:
    """Return the service of a paper that was handed over when it was made."""
    return Service(event.model_copy(update={"method": ON_THE_SPOT.name}), None)
