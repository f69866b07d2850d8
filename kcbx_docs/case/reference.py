"""The reference of every key of every file, written from the models:
``python -m kcbx_docs.case.reference``.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kcbx_docs.case.columns import PEOPLE, roster_words
from kcbx_docs.case.event import Event
from kcbx_docs.case.event_kinds import COMMON, EVENT_FIELDS, EventKind
from kcbx_docs.case.exclusions import Examination
from kcbx_docs.case.schema import FILES, TITLES, shape_of
from kcbx_docs.case.service_methods import METHODS
from kcbx_docs.handwriting.known_keys import models_in
from kcbx_docs.reading import Model

PATH = Path("docs/案件文件.md")
_NAMED: Mapping[type[Model], str] = {Examination: "排除情形的一项"}
_INTRO = """# 案件文件

本页由程序按数据模型生成（`python -m kcbx_docs.case.reference`），列出每一种文件的每一个键。

写法：每行一个「键: 值」，冒号用英文冒号加一个空格；列表每项以「- 」开头，或写成 `[甲, 乙]`，\
也可以用顿号隔开（案件的「要求」是句子，不拆）；
下一层缩进两格。值都按文字读取，日期写成 2026-09-01，是非写 是 或 否。\
不认识的键、重复的键都会报错并指出行列。
第一个键决定文件的种类：`案件`、`批次`、`公文`、`工作` 或 `线索`。\
除注明「必填」的以外，没有内容的键可以不写。
"""


def reference() -> str:
    """Return the reference as Markdown."""
    parts = [_INTRO]
    for kind, model in FILES.items():
        parts.append(f"## {TITLES[kind]}\n")
        parts += _tables(kind, model)
        if kind == "批次":
            parts.append(_roster())
    return "\n".join(parts)


def _tables(kind: str, model: type[Model]) -> Iterator[str]:
    """Write a table for a kind of file and for every record inside it."""
    shape = shape_of(kind)
    titles = dict(models_of(model, ""))
    for part, title in titles.items():
        if title:
            yield f"### {title}\n"
        yield _table(part, shape if part is model else shape["$defs"][part.__name__], titles)
        if part is Event:
            yield _events()


def models_of(model: type[Model], title: str) -> Iterator[tuple[type[Model], str]]:
    """Yield a model and those inside it, each once, named after the key that holds it."""
    found: dict[type[Model], str] = {model: title}
    queue = [model]
    while queue:
        for info in queue.pop(0).model_fields.values():
            for inner in models_in(info.annotation):
                if inner not in found and issubclass(inner, Model):
                    found[inner] = _NAMED.get(inner, str(info.alias))
                    queue.append(inner)
    yield from found.items()


def _table(model: type[Model], schema: Mapping[str, Any], titles: Mapping[type[Model], str]) -> str:
    names = {part.__name__: title for part, title in titles.items()}
    rows = ["| 键 | 写法 | 说明 |", "|---|---|---|"]
    for info in model.model_fields.values():
        key = str(info.alias)
        how = written(schema["properties"][key], names)
        needed = "（必填）" if info.is_required() else ""
        rows.append(f"| {key}{needed} | {how} | {info.description} |")
    return "\n".join(rows) + "\n"


def written(schema: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Say how a value is written, in words."""
    if "$ref" in schema:
        return f"见「{names[schema['$ref'].split('/')[-1]]}」"
    if "anyOf" in schema:
        kinds = [written(part, names) for part in schema["anyOf"] if part.get("type") != "null"]
        return "，或".join(dict.fromkeys(kinds))
    if "enum" in schema:
        words = [str(word) for word in schema["enum"]]
        return "、".join(words) if len(words) <= 16 else "见下表"
    if "const" in schema:
        return str(schema["const"])
    if schema.get("type") == "array":
        return f"列表（{written(schema.get('items', {}), names)}）"
    return _plain_kind(schema)


def _plain_kind(schema: Mapping[str, Any]) -> str:
    known = {"object": "一组 键: 值", "integer": "整数"}
    kind = str(schema.get("type"))
    if kind in known:
        return known[kind]
    return {"date": "日期", "time": "时间"}.get(str(schema.get("format")), "文字")


def _events() -> str:
    lines = [
        "#### 事项表\n",
        f"每一项都要写 日期 和 事项；都可以写 {'、'.join(COMMON)}。对象不写就是全部监护人。\n",
        "| 事项 | 意思 | 必须写 | 还可以写 |",
        "|---|---|---|---|",
    ]
    for name, rule in EVENT_FIELDS.items():
        needed = _keys(rule, rule.required)
        extra = _keys(rule, [key for key in rule.extra if key not in rule.required])
        lines.append(f"| {name} | {rule.about} | {needed} | {extra} |")
    lines += [
        "\n送达的方式不同，还要写：\n",
        "| 方式 | 必须写 | 不写的送达有疑问 |",
        "|---|---|---|",
    ]
    for method in METHODS.values():
        if method.proofs:
            needed = "；".join(map("或".join, method.proofs))
            lines.append(f"| {method.name} | {needed} | {'；'.join(method.asked) or '—'} |")
    lines += ["| 任何方式没有送到 | 结果: 未送达；原因 | — |"]
    lines += ["| 寄出还没有到 | 结果: 在途；交寄日期 | — |"]
    return "\n".join(lines) + "\n"


def _keys(rule: EventKind, keys: Iterable[str]) -> str:
    """List keys, each with the words that it may have."""
    words: list[str] = []
    for key in keys:
        choices = f"（{'、'.join(rule.choices[key])}）" if key in rule.choices else ""
        words.append(f"{key}{choices}")
    return "、".join(words) or "—"


def _roster() -> str:
    data = roster_words()
    people = "、".join(f"{person}（{'、'.join(data['people'][person][1:5])}）" for person in PEOPLE)
    keys = "、".join(data["keys"])
    columns: list[str] = []
    for field, words in data["pupil"].items():
        known = [word for word in words if not word.isascii()]
        columns.append(f"| {field} | {'、'.join(known)} |")
    lines = [
        "### 名册的列\n",
        "表头按下表认列，空格、括号里的话和标点不计；表头上面的标题、下面的填表人一行会跳过；"
        "可以是两行表头。",
        "没有班级一列的，用工作表的名称作班级。身份证号和学籍号一列要设为「文本」格式。\n",
        "| 名称 | 也认得的列名 |",
        "|---|---|",
        *columns,
        f"\n家里的人：{people}，每人可有 {keys}，如 父亲电话、家长姓名、监护人2关系。",
        "父母是监护人；其他人作为受托照护人，除非「是否监护人」写 是。",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PATH.write_text(reference(), "utf-8")
