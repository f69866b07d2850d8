"""Whether a paper may be made for a guardian on a day:
every precondition of its step, with reasons and articles.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from functools import partial
from itertools import chain

from kcbx_docs.case.model import NOBODY_YET, Guardian
from kcbx_docs.case.workspace import Organ
from kcbx_docs.law.citation import Citation
from kcbx_docs.light import dataclass
from kcbx_docs.packs.model import Role
from kcbx_docs.packs.procedure import VERDICTS, Step, Verdict, worst
from kcbx_docs.problems import Place, Problem, Problems, Severity, as_warning, problem
from kcbx_docs.procedure.checks import CHECKS
from kcbx_docs.procedure.checks.competence import OF_THE_OFFICE
from kcbx_docs.procedure.checks.view import Hit, View
from kcbx_docs.procedure.issuers import Issuer, issuer_of
from kcbx_docs.procedure.penalties import clause_for
from kcbx_docs.procedure.same_day import OF_RETURN, came_back_later
from kcbx_docs.record.acted import unknown_now
from kcbx_docs.record.acts import DECISIONS, Act
from kcbx_docs.record.challenges import Contest
from kcbx_docs.record.dangers import open_reports
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.jurisdiction import Jurisdiction
from kcbx_docs.record.progress import Progress
from kcbx_docs.words import day_or_unknown

_EXAMINED_WITH_IT: tuple[Role, ...] = ("立案", "事先告知")
"""Papers of the penalty procedure, which whoever reviews a decision examines with it."""
COURT_CHECK = "当地法院受理此类起诉"
ALIVE = "监护人在世"
"""The check that every step has which addresses a guardian."""
NOWHERE = Place()
NOBODY = Issuer()

_SEVERITY: Mapping[Verdict, Severity] = {
    "禁止": "error",
    "须说明理由": "error",
    "提醒": "warning",
    "通过": "note",
}


@dataclass(frozen=True)
class Finding:
    """What one check found: a verdict, the reason, the articles, what to do."""

    check: str
    verdict: Verdict
    code: str
    reason: str
    hint: str = ""
    basis: tuple[Citation, ...] = ()
    guardian: str = ""
    place: Place = NOWHERE
    undated: bool = False
    """Whether it rests on what has no day in the file, and may have come after a paper."""
    facts: tuple[tuple[str, str], ...] = field(default=(), compare=False, repr=False)

    @property
    def of_its_day(self) -> bool:
        """Tell whether it still matters for a paper that was made long ago."""
        return self.verdict != "提醒" and not self.undated

    @property
    def articles(self) -> str:
        """Write the articles in short form."""
        return "、".join(dict.fromkeys(citation.short for citation in self.basis))

    def __str__(self) -> str:
        law = f"（{self.articles}）" if self.basis else ""
        return f"{self.verdict}：{self.reason}{law}"

    def as_problem(self) -> Problem:
        """Return it as a problem, for lists of what stops a render;
        a reminder is told as a warning.
        """
        law = f"依据：{self.articles}。" if self.basis else ""
        missing = self.verdict == "禁止" and self.code in _MISSING
        lead = "还缺内容" if missing else self.verdict
        message = f"{'' if self.verdict == '提醒' else f'{lead}：'}{self.reason}{law}"
        hint = self.hint
        if self.verdict == "须说明理由" and "写明理由" in hint and "--reason" not in hint:
            hint += BY_REASON
        severity = _SEVERITY[self.verdict]
        return Problem(self.code, severity, message, hint, self.place, facts=self.facts)


NOT_KNOWN_AGE = ("PROC592", "PROC607")
"""What a file does not tell of the child's age: it says nothing about how old the child was."""
NOT_KNOWN = ("PROC200", *NOT_KNOWN_AGE)
"""What nobody can reckon or look up makes no paper unlawful that was made already."""
_MISSING = ("PROC220",)
"""Codes that forbid nothing for good: a value is not written yet."""
BY_REASON = '理由写在命令后面：--reason "姓名：理由"，姓名写执法人员或负责人。'


@dataclass(frozen=True)
class Permission:
    """The answer to: may this paper be made for this guardian on this day?"""

    document: str
    title: str
    guardian: str
    day: date
    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    passed: tuple[str, ...] = ()
    """Names of the checks that found nothing."""
    issuer: Issuer = NOBODY

    def of(self, verdict: Verdict) -> tuple[Finding, ...]:
        """List the findings of one verdict."""
        return tuple(found for found in self.findings if found.verdict == verdict)

    def problems(self, *, with_reason: bool = False, past: bool = False) -> Problems:
        """List what stands in the way; a recorded reason turns 须说明理由 into a reminder.

        Of a paper that was made long ago nobody is reminded: what was to be done then is over;
        nor is it measured by what has no day in the file.
        """
        told = [one for one in self.findings if not past or one.of_its_day]
        return tuple(_told(finding, with_reason) for finding in told)


