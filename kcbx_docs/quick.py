"""YAML by the C parser, for texts that the strict reader takes without a word; nothing for all others.

Whatever could be read in two ways (tabs, question marks, anchors, tags, duplicate keys, a second document,
too deep, too much, any mistake) is left to the strict reader, which also words the mistakes.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import yaml

Loc = tuple[int | str, ...]
Marks = dict[Loc, tuple[int, int]]
_TWO_WAYS = re.compile("[\t?\u2028\u2029\ufeff]|[|>][-+0-9]*#")


@dataclass(frozen=True)
class Quick:
    """Plain data with the line and column of every key, item and value."""

    data: Any
    marks: Marks
    values: Marks


@dataclass
class _Open:
    """A mapping or sequence that is being read."""

    content: Any
    loc: Loc
    flow: bool
    key: str | None = None
    key_at: tuple[int, int] = (0, 0)


@dataclass
class _Reading:
    """What has been read so far."""

    first_line: int
    marks: Marks = field(default_factory=dict)
    values: Marks = field(default_factory=dict)
    stack: list[_Open] = field(default_factory=list)
    root: Any = None


def quick(text: str, first_line: int, depth: int, count: int) -> Quick | None:
    """Read a text that holds nothing doubtful; ``depth`` and ``count`` limit what is read."""
    if not yaml.__with_libyaml__ or _TWO_WAYS.search(text):
        return None
    loader = yaml.CSafeLoader(text)
    try:
        read = _read(loader.get_event, _Reading(first_line), depth, count)
    except (yaml.YAMLError, ValueError, UnicodeError):
        return None
    finally:
        loader.dispose()
    return Quick(read.root, read.marks, read.values) if read and read.root is not None else None


def _read(get: Callable[[], Any], reading: _Reading, depth: int, count: int) -> _Reading | None:
    documents = 0
    for _ in range(count):
        event = get()
        kind = type(event)
        if kind is yaml.ScalarEvent or kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            if not _place(reading, event, kind) or len(reading.stack) > depth:
                return None
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            reading.stack.pop()
        elif kind is yaml.StreamEndEvent:
            return reading
        elif kind is yaml.AliasEvent:
            return None
        else:
            documents += kind is yaml.DocumentStartEvent
            if documents > 1:
                return None
    return None


def _place(reading: _Reading, event: Any, kind: type[yaml.Event]) -> bool:
    """Put a key or value where it belongs; tell whether the strict reader would say nothing."""
    if event.anchor or event.tag:
        return False
    mark, scalar = event.start_mark, kind is yaml.ScalarEvent
    at = (reading.first_line + mark.line, mark.column)
    parent = reading.stack[-1] if reading.stack else None
    if parent is not None and parent.key is None and type(parent.content) is dict:
        if not scalar or event.value == "<<" or event.value in parent.content:
            return False
        parent.key, parent.key_at = event.value, at
        return True
    value = _value(event, kind)
    if value is None and (parent is None or parent.flow):
        return False
    loc = _put(reading, parent, value, at)
    if not scalar:
        reading.stack.append(_Open(value, loc, event.flow_style))
    return True


def _put(reading: _Reading, parent: _Open | None, value: Any, at: tuple[int, int]) -> Loc:
    """Put a value into what it belongs to; return where it stands."""
    loc: Loc
    if parent is None:
        loc, reading.root = (), value
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


def _value(event: Any, kind: type[yaml.Event]) -> Any:
    if kind is yaml.ScalarEvent:
        return event.value if event.value or event.style else None
    return {} if kind is yaml.MappingStartEvent else []
