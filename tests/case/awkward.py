"""A roster with everything that makes rosters awkward, all names invented:
``python -m tests.case.awkward 名册.xlsx`` writes it, to be looked at.
"""

import io
import sys
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font
from stdnum.cn import ric

HEAD = [
    "序号",
    "姓名",
    "性别",
    "身份证号",
    "班级",
    "家长姓名",
    "与监护人关系",
    "电话",
    "学生状态",
    "备注",
]


def number(order: int, year: int = 2013) -> str:
    """Make a number of identity that nobody has: the county does not exist."""
    base = f"530499{year}0506{order:03d}"
    return base + str(ric.calc_check_digit(base + "0"))


GOOD = number(121)
WRONG = number(141)[:-1] + ("1" if number(141)[-1] != "1" else "2")
"""With a wrong last digit."""

PEOPLE = [
    [1, "普云飞", "男", GOOD, "七(1)班", "普正华", "父亲", 13800000001, "在读", "备注：走读"],
    [2, "岩温罕", "男", None, "七（1）班", "刀大明\n白桂仙", "", "13800000002", "", ""],
    [3, "玉儿波", "女", None, "7(1)", "去世", "", "13800000003", "", ""],
    [4, "李小花", "女", WRONG, "701", "沈秀英", "奶奶", "1.38E+10", "", ""],
    [5, "居马洪•买买提", "男", None, "七年级01班", "买买提·居马", "父亲", "", "", ""],
    [6, "王小明（转学）", "男", None, "七年级1班", "王大明", "父亲", "", "", ""],
    [7, "张晓岚", "女", None, "七年级1班", "张大山", "父亲", "", "休学", ""],
    [8, "李子涵2", "女", None, "七年级1班", "李大", "父亲", "", "", ""],
    [9, "沈䶮", "男", None, datetime(2026, 7, 1), "沈大明", "父亲", "", "", ""],
    [10, "杨堃", "男", None, "#N/A", "杨大", "父亲", "", "", ""],
    [11, "周无", "男", None, "七年级1班", "王同", "母亲", "", "", ""],
    [12, "陈静", "女", None, "七年级1班", "陈大", "父亲", "13800000012", "", ""],
    [13, "陈静", "女", None, "七年级1班", "陈二", "父亲", "13800000013", "", ""],
    [14, "罗燕", "女", None, "七年级1班", "阿依古丽 买买提", "", "", "", ""],
    [15, "白桂", "男", 530499201305061217, "七年级1班", "白大", "老乡", "", "", ""],
    [16, "矣有才", "男", None, "七年级1班", "父:矣大", "", "", "", ""],
    [17, "施正宁", "男", None, "七年级1班", "施大", "父亲", "", "", ""],
    [None, None, None, None, "七年级1班", "谁的家长", "", "", "", ""],
    ["合计", 17, None, None, None, None, None, None, None, None],
    ["填表人：罗玉芬", None, None, None, None, None, None, None, None, None],
]


def awkward() -> Workbook:
    """Make the workbook."""
    book = Workbook()
    book.remove(book.active)
    _first(book)
    _blocks(book)
    _side_by_side(book)
    notes = book.create_sheet("填写说明")
    notes.append(["请认真填写"])
    return book


def _first(book: Workbook) -> None:
    sheet = book.create_sheet("名单")
    sheet.append(["云岭县青石中学2026年秋季学期七年级学生花名册"])
    sheet.append(HEAD)
    for row in PEOPLE:
        sheet.append(row)
    sheet["B19"].font = Font(strike=True)
    sheet.row_dimensions[13].hidden = True


def _blocks(book: Workbook) -> None:
    """Two classes one below the other, each under its heading; classes merged downwards."""
    sheet = book.create_sheet("八年级")
    for label, names in (("八年级1班学生名单", "甲乙丙"), ("八年级2班学生名单", "丁戊己")):
        sheet.append([label])
        sheet.append(["序号", "姓名", "父亲姓名", "母亲姓名"])
        for at, name in enumerate(names, 1):
            sheet.append([at, f"方{name}", f"方大{name}", "无"])
    third = book.create_sheet("九年级")
    third.append(["班级", "姓名", "家长"])
    for at, name in enumerate("子丑寅卯辰巳"):
        third.append([["1班", None, None, "2班", None, None][at], f"孔{name}", f"孔大{name}"])
    third.merge_cells("A2:A4")
    third.merge_cells("A5:A7")


def _side_by_side(book: Workbook) -> None:
    sheet = book.create_sheet("六年级1班")
    sheet.append(["姓名", "家长", None, "姓名", "家长"])
    sheet.append(["何春", "何大", None, "何夏", "何二"])
    sheet.append(["何秋", "何三", None, "何冬", "何四"])


def awkward_bytes() -> bytes:
    """Return the workbook as a file."""
    out = io.BytesIO()
    awkward().save(out)
    return out.getvalue()


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(awkward_bytes())
