"""Put one item into a list of a YAML file that people write; every other character stays as it is.

The result is read again and must hold exactly what was meant; otherwise nothing is given back.
"""

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kcbx_docs.case.commented import flow
from kcbx_docs.handwriting.encodings import decode, no_text
from kcbx_docs.light import dataclass, regex
from kcbx_docs.problems import Place, UserError, errors, raise_errors, stop
from kcbx_docs.reading import Source, parse_yaml

_DASH = regex(r"( *)- +(?=\S)")
_SHORT = 60


@dataclass(frozen=True)
class Original:
    """The text of a file as it is on disk, and how it is written there."""

    path: Path
    text: str = ""
    encoding: str = "utf-8"
    newline: str = "\n"
    raw: bytes = b""
    """The bytes that were read: who writes asks whether they are still there."""

    def encode(self, text: str) -> bytes:
        """Write a changed text in the way of the original."""
        return text.replace("\n", self.newline).encode(self.encoding)


def read_original(path: Path) -> Original:
    """Read a file with its encoding and line ends; one that is not there counts as empty."""
    if not path.exists():
        return Original(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise stop("READ001", Place(str(path)), file=path) from error
    text = decode(raw)
    if text is None:
        raise UserError((no_text(raw, str(path)),))
    newline = "\r\n" if "\r\n" in text else "\n"
    return Original(path, text.replace("\r\n", "\n"), encoding_of(raw), newline, raw)


def encoding_of(raw: bytes) -> str:
    """Name the encoding in which a text is written."""
    if raw.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def put_item(text: str, name: str, section: str, key: str, item: Mapping[str, Any]) -> str:
    """Put an item into the list of a section: in place of the one with the same key, or at its end.

    ``item`` holds texts, lists and mappings of texts only; ``name`` is the file for messages.
    """
    source = _parsed(text, name)
    data = dict(source.data or {})
    listed = list(data.get(section) or [])
    at = next((n for n, known in enumerate(listed) if known.get(key) == item[key]), len(listed))
    meant = {**data, section: [*listed[:at], item, *listed[at + 1 :]]}
    for changed in _ways(source, section, at, item, meant[section]):
        again, found = parse_yaml(changed, name)
        if not errors(found) and again.data == meant:
            return changed
    _, found = parse_yaml("\n".join(block({section: [item]})) + "\n", name)
    raise_errors(found)
    raise stop("CLI020", source.place((section,)), section=section, file=name)


def _parsed(text: str, name: str) -> Source:
    if not re.sub(r"(?m)^\s*(#.*)?$", "", text).strip():
        return Source(name, text, {})
    source, found = parse_yaml(text, name)
    raise_errors(found)
    if not isinstance(source.data, dict):
        raise stop("CLI020", Place(name), section="", file=name)
    return source


def _ways(
    source: Source, section: str, at: int, item: Mapping[str, Any], listed: Sequence[Any]
) -> Iterator[str]:
    """Yield the text changed in one item only; then, where that cannot be, in the whole section."""
    lines = source.text.split("\n")
    if (section,) not in source.marks:
        end = len(lines) - 1 if lines[-1] == "" else len(lines)
        yield "\n".join([*lines[:end], *block({section: [item]}), ""])
        return
    first = source.marks[(section,)][0]
    last = _end(source, lines, first)
    items = [(section, number) for number in range(len(listed))]
    starts = [source.values[loc][0] for loc in items if loc in source.values]
    dash = _DASH.match(lines[starts[0]]) if starts else None
    if dash and starts[0] > first:
        bounds = [*starts, last]
        begin = bounds[min(at, len(starts))]
        after = _trimmed(lines, begin, bounds[min(at + 1, len(starts))])
        new = [dash[1] + line for line in block([item])]
        yield "\n".join([*lines[:begin], *new, *lines[after:]])
    yield "\n".join([*lines[:first], *block({section: listed}), *lines[last:]])


def _end(source: Source, lines: Sequence[str], first: int) -> int:
    """Find the line after a section; comments before the next key belong to that key."""
    keys = [mark[0] for loc, mark in source.marks.items() if len(loc) == 1 and mark[0] > first]
    return _trimmed(lines, first, min(keys, default=len(lines)))


def _trimmed(lines: Sequence[str], begin: int, end: int) -> int:
    while end > begin and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return end


def block(value: Any, indent: int = 0) -> list[str]:
    """Write texts, lists and mappings of texts as YAML lines; long records key by key."""
    pad = " " * indent
    lines: list[str] = []
    if isinstance(value, Mapping):
        for key, inner in value.items():
            written = key if key.isalnum() else flow(key)
            lines += _entry(f"{pad}{written}:", inner, indent)
        return lines
    for item in value:
        inner = block(item, indent + 2) if _long(item) else [f"{pad}  {flow(item)}"]
        lines += [f"{pad}- {inner[0].lstrip()}", *inner[1:]]
    return lines


def _entry(head: str, value: Any, indent: int) -> list[str]:
    if not _long(value):
        return [f"{head} {flow(value)}"]
    return [head, *block(value, indent + 2)]


def _long(value: Any) -> bool:
    if isinstance(value, Mapping):
        return len(flow(value)) > _SHORT or any(map(_long, value.values()))
    return isinstance(value, list | tuple) and any(isinstance(item, Mapping) for item in value)
