"""YAML by the C parser, for texts that the strict reader takes without a word; no others.

Whatever could be read in two ways (tabs, question marks, anchors, tags, duplicate keys, a second
document, too deep, too much, any mistake) is left to the strict reader, which also words the
mistakes.
"""

import re
from collections.abc import Callable
from dataclasses import field
from typing import Any

import yaml

from kcbx_docs.light import dataclass, regex

Loc = tuple[int | str, ...]
Marks = dict[Loc, tuple[int, int]]
_TWO_WAYS = regex(
    "[\t?\u2028\u2029\ufeff]|[|>][-+0-9]*#"
    r"|\S +#(?:[^\s#]| [A-Za-z]?\d)"  # may be meant for a part of the value
    r"|^ *-[^-\s\d]",  # may be meant for an item of a list
    re.MULTILINE,
)
_ODD_KEY = regex("[：︰﹕:{\\[｛［\u3000\xa0]|^[-－—–‐•●]")
"""A key in which something may be meant for a colon, a bracket, a blank or a dash."""


@dataclass(frozen=True)
class Quick:
    """Plain data with the line and column of every key, item and value."""

    data: Any
    marks: Marks
    values: Marks


@dataclass(slots=True)
class _Open:
    """A mapping or sequence that is being read."""

    content: Any
    loc: Loc
    flow: bool
    mapping: bool
    key: str | None = None
    key_at: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    first_line: int
    marks: Marks = field(default_factory=dict)
    values: Marks = field(default_factory=dict)
    stack: list[_Open] = field(default_factory=list)
    root: Any = None
    documents: int = 0


def quick(text: str, first_line: int, depth: int, count: int) -> Quick | None:
    """Read a text that holds nothing doubtful; ``depth`` and ``count`` limit what is read."""
    if not yaml.__with_libyaml__ or _TWO_WAYS.search(text):
        return None
    loader = yaml.CSafeLoader(text)
    reading = _Reading(first_line)
    try:
        whole = _read(loader.get_event, reading, depth, count)
    except (yaml.YAMLError, ValueError, UnicodeError):
        return None
    finally:
        loader.dispose()
    if not whole or not isinstance(reading.root, (dict, list)):
        return None
    return Quick(reading.root, reading.marks, reading.values)


def _read(get: Callable[[], Any], reading: _Reading, depth: int, count: int) -> bool:
    """Take events up to the end of the text; tell whether it was reached without a doubt."""
    for _ in range(count):
        event = get()
        if type(event) is yaml.StreamEndEvent:
            return True
        if not _take(reading, event, depth):
            return False
    return False


_STARTS = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


def _take(reading: _Reading, event: Any, depth: int) -> bool:
    """Take one event; tell whether the strict reader would say nothing."""
    kind = type(event)
    if kind in _ENDS:
        reading.stack.pop()
        return True
    if kind is yaml.DocumentStartEvent:
        reading.documents += 1
        return reading.documents == 1
    if kind is yaml.ScalarEvent or kind in _STARTS:
        if event.anchor or event.tag:
            return False
        if kind is yaml.ScalarEvent:
            return _scalar(reading, event)
        return len(reading.stack) < depth and _open(reading, event, kind)
    return kind is not yaml.AliasEvent


def _scalar(reading: _Reading, event: Any) -> bool:
    """Take a key or a value; tell whether the strict reader would say nothing."""
    parent = reading.stack[-1] if reading.stack else None
    mark, text = event.start_mark, event.value
    at = (reading.first_line + mark.line, mark.column)
    if parent is not None and parent.key is None and parent.mapping:
        if text == "<<" or text in parent.content or (_ODD_KEY.search(text) and not event.style):
            return False
        parent.key, parent.key_at = text, at
        return True
    if text or event.style:
        _put(reading, parent, text, at)
        return True
    if parent is None or parent.flow:
        return False
    _put(reading, parent, None, at)
    return True


def _open(reading: _Reading, event: Any, kind: type[yaml.Event]) -> bool:
    """Begin a mapping or sequence; none may be a key."""
    parent = reading.stack[-1] if reading.stack else None
    if parent is not None and parent.mapping and parent.key is None:
        return False
    mapping = kind is yaml.MappingStartEvent
    content: Any = {} if mapping else []
    mark = event.start_mark
    loc = _put(reading, parent, content, (reading.first_line + mark.line, mark.column))
    reading.stack.append(_Open(content, loc, event.flow_style, mapping))
    return True


def _put(reading: _Reading, parent: _Open | None, value: Any, at: tuple[int, int]) -> Loc:
    """Put a value into what it belongs to; return where it stands."""
    loc: Loc = ()
    if parent is None:
        reading.root = value
    elif (key := parent.key) is not None:
        loc = (*parent.loc, key)
        parent.content[key], parent.key = value, None
        reading.marks[loc], reading.values[loc] = parent.key_at, at
        return loc
    else:
        loc = (*parent.loc, len(parent.content))
        parent.content.append(value)
    reading.marks[loc] = reading.values[loc] = at
    return loc
