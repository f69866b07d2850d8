"""Whether a recorded service of a paper counts, and from which day:
民事诉讼法 87–95, 行政处罚法 61.
"""

from collections.abc import Iterator
from datetime import date

from kcbx_docs.case.event import Event
from kcbx_docs.case.event_checks import faults_of_event
from kcbx_docs.case.kinship import agent, kin_of, lawyer
from kcbx_docs.case.model import Case, Guardian, name_key
from kcbx_docs.case.service_methods import (
    HIMSELF,
    HOME,
    METHODS,
    NO_SIGNERS,
    ON_THE_SPOT,
    POSTED,
    REPRESENTS,
)
from kcbx_docs.case.usual_words import (
    maybe_no_person,
    named_like_no_person,
    nobody_signed,
    place_of,
    refuser_of,
)
from kcbx_docs.case.whereabouts import HANDED_ON, suggestion
from kcbx_docs.light import dataclass
from kcbx_docs.record import clashes
from kcbx_docs.record.conditions import Attempt, Fault, condition_faults
from kcbx_docs.record.jurisdiction import Jurisdiction, Term
from kcbx_docs.record.old_address import wrong_address

_PROOF_CODES = ("CASE040", "CASE043")
_DOUBTS = (
    "CASE250",
    "CASE251",
    "PROC106",
    "PROC108",
    "PROC109",
    "PROC110",
    "PROC111",
    "PROC115",
    "PROC117",
    "PROC118",
    "PROC120",
    "PROC122",
    "PROC125",
    "PROC129",
    "PROC130",
    "PROC132",
    "PROC133",
    "PROC480",
    "PROC521",
    "PROC522",
    "PROC580",
    "SERV078",
    "SERV080",
    "SERV081",
    "SERV082",
    "SERV084",
    "SERV085",
    "SERV088",
    "SERV100",
    "SERV101",
    "SERV102",
    "PROC140",
    "SERV120",
    "SERV121",
)
"""Codes of what does not make a service void, but asks for a reason before anything rests on it."""


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


def service_of_event(attempt: Attempt) -> Service:
    """Judge one service of which somebody says that it succeeded."""
    event = attempt.event
    method = METHODS.get(event.method)
    period = method.period if method else ""
    term = attempt.law.term(period, event.proof_day) if period else None
    found = tuple(_faults(attempt))
    faults = tuple(fault for fault in found if fault[0] not in _DOUBTS)
    doubts = tuple(fault for fault in found if fault[0] in _DOUBTS)
    return Service(event, term, faults, doubts)


def _faults(a: Attempt) -> Iterator[Fault]:
    event, guardian = a.event, a.guardian
    for code, _, lacking in faults_of_event(event):
        if code in _PROOF_CODES:
            keys = lacking.get("keys") or lacking.get("key")
            yield "PROC101", {**a.facts, "method": event.method, "keys": keys}
    if guardian.died_before(event.proof_day):
        told = {"day": event.proof_day, "since": guardian.whereabouts_since}
        yield "PROC107", {**a.facts, **told}
    represented = event.represented and event.signer
    if guardian.incapable(event.proof_day) and not represented:
        yield "PROC124", a.facts
    elif guardian.limited(event.proof_day) and not represented:
        yield "PROC125", a.facts
    yield from condition_faults(a)
    yield from _kept_elsewhere(a)
    for code, where in wrong_address(event, guardian):
        yield code, {**a.facts, "method": event.method, **where}
    method = METHODS.get(event.method)
    if method and method.signer_judged and _another(event):
        yield from _signer_faults(event, a.case, guardian, a.law, a.facts)


def _another(event: Event) -> bool:
    """Tell whether somebody is named or chosen who signed; where nobody is, it was himself."""
    return bool(event.signer) or event.signed_by not in (None, HIMSELF)


def _signer_faults(
    event: Event, case: Case, guardian: Guardian, law: Jurisdiction, facts: dict[str, object]
) -> Iterator[Fault]:
    """Somebody else signs: never the child or a minor;
    an adult of the same household, or who was named for it.
    """
    signer = name_key(event.signer)
    if _signs(signer, guardian):
        return
    if nobody_signed(signer):
        yield "SERV110", {**facts, "signer": event.signer}
        return
    shown = event.signer or "没有写姓名的人"
    told = {**facts, "signer": shown, "relation": event.relation or "关系不明"}
    of_age, together = _of_age(event, case, law), _lives_together(event, case)
    if signer == name_key(case.pupil.name) or of_age is False:
        yield "PROC104", told
    elif clash := next(clashes.of_signer(event), None):
        yield "PROC132", {**facts, "method": event.method, **clash.facts}
    elif METHODS[event.method].himself:
        yield "PROC580", {**told, "unit": event.entrusted}
    elif not (event.designated or _acts_for(event) or _represents(event, guardian)):
        yield from _family_faults(event, case, guardian, told, (together, of_age))


