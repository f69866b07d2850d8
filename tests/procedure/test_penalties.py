"""The clause behind a fine: which may set one, for whom, and when a hearing must be offered."""

from datetime import date
from decimal import Decimal

import pytest

from kcbx_docs.procedure.penalties import (
    clause_for,
    delegated,
    has_power,
    may_set_fines,
    names_organ,
)
from tests.procedure.world import CLAUSE, law_of

DAY = date(2026, 3, 2)


def law_with(**changes):
    lines = [line for line in CLAUSE.strip().split("\n") if line.split(":")[0] not in changes]
    lines += [f"{key}: {value}" for key, value in changes.items() if value]
    return law_of("530499", "\n".join(lines))


def basis_of(law):
    return law.workspace.penalties[0]


def office(law, name):
    return law.workspace.organ_named(name)


@pytest.mark.parametrize(
    ("word", "needs"), [("是", True), ("否", False), ("未知", None), ("", None)]
)
def test_whether_the_order_must_have_been_disobeyed_is_known_or_not(word, needs):
    law = law_with(以逾期不改为前提=word)
    assert clause_for(law, None, DAY).needs_order is needs


def test_without_any_clause_nothing_is_known():
    nothing = clause_for(law_of("530499"), None, DAY)
    assert (nothing.basis, nothing.usable, nothing.needs_order) == (None, 0, None)
    assert nothing.hearing_due(Decimal(1000), law_of("530499")) is None


@pytest.mark.parametrize(
    ("fine", "due"), [("1999.99", False), ("2000", True), ("2000.01", True), (None, False)]
)
def test_a_hearing_is_due_from_its_threshold(fine, due):
    """The clause allows 1000 yuan at most: without an amount no hearing can become due."""
    law = law_with()
    assert clause_for(law, None, DAY).hearing_due(Decimal(fine) if fine else None, law) is due


@pytest.mark.parametrize(("most", "due"), [("1999", False), ("2000", None), ("", None)])
def test_without_an_amount_the_clause_tells_whether_one_can_become_due(most, due):
    law = law_with(最高罚款=most)
    assert clause_for(law, None, DAY).hearing_due(None, law) is due


def test_a_threshold_that_nobody_read_leaves_the_question_open():
    law = law_with(听证标准="未知")
    found = clause_for(law, None, DAY)
    assert (found.hearing_from(law), found.hearing_due(Decimal(9999), law)) == (None, None)


@pytest.mark.parametrize("word", ["", "不需要", "无", "没有", "未知"])
def test_words_that_mean_no_delegation(word):
    law = law_with(赋权决定=word, 机关="[县级教育行政部门]")
    town = law.workspace.office
    assert (delegated(basis_of(law), town, law), has_power(basis_of(law), town, law)) == (
        False,
        False,
    )


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("云岭县青石镇人民政府", True),
        ("云岭县湖滨街道办事处", True),
        ("云岭县高新区管委会", False),
        ("青石司法所", False),
    ],
)
def test_a_written_delegation_is_for_towns_and_street_offices(name, may):
    law = law_with(赋权决定="云政发〔2021〕5号", 机关="[县级教育行政部门]")
    assert delegated(basis_of(law), office(law, name), law) is may


@pytest.mark.parametrize(
    ("organs", "is_named"),
    [
        ("[乡镇人民政府]", True),
        ("[乡（镇）人民政府]", True),
        ("[云岭县青石镇人民政府]", True),
        ("[县级教育行政部门, 乡镇人民政府]", True),
        ("[县级教育行政部门]", False),
        ("", False),
    ],
)
def test_the_clause_names_the_office_or_its_kind(organs, is_named):
    law = law_with(机关=organs)
    assert names_organ(basis_of(law).organs, law.workspace.office, law) is is_named


@pytest.mark.parametrize(
    ("statute", "may"),
    [
        ("云岭示例义务教育条例", True),
        ("中华人民共和国未成年人保护法", True),
        ("中华人民共和国义务教育法", False),
        ("云南省实施《中华人民共和国义务教育法》办法", True),
        ("白沙村村规民约", False),
    ],
)
def test_which_texts_can_set_a_fine(statute, may):
    law = law_with(法规=statute)
    assert may_set_fines(basis_of(law), law) is may


def test_of_several_clauses_one_without_a_fault_is_chosen_wherever_it_stands():
    old = CLAUSE.replace("编号: 示例条款", "编号: 旧条") + "失效日期: 2025-01-01\n"
    law = law_of("530499", old, CLAUSE)
    assert (clause_for(law, None, DAY).basis.id, clause_for(law, None, DAY).usable) == (
        "示例条款",
        1,
    )
    other_office = CLAUSE.replace("乡镇人民政府]", "县级教育行政部门]").replace(
        "示例条款", "教育局的"
    )
    law = law_of("530499", other_office, CLAUSE)
    assert clause_for(law, law.workspace.office, DAY).basis.id == "示例条款"
    assert clause_for(law, law.workspace.offices[0], DAY).basis.id == "教育局的"
