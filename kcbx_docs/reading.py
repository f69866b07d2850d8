"""Strict reading of YAML that people write: every mistake with its line and column, in Chinese.

Scalars stay text (``010`` is not 8, ``12:30`` is not 750); anchors, tags, merge keys and duplicate
keys are refused, so nothing can be expanded or executed. Models give the types afterwards.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, WithJsonSchema
from pydantic_core import ErrorDetails, PydanticCustomError

from kcbx_docs.problems import Place, Problem, Problems, Tally, catalogue, problem
from kcbx_docs.reading_fast import quick
from kcbx_docs.words import advice_for_key, did_you_mean, is_newer_han, spell

MAX_BYTES = 500_000
MAX_DEPTH = 20
MAX_NODES = 50_000

Loc = tuple[int | str, ...]
M = TypeVar("M", bound=BaseModel)


def _yes(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if value in ("是", "否"):
        return value == "是"
    raise PydanticCustomError("TYPE011", "not yes or no")


_YES = WithJsonSchema({"enum": ["是", "否"]})
Yes = Annotated[bool, BeforeValidator(_yes), _YES]
MaybeYes = Annotated[bool | None, BeforeValidator(_yes), _YES]


class Model(BaseModel):
    """A frozen record of a file: Chinese aliases are its keys, unknown keys are errors."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        str_strip_whitespace=True,
        serialize_by_alias=True,
        regex_engine="python-re",
        defer_build=True,  # most records are parts of others: alone they are never built
    )


@dataclass(frozen=True)
class Source:
    """The plain data of one YAML text with the place of every key and item."""

    name: str
    text: str = ""
    data: Any = None
    marks: Mapping[Loc, tuple[int, int]] = field(default_factory=dict)
    values: Mapping[Loc, tuple[int, int]] = field(default_factory=dict)
    sha256: str = ""
    """Of the file's bytes, where the text is a whole file."""

    def place(self, loc: Sequence[int | str] = (), *, value: bool = False) -> Place:
        """Find the place of a path, or of the nearest enclosing one."""
        marks = self.values if value else self.marks
        path = tuple(loc)
        for end in range(len(path), -1, -1):
            if mark := marks.get(path[:end]):
                return Place(self.name, mark[0] + 1, mark[1] + 1, spell(path))
        return Place(self.name, path=spell(path))


def decode(raw: bytes) -> str | None:
    """Decode UTF-8 (with or without BOM) or GB18030."""
    # GB18030 takes nearly every sequence of bytes for text: it must come last.
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def read_text(
    path: Path, name: str | None = None, limit: int = MAX_BYTES
) -> tuple[str | None, Problems]:
    """Read a text file whatever its common Chinese encoding."""
    shown = name or str(path)
    raw, found = _read_bytes(path, shown, limit)
    return (None, found) if raw is None else _text(raw, shown)


def _read_bytes(path: Path, shown: str, limit: int) -> tuple[bytes | None, Problems]:
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for without end
            return None, (problem("READ040", Place(shown), file=shown),)
        with path.open("rb") as stream:
            raw = stream.read(limit + 1)
    except OSError:
        return None, (problem("READ001", Place(shown), file=shown),)
    if len(raw) > limit:
        return None, (problem("READ002", Place(shown), limit=limit),)
    return raw, ()


def _text(raw: bytes, shown: str) -> tuple[str | None, Problems]:
    text = decode(raw)
    if text is None:
        return None, (problem("READ003", Place(shown)),)
    return text.replace("\r\n", "\n"), ()


def read_yaml(path: Path, name: str | None = None) -> tuple[Source, Problems]:
    """Read one YAML file into plain data with places."""
    shown = name or str(path)
    raw, found = _read_bytes(path, shown, MAX_BYTES)
    text, found = (None, found) if raw is None else _text(raw, shown)
    if raw is None or text is None:
        return Source(shown), found
    source, found = parse_yaml(text, shown)
    return replace(source, sha256=hashlib.sha256(raw).hexdigest()), found


