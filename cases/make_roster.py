"""Make 名册.xlsx, the sample roster:
sixty invented pupils in three classes, the same bytes each time.
"""

import io
import random
import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from stdnum.cn import ric

CLASSES = ("七年级1班", "七年级2班", "七年级3班")
SIZE = 20
HEADER = (
    "序号",
    "姓名",
    "性别",
    "民族",
    "身份证号",
    "学籍号",
    "现住址",
    "是否住校",
    "留守情况",
    "父亲姓名",
    "父亲电话",
    "母亲姓名",
    "母亲电话",
    "照护人姓名",
    "照护人关系",
    "照护人电话",
)
SURNAMES = "普李张杨王罗段白沈方陈赵周施孔矣"
GIVEN = (
    "云飞",
    "晓岚",
    "文清",
    "正宁",
    "玉芬",
    "志远",
    "慧琴",
    "国良",
    "建川",
    "思远",
    "雨桐",
    "子涵",
    "春燕",
    "明辉",
    "丽萍",
    "家乐",
)
FATHERS = ("建国", "大明", "志强", "正华", "永贵", "开荣", "文斌", "家富", "绍云", "海林", "国栋")
MOTHERS = ("美珍", "桂仙", "秀兰", "丽琼", "云芬", "凤英", "翠花", "红梅", "艳萍")
SPECIAL = {
    ("七年级1班", 3): ("李喆", "男", "汉族"),
    ("七年级1班", 7): ("岩温罕", "男", "傣族"),
    ("七年级1班", 12): ("阿卜杜热合曼·阿卜杜热西提", "男", "维吾尔族"),
    ("七年级2班", 2): ("杨堃", "男", "白族"),
    ("七年级2班", 9): ("玉儿波", "女", "傣族"),
    ("七年级2班", 15): ("扎西·德吉", "女", "藏族"),
    ("七年级3班", 5): ("普䶮", "女", "彝族"),
    ("七年级3班", 11): ("罗㛃", "女", "哈尼族"),
    ("七年级3班", 18): ("居马洪·买买提", "男", "哈萨克族"),
}
LEFT_BEHIND = {("七年级1班", 5), ("七年级2班", 9), ("七年级3班", 14)}
GROUPS = ("岩脚小组", "河尾小组", "白沙小组", "石桥小组")


def id_number(born: date, order: int) -> str:
    """Return a number with the right check digit of a county code that is not in use."""
    front = f"530499{born:%Y%m%d}{order:03d}"
    return front + str(ric.calc_check_digit(front + "0"))


def rows_of(label: str, chance: random.Random) -> Iterator[tuple[object, ...]]:
    """Yield the rows of one class."""
    names = chance.sample([surname + given for surname in SURNAMES for given in GIVEN], SIZE)
    for number, usual in enumerate(names, 1):
        drawn = usual, chance.choice("男女"), chance.choice(("汉族", "彝族", "哈尼族"))
        name, sex, nation = SPECIAL.get((label, number), drawn)
        born = date(2013, 9, 1) + timedelta(days=chance.randrange(364))
        order = 2 * (SIZE * CLASSES.index(label) + number) + (sex == "男")
        identity = id_number(born, order)
        family = (
            name[0]
            if "·" not in name and not name.startswith(("岩", "玉"))
            else chance.choice(SURNAMES)
        )
        place = f"云岭县青石镇白沙村{chance.choice(GROUPS)}{chance.randrange(1, 80)}号"
        phones = [f"138000{100 + 3 * order + person:05d}" for person in range(3)]
        away = (label, number) in LEFT_BEHIND
        carer = (
            (chance.choice(SURNAMES) + "秀英", "祖母", phones[2]) if away else (None, None, None)
        )
        yield (
            number,
            name,
            sex,
            nation,
            identity,
            f"G{identity}",
            place,
            chance.choice("是否"),
            "双亲留守" if away else "否",
            family + FATHERS[number % len(FATHERS)],
            phones[0],
            chance.choice(SURNAMES) + MOTHERS[number % len(MOTHERS)],
            phones[1],
            *carer,
        )


def roster() -> Workbook:
    """Return the workbook: one sheet a class, a title above the header, a note below the list."""
    chance, book = random.Random(2026), Workbook()
    book.remove(book.active)
    for label in CLASSES:
        sheet = book.create_sheet(label)
        sheet.append([f"云岭县青石中学{label}学生花名册"])
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(HEADER))
        sheet["A1"].font, sheet["A1"].alignment = (
            Font(bold=True, size=16),
            Alignment(horizontal="center"),
        )
        sheet.append(HEADER)
        for row in rows_of(label, chance):
            sheet.append(row)
        sheet.append([])
        sheet.append(["填表人：班主任"])
        for column, width in zip(
            "ABCDEFGHIJKLMNOP",
            (6, 28, 6, 10, 22, 23, 40, 10, 10, 12, 14, 12, 14, 12, 12, 14),
            strict=True,
        ):
            sheet.column_dimensions[column].width = width
    return book


def fixed(content: bytes) -> bytes:
    """Take the time of making out of a workbook."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            data = old.read(part)
            if part == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-08-25T00:00:00Z", data)
            new.writestr(zipfile.ZipInfo(part, (2026, 8, 25, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def workbook_bytes() -> bytes:
    """Return the file."""
    stream = io.BytesIO()
    roster().save(stream)
    return fixed(stream.getvalue())


if __name__ == "__main__":
    Path(__file__).with_name("名册.xlsx").write_bytes(workbook_bytes())
