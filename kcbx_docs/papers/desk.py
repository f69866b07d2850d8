"""What the papers of one case are made from: library, workspace, the case's docket, and the day."""

import datetime
from functools import cached_property
from typing import Any

from kcbx_docs.case.model import Case
from kcbx_docs.case.workspace import NEAR, Workspace
from kcbx_docs.light import dataclass
from kcbx_docs.office.opened import Office
from kcbx_docs.packs.library import Library
from kcbx_docs.papers.context import EMPTY, case_facts, facts
from kcbx_docs.procedure.standing import CaseStanding, stand
from kcbx_docs.record.docket import Docket


@dataclass(frozen=True)
class Desk:
    """One case on the desk of an office, on a day."""

    office: Office
    docket: Docket
    day: datetime.date
    draft: bool = False
    reason: str = ""
    guardian: str = ""
    """Whose papers only are wanted; everybody's where nobody is named."""
    anew: bool = False
    """Whether another paper is wanted of which there is one already."""

    @property
    def library(self) -> Library:
        """Return the packs' documents."""
        return self.office.library

    @property
    def case(self) -> Case:
        """Return the case."""
        return self.docket.case

    @property
    def workspace(self) -> Workspace:
        """Return the office's workspace."""
        return self.office.workspace

    @cached_property
    def standing(self) -> CaseStanding:
        """Tell where the case stands on the day."""
        return stand(self.docket, self.day)

    @cached_property
    def common(self) -> dict[str, Any]:
        """Return the facts that all papers of the case share."""
        return {**office_facts(self.office, self.day), **case_facts(self.docket, self.day)}


def office_facts(office: Office, day: datetime.date) -> dict[str, Any]:
    """Return what an office's papers of a day share, whatever they are about."""
    workspace = office.workspace
    return {
        **EMPTY,
        **{fact: facts(workspace.near(fact)) for fact in NEAR},
        "执法人员": facts(workspace.officers),
        "复议机关": facts(workspace.review),
        "收款银行": facts(workspace.bank),
        "行政法院": facts(workspace.court_for("行政")),
        "民事法院": facts(workspace.court_for("民事")),
        "地方": office.library.place_facts(),
        "今日": day,
    }
