"""Set the values of one record of a YAML file that people write; every other character stays.

Each change is tried in the ways in which such a file is written, and read again: only what then
holds exactly what was meant is given back. Comments stay, above, beside and between.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from kcbx_docs.case.commented import flow
from kcbx_docs.light import regex
from kcbx_docs.office.brackets import one_more
from kcbx_docs.office.several_lines import at_place, lines_of, one_by_one, over_its_lines
from kcbx_docs.office.yamledit import block
from kcbx_docs.problems import errors, raise_errors, stop
from kcbx_docs.reading import Loc, Source, parse_yaml

_QUOTED = regex(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")
_IN_BRACES = regex(r"[^,{}\[\]#\n]*[^,{}\[\]#\s]")
_BARE = regex(r"(?:(?!\s#)[^\n])*(?!\s)[^\n]")
_UNUSED = r"^( *)# %s:(?= |$)(?P<rest>.*)$"
_DASH = regex(r"( *)- ")
_LIST = regex(r"\[[^\[\]\n]*\]")
_RECORD = regex(r"\{[^{}\n]*\}")
_EMPTY_LIST = regex(r"(?<=:) *\[ *\]")
Edit = Callable[[Source, Loc, Any], Iterator[str]]


def set_values(text: str, name: str, loc: Loc, values: Mapping[str, Any]) -> str:
    """Set keys of the record at a place, which is made where it is not there; an empty value takes
    the key away. A value is a text, a list of texts, or records of texts. ``name`` is the file for
    messages.
    """
    source = _parsed(text, name)
    # A sign that must not be in a file is told as such, not as a way of writing.
    raise_errors(parse_yaml("\n".join(block(dict(values))) + "\n", name)[1])
    known = at_place(source.data, loc)
    if known is None:
        return _new_record(source, loc, {key: one for key, one in values.items() if one})
    for key, value in values.items():
        if _told({key: known.get(key)}) != _told({key: value}):
            text = _changed(_parsed(text, name), (*loc, key), value)
    return text


def set_record(text: str, name: str, loc: Loc, values: Mapping[str, Any], short: str) -> str:
    """Set keys of a record for which a plain text may stand: the value of its key ``short``."""
    known = at_place(_parsed(text, name).data, loc)
    if isinstance(known, Mapping):
        return set_values(text, name, loc, values)
    told = {key: one for key, one in ({short: known} | dict(values)).items() if one}
    whole: Any = told[short] if [*told] == [short] else told
    *above, last = loc
    if isinstance(last, str):
        return set_values(text, name, tuple(above), {last: whole})
    raise_errors(parse_yaml("\n".join(block({"-": whole})) + "\n", name)[1])
    if known is None:
        return _new_record(_parsed(text, name), loc, told)
    return _changed(_parsed(text, name), loc, whole)


def _parsed(text: str, name: str) -> Source:
    source, found = parse_yaml(text, name)
    raise_errors(found)
    if not isinstance(source.data, dict):
        raise stop("CLI020", source.place(()), section="", file=name)
    return source


def _changed(source: Source, loc: Loc, value: Any) -> str:
    meant = _with(source.data, loc, value)
    ways: tuple[Edit, ...] = (_in_place, one_by_one, over_its_lines, _uncommented, _beside)
    tried = chain.from_iterable(way(source, loc, value) for way in ways)
    return _first_that(tried, source, meant, loc)


def _first_that(tried: Iterable[str], source: Source, meant: Any, loc: Loc) -> str:
    """Return the first text that holds what was meant."""
    wanted = _told(meant)
    for text in tried:
        again, found = parse_yaml(text, source.name)
        if not errors(found) and _told(again.data) == wanted:
            return text
    raise stop("CLI108", source.place(loc), key=loc[-1] if isinstance(loc[-1], str) else loc[0])


def _with(data: Any, loc: Loc, value: Any) -> Any:
    """Return data with another value at a place."""
    if not loc:
        return value
    first, rest = loc[0], loc[1:]
    if isinstance(first, int):
        return [*data[:first], _with(data[first], rest, value), *data[first + 1 :]]
    return {**data, first: _with(data.get(first), rest, value)}


def _told(data: Any) -> Any:
    """Return data without what says nothing: an empty value is as good as none."""
    if isinstance(data, Mapping):
        told = {key: _told(value) for key, value in data.items()}
        return {key: value for key, value in told.items() if value not in (None, "", [], {})}
    if isinstance(data, list):
        return [*map(_told, data)]
    return data


def _in_place(source: Source, loc: Loc, value: Any) -> Iterator[str]:
    """Put the value where the old one stands, or behind a key that was left open."""
    if loc not in source.marks:
        return
    lines, (line, at) = source.text.split("\n"), source.values[loc]
    new = flow(value) if value else ""
    text = lines[line]
    if at_place(source.data, loc) is None:
        key_line, key_at = source.marks[loc]
        colon = lines[key_line].index(":", key_at) + 1
        yield _line_with(lines, key_line, colon, colon, f" {new}")
        return
    for token in (_QUOTED, _LIST, _IN_BRACES, _BARE):
        if found := token.match(text, at):
            before = text.rfind(",", 0, at)
            if not value and before >= 0:
                yield _line_with(lines, line, before, found.end(), "")
            # A value that is taken away leaves no blanks behind its key.
            start = at if new else len(text[:at].rstrip())
            yield _line_with(lines, line, start, found.end(), new)
            yield _line_with(lines, line, at, found.end(), new)


def _line_with(lines: Sequence[str], number: int, start: int, end: int, new: str) -> str:
    line = lines[number]
    return "\n".join([*lines[:number], line[:start] + new + line[end:], *lines[number + 1 :]])


def _uncommented(source: Source, loc: Loc, value: Any) -> Iterator[str]:
    """Use the line that was prepared for a key: it stands there as a comment with its meaning."""
    lines = source.text.split("\n")
    first, last = lines_of(source, loc[:-1], len(lines))
    prepared = regex(_UNUSED % loc[-1])
    for number in range(first, last):
        if found := prepared.match(lines[number]):
            new = f"{found[1]}{loc[-1]}: {flow(value)}{found['rest']}"
            yield "\n".join([*lines[:number], new, *lines[number + 1 :]])


def _beside(source: Source, loc: Loc, value: Any) -> Iterator[str]:
    """Add a key behind the last one of its record: in its braces, or on a line of its own."""
    lines, record = source.text.split("\n"), loc[:-1]
    keys = [other for other in source.marks if other[:-1] == record and len(other) == len(loc)]
    if not keys:
        return
    last = max(keys, key=source.marks.__getitem__)
    line, at = source.values[last]
    for token in (_QUOTED, _LIST, _RECORD, _IN_BRACES):
        if found := token.match(lines[line], at):
            new = f", {loc[-1]}: {flow(value)}"
            yield _line_with(lines, line, found.end(), found.end(), new)
    indent = " " * min(source.marks[key][1] for key in keys)
    for below in range(line + 1, lines_of(source, record, len(lines))[1] + 1):
        yield "\n".join([*lines[:below], f"{indent}{loc[-1]}: {flow(value)}", *lines[below:]])


def _new_record(source: Source, loc: Loc, values: Mapping[str, Any]) -> str:
    """Make a record: an item more of a list, or a section at the end of the file."""
    section, listed = str(loc[0]), len(loc) > 1
    held = source.data.get(section)
    whole = [*(held or ()), values] if listed else values
    meant = {**source.data, section: whole}
    return _first_that(_more(source, section, values, listed=listed), source, meant, loc)


def _more(
    source: Source, section: str, values: Mapping[str, Any], *, listed: bool
) -> Iterator[str]:
    lines = source.text.split("\n")
    end = len(lines) - 1 if lines[-1] == "" else len(lines)
    made = block([values] if listed else values)
    if (section,) not in source.marks:
        new = [f"{section}:", *(f"  {line}" for line in made)]
        yield "\n".join([*lines[:end], *new, *lines[end:]])
        return
    first, last = lines_of(source, (section,), end)
    starts = [source.marks[(section, 0)][0]] if (section, 0) in source.marks else []
    dash = _DASH.match(lines[starts[0]]) if starts else None
    indent = dash[1] if dash else "  "
    new = [indent + line for line in made]
    while last > first + 1 and _says_nothing(lines[last - 1]):
        last -= 1  # what stands above the next section belongs to that
    yield "\n".join([*lines[:last], *new, *lines[last:]])
    head = _EMPTY_LIST.sub("", lines[first], count=1).rstrip()
    yield "\n".join([*lines[:first], head, *new, *lines[first + 1 :]])
    if listed:
        yield from one_more(source, (section,), flow(values))


def _says_nothing(line: str) -> bool:
    return not line.strip() or line.startswith("#")