def _told(finding: Finding, with_reason: bool) -> Problem:
    told = finding.as_problem()
    excused = with_reason and finding.verdict == "须说明理由"
    return as_warning(told) if excused else told


def permission(
    docket: Docket,
    document: str,
    guardian: str,
    day: date,
    organ: Organ | None = None,
    *,
    made: bool = False,
) -> Permission:
    """Judge a paper for a guardian (or, without a name, for all whom it concerns) on a day;
    an unknown paper passes. ``made``: it was made already, what it cites is no matter any more.
    """
    law, title = docket.law, docket.law.title(document)
    steps = law.procedure.steps_for(document)
    if guardian and docket.guardian(guardian) is None:
        if not steps:
            return Permission(document, title, guardian, day, "通过")
        stranger = _stranger(docket, guardian, title)
        return Permission(document, title, guardian, day, "禁止", (stranger,))
    found: list[Finding] = []
    passed: list[str] = []
    issuer = Issuer(organ) if organ else issuer_of(docket, document, day, guardian)
    people = _concerned(docket, document, guardian, day)
    for step, person in chain.from_iterable(map(partial(_meant, docket, steps, day), people)):
        own = tuple(evaluate(docket, step, document, person, day, issuer.organ))
        found += own
        passed += _unmarked(law.procedure.steps[step].checks, own)
    if steps and not made:  # reads the template, which a list of cases must not
        found += without_version(law, document, day)
    findings = ranked(found)
    return Permission(
        document=document,
        title=title,
        guardian=guardian,
        day=day,
        verdict=worst(finding.verdict for finding in findings),
        findings=findings,
        passed=_unmarked(dict.fromkeys(passed), findings),
        issuer=issuer,
    )


def _meant(
    docket: Docket, steps: Sequence[str], day: date, guardian: Guardian
) -> Iterator[tuple[str, Guardian]]:
    """Yield, of several steps that make one document, those that stand on something: a check of
    what somebody reported is no check of an order that was never made.
    """
    moments, known = docket.progress(guardian, day).moments, docket.law.procedure.steps
    standing = [one for one in steps if set(known[one].needs) <= set(moments)]
    yield from ((step, guardian) for step in (standing or steps))


def _unmarked(checks: Iterable[str], findings: Sequence[Finding]) -> tuple[str, ...]:
    """Keep the checks that found nothing."""
    marked = {finding.check for finding in findings}
    return tuple(name for name in checks if name not in marked)


def _concerned(docket: Docket, document: str, guardian: str, day: date) -> Sequence[Guardian]:
    """List whom a paper concerns: who is named, else the defendants of a suit, else all;
    what is addressed to nobody by name is addressed to those who still are guardians.
    """
    if guardian:
        named = docket.guardian(guardian)
        return (named,) if named else ()
    card = docket.law.card(document)
    if card and card.defendants_only:
        return docket.defendants(day)
    asks = _asks_guardian(docket.law, document)
    return docket.concerned(day) if asks else docket.case.parties


def addresses_guardian(law: Jurisdiction, document: str) -> bool:
    """Tell whether a paper is for a guardian or asks something of one: nobody can get it while
    none is known.
    """
    card = law.card(document)
    return bool(card and card.unit == "监护人") or _asks_guardian(law, document)


def _asks_guardian(law: Jurisdiction, document: str) -> bool:
    steps = law.procedure.steps
    return any(ALIVE in steps[step].checks for step in law.procedure.steps_for(document))


def ranked(found: Sequence[Finding]) -> tuple[Finding, ...]:
    """Order findings by gravity, each reason once."""
    unique: dict[tuple[str, str], Finding] = {}
    for finding in found:
        unique.setdefault((finding.code, finding.reason), finding)
    return tuple(sorted(unique.values(), key=lambda f: -VERDICTS.index(f.verdict)))


def _stranger(docket: Docket, name: str, title: str) -> Finding:
    who = docket.carer_or_child(name) or "不是本案的监护人"
    law, _ = docket.law.registry.check_citation("minfadian", 27, on=date.max)
    hit = Hit("PROC209", {"name": name, "who": who, "title": title})
    return _finding("受送达人是监护人", "禁止", hit, (law,) if law else (), name)


def evaluate(
    docket: Docket,
    step_id: str,
    document: str,
    guardian: Guardian,
    day: date,
    issuer: Organ | None,
) -> Iterator[Finding]:
    """Yield what the checks of a step find for a guardian; nothing where all is well."""
    step, law = docket.law.procedure.steps[step_id], docket.law
    yield from _switched(docket, step_id, step, day)
    progress, clause = docket.progress(guardian, day), clause_for(law, issuer, day)
    faults, suit = partial(_faults, docket, progress), docket.suit(day)
    view = View(
        law,
        docket.case,
        progress,
        step_id,
        document,
        issuer,
        clause,
        suit,
        day,
        faults,
        partial(open_reports, docket, day),
        docket.lacking,
        partial(docket.progress, day=day),
    )
    nobody = guardian == NOBODY_YET and ALIVE in step.checks
    checks: Mapping[str, Verdict] = {ALIVE: "禁止"} if nobody else step.checks
    for name, verdict in checks.items():
        check = CHECKS.get(name)
        if check is None:
            continue
        for hit in check(view):
            basis = law.check_basis(name, day, hit.code)
            info = law.procedure.file.checks.get(name)
            undated = hit.undated or bool(info and info.undated)
            yield _finding(name, hit.verdict or verdict, hit, basis, guardian.name, undated)


