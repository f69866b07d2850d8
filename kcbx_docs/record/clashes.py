"""A class that somebody chose and the words written beside it: where the words name another
class, on which the service would stand differently, nobody can tell which of the two is right.
"""

from collections.abc import Iterator

from kcbx_docs.case.addresses import elsewhere, in_another_village, units, villages
from kcbx_docs.case.event import Event
from kcbx_docs.case.kinship import stranger
from kcbx_docs.case.model import Guardian, name_key
from kcbx_docs.case.service_methods import (
    HIMSELF,
    HOME,
    KEEPERS,
    MEANT_BY,
    NO_SIGNERS,
    OWN_UNIT,
    REFUSERS,
    REPRESENTS,
)
from kcbx_docs.case.usual_words import (
    carrier_said,
    contact_only,
    entrusted_said,
    kept_by,
    place_said,
    refusal_said,
    refused_by_wire,
    returned_said,
    unit_said,
)
from kcbx_docs.case.witness import Witness
from kcbx_docs.light import dataclass

_NONE = "其他"


@dataclass(frozen=True)
class Clash:
    """What was chosen under a key, and the words of another key that say otherwise."""

    key: str
    chosen: str
    beside: str
    words: str

    @property
    def facts(self) -> dict[str, object]:
        """Return both keys with what is written there."""
        return dict(vars(self))


def of_refusal(event: Event, guardian: Guardian) -> Iterator[Clash]:
    """Somebody refused, and the reason says that nobody was at home, or that it was from afar."""
    said = refusal_said(event, guardian)
    by_wire = refused_by_wire(event, guardian)
    if event.refused_by in REFUSERS and (said == "无人在家" or by_wire):
        yield Clash("拒收人", str(event.refused_by), "拒收原因", event.refusal)


def of_contact(event: Event) -> Iterator[Clash]:
    """Somebody was called or written to where the paper should have been handed over."""
    if contact_only(event):
        yield Clash("方式", event.method, "地点", event.place)


def of_place(event: Event, guardian: Guardian) -> Iterator[Clash]:
    """The home was chosen, and the place is named as another, or lies in another village."""
    said = place_said(event, guardian)
    homes = [home for home in (guardian.address, guardian.service_address) if villages(home)]
    apart = bool(homes) and all(in_another_village(event.place, home) for home in homes)
    if event.place_kind == HOME and (said not in (None, HOME) or apart):
        yield Clash("地点类别", HOME, "地点", event.place)


def of_signer(event: Event) -> Iterator[Clash]:
    """Somebody else signed and is called the addressee, or is not what he was chosen to be."""
    for key, chosen in (("签收人类别", event.signed_by), ("关系", event.relation)):
        if chosen == HIMSELF:
            yield Clash(key, HIMSELF, "签收人", event.signer)
    said = {"指定代收": event.designated, "法定代理人签收": event.represented}
    for key in MEANT_BY.get(event.signed_by, ()) if event.signed_by else ():
        if said.get(key) is False:
            yield Clash("签收人类别", str(event.signed_by), key, "否")
    if event.signed_by == REPRESENTS and stranger(event.relation):
        yield Clash("签收人类别", REPRESENTS, "关系", event.relation)
    if event.signed_by in NO_SIGNERS and event.same_household:
        yield Clash("签收人类别", str(event.signed_by), "同住", "是")


def of_returned(event: Event) -> Iterator[Clash]:
    """It is said to have arrived, and the words beside it say that it came back."""
    for key, words in (("内容", event.content), ("备注", event.note), ("原因", event.reason)):
        if words and returned_said(words):
            yield Clash("结果", event.result or "已送达", key, words)


def of_left(event: Event) -> Iterator[Clash]:
    """It was left behind, and somebody signed for it: on the day of leaving, or on another."""
    signed = {"签收人": event.signer, "签收日期": str(event.received or "")}
    for key, words in signed.items():
        if words:
            yield Clash("方式", event.method, key, words)


def of_unit(witness: Witness, guardian: Guardian) -> Iterator[Clash]:
    """A witness the law accepts was chosen, and the unit is named as something else."""
    if witness.kind == OWN_UNIT:
        if not _same_unit(witness.unit, guardian.employer):
            yield Clash("单位类别", OWN_UNIT, "单位", f"{witness.unit}（{_employer(guardian)}）")
    elif witness.kind not in (None, _NONE) and unit_said(witness, guardian) == _NONE:
        yield Clash("单位类别", str(witness.kind), "单位", witness.unit)


def _employer(guardian: Guardian) -> str:
    return f"{guardian.name}的工作单位：{guardian.employer}"


def _same_unit(unit: str, employer: str) -> bool:
    """Tell whether two names may be one unit's: one holds the other, or one is not written."""
    one, other = name_key(unit), name_key(employer)
    return one in other or other in one


def of_carrier(event: Event) -> Iterator[Clash]:
    """The post was chosen beside a courier's name, or a courier beside the post's."""
    said = carrier_said(event)
    if event.carrier_kind and said and event.carrier_kind != said:
        yield Clash("承运单位类别", event.carrier_kind, "承运单位", event.carrier)


def of_entrusted(event: Event) -> Iterator[Clash]:
    """An organ or a keeper was chosen, and the unit is a school or a village."""
    said, chosen = entrusted_said(event), event.entrusted_kind
    if chosen and chosen != _NONE and said == _NONE:
        yield Clash("受托机关类别", chosen, "受托机关", event.entrusted)


def of_keeper(event: Event, guardian: Guardian) -> Iterator[Clash]:
    """Papers went through a unit that keeps others than where the guardian is."""
    where = guardian.where(event.proof_day)
    wanted = kept_by(where)
    said = entrusted_said(event)
    named = said if said in KEEPERS else event.entrusted_kind
    # Drug addicts may be kept in places of detention; a soldier is in no prison.
    apart = {wanted, named} - {None}
    if len(apart) > 1 and ("部队" in apart or said in KEEPERS):
        yield Clash("下落", str(where), "受托机关", event.entrusted)


def from_elsewhere(witness: Witness, event: Event, guardian: Guardian) -> bool:
    """Tell whether a committee's name names another place than the home where it saw this.

    A village may belong to a committee of another name: then somebody says that it does.
    """
    homes = [address for address in (guardian.address, event.place) if units(address)]
    if homes and all(elsewhere(home, witness.unit) for home in homes):
        return True
    own, home = villages(witness.unit), villages(guardian.address) | villages(event.place)
    return not witness.local and bool(own and home) and not own & home
