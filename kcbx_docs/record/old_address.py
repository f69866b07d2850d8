"""Papers that went to where somebody lives no more, or to an address that is none of his: who signs
or refuses himself has them wherever he is, what another takes must come to his home.
"""

from collections.abc import Iterator
from datetime import date

from kcbx_docs.case.addresses import apart, looks_like_an_address
from kcbx_docs.case.event import Event
from kcbx_docs.case.model import Guardian, name_key
from kcbx_docs.case.service_methods import HIMSELF, HOME, HOUSEHOLD, METHODS, POSTED
from kcbx_docs.case.usual_words import place_of, refuser_of

Told = tuple[str, dict[str, object]]


def former_home(event: Event, guardian: Guardian) -> tuple[str, date] | None:
    """Return the former home that a paper came to, and the day since which he lives elsewhere."""
    there, day = _there(event), event.proof_day
    address, since = guardian.home(day)
    if not there or since is None or not _elsewhere(there, (address, *_others(guardian))):
        return None
    for home in guardian.homes_before:
        if home.day < since and home.address != address and not apart(there, home.address):
            return home.address, since
    return None


def wrong_address(event: Event, guardian: Guardian) -> Iterator[Told]:
    """Yield that a paper came to a former home, or to an address that is none of his."""
    there, day = _there(event), event.proof_day
    if not _rests_on_it(event, guardian) or guardian.handed_on(day):
        return
    address = guardian.home(day)[0]
    facts: dict[str, object] = {"there": there, "address": guardian.service_address or address}
    if former := former_home(event, guardian):
        yield "SERV120", {**facts, "since": former[1]}
    elif address and _elsewhere(there, (address, *_others(guardian))):
        yield "SERV121", facts


def _there(event: Event) -> str:
    method = METHODS.get(event.method)
    there = event.address if method and method.condition == POSTED else event.place
    return there if looks_like_an_address(there) else ""


def _others(guardian: Guardian) -> tuple[str, ...]:
    return guardian.service_address, guardian.registered_address, guardian.employer


def _elsewhere(there: str, known: tuple[str, ...]) -> bool:
    """Tell whether an address is surely none of those that are known."""
    return bool(there) and all(apart(there, one) for one in known if one)


def _rests_on_it(event: Event, guardian: Guardian) -> bool:
    """Tell whether it matters where a paper came: it was left there, somebody else took it, or
    nobody has signed for the letter yet.
    """
    method = METHODS.get(event.method)
    if method is None:
        return False
    own = name_key(event.signer) in map(name_key, (guardian.name, *guardian.former_names))
    if own or (event.signed_by == HIMSELF and event.signer):
        return False
    if method.condition == POSTED:
        return event.in_transit or bool(event.signer)  # what nobody signed for is asked elsewhere
    if event.refused_by or event.refusal:
        left = bool(method.proofs) and place_of(event, guardian) == HOME
        return left or refuser_of(event, guardian) == HOUSEHOLD
    return method.in_person and bool(event.signer) and event.is_service
