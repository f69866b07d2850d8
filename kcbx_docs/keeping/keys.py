"""docs/模板包的键.md: every key of every file of a pack, written from the models; examples are
those of the files that come with the program.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from kcbx_docs.case.reference import models_of, written
from kcbx_docs.handwriting.known_keys import models_in
from kcbx_docs.keeping.schemas import KEEPERS, TITLES
from kcbx_docs.law.files import DATA, read_shipped
from kcbx_docs.packs.cards import heads_in
from kcbx_docs.packs.chain import NATIONAL, find_packs, shipped_root
from kcbx_docs.packs.parameters import PARAMETERS
from kcbx_docs.reading import Model

_READERS = Path(__file__).with_name("readers.toml")
_LONGEST = 46
_INTRO = """# 模板包的键

本页由程序按数据模型生成（`python -m kcbx_docs.cli.reference`），列出模板包每一种文件的每一个键。\
怎样用它们，见 [维护模板](维护模板.md)；一份文书从头到尾怎样写，见 [新文书](新文书.md)。

写法和案件文件一样：每行一个「键: 值」，英文冒号后空一格；不认识的键会报错并指出行列。\
「不写」一栏是没有写的时候当作什么；「例子」取自随程序的文件，太长的用「…」省略。\
键旁边写明必填的，一条继承链里至少有一个文件写了它；下级只写和上级不同的。
"""
_ABOUT = {
    "pack": "每个模板包一个，在包的文件夹里。表逐项合并，列表整体替换。",
    "law": "可选，和 pack.yaml 在一起；本地的法规、规则、文书要求，登记了才能引用。"
    "随程序的法律也用这种写法。",
    "procedure": "可选，和 pack.yaml 在一起；只写和上级不同的步骤和检查。",
    "calendar": "每年一个，随程序提供（kcbx_docs/law/data/calendar）。",
    "document": "documents/编号.html 开头两行 `---` 之间；下级只写要改的键。",
}
_PARAMETERS = """## 参数

pack.yaml 的「参数」里可以写下面这些；另外加的，要有模板印它（`{{ 地方.名称 }}`），\
没有的 `kcbx pack lint` 会说。不知道的写 未知。

| 参数 | 写法 | 意思 | 全国的 | 例子 | 谁读 |
|---|---|---|---|---|---|
"""


def keys_page() -> str:
    """Return the page."""
    parts = [_INTRO]
    for name, model in KEEPERS.items():
        parts.append(f"## {TITLES[name]}\n\n{_ABOUT[name]}\n")
        parts += _tables(model)
        if name == "pack":
            parts.append(_PARAMETERS + "\n".join(_parameters()) + "\n")
    return "\n".join(parts)


def _tables(model: type[Model]) -> Iterator[str]:
    shape = model.model_json_schema(by_alias=True)
    titles = dict(models_of(model, ""))
    names = {part.__name__: title for part, title in titles.items()}
    for part, title in titles.items():
        if title:
            yield f"### {title}\n"
        own = shape if part is model else shape["$defs"][part.__name__]
        rows = ["| 键 | 写法 | 意思 | 不写 | 例子 | 谁读 |", "|---|---|---|---|---|---|"]
        rows += (_row(part, key, own["properties"][key], names) for key in _aliases(part))
        yield "\n".join(rows) + "\n"


def _aliases(model: type[Model]) -> list[str]:
    return [str(info.alias) for info in model.model_fields.values()]


def _row(model: type[Model], key: str, shape: Mapping[str, Any], names: Mapping[str, str]) -> str:
    info = next(one for one in model.model_fields.values() if one.alias == key)
    needed = "（必填）" if info.is_required() else ""
    absent = "" if info.is_required() else _absent(info.get_default(call_default_factory=True))
    records = [inner for inner in models_in(info.annotation) if issubclass(inner, Model)]
    example = "" if records else example_of(model, key)
    cells = (
        f"{key}{needed}",
        written(shape, names),
        info.description or "",
        absent,
        f"`{example}`" if example else "",
        reader_of(model, key),
    )
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _absent(default: Any) -> str:
    """Say what stands where nothing is written."""
    if isinstance(default, bool):
        return "是" if default else "否"
    return str(default) if isinstance(default, int | str) and default != "" else "没有"


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads(_READERS.read_text("utf-8"))


def reader_of(model: type[Model], key: str) -> str:
    """Say who reads a key."""
    told: dict[str, str] = _told()[model.__name__]
    return told.get(key, told["*"])


def example_of(model: type[Model], key: str) -> str:
    """Return the example of a key that is told, else the shortest that shipped files hold."""
    told: str | None = _told()["examples"].get(model.__name__, {}).get(key)
    found = _examples().get((model, key), ())
    return _cut(told or min(found, key=lambda text: (len(text), text), default=""))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


@cache
def _examples() -> Mapping[tuple[type[Model], str], set[str]]:
    found: dict[tuple[type[Model], str], set[str]] = {}
    for name, data in _shipped():
        _collect(KEEPERS[name], data, found)
    return found


def _shipped() -> Iterator[tuple[str, Any]]:
    """Yield what the files that come with the program say, by the kind of each."""
    root = shipped_root()
    for name in ("pack", "law", "procedure"):
        for path in sorted(root.rglob(f"{name}.yaml")):
            yield name, read_shipped(path).data
    for path in sorted(DATA.glob("*.yaml")):
        yield "law", read_shipped(path).data
    for path in sorted((DATA / "calendar").glob("*.yaml")):
        yield "calendar", read_shipped(path).data
    for head in heads_in(root):
        yield "document", head


def _collect(model: type[Model], data: Any, found: dict[tuple[type[Model], str], set[str]]) -> None:
    """Note the values of a record and of those inside it."""
    for info in model.model_fields.values():
        key = str(info.alias)
        if not isinstance(data, dict) or key not in data:
            continue
        value = data[key]
        if value not in (None, "", [], {}):
            found.setdefault((model, key), set()).add(shown(value))
        for inner in models_in(info.annotation):
            if issubclass(inner, Model):
                for record in _records(value):
                    _collect(inner, record, found)


def _records(value: Any) -> Iterable[Any]:
    """Yield what may be a record in a value: itself, the items of a list, the values of a map."""
    if isinstance(value, list):
        for one in value:
            yield from _records(one)
    elif isinstance(value, dict):
        yield value
        yield from chain.from_iterable(map(_records, value.values()))


def shown(value: Any) -> str:
    """Write a value in one line, as a file may hold it."""
    if isinstance(value, list):
        return f"[{', '.join(map(shown, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {shown(one)}' for key, one in value.items())}}}"
    if isinstance(value, date):
        return value.isoformat()
    text = str(value).replace("\n", " ").strip()
    return f'"{text}"' if not text or text[0] in "{[&*!|>%@`\"'" or ": " in text else text


def _parameters() -> Iterator[str]:
    packs, _ = find_packs([shipped_root()])
    national = packs[NATIONAL].source.data["参数"]
    for name, one in PARAMETERS.items():
        given = (p.source.data.get("参数", {}).get(name) for p in packs.values())
        told = {shown(value) for value in given if value not in (None, "未知", [], "")}
        example = min(told, key=lambda text: (len(text), text), default=one.example)
        common = shown(national[name]) if name in national else "没有"
        cells = (name, one.kind.words, one.about, _cut(common), f"`{_cut(example)}`", one.readers)
        yield f"| {' | '.join(map(_cell, cells))} |"
