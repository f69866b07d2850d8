"""What a check sees, and what it says when something is not as the law wants it."""

from collections.abc import Callable, Iterator
from datetime import date

from kcbx_docs.case.event import Event
from kcbx_docs.case.model import Case, Guardian
from kcbx_docs.case.workspace import Organ
from kcbx_docs.light import dataclass
from kcbx_docs.packs.procedure import Verdict
from kcbx_docs.procedure.penalties import Clause
from kcbx_docs.record.acts import Act
from kcbx_docs.record.dangers import Report
from kcbx_docs.record.jurisdiction import Jurisdiction, Term
from kcbx_docs.record.progress import Progress
from kcbx_docs.record.suit import Suit
from kcbx_docs.words import day_or_unknown

_DOUBTFUL_DAYS = 10
"""How long a day off that is not known yet may still matter; no figure of the law."""


def _faultless(_act: Act) -> tuple[str, ...]:
    return ()


def _all_reported() -> tuple[Report, ...]:
    return ()


def _all_kept(_event: Event) -> tuple[tuple[str, ...], ...]:
    return ()


@dataclass(frozen=True)
class View:
    """One paper or step for one guardian on a day."""

    law: Jurisdiction
    case: Case
    progress: Progress
    step: str
    document: str
    issuer: Organ | None
    clause: Clause
    suit: Suit
    day: date
    faults: Callable[[Act], tuple[str, ...]] = _faultless
    """Why a paper was unlawful on the day on which it was made."""
    unreported: Callable[[], tuple[Report, ...]] = _all_reported
    """The reports of dangers that nobody has made yet."""
    lacking: Callable[[Event], tuple[tuple[str, ...], ...]] = _all_kept
    """Which proofs of a service that the ledger holds are still to be brought."""
    progress_of: Callable[[Guardian], Progress] | None = None
    """How far the case has come for another guardian."""

    @property
    def name(self) -> str:
        """Return the guardian's name."""
        return self.progress.guardian.name

    @property
    def title(self) -> str:
        """Return what the paper is called here, or the step if it makes none."""
        if self.document:
            return self.law.title(self.document)
        return self.law.procedure.steps[self.step].name


@dataclass(frozen=True)
class Hit:
    """One thing that is not as it should be; without a verdict the step's own data decides."""

    code: str
    facts: dict[str, object]
    verdict: Verdict | None = None
    undated: bool = False
    """Whether it is of the file as it is now, with no day: no earlier paper is judged by it."""


Hits = Iterator[Hit]
Check = Callable[[View], Hits]


def hit(code: str, verdict: Verdict | None = None, /, **facts: object) -> Hit:
    """Make a hit from its facts."""
    return Hit(code, facts, verdict)


def hit_now(code: str, verdict: Verdict | None = None, /, **facts: object) -> Hit:
    """Make a hit from facts that bear no day."""
    return Hit(code, facts, verdict, undated=True)


def cannot_tell(term: Term, what: str) -> Hit:
    """Say that a period cannot be computed, with the reason;
    a calendar file that is missing is named.
    """
    return hit(
        "PROC200", "禁止", what=what, reason="".join(p.message + p.hint for p in term.refusal)
    )


def doubtful(term: Term, what: str, day: date) -> Hits:
    """Say that days off are not known, where the period ended only a few days ago;
    while the notice of the year may still carry its last day on, nobody builds on its end.
    """
    if term.end is None or (day - term.end).days > _DOUBTFUL_DAYS:
        return
    if term.latest and term.latest >= day > term.end:
        facts = {"end": day_or_unknown(term.end), "latest": day_or_unknown(term.latest)}
        yield hit("PROC500", "须说明理由", what=what, year=term.end.year, **facts)
    for warning in term.warnings:
        if warning.code in ("CAL005", "CAL006", "CAL010"):
            yield hit(
                "PROC199", "提醒", what=what, end=day_or_unknown(term.end), warning=warning.message
            )
