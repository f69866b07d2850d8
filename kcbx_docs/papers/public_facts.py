"""The context of a paper that everybody may read: what is not on its list is not there."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from kcbx_docs.case.model import Guardian
from kcbx_docs.packs.model import Card, Role
from kcbx_docs.packs.public import may_tell
from kcbx_docs.papers.notice_facts import NOTICE, notice_facts
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.enforcement import Enforcement
from kcbx_docs.record.published import PENALTY


def public_facts(card: Card, told: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a paper is filled with: everything, or what may be public if it may become so."""
    if not card.public:
        return told
    return {name: _kept(value, name, card.role) for name, value in told.items()}


def _kept(value: Any, name: str, role: Role | None) -> Any:
    """Keep the shape of a record and only those of its values that may be told."""
    if may_tell(name, role):
        return value
    if isinstance(value, Mapping):
        return {key: _kept(item, f"{name}.{key}", role) for key, item in value.items()}
    return None


def concerns(docket: Docket, card: Card, guardian: Guardian, day: date) -> bool:
    """Tell whether there is something of a guardian to be noticed, or published."""
    if card.role == NOTICE:
        return notice_facts(docket, guardian, day) is not None
    return card.role != PENALTY or _publishable(docket.progress(guardian, day).enforcement)


def _publishable(followed: Enforcement | None) -> bool:
    """Tell whether a decision was served and stands as it was made: what was changed is
    withdrawn.
    """
    if followed is None:
        return False
    remedy = followed.remedy
    fell = remedy.annulled or remedy.changed or remedy.found_unlawful
    return followed.served is not None and fell is None