def _family_faults(
    event: Event,
    case: Case,
    guardian: Guardian,
    told: dict[str, object],
    known: tuple[bool | None, bool | None],
) -> Iterator[Fault]:
    """Nobody named the signer for it: only an adult of the same household may sign."""
    together, of_age = known
    if event.signed_by in NO_SIGNERS:
        yield "SERV077", {**told, "who": event.signed_by}
    elif together is None and event.signed_by is None and maybe_no_person(event.signer):
        yield "SERV088", told
    elif event.represented and together is None:
        yield "SERV102", told
    elif event.signed_by is None and lawyer(event.relation):
        yield "CASE251", told
    elif code := _no_family_of_his(event, together=together):
        spouse = _guardian_there(event, case, guardian) if code == "PROC108" else None
        yield ("SERV101", {**told, "address": spouse.address}) if spouse else (code, told)
    elif of_age is None:
        yield "PROC109", told
    else:
        yield from _doubtful_family(event, guardian, told)


def _doubtful_family(event: Event, guardian: Guardian, told: dict[str, object]) -> Iterator[Fault]:
    if code := _lives_elsewhere(event, guardian):
        yield code, {**told, "where": guardian.where(event.proof_day)}
    elif event.signed_by and not event.relation and named_like_no_person(event.signer):
        yield "SERV100", {**told, "who": event.signed_by}
    elif event.relation and kin_of(event.relation) == "说不准":
        yield "PROC521", told
    elif not (event.place or event.address) and _two_homes(guardian):
        where = {"address": guardian.address, "other": guardian.service_address}
        yield "SERV082", {**told, **where}


def _guardian_there(event: Event, case: Case, guardian: Guardian) -> Guardian | None:
    """Return the other guardian who signed, where both have the same address in the file."""
    home, signer = name_key(guardian.address), name_key(event.signer)
    for person in case.guardians:
        if home and _signs(signer, person) and name_key(person.address) == home:
            return person
    return None


def _two_homes(guardian: Guardian) -> bool:
    """Tell whether the file names two addresses at which papers may have come."""
    one, other = name_key(guardian.address), name_key(guardian.service_address)
    return bool(one and other) and one not in other and other not in one


def _no_family_of_his(event: Event, *, together: bool | None) -> str:
    """Return the code of what keeps a signer from being family of the same household."""
    if together is False:
        return "PROC105"
    if kin_of(event.relation) == "不是家属":
        return "PROC520"
    return "PROC108" if together is None else ""


def _lives_elsewhere(event: Event, guardian: Guardian) -> str:
    """Return the code of a doubt whether the addressee lived there: who works elsewhere may keep
    his household, but what the file says of it in general is not known of that day.
    """
    if guardian.not_at_home(event.proof_day):
        return "PROC130"
    unsaid = guardian.away(event.proof_day) and event.same_household is None
    return "PROC480" if unsaid else ""


def _signs(signer: str, guardian: Guardian) -> bool:
    return signer in map(name_key, (guardian.name, *guardian.former_names))


def _kept_elsewhere(a: Attempt) -> Iterator[Fault]:
    """Who is kept in a prison or serves in the army neither takes nor refuses a paper outside."""
    event, where = a.event, a.guardian.where(a.event.proof_day)
    if where not in HANDED_ON or not _outside(event, a.guardian):
        return
    signed = not event.signer or _signs(name_key(event.signer), a.guardian)
    refuser = refuser_of(event, a.guardian)
    if refuser == "本人" or (refuser is None and signed):
        told = {"method": event.method, "place": event.place or event.place_kind or "没有写地点"}
        yield "PROC522", {**a.facts, **told, "where": where, "day": event.proof_day}


def _outside(event: Event, guardian: Guardian) -> bool:
    """Tell whether a paper came to somewhere else than where a kept person is: to the home,
    to an office, or to no place that is written; a place in words of its own may be inside.
    """
    method, place = METHODS.get(event.method), place_of(event, guardian)
    if method is None or suggestion(event.place or event.address) in HANDED_ON:
        return False
    if method.condition == POSTED:
        return place == HOME or not event.signer
    collected = method.meets and not method.by_officers
    at_hand = method.by_officers and (place not in (None, "其他") or not event.place)
    return collected or at_hand or place == HOME


def _acts_for(event: Event) -> bool:
    """Tell whether the signer is an agent of the addressee: as chosen, else as the relation."""
    return event.signed_by == REPRESENTS or agent(event.relation)


def _represents(event: Event, guardian: Guardian) -> bool:
    """Tell whether the signer acts by law for somebody who cannot, or not wholly, act himself."""
    needed = guardian.incapable(event.proof_day) or guardian.limited(event.proof_day)
    return bool(event.represented) and needed


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
