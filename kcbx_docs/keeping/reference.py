"""docs/模板变量.md: all that a template may name, written from the models; results are computed."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from kcbx_docs.law.registry import load_registry
from kcbx_docs.packs.chain import NATIONAL, find_packs, shipped_root
from kcbx_docs.packs.language import environment
from kcbx_docs.packs.parameters import parameters_of
from kcbx_docs.packs.schema import Variable, walk
from kcbx_docs.papers.context import context_schema
from kcbx_docs.papers.functions import Citer, Figures
from kcbx_docs.problems import Place


class Word(NamedTuple):
    """A filter, test or function: what it does, and a piece of a template that shows it."""

    name: str
    about: str
    example: str


DAY = datetime.date(2026, 9, 1)
SAMPLE: Mapping[str, Any] = {
    "首次缺课": DAY,
    "学生": {"姓名": "普云飞", "年级": None, "年龄": 13},
    "金额": Decimal("500.50"),
    "要求": ("到校上课", "不再缺课"),
    "证据": ({"名称": "考勤记录", "页码": "3"}, {"名称": "户口簿", "页码": None}),
    "全部监护人": ({"姓名": "普正华", "性别": "男"}, {"姓名": "李桂仙", "性别": "女"}),
    "劝返": ({"日期": DAY}, {"日期": DAY}),
    "回答": "没有打算。\n再想想。",
}
"""What the examples are filled with."""

FILTERS = (
    Word("日期", "写成某年某月某日", "{{ 首次缺课|日期 }}"),
    Word("月日", "只写月和日", "{{ 首次缺课|月日 }}"),
    Word("汉字日期", "写成汉字日期", "{{ 首次缺课|汉字日期 }}"),
    Word("大写", "金额写成大写", "{{ 金额|大写 }}"),
    Word("汉字", "整数写成汉字", "{{ 劝返|length|汉字 }}"),
    Word("数量", "件数、次数写成汉字，二写作两", "{{ 劝返|length|数量 }}次"),
    Word(
        "合并日期",
        "几个日期连写，同年同月的只写一次",
        '{{ 劝返|map(attribute="日期")|合并日期 }}',
    ),
    Word("顿号", "列表用顿号连接", "{{ 要求|顿号 }}"),
    Word("连接", "列表用指定的符号连接", '{{ 要求|连接("；") }}'),
    Word("名单", "取出列表里各人的姓名，用顿号连接", "{{ 全部监护人|名单 }}"),
    Word("勾选", "是则印 ■，否则印 □", "{{ (学生.年龄 > 12)|勾选 }}{{ 学生.年级|勾选 }}"),
    Word("默认", "没有内容时改印别的；不写就什么也不印", '{{ 学生.年级|默认("未编班") }}'),
    Word("段落", "几行的文字拆成一段一段", "{% for 段 in 回答|段落 %}［{{ 段 }}］{% endfor %}"),
    Word("length", "列表有几项，文字有几个字", "{{ 证据|length }}"),
    Word("count", "同 length", "{{ 证据|count }}"),
    Word("first", "第一项", "{{ (证据|first).名称 }}"),
    Word("last", "最后一项", "{{ (证据|last).名称 }}"),
    Word("list", "成为列表，用在 selectattr 等之后", '{{ 证据|selectattr("页码")|list|length }}'),
    Word("map", "取出每一项的同一内容", '{{ 证据|map(attribute="名称")|顿号 }}'),
    Word(
        "selectattr",
        "只留某项有内容的，或符合条件的",
        '{{ 全部监护人|selectattr("性别", "eq", "女")|名单 }}',
    ),
    Word(
        "rejectattr",
        "去掉某项有内容的，或符合条件的",
        '{{ 证据|rejectattr("页码")|map(attribute="名称")|顿号 }}',
    ),
    Word("sort", "排序", '{{ 证据|map(attribute="名称")|sort|顿号 }}'),
    Word("unique", "去掉重复", '{{ 劝返|map(attribute="日期")|unique|顿号 }}'),
    Word("sum", "求和", "{{ [2, 3]|sum }}"),
    Word("min", "最小的", "{{ [2, 3]|min }}"),
    Word("max", "最大的", "{{ [2, 3]|max }}"),
    Word("int", "成为整数", '{{ "12"|int + 1 }}'),
    Word("abs", "绝对值", "{{ -3|abs }}"),
    Word("trim", "去掉两头的空白", '{{ " 甲 "|trim }}'),
    Word("reverse", "倒过来", "{{ 要求|reverse|顿号 }}"),
)

TESTS = (
    Word("== != > >= < <=", "比较", "{% if 学生.年龄 >= 12 %}是{% endif %}"),
    Word("in", "在列表里，或包含在文字里", '{% if "到校" in 要求[0] %}是{% endif %}'),
    Word("is odd", "是单数", "{% if 学生.年龄 is odd %}是{% endif %}"),
    Word("is even", "是双数", "{% if 学生.年龄 is even %}是{% else %}否{% endif %}"),
    Word("is divisibleby", "能被整除", "{% if 学生.年龄 is divisibleby(13) %}是{% endif %}"),
    Word("is none", "没有内容；一般写 if 就行", "{% if 学生.年级 is none %}是{% endif %}"),
    Word(
        "and or not", "并且、或者、不是", "{% if 学生.年龄 > 12 and not 学生.年级 %}是{% endif %}"
    ),
)

FUNCTIONS = (
    Word(
        "法条",
        "引用法条：法律、条、款、项；按行为那一天的版本核对，写错了会报错；"
        "第一次用全称，后面还要用的自动写明「以下简称」",
        '{{ 法条("义务教育法", 58) }}',
    ),
    Word(
        "法条",
        "同一部法律的几条写在一起；其中一条有款、项的写成 [条, 款, 项]",
        '{{ 法条("行政处罚法", [44, 45, [63, 1, 1]]) }}',
    ),
    Word(
        "法条",
        "一项规则所依据的条文，旧法时的行为自动用旧法",
        '{{ 法条(规则="review-60") }}',
    ),
    Word("规则", "登记的期限、数额，写编号或名称", '{{ 规则("review-60") }}'),
)

HEAD = """# 模板变量

