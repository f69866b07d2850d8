"""What the papers of one case are made from: library, workspace, the case's docket, and the day."""

import datetime
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from kcbx_docs.case import history
from kcbx_docs.case.event import Event
from kcbx_docs.case.model import Case
from kcbx_docs.case.workspace import Workspace
from kcbx_docs.law.calendar import read_calendar
from kcbx_docs.packs.library import Library
from kcbx_docs.papers.context import EMPTY, case_facts, facts
from kcbx_docs.problems import Problems, raise_errors
from kcbx_docs.procedure.docket import Docket, docket_of
from kcbx_docs.procedure.jurisdiction import Jurisdiction, open_jurisdiction
from kcbx_docs.procedure.next import CaseStanding, stand
from kcbx_docs.reading import Source

CALENDARS = "calendar"


@dataclass(frozen=True)
class Desk:
    """One case on the desk of an office, on a day."""

    library: Library
    docket: Docket
    day: datetime.date
    draft: bool = False
    reason: str = ""

    @property
    def case(self) -> Case:
        """Return the case."""
        return self.docket.case

    @property
    def workspace(self) -> Workspace:
        """Return the office's workspace."""
        return self.docket.law.workspace

    @cached_property
    def happened(self) -> tuple[Event, ...]:
        """List the events known on the day."""
        return history.as_of(self.docket.events, self.day)

    @cached_property
    def standing(self) -> CaseStanding:
        """Tell where the case stands on the day."""
        return stand(self.docket, self.day)

    @cached_property
    def common(self) -> dict[str, Any]:
        """Return the facts that all papers of the case share."""
        office = self.workspace
        by_kind = {o.kind: o for o in reversed(office.all_offices)}
        return {
            **EMPTY,
            **case_facts(self.case, self.day, self.docket.events),
            "教育行政部门": facts(by_kind.get("县级教育行政部门")),
            "属地政府": facts(by_kind.get("乡镇人民政府") or by_kind.get("街道办事处")),
            "执法人员": facts(office.officers),
            "复议机关": facts(office.review),
            "收款银行": facts(office.bank),
            "行政法院": facts(office.court_for("行政")),
            "民事法院": facts(office.court_for("民事")),
            "地方": self.library.place_facts(),
            "今日": self.day,
        }


def open_law(
    library: Library, workspace: Workspace, root: Path | None = None
) -> tuple[Jurisdiction, Problems]:
    """Gather the law and practice of an office's place; its own calendars come on top."""
    folder = root / CALENDARS if root and (root / CALENDARS).is_dir() else None
    calendar, found = read_calendar(folder)
    raise_errors(found)
    law, more = open_jurisdiction(library, workspace, calendar)
    return law, (*found, *raise_errors(more))


def desk_for(
    library: Library,
    law: Jurisdiction,
    case: Case,
    day: datetime.date,
    *,
    source: Source | None = None,
    draft: bool = False,
    reason: str = "",
) -> Desk:
    """Put a case on the desk."""
    return Desk(library, docket_of(case, law, source=source), day, draft, reason)
