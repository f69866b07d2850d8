"""The plan of a child that comes back, as templates see it."""

from datetime import date

from pydantic import Field

from kcbx_docs.case.return_plan import ReturnPlan
from kcbx_docs.reading import Model
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.placement import months_away, usual_placement


class UsualFacts(Model):
    """One line of what is usual here."""

    when: str = Field(alias="条件", description="什么情况下")
    placements: tuple[str, ...] = Field(alias="安置", description="通常的安置")
    asked: bool = Field(False, alias="待判断", description="要由人判断是不是这种情况")


class ReturnPlanFacts(ReturnPlan):
    """The plan of a child that comes back, with what would be usual here."""

    months: int | None = Field(None, alias="离校月数", description="没有到校的整月数")
    usual: tuple[UsualFacts, ...] = Field(
        (), alias="惯常", description="本地惯常的安置中合于这名孩子的；没有确认过的为空"
    )
    as_usual: bool = Field(True, alias="合惯常", description="安置在惯常的里面，或者本地没有惯例")


def plan_facts(docket: Docket, day: date) -> ReturnPlanFacts | None:
    """Return the plan of a child that comes back, beside what is usual here."""
    plan = docket.case.return_plan
    if plan is None:
        return None
    at = plan.day or day
    usual = usual_placement(docket, at)
    lines = (
        [(one, False) for one in usual.rules] + [(one, True) for one in usual.open] if usual else []
    )
    told = {
        "months": months_away(docket, at),
        "usual": tuple(
            UsualFacts(条件=one.when, 安置=one.placements, 待判断=ask) for one, ask in lines
        ),
        "as_usual": usual is None or plan.placement in usual.placements,
    }
    return ReturnPlanFacts.model_construct(**{**dict(plan), **told})
