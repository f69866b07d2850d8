"""The sample that climbs the whole ladder:
lawful at every rung, and only where its office says that it is a sample.
"""

from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.case.files import load_file, load_workspace
from kcbx_docs.office.opened import Office, open_law
from kcbx_docs.packs.library import open_library
from kcbx_docs.papers.desk import Desk
from kcbx_docs.papers.plan import plan_case
from kcbx_docs.problems import Problems

ROOT = Path(__file__).parents[2] / "cases/阶梯示例"
TODAY = date(2026, 11, 22)
PENAL = {"case-filing", "penalty-notice", "penalty-decision"}


def plan(name: str, *, own_pack: bool = True) -> tuple[dict[str, date], Problems]:
    workspace, _ = load_workspace(ROOT)
    assert workspace is not None
    library, _ = open_library("530498", ROOT if own_pack else None)
    loaded, problems = load_file(ROOT / f"cases/{name}.yaml", TODAY, workspace.workspace)
    assert loaded is not None and problems == ()
    law, _ = open_law(library, workspace.workspace)
    office = Office(workspace, library, law)
    papers, found = plan_case(Desk(office, office.docket(loaded), TODAY))
    return {paper.document: paper.day for paper in papers}, found


def test_every_rung_to_the_court_is_allowed_on_its_day() -> None:
    made, found = plan("申请强制执行")
    assert (
        made["order-to-correct"]
        < made["case-filing"]
        < made["penalty-notice"]
        < made["penalty-decision"]
    )
    assert (
        made["penalty-decision"]
        < made["payment-extension"]
        < made["demand-letter"]
        < made["enforcement-application"]
    )
    assert {
        "hearing-record",
        "discussion-record",
        "no-penalty-decision",
    } <= made.keys()
    assert [str(p) for p in found if "禁止" in p.message] == []


def test_the_invented_clause_counts_nowhere_else() -> None:
    made, found = plan("申请强制执行", own_pack=False)
    assert not PENAL & made.keys()
    assert "PROC234" in {p.code for p in found}


@pytest.mark.parametrize(
    ("name", "documents"),
    [
        (
            "民事起诉",
            {"civil-complaint-elements", "support-request", "support-opinion"},
        ),
        ("返校结案", {"referral", "return-certificate", "case-close"}),
        ("监护建议", {"guardianship-suggestion"}),
    ],
)
def test_the_other_ways_out(name: str, documents: set[str]) -> None:
    assert documents <= plan(name)[0].keys()
