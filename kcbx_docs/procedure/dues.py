"""What is due in a case and until when:
the office's own limits, the parties' periods, the court's.
"""

from collections.abc import Iterator
from dataclasses import field, replace
from datetime import date

from kcbx_docs.law.citation import Citation
from kcbx_docs.law.periods import PeriodResult
from kcbx_docs.light import dataclass
from kcbx_docs.packs.procedure import Moment, State
from kcbx_docs.problems import Problems, UserError, problem
from kcbx_docs.procedure.issuers import issuer_of
from kcbx_docs.procedure.limits import Bound, last_demand, latest_bounds
from kcbx_docs.procedure.penalties import clause_for
from kcbx_docs.record.acts import Act
from kcbx_docs.record.appeals import appeal_term
from kcbx_docs.record.challenges import review_terms
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.enforcement import Enforcement
from kcbx_docs.record.jurisdiction import Jurisdiction, Term
from kcbx_docs.record.observing import OBSERVED, observing
from kcbx_docs.record.ordered import Ordered
from kcbx_docs.record.progress import Progress
from kcbx_docs.record.published import standing_published, to_take_down
from kcbx_docs.record.states import open_states

_AFTER_DECISION: tuple[State, ...] = (
    "缴款期内",
    "逾期未缴",
    "催告待送达",
    "催告期内",
    "催告期满",
    "已缴清",
)
JUDGED: State = "民事已结"
_SETTLED: tuple[State, ...] = ("已缴清", "执行完毕", "处罚已撤销", "已结案", "已移交")
_PUT_AWAY: tuple[State, ...] = ("已结案", "已移交")


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
    doubted: bool = False
    """Whether it counts from a service that is doubtful."""
    reckoned: PeriodResult | None = field(default=None, compare=False, repr=False)
    """How it was counted, where a rule counts it."""

    @property
    def articles(self) -> str:
        """Write the articles in short form."""
        return "、".join(dict.fromkeys(citation.short for citation in self.basis))

    def days_left(self, day: date) -> int:
        """Count the days that are left; negative when it is over."""
        return (self.by - day).days


def dues_of(docket: Docket, progress: Progress, state: State, day: date) -> Iterator[Due]:
    """List what is due for one guardian in a state, each limit once."""
    if state == "监护已终止":
        return
    dead = progress.guardian.dead(day)
    seen: set[tuple[str, date]] = set()
    for due in (*_steps(docket, progress, state, day), *_periods(docket, progress, state, day)):
        if (due.what, due.by) not in seen and not (dead and due.bound == "当事人"):
            seen.add((due.what, due.by))
            doubts = _no_last_demand(docket.law, progress) if due.step == "application" else ()
            yield replace(due, warnings=(*due.warnings, *doubts))


def _steps(docket: Docket, progress: Progress, state: State, day: date) -> Iterator[Due]:
    law = docket.law
    # A judgment stands beside the penalty: its time for execution runs whatever the fine's state.
    beside = {one for one in open_states(progress) if one == JUDGED}
    by_office = docket.suit(day).by_office
    for step_id, step in law.procedure.steps.items():
        if not step.latest or not {state, *beside} & set(step.states):
            continue
        if law.procedure.switch(step_id).value == "否":
            continue
        document = step.documents[0] if step.documents else ""
        for bound in latest_bounds(step, progress, law):
            if bound.day >= day or step.bound != "当事人":
                who = "机关" if step.bound == "原告" and by_office else step.bound
                due = _due(bound, progress, who, day, step_id, document)
                yield replace(due, guardian="") if step.event == OBSERVED else due


def _due(
    bound: Bound, progress: Progress, who: str, day: date, step: str = "", document: str = ""
) -> Due:
    return Due(
        what=bound.name,
        by=bound.day,
        guardian=progress.guardian.name,
        bound=who,
        step=step,
        document=document,
        rule=bound.rule,
        basis=bound.basis,
        warnings=bound.warnings,
        overdue=bound.day < day,
        doubted=bound.doubted,
        reckoned=bound.reckoned,
    )


