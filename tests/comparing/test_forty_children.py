"""Forty children counted by hand: every way in which four lists can disagree, and what comes of it.

Each line is one child: the name, what stands in the lists of households, roll, present and poor
households, and where the child must be found. A list says ``号`` (number and name), ``生`` (name and
day of birth), ``名`` (name alone), ``-`` (nothing) or, behind a colon, something else.
"""

from collections import Counter
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from kcbx_docs.case.ids import resident_check_digit
from kcbx_docs.comparing.children import children_found
from kcbx_docs.comparing.findings import SchoolAge, compare
from kcbx_docs.comparing.people import KINDS, read_people
from kcbx_docs.comparing.tables import tables_of

DAY = date(2026, 11, 28)
AGE = SchoolAge(DAY, date(2026, 8, 31), 6, 18, 9)
CHILDREN = """
赵一 号 号 号 - : 到校
赵二 号 号 号 号 : 到校
赵三 号 号 号 - : 到校
赵四 号 号 号 - : 到校
钱一 号 - - - : 失学
钱二 号 - - 号 : 失学、脱贫户辍学
钱三 生 - - - : 失学
钱四 号 - 号 - : 在校没有学籍
钱五 号 - 名 - : 存疑、在校没有学籍
孙一 号 号 - - : 辍学
孙二 号 号 - 号 : 辍学、脱贫户辍学
孙三 号 号：辍学 - - : 辍学
孙四 号 号：辍学 号 - : 另列
孙五 号 号 号：未到校 - : 辍学
孙六 - 号 - - : 辍学
李一 号 号：转出 - - : 另列
李二 号 号：休学 - 号 : 另列
李三 号 号：毕业 号 - : 另列
周一 号 生 号 - : 存疑
周二 号 生 - - : 存疑、辍学
周三 号 错号 号 - : 存疑
周四 号 号 生 - : 存疑
周五 号 号 名 - : 存疑
周六 号 同号：周陆 - - : 存疑、辍学
吴一 生 生 生 - : 存疑
吴二 名 - - - : 另列
吴三 号：死亡 - - - : 另列
吴四 号：迁出 - - - : 另列
郑一 2021 - - - : 不到学龄
郑二 2008 - - - : 已成年
郑三 2010 - - - : 另列
郑四 2020-08-31 - - - : 失学
郑五 2020-09-01 - - - : 不到学龄
王一 - - 号 - : 在校没有学籍
王二 - - 名 - : 在校没有学籍
王三 - - - 号 : 脱贫户辍学
王四 - - 生 号 : 存疑、在校没有学籍
冯·一 号 号 号 - : 到校
陈一 号 号 号 - : 到校
陈一 号 - - - : 失学
"""


def number_of(serial: int, born: date) -> str:
    stem = f"530102{born:%Y%m%d}{serial:03d}"
    return stem + resident_check_digit(stem)


class Child:
    """One line, and the cells that it puts into a list."""

    def __init__(self, serial: int, line: str) -> None:
        told, _, self.expected = line.partition(" : ")
        self.name, *self.lists = told.split()
        self.born = date(2014, 3, 1 + serial % 28)
        household = self.lists[0]
        if household[:2] == "20":
            whole = household if "-" in household else f"{household}-10-01"
            self.born, self.lists[0] = date.fromisoformat(whole), "号"
        self.number = number_of(serial, self.born)

    def cells(self, at: int) -> tuple[str, ...] | None:
        """Return name, number, day of birth and state in a list; nothing if not in it."""
        how, _, more = self.lists[at].partition("：")
        wrong = number_of(900, self.born)
        shown = {
            "号": (self.name, self.number, ""),
            "错号": (self.name, wrong, ""),
            "同号": (more, self.number, ""),
            "生": (self.name, "", f"{self.born}"),
            "名": (self.name, "", ""),
            "-": None,
        }[how]
        return shown and (*shown, "" if how == "同号" else more)


@pytest.fixture(scope="module")
def children():
    return [Child(number, line) for number, line in enumerate(CHILDREN.strip().splitlines(), 1)]


@pytest.fixture(scope="module")
def lists(children, tmp_path_factory):
    folder, read = tmp_path_factory.mktemp("名单"), {}
    for at, kind in enumerate(KINDS):
        book = Workbook()
        book.active.append(["姓名", "身份证号", "出生日期", "状态"])
        for cells in filter(None, (child.cells(at) for child in children)):
            book.active.append(cells)
        path = folder / f"{kind}.xlsx"
        book.save(path)
        read[kind] = read_people(kind, [path], DAY, lambda _: None)
    return read


