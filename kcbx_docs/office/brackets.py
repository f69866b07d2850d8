"""Lists that are written in brackets, in a YAML file that people write."""

from collections.abc import Iterator

from kcbx_docs.light import regex
from kcbx_docs.reading import Loc, Source

_SIGNS = regex(
    r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|(?<![^ \t\n])#[^\n]*|(?P<open>[\[{])|(?P<shut>[\]}])"
)
_REMARK = regex(r"(?<![^ \t\n])#")
_NEXT = regex(r"\s*,[ \t]*")


def _begin(source: Source, loc: Loc) -> int:
    """Return where the value at a place begins in the text."""
    line, column = source.values[loc]
    return sum(len(one) + 1 for one in source.text.split("\n")[:line]) + column


def _end(text: str, begin: int) -> int:
    """Return where the brackets end that begin at a place; nought where none do."""
    depth = 0
    for found in _SIGNS.finditer(text, begin):
        depth += bool(found["open"]) - bool(found["shut"])
        if depth == 0:
            return found.end() if found["shut"] else 0
    return 0


def one_more(source: Source, loc: Loc, item: str) -> Iterator[str]:
    """Yield the text with one item more behind those of a list in brackets."""
    text, begin = source.text, _begin(source, loc)
    if not text.startswith("[", begin) or not (end := _end(text, begin)):
        return
    inside = text[: end - 1].rstrip().removesuffix(",")
    yield f"{inside}, {item}{text[len(inside) : end - 1].removeprefix(',')}{text[end - 1 :]}"


def one_less(source: Source, loc: Loc, at: int) -> Iterator[str]:
    """Yield the text without an item of a list in brackets, where nobody wrote a remark of it."""
    text = source.text
    if not text.startswith("[", _begin(source, loc)):
        return
    begin = _begin(source, (*loc, at))
    end = _end(text, begin)
    if not end or _REMARK.search(text, begin, end):
        return
    if following := _NEXT.match(text, end):
        yield text[:begin] + text[following.end() :]
    before = text[:begin].rstrip()
    yield before.removesuffix(",") + text[end:]
