"""Strict reading of YAML that people write: every mistake with its line and column, in Chinese.

Scalars stay text (``010`` is not 8, ``12:30`` is not 750); anchors, tags, merge keys and duplicate
keys are refused, so nothing can be expanded or executed. Models give the types afterwards.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, WithJsonSchema
from pydantic_core import ErrorDetails, PydanticCustomError

from kcbx_docs.handwriting.characters import (
    forbidden,
    forbidden_characters,
    written_by_number,
)
from kcbx_docs.handwriting.days import read_day, why_no_day
from kcbx_docs.handwriting.echoes import without_short_lists
from kcbx_docs.handwriting.encodings import decode, no_text
from kcbx_docs.handwriting.events import MAX_DEPTH, MAX_NODES, Loader, forbidden_events
from kcbx_docs.handwriting.items import no_dash, split_items
from kcbx_docs.handwriting.known_keys import about_key, known_keys
from kcbx_docs.handwriting.misplaced import level_of
from kcbx_docs.handwriting.stumbling import syntax_problem
from kcbx_docs.handwriting.wrong_type import (
    CODES,
    MEANT,
    OF_KEY,
    WRONG_KINDS,
    advice_for,
    allowed_of,
    form_asked,
    limit_of,
    told_apart,
)
from kcbx_docs.light import dataclass
from kcbx_docs.problems import (
    MOST_ALIKE,
    Mending,
    Place,
    Problem,
    Problems,
    Tally,
    catalogue,
    problem,
    with_mending,
)
from kcbx_docs.quiet import without_plugins
from kcbx_docs.reading_fast import quick
from kcbx_docs.words import key_meant, spell

if TYPE_CHECKING:
    from kcbx_docs.handwriting.handwritten import Mended

MAX_BYTES = 500_000

Loc = tuple[int | str, ...]
M = TypeVar("M", bound=BaseModel)


def _yes(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if value in ("是", "否"):
        return value == "是"
    raise PydanticCustomError("TYPE011", "not yes or no")


def parse_day(value: Any) -> Any:
    """Turn a day as people write it into one."""
    if value is None or isinstance(value, date):
        return value
    if day := read_day(str(value)):
        return day
    code, facts = why_no_day(str(value))
    raise PydanticCustomError(code, "not a day", facts)


_YES = WithJsonSchema({"enum": ["是", "否"]})
Yes = Annotated[bool, BeforeValidator(_yes), _YES]
MaybeYes = Annotated[bool | None, BeforeValidator(_yes), _YES]
_DAY = WithJsonSchema({"type": "string", "format": "date"})
Day = Annotated[date, BeforeValidator(parse_day), _DAY]
MaybeDay = Annotated[date | None, BeforeValidator(parse_day), _DAY]


without_plugins()


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
    doubtful: frozenset[int] = frozenset()
    """Lines with a slip of the pen of which it is not certain what was meant."""

    def place(self, loc: Sequence[int | str] = (), *, value: bool = False) -> Place:
        """Find the place of a path, or of the nearest enclosing one."""
        marks = self.values if value else self.marks
        path = tuple(loc)
        for end in range(len(path), -1, -1):
            if mark := marks.get(path[:end]):
                return Place(self.name, mark[0] + 1, mark[1] + 1, spell(path))
        return Place(self.name, path=spell(path))

    def at(self, loc: Sequence[int | str]) -> Any:
        """Return the data at a path."""
        data = self.data
        for part in loc:
            data = data[part]
        return data

    def mending(self, loc: Sequence[int | str], new: str) -> Mending | None:
        """Return what puts another text in place of a value that stands in one line."""
        return self._in_place_of(self.at(loc), self.values.get(tuple(loc)), new)

    def key_mending(self, loc: Sequence[int | str], new: str) -> Mending | None:
        """Return what puts another word in place of a key."""
        return self._in_place_of(loc[-1], self.marks.get(tuple(loc)), new)

    def _in_place_of(self, old: Any, mark: tuple[int, int] | None, new: str) -> Mending | None:
        lines = self.text.split("\n")
        if not mark or not isinstance(old, str) or not 0 <= mark[0] < len(lines):
            return None
        line, column = mark
        column += lines[line][column : column + 1] in "\"'"
        if not old or not lines[line].startswith(old, column):
            return None
        return Mending(line + 1, column + 1, old, new)


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
        return None, (no_text(raw, shown),)
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
    if found := forbidden_characters(text, name, first_line):
        return _parse_without(text, name, first_line, found)
    source, found = _parsed(text, name, first_line)
    if "\\" in text:  # within double quotes a sign can be written by its number
        found = (*found, *written_by_number(source.data, source.values, name))
    return source, found


def _parsed(text: str, name: str, first_line: int) -> tuple[Source, Problems]:
    if plain := quick(text, first_line, MAX_DEPTH, MAX_NODES):
        return Source(name, text, plain.data, plain.marks, plain.values), ()
    return _parse_slowly(text, name, first_line)


def _parse_without(
    text: str, name: str, first_line: int, found: Problems
) -> tuple[Source, Problems]:
    """Read on as if characters that must not be there were not; a file that is none is not read."""
    if len(found) > MOST_ALIKE:
        return Source(name, text), found
    from kcbx_docs.handwriting.handwritten import Handwritten, Patch

    page = Handwritten(text)
    page.patches = [Patch(at, at + 1, "") for at, char in enumerate(text) if forbidden(char)]
    mended = page.mended()
    source, further = parse_yaml(mended.text, name, first_line)
    moved = [_moved(one, mended, first_line) for one in further]
    return _as_typed(source, text, mended, first_line), (*found, *moved)


def _as_typed(source: Source, text: str, mended: "Mended", first_line: int) -> Source:
    """Return the data of a mended text with the places that its parts have as it was typed."""
    marks = {loc: _back(mended, mark, first_line) for loc, mark in source.marks.items()}
    values = {loc: _back(mended, mark, first_line) for loc, mark in source.values.items()}
    return replace(source, text=text, marks=marks, values=values)


def _parse_slowly(text: str, name: str, first_line: int) -> tuple[Source, Problems]:
    """Read a text with slips of the pen as it is meant, and tell every one of them."""
    strict, found = _parse_strictly(text, name, first_line)
    if any(one.code in ("READ010", "READ011") for one in found):
        return strict, found
    broken = any(one.code in ("READ004", "READ005", "READ006") for one in found)
    from kcbx_docs.handwriting.slips import look  # most files have no slips

    looked = look(text, name, first_line, silent=not broken)
    if not looked.slips and looked.mended.text == text:
        return strict, found
    read, rest = _parse_strictly(looked.mended.text, name, first_line)
    slipped_in = {one.place.line for one in looked.slips}
    further = [_moved(one, looked.mended, first_line) for one in rest]
    echoes = ("READ004", "READ041")
    further = [one for one in further if one.code not in echoes or one.place.line not in slipped_in]
    if not looked.slips and not further and read.data is None:
        return strict, found
    source = _as_typed(read, text, looked.mended, first_line)
    told = sorted((*looked.slips, *further), key=lambda one: one.place.line or len(text))
    return replace(source, doubtful=looked.doubtful), tuple(told)


def _back(mended: "Mended", mark: tuple[int, int], first_line: int) -> tuple[int, int]:
    line, column = mended.back((mark[0] - first_line, mark[1]))
    return line + first_line, column


def _moved(found: Problem, mended: "Mended", first_line: int) -> Problem:
    place = found.place
    if not place.line or not place.column:
        return found
    line, column = _back(mended, (place.line - 1, place.column - 1), first_line)
    moved = replace(found, place=replace(place, line=line + 1, column=column + 1))
    if (mending := found.mending) is None:
        return moved
    _, at = _back(mended, (mending.line - 1, mending.column - 1), first_line)
    return with_mending(moved, replace(mending, column=at + 1))


def _parse_strictly(text: str, name: str, first_line: int) -> tuple[Source, Problems]:
    try:
        if found := forbidden_events(text, name, first_line):
            return Source(name, text), found
        documents = list(yaml.compose_all(text, Loader=Loader))
    except yaml.MarkedYAMLError as error:
        return Source(name, text), (syntax_problem(error, text, name, first_line),)
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
            dash = node.start_mark.column
            items = chain.from_iterable(self.items(item, dash) for item in node.value)
            return [self.value(item, (*loc, number)) for number, item in enumerate(items)]
        empty = node.value == "" and isinstance(node, yaml.ScalarNode) and node.style is None
        return None if empty else node.value

    def items(self, node: yaml.Node, dash: int) -> Iterator[yaml.Node]:
        """Yield the items that an item of a list is meant for; tell of each without its dash."""
        if not isinstance(node, yaml.MappingNode):
            yield node
            return
        first, *others = split_items(node)
        yield first
        for item in others:
            line, column = self.first_line + item.start_mark.line, item.start_mark.column
            place = Place(self.name, line + 1, column + 1)
            self.found.take(no_dash(place, item.value[0][0].value, dash))
            yield item

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
                first = self.marks[(*loc, key.value)][0] + 1
                self.found.add("READ007", place, key=key.value, where=f"，第 {first} 行已经写过")
            else:
                out[key.value] = self.value(item, (*loc, key.value))
                self.marks[(*loc, key.value)] = (line, column)
        return out


def read_model(model: type[M], source: Source, loc: Loc = ()) -> tuple[M | None, Problems]:
    """Give data its types; each mistake becomes a problem at its own place."""
    data = source.at(loc)
    try:
        return model.model_validate(data), ()
    except ValidationError as error:
        tally, filled = Tally(source.name), set[str]()
        details = without_short_lists(error.errors())
        for found in [_typed_problem(model, source, loc, detail, filled) for detail in details]:
            # What belongs below a key stands beside it: the key is not empty.
            if found.code != "TYPE010" or found.place.path not in filled:
                tally.take(found)
        return None, tally.told()


def _typed_problem(
    model: type[BaseModel], source: Source, base: Loc, detail: ErrorDetails, filled: set[str]
) -> Problem:
    """Tell of a value that has not its type; ``filled`` takes the keys that hold others."""
    loc = (*base, *_data_loc(source, base, detail["loc"]))
    key, value = _key(source, loc), detail.get("input")
    facts = dict(detail.get("ctx") or {})
    code = _code_of(detail["type"])
    if value is None and code in WRONG_KINDS:
        return problem("TYPE010", source.place(loc), key=key)
    known = _known(model, source, base, loc, code)
    level = level_of(model, source, base, loc) if code == "TYPE002" else None
    if level:
        filled.add(spell(level.there))
    of_office = getattr(model, "of_office", False)
    advice = advice_for(code, key, value, facts, known, of_office=of_office)
    told = {
        "key": key,
        "value": value,
        "detail": form_asked(facts) or detail["msg"],
        "limit": limit_of(facts),
        "allowed": allowed_of(facts),
        "advice": level.advice if level else advice or _apart(model, loc[len(base) :], code, facts),
    }
    # A key that is missing or wrong is shown where keys stand, any other fault at its value.
    of_key = code in ("TYPE001", "TYPE002") or detail["loc"][-1:] == (OF_KEY,)
    place = source.place(loc, value=not of_key)
    found = problem(code, place, **{**told, **facts})
    mending = level.mending if level else _mending(source, loc, code, value, known)
    return with_mending(found, mending) if mending else found


def _code_of(kind: str) -> str:
    code = CODES.get(kind, kind)
    return code if code in catalogue() else "TYPE012"


def _known(model: type[BaseModel], source: Source, base: Loc, loc: Loc, code: str) -> list[str]:
    """List the keys below a place, or those of the record that holds an unknown key."""
    inner = loc[len(base) :]
    if code == "TYPE002":
        return known_keys(model, inner[:-1], source.at(loc[:-1]))
    return known_keys(model, inner)


def _apart(model: type[BaseModel], loc: Loc, code: str, facts: Mapping[str, Any]) -> str:
    """Say how a choice is made that nobody can guess from what is written."""
    if code != "TYPE007" or not getattr(model, "of_office", False):
        return ""
    return told_apart(about_key(model, loc), allowed_of(facts), known_keys(model, loc[:-1]))


def _mending(
    source: Source, loc: Loc, code: str, value: object, known: Sequence[str]
) -> Mending | None:
    """Return what puts right a yes or no said otherwise, or a key with a slip of the fingers."""
    if code == "TYPE011" and (meant := MEANT.get(str(value).lower())):
        return source.mending(loc, meant)
    key = key_meant(str(loc[-1]), known) if code == "TYPE002" else ""
    if key and (*loc[:-1], key) not in source.marks:
        return source.key_mending(loc, key)
    return None


def _key(source: Source, loc: Loc) -> str:
    """Name what is wrong: an item with its list, a record by the key that its text stands for."""
    if not loc or isinstance(loc[-1], int):
        return spell(loc[-2:])
    one = len(loc) > 1 and isinstance(loc[-2], int)
    if one and not isinstance(source.at(loc[:-2]), list | tuple):
        return spell(loc[-3:-2])  # one where several may be told
    short = len(loc) > 1 and loc not in source.marks and isinstance(source.at(loc[:-1]), str)
    return spell(loc[-2:-1]) if short else loc[-1]


def _data_loc(source: Source, base: Loc, loc: Loc) -> Loc:
    """Drop the parts that pydantic adds for unions and tags and that are not in the file."""
    kept: list[int | str] = []
    loc = loc[:-1] if loc[-1:] == (OF_KEY,) else loc
    for number, part in enumerate(loc, 1):
        inside = source.at((*base, *kept))  # what was typed stands in no file, and has no marks
        written = isinstance(inside, Mapping) and part in inside
        if number == len(loc) or isinstance(part, int) or written:
            kept.append(part)
    return tuple(kept)
