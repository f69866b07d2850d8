"""Where a case stands on a day: for each guardian what may be done, what may not and why,
what is due when.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kcbx_docs.case.model import Guardian
from kcbx_docs.law.registry import Citation
from kcbx_docs.packs.procedure import Route, State, Step, Verdict, worst
from kcbx_docs.problems import Problems
from kcbx_docs.procedure.dues import Due, dues_of
from kcbx_docs.procedure.issuers import issuer_of
from kcbx_docs.procedure.limits import SOON, Bound, Window, window_of
from kcbx_docs.procedure.penalties import clause_for
from kcbx_docs.procedure.verdict import Finding, evaluate, ranked
from kcbx_docs.record.challenges import contests_of
from kcbx_docs.record.contradictions import contradictions
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.progress import Progress
from kcbx_docs.record.states import enforcement_state, state_of

CLOSED: tuple[State, ...] = ("已结案",)
ENFORCEMENT: Route = "申请强制执行"


@dataclass(frozen=True)
class Option:
    """One step for one guardian, as it stands on a day."""

    step: str
    name: str
    route: Route
    guardian: str
    documents: tuple[str, ...]
    enclosed: tuple[str, ...]
    by: str
    issuer: str
    verdict: Verdict
    window: Window
    findings: tuple[Finding, ...]
    effect: str
    basis: tuple[Citation, ...]
    day: date

    @property
    def allowed(self) -> bool:
        """Tell whether it may be taken today, with a reason where one is asked for."""
        return self.verdict != "禁止" and self.window.open_on(self.day)

    @property
    def earliest(self) -> Bound | None:
        """Return the first day."""
        return self.window.earliest

    @property
    def latest(self) -> Bound | None:
        """Return the last day."""
        return self.window.latest

    @property
    def articles(self) -> str:
        """Write the articles of the step in short form."""
        return "、".join(dict.fromkeys(citation.short for citation in self.basis))

    @property
    def reasons(self) -> tuple[Finding, ...]:
        """List what keeps it from being taken: what forbids, or what asks for a reason."""
        return (
            tuple(f for f in self.findings if f.verdict == self.verdict)
            if self.verdict != "通过"
            else ()
        )


@dataclass(frozen=True)
class GuardianStanding:
    """Where the case stands for one guardian."""

    guardian: str
    relation: str
    state: State
    progress: Progress
    allowed: tuple[Option, ...]
    blocked: tuple[Option, ...]
    due: tuple[Due, ...]
    notes: tuple[str, ...]

    def option(self, step: str) -> Option | None:
        """Return a step that is offered or refused."""
        return next((o for o in (*self.allowed, *self.blocked) if o.step == step), None)


@dataclass(frozen=True)
class CaseStanding:
    """Where a case stands on a day."""

    case_id: str
    pupil: str
    day: date
    guardians: tuple[GuardianStanding, ...]
    problems: Problems

    @property
    def due(self) -> tuple[Due, ...]:
        """List what is due for anybody, the nearest first."""
        return tuple(
            sorted(
                dict.fromkeys(d for g in self.guardians for d in g.due),
                key=lambda d: (d.by, d.guardian),
            )
        )

    @property
    def next_due(self) -> Due | None:
        """Return what the office must do next;
        what others owe only where the office owes nothing.
        """
        own = [d for d in self.due if d.bound in ("机关", "学校")]
        return min(own or self.due, key=lambda d: d.by, default=None)

    @property
    def urgency(self) -> tuple[int, int, str]:
        """Return a key that sorts the most urgent case first."""
        if self.guardians and all(g.state in CLOSED for g in self.guardians):
            return 4, 0, self.case_id
        following = self.next_due
        if following is None:
            return 3, 0, self.case_id
        left = (following.by - self.day).days
        own = following.bound in ("机关", "学校")
        group = 0 if own and left < 0 else 1 if own and left <= SOON else 2
        return group, left, self.case_id


def stand(docket: Docket, day: date) -> CaseStanding:
    """Tell where a case stands on a day;
    contradictions of its history are reported with their places.
    """
    guardians = tuple(_standing(docket, guardian, day) for guardian in docket.case.guardians)
    return CaseStanding(
        docket.case.id,
        docket.case.pupil.name,
        day,
        guardians,
        tuple(dict.fromkeys(contradictions(docket, day))),
    )


def outline(docket: Docket, day: date) -> CaseStanding:
    """Tell states and what is due without judging steps or history:
    for lists of thousands of cases.
    """
    guardians = tuple(
        _standing(docket, guardian, day, judged=False) for guardian in docket.case.guardians
    )
    return CaseStanding(docket.case.id, docket.case.pupil.name, day, guardians, ())


def _standing(
    docket: Docket, guardian: Guardian, day: date, *, judged: bool = True
) -> GuardianStanding:
    progress = docket.progress(guardian, day)
    state = state_of(progress)
    offered = tuple(_options(docket, guardian, progress, state, day)) if judged else ()
    return GuardianStanding(
        guardian.name,
        guardian.relation,
        state,
        progress,
        tuple(o for o in offered if o.allowed),
        tuple(o for o in offered if not o.allowed),
        tuple(dues_of(docket, progress, state, day)),
        tuple(_notes(progress)),
    )


def _options(
    docket: Docket, guardian: Guardian, progress: Progress, state: State, day: date
) -> Iterator[Option]:
    for step_id, step in docket.law.procedure.steps.items():
        if _offered(docket, step, progress, state, day) and not _hidden(docket, step_id, step):
            yield _option(docket, step_id, step, guardian, progress, day)


def _offered(docket: Docket, step: Step, progress: Progress, state: State, day: date) -> bool:
    """Tell whether a step is thought of in a state, or for a fine that an earlier dropout left."""
    if any(moment not in progress.moments for moment in step.needs):
        return False
    if state in step.states:
        return True
    if state in step.states_without_order:
        return clause_for(docket.law, None, day).needs_order is False
    return step.route == ENFORCEMENT and _arrears(progress) and _old_state(progress) in step.states


def _hidden(docket: Docket, step_id: str, step: Step) -> bool:
    """A step that a place must switch on itself stays out of sight until it does."""
    return step.switch == "否" and docket.law.procedure.switch(step_id).value not in (
        "是",
        "须说明理由",
        "必经",
    )


def _option(
    docket: Docket, step_id: str, step: Step, guardian: Guardian, progress: Progress, day: date
) -> Option:
    document = step.documents[0] if step.documents else ""
    issuer = issuer_of(docket, document, day).organ
    findings = ranked(tuple(evaluate(docket, step_id, document, guardian, day, issuer)))
    return Option(
        step_id,
        step.name,
        step.route,
        guardian.name,
        step.documents,
        step.enclosed,
        step.bound,
        issuer.name if issuer and document else "",
        worst(f.verdict for f in findings),
        window_of(step, progress, docket.law),
        findings,
        docket.law.with_figures(step.effect),
        docket.law.step_basis(step_id, day),
        day,
    )


def _arrears(progress: Progress) -> bool:
    """Tell whether a fine of an earlier dropout is still open."""
    e = progress.enforcement
    return bool(e and progress.decision is None and not e.paid_up and not e.remedy.annulled)


def _old_state(progress: Progress) -> str:
    return enforcement_state(progress.enforcement, progress) if progress.enforcement else ""


def _notes(progress: Progress) -> Iterator[str]:
    attendance, e = progress.attendance, progress.enforcement
    if attendance.round > 1:
        yield f"第{attendance.round}次辍学，从{attendance.round_start}起程序重新开始"
    if _arrears(progress) and e:
        yield f"前一次辍学的罚款（{e.decision.day}决定）还没有了结：{_old_state(progress)}"
    if attendance.back and e and not e.paid_up:
        yield f"孩子{attendance.returned}已返校；罚款仍应缴纳"
    elif attendance.back:
        yield f"孩子{attendance.returned}已返校"
    if progress.order and (pending := progress.order.act.pending(progress.day)):
        yield f"责令正在公告送达，{pending}视为送达"
    if progress.decision is None:
        told = [
            e
            for kind in ("申请行政复议", "提起行政诉讼", "复议决定", "行政判决")
            for e in progress.kinds.get(kind, ())
        ]
        for contest in contests_of(sorted(told, key=lambda e: e.day))[0]:
            if contest.end is None:
                against = f"{contest.start.day}对责令{contest.name}，还没有结果"
                yield f"{against}；复议、诉讼期间不停止执行"