def parse_yaml(text: str, name: str, first_line: int = 0) -> tuple[Source, Problems]:
    """Turn YAML text into plain data with places; ``first_line`` shifts an embedded text."""
    if found := _forbidden_characters(text, name, first_line):
        return Source(name, text), found
    if plain := quick(text, first_line, MAX_DEPTH, MAX_NODES):
        return Source(name, text, plain.data, plain.marks, plain.values), ()
    return _parse_strictly(text, name, first_line)


def _parse_strictly(text: str, name: str, first_line: int) -> tuple[Source, Problems]:
    try:
        if found := _forbidden_events(text, name, first_line):
            return Source(name, text), found
        documents = list(yaml.compose_all(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        return Source(name, text), (_syntax_problem(error, text, name, first_line),)
    except yaml.YAMLError as error:
        detail = str(error).splitlines()[0]
        return Source(name, text), (problem("READ004", Place(name), detail=detail, advice=""),)
    except RecursionError:
        return Source(name, text), (problem("READ010", Place(name), limit=MAX_DEPTH),)
    if len(documents) > 1:
        return Source(name, text), (problem("READ014", Place(name)),)
    if not documents or documents[0] is None:
        return Source(name, text), (problem("READ013", Place(name)),)
    build = _Build(name, first_line)
    data = build.value(documents[0], ())
    return Source(name, text, data, build.marks, build.values), build.found.told()


class _Loader(yaml.SafeLoader):
    """SafeLoader without implicit types: every scalar is text."""


_Loader.yaml_implicit_resolvers = {}


_UNCOMMON = re.compile("[^\n\t -~·—‘’“”…、。《》〈〉〔〕「」（），：；？！．　一-龥]")
"""Whatever is none of the characters of which nearly every file consists."""


@cache
def forbidden(char: str) -> bool:
    """Tell whether a character must not stand in any text: control, zero-width, private, broken."""
    if char in "\n\t" or is_newer_han(char):
        return False
    if ord(char) in _UNSEEN:
        return True
    return unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn")


_UNSEEN = frozenset(
    (
        *range(0x202A, 0x202F),  # turn the direction of writing
        *range(0x2060, 0x2070),  # joiners and invisible operators
        *range(0x200B, 0x2010),  # no width: breaks, joiners, marks of direction
        *(0x00AD, 0x034F, 0xFEFF),  # a soft hyphen, a joiner, no width
        *(0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800),  # drawn as an empty place
        *(0x2028, 0x2029),  # break a line in some programs only
        0xFFFD,  # stands for what could not be decoded
    )
)


def _forbidden_characters(text: str, name: str, first_line: int) -> Problems:
    if not _UNCOMMON.search(text) or not any(map(forbidden, set(text))):
        return ()
    found = Tally(name)
    for number, line in enumerate(text.split("\n"), first_line + 1):
        for column, char in enumerate(line, 1):
            if forbidden(char):
                found.add("READ012", Place(name, number, column), char=f"U+{ord(char):04X}")
    return found.told()


def _forbidden_events(text: str, name: str, first_line: int) -> Problems:
    found = Tally(name)
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=_Loader), 1):
        place = _at(event.start_mark, name, first_line)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            return (*found.told(), problem("READ010", place, limit=MAX_DEPTH))
        if count > MAX_NODES:
            return (*found.told(), problem("READ011", place, limit=MAX_NODES))
        if getattr(event, "anchor", None):
            found.add("READ005", place)
        if tag := getattr(event, "tag", None):
            found.add("READ006", place, tag=tag)
    return found.told()


def _at(mark: "yaml.Mark | yaml._yaml.Mark | None", name: str, first_line: int) -> Place:
    if mark is None:
        return Place(name)
    return Place(name, first_line + mark.line + 1, mark.column + 1)


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, name: str, first_line: int) -> Problem:
    mark = error.problem_mark or error.context_mark
    place = _at(mark, name, first_line)
    line = previous = ""
    if mark:
        line, previous = _line(text, mark.line), _line(text, mark.line - 1)
    if mark and "：" in previous and "：" not in line:  # the parser stumbles one line too late
        place = Place(name, first_line + mark.line, previous.index("：") + 1)
    detail, advice = _chinese_yaml_problem(error), _syntax_advice(line, previous)
    return problem("READ004", place, detail=detail, advice=advice)


