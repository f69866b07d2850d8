"""Lists as people keep them: numbers that Excel spoilt, placeholders, stars, twins, names with every
kind of dot. Nobody is taken for somebody else without being told of it.
"""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from kcbx_docs.comparing.children import children_found
from kcbx_docs.comparing.findings import SchoolAge, compare
from kcbx_docs.comparing.matching import matches
from kcbx_docs.comparing.people import Kind, People, read_people
from tests.comparing.test_forty_children import number_of

DAY = date(2026, 11, 28)
BORN = date(2014, 3, 1)
PLAIN = [one for one in (number_of(n, BORN) for n in range(1, 200)) if one[-1] != "X"]
WITH_X = [one for one in (number_of(n, BORN) for n in range(1, 200)) if one[-1] == "X"]
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
Cells = tuple[object, ...]


def _cases() -> dict[str, tuple[Cells, Cells, str]]:
    """What a household list and a roll say of one child, and how sure it is that it is one."""
    plain, ten = iter(PLAIN), iter(WITH_X)

    def same(change: object, how: str, name: str, other: str = "") -> tuple[Cells, Cells, str]:
        number = next(plain)
        return (name, change(number)), (other or name, number), how  # type: ignore[operator]

    def like_x(sign: str, name: str) -> tuple[Cells, Cells, str]:
        number = next(ten)
        return (name, number[:-1] + sign), (name, number), "号码"

    def both(number: object, how: str, name: str) -> tuple[Cells, Cells, str]:
        return (name, number), (name, number), how

    return {
        "a number": same(float, "仅同名", "浮一"),
        "in powers of ten": same(lambda _: "5.30102E+17", "仅同名", "科一"),
        "rounded": same(lambda one: one[:15] + "000", "仅同名", "圆一"),
        "rounded in both": both(PLAIN[50][:15] + "000", "错号同名", "圆二"),
        "a small x": like_x("x", "小一"),
        "a wide X": like_x("Ｘ", "宽一"),
        "a times sign": like_x("×", "乘一"),
        "a star for X": like_x("*", "星一"),
        "wide digits": same(lambda one: one.translate(WIDE), "号码", "宽二"),
        "spaces": same(lambda one: f" {one[:6]} {one[6:14]} {one[14:]}", "号码", "空一"),
        "hyphens": same(lambda one: f"{one[:6]}-{one[6:14]}-{one[14:]}", "号码", "横一"),
        "a pupil's number": same(lambda one: f"G{one}", "号码", "籍一"),
        "stars": same(lambda one: one[:6] + "********" + one[14:], "仅同名", "掩一"),
        "stars in both": both("530102********0119", "错号同名", "掩二"),
        "zeros": both("0" * 18, "错号同名", "零一"),
        "a placeholder": both("待补", "错号同名", "待一"),
        "none": both("无", "仅同名", "无一"),
        "a wrong last digit in both": both(PLAIN[51][:-1] + "X", "错号同名", "错一"),
        "two digits changed round": same(
            lambda one: one[:9] + one[10] + one[9] + one[11:], "仅同名", "颠一"
        ),
        "a digit lost": same(lambda one: one[:-1], "仅同名", "短一"),
        "two numbers": same(lambda one: f"{one}/{PLAIN[52]}", "仅同名", "两一"),
        "fifteen digits of a child": both("530102140301001", "错号同名", "旧一"),
        "a passport that nobody says is one": both("E12345678", "错号同名", "外一"),
        "another number": ((("同一", PLAIN[53])), ("同一", PLAIN[54]), "同名同生日"),
        "no number": (("生一", None, "2014-03-01"), ("生一", None, "2014.3.1"), "同名同生日"),
        "spaces in the name": same(str, "号码", "李 小 明", "李小明"),
        "a wide space in the name": same(str, "号码", "王　芳", "王芳"),
        "another dot": same(str, "号码", "阿依·买买提", "阿依•买买提"),
        "a wide dot": same(str, "号码", "古丽·艾力", "古丽．艾力"),
        "no dot": same(str, "同号异名", "玉素甫·江", "玉素甫江"),
        "a rare form": same(str, "同号异名", "李𠮷", "李吉"),
        "a letter": same(str, "同号异名", "张伟A", "张伟"),
    }


CASES = _cases()


def read(kind: Kind, rows: list[Cells], folder: Path) -> People:
    book = Workbook()
    book.active.append(["姓名", "身份证号", "出生日期", "状态"])
    for row in rows:
        book.active.append(row)
    path = folder / f"{kind}.xlsx"
    book.save(path)
    return read_people(kind, [path], DAY, lambda _: None)


@pytest.fixture(scope="module")
def hows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("名单")
    mine = read("户籍", [one for one, _, _ in CASES.values()], folder)
    theirs = read("学籍", [one for _, one, _ in CASES.values()], folder)
    found = matches(*(one.table.with_row_index("n") for one in (mine, theirs)))
    assert all(match.rows == (row,) for row, match in found.items())
    return {name: found[row].how for row, name in enumerate(CASES)}


@pytest.mark.parametrize("name", CASES)
def test_who_is_who(hows: dict[str, str], name: str) -> None:
    assert hows[name] == CASES[name][2]


def codes(people: People) -> list[str]:
    return [one.code for one in people.problems]


def test_children_with_the_same_placeholder_are_not_one(tmp_path: Path) -> None:
    rows: list[Cells] = [("李强", "待补", "2014-05-01"), ("李强", "待补", "2015-06-01")]
    homes, roll = read("户籍", rows, tmp_path), read("学籍", [("王五", PLAIN[0])], tmp_path)
    assert codes(homes) == ["COMP001", "COMP001"] and homes.count == 2
    lists: dict[Kind, People] = {"户籍": homes, "学籍": roll}
    found = compare(lists, SchoolAge(DAY, date(2026, 8, 31), 6, 18, 9))
    assert len(found.lists["失学"]) == 2
    assert len(children_found(found, lists, DAY)) == 2


def test_one_number_in_two_rows_that_contradict_each_other_is_told(tmp_path: Path) -> None:
    rows: list[Cells] = [("钱多", PLAIN[1], "", "转出"), ("钱多", PLAIN[1])]
    (told,) = read("学籍", rows, tmp_path).problems
    assert told.code == "COMP017" and "离校" in told.message
    assert codes(read("学籍", [rows[1], rows[1]], tmp_path)) == ["COMP004"]


def test_twins_of_one_name_and_a_number_of_two_children_are_told(tmp_path: Path) -> None:
    twins: list[Cells] = [("双一", None, "2014-03-01"), ("双一", None, "2014-03-01")]
    assert codes(read("户籍", twins, tmp_path)) == ["COMP006"]
    assert codes(read("户籍", [("重一", PLAIN[2]), ("重二", PLAIN[2])], tmp_path)) == ["COMP005"]
    two: list[Cells] = [("双二", PLAIN[3]), ("双二", PLAIN[4])]
    assert codes(read("户籍", two, tmp_path)) == []  # two numbers are two children
