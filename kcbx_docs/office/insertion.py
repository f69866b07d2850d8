"""Put one more item into a list of a YAML file that people write, or take one out: every other
byte stays.

The result is read again and must hold exactly what was meant; otherwise nothing is given back.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kcbx_docs.light import dataclass, regex
from kcbx_docs.office.brackets import one_less
from kcbx_docs.office.yamledit import Original, block, read_original
from kcbx_docs.problems import Place, errors, raise_errors, stop
from kcbx_docs.reading import Source, parse_yaml

_DASH = regex(r"( *)-(?= |$)")
_EMPTY = regex(r"(?P<key>[^\s:]+:[ \t]*)\[[ \t]*\](?P<rest>[ \t]*(#.*)?)")
_NO_VALUE = regex(r"(?P<key>[^\s:]+:)(?P<rest>[ \t]*(#.*)?)")
_SHARP = regex(r"(?<![^ \t])#")
_INDENT = "  "


@dataclass(frozen=True)
class Inserted:
    """A file with one item more."""

    path: Path
    before: bytes
    data: bytes
    place: Place
    """Where the item stands."""
    source: Source


@dataclass(frozen=True)
class _Change:
    """Lines that come before a line, or in place of some."""

    at: int
    lines: Sequence[str]
    instead_of: int = 0


def insert_item(path: Path, section: str, at: int, item: Mapping[str, Any]) -> Inserted:
    """Put an item into the list of a section of a file, as the ``at``-th; raise where it cannot be.

    ``item`` holds texts, lists and mappings of texts only.
    """
    original = read_original(path)
    source, found = parse_yaml(original.text, str(path))
    raise_errors(found)
    listed = source.data.get(section) if isinstance(source.data, dict) else None
    if not isinstance(source.data, dict) or not isinstance(listed, list | None):
        raise stop("CLI051", source.place((section,)), section=section, item=block([item])[0])
    meant = {**source.data, section: [*(listed or ())[:at], item, *(listed or ())[at:]]}
    for change in _ways(source, section, at, item):
        data = _applied(original, change)
        again, found = parse_yaml(_text(data, original), str(path))
        if not errors(found) and again.data == meant:
            return Inserted(path, original.raw, data, again.place((section, at)), again)
    _, found = parse_yaml("\n".join(block({section: [item]})) + "\n", str(path))
    raise_errors(found)
    raise stop("CLI051", source.place((section,)), section=section, item=block([item])[0])


def remove_item(path: Path, section: str, at: int) -> Inserted:
    """Take the ``at``-th item out of the list of a section; raise where it has no lines of its own,
    and where somebody wrote a remark of it: that would be lost, or tell of the next item.
    """
    original = read_original(path)
    source, found = parse_yaml(original.text, str(path))
    raise_errors(found)
    change = _taking(source, section, at, remarks_go=False)
    data = _applied(original, change)
    again, _ = parse_yaml(_text(data, original), str(path))
    return Inserted(path, original.raw, data, source.place((section, at)), again)


def without_item(text: str, name: str, section: str, at: int, *, remarks_go: bool = False) -> str:
    """Take an item out of a text as ``remove_item`` does of a file; ``remarks_go`` where remarks
    of it go with it, as the settings of an office that are told beside each of them.
    """
    source, found = parse_yaml(text, name)
    raise_errors(found)
    change, lines = _taking(source, section, at, remarks_go=remarks_go), text.split("\n")
    rest = lines[change.at + change.instead_of :]
    return "\n".join([*lines[: change.at], *change.lines, *rest])


def _taking(source: Source, section: str, at: int, *, remarks_go: bool) -> _Change:
    """Return the change after which the file says all but one item of a list."""
    listed = source.data[section]
    if not remarks_go and (remarks := [*_remarks(source, section, at)]):
        told = "、".join(str(line + 1) for line in remarks)
        raise stop("CLI094", source.place((section, at)), lines=told)
    meant = {**source.data, section: [*listed[:at], *listed[at + 1 :]]}
    lines = source.text.split("\n")
    for change in _takings(source, section, at):
        kept = [*lines[: change.at], *change.lines, *lines[change.at + change.instead_of :]]
        again, found = parse_yaml("\n".join(kept), source.name)
        if not errors(found) and again.data == meant:
            return change
    raise stop("CLI093", source.place((section, at)))


def _takings(source: Source, section: str, at: int) -> Iterator[_Change]:
    """Yield the changes that may take an item away: its lines, and of the last one the list's."""
    lines = source.text.split("\n")
    for text in one_less(source, (section,), at):
        yield _Change(0, text.split("\n"), instead_of=len(lines))
    first, dashes = source.marks[(section,)][0], [*_dashes(source, lines, section)]
    if at >= len(dashes):
        return
    begin, column = dashes[at]
    following = [mark[0] for loc, mark in source.marks.items() if len(loc) == 1 and mark[0] > first]
    last = len(lines) - 1 if lines[-1] == "" else len(lines)
    bounds = [*(line for line, _ in dashes), min(following, default=last)]
    own = max(_trimmed(lines, begin + 1, bounds[at + 1]), _deep(lines, begin, column))
    for end in range(own, bounds[at + 1] + 1):
        if len(dashes) > 1:
            yield _Change(begin, (), instead_of=end - begin)
        elif key := _NO_VALUE.fullmatch(lines[first]):
            empty = f"{key['key']} []{key['rest']}"
            kept = lines[first + 1 : begin]
            yield _Change(first, [empty, *kept], instead_of=end - first)