def _periods(docket: Docket, progress: Progress, state: State, day: date) -> Iterator[Due]:
    """List the parties' periods that are still running."""
    law, order, e = docket.law, progress.order, progress.enforcement
    if "责令期内" in open_states(progress) and order and order.end:
        yield _to_obey(order, progress, law)
    if state in ("申辩期内", "听证申请期内", "待听证"):
        if progress.waived is None:
            yield from _running("陈述申辩", progress.window, progress, day, "申辩期满")
        if not progress.hearing_answered and not _no_hearing(docket, progress, day):
            yield from _running("申请听证", progress.hearing_request, progress, day, "听证期满")
    if e and _unsettled(e, state):
        yield from _remedies(law, e, progress, state, day)
    yield from _before_and_after(docket, progress, state)
    yield from _appeals(law, progress, day)
    yield from _reviews(law, progress)
    yield from _published(docket, progress)
    for act in _served_papers(progress):
        if pending := act.pending(day):
            yield _running_service(act, pending, progress.guardian.name)


def _to_obey(order: Ordered, progress: Progress, law: Jurisdiction) -> Due:
    """Tell until when an order is to be obeyed; a fixed day rests on the same article."""
    end, named = order.end, law.registry.rule("order-deadline").basis
    assert end
    return Due(
        what="改正期限",
        by=end,
        guardian=progress.guardian.name,
        bound="当事人",
        step="check",
        rule="order-deadline",
        basis=order.term.basis if order.term else law.cite(named, order.act.day),
        warnings=order.term.warnings if order.term else (),
        doubted="责令期满" in progress.doubted,
        reckoned=order.term.result if order.term else None,
    )


def _before_and_after(docket: Docket, progress: Progress, state: State) -> Iterator[Due]:
    """Tell the days of checks after a return, and of the answer to a transfer."""
    yield from _answer(progress)
    if state == "已返校":
        yield from _further_checks(docket, progress)


def _answer(progress: Progress) -> Iterator[Due]:
    """Tell by when another organ was asked to say whether it takes the case."""
    handed = progress.closing.handed
    last = handed.period.day if handed and handed.period else None
    if handed and last and progress.closing.answered is None:
        yield Due(
            what="移交回执（没有收到的，向对方查问）",
            by=last,
            guardian="",
            bound="机关" if last < progress.day else "接收机关",
            step="transfer-answer",
            overdue=last < progress.day,
        )


def _further_checks(docket: Docket, progress: Progress) -> Iterator[Due]:
    """Tell the days of the checks after the next one."""
    for day in observing(progress, docket.law).left[1:]:
        yield Due(OBSERVED, day, "", "学校", step="observe", overdue=day < progress.day)


def _no_hearing(docket: Docket, progress: Progress, day: date) -> bool:
    """Tell whether the fine gives no right to a hearing, and the notice tells of none."""
    notice = progress.notice
    if notice is None or notice.hearing_told is not False:
        return False
    issuer = issuer_of(docket, notice.document, day, progress.guardian.name).organ
    clause = clause_for(docket.law, issuer, notice.day)
    return clause.hearing_due(notice.amount, docket.law) is False


def _unsettled(e: Enforcement, state: State) -> bool:
    """Tell whether a fine is still followed: neither closing a case nor handing it over pays it."""
    return state not in _SETTLED or (state in _PUT_AWAY and not e.settled)


def _served_papers(progress: Progress) -> Iterator[Act]:
    """Yield the papers from whose service periods run."""
    if progress.order:
        yield progress.order.act
    if progress.notice:
        yield progress.notice
    if progress.enforcement:
        yield progress.enforcement.decision
    if progress.enforcement and progress.enforcement.demand:
        yield progress.enforcement.demand


def _running_service(act: Act, pending: date, guardian: str) -> Due:
    """Tell when a service that takes effect later does so."""
    service = act.service
    assert service and service.term  # only such a service is pending
    what = f"{service.event.method}期满"
    return Due(
        what=what,
        by=pending,
        guardian=guardian,
        bound="当事人",
        document=act.document,
        rule=service.term.rule.id,
        doubted=act.doubted,
        reckoned=service.term.result,
    )


