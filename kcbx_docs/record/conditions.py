"""What the law asks of each way of service besides its proofs: who refused and who saw it,
who carried the mail, to which address, through whom, what was tried before a public notice
(民事诉讼法 88–95, 民诉解释 130–132, 邮政法 55, 行政处罚法 61).
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Final

from kcbx_docs.case.event import Event
from kcbx_docs.case.event_checks import written_keys
from kcbx_docs.case.model import Case, Guardian, name_key
from kcbx_docs.case.service_methods import (
    AGENT,
    COMMITTEES,
    CONFIRMED,
    HIMSELF,
    HOME,
    HOUSEHOLD,
    KEEPERS,
    KEPT,
    MAYBE_WITNESS,
    METHODS,
    OWN_UNIT,
    POST,
    REFUSED,
    REFUSERS,
    WITNESSES,
    WORK,
    Condition,
    ServiceMethod,
)
from kcbx_docs.case.usual_words import (
    below_regiment,
    carrier_said,
    contact_only,
    entrusted_said,
    in_a_group,
    itself,
    kept_by,
    only_called,
    place_of,
    recruits,
    refuser_of,
    unit_of,
)
from kcbx_docs.case.witness import Witness
from kcbx_docs.light import dataclass, regex
from kcbx_docs.record import clashes
from kcbx_docs.record.clashes import Clash
from kcbx_docs.record.jurisdiction import Jurisdiction

Fault = tuple[str, dict[str, object]]

_TELEPHONE = regex(r"(?<!\d)1\d{10}(?!\d)")
_MAILBOX = regex(r"[\w.+-]+@[\w.-]+\w")
_SCHOOL = "学校"
_ARMY = "部队"
_OTHER: Final = "其他"


@dataclass(frozen=True)
class Attempt:
    """One service with all that decides whether it counts."""

    event: Event
    case: Case
    guardian: Guardian
    law: Jurisdiction
    failures: Sequence[Event] = ()
    """Attempts to serve this very paper that failed before."""
    sent: Sequence[Event] = ()
    """Sendings of this very paper of which nobody had heard yet."""
    elsewhere: Sequence[Event] = ()
    """Attempts to serve other papers on the same person that failed before."""
    made: Event | None = None
    """What made the paper."""

    @property
    def facts(self) -> dict[str, object]:
        """Return what every message says."""
        return {"name": self.guardian.name, "document": self.event.document}

    @property
    def household(self) -> list[str]:
        """Name the other guardians who live at the very address of this one."""
        home = name_key(self.guardian.address)
        others = (one for one in self.case.guardians if home and name_key(one.address) == home)
        return [one.name for one in others]


def untried(
    failures: Sequence[Event], guardian: Guardian, day: date, sent: Sequence[Event] = ()
) -> str:
    """Say what was left out before a public notice; nothing where every other way failed:
    somebody went and looked for the addressee, a further way failed too, and no letter is out.
    """
    known = [event for event in failures if event.method in METHODS]
    ways = [METHODS[event.method] for event in known if not _never_gone(event)]
    if not ways:
        return "只打过电话、发过消息" if known else "没有试过其他方式"
    if any(event.refused_by in REFUSERS for event in failures):
        return "是有人拒收，可以留下文书"
    if passed_over := _passed_over(ways, guardian, day):
        return passed_over
    names = dict.fromkeys(way.name for way in ways)
    enough = len(names) > 1 and any(way.in_person for way in ways)
    left = ("" if enough else f"只试过{'、'.join(names)}", "寄出的还在路上" if sent else "")
    return "，".join(filter(None, left))


def _never_gone(event: Event) -> bool:
    """Tell whether an attempt in vain looks as if nobody went to look for the addressee."""
    sought = METHODS[event.method].in_person and event.place_kind in (None, _OTHER)
    return sought and only_called(event)


def _passed_over(ways: Sequence[ServiceMethod], guardian: Guardian, day: date) -> str:
    """Name the way that the file itself shows, where nobody tried it."""
    tried = {way.condition for way in ways}
    if guardian.handed_on(day) and KEPT not in tried:
        return f"没有试过转交（{guardian.where(day)}）"
    consented = guardian.electronic_consent and guardian.electronic_address
    return "没有发到他确认过的电子送达地址" if consented and CONFIRMED not in tried else ""


def condition_faults(attempt: Attempt) -> Iterator[Fault]:
    """Yield what the condition of the way does not find."""
    method = METHODS.get(attempt.event.method)
    if method and _from_afar(attempt.event):
        yield "SERV092", {**attempt.facts, "method": method.name, "place": attempt.event.place}
    elif method and (method.in_person or method.meets):
        yield from _contradicted(attempt, clashes.of_contact(attempt.event))
    if method and method.travels:
        yield from _contradicted(attempt, clashes.of_returned(attempt.event))
    if method and method.condition:
        yield from CONDITIONS[method.condition](attempt)


def _from_afar(event: Event) -> bool:
    """Tell whether somebody was only called or written to where he should have been looked for,
    and no place was chosen against it.
    """
    sought = METHODS[event.method].in_person
    return sought and contact_only(event) and event.place_kind in (None, _OTHER)


def _contradicted(a: Attempt, found: Iterable[Clash]) -> Iterator[Fault]:
    for clash in found:
        yield "PROC132", {**a.facts, "method": a.event.method, **clash.facts}


def _left_behind(a: Attempt) -> Iterator[Fault]:
    """Somebody refused who may, and a proper witness or pictures show that it was left at home.

    Outside the home only his own refusal counts, with pictures (民诉解释 131 II).
    """
    event, leaves = a.event, _leaves(a.event)
    if leaves:
        yield from _contradicted(a, clashes.of_left(event))
    if not _refusing(event) or (event.signer and not leaves):
        return  # nobody refused in the end
    if not leaves:
        yield from _unproved(a)
    if event.witnesses or event.media:  # the proof of it is asked for already
        yield from _seen(a)


def _leaves(event: Event) -> bool:
    """Tell whether the way itself is to leave a paper behind."""
    method = METHODS[event.method]
    return bool(method.proofs) and method.condition == REFUSED


def _seen(a: Attempt) -> Iterator[Fault]:
    event, unwritten = a.event, list[str]()
    yield from _refused(a, unwritten)
    if not event.media or refuser_of(event, a.guardian) == HOUSEHOLD:
        yield from _left_at_home(a, unwritten)
    if METHODS[event.method].condition == REFUSED and not _leaves(event):
        yield from _not_at_home(a, unwritten)
    if not event.media:
        yield from _witnessed(a, unwritten)
    if unwritten:
        yield "PROC111", {**a.facts, "keys": "、".join(dict.fromkeys(unwritten))}


def _refusing(event: Event) -> bool:
    return bool(event.refusal or event.refused_by)


def _unproved(a: Attempt) -> Iterator[Fault]:
    """Where the way asks for no proof of a refusal, the refusal does."""
    groups = (("拒收原因",), ("见证人", "影像资料"))
    written = written_keys(a.event)
    for group in groups:
        if not set(group) & set(written):
            yield "PROC101", {**a.facts, "method": a.event.method, "keys": "」或「".join(group)}


def _refused(a: Attempt, unwritten: list[str]) -> Iterator[Fault]:
    """The addressee refused, or an adult who lives with him now."""
    refuser = refuser_of(a.event, a.guardian)
    if refuser is None:
        unwritten.append("拒收人")
    elif refuser not in REFUSERS:
        yield "PROC112", {**a.facts, "who": refuser}
    elif refuser == HOUSEHOLD and a.guardian.not_at_home(a.event.proof_day):
        yield (
            "PROC130",
            {**a.facts, "signer": refuser, "where": a.guardian.where(a.event.proof_day)},
        )
    yield from _contradicted(a, clashes.of_refusal(a.event, a.guardian))


def _left_at_home(a: Attempt, unwritten: list[str]) -> Iterator[Fault]:
    place = place_of(a.event, a.guardian, a.household)
    agent = refuser_of(a.event, a.guardian) == AGENT  # he may have an office of his own
    if place is None:
        unwritten.append("地点类别")
    elif place != HOME and not (agent and place == WORK):
        yield "PROC114", {**a.facts, "place": a.event.place_kind or a.event.place}
    yield from _contradicted(a, clashes.of_place(a.event, a.guardian))


def _not_at_home(a: Attempt, unwritten: list[str]) -> Iterator[Fault]:
    """Who refuses to sign elsewhere is served by that; at home the paper must be left there."""
    place = place_of(a.event, a.guardian, a.household)
    if place is None:
        unwritten.append("地点类别")
    elif place == HOME:
        yield "SERV078", {**a.facts, "who": a.event.refused_by or "有人"}


def _came(a: Attempt) -> Iterator[Fault]:
    """Who came for it and refused to sign is served by that; nobody else is (民诉解释 131 I)."""
    event, guardian = a.event, a.guardian
    if place_of(event, guardian, a.household) == HOME:
        told = {"key": "方式", "chosen": event.method, "beside": "地点类别", "words": HOME}
        yield "PROC132", {**a.facts, "method": event.method, **told}
    if not _refusing(event) or event.signer:
        return
    refuser, unwritten = refuser_of(event, guardian), [] if event.handlers else ["承办人"]
    if refuser is None:
        unwritten.append("拒收人")
    elif refuser not in (HIMSELF, AGENT):
        yield "SERV079", {**a.facts, "who": refuser}
    yield from _contradicted(a, clashes.of_refusal(event, guardian))
    if unwritten:
        yield "PROC111", {**a.facts, "keys": "、".join(unwritten)}


def _witnessed(a: Attempt, unwritten: list[str]) -> Iterator[Fault]:
    """One good witness is enough; who serves, or belongs to the family, is none."""
    seen = [witness for witness in a.event.witnesses if _stands_apart(witness, a)]
    good = [one for one in seen if unit_of(one, a.guardian) in WITNESSES and one.local is not False]
    if good or not a.event.witnesses:
        yield from _doubted(a, good)
        return
    yield from _nobody_fit(a, seen, unwritten)


def _nobody_fit(a: Attempt, seen: Sequence[Witness], unwritten: list[str]) -> Iterator[Fault]:
    """A name may show that a witness is good; that he is none only who knows him can say."""
    kinds = {_OTHER if witness.local is False else witness.kind for witness in seen}
    names = "、".join(witness.name for witness in a.event.witnesses)
    if MAYBE_WITNESS in kinds:
        yield "PROC115", {**a.facts, "witnesses": names}
    elif None not in kinds:
        yield "PROC113", {**a.facts, "witnesses": names}
    elif all(unit_of(witness, a.guardian) == _OTHER for witness in seen):
        yield "PROC140", {**a.facts, "witnesses": "、".join(map(_from_where, seen))}
    else:
        unwritten.append("见证人的「单位类别」")


def _from_where(witness: Witness) -> str:
    return f"{witness.name}（{witness.unit}）" if witness.unit else witness.name


def _doubted(a: Attempt, good: Sequence[Witness]) -> Iterator[Fault]:
    """Where no good witness is beyond doubt, say what is doubtful of the first."""
    found = [[*_doubts_of(witness, a)] for witness in good]
    if all(found):
        yield from next(iter(found), ())


def _doubts_of(witness: Witness, a: Attempt) -> Iterator[Fault]:
    yield from _contradicted(a, clashes.of_unit(witness, a.guardian))
    kind = unit_of(witness, a.guardian)
    if kind == OWN_UNIT and not a.guardian.employer:
        yield "SERV080", {**a.facts, "witness": witness.name, "unit": witness.unit or "没有写单位"}
    if kind in COMMITTEES and clashes.from_elsewhere(witness, a.event, a.guardian):
        told = {"witness": witness.name, "unit": witness.unit, "address": a.guardian.address}
        yield "PROC133", {**a.facts, **told}


def _stands_apart(witness: Witness, a: Attempt) -> bool:
    family = (a.case.pupil, *a.case.guardians, *a.case.carers)
    own = (*a.event.handlers, *(person.name for person in family))
    return name_key(witness.name) not in map(name_key, own)


def _posted(a: Attempt) -> Iterator[Fault]:
    """Somebody signed for it, at an address of his, and the post carried it."""
    if _refusing(a.event) and not a.event.signer:
        yield "SERV083", {**a.facts, "who": a.event.refused_by or "有人"}
    if _to_nowhere(a):
        yield "SERV085", {**a.facts, "address": a.event.address}
    yield from by_the_post(a)


def by_the_post(a: Attempt) -> Iterator[Fault]:
    """Yield who carried a letter and may not, on its way too: papers of state organs go by the
    post office; a school's letter may go with a courier.
    """
    card, carrier = a.law.card(a.law.document(a.event.document)), a.event.carrier
    if card and _SCHOOL in card.issuers:
        return
    told = {**a.facts, "carrier": carrier or a.event.carrier_kind}
    kind = a.event.carrier_kind or carrier_said(a.event)
    if clashing := [*clashes.of_carrier(a.event)]:
        yield from _contradicted(a, clashing)
    elif kind and kind != POST:
        yield "PROC117", told
    elif carrier and kind is None:
        yield "PROC118", told


def _to_nowhere(a: Attempt) -> bool:
    """Tell whether a letter went to an address that the file does not know, and nobody signed."""
    guardian, there = a.guardian, name_key(a.event.address)
    if not there or a.event.signer or guardian.handed_on(a.event.proof_day):
        return False
    known = (guardian.address, guardian.service_address, guardian.registered_address)
    homes = [name_key(one) for one in (*known, guardian.employer) if one]
    return bool(homes) and not any(there in home or home in there for home in homes)


def _delegated(a: Attempt) -> Iterator[Fault]:
    """Another organ served for ours; a school or a village that took it along is none."""
    yield from _contradicted(a, clashes.of_entrusted(a.event))
    if (a.event.entrusted_kind or entrusted_said(a.event)) == _OTHER:
        yield "PROC129", {**a.facts, "unit": a.event.entrusted}
    elif itself(a.event.entrusted, _maker(a)):
        yield "SERV081", {**a.facts, "unit": a.event.entrusted}
    yield from _left_behind(a)


def _maker(a: Attempt) -> str:
    """Name the office that made the paper: as it says or its number, else the case's own."""
    organs, number = a.law.workspace.organs, a.made.number if a.made else ""
    fitting = [one for one in organs if one.code_word and number.startswith(one.code_word)]
    numbered = max(fitting, key=lambda one: len(one.code_word), default=None)
    told = a.made.organ if a.made else ""
    return told or (numbered.name if numbered else a.case.office or organs[0].name)


