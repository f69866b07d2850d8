"""The facts of a case as forms ask for them: which records its file may hold, which keys those
have, how each is filled in. All of it is read from what the file is read into.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from kcbx_docs.case.schema import shape_of
from kcbx_docs.light import dataclass, regex
from kcbx_docs.office.several_lines import at_place
from kcbx_docs.reading import Loc

JOIN = "、"
PLAIN = "案件"
"""The record of the keys that stand in the file itself."""
_FIXED = ("案件", "编号")
"""What a file and its papers are known by: it stays as it is."""
_ELSEWHERE = ("经过",)
"""What is written down by forms of its own."""
_NAMES = (
    *("承办人", "关联案件", "家庭类别", "曾用姓名", "帮扶人", "回访日期"),
    *("包保人", "决定人", "被告", "法定代理人", "涉及", "出生年份"),
)
"""Lists of names, words and days, which stand in one line. Of every other list each item is a
sentence, which has commas of its own: one in a line.
"""
_BETWEEN = regex(r"[、，,\n](?![^（(]*[）)])")
_OF_TYPING = regex(r"\[\]|kcbx\.yaml")
_LONG = ("依据", "理由", "文本", "备注", "说明", "失学原因", "证明对象")


@dataclass(frozen=True)
class FactField:
    """One key: what it means, how it is filled in, what may be chosen."""

    key: str
    about: str
    required: bool
    way: str
    """text, long, day, choice, several (a list of names), lines (a list of sentences), or rows (a
    list of records).
    """
    choices: tuple[str, ...] = ()
    parts: tuple["FactField", ...] = ()
    """The keys of each of several records."""

    def shown(self, held: Any) -> str:
        """Write what stands in a file as a form shows it."""
        if isinstance(held, list):
            return ("\n" if self.way == "lines" else JOIN).join(map(_in_a_line, held))
        return _in_a_line(held)

    def items(self, held: Any) -> list[str]:
        """List what stands in a file one by one, as a form shows each."""
        if isinstance(held, list):
            return [*map(_in_a_line, held)]
        return [*filter(None, [_in_a_line(held)])]

    def rows(self, held: Any) -> list[dict[str, str]]:
        """Return the records that stand in a file, as texts."""
        listed = held if isinstance(held, list) else []
        return [self._row(one) for one in listed if isinstance(one, Mapping)]

    def _row(self, record: Mapping[str, Any]) -> dict[str, str]:
        return {part.key: part.shown(record.get(part.key)) for part in self.parts}

    def meant(self, text: str, held: Any = None) -> Any:
        """Return what a file holds for what was typed; an item that it holds already stays whole,
        whatever signs are in it.
        """
        if self.way not in ("several", "lines"):
            return text
        known = {_in_a_line(one): one for one in held} if isinstance(held, list) else {}
        told = text.split("\n") if self.way == "lines" else _split(text, [*known])
        return [known.get(one, one) for one in map(str.strip, told) if one]


def _in_a_line(held: Any) -> str:
    return "" if held is None else " ".join(str(held).split())


def _split(text: str, known: Sequence[str]) -> Iterator[str]:
    """Yield the names of a line; no sign within brackets, or within a known one, parts them."""
    while text:
        whole = (len(one) for one in known if text.startswith(one))
        ends = [end for end in whole if end == len(text) or _BETWEEN.match(text, end)]
        parting = _BETWEEN.search(text)
        end = max(ends, default=parting.start() if parting else len(text))
        yield text[:end]
        text = text[end + 1 :].lstrip()


@dataclass(frozen=True)
class FactRecord:
    """One record of a case file, or each of a list of such."""

    key: str
    about: str
    listed: bool
    fields: tuple[FactField, ...]
    short: str = ""
    """The key for whose value a plain text may stand in the place of the record."""
    inner: Mapping[str, "FactRecord"] | None = None
    """Records by their keys, where it holds nothing else."""

    def loc(self, number: int) -> Loc:
        """Return where it stands; ``number`` is counted from nought."""
        if self.key == PLAIN:
            return ()
        return (self.key, number) if self.listed else (self.key,)

    def places(self, number: int) -> Iterator[tuple[Loc, "FactRecord"]]:
        """Yield where its keys stand."""
        if self.inner is None:
            yield self.loc(number), self
            return
        for key, record in self.inner.items():
            yield (self.key, key), record

    def held(self, data: Any, loc: Loc) -> Mapping[str, Any]:
        """Return what a file holds of a record."""
        told = at_place(data, loc)
        if isinstance(told, Mapping):
            return told
        return {self.short: told} if self.short and told is not None else {}

    def field(self, key: str) -> FactField | None:
        """Return a key of it."""
        return next((one for one in self.fields if one.key == key), None)


@cache
def records() -> Mapping[str, FactRecord]:
    """Return every record of a case, in the order of the file."""
    shape = shape_of(PLAIN)
    known, kinds = shape["properties"], shape["$defs"]
    plain: list[FactField] = []
    found: list[FactRecord] = []
    for key, node in known.items():
        if key in (*_FIXED, *_ELSEWHERE):
            continue
        if _ref(node):
            found.append(_record(key, node, kinds))
        else:
            plain.append(_field(key, node, kinds, required=key in shape["required"]))
    first = FactRecord(PLAIN, "情形、承办的机关和人", listed=False, fields=tuple(plain))
    return {one.key: one for one in (first, *found)}


def _record(key: str, node: Mapping[str, Any], kinds: Mapping[str, Any]) -> FactRecord:
    about, listed = _about(node), node.get("type") == "array"
    own, whole = kinds[_ref(node)], node.get("items", node)
    inner = own["properties"]
    if all(_ref(one) for one in inner.values()):
        each = {name: _record(name, one, kinds) for name, one in inner.items()}
        return FactRecord(key, about, listed, (), inner=each)
    needed = own.get("required", ())
    fields = tuple(_field(name, one, kinds, required=name in needed) for name, one in inner.items())
    alone = any("$ref" not in one and one.get("type") != "null" for one in whole.get("anyOf", ()))
    return FactRecord(key, about, listed, fields, short=fields[0].key if alone else "")


def _field(
    key: str, node: Mapping[str, Any], kinds: Mapping[str, Any], *, required: bool
) -> FactField:
    about = _about(node)
    if name := _ref(node):
        own = kinds[name]
        needed = own.get("required", ())
        parts = tuple(
            _field(inside, one, kinds, required=inside in needed)
            for inside, one in own["properties"].items()
        )
        return FactField(key, about, required, "rows", parts=parts)
    ways = [node, *node.get("anyOf", ())]
    choices = next((tuple(one["enum"]) for one in ways if "enum" in one), ())
    if choices:
        return FactField(key, about, required, "choice", choices)
    if any(one.get("type") == "array" for one in ways):
        return FactField(key, about, required, "several" if key in _NAMES else "lines")
    if node.get("format") == "date":
        return FactField(key, about, required, "day")
    long = any(key.endswith(word) for word in _LONG)
    return FactField(key, about, required, "long" if long else "text")


def _about(node: Mapping[str, Any]) -> str:
    """Say what a key means without how a file is typed."""
    told = str(node.get("description", "")).removeprefix("必须写：").split("；")
    return "；".join(one for one in told if not _OF_TYPING.search(one))


def _ref(node: Mapping[str, Any]) -> str:
    """Name the record that a key holds, alone, or in a list; nothing where it holds values."""
    whole = node.get("items", node)
    ways = [whole, *whole.get("anyOf", ())]
    return next((str(one["$ref"]).rpartition("/")[2] for one in ways if "$ref" in one), "")