def _remedies(
    law: Jurisdiction, e: Enforcement, progress: Progress, state: State, day: date
) -> Iterator[Due]:
    if state == "催告期内":
        yield from _running("催告后履行", e.demand_term, progress, day, "催告期满")
    if state in _AFTER_DECISION and not e.remedy.pending:
        if e.remedy.may_review:
            yield from _running("申请行政复议", e.remedy.review, progress, day, "复议期满")
        if e.remedy.may_sue:
            yield from _running("提起行政诉讼", e.remedy.suit, progress, day, "起诉期满")
    open_ = not e.settled and not e.application and state != "复议诉讼中"
    if open_ and e.window and e.window.unrolled:
        yield Due(
            what=e.window.rule.name,
            by=e.window.unrolled,
            guardian=progress.guardian.name,
            bound="机关",
            step="application",
            document=law.document_as("强制执行申请"),
            rule=e.window.rule.id,
            basis=e.window.basis,
            warnings=e.window.warnings,
            overdue=e.window.unrolled < day,
            doubted="起诉期满（未顺延）" in progress.doubted,
            reckoned=e.window.result,
        )


def _no_last_demand(law: Jurisdiction, progress: Progress) -> Problems:
    """Say that nobody can tell yet by when the demand must be served to leave a day for the
    court; one that was served asks nothing more.
    """
    e, last = progress.enforcement, last_demand(progress, law)
    if e is None or e.demand_term or last is None or isinstance(last, Bound):
        return ()
    return tuple(problem("CAL014", reason=one.message) for one in last)


def _appeals(law: Jurisdiction, progress: Progress, day: date) -> Iterator[Due]:
    """Tell until when a first judgment may be appealed: whoever is a party of the suit may."""
    contests = progress.enforcement.remedy.contests if progress.enforcement else ()
    waiting = [one.waiting for one in contests if one.waiting and not one.appeal]
    suit = progress.judged
    if suit and suit.ended and suit.in_force is None and not suit.appealed:
        waiting.append(suit.ended)
    for judgment in waiting:
        yield from _running("上诉", appeal_term(judgment, law), progress, day)


def _reviews(law: Jurisdiction, progress: Progress) -> Iterator[Due]:
    """Tell when a review should be over: reckoned from the application, for the file does not say
    when it was taken up.
    """
    e = progress.enforcement
    for contest in (*(e.remedy.contests if e else ()), *progress.left):
        terms = review_terms(contest, law)
        if terms and terms[1].end:
            yield Due(
                what="复议决定（没有收到的，向复议机关查问）",
                by=terms[1].end,
                guardian=progress.guardian.name,
                bound="机关" if terms[1].end < progress.day else "复议机关",
                rule=terms[0].rule.id,
                basis=terms[0].basis,
                overdue=terms[1].end < progress.day,
                reckoned=terms[1].result,
            )


def _published(docket: Docket, progress: Progress) -> Iterator[Due]:
    """Tell what stands in public and must be taken down: since the penalty fell, or because
    somebody set a last day.
    """
    day, name = progress.day, progress.guardian.name
    fallen, term = to_take_down(docket, progress)
    if fallen and term and term.unrolled:
        yield Due(
            what="撤下公开的处罚决定，公开说明理由",
            by=term.unrolled,
            guardian=name,
            bound="机关",
            document=fallen[0].document,
            rule=term.rule.id,
            basis=term.basis,
            warnings=term.warnings,
            overdue=term.unrolled < day,
            reckoned=term.result,
        )
    for one in standing_published(docket, day):
        if one.until and one not in fallen:
            what = f"撤下公开的《{one.event.document}》（定了公开到这一天）"
            yield Due(what, one.until, "", "机关", overdue=one.until < day)


def _running(
    what: str, term: Term | None, progress: Progress, day: date, end: Moment | None = None
) -> Iterator[Due]:
    """Tell of a period that runs; ``end`` is the moment of its end, if it has a name."""
    if term and term.end and term.end >= day:
        yield Due(
            what=what,
            by=term.end,
            guardian=progress.guardian.name,
            bound=term.rule.bound,
            rule=term.rule.id,
            basis=term.basis,
            warnings=term.warnings,
            doubted=end in progress.doubted,
            reckoned=term.result,
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
                what=report.name,
                by=term.end,
                guardian="",
                bound="学校",
                step=key,
                rule=report.rule,
                basis=term.basis,
                warnings=term.warnings,
                reckoned=term.result,
            )
