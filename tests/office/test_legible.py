"""A fault of kcbx.yaml on which no day rests hides none; one on which a day may rest hides all."""

from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.office.outlook import outlooks
from tests.kinds.world import OFFICE, OVERDUE, case_text, workspace

pytestmark = pytest.mark.alike
DAY = date(2026, 4, 3)
FILED = OVERDUE + "- {日期: 2026-03-27, 事项: 立案, 对象: 普正华, 承办人: [普文清, 段晓岚]}\n"


def told(folder: Path, office: str) -> tuple[list[str], list[str], int]:
    """What is due with a kcbx.yaml, what is told of it, and how many files are put aside."""
    path = workspace(folder, office, case_text(FILED))
    seen = outlooks([path], DAY, DAY)
    due = [one.what for case in seen.cases for one in case.due]
    return due, [one.code for one in seen.problems], len(seen.unread)


FILED_CASE = case_text(FILED)

HARMLESS = {
    "信用代码的校验位": (
        "机关代字: 青政,",
        "机关代字: 青政, 统一社会信用代码: 11530400015000000A,",
    ),
    "执法人员没有姓名": ("{姓名: 段晓岚, 证号", "{证号"),
    "复议机关没有名称": ("复议机关: {名称: 云岭县人民政府, ", "复议机关: {"),
    "法院的类别": ("{名称: 云岭县人民法院}", "{名称: 云岭县人民法院, 类别: 刑事}"),
    "收款银行多一个键": ("户名:", "户主: 某, 户名:"),
    "其他机关的地址": ("地址: 云岭县城文华路2号", "地址: [云岭县城]"),
}


@pytest.mark.parametrize("kind", HARMLESS)
def test_a_fault_on_which_no_day_rests_hides_no_day(kind: str, tmp_path: Path) -> None:
    old, new = HARMLESS[kind]
    assert old in OFFICE
    due, codes, unread = told(tmp_path, OFFICE.replace(old, new))
    assert due == ["立案到处罚决定"] and codes and unread == 0


TOUCHING = {
    "没有地区": ('地区: "530499"\n', ""),
    "处罚依据的听证标准": ("听证标准: 500", "听证标准: 很多"),
    "处罚依据写错了键": ("处罚依据:", "处罚根据:"),
    "机关的类型": ("类型: 乡镇人民政府", "类型: 乡政府"),
    "其他机关的类型": ("类型: 县级教育行政部门", "类型: 教育局"),
}


@pytest.mark.parametrize("kind", TOUCHING)
def test_a_fault_on_which_a_day_may_rest_is_told_and_nothing_else(
    kind: str, tmp_path: Path
) -> None:
    old, new = TOUCHING[kind]
    assert old in OFFICE
    due, codes, unread = told(tmp_path, OFFICE.replace(old, new))
    assert due == [] and codes and unread == 1


def test_a_sound_file_says_nothing(tmp_path: Path) -> None:
    assert told(tmp_path, OFFICE) == (["立案到处罚决定"], [], 0)


def test_a_ledger_out_of_reach_stops_no_other_office(tmp_path: Path) -> None:
    """One office's 登记簿 has a wrong address: its case is put aside, the neighbour's is told."""
    mine = workspace(tmp_path / "甲", OFFICE + "登记簿: postgresql://u@127.0.0.1:1/k\n", FILED_CASE)
    theirs = workspace(tmp_path / "乙", OFFICE, FILED_CASE.replace("〔2026〕1号", "〔2026〕2号"))
    seen = outlooks([mine, theirs], DAY, DAY)
    assert [case.path for case in seen.cases] == [theirs] and seen.unread == (mine,)
    assert seen.broken == (str(tmp_path / "甲" / "kcbx.yaml"),)