def _line(text: str, number: int) -> str:
    """Return a line; YAML knows more ends of line than we do, so it may be beyond the last."""
    lines = text.split("\n")
    return lines[number] if 0 <= number < len(lines) else ""


def _chinese_yaml_problem(error: yaml.MarkedYAMLError) -> str:
    said = error.problem or ""
    known = {
        "mapping values are not allowed": "这里不该出现冒号，多半是缩进不齐，或者值里有英文冒号",
        "could not find expected ':'": "这一行缺少冒号",
        "expected <block end>": "缩进与上文不一致",
        "found character '\\t'": "缩进用了制表符（Tab）",
        "found unexpected end of stream": "引号或括号没有配对",
        "expected ',' or": "括号里的内容缺少逗号，或括号没有配对",
        "found unknown escape character": "双引号里的反斜杠有特殊含义",
        "did not find expected": "结构不完整",
    }
    return next((text for key, text in known.items() if key in said), said)


def _syntax_advice(line: str, previous: str) -> str:
    if "：" in line or "：" in previous:
        return "键后面要用英文冒号加一个空格，例如「姓名: 张某」；这里有中文冒号「：」。"
    if "\t" in line:
        return "请把 Tab 换成空格，同一层的缩进要对齐。"
    if "，" in line and ("{" in line or "[" in line):
        return "括号里请用英文逗号分隔；这里有中文逗号「，」。"
    return "请核对缩进、冒号后的空格和引号；值里有冒号或 # 时整个加上引号。"


class _Build:
    """Nodes to plain data; remembers where every key and value stands."""

    def __init__(self, name: str, first_line: int) -> None:
        self.name, self.first_line = name, first_line
        self.marks: dict[Loc, tuple[int, int]] = {}
        self.values: dict[Loc, tuple[int, int]] = {}
        self.found = Tally(name)

    def value(self, node: yaml.Node, loc: Loc) -> Any:
        at = (self.first_line + node.start_mark.line, node.start_mark.column)
        self.marks[loc] = self.values[loc] = at
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, loc)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*loc, number)) for number, item in enumerate(node.value)]
        empty = node.value == "" and isinstance(node, yaml.ScalarNode) and node.style is None
        return None if empty else node.value

    def mapping(self, node: yaml.MappingNode, loc: Loc) -> dict[str, Any]:
        out: dict[str, Any] = {}
        for key, item in node.value:
            line, column = self.first_line + key.start_mark.line, key.start_mark.column
            place = Place(self.name, line + 1, column + 1, spell(loc))
            if not isinstance(key, yaml.ScalarNode):
                self.found.add("READ009", place)
            elif key.value == "<<":
                self.found.add("READ008", place)
            elif key.value in out:
                self.found.add("READ007", place, key=key.value)
            else:
                out[key.value] = self.value(item, (*loc, key.value))
                self.marks[(*loc, key.value)] = (line, column)
        return out


def read_model(model: type[M], source: Source, loc: Loc = ()) -> tuple[M | None, Problems]:
    """Give data its types; each mistake becomes a problem at its own place."""
    data = source.data
    for part in loc:
        data = data[part]
    try:
        return model.model_validate(data), ()
    except ValidationError as error:
        tally = Tally(source.name)
        for detail in _without_echoes(error.errors()):
            tally.take(_typed_problem(model, source, loc, detail))
        return None, tally.told()


def _without_echoes(details: Sequence[ErrorDetails]) -> list[ErrorDetails]:
    """Drop a list that counts as too short only because an item of it is faulty."""
    faulty_inside: set[Loc] = set()
    for detail in details:
        loc = detail["loc"]
        faulty_inside.update(loc[:end] for end in range(len(loc)))
    kept: list[ErrorDetails] = []
    for detail in details:
        if detail["type"] != "too_short" or detail["loc"] not in faulty_inside:
            kept.append(detail)
    return kept


