"""Fill what templates learn of one paper: its number, its day, its service."""

from typing import Any

from kcbx_docs.case.event import Event
from kcbx_docs.case.service_methods import METHODS
from kcbx_docs.papers.paper_records import PaperRecord
from kcbx_docs.procedure.issuers import issuer_of
from kcbx_docs.record.acts import Act
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.progress import Progress


def paper_values(p: Progress, act: Act | None, docket: Docket) -> dict[str, Any]:
    """Return what is known of a paper under the names of its record; nothing before it is made."""
    if act is None:
        return {}
    service = act.service.event if act.service else None
    organ = issuer_of(docket, act.document, act.day, p.guardian.name).organ
    served = act.served(p.day)
    return {
        "已制发": not act.implied,
        "名称": docket.law.title(act.document),
        "文号": act.number or None,
        "日期": None if act.implied else act.day,
        "机关": organ.name if organ else None,
        "送达日期": served,
        "送达方式": service.method if service and served else None,
        "签收人": _signer(service, p.guardian.name) if service and served else None,
    }


def _signer(service: Event, addressee: str) -> str | None:
    """Name who signed, where that way of service has a signature; who refused signed nothing."""
    method = METHODS.get(service.method)
    refused = (service.refusal or service.refused_by) and not service.signer
    return (service.signer or addressee) if method and method.signed and not refused else None


def paper_record(p: Progress, act: Act | None, docket: Docket) -> PaperRecord:
    """Tell a paper of which nothing else is to be known."""
    return PaperRecord(**paper_values(p, act, docket))


def text_of(event: Event | None, key: str) -> str | None:
    """Return what an event says under a key; nothing where it says nothing, or did not happen."""
    return getattr(event, key, None) or None
