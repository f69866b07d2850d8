"""Where a case stands on a day: for each guardian what may be done, what may not and why,
what is due when.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Literal

from kcbx_docs.case.model import Guardian
from kcbx_docs.case.workspace import Organ
from kcbx_docs.law.citation import Citation
from kcbx_docs.light import dataclass
from kcbx_docs.packs.procedure import Route, State, Step, Verdict, worst
from kcbx_docs.problems import Problems
from kcbx_docs.procedure.alarms import Alarm, alarms_of
from kcbx_docs.procedure.checks.competence import issuer_rule
from kcbx_docs.procedure.dues import Due, dues_of
from kcbx_docs.procedure.following import chosen, step_after, taken
from kcbx_docs.procedure.issuers import issuer_of, issues_here, made_by
from kcbx_docs.procedure.limits import SOON, Bound, Window, window_of
from kcbx_docs.procedure.notes import notes_of
from kcbx_docs.procedure.penalties import clause_for
from kcbx_docs.procedure.under_way import ahead, awaited, only_served, served_by
from kcbx_docs.procedure.verdict import (
    ALIVE,
    Finding,
    evaluate,
    permission,
    ranked,
    without_version,
)
from kcbx_docs.record.contradictions import contradictions
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.progress import Progress
from kcbx_docs.record.states import in_arrears, old_state, open_states

_OURS = ("机关", "学校")
"""Whom the office's own limits bind."""
_PEOPLES_CHOICE: tuple[Route, ...] = ("行政处罚", "申请强制执行")
"""On which roads somebody has to decide where no step follows by itself."""
CLOSING: Route = "办结"
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
    following: bool = False
    """Whether it is the single next step, whose papers are made unasked."""
    written: bool = False
    """Whether the event without which there is no such step is in the record."""
    awaits: str = ""
    """What is on its way already: a letter, a notice; nothing is done until that is known."""
    elsewhere: bool = False
    """Whether another office issues its papers, in a workspace of its own."""

    @property
    def allowed(self) -> bool:
        """Tell whether it may be taken today, with a reason where one is asked for."""
        return self.verdict != "禁止" and self.window.open_on(self.day)

    @property
    def open(self) -> bool:
        """Tell whether it may be taken today without a reason."""
        return self.allowed and self.verdict in ("通过", "提醒")

    @property
    def unasked(self) -> tuple[str, ...]:
        """List the documents that are made though nobody names them."""
        return (*self.documents, *self.enclosed) if self.following and self.open else ()

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
        if self.verdict == "通过":
            return ()
        return tuple(finding for finding in self.findings if finding.verdict == self.verdict)


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
    tasks: tuple[Option, ...] = ()
    """What the office or the school does next: what follows, and what still must be served."""
    choices: tuple[Option, ...] = ()
    """Among what people decide where nothing follows by itself."""

    @property
    def waiting(self) -> bool:
        """Tell whether something waits for the office or the school today."""
        own = (one for one in self.tasks if not one.awaits)
        return any(one.allowed for one in own) or any(one.open for one in self.choices)

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
    alarms: tuple[Alarm, ...] = ()
    """Dangers to the child: what must be reported comes before every step."""

    @property
    def urgent(self) -> tuple[Due, ...]:
        """List the reports that were due at once."""
        return tuple(alarm.due for alarm in self.alarms if alarm.open)

    @property
    def due(self) -> tuple[Due, ...]:
        """List what is due for anybody: dangers first, then the nearest."""
        every = dict.fromkeys(chain.from_iterable(person.due for person in self.guardians))
        ordered = sorted(every, key=lambda due: (due.by, due.guardian))
        return (*self.urgent, *ordered)

    @property
    def next_due(self) -> Due | None:
        """Return what the office must do next: a danger is reported first;
        what others owe only where the office owes nothing.
        """
        if self.urgent:
            return self.urgent[0]
        own = [due for due in self.due if due.bound in _OURS]
        return min(own or self.due, key=lambda due: due.by, default=None)

    @property
    def urgency(self) -> tuple[int, int, str]:
        """Return a key that sorts the most urgent case first."""
        if self.urgent:
            return 0, (self.urgent[0].by - self.day).days, self.case_id
        if self.guardians and all(person.progress.closing.over for person in self.guardians):
            return 4, 0, self.case_id
        following = self.next_due
        waiting = any(person.waiting for person in self.guardians)
        if following is None:
            return (2 if waiting else 3), 0, self.case_id
        left = (following.by - self.day).days
        if following.bound not in _OURS:
            return 2, 0 if waiting else left, self.case_id
        if left > SOON:
            return 2, left, self.case_id
        return 0 if left < 0 else 1, left, self.case_id