def _consented(a: Attempt) -> Iterator[Fault]:
    """The addressee agreed in the confirmation before, to this very address."""
    guardian, confirmed = a.guardian, a.guardian.service_confirmed
    if not (guardian.electronic_consent and confirmed and confirmed <= a.event.day):
        yield "PROC102", a.facts
    elif a.event.address and not guardian.electronic_address:
        yield "PROC120", {**a.facts, "address": a.event.address}
    elif a.event.address and not _addresses(a.event.address) & _addresses(
        guardian.electronic_address
    ):
        told = {"address": a.event.address, "confirmed": guardian.electronic_address}
        yield "PROC119", {**a.facts, **told}


def _addresses(text: str) -> set[str]:
    """Read telephone numbers by their digits and mailboxes in small letters;
    anything else counts by its letters and digits.
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    digits = re.sub(r"(?<=\d)[\s-](?=\d)", "", plain).replace("+86", "")
    found = {*_TELEPHONE.findall(digits), *_MAILBOX.findall(plain)}
    return found or {re.sub(r"[\W_]+", "", part) for part in plain.split("、")}


def _handed_on(a: Attempt) -> Iterator[Fault]:
    """Only who serves in the army or is locked up is reached through a unit (民事诉讼法 92–94).

    Where nobody chose the kind of unit its name may suggest one: that leaves a doubt.
    """
    guardian, day = a.guardian, a.event.proof_day
    kind = a.event.entrusted_kind or entrusted_said(a.event)
    keeps = kind in KEEPERS
    if _refusing(a.event) and not a.event.signer:
        yield "SERV084", {**a.facts, "unit": a.event.entrusted}
    if guardian.handed_on(day) and (kind is None or keeps):
        clashing = clashes.of_keeper(a.event, guardian), clashes.of_entrusted(a.event)
        yield from _contradicted(a, chain(*clashing))
        if kept_by(guardian.where(day)) == _ARMY and _no_political_organ(a.event.entrusted):
            yield "CASE250", {**a.facts, "unit": a.event.entrusted}
        return
    unknown = guardian.unknown_then(day)
    where = "没有写" if unknown else f"写的是{guardian.where(day)}"
    told = {**a.facts, "unit": a.event.entrusted, "where": where}
    yield "PROC106" if keeps else "PROC121", told


def _no_political_organ(unit: str) -> bool:
    return recruits(unit) or below_regiment(unit)


def _unreachable(a: Attempt) -> Iterator[Fault]:
    """Nobody knew where the addressee was, or every other way failed for this paper."""
    day = a.event.proof_day
    if a.event.bulletin and all(map(in_a_group, a.event.bulletin)):
        yield "SERV086", {**a.facts, "bulletin": "、".join(a.event.bulletin)}
    left = untried(a.failures, a.guardian, day, a.sent)
    if a.guardian.missing(day) or not left:
        return
    if a.failures or not untried(a.elsewhere, a.guardian, day):
        yield "PROC122", {**a.facts, "tried": left}
    elif _found_later(a):
        yield "PROC110", {**a.facts, "since": a.guardian.whereabouts_since}
    else:
        yield "PROC103", a.facts


def _found_later(a: Attempt) -> bool:
    """Tell whether the file knows only where the guardian was after a notice with a reason."""
    known = a.guardian.whereabouts not in (None, "下落不明")
    return known and a.guardian.unknown_then(a.event.proof_day) and bool(a.event.reason)


CONDITIONS: Mapping[Condition, Callable[[Attempt], Iterator[Fault]]] = {
    "拒收以后留下": _left_behind,
    "本人到机关来": _came,
    "由邮政企业寄递": _posted,
    "由行政机关代办": _delegated,
    "在部队或被监禁": _handed_on,
    "本人确认过电子送达": _consented,
    "送不到或下落不明": _unreachable,
}
"""For each condition of the table of ways what is said when it is not met."""
