"""Papers that were already made, judged as of their own day:
what a checker of the file would find.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import chain

from kcbx_docs.case.model import Guardian
from kcbx_docs.packs.model import Role
from kcbx_docs.problems import Problem, errors, problem
from kcbx_docs.procedure.closed import closed_without_reason
from kcbx_docs.procedure.verdict import NOT_KNOWN_AGE, Finding, judged, mended, unlawful, upheld
from kcbx_docs.record.acts import Act
from kcbx_docs.record.challenges import Contest
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.outcomes import OUTCOMES


def audit(docket: Docket, day: date, *roles: Role) -> Iterator[Problem]:
    """Yield what was wrong with each paper (of some roles, if named) on the day on which it was
    made, at the place of its event: what was forbidden is an error until it is mended.
    """
    seen: set[tuple[str, str, str]] = set()
    for guardian in docket.case.guardians:
        progress = docket.progress(guardian, day)
        every = chain.from_iterable(progress.papers.values())
        acts = [act for act in every if not roles or act.role in roles]
        for act in sorted(acts, key=lambda one: one.day):
            if act.implied or not docket.law.judged(act.document) or mended(docket, act, progress):
                continue
            void = unlawful(docket, act, guardian.name)
            contest = upheld(act, progress)
            for found in judged(docket, act, guardian.name):
                key = (str(docket.place(act.event)) + act.event.kind, found.code, found.reason)
                if found.of_its_day and found.verdict != "通过" and key not in seen:
                    seen.add(key)
                    told = _told(docket, act, guardian, found, void=found in void)
                    yield _answered(told, contest) if contest and found in void else told


def _answered(told: Problem, contest: Contest) -> Problem:
    """Turn an accusation into a reminder where a review or a court upheld the act."""
    facts = {"told": told.message, "what": contest.name, "result": contest.result}
    return problem("PROC452", told.place, day=contest.decided, **facts)


def wrongs(docket: Docket, day: date) -> tuple[Problem, ...]:
    """List only what was unlawful and is not mended."""
    return docket.once(("wrongs", day), lambda: errors(tuple(_wrongs(docket, day))))


def _wrongs(docket: Docket, day: date) -> Iterator[Problem]:
    yield from audit(docket, day)
    yield from closed_without_reason(docket, day)


def doubted_outcomes(docket: Docket, day: date) -> Iterator[Problem]:
    """Yield the reminders about decisions that end the matter: no step asks for their reason."""
    for found in audit(docket, day, *OUTCOMES):
        if found.severity == "warning":
            yield found


def _told(docket: Docket, act: Act, guardian: Guardian, found: Finding, *, void: bool) -> Problem:
    code = "PROC608" if found.code in NOT_KNOWN_AGE else "PROC421" if void else "PROC420"
    told = problem(
        code,
        docket.place(act.event),
        title=docket.law.title(act.document),
        day=act.day,
        name=guardian.name,
        verdict=found.verdict,
        reason=found.reason,
        basis=found.articles or "无",
    )
    return told if void else replace(told, hint=found.hint)
