"""Values that take several lines of a YAML file that people write: lists, texts that are folded or
kept as they are. What nobody changed of them stays, with the remarks beside it.
"""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import chain, pairwise
from typing import Any

from kcbx_docs.case.commented import flow
from kcbx_docs.light import regex
from kcbx_docs.reading import Loc, Source

_DASH = regex(r"( *)- ")
_SHARP = regex(r"(?<![^ \t])#")
_NOTE = regex(r"[ \t]*(?<![^ \t])#.*$")
_KEPT = ("|", ">")
"""How a text begins whose lines are all text, also those that look like remarks."""
_QUOTES = ('"', "'")


def at_place(data: Any, loc: Loc) -> Any:
    """Return what stands at a place; nothing where there is none."""
    for part in loc:
        if isinstance(part, int):
            data = data[part] if isinstance(data, list) and part < len(data) else None
        else:
            data = data.get(part) if isinstance(data, Mapping) else None
    return data


def lines_of(source: Source, loc: Loc, count: int) -> tuple[int, int]:
    """Return the lines of a record, with the remarks below it."""
    if not loc:
        return 0, count
    first = source.marks[loc][0]
    inside = len(loc)
    later = (mark[0] for other, mark in source.marks.items() if other[:inside] != loc)
    return first, min((line for line in later if line > first), default=count)


def one_by_one(source: Source, loc: Loc, value: Any) -> Iterator[str]:
    """Change the items of a list that have lines of their own; those that stay keep theirs."""
    held, lines = at_place(source.data, loc), source.text.split("\n")
    starts = _starts(source, loc, lines)
    if not starts or not isinstance(value, list):
        return
    last = _last_of(source, loc, lines)
    own = [lines[begin:end] for begin, end in pairwise([*starts, last])]
    dash, new = _DASH.match(lines[starts[0]]), list[str]()
    steps = SequenceMatcher(None, [*map(flow, held)], [*map(flow, value)], autojunk=False)
    for kind, begin, end, first, stop in steps.get_opcodes():
        lines_held = [*chain.from_iterable(own[begin:end])]
        if kind == "equal":
            new += lines_held
        elif dash is None or any(map(_SHARP.search, lines_held)):
            return
        else:
            new += [f"{dash[1]}- {flow(one)}" for one in value[first:stop]]
    if steps.get_matching_blocks()[:-1]:  # something of it stays
        yield "\n".join([*lines[: starts[0]], *new, *lines[last:]])


def _starts(source: Source, loc: Loc, lines: Sequence[str]) -> list[int]:
    """Return the lines with which the items of a list begin; none where some share one."""
    held = at_place(source.data, loc)
    places = [(*loc, number) for number in range(len(held) if isinstance(held, list) else 0)]
    found = [source.values[one][0] for one in places if one in source.values]
    whole = len(found) == len(places) == len(set(found))
    return found if whole and all(_DASH.match(lines[one]) for one in found) else []


def over_its_lines(source: Source, loc: Loc, value: Any) -> Iterator[str]:
    """Put the value in the place of one of several lines, in which nobody wrote a remark."""
    held = at_place(source.data, loc)
    if loc not in source.marks or not isinstance(loc[-1], str) or isinstance(held, Mapping):
        return
    lines, (line, at) = source.text.split("\n"), source.marks[loc]
    colon, last = lines[line].index(":", at) + 1, _last_of(source, loc, lines)
    head, below = lines[line][colon:], lines[line + 1 : last]
    kept = head.lstrip().startswith(_KEPT)
    note = _NOTE.search(head)
    if not note and not kept and not isinstance(held, list) and below:
        note = None if head.lstrip().startswith(_QUOTES) else _NOTE.search(below[-1])
        below = [*below[:-1], below[-1][: note.start()] if note else below[-1]]
    if below and (kept or not any(map(_SHARP.search, below))):
        new = f"{lines[line][:colon]} {flow(value) if value else ''}".rstrip()
        yield "\n".join([*lines[:line], f"{new}{note[0] if note else ''}", *lines[last:]])


def _last_of(source: Source, loc: Loc, lines: Sequence[str]) -> int:
    """Return the line after the last one of a value: remarks below it belong to what follows."""
    first, last = lines_of(source, loc, len(lines))
    end, (line, at) = last, source.marks[loc]
    while end > first + 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip()[0] == "#"):
        end -= 1
    if lines[line][at:].partition(":")[2].lstrip().startswith(_KEPT):
        while end < last and lines[end].strip() and not lines[end][: at + 1].strip():
            end += 1
    return end
