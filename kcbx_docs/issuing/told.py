"""The event that the issue of a paper records: that of its card, with what the paper says."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from kcbx_docs.case.event import Event
from kcbx_docs.case.event_checks import faults_of_event
from kcbx_docs.case.event_kinds import EVENT_FIELDS
from kcbx_docs.office.book import event_in, written_event
from kcbx_docs.packs.model import Role
from kcbx_docs.papers.paper import Paper
from kcbx_docs.problems import Place, Problem, Problems, problem
from kcbx_docs.record.docket import Docket

MAKING = "制发"
"""The kind of event of papers that have none of their own."""

Known = Callable[[Mapping[str, Any], Docket], Mapping[str, Any]]


def event_of(
    paper: Paper, docket: Docket, number: str, *, older: bool = False
) -> tuple[Event | None, Problems]:
    """Return the event of a paper that is issued under a number; say what the file must tell
    first. What an ``older`` one claims stands on its scan, whatever is reckoned now.
    """
    kind = paper.flat.front.event or MAKING
    rule = EVENT_FIELDS[kind]
    values = {**_by_role(paper, docket), **_typed(paper)}
    if older and paper.flat.front.role in _RECKONED:
        values |= {"金额": _typed(paper).get("金额")}
    values |= {
        "日期": paper.day.isoformat(),
        "事项": kind,
        "文书": docket.law.title(paper.document),
    }
    if number:
        values["文号"] = number
    if paper.guardian and paper.flat.front.unit == "监护人":
        values["对象"] = [paper.guardian]
    values = {key: value for key, value in values.items() if key in rule.allowed and _said(value)}
    event = event_in(values)
    found = tuple(_faults(event, paper))
    return (None if found else event), found


def _said(value: object) -> bool:
    return value is False or bool(value)


def _typed(paper: Paper) -> dict[str, Any]:
    """Return what the record tells of the paper already."""
    return written_event(paper.told) if paper.told else {}


def _faults(event: Event, paper: Paper) -> Iterator[Problem]:
    for code, _, facts in faults_of_event(event):
        told = problem(code, Place(), **facts)
        yield problem("ISSU002", Place(), title=paper.title, kind=event.kind, detail=told.message)


def _by_role(paper: Paper, docket: Docket) -> Mapping[str, Any]:
    """Return what a paper says that decides on what follows from it."""
    role = paper.flat.front.role
    return _SAYS[role](paper.facts, docket) if role in _SAYS else {}


def _order(_facts: Mapping[str, Any], docket: Docket) -> Mapping[str, Any]:
    order = docket.case.order
    return {"期限": order.model_dump(mode="json")["改正期限"]} if order else {}


def _report(facts: Mapping[str, Any], _docket: Docket) -> Mapping[str, Any]:
    return {"对象": [one["名称"] for one in facts["报告对象"] if one["名称"]]}


def _notice(facts: Mapping[str, Any], _docket: Docket) -> Mapping[str, Any]:
    told = facts["程序"]["告知"]
    hearing = told["已告知听证"] if told["已告知听证"] is not None else told["应告知听证"]
    return {"金额": _money(told["拟罚款"]), "告知听证": hearing}


def _hearing(facts: Mapping[str, Any], _docket: Docket) -> Mapping[str, Any]:
    told = facts["程序"]["听证"]
    day, clock = told["安排日期"], told["安排时间"]
    return {
        "听证日期": day and day.isoformat(),
        "听证时间": clock and clock.strftime("%H:%M"),
        **{key: told[key] for key in ("地点", "主持人", "公开")},
    }


def _decision(facts: Mapping[str, Any], _docket: Docket) -> Mapping[str, Any]:
    return {"金额": _money(facts["程序"]["决定"]["罚款"])}


def _spared(facts: Mapping[str, Any], _docket: Docket) -> Mapping[str, Any]:
    told = facts["程序"]["不予处罚"]
    return {"原因": told["原因"], "法定情形": told["法定情形"]}


def _application(facts: Mapping[str, Any], docket: Docket) -> Mapping[str, Any]:
    court = facts["行政法院"]
    return {"法院": court["名称"] if court else None, **_claim(facts, docket)}


def _claim(facts: Mapping[str, Any], _docket: Docket) -> Mapping[str, Any]:
    """Return the sum that a paper claims: a payment that is told later contradicts it."""
    return {"金额": _money(facts["程序"]["欠款"]["合计"] or None)}


def _money(amount: object) -> str | None:
    return None if amount is None else str(amount)


_RECKONED: tuple[Role, ...] = ("催告", "强制执行申请")
"""Papers of which the sum is reckoned anew each day."""

_SAYS: Mapping[Role | None, Known] = {
    "书面报告": _report,
    "责令": _order,
    "事先告知": _notice,
    "听证通知": _hearing,
    "处罚决定": _decision,
    "当场处罚": _decision,
    "不予处罚": _spared,
    "催告": _claim,
    "强制执行申请": _application,
}
