"""A review that somebody asks for at another organ than the papers name as the one to ask."""

from collections.abc import Iterator

from kcbx_docs.case.model import name_key
from kcbx_docs.problems import Problem, problem
from kcbx_docs.record.docket import Docket

_ASKS = "申请行政复议"


def reviewed_where(docket: Docket) -> Iterator[Problem]:
    """Ask about a review at another organ than kcbx.yaml names, once for each application."""
    review = docket.law.workspace.review
    for event in docket.events if review else ():
        named = name_key(event.organ)
        if event.kind == _ASKS and review and named and named != name_key(review.name):
            facts = {"day": event.day, "organ": event.organ, "review": review.name}
            yield problem("PROC627", docket.place(event), **facts)
