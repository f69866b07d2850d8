"""A paper cites evidence that existed on its day and concerns its addressee;
what it proves is a fact of the record.
"""

from dataclasses import replace
from datetime import date

import pytest

from kcbx_docs.case.model import Evidence
from kcbx_docs.packs.proofs import proof_sentence
from kcbx_docs.papers.evidence import evidence_for, evidence_lines
from tests.procedure.world import ABSENT, FATHER, FILED, MOTHER, docket

BOTH = (FATHER, MOTHER)


def names(history: str, day: str, who: str = "", *evidence: Evidence) -> list[str]:
    case = docket(history, guardians=BOTH)
    case = replace(case, case=case.case.model_copy(update={"evidence": evidence}))
    return [line.name for line in evidence_lines(case, date.fromisoformat(day), who)]


def test_evidence_of_a_later_day_is_not_cited() -> None:
    record = Evidence(名称="病历", 日期=date(2026, 2, 2))
    assert "病历" not in names(ABSENT, "2026-02-01", FATHER, record)
    assert "病历" in names(ABSENT, "2026-02-02", FATHER, record)


def test_undated_evidence_is_cited() -> None:
    assert "户口簿" in names(ABSENT, "2026-02-01", FATHER, Evidence(名称="户口簿"))


def test_evidence_about_one_guardian_stays_out_of_papers_to_another() -> None:
    record = Evidence(名称="病历", 涉及=(MOTHER,))
    assert "病历" not in names(ABSENT, "2026-02-01", FATHER, record)
    assert "病历" in names(ABSENT, "2026-02-01", MOTHER, record)


def test_a_record_of_a_visit_to_the_mother_is_no_evidence_against_the_father() -> None:
    history = f"- {{日期: 2026-01-08, 事项: 劝返, 方式: 家访, 对象: {MOTHER}, 结果: 拒绝}}\n"
    assert names(history, "2026-02-01", FATHER) == []
    assert names(history, "2026-02-01", MOTHER) == ["劝返记录（2026年1月8日）"]


def test_a_check_proves_what_it_found() -> None:
    lines = evidence_lines(docket(FILED), date(2026, 2, 1), FATHER)
    proved = {line.name: line.proves for line in lines}
    assert proved["核查记录（2026年1月26日）"] == "2026年1月26日核查时普云飞仍未到校"


@pytest.mark.parametrize(
    ("result", "sentence"),
    [("拒绝", "普正华拒绝"), ("未见到", "没有见到"), ("", None), ("别的", None)],
)
def test_what_a_visit_proves_follows_its_result(result: str, sentence: str | None) -> None:
    sentences = {"拒绝": ("{对象}拒绝",), "未见到": ("没有见到",)}
    assert proof_sentence(sentences, result, {"对象": "普正华"}) == sentence


def test_without_what_it_rests_on_nothing_is_claimed() -> None:
    sentences = {"": ("罚款{金额}元", "作出决定")}
    assert proof_sentence(sentences, "", {"金额": "800"}) == "罚款800元"
    assert proof_sentence(sentences, "", {"金额": ""}) == "作出决定"
    assert proof_sentence({"": ("罚款{金额}元",)}, "", {}) is None


def test_the_facts_of_the_case_follow_the_same_rule() -> None:
    case = docket(ABSENT).case
    late = Evidence(名称="病历", 日期=date(2026, 5, 1))
    dated = case.model_copy(update={"evidence": (late,)})
    assert evidence_for(dated, date(2026, 4, 30)) == ()
    assert evidence_for(dated, date(2026, 5, 1)) == (late,)
