"""From what a file holds to what an editor is told: every spelling that the reader takes is let
through, and what is wrong is said in the words of ``problems.toml``.

``errorMessage`` is what the YAML extension of VS Code shows instead of English of its own.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from kcbx_docs.case.event_kinds import how_to_write
from kcbx_docs.case.fields import FOLDER_BYTES, folder_pattern, money_pattern, period_pattern
from kcbx_docs.handwriting.day_patterns import clock_pattern, day_inside
from kcbx_docs.problems import problem, texts_of

Schema = dict[str, Any]
PLAIN = ["string", "number", "boolean"]
"""What an editor takes an unquoted text for: 010 and true are read as text all the same."""
_COMPACT = {"minimum": 10101, "maximum": 99991231}
"""Bounds of a day that is written without signs between: an editor takes it for a number."""
_MOST_DIGITS = 9
_SUM = {"exclusiveMinimum": 0, "maximum": 999_999_999.99}


def _hint(code: str, **facts: object) -> str:
    return texts_of(code)["hint"].format_map({"advice": "", **facts})


def _day() -> Schema:
    return _text(f"^{day_inside()}$", _hint("TYPE005"), "integer", **_COMPACT)


def _text(pattern: str, told: str, *types: str, **bounds: object) -> Schema:
    return {"type": ["string", *types], "pattern": pattern, **bounds, **_said(told)}


def _said(text: str) -> Schema:
    return {"errorMessage": text}


def _deadline(*, effect: bool) -> Schema:
    period = period_pattern(effect=effect)
    told = _hint("CASE005")
    return _text(f"^(?:{day_inside()}|{period})$", told, "integer", **_COMPACT)


_FORMATS: Mapping[str, Callable[[], Schema]] = {
    "date": _day,
    "time": lambda: _text(clock_pattern(), _hint("CASE002")),
    "money": lambda: _text(f"^{money_pattern()}$", _hint("CASE003"), "number", **_SUM),
    "money-or-unknown": lambda: _text(
        f"^(?:未知|{money_pattern()})$", _hint("CASE003"), "number", **_SUM
    ),
    "deadline": lambda: _deadline(effect=True),
    "receipt-deadline": lambda: _deadline(effect=False),
    "count": lambda: _text(
        r"^\s*0*[1-9１-９][0-9０-９]{0,2}\s*$", _hint("BTCH001"), "integer", minimum=1, maximum=999
    ),
    "folder": lambda: _text(
        folder_pattern(),
        _hint("CASE004", bytes=FOLDER_BYTES),
        "integer",
        "boolean",
        maxLength=FOLDER_BYTES,
    ),
}
"""The spellings of a value that is more than text, by the name that its type gives them."""


@cache
def _format(name: str) -> Schema:
    return _FORMATS[name]()


def for_editor(node: Any) -> Any:
    """Return a shape as an editor takes it: open keys, every spelling, Chinese words."""
    if isinstance(node, list):
        return [for_editor(item) for item in node]
    if not isinstance(node, dict):
        return node
    inner = {key: for_editor(value) for key, value in node.items()}
    if "properties" not in node:
        return _value(inner)
    keys = {key: or_nothing(value) for key, value in inner["properties"].items()}
    whole = {**inner, "properties": keys}
    return _record(whole) if node.get("additionalProperties") is False else whole


def _value(node: Schema) -> Schema:
    """Write a single value."""
    kept = {key: value for key, value in node.items() if key not in ("format", "type")}
    if (name := node.get("format")) in _FORMATS:
        return {**kept, **_format(str(name))}
    if "enum" in node:
        words = [str(word) for word in node["enum"] if word is not None]
        code = "TYPE011" if words == ["是", "否"] else "TYPE007"
        return {**_said(_hint(code, allowed="、".join(words))), **node}
    kinds: Mapping[object, Callable[[Schema], Schema]] = {
        "string": _plain_text,
        "integer": _whole_number,
        "array": _list,
    }
    kind = node.get("type")
    write = kinds.get(kind) if isinstance(kind, str) else None
    return write(node) if write else node


def _plain_text(node: Schema) -> Schema:
    if "pattern" in node:
        return {**node, **_as_number(node["pattern"])}
    return {**node, "type": PLAIN, **_said(_hint("TYPE008"))}


def _as_number(pattern: str) -> Schema:
    """Say what an editor may take a text of a pattern for: digits alone are a number to it."""
    lengths = [n for n in range(1, _MOST_DIGITS + 1) if re.search(pattern, "5" * n)]
    types = ["string"]
    if re.search(pattern, "true"):
        types.append("boolean")
    if not lengths:
        return {"type": types}
    least = 10 ** (lengths[0] - 1) if lengths[0] > 1 else 0
    return {"type": [*types, "integer"], "minimum": least, "maximum": 10 ** lengths[-1] - 1}


def _whole_number(node: Schema) -> Schema:
    """Let a number stand in quotation marks, too."""
    sign = "-?" if node.get("minimum") is None else ""
    return {**node, **_text(f"^{sign}[0-9]+$", _hint("TYPE006"), "integer")}


def _list(node: Schema) -> Schema:
    return {**node, **_said(_hint("TYPE004"))}


def _record(node: Schema) -> Schema:
    """Write a group of keys so that whatever is wrong with it has words of its own."""
    told = [{"type": node.get("type", "object"), **_said(_message("TYPE003", advice=_LINES))}]
    rules = [*told, *map(_needed, node.get("required", ())), *node.get("allOf", ())]
    kept = {key: node[key] for key in node if key not in ("type", "required", "allOf")}
    return {**kept, **_said(_unknown_key([*node["properties"]])), "allOf": rules}


_LINES = "请另起一行、缩进两格再写。"
_MANY = 24


def _message(code: str, **facts: object) -> str:
    """Return the advice of a code, preceded by what is wrong where that names no key."""
    told = texts_of(code)
    said = told["message"].replace("「{key}」", "这里")
    return said + told["hint"].format_map(facts)


def _needed(key: str) -> Schema:
    return {"required": [key], **_said(problem("TYPE001", None, key=key, advice="").message)}


def _unknown_key(keys: Sequence[str]) -> str:
    more = " 等" if len(keys) > _MANY else ""
    return f"不认识的键。这里可以写：{'、'.join(keys[:_MANY])}{more}。"


def event_rule(name: str, needed: Sequence[str], allowed: Sequence[str]) -> Iterator[Schema]:
    """Yield what a kind of event asks for, each with its words."""
    for key in needed:
        facts = {"kind": name, "key": key, "needed": "、".join(needed)}
        found = problem("CASE040", None, **facts, how=how_to_write(name, key))
        yield {"required": [key], **_said(found.message + found.hint)}
    told = f"「{name}」里不能写这个键。可以写：{'、'.join(allowed)}。"
    yield {"propertyNames": {"enum": list(allowed), **_said(told)}}


def or_nothing(schema: Schema) -> Schema:
    """Let a key be left open, as the reader does: an empty value counts as not written.

    That a key is required is still told. What decides the kind of the file is not left open.
    """
    if "anyOf" in schema:
        return {**schema, "anyOf": _with(schema["anyOf"], {"type": "null"})}
    if "$ref" in schema:
        kept = {key: value for key, value in schema.items() if key != "$ref"}
        return {**kept, "anyOf": [{"$ref": schema["$ref"]}, {"type": "null"}]}
    opened = dict(schema)
    if "enum" in opened:
        opened["enum"] = _with(opened["enum"], None)
    if "type" in opened and "const" not in opened:
        kinds = opened["type"]
        opened["type"] = _with(kinds if isinstance(kinds, list) else [kinds], "null")
    return opened


def _with(known: list[Any], more: Any) -> list[Any]:
    return known if more in known else [*known, more]
