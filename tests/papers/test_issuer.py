"""Who issues a paper, why nobody may, and what a paper says of its issuer."""

import datetime
from pathlib import Path

import pytest

from kcbx_docs.case.workspace import Organ
from kcbx_docs.filing.render import render_file
from kcbx_docs.papers.files import Wanted
from kcbx_docs.problems import UserError
from kcbx_docs.procedure.issuers import Issuer, choose
from kcbx_docs.render.text import docx_paragraphs
from tests.procedure.world import law_of

ROOT = Path(__file__).parents[2]
CASE = ROOT / "cases" / "到责令.yaml"
DAY = datetime.date(2026, 11, 22)


def test_the_report_of_a_school_says_whom_to_call(tmp_path):
    wanted = Wanted(datetime.date(2026, 11, 22), ("dropout-report",), ("docx",))
    (file,) = [path for path in render_file(CASE, wanted, tmp_path).files if path.suffix == ".docx"]
    words = docx_paragraphs(file.read_bytes())
    assert words[0] == "云岭县青石中学文件"
    assert "（联系人：罗玉芬，电话：0877-0000004）" in words


def chosen(document: str, *offices: str) -> Issuer:
    """Choose among offices of some kinds, each called by its kind."""
    organs = [Organ(名称=kind, 类型=kind) for kind in offices]
    return choose(law_of(), document, organs, DAY)


def test_the_first_office_that_may_is_chosen():
    assert (
        chosen("order-to-correct", "学校", "街道办事处", "乡镇人民政府").allowed.kind
        == "乡镇人民政府"
    )
    assert chosen("return-certificate", "乡镇人民政府", "学校").allowed.kind == "学校"


def test_a_paper_that_is_open_to_all_is_made_by_the_first():
    assert chosen("evidence-list", "司法所").allowed.kind == "司法所"


def test_a_paper_without_a_template_follows_the_law():
    """Nobody made a template for the application yet; the law says all the same who may apply."""
    assert chosen("guardianship-application", "乡镇人民政府", "学校").allowed.kind == "学校"


def test_a_refusal_names_the_reason_and_the_article():
    refused = chosen("order-to-correct", "街道办事处", "司法所")
    assert refused.organ and refused.organ.kind == "街道办事处"
    (problem,) = refused.refusal
    assert problem.code == "PAPR001"
    assert (
        "派出机关" in problem.message and "《中华人民共和国义务教育法》第五十八条" in problem.hint
    )
    with pytest.raises(UserError):
        _ = refused.allowed


def test_every_document_is_chosen_by_one_engine():
    """Plans, standings, verdicts, batches and letters ask ``choose``;
    nobody else compares kinds.
    """
    asking = [
        path.name
        for path in (ROOT / "kcbx_docs").rglob("*.py")
        if "issuing_kinds(" in path.read_text("utf-8")
    ]
    assert sorted(asking) == ["competence.py", "issuers.py"]
