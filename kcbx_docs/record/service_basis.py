"""By which rule a service counts: the way alone does not tell, who refused and where does."""

from kcbx_docs.case.event import Event
from kcbx_docs.case.model import Guardian
from kcbx_docs.case.service_methods import (
    AGENT,
    HANDED_ON_BY,
    HOME,
    KEPT,
    LEFT_AT_ORGAN,
    LEFT_WITH_AGENT,
    METHODS,
    REFUSED,
    ServiceMethod,
)
from kcbx_docs.case.usual_words import (
    entrusted_said,
    kept_by,
    organ_place,
    place_of,
    refuser_of,
)


def rule_of(event: Event, guardian: Guardian | None) -> str:
    """Return the id of the rule of a service on a guardian, or on an organ; nothing for none."""
    method = METHODS.get(event.method)
    if method is None:
        return ""
    if method.condition == KEPT and guardian:
        return _handed_on(event, guardian) or method.basis
    refusing = (event.refusal or event.refused_by) and not event.signer
    if not refusing or not method.refused:
        return method.basis
    return _left(event, method, guardian)


def _handed_on(event: Event, guardian: Guardian) -> str:
    """Where somebody is kept decides; where the file does not tell, through what it went."""
    kept = kept_by(guardian.where(event.proof_day))
    return HANDED_ON_BY.get(kept or event.entrusted_kind or entrusted_said(event) or "其他", "")


def _left(event: Event, method: ServiceMethod, guardian: Guardian | None) -> str:
    if method.condition != REFUSED:
        return method.refused
    organ = next(iter(event.targets), "")
    place = place_of(event, guardian) if guardian else organ_place(event, organ)
    if place not in (None, HOME) and not event.witnesses:
        return method.refused
    if not method.proofs:
        return method.refused
    if guardian is None:
        return LEFT_AT_ORGAN
    return LEFT_WITH_AGENT if refuser_of(event, guardian) == AGENT else method.basis