本页由程序生成（`python -m kcbx_docs.cli.reference`），不要手工改；测试保证它与程序一致。

模板里的变量写成 `{{ 学生.姓名 }}`，语句写成 `{% if 学校 %} … {% endif %}`、\
`{% for 人 in 全部监护人 %} … {% endfor %}`、
`{% set 甲 = 全部监护人|first %}`；另有 `{% block 名称 %}`、`{% include "片段" %}` \
和给维护人看的 `{# 说明 #}`。
标签里一律用英文标点。没有内容的变量直接印会报错，先用 `if` 判断，或者写 `|默认`；
`<blank name="…" width="…">` 里的例外，留空由人填写。带 `[]` 的是列表，用 `for` 逐项写。
"""
PLACE = (
    "`地方` 里是模板包的名称和参数，各地可以增加；下面是全国模板包里有的，"
    "用 `kcbx pack show 云南省` 可以看到每个地方的值。"
)


def variables_page() -> str:
    """Return the page."""
    packs, _ = find_packs((shipped_root(),))
    schema = context_schema(parameters_of(packs[NATIONAL].pack.values))
    parts = [HEAD, "## 变量"]
    for name, variable in schema.fields.items():
        told = replace(variable, description=PLACE) if name == "地方" else variable
        if told.kind != "function":
            parts.append(_variable(name, told))
    parts += ["## 过滤器\n\n写在变量后面，用 `|` 隔开，可以连用。", _words(FILTERS)]
    parts += ["## 判断", _words(TESTS), "## 函数", _words(FUNCTIONS)]
    parts += ["## 循环里的 loop", _loop()]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _variable(name: str, variable: Variable) -> str:
    kinds = {"list": f"列表，写 `{{% for 项 in {name} %}}`", "record": "", "any": ""}
    kind = kinds.get(variable.kind, variable.type_name)
    optional = "可以没有" if variable.optional else ""
    about = "；".join(filter(None, (variable.description, kind, optional)))
    lines = [f"### {name}", "", about]
    below = variable.item if variable.kind == "list" and variable.item else variable
    start = f"{name}[]" if variable.kind == "list" else name
    rows = list(walk(below, start))
    if rows:
        lines += ["", "| 变量 | 类型 | 说明 |", "|---|---|---|"]
        lines += [f"| `{path}` | {_type(one)} | {_cell(one.description)} |" for path, one in rows]
    return "\n".join(lines)


def _type(variable: Variable) -> str:
    kinds = {"list": "列表", "record": "一组", "any": "各地自定"}
    word = kinds.get(variable.kind, variable.type_name)
    return f"{word}，可以没有" if variable.optional else word


def _words(words: tuple[Word, ...]) -> str:
    return "\n".join(["| 名称 | 作用 | 例子 | 印出来 |", "|---|---|---|---|", *_rows(words)])


def _rows(words: tuple[Word, ...]) -> Iterator[str]:
    for word in words:
        yield f"| `{word.name}` | {word.about} | `{_cell(word.example)}` | {_cell(shown(word))} |"


def shown(word: Word) -> str:
    """Return what an example prints."""
    registry = load_registry()[0]
    citer = Citer(registry, DAY, Place())
    context = {**SAMPLE, "法条": citer, "规则": Figures(registry, citer)}
    return environment.from_string(word.example).render(context)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _loop() -> str:
    return (
        "`loop.index` 是第几项（从 1 起），`loop.first`、`loop.last` 是不是第一项、最后一项，"
        "`loop.length` 共几项。\n\n"
        "例如 `{% for 人 in 全部监护人 %}{{ 人.姓名 }}"
        "{% if not loop.last %}、{% endif %}{% endfor %}`。"
    )
