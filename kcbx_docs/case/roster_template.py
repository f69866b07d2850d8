"""An empty roster for schools: every column as text, so that Excel changes no number and no class,
drop-downs where there is a choice, and a sheet that says how to fill it in.
"""

from kcbx_docs.case.columns import roster_words
from kcbx_docs.case.workbook import Choice, WrittenCell, WrittenSheet, workbook_bytes

NAME = "名册.xlsx"
ROWS = 2_000
"""Rows in which the drop-downs stand."""
COLUMNS: tuple[tuple[str, float, str], ...] = (
    ("姓名", 16, "必填。与户口簿一致；少数民族姓名的间隔用「·」；只写姓名。"),
    ("班级", 14, "必填。写全，如 七年级1班。"),
    ("性别", 6, "男、女。"),
    ("民族", 8, "如 彝族。"),
    ("身份证号", 22, "18 位；没有的留空。"),
    ("学籍号", 22, "没有的留空。"),
    ("出生日期", 12, "如 2013-05-06；有身份证号的可以不写。"),
    ("现住址", 32, "写到村组、门牌。"),
    ("住校", 6, "是、否。"),
    ("留守情况", 10, "否、单亲留守、双亲留守。"),
    ("状态", 10, "在校的不写；转出、休学、送教上门 的不印。"),
    ("父亲姓名", 12, "一格一个人；没有的留空，不写 无、去世。"),
    ("父亲电话", 14, "几个号码用顿号隔开。"),
    ("母亲姓名", 12, "同父亲姓名。"),
    ("母亲电话", 14, "同父亲电话。"),
    ("监护人姓名", 12, "父母以外、依法担任监护人的人；父母是监护人的不写。"),
    ("监护人关系", 10, "与学生的关系，如 祖父。"),
    ("是否监护人", 10, "依法担任监护人的写 是；受父母委托照看的写 否。"),
    ("监护人电话", 14, "几个号码用顿号隔开。"),
    ("照护人姓名", 12, "父母不在家，受委托照看孩子的人。"),
    ("照护人关系", 10, "与学生的关系，如 祖母。"),
    ("照护人电话", 14, "几个号码用顿号隔开。"),
    ("备注", 20, "其他。"),
)
_CHOICES = {
    "性别": ("男", "女"),
    "住校": ("是", "否"),
    "留守情况": ("否", "单亲留守", "双亲留守"),
    "状态": ("转出", "休学", "送教上门", "毕业"),
    "是否监护人": ("是", "否"),
}
_ADVICE = (
    "一名学生一行，从第 2 行起；不要合并单元格，不要在中间插入小标题。",
    "可以一个班一个工作表，工作表用班名命名；也可以全校一个表。两种只用一种。",
    "各列都是文本格式：身份证号、7-1 这样的班级不会变样。从别处粘贴请用「选择性粘贴 → 数值」。",
    "列可以删去，可以换次序；不要改列名。只有姓名和班级是必填的。",
    "填好以后运行 kcbx roster check 名册.xlsx，看每一行读成了什么。",
)


def template() -> bytes:
    """Write the empty roster as a workbook."""
    heads = {at: WrittenCell(name, "表头", about) for at, (name, _, about) in enumerate(COLUMNS)}
    widths = {at: width for at, (_, width, _) in enumerate(COLUMNS)}
    choices: list[Choice] = []
    for at, (name, _, _) in enumerate(COLUMNS):
        if name in _CHOICES:
            choices.append(Choice(at, 2, ROWS, _CHOICES[name]))
    form = WrittenSheet("名册", {1: heads}, widths, frozen=1, choices=tuple(choices))
    return workbook_bytes([form, _advice()])


def _advice() -> WrittenSheet:
    rows = {1: {0: WrittenCell("怎样填写", "标题")}}
    for text in _ADVICE:
        rows[len(rows) + 1] = {1: WrittenCell(text)}
    rows[len(rows) + 1] = {0: WrittenCell("列", "表头"), 1: WrittenCell("写什么", "表头")}
    for name, _, about in COLUMNS:
        rows[len(rows) + 1] = {0: WrittenCell(name), 1: WrittenCell(about)}
    return WrittenSheet(roster_words()["ignored"]["sheets"][1], rows, {0: 14, 1: 80})
