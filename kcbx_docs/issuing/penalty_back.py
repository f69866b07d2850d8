"""A penalty is withdrawn: who hears the challenge has to be told, what was paid is given back, and
what may not be decided again is said.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kcbx_docs.office.book import Issue
from kcbx_docs.problems import Place, Problem, problem
from kcbx_docs.record.challenges import Contest
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.progress import Progress

_WHERE = {"申请行政复议": "复议机关", "提起行政诉讼": "人民法院"}


def of_withdrawal(docket: Docket, issue: Issue, day: date) -> tuple[Problem, ...]:
    """Say what follows for challenges, money and time; ``docket`` is the case as it was before."""
    found: list[Problem] = []
    for guardian in docket.case.guardians:
        if issue.guardian in ("", guardian.name):
            found += _of_guardian(docket, issue, docket.progress(guardian, day))
    return tuple(dict.fromkeys(found))


def _of_guardian(docket: Docket, issue: Issue, progress: Progress) -> Iterator[Problem]:
    facts = {"paper": f"《{issue.title}》{issue.number}", "name": progress.guardian.name}
    order, e = progress.order, progress.enforcement
    if order and _is(issue, order.act.document, order.act.number):
        yield from _heard(order.remedy.contests, facts)
    if e is None or not _is(issue, e.decision.document, e.decision.number):
        return
    yield from _heard(e.remedy.contests, facts)
    paid = sum((one.amount for one in e.payments if one.amount), Decimal(0))
    if paid:
        yield problem("ISSU131", Place(), **facts, paid=paid)
    if e.application is not None:
        yield problem("ISSU134", Place(), **facts)
    if progress.attendance.back:
        yield problem("ISSU132", Place(), **facts)
    yield from _too_late(docket, progress, facts)


def _is(issue: Issue, document: str, number: str) -> bool:
    return document == issue.document and number in ("", issue.number)


def _heard(contests: tuple[Contest, ...], facts: dict[str, str]) -> Iterator[Problem]:
    for contest in contests:
        if contest.end is None:
            told = {"what": contest.name, "organ": _WHERE[contest.kind], "day": contest.start.day}
            yield problem("ISSU130", Place(), **facts, **told)


def _too_late(docket: Docket, progress: Progress, facts: dict[str, str]) -> Iterator[Problem]:
    """Say that the time for a decision is over, so that none can follow in the ordinary way."""
    if progress.filing is None:
        return
    end = docket.law.term("decision-90", progress.filing.day).unrolled
    if end and progress.day > end:
        told = {"filed": progress.filing.day, "end": end}
        yield problem("ISSU133", Place(), **facts, **told)
