"""Two proofs of a place beside each other: in which papers words or looks differ."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from hashlib import sha256
from itertools import chain
from typing import Any

from kcbx_docs.keeping.packdiff import Stretches, stretches
from kcbx_docs.light import dataclass
from kcbx_docs.scans.pdfium import opened_pdf

_SCALE = 0.4
_NUMBER = 42
"""Points at the upper edge, where the number of a sheet stands: it moves with the papers before."""


@dataclass(frozen=True)
class Chapter:
    """One paper of a proof: where it begins, what its pages say and look like."""

    title: str
    first: int
    texts: tuple[tuple[str, ...], ...]
    looks: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the lines of all its pages."""
        return tuple(chain.from_iterable(self.texts))


@dataclass(frozen=True)
class ChapterChange:
    """A paper that is new, gone or other than before."""

    title: str
    before: Chapter | None
    now: Chapter | None
    lines: tuple[Stretches, ...]
    """Those that differ; none where only the looks do."""

    @property
    def pages(self) -> tuple[tuple[int | None, int | None], ...]:
        """Pair the numbers of the pages that look otherwise, counted from 0."""
        sides = [_numbered(side) for side in (self.before, self.now)]
        most = max(map(len, sides))
        paired = zip(*(side + [("", None)] * (most - len(side)) for side in sides), strict=True)
        return tuple((one[1], other[1]) for one, other in paired if one[0] != other[0])


def _numbered(side: Chapter | None) -> list[tuple[str, int | None]]:
    return [(look, side.first + n) for n, look in enumerate(side.looks)] if side else []


def chapters(pdf: bytes) -> tuple[Chapter, ...]:
    """Read the papers of a proof by its bookmarks."""
    with opened_pdf(pdf) as document:
        marks = [(one.get_title(), one.get_dest().get_index()) for one in document.get_toc()]
        pages = [_page(document[number], number) for number in range(len(document))]
    ends = [*(first for _, first in marks[1:]), len(pages)]
    found = zip(marks, ends, strict=True)
    return tuple(_chapter(title, first, pages[first:end]) for (title, first), end in found)


def _chapter(title: str, first: int, pages: Sequence[tuple[tuple[str, ...], str]]) -> Chapter:
    texts = tuple(text for text, _ in pages)
    return Chapter(title, first, texts, tuple(look for _, look in pages))


def _page(page: Any, number: int) -> tuple[tuple[str, ...], str]:
    """Return the lines of a page without its number, and a mark of what it looks like."""
    lines = page.get_textpage().get_text_range().replace("\r", "").split("\n")
    if lines[-1].strip().isdecimal():
        lines.pop()
    drawn = page.render(scale=_SCALE, grayscale=True, crop=(0, 0, 0, _NUMBER))
    return tuple(filter(None, map(str.strip, lines))), sha256(bytes(drawn.buffer)).hexdigest()


def compared(before: Sequence[Chapter], now: Sequence[Chapter]) -> Iterator[ChapterChange]:
    """Yield the papers in which two proofs differ, in the order of the newer one."""
    old, new = _named(before), _named(now)
    for title in (*new, *(title for title in old if title not in new)):
        one, other = old.get(title), new.get(title)
        if _said_and_seen(one) != _said_and_seen(other):
            told = _lines(one.lines if one else (), other.lines if other else ())
            yield ChapterChange(title, one, other, tuple(told))


def _named(told: Sequence[Chapter]) -> Mapping[str, Chapter]:
    """Name papers by their titles; of two with the same the second is told by its number."""
    named: dict[str, Chapter] = {}
    for one in told:
        count = sum(title.partition("（第")[0] == one.title for title in named)
        named[f"{one.title}（第{count + 1}份）" if count else one.title] = one
    return named


def _said_and_seen(one: Chapter | None) -> tuple[object, ...]:
    return (one.lines, one.looks) if one else ()


def _lines(before: Sequence[str], now: Sequence[str]) -> Iterator[Stretches]:
    """Yield the lines that differ; words that only moved to another line are told, too."""
    matcher = SequenceMatcher(None, before, now, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind != "equal":
            yield stretches("".join(before[start:end]), "".join(now[first:last]))
