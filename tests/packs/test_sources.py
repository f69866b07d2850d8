"""Every value of a pack says where it comes from and when somebody looked; 未知 says nobody did."""

from datetime import date

import pytest

from kcbx_docs.keeping.packview import value_rows
from kcbx_docs.packs.chain import find_packs
from kcbx_docs.packs.library import library_of
from kcbx_docs.packs.parameters import PARAMETERS, fits
from kcbx_docs.packs.sources import TABLES
from tests import matrix
from tests.packs.templates import write

HEAD = "名称: {0}\n版本: '1'\n来源: {0}的通知\n核对日期: 2026-11-22\n"
NATIONAL = HEAD.format("全国") + "参数: {热线: '1', 月报日: 未知, 控辍月份: [3]}\n"
CITY = (
    HEAD.format("安市")
    + """\
各项来源:
  - {各项: [参数.热线, 参数.签名], 来源: 安府〔2026〕1号, 核对日期: 2026-11-28, 说明: 只见第一条}
参数: {热线: '2', 月报日: 22, 签名: {一: 甲}}
"""
)


def told(folder, city=CITY):
    root = write(folder, {"national/pack.yaml": NATIONAL, "anshi/pack.yaml": city})
    packs, problems = find_packs([root])
    if problems:
        return problems
    rows = value_rows(library_of("anshi", packs)[0])
    return {row.name: (row.value, row.source, row.checked_on, row.note) for row in rows}


def test_a_value_has_its_own_source_or_that_of_its_file(tmp_path):
    rows = told(tmp_path)
    own, head = date(2026, 11, 28), date(2026, 11, 22)
    assert rows["参数.热线"] == ("2", "安府〔2026〕1号", own, "只见第一条")
    assert rows["参数.签名.一"] == ("甲", "安府〔2026〕1号", own, "只见第一条")
    assert rows["参数.月报日"] == ("22", "安市的通知", head, "")
    assert rows["参数.控辍月份"] == ("3", "全国的通知", head, "")
    assert "各项来源" not in rows


def test_what_nobody_confirmed_has_no_source_even_where_one_is_written(tmp_path):
    unknown = told(tmp_path, CITY.replace("热线: '2'", "热线: 未知"))["参数.热线"]
    assert unknown == ("未知", "没有人核对过", None, "")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [("参数.热钱", "PACK082"), ("参数.控辍月份", "PACK082"), ("参数.热线", "PACK083")],
)
def test_a_source_is_of_a_value_of_the_same_file_and_there_is_one(tmp_path, wrong, code):
    (found,) = told(tmp_path, CITY.replace("参数.签名]", f"{wrong}]"))
    assert (found.code, found.place.line) == (code, 6)
    assert wrong in found.message


def test_a_table_in_the_place_of_nothing_known_leaves_no_trace_of_it(tmp_path):
    rows = told(tmp_path, CITY.replace("月报日: 22", "月报日: {甲: 1}"))
    assert {name for name in rows if "月报日" in name} == {"参数.月报日.甲"}
    back = told(tmp_path / "2", CITY.replace("签名: {一: 甲}", "签名: 乙"))
    assert back["参数.签名"][0] == "乙"


@pytest.mark.parametrize("pack", matrix.PACKS)
def test_every_known_value_that_is_shipped_has_a_source_and_a_day(pack):
    rows = [row for row in value_rows(matrix.libraries()[pack]) if row.name.split(".")[0] in TABLES]
    assert [
        row.name for row in rows if row.value != "未知" and not (row.source and row.checked_on)
    ] == []
    assert len(rows) > len(PARAMETERS) // 2


RULE = {"情形": "一年以上", "离校超过月": 12, "另有": ["年龄较大"], "安置": ["调整年级"]}


@pytest.mark.parametrize(
    ("rule", "right"),
    [
        (RULE, True),
        ({"情形": "其他", "安置": ["送教上门"]}, True),
        (RULE | {"另有": ["岁数大"]}, False),
        (RULE | {"离校超过月": "一年"}, False),
        (RULE | {"年龄": 15}, False),
        (RULE | {"安置": "调整年级"}, False),
        ({"情形": "一年以上"}, False),
        ("一年以上", False),
    ],
)
def test_a_placement_is_written_with_known_keys(rule, right):
    assert fits("复学安置", [rule]) is right