def stand(docket: Docket, day: date) -> CaseStanding:
    """Tell where a case stands on a day;
    contradictions of its history are reported with their places.
    """
    case = docket.case
    guardians = tuple(_standing(docket, guardian, day) for guardian in case.parties)
    found = tuple(dict.fromkeys(contradictions(docket, day)))
    return CaseStanding(case.id, case.pupil.name, day, guardians, found, alarms_of(docket, day))


def outline(docket: Docket, day: date, *, tasks: bool = True) -> CaseStanding:
    """Tell states and what is due, and what is next where that is asked, without judging every
    step or the history: for lists of thousands of cases.
    """
    case = docket.case
    judged: Judged = "tasks" if tasks else "none"
    guardians = tuple(_standing(docket, person, day, judged) for person in case.parties)
    return CaseStanding(case.id, case.pupil.name, day, guardians, (), alarms_of(docket, day))


Judged = Literal["all", "tasks", "none"]
"""Which steps are judged: all, those that are next, or none."""


def _standing(
    docket: Docket, guardian: Guardian, day: date, judged: Judged = "all"
) -> GuardianStanding:
    progress = docket.progress(guardian, day)
    states = open_states(progress)
    state = states[0]
    roads = _NOWHERE if judged == "none" else _roads(docket, guardian, progress, states, day)
    steps = roads.every if judged == "all" else (*roads.tasks, *roads.choices)
    offered = tuple(_options(docket, guardian, progress, roads, steps, day))
    known = {option.step: option for option in offered}
    return GuardianStanding(
        guardian=guardian.name,
        relation=guardian.relation,
        state=state,
        progress=progress,
        allowed=tuple(option for option in offered if judged == "all" and option.allowed),
        blocked=tuple(option for option in offered if judged == "all" and not option.allowed),
        due=tuple(dues_of(docket, progress, state, day)),
        notes=tuple(notes_of(docket, progress)),
        tasks=tuple(known[step] for step, _ in roads.tasks),
        choices=tuple(known[step] for step, _ in roads.choices),
    )


Steps = tuple[tuple[str, Step], ...]


@dataclass(frozen=True)
class _Roads:
    """The steps that are thought of for a guardian, and which of them is next."""

    every: Steps
    following: frozenset[str]
    tasks: Steps
    choices: Steps


_NOWHERE = _Roads((), frozenset(), (), ())


def _roads(
    docket: Docket,
    guardian: Guardian,
    progress: Progress,
    states: Sequence[State],
    day: date,
) -> _Roads:
    own: list[tuple[str, Step]] = []
    arrears: list[tuple[str, Step]] = []
    for step_id, step in docket.law.procedure.steps.items():
        if _offered(docket, step, progress, states, day) and not _hidden(docket, step_id, step):
            own_road = _in_state(docket, step, states, day)
            (own if own_road else arrears).append((step_id, step))
    # A fine that an earlier dropout left has a next step of its own.
    road = [one for one in docket.law.procedure.steps.items() if one not in arrears]
    following = {step_after(road, dict(own), progress)}
    following.add(step_after(arrears, dict(arrears), progress))
    if docket.suit(day).represented_by(guardian):
        # Who sues for the child is ordered only where somebody names the order.
        following -= {step for step, known in own if known.route == "责令改正"}
    every = (*own, *arrears)
    tasks = tuple(one for one in every if one[0] in following or only_served(one[1]))
    return _Roads(every, frozenset(following), tasks, () if tasks else _choices(every, progress))


def _choices(every: Steps, progress: Progress) -> Steps:
    """List the steps among which people decide: those of the penalty and of enforcing it."""
    return tuple(
        (step_id, step)
        for step_id, step in every
        if step.route in _PEOPLES_CHOICE
        and step.bound == "机关"
        and chosen(step, progress)
        and not taken(step, progress)
    )


def _options(
    docket: Docket, guardian: Guardian, progress: Progress, roads: _Roads, steps: Steps, day: date
) -> Iterator[Option]:
    for step_id, step in steps:
        next_step = step_id in roads.following
        yield _option(docket, step_id, step, guardian, progress, day, following=next_step)


def _offered(
    docket: Docket, step: Step, progress: Progress, states: Sequence[State], day: date
) -> bool:
    """Tell whether a step is thought of in one of some states,
    or for a fine that an earlier dropout left.
    """
    if any(moment not in progress.moments for moment in step.needs):
        return False
    if not _in_state(docket, step, states, day) and not _left_over(step, progress):
        return False
    if _of_others(docket, step, progress, day) or _past_him(docket, step, progress.guardian, day):
        return False
    return not _made_elsewhere(docket, step, progress)


def _left_over(step: Step, progress: Progress) -> bool:
    """Tell whether a step is about the fine that an earlier dropout left."""
    return step.route == ENFORCEMENT and in_arrears(progress) and old_state(progress) in step.states


