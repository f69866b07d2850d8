"""Fill what templates learn of what is owed, of the demand and of the court that enforces."""

from datetime import date
from typing import Any

from kcbx_docs.case.event import Event
from kcbx_docs.papers import payment_records as records
from kcbx_docs.papers.paper_facts import paper_values, text_of
from kcbx_docs.procedure.limits import Bound, last_demand, window_of
from kcbx_docs.record.debt import Debt
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.enforcement import Enforcement, extended_window
from kcbx_docs.record.kinds import day_of
from kcbx_docs.record.progress import Progress
from kcbx_docs.record.terms import end_of


def owed(p: Progress, docket: Docket, event: Event | None = None) -> dict[str, Any]:
    """Return what became of a fine, each part under its name;
    ``event`` is what the paper records, where it records one.
    """
    return {
        "延期": _extension(p),
        "欠款": debt_told(p.enforcement, event),
        "催告": _demand(p, docket),
        "强制执行": _court(p, docket),
        "由复议机关执行": bool(p.enforcement and p.enforcement.remedy.handed_over),
    }


def _extension(p: Progress) -> records.ExtensionRecord:
    asked, e = p.last("申请延期分期"), p.enforcement
    granted = e.extension if e else None
    return records.ExtensionRecord(
        申请日期=day_of(asked),
        原因=text_of(asked, "reason"),
        批准日期=day_of(granted),
        文号=text_of(granted, "number"),
        届满日=e.pay_by if e and granted else None,
    )


def debt_told(e: Enforcement | None, event: Event | None = None) -> records.DebtRecord:
    """Tell what is owed, in the paper of an event that names its own sum that sum:
    how it came about nobody reckons then.
    """
    if e is None:
        return records.DebtRecord()
    told = debt_record(e.debt)
    own = [act for act in (e.demand, e.application) if act and event and act.event == event]
    amount = own[-1].amount if own else None
    if amount is None or amount == told.total:
        return told
    return told.model_copy(update={"surcharge_left": None, "total": amount})


def debt_record(debt: Debt | None) -> records.DebtRecord:
    """Tell what is owed."""
    if debt is None:
        return records.DebtRecord()
    return records.DebtRecord(
        计算截止日=debt.on,
        罚款=debt.fine,
        已缴=debt.paid,
        未缴罚款=debt.fine_left,
        逾期天数=debt.days_late,
        加处罚款=debt.surcharge,
        未缴加处罚款=debt.surcharge_left,
        已达上限=debt.capped,
        每日加处=debt.daily,
        合计=debt.total,
    )


def _demand(p: Progress, docket: Docket) -> records.DemandRecord:
    e, last = p.enforcement, last_demand(p, docket.law)
    return records.DemandRecord(
        **paper_values(p, e.demand if e else None, docket),
        期满日=end_of(e.demand_term) if e else None,
        最迟送达日=last.day if isinstance(last, Bound) else None,
    )


def _court(p: Progress, docket: Docket) -> records.CourtRecord:
    e = p.enforcement
    if e is None:
        return records.CourtRecord()
    last = e.execution or e.ruling or e.accepted
    extended = extended_window(e, docket.law)
    taken = e.accepted is not None and e.accepted.result == "受理"
    return records.CourtRecord(
        最早申请日=_earliest_application(p, e, docket),
        最迟申请日=e.window.unrolled if e.window else None,
        未计顺延=careful(e),
        延期后最迟申请日=extended.unrolled if extended else None,
        申请日期=e.application.day if e.application else None,
        受理日期=day_of(e.accepted) if taken else None,
        裁定日期=day_of(e.ruling),
        结果=text_of(last, "result"),
        案号=text_of(last, "number"),
    )


def careful(e: Enforcement) -> bool:
    """Tell whether the months for the court are counted from an earlier day than the last for
    suing: nobody may say then that the application came late.
    """
    suit = e.remedy.suit
    return bool(e.window and suit and e.window_from == suit.unrolled != suit.end)


def _earliest_application(p: Progress, e: Enforcement, docket: Docket) -> date | None:
    """Return the first day for the court; nothing before the demand's ten days are known."""
    window = window_of(docket.law.procedure.steps["application"], p, docket.law)
    if window.refused or window.earliest is None or end_of(e.demand_term) is None:
        return None
    return window.earliest.day
