"""The answer to "may this paper be made": how it is told, ordered, excused, and of whom."""

from datetime import date

import pytest

from kcbx_docs.packs.procedure import VERDICTS
from kcbx_docs.procedure.verdict import Finding, Permission, permission, ranked
from tests.procedure.world import ABSENT, FATHER, MADE, MOTHER, ORDERED, codes, docket, law_of, may


def finding(verdict, code="PROC223", reason="没有劝返。"):
    return Finding("已经劝返", verdict, code, reason, "请先劝返。")


@pytest.mark.parametrize(
    ("verdict", "severity", "message"),
    [
        ("禁止", "error", "禁止：没有劝返。"),
        ("须说明理由", "error", "须说明理由：没有劝返。"),
        ("提醒", "warning", "没有劝返。"),
        ("通过", "note", "通过：没有劝返。"),
    ],
)
def test_a_finding_is_told_as_grave_as_it_is(verdict, severity, message):
    told = finding(verdict).as_problem()
    assert (told.code, told.severity, told.message, told.hint) == (
        "PROC223",
        severity,
        message,
        "请先劝返。",
    )


@pytest.mark.parametrize(
    ("verdict", "alone", "excused"),
    [
        ("禁止", "error", "error"),
        ("须说明理由", "error", "warning"),
        ("提醒", "warning", "warning"),
    ],
)
def test_a_reason_excuses_what_asks_for_one_and_nothing_else(verdict, alone, excused):
    answer = Permission("x", "x", FATHER, date(2026, 1, 12), verdict, (finding(verdict),))
    assert [p.severity for p in answer.problems()] == [alone]
    assert [p.severity for p in answer.problems(with_reason=True)] == [excused]


def test_the_gravest_comes_first_and_each_reason_once():
    mixed = [finding(v, reason=v) for v in reversed(VERDICTS)] + [finding("提醒", reason="提醒")]
    mixed.reverse()
    assert [one.verdict for one in ranked(mixed)] == ["禁止", "须说明理由", "提醒", "通过"]


def test_the_articles_stand_behind_the_reason():
    refused = may("penalty-notice", "2026-01-20", ORDERED, law_of()).of("禁止")[0]
    assert str(refused).startswith("禁止：") and str(refused).endswith(f"（{refused.articles}）")
    assert f"依据：{refused.articles}。" in refused.as_problem().message
    assert str(finding("提醒")) == "提醒：没有劝返。"


def test_a_stranger_is_refused_only_where_the_procedure_knows_the_paper():
    case = docket(ABSENT)
    order = permission(case, "order-to-correct", "王大力", date(2026, 1, 12))
    assert (order.verdict, codes(order)) == ("禁止", ["PROC209"])
    assert "不是本案的监护人" in order.findings[0].reason
    assert order.findings[0].articles == "《民法典》第二十七条"
    letter = permission(case, "official-letter", "王大力", date(2026, 1, 12))
    assert (letter.verdict, letter.findings) == ("通过", ())


@pytest.mark.parametrize(
    ("name", "who"), [("普云飞", "学生本人"), ("普阿奶", "受托照护人"), ("普 阿奶", "受托照护人")]
)
def test_the_child_and_carers_are_called_what_they_are(name, who):
    refused = permission(docket(ABSENT), "order-to-correct", name, date(2026, 1, 12))
    assert who in refused.findings[0].reason


def test_without_a_name_every_guardian_is_asked_about_and_with_one_only_he():
    case = docket(MADE, guardians=(FATHER, MOTHER))
    day = date(2026, 1, 20)
    all_ = permission(case, "case-filing", "", day)
    assert {f.guardian for f in all_.findings} == {FATHER, MOTHER}
    only = permission(case, "case-filing", MOTHER, day)
    assert {f.guardian for f in only.findings} == {MOTHER}


def test_what_passed_for_one_and_failed_for_another_did_not_pass():
    case = docket(ORDERED, guardians=(FATHER, MOTHER))
    both = permission(case, "case-filing", "", date(2026, 1, 24))
    assert "责令已送达" not in both.passed
    father = permission(case, "case-filing", FATHER, date(2026, 1, 24))
    assert "责令已送达" in father.passed


def test_the_office_that_was_chosen_goes_before_the_one_that_would_be():
    law = law_of()
    bureau = law.workspace.offices[0]
    case = docket(ABSENT, law)
    day = date(2026, 1, 12)
    assert permission(case, "order-to-correct", FATHER, day, bureau).issuer.organ is bureau
    assert permission(case, "order-to-correct", FATHER, day).issuer.organ is law.workspace.office