@pytest.fixture(scope="module")
def found(lists):
    return compare(lists, AGE)


def names(lists, entries):
    told = (lists[one.kind].told(one.row, "姓名") for one in entries)
    return sorted(name.replace("周陆", "周六") for name in told)


def expected(children, word):
    return sorted(child.name for child in children if word in child.expected.split("、"))


@pytest.mark.parametrize("name", ["失学", "辍学", "脱贫户辍学"])
def test_the_three_lists_hold_those_counted_by_hand(children, lists, found, name):
    assert names(lists, found.lists[name]) == expected(children, name)


def test_whoever_may_be_somebody_else_is_doubtful_and_in_no_list_for_that(children, lists, found):
    assert set(names(lists, found.doubts)) == set(expected(children, "存疑"))
    how = {lists[one.kind].told(one.row, "姓名"): one.match.how for one in found.doubts}
    assert (how["周二"], how["周五"]) == ("同名同生日", "仅同名")
    assert how["周六"] == "同号异名"


def test_whose_lists_disagree_otherwise_stands_apart(children, lists, found):
    at_school = [one for one in found.odd if one.kind == "在校"]
    assert names(lists, at_school) == expected(children, "在校没有学籍")
    others = [one for one in found.odd if one.kind != "在校"]
    assert sorted(set(names(lists, others))) == sorted(set(expected(children, "另列")))


def test_everybody_of_every_list_is_counted_once(lists, found):
    for kind, people in lists.items():
        assert sum(found.account[kind].values()) == people.count, kind
    account = Counter(found.account["户籍"])
    assert (account["不到学龄"], account["已成年"]) == (2, 1)


def test_a_namesake_with_a_number_of_his_own_is_nobody_else(lists, found):
    """Of two called 陈一, one is at school: the other is not taken for him."""
    twice = [one for one in found.lists["失学"] if lists[one.kind].told(one.row, "姓名") == "陈一"]
    assert len(twice) == 1


def test_the_tables_say_where_each_stands_and_mask_numbers(lists, found):
    tables = {table.title: table for table in tables_of(found, lists, (), open_ids=False)}
    first = dict(zip(tables["失学名单"].heads, tables["失学名单"].rows[0], strict=True))
    assert first["姓名"] == "钱一" and first["身份证号"].startswith("530102********")
    assert first["所在名单"].endswith("第6行") and "都没有" in first["为什么列入"]
    doubt = next(row for row in tables["存疑"].rows if row[1] == "周五")
    assert "只有姓名相同" in doubt[6] and doubt[7] == "周五"


def test_one_person_twice_in_a_list_counts_once_and_one_number_under_two_names_is_told(tmp_path):
    book = Workbook()
    own, other = number_of(1, date(2014, 3, 1)), number_of(2, date(2014, 3, 2))
    rows = (("韦一", own), ("韦一", own), ("韦二", other), ("韦三", other), ("韦四", own[:-1]))
    for row in (("姓名", "身份证号"), *rows):
        book.active.append(row)
    book.save(tmp_path / "学籍.xlsx")
    people = read_people("学籍", [tmp_path / "学籍.xlsx"], DAY, lambda _: None)
    assert (people.rows, people.doubled, people.count) == (5, 1, 4)
    told = [(one.code, one.place.path) for one in people.problems]
    assert told == [("COMP001", "Sheet!B6"), ("COMP004", "Sheet!第3行"), ("COMP005", "Sheet!第5行")]


def test_nothing_of_a_list_is_evaluated_in_the_result(lists, found, tmp_path):
    from kcbx_docs.office.spreadsheet import workbook_of

    data = workbook_of(tables_of(found, lists, (), open_ids=True))
    (tmp_path / "结果.xlsx").write_bytes(data)
    book = load_workbook(tmp_path / "结果.xlsx")
    assert book.sheetnames == [
        *("失学名单", "辍学名单", "脱贫户辍学名单", "存疑", "另列", "核对账", "名单问题")
    ]
    cells = [cell for row in book["失学名单"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value} <= {"s", "inlineStr"}


def test_each_child_of_the_lists_is_one_lead_and_one_case(lists, found):
    children = children_found(found, lists, DAY)
    told = [child.pupil.pupil.name for child in children]
    listed = {name for one in found.lists.values() for name in names(lists, one)}
    assert sorted(set(told)) == sorted(name.replace("周六", "周陆") for name in listed)
    assert len(told) == len(listed) == 13  # 钱二 and 孙二 stand on two lists
