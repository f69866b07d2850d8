"""What is due in a case and until when:
the office's own limits, the parties' periods, the court's.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kcbx_docs.law.registry import Citation
from kcbx_docs.packs.procedure import State
from kcbx_docs.problems import Problems, UserError
from kcbx_docs.procedure.limits import Bound, latest_bounds
from kcbx_docs.record.acts import Act
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.enforcement import Enforcement
from kcbx_docs.record.jurisdiction import Jurisdiction, Term
from kcbx_docs.record.progress import Progress

_AFTER_DECISION: tuple[State, ...] = (
    "缴款期内",
    "逾期未缴",
    "催告待送达",
    "催告期内",
    "催告期满",
    "已缴清",
)
_SETTLED: tuple[State, ...] = ("已缴清", "执行完毕", "处罚已撤销", "已结案")


@dataclass(frozen=True)
class Due:
    """Something with a last day; the office's own limits are given unrolled."""

    what: str
    by: date
    guardian: str
    bound: str
    """Whom it binds: 机关, 当事人, 法院 or 学校."""
    step: str = ""
    document: str = ""
    rule: str = ""
    basis: tuple[Citation, ...] = ()
    warnings: Problems = ()
    overdue: bool = False

    @property
    def articles(self) -> str:
        """Write the articles in short form."""
        return "、".join(dict.fromkeys(citation.short for citation in self.basis))

    def days_left(self, day: date) -> int:
        """Count the days that are left; negative when it is over."""
        return (self.by - day).days


def dues_of(docket: Docket, progress: Progress, state: State, day: date) -> Iterator[Due]:
    """List what is due for one guardian in a state, each limit once."""
    seen: set[tuple[str, date]] = set()
    for due in (*_steps(docket, progress, state, day), *_periods(docket.law, progress, state, day)):
        if (due.what, due.by) not in seen:
            seen.add((due.what, due.by))
            yield due


def _steps(docket: Docket, progress: Progress, state: State, day: date) -> Iterator[Due]:
    law = docket.law
    for step_id, step in law.procedure.steps.items():
        if (
            not step.latest
            or state not in step.states
            or law.procedure.switch(step_id).value == "否"
        ):
            continue
        document = step.documents[0] if step.documents else ""
        for bound in latest_bounds(step, progress, law):
            if bound.day >= day or step.bound != "当事人":
                yield _due(bound, progress, step.bound, day, step_id, document)


def _due(
    bound: Bound, progress: Progress, who: str, day: date, step: str = "", document: str = ""
) -> Due:
    return Due(
        bound.name,
        bound.day,
        progress.guardian.name,
        who,
        step,
        document,
        bound.rule,
        bound.basis,
        bound.warnings,
        bound.day < day,
    )


def _periods(law: Jurisdiction, progress: Progress, state: State, day: date) -> Iterator[Due]:
    """List the parties' periods that are still running."""
    order, e = progress.order, progress.enforcement
    if state == "责令期内" and order and order.end:
        basis, warnings = (order.term.basis, order.term.warnings) if order.term else ((), ())
        yield Due(
            "改正期限",
            order.end,
            progress.guardian.name,
            "当事人",
            "check",
            "",
            "order-deadline",
            basis,
            warnings,
        )
    if state in ("申辩期内", "待听证"):
        yield from _running("陈述申辩", progress.window, progress, day)
        yield from _running("申请听证", progress.hearing_request, progress, day)
    if e and state not in _SETTLED:
        yield from _remedies(law, e, progress, state, day)
    for act in (
        order.act if order else None,
        progress.notice,
        e.decision if e else None,
        e.demand if e else None,
    ):
        if act and (pending := act.pending(day)):
            yield _running_service(act, pending, progress.guardian.name)


def _running_service(act: Act, pending: date, guardian: str) -> Due:
    """Tell when a service that takes effect later does so."""
    service = act.service
    assert service and service.term  # only such a service is pending
    what = f"{service.event.method}期满"
    return Due(what, pending, guardian, "当事人", "", act.document, service.term.rule.id)


def _remedies(
    law: Jurisdiction, e: Enforcement, progress: Progress, state: State, day: date
) -> Iterator[Due]:
    if state == "催告期内":
        yield from _running("催告后履行", e.demand_term, progress, day)
    if state in _AFTER_DECISION and not e.remedy.pending:
        yield from _running(
            "申请行政复议", e.remedy.review if not e.remedy.contests else None, progress, day
        )
        yield from _running("提起行政诉讼", e.remedy.suit, progress, day)
    if e.window and e.window.unrolled and not e.application and state != "复议诉讼中":
        yield Due(
            e.window.rule.name,
            e.window.unrolled,
            progress.guardian.name,
            "机关",
            "application",
            law.document_as("强制执行申请"),
            e.window.rule.id,
            e.window.basis,
            e.window.warnings,
            e.window.unrolled < day,
        )


def _running(what: str, term: Term | None, progress: Progress, day: date) -> Iterator[Due]:
    if term and term.end and term.end >= day:
        name = progress.guardian.name
        yield Due(
            what, term.end, name, term.rule.bound, "", "", term.rule.id, term.basis, term.warnings
        )


def recurring(law: Jurisdiction, day: date) -> Iterator[Due]:
    """List the reports that the place asks for again and again, with the next day of each."""
    for key, report in law.procedure.file.recurring.items():
        try:
            term = law.term(report.rule, day)
        except UserError:
            continue
        if term.end:
            yield Due(
                report.name, term.end, "", "学校", key, "", report.rule, term.basis, term.warnings
            )
