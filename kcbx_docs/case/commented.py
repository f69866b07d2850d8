"""Write the files that people fill in:
what is known as values, every other key as a comment with its meaning.
"""

import json
import typing
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from kcbx_docs.case.event import Event
from kcbx_docs.case.fields import Short
from kcbx_docs.handwriting.known_keys import models_in
from kcbx_docs.light import regex
from kcbx_docs.reading import Model

Values = Mapping[str, Any]
_FIRST = r"\w（）〔〕《》“”〇·./+-"
_LAST = _FIRST.replace("+-", "、，。；：！？……—+%-")
_PLAIN = regex(rf"[{_FIRST}]([ {_LAST}]*[{_LAST}])?")
_NUMBER = regex(r"[\d.+-]+")
_DAY = regex(r"\d{4}-\d{2}-\d{2}")
_EVENTS = (
    "# - {日期: 2026-09-01, 事项: 首次缺课}",
    "# - {日期: 2026-09-03, 事项: 劝返, 方式: 家访, 对象: [某某], 参加人: [某某], 结果: 拒绝}",
    "# 还有哪些事项、各要写什么，见 kcbx docs 案件文件；编辑器也会提示。",
)

_HOW = (
    "写法：每行一个「键: 值」，英文冒号后空一格。"
    "前面有 # 的键不写也可以；要写时删去 # 和它后面的一个空格。"
)


def head_of(kind: str, schema: str, about: str) -> tuple[str, ...]:
    """Return the head of a file: its schema, what it is about, how it is written."""
    return (f"yaml-language-server: $schema={schema}/{kind}.json", about, _HOW)


def commented(
    model: type[Model],
    values: Values,
    head: Sequence[str] = (),
    keys: Container[str] | None = None,
) -> str:
    """Return the YAML text of a file: given values, required keys left open,
    all others commented out.

    A key that is given without a value is left open too; ``keys`` are those that are shown at all.
    """
    lines = [f"# {line}" for line in head]
    return "\n".join([*lines, *_body(model, values, 0, keys)]) + "\n"


def _body(
    model: type[BaseModel], values: Values, depth: int, keys: Container[str] | None = None
) -> Iterator[str]:
    pad = "  " * depth
    for name, info in model.model_fields.items():
        key = info.alias or name
        if keys is not None and key not in keys:
            continue
        value = values.get(key)
        if value == [] and info.is_required():
            yield f"{pad}{key}: []{_note(info.description)}"
            yield from _led(f"{pad}# ", _open(key, info))
        elif value not in (None, "", (), [], {}):
            yield from _given(key, value, info, depth)
        elif info.is_required() or key in values:
            yield from _led(pad, _required(key, info))
        else:
            yield from _led(f"{pad}# ", _open(key, info))
            if Event in models_in(info.annotation):
                yield from _led(pad, _EVENTS)


def _led(lead: str, lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield lead + line


def _required(key: str, info: FieldInfo) -> Iterator[str]:
    """Write a key that must still be filled in, with what stands below it."""
    inner = next(models_in(info.annotation), None)
    yield f"{key}:{_note(f'要填写。{info.description}')}"
    if inner and not _short(info):
        yield from _item(inner, {}, 1) if is_listed(info.annotation) else _body(inner, {}, 1)


def _given(key: str, value: Any, info: FieldInfo, depth: int) -> Iterator[str]:
    """Write a key with its value."""
    pad, inner = "  " * depth, next(models_in(info.annotation), None)
    note = _note(info.description)
    if isinstance(value, str) and "\n" in value:
        yield f"{pad}{key}: |{note}"
        yield from _led(f"{pad}  ", value.split("\n"))
    elif inner and isinstance(value, Mapping):
        yield f"{pad}{key}:{note}"
        yield from _body(inner, value, depth + 1)
    elif inner and _is_list_of_records(value):
        yield f"{pad}{key}:{note}"
        for item in value:
            yield from _item(inner, item, depth + 1)
    else:
        yield f"{pad}{key}: {flow(value)}{note}"


def _is_list_of_records(value: Any) -> bool:
    if not isinstance(value, list | tuple):
        return False
    return all(isinstance(item, Mapping) for item in value)


def _item(model: type[BaseModel], value: Values, depth: int) -> Iterator[str]:
    """Write one item of a list; events stand in one line each."""
    pad = "  " * depth
    if model is Event:
        yield f"{pad}- {flow(value)}"
        return
    lines = list(_body(model, value, depth + 1))
    yield f"{pad}- {lines[0].lstrip()}"
    yield from lines[1:]


def _open(key: str, info: FieldInfo, depth: int = 0) -> Iterator[str]:
    """Write a key without a value, with the keys below it."""
    pad, inner = "  " * depth, next(models_in(info.annotation), None)
    yield f"{pad}{key}:{_note(info.description)}"
    if inner is None or inner is Event or _short(info):
        return
    lines: list[str] = []
    for name, field in inner.model_fields.items():
        lines += _open(field.alias or name, field, depth + 1)
    if not is_listed(info.annotation):
        yield from lines
        return
    yield f"{pad}  - {lines[0].lstrip()}"
    yield from _led("  ", lines[1:])


def _parts(annotation: Any) -> tuple[Any, ...]:
    """Return an annotation with the members of it, if it is a union."""
    return (annotation, *typing.get_args(annotation))


def is_listed(annotation: Any) -> bool:
    """Tell whether a key holds a list."""
    return any(typing.get_origin(part) is tuple for part in _parts(annotation))


def _short(info: FieldInfo) -> bool:
    """Tell whether a plain text may stand for the whole record."""
    if is_listed(info.annotation):
        return False
    marks = [*info.metadata]
    for part in _parts(info.annotation):
        if typing.get_origin(part) is typing.Annotated:
            marks += part.__metadata__
    return any(isinstance(mark, Short) for mark in marks)


def _note(text: str | None) -> str:
    return f"   # {text}" if text else ""


def flow(value: Any) -> str:
    """Write a value in one line; text that YAML would misread is quoted."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int):
        return str(value)
    text = value.isoformat() if isinstance(value, date) else str(value)
    return text if _is_plain(text) else json.dumps(text, ensure_ascii=False)


def _is_plain(text: str) -> bool:
    """Tell whether every reader of YAML takes a text for itself: 01 would be one, a day stays."""
    if text.startswith("-") or not _PLAIN.fullmatch(text):
        return False
    return not _NUMBER.fullmatch(text) or bool(_DAY.fullmatch(text))


def written(record: Model) -> dict[str, Any]:
    """Return what a record says, by the keys of the file,
    without what is empty or left at its default.
    """
    values = {}
    for name, info in type(record).model_fields.items():
        value = getattr(record, name)
        if value != info.default and value not in (None, "", ()):
            values[info.alias or name] = tuple(map(written, value)) if _records(value) else value
    return values


def _records(value: object) -> bool:
    return isinstance(value, tuple) and all(isinstance(item, Model) for item in value)
