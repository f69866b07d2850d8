"""By which rule a service counts: the way alone does not tell, who refused and where does."""

from collections.abc import Mapping
from typing import Literal

from kcbx_docs.case.event import Event
from kcbx_docs.case.model import Guardian, name_key
from kcbx_docs.case.service_methods import (
    AGENT,
    HANDED_ON_BY,
    HIMSELF,
    HOME,
    KEPT,
    LEFT_AT_HOME,
    LEFT_AT_ORGAN,
    LEFT_WITH_AGENT,
    METHODS,
    REFUSED,
    PlaceKind,
    ServiceMethod,
)
from kcbx_docs.case.usual_words import (
    entrusted_said,
    kept_by,
    organ_place,
    place_of,
    refuser_of,
)
from kcbx_docs.record.old_address import former_home

Left = Literal["留在住所", "住所以外", "到机关", "留给代理人", "留在单位"]
"""What became of a paper that somebody refused."""
_LEFT: Mapping[str, Left] = {
    "service-refused-elsewhere": "住所以外",
    "service-collect-refused": "到机关",
    LEFT_WITH_AGENT: "留给代理人",
    LEFT_AT_HOME: "留在住所",
    LEFT_AT_ORGAN: "留在单位",
}
_THERE: tuple[Left, ...] = ("留在住所", "留在单位")


def left_where(event: Event, guardian: Guardian | None) -> Left | None:
    """Tell what became of a paper that was refused; nothing where the record does not say."""
    if not event.refused_by or event.signer:
        return None
    found = _LEFT.get(rule_of(event, guardian))
    method = METHODS[event.method]
    sure = bool(method.proofs) and _place(event, guardian) == HOME
    return found if sure or found not in _THERE else None


def rule_of(event: Event, guardian: Guardian | None) -> str:
    """Return the id of the rule of a service on a guardian, or on an organ; nothing for none."""
    method = METHODS.get(event.method)
    if method is None:
        return ""
    if method.condition == KEPT and guardian:
        return _handed_on(event, guardian) or method.basis
    refusing = (event.refusal or event.refused_by) and not event.signer
    if refusing and method.refused:
        return _left(event, method, guardian)
    return (method.another if _by_another(event, guardian) else "") or method.basis


def _by_another(event: Event, guardian: Guardian | None) -> bool:
    """Tell whether somebody else signed, as always for an organ."""
    if guardian is None:
        return True
    own = map(name_key, ("", guardian.name, *guardian.former_names))
    return name_key(event.signer) not in own or event.signed_by not in (None, HIMSELF)


def _handed_on(event: Event, guardian: Guardian) -> str:
    """Where somebody is kept decides; where the file does not tell, through what it went."""
    kept = kept_by(guardian.where(event.proof_day))
    return HANDED_ON_BY.get(kept or event.entrusted_kind or entrusted_said(event) or "其他", "")


def _left(event: Event, method: ServiceMethod, guardian: Guardian | None) -> str:
    if method.condition != REFUSED:
        return method.refused
    if guardian and refuser_of(event, guardian) == AGENT:
        return LEFT_WITH_AGENT
    place = _place(event, guardian)
    if place not in (None, HOME):
        return method.refused
    if place is None and not method.proofs:
        return ""  # nobody wrote where he refused
    return LEFT_AT_HOME if guardian else LEFT_AT_ORGAN


def _place(event: Event, guardian: Guardian | None) -> PlaceKind | None:
    if guardian:
        # Where he lived before is somewhere else, whatever was chosen.
        return "其他" if former_home(event, guardian) else place_of(event, guardian)
    return organ_place(event, next(iter(event.targets), ""))
