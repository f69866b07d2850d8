"""To whom a school reports a dropout: to whom the law says, and to whom else the place does."""

from collections.abc import Iterator, Sequence
from datetime import date

from kcbx_docs.case.event import Event
from kcbx_docs.case.model import name_key
from kcbx_docs.case.workspace import SCHOOL
from kcbx_docs.light import dataclass
from kcbx_docs.problems import Problem, problem
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.jurisdiction import Jurisdiction

BY_LAW = "教育行政部门"
"""To whom the law has a school report."""
USUAL = (BY_LAW, "属地政府")
"""To whom it reports where nobody confirmed what the place does."""
_REPORT = "书面报告"


@dataclass(frozen=True)
class Receiver:
    """One to whom is reported: what the place calls it, and its name; none where the office
    names no such organ.
    """

    called: str
    name: str


def receivers(law: Jurisdiction) -> tuple[Receiver, ...]:
    """List to whom a school reports; the bureau is always among them."""
    called = _local(law) or tuple(one for one in USUAL if law.workspace.near(one))
    every = called if BY_LAW in called else (BY_LAW, *called)
    found = ((one, law.workspace.near(one)) for one in every)
    return tuple(Receiver(one, organ.name if organ else "") for one, organ in found)


def _local(law: Jurisdiction) -> tuple[str, ...]:
    """Return what the place says; nothing where nobody confirmed it."""
    told = law.pack.values.get("报告对象")
    return tuple(map(str, told)) if isinstance(told, list | tuple) else ()


def reports_short(docket: Docket, day: date) -> Iterator[Problem]:
    """Tell which report was written to some and left out others to whom it goes, and whom the
    school that reports does not name in its office.
    """
    wanted = receivers(docket.law)
    for event in docket.happened(day):
        if event.kind == _REPORT and event.targets:
            yield from _left_out(docket, event, wanted)
    lacking = "、".join(one.called for one in wanted if not one.name and one.called != BY_LAW)
    if lacking and docket.law.workspace.office.kind == SCHOOL:
        yield problem("PAPR037", docket.place_of("学校"), lacking=lacking)


def _left_out(docket: Docket, event: Event, wanted: Sequence[Receiver]) -> Iterator[Problem]:
    """Tell to whom else a report goes: the law asks for the bureau, the place for others."""
    named = set(map(name_key, event.targets))
    left = [one for one in wanted if one.name and name_key(one.name) not in named]
    place, organs = docket.place(event), "、".join(event.targets)
    if bureau := next((one.name for one in left if one.called == BY_LAW), ""):
        yield problem("PAPR034", place, organs=organs, bureau=bureau)
    others = "、".join(one.name for one in left if one.called != BY_LAW)
    if others and _local(docket.law):
        yield problem("PAPR036", place, organs=organs, others=others)