def _remarks(source: Source, section: str, at: int) -> Iterator[int]:
    """Yield the lines that hold a remark of an item: in it, close above it, or below it as deep as
    its keys are.
    """
    lines, dashes = source.text.split("\n"), [*_dashes(source, source.text.split("\n"), section)]
    if at >= len(dashes):
        return
    begin, column = dashes[at]
    first = begin
    while _is_remark(lines[first - 1]) and _column(lines[first - 1]) <= column:
        first -= 1
    for number in range(first, _deep(lines, begin, column)):
        ends = [mark.start() for mark in _SHARP.finditer(lines[number])]
        if any(_says_nothing(source, lines, number, end) for end in ends):
            yield number


def _deep(lines: Sequence[str], begin: int, column: int) -> int:
    """Return the line after the last one that is as deep as the keys of an item."""
    found = end = begin + 1
    while end < len(lines) and (not lines[end].strip() or _column(lines[end]) > column):
        end += 1
        found = end if lines[end - 1].strip() else found
    return found


def _is_remark(line: str) -> bool:
    return line.lstrip().startswith("#")


def _column(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _says_nothing(source: Source, lines: Sequence[str], number: int, end: int) -> bool:
    """Tell whether the file says the same without the rest of a line."""
    cut = [*lines[:number], lines[number][:end], *lines[number + 1 :]]
    again, found = parse_yaml("\n".join(cut), "")
    return not errors(found) and bool(again.data == source.data)


def _text(data: bytes, original: Original) -> str:
    return data.decode(original.encoding).replace("\r\n", "\n")


def _ways(source: Source, section: str, at: int, item: Mapping[str, Any]) -> Iterator[_Change]:
    """Yield the changes that may put the item there; which one does, reading again decides."""
    lines = source.text.split("\n")
    last = len(lines) - 1 if lines[-1] == "" else len(lines)
    if (section,) not in source.marks:
        yield _Change(last, block({section: [item]}))
        return
    first = source.marks[(section,)][0]
    dashes = [*_dashes(source, lines, section)]
    if not dashes:
        yield from _first_item(lines, first, section, item)
        return
    new = [" " * dashes[0][1] + line for line in block([item])]
    following = [mark[0] for loc, mark in source.marks.items() if len(loc) == 1 and mark[0] > first]
    bounds = [*(line for line, _ in dashes), min(following, default=last)]
    end = bounds[at]
    # A remark above the next item belongs to it; what looks like one may be the end of a text.
    begin = _trimmed(lines, (bounds[at - 1] if at else first) + 1, end)
    for line in range(begin, end + 1):
        yield _Change(line, new)


def _dashes(source: Source, lines: Sequence[str], section: str) -> Iterator[tuple[int, int]]:
    """Yield line and indent of every item that has a line of its own."""
    number = 0
    while (section, number) in source.values:
        line = source.values[(section, number)][0]
        while line and not _DASH.match(lines[line]):
            line -= 1  # the dash may stand alone above its item
        dash = _DASH.match(lines[line])
        if dash is None:
            return
        yield line, len(dash[1])
        number += 1


def _first_item(
    lines: Sequence[str], first: int, section: str, item: Mapping[str, Any]
) -> Iterator[_Change]:
    new = [_INDENT + line for line in block([item])]
    if empty := _EMPTY.fullmatch(lines[first]):
        yield _Change(first, [empty["key"].rstrip() + empty["rest"], *new], instead_of=1)
    yield _Change(first + 1, new)


def _trimmed(lines: Sequence[str], begin: int, end: int) -> int:
    """Return the line after the last one that says something."""
    while end > begin and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return end


def _applied(original: Original, change: _Change) -> bytes:
    """Insert lines into the bytes; no other byte changes, whatever its encoding and line ends.

    A line break is one byte in UTF-8 and in GB18030, and no part of any character.
    """
    kept = original.raw.split(b"\n")
    end = original.newline.encode().removesuffix(b"\n")
    if change.at == len(kept):  # the last line of the file has no end
        kept[-1] += end
    codec = original.encoding.removesuffix("-sig")
    new = [line.encode(codec) + end for line in change.lines]
    return b"\n".join([*kept[: change.at], *new, *kept[change.at + change.instead_of :]])
