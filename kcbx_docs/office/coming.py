"""What is due in plain values, which cross processes and are shown: with how it was counted."""

from datetime import date

from kcbx_docs.law.periods import PeriodResult
from kcbx_docs.light import dataclass
from kcbx_docs.office.standing_data import articles_of
from kcbx_docs.procedure.dues import Due
from kcbx_docs.record.jurisdiction import Jurisdiction


@dataclass(frozen=True)
class Reckoned:
    """How a last day was found: the rule, the day it counts from, its figure, and every step."""

    rule: str
    start: date
    value: int
    lines: tuple[str, ...]


def reckoned_of(result: PeriodResult | None) -> Reckoned | None:
    """Tell how a day was counted; nothing where no rule counts it."""
    if result is None:
        return None
    lines = tuple(line.strip() for line in result.explain().split("\n"))
    return Reckoned(result.rule.id, result.start, result.value, lines)


@dataclass(frozen=True)
class Coming:
    """Something with a last day, in plain values."""

    what: str
    by: date
    who: str
    rule: str = ""
    guardian: str = ""
    document: str = ""
    title: str = ""
    basis: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    place: int = 0
    """Which guardian of the case, counted from one; none for the whole office."""
    doubted: bool = False
    """Whether it counts from a service that is doubtful."""
    detail: str = ""
    """Which thing it is, in somebody's own words: never in a file that leaves the house."""
    reckoned: Reckoned | None = None
    """How it was counted, where a rule counts it."""


def coming(due: Due, law: Jurisdiction, place: int) -> Coming:
    """Put what is due into plain values; ``place`` tells for which guardian of the case."""
    warnings = [found.message for found in due.warnings if found.severity == "warning"]
    return Coming(
        what=due.what,
        by=due.by,
        who=due.bound,
        rule=due.rule,
        guardian=due.guardian,
        document=due.document,
        title=law.title(due.document) if due.document else "",
        basis=tuple(articles_of(due.basis)),
        warnings=tuple(warnings),
        place=place,
        doubted=due.doubted,
        reckoned=reckoned_of(due.reckoned),
    )
