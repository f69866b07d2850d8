"""Periods for everybody: any rule of a place, counted from a day with its figures and calendars."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from kcbx_docs.case.workspace import Organ, Workspace
from kcbx_docs.law.model import Rule
from kcbx_docs.law.periods import PeriodResult
from kcbx_docs.office.opened import open_law
from kcbx_docs.packs.library import Library
from kcbx_docs.problems import Problems, UserError
from kcbx_docs.record.jurisdiction import Jurisdiction


def law_of_place(
    library: Library, region: str, root: Path | None = None
) -> tuple[Jurisdiction, Problems]:
    """Open the law of a place where no office is known; ``root`` may hold calendars of its own."""
    office = Organ(名称=library.chain.pack.name, 类型="其他")
    return open_law(library, Workspace(地区=region, 机关=office), root)


def reckon(law: Jurisdiction, rule: str, start: date, value: int | None = None) -> PeriodResult:
    """Count a rule from a day; raise the reasons if it cannot be counted."""
    term = law.term(rule, start, value)
    if term.result is None:
        raise UserError(term.refusal)
    return term.result


def periods(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Keep the rules from which a day can be counted."""
    return tuple(rule for rule in rules if rule.is_period)
