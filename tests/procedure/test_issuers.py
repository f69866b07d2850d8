"""Who makes a paper: the office that the case names if it may, else the first that may."""

from dataclasses import replace
from datetime import date

import pytest

from kcbx_docs.problems import UserError
from kcbx_docs.procedure.issuers import Issuer, choose, issuer_of, offices_of
from tests.procedure.world import ABSENT, CLAUSE, docket, law_of

DAY = date(2026, 3, 2)
TOWN, BUREAU, STREET = "云岭县青石镇人民政府", "云岭县教育体育局", "云岭县湖滨街道办事处"
OF_BUREAU = CLAUSE.replace("机关: [乡镇人民政府]", "机关: [县级教育行政部门]")


def issuer(document, *clauses, office=""):
    case = docket(ABSENT, law_of("530499", *clauses))
    case = replace(case, case=case.case.model_copy(update={"office": office}))
    return issuer_of(case, document, DAY)


@pytest.mark.parametrize(
    ("document", "clause", "name"),
    [
        ("order-to-correct", CLAUSE, TOWN),
        ("order-to-correct", OF_BUREAU, TOWN),
        ("penalty-notice", CLAUSE, TOWN),
        ("penalty-notice", OF_BUREAU, BUREAU),
        ("dropout-report", CLAUSE, "云岭县青石中学"),
    ],
)
def test_only_papers_of_a_penalty_look_at_the_clause(document, clause, name):
    assert issuer(document, clause).allowed.name == name


def test_the_office_that_the_case_names_goes_first_where_it_may():
    assert issuer("order-to-correct", CLAUSE, office=BUREAU).allowed.name == BUREAU
    assert issuer("order-to-correct", CLAUSE, office=STREET).allowed.name == BUREAU


def test_without_a_clause_the_first_office_of_the_right_kind_is_named():
    assert issuer("penalty-notice").allowed.name == TOWN


def test_where_no_office_may_the_first_is_named_with_the_reason_and_the_article():
    law = law_of()
    street = (law.workspace.organ_named(STREET),)
    refused = choose(law, "order-to-correct", street, DAY)
    assert refused.organ is street[0]
    with pytest.raises(UserError) as stopped:
        _ = refused.allowed
    (problem,) = stopped.value.problems
    assert problem.code == "PAPR001" and STREET in problem.message
    nobody = choose(law, "order-to-correct", (), DAY)
    assert nobody.organ is None and "（没有写机关）" in nobody.refusal[0].message


def test_the_offices_of_a_case_are_its_own_the_workspaces_and_its_school():
    case = docket(ABSENT)
    names = [office.name for office in offices_of(case)]
    assert names[0] == names[1] == TOWN and names[-1] == "云岭县青石中学"
    assert offices_of(case)[-1].head == "沈国良" and offices_of(case)[-1].head_title == "校长"


def test_an_issuer_without_a_refusal_may():
    organ = law_of().workspace.office
    assert Issuer(organ).allowed is organ
