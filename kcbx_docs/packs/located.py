"""Where a name stands in a source that Jinja reads: Jinja itself knows lines only."""

import itertools
import re
from functools import lru_cache
from typing import Protocol

from jinja2 import Environment, nodes

from kcbx_docs.packs.markup import TAG
from kcbx_docs.problems import Place

_LEXER = Environment(keep_trailing_newline=True).lexer


class Located(Protocol):
    """A source that Jinja reads, whose offsets and lines have places."""

    @property
    def source(self) -> str:
        """The whole text."""

    def place(self, offset: int) -> Place:
        """Return the place of an offset."""

    def place_of_line(self, line: int) -> Place:
        """Return the place of a line."""


class Spread:
    """The tags of a source with every sign on a line of its own: a line is then one place."""

    def __init__(self, inner: Located) -> None:
        self.inner = inner
        self.offsets = [0]
        self.source = "".join(self._spread(inner.source))

    def _spread(self, source: str) -> list[str]:
        out: list[str] = []
        at = 0
        for _line, token, value in _LEXER.tokeniter(source, None):
            if token == "whitespace":
                out.append(" ")
            elif token not in ("data", "comment", "comment_begin", "comment_end"):
                self.offsets += [at] * (1 + value.count("\n"))
                out += ["\n", value]
            at += len(value)
        return out

    def offset(self, line: int) -> int:
        """Return where in the source what stands in a line begins."""
        return self.offsets[line - 1] if 0 < line <= len(self.offsets) else 0

    def place(self, offset: int) -> Place:
        """Return the place of an offset of the source itself."""
        return self.inner.place(offset)

    def place_of_line(self, line: int) -> Place:
        """Return the place of the sign that stands in a line."""
        return self.inner.place(self.offset(line))


@lru_cache(maxsize=8)
def _line_starts(source: str) -> tuple[int, ...]:
    """Return where the lines of a source begin, and where the one after the last would."""
    return (0, *itertools.accumulate(len(line) + 1 for line in source.split("\n")))


def place_of_name(text: Located, line: int, name: str, nth: int = 1) -> Place:
    """Find a name in the tags of a line; ``nth`` of several."""
    pattern = rf"(?<!\w){re.escape(name)}" if name[:1].isalnum() else re.escape(name)
    if name[-1:].isalnum():
        pattern += r"(?!\w)"
    if isinstance(text, Spread):
        there = re.compile(pattern).search(text.inner.source, text.offset(line))
        return text.place(there.start()) if there else text.place_of_line(line)
    starts = _line_starts(text.source)
    begin = starts[min(line, len(starts)) - 1]
    whole = text.source[begin:].partition("\n")[0] if line < len(starts) else ""
    found = [match.start() for match in re.finditer(pattern, whole)]
    outside = TAG.sub(lambda tag: "\0" * len(tag.group()), whole)
    inside = [at for at in found if outside[at] == "\0"] or found
    if not inside:
        return text.place_of_line(line)
    return text.place(begin + inside[min(nth, len(inside)) - 1])


def spelled(node: nodes.Node) -> str:
    """Write a name as the template does."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{spelled(node.node)}.{node.attr}"
    if isinstance(node, nodes.Filter) and node.node:
        return spelled(node.node)
    if isinstance(node, nodes.Const):
        return str(node.value)
    return "…"
