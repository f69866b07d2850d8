"""The register of a child calls papers what the place calls them, and has no row without words."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.office.opened import open_office
from kcbx_docs.papers.desk import Desk
from kcbx_docs.papers.make import make
from kcbx_docs.papers.plan import plan_case
from kcbx_docs.render.text import paragraphs

SAMPLE = Path(__file__).parents[2] / "cases/阶梯示例/cases/申请强制执行.yaml"
DAY = date(2026, 11, 22)
OURS = "责令送被监护人接受义务教育通知书"


@pytest.fixture(scope="module")
def lines():
    """The register of a case whose office typed another title."""
    office = open_office(SAMPLE)
    loaded, _ = office.read(SAMPLE, DAY)
    typed = [
        event.model_copy(update={"document": "责令限期改正通知书"})
        if event.document == OURS
        else event
        for event in loaded.case.history
    ]
    loaded = replace(loaded, case=loaded.case.model_copy(update={"history": tuple(typed)}))
    (paper,), _ = plan_case(Desk(office, office.docket(loaded), DAY), ("dropout-register",))
    return paragraphs(make(paper, office.library.registry)[0].filled.root)


def test_papers_are_called_by_their_titles_here(lines):
    told = [line for line in lines if "柏政责改〔2025〕3号" in line]
    assert told == [
        "《责令送被监护人接受义务教育通知书》（柏政责改〔2025〕3号），李茂才",
        "《责令送被监护人接受义务教育通知书》（柏政责改〔2025〕3号），李茂才，直接",
    ]


def test_a_referral_says_to_whom(lines):
    assert "柏政函〔2025〕7号，望川县公安局" in lines


def test_there_is_no_row_for_a_plan_that_nobody_made(lines):
    assert "复学安置" not in lines
