"""Who is hardly a guardian beside the parents is asked about; who stands in for them is not."""

from datetime import date

import pytest

from kcbx_docs.case.many_guardians import check_many_guardians
from kcbx_docs.case.model import Case
from kcbx_docs.reading import parse_yaml, read_model
from tests.kinds.world import ABSENT, case_text

GRANDMOTHER = "关系: 祖母, 监护依据: 村民委员会指定"
MOTHER = "关系: 母亲"
LIMITED = "监护状况: 限制民事行为能力"


def asked(*people: str) -> list[str]:
    named = [f"{{姓名: 普{'一二三'[n]}, {one}}}" for n, one in enumerate(people)]
    source, _ = parse_yaml(case_text(ABSENT, guardians=named), "案件.yaml")
    case, problems = read_model(Case, source)
    assert case is not None, problems
    return [one.code for one in check_many_guardians(case, source, date(2026, 6, 1))]


@pytest.mark.parametrize(
    ("people", "code"),
    [
        ((GRANDMOTHER, MOTHER), "CASE311"),
        ((MOTHER, GRANDMOTHER), "CASE311"),
        (("关系: 叔父, 监护依据: 法院判决", f"{MOTHER}, 下落: 外出"), "CASE311"),
        ((GRANDMOTHER, "关系: 父亲, 下落: 死亡", MOTHER), "CASE311"),
        (("关系: 养父, 监护依据: 收养登记", "关系: 父亲"), "CASE312"),
        ((GRANDMOTHER, f"{MOTHER}, {LIMITED}"), "CASE355"),
        ((GRANDMOTHER, f"{MOTHER}, {LIMITED}", "关系: 父亲, 下落: 死亡"), "CASE355"),
        ((GRANDMOTHER, f"{MOTHER}, {LIMITED}", "关系: 父亲"), "CASE311"),
        ((GRANDMOTHER, f"{MOTHER}, {LIMITED}, 监护状况日期: 2026-09-01"), "CASE311"),
    ],
)
def test_a_guardian_beside_a_parent_who_can_be_one_is_asked_about(people, code):
    assert asked(*people) == [code]


@pytest.mark.parametrize(
    "people",
    [
        ("关系: 父亲", MOTHER),
        ("关系: 继父, 监护依据: 共同抚养", MOTHER),
        ("关系: 养父, 监护依据: 收养登记", "关系: 养母, 监护依据: 收养登记"),
        ("关系: 养父, 监护依据: 收养登记", "关系: 生母"),
        ("关系: 养父, 监护依据: 收养登记", "关系: 父亲, 监护状况: 监护已终止"),
        (GRANDMOTHER,),
        (GRANDMOTHER, "关系: 祖父, 监护依据: 村民委员会指定"),
        (GRANDMOTHER, f"{MOTHER}, 下落: 死亡, 下落日期: 2025-01-01"),
        (GRANDMOTHER, f"{MOTHER}, 下落: 下落不明"),
        (GRANDMOTHER, "关系: 父亲, 下落: 服刑"),
        (GRANDMOTHER, f"{MOTHER}, 监护状况: 资格已撤销"),
        (GRANDMOTHER, f"{MOTHER}, 监护状况: 无民事行为能力"),
        (GRANDMOTHER, f"{MOTHER}, {LIMITED}, 监护状况说明: 残联评估没有监护能力"),
    ],
)
def test_who_stands_in_for_the_parents_is_not_asked_about(people):
    assert asked(*people) == []
