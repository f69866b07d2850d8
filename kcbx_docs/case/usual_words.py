"""What nobody classified in an older file, read from its usual wording.

Only whole names and whole clauses are read, nothing out of the middle of a sentence;
what is worded otherwise stays unknown, and whoever chose a class is believed.
"""

import re

from kcbx_docs.case.event import Event
from kcbx_docs.case.model import Guardian, name_key
from kcbx_docs.case.service_methods import HOME, PlaceKind, RefusedBy, WitnessKind
from kcbx_docs.case.witness import Witness

_HOME_WORDS = frozenset(("家", "家中", "家里", "住所", "住处", "住址", "家门口"))
_VILLAGE = re.compile(r".*(村民委员会|村委会|居民委员会|居委会)(办公室)?")
_COMMUNITY = re.compile(r".*社区")
_NO_WITNESS = re.compile(
    r"邻居|.*(学校|中学|小学|大学|幼儿园|人民政府|街道办事处|教育局|教育体育局)"
)
_REFUSAL = (
    "(当场|明确|看后|听后|阅后|再次|口头)*(表示)?"
    "(拒绝|拒不|不肯|不愿|不同意|拒)(签收|接收|收下|接受|签字|签名|收|签)(文书)?"
)
_NOBODY = re.compile(r"(敲门)?(家中|家里|屋内)?(无人|没有人|没人)(在家|应答|开门)?")


def refuser_of(event: Event, guardian: Guardian) -> RefusedBy | None:
    """Tell who refused a paper: as chosen, else where a clause says just that."""
    if event.refused_by:
        return event.refused_by
    who = f"(本人|受送达人|{re.escape(name_key(guardian.name))})?"
    clauses = [name_key(part) for part in re.split(r"[，,。；;、]", event.refusal)]
    if any(re.fullmatch(who + _REFUSAL, clause) for clause in clauses):
        return "本人"
    return "无人在家" if any(map(_NOBODY.fullmatch, clauses)) else None


def place_of(event: Event, guardian: Guardian) -> PlaceKind | None:
    """Tell what kind of place it was: as chosen, else where the home or the work is named."""
    if event.place_kind or not event.place:
        return event.place_kind
    place, own = name_key(event.place), name_key(guardian.name)
    if place.removeprefix(own) in _HOME_WORDS or place == name_key(guardian.address):
        return HOME
    return "工作单位" if place == name_key(guardian.employer) else None


def unit_of(witness: Witness, guardian: Guardian) -> WitnessKind | None:
    """Tell what a witness is from: as chosen, else by the ending that such bodies' names have."""
    if witness.kind or not witness.unit:
        return witness.kind
    unit = name_key(witness.unit)
    if unit == name_key(guardian.employer):
        return "受送达人单位"
    if _VILLAGE.fullmatch(unit):
        return "村（居）民委员会"
    if _COMMUNITY.fullmatch(unit):
        return "社区"
    return "其他" if _NO_WITNESS.fullmatch(unit) else None
