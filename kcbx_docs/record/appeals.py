"""Appeals: until when a first judgment or ruling may be challenged, which result is the last word
(行政诉讼法 85, 89; 民事诉讼法 171, 177, 182).
"""

from collections.abc import Mapping

from kcbx_docs.case.event import Event
from kcbx_docs.record.jurisdiction import Jurisdiction, Term

APPEAL = "上诉"
STANDS = ("驳回上诉", "撤回上诉")
"""Results of an appeal after which the first judgment is what counts."""
SENT_BACK = "发回重审"
_SECOND = "二审"
_RULINGS = ("驳回起诉", "不予受理")
"""Results that a court writes into a ruling, against which the time is shorter."""
_FINAL = ("撤诉", "调解")
"""Results against which there is no appeal."""
_RULES: Mapping[str, tuple[str, str]] = {
    "行政判决": ("admin-appeal-15", "admin-appeal-ruling-10"),
    "民事判决": ("civil-appeal-15", "civil-appeal-ruling-10"),
}


def against(event: Event, kind: str) -> bool:
    """Tell whether an event is an appeal against a judgment of some kind."""
    return event.kind == APPEAL and event.appealed == kind


def second(event: Event, *, appealed: bool) -> bool:
    """Tell whether a judgment is of the second court: it says so, or there was an appeal."""
    after = event.result in (*STANDS, SENT_BACK)
    return event.court_level == _SECOND or after or (appealed and not event.court_level)


def appeal_term(event: Event, law: Jurisdiction) -> Term | None:
    """Return the time for an appeal against a first judgment; nothing where there is none."""
    rules = _RULES.get(event.kind)
    if rules is None or event.result in _FINAL or event.court_level == _SECOND:
        return None
    judgment, ruling = rules
    return law.term(ruling if event.result in _RULINGS else judgment, event.day)


def court_paper(event: Event) -> str:
    """Name what a court gave a first result in."""
    return "裁定" if event.result in _RULINGS else "判决"