_TYPES = {
    "missing": "TYPE001",
    "extra_forbidden": "TYPE002",
    "model_type": "TYPE003",
    "dict_type": "TYPE003",
    "model_attributes_type": "TYPE003",
    "mapping_type": "TYPE003",
    "list_type": "TYPE004",
    "tuple_type": "TYPE004",
    "date_from_datetime_parsing": "TYPE005",
    "date_parsing": "TYPE005",
    "date_type": "TYPE005",
    "date_from_datetime_inexact": "TYPE005",
    "datetime_parsing": "TYPE005",
    "datetime_from_date_parsing": "TYPE005",
    "int_parsing": "TYPE006",
    "int_type": "TYPE006",
    "int_from_float": "TYPE006",
    "decimal_parsing": "TYPE014",
    "float_parsing": "TYPE014",
    "decimal_type": "TYPE014",
    "literal_error": "TYPE007",
    "enum": "TYPE007",
    "string_type": "TYPE008",
    "string_too_long": "TYPE009",
    "string_too_short": "TYPE010",
    "bool_parsing": "TYPE011",
    "bool_type": "TYPE011",
    "too_short": "TYPE013",
}


def _typed_problem(
    model: type[BaseModel], source: Source, base: Loc, detail: ErrorDetails
) -> Problem:
    loc = (*base, *_data_loc(source, base, detail["loc"]))
    key, value = (str(loc[-1]) if loc else ""), detail.get("input")
    facts = dict(detail.get("ctx") or {})
    code = _TYPES.get(detail["type"], detail["type"])
    if code not in catalogue():
        code = "TYPE012"
    if value is None and code in _WRONG_KINDS:
        return problem("TYPE010", source.place(loc), key=key)
    told = {
        "key": spell(loc[-2:]) if loc and isinstance(loc[-1], int) else key,
        "value": value,
        "detail": detail["msg"],
        "limit": _limit(facts),
        "allowed": _allowed(facts),
        "advice": _advice(code, model, loc[len(base) :], key, value, facts),
    }
    # A key that is missing or unknown is shown where keys stand, any other fault at its value.
    place = source.place(loc, value=code not in ("TYPE001", "TYPE002"))
    return problem(code, place, **{**told, **facts})


_WRONG_KINDS = ("TYPE003", "TYPE004", "TYPE005", "TYPE006", "TYPE007", "TYPE008", "TYPE014")
"""Codes that for a key without a value say no more than that there is none."""


def _data_loc(source: Source, base: Loc, loc: Loc) -> Loc:
    """Drop the parts that pydantic adds for unions and tags and that are not in the file."""
    kept: list[int | str] = []
    for number, part in enumerate(loc):
        last = number == len(loc) - 1
        if last or isinstance(part, int) or (*base, *kept, part) in source.marks:
            kept.append(part)
    return tuple(kept)


def _limit(facts: Mapping[str, Any]) -> object:
    return facts.get("max_length") or facts.get("min_length") or ""


def _allowed(facts: Mapping[str, Any]) -> str:
    return str(facts.get("expected", "")).replace(" or ", "、").replace(", ", "、").replace("'", "")


def _advice(
    code: str, model: type[BaseModel], loc: Loc, key: str, value: object, facts: Mapping[str, Any]
) -> str:
    if code == "TYPE002":
        return advice_for_key(key, known_keys(model, loc[:-1]), getattr(model, "of_office", False))
    if code == "TYPE003" and isinstance(value, str) and "：" in value:
        return "键后面要用英文冒号加一个空格；这里有中文冒号「：」。"
    if code == "TYPE003":
        return "请另起一行、缩进两格再写。"
    if code == "TYPE007" and isinstance(value, str):
        return did_you_mean(value, re.findall(r"'([^']+)'", str(facts.get("expected", ""))))
    return ""


def known_keys(model: type[BaseModel], loc: Loc) -> list[str]:
    """List the keys allowed at a path of a model."""
    current: type[BaseModel] | None = model
    for part in loc:
        if isinstance(part, int) or current is None:
            continue
        current = next(models_in(_keys(current).get(str(part))), None)
    return [*_keys(current)] if current else []


def _keys(model: type[BaseModel]) -> dict[str, Any]:
    """Return the keys of a model with the types of their values."""
    return {info.alias or name: info.annotation for name, info in model.model_fields.items()}


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """Yield the models inside an annotation such as ``tuple[Pupil, ...] | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from models_in(inner)