def _of_others(docket: Docket, step: Step, progress: Progress, day: date) -> bool:
    """Tell whether a step is about the defendants of a suit, and this guardian is none."""
    cards = (docket.law.card(document) for document in step.documents)
    sued = docket.suit(day).defendants
    return any(card and card.defendants_only for card in cards) and bool(
        sued and progress.guardian not in sued
    )


def _made_elsewhere(docket: Docket, step: Step, progress: Progress) -> bool:
    """Tell whether another school makes the paper: the child went there, or is taught at home."""
    event = progress.last(step.event) if step.event else None
    cards = (docket.law.card(document) for document in step.documents)
    return bool(event and event.placed) and any(
        card and event and event.placed in card.elsewhere for card in cards
    )


def _past_him(docket: Docket, step: Step, guardian: Guardian, day: date) -> bool:
    """Tell whether a guardian died and a step is no matter of his any more: what is left are
    steps that ask whether he lives, and the end of the case; of nobody's child there are others.
    """
    if not guardian.dead(day) or not docket.remaining(day):
        return False
    return ALIVE not in step.checks and step.route != CLOSING


def _in_state(docket: Docket, step: Step, states: Sequence[State], day: date) -> bool:
    """Tell whether a step belongs to one of some states, with or without an order before it."""
    if set(states) & set(step.states):
        return True
    without_order = bool(set(states) & set(step.states_without_order))
    return without_order and clause_for(docket.law, None, day).needs_order is False


def _hidden(docket: Docket, step_id: str, step: Step) -> bool:
    """A step that a place must switch on itself stays out of sight until it does."""
    if step.switch != "否":
        return False
    return docket.law.procedure.switch(step_id).value not in ("是", "须说明理由", "必经")


def _option(
    docket: Docket,
    step_id: str,
    step: Step,
    guardian: Guardian,
    progress: Progress,
    day: date,
    *,
    following: bool,
) -> Option:
    document = step.documents[0] if step.documents else ""
    issuer = issuer_of(docket, document, day, guardian.name).organ
    uncitable = chain.from_iterable(without_version(docket.law, one, day) for one in step.documents)
    own = evaluate(docket, step_id, document, guardian, day, issuer)
    carried = served_by(step, progress)
    findings = _of_all(docket, document, ranked((*own, *uncitable)), day)
    maker = made_by(docket, step.bound, issuer, day) if document else ""
    return Option(
        step=step_id,
        name=step.name,
        route=step.route,
        guardian=guardian.name,
        documents=tuple(filter(docket.law.card, step.documents)),
        enclosed=_enclosed(docket, step, day),
        by=step.bound,
        issuer=maker,
        elsewhere=step.bound != "原告" and not issues_here(docket, maker),
        verdict=worst(finding.verdict for finding in findings),
        window=window_of(step, progress, docket.law),
        findings=findings,
        effect=docket.law.with_figures(step.effect),
        basis=_basis(docket, step_id, document, issuer, day),
        day=day,
        following=following,
        written=step.event in step.needs and progress.last(str(step.event)) is not None,
        awaits=awaited(carried, day) if carried else ahead(step, progress),
    )


def _of_all(
    docket: Docket, document: str, own: tuple[Finding, ...], day: date
) -> tuple[Finding, ...]:
    """Return what is found for one guardian; of a paper that is made once for the whole case what
    is found for all, where that weighs more.
    """
    card = docket.law.card(document) if document else None
    if card is None or card.unit != "案件" or len(docket.case.guardians) < 2:
        return own
    key = ("for everybody", document, day)
    every = docket.once(key, lambda: permission(docket, document, "", day).findings)
    alone, together = _worst_of(own), _worst_of(every)
    return every if worst((alone, together)) != alone else own


def _worst_of(findings: tuple[Finding, ...]) -> Verdict:
    return worst(finding.verdict for finding in findings)


def _basis(
    docket: Docket, step_id: str, document: str, issuer: Organ | None, day: date
) -> tuple[Citation, ...]:
    """Return the articles of a step: those of the issuer where it acts under others of its own,
    or under these and more.
    """
    law, common = docket.law, docket.law.step_basis(step_id, day)
    rule = issuer_rule(law, document, issuer.kind) if issuer and document else None
    required = law.requirement(document)
    if rule is None or not rule.basis or (required and required.issuers_as):
        # Who may enforce what was decided says nothing of the articles of enforcing it.
        return common
    own = law.cite(rule.basis, day)
    more = {c.text for c in common} <= {c.text for c in own}
    elsewhere = {c.statute for c in own}.isdisjoint(c.statute for c in common)
    return own if more or elsewhere else common


def _enclosed(docket: Docket, step: Step, day: date) -> tuple[str, ...]:
    """List what goes with a step: papers of the office only where it is a party itself."""
    own = step.enclosed_by_office if docket.suit(day).by_office else ()
    return (*step.enclosed, *own)