def without_version(law: Jurisdiction, document: str, day: date) -> Iterator[Finding]:
    """Say which acts a paper of a day cannot cite: one that it always cites keeps it from being
    made, one that it cites under some condition may.
    """
    missing = law.uncitable(document, day)
    told: tuple[tuple[tuple[str, ...], Verdict, str], ...] = (
        (missing.always, "禁止", "PROC463"),
        (missing.possible, "提醒", "PROC456"),
    )
    for titles, verdict, code in told:
        if titles:
            facts: dict[str, object] = {"titles": "》《".join(titles), "day": day_or_unknown(day)}
            yield _finding("引用的法律已登记", verdict, Hit(code, facts), ())


def _faults(docket: Docket, progress: Progress, act: Act) -> tuple[str, ...]:
    """Say why a paper was unlawful on its day, unless that has been mended since."""
    found = unlawful(docket, act, progress.guardian.name)
    past = mended(docket, act, progress) or upheld(act, progress)
    return () if past else tuple(one.reason for one in found)


def unlawful(docket: Docket, act: Act, guardian: str) -> tuple[Finding, ...]:
    """List what forbade a paper on the day on which it was made."""
    if act.implied or not docket.law.judged(act.document):
        return ()
    return tuple(
        finding
        for finding in judged(docket, act, guardian)
        # What nobody can reckon is not known to be wrong; what has no day may have come later.
        if finding.verdict == "禁止" and finding.code not in NOT_KNOWN and not finding.undated
    )


def judged(docket: Docket, act: Act, guardian: str) -> tuple[Finding, ...]:
    """Judge a paper as of its own day, once for all who ask; not what another organ handed over:
    its officers and powers are not ours to know, nor are the powers of an office that is called
    otherwise now.
    """
    if act.event.handed_by:
        return ()
    found: tuple[Finding, ...] = docket.once(
        ("judged", act.document, guardian, act.day),
        lambda: permission(docket, act.document, guardian, act.day, made=True).findings,
    )
    if unknown_now(docket, act.event):
        found = tuple(one for one in found if one.check not in OF_THE_OFFICE)
    if any(one.code in OF_RETURN for one in found) and came_back_later(docket, act):
        return tuple(one for one in found if one.code not in OF_RETURN)
    return found


def mended(docket: Docket, act: Act, progress: Progress) -> bool:
    """Tell whether a review, a court or a lawful paper of the same kind took a fault away."""
    e = progress.enforcement
    answered = e and (e.remedy.annulled or e.remedy.changed or e.remedy.found_unlawful)
    if e and act.role in DECISIONS and answered:
        return act.day <= e.decision.day
    later = [other for other in progress.papers.get(act.document, ()) if other.day > act.day]
    return any(not unlawful(docket, other, progress.guardian.name) for other in later)


def upheld(act: Act, progress: Progress) -> Contest | None:
    """Return the review or suit that upheld a decision, and with it how it came about."""
    e = progress.enforcement
    if e is None or act.day > e.decision.day:
        return None
    if act.role in DECISIONS:
        return e.remedy.upheld if act.day == e.decision.day else None
    before_it = act.role in _EXAMINED_WITH_IT and progress.decision is not None
    started = progress.attendance.round_start or date.min
    return e.remedy.upheld if before_it and act.day >= started else None


def _switched(docket: Docket, step_id: str, step: Step, day: date) -> Iterator[Finding]:
    """Say whether the step exists here."""
    switch, basis = docket.law.procedure.switch(step_id), docket.law.step_basis(step_id, day)
    reason = f"：{switch.reason}" if switch.reason else ""
    facts: dict[str, object] = {"name": step.name, "place": docket.law.pack.name, "reason": reason}
    if switch.value == "否":
        yield _finding("本地有这一步", "禁止", Hit("PROC190", facts), basis)
    elif switch.value == "须说明理由":
        yield _finding("本地有这一步", "须说明理由", Hit("PROC191", facts), basis)
    elif switch.value == "未知" and COURT_CHECK not in step.checks:
        yield _finding("本地有这一步", "提醒", Hit("PROC192", facts), basis)


def _finding(
    check: str,
    verdict: Verdict,
    hit: Hit,
    basis: tuple[Citation, ...],
    guardian: str = "",
    undated: bool = False,
) -> Finding:
    told = problem(hit.code, **hit.facts)
    reason, hint = told.message, told.hint
    return Finding(
        check, verdict, hit.code, reason, hint, basis, guardian, undated=undated, facts=told.facts
    )
