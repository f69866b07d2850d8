"""A citation: a statute or one of its articles in the wording of a day, and how it is written."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Literal

from kcbx_docs.law.model import Article, Statute, Verification, Version
from kcbx_docs.light import dataclass
from kcbx_docs.problems import Problems, problem
from kcbx_docs.words import article_in_words

Part = tuple[int | None, int | None, int | None]
"""An article, its paragraph and its item."""

_NUMBERED_LEVELS = ("司法解释", "司法文件", "规范性文件")
_RANK = {"已核对": 0, "部分": 1, "未核对": 2}


@dataclass(frozen=True)
class Citation:
    """A reference to a statute or one of its articles in the wording of a given day."""

    statute: Statute
    version: Version
    on: date
    article: int | None = None
    paragraph: int | None = None
    item: int | None = None

    @property
    def text(self) -> str:
        """Write it in full: 《中华人民共和国义务教育法》第五十八条."""
        return self.statute_in_words() + self.part

    @cached_property
    def short(self) -> str:
        """Write it with the short title: 《义务教育法》第五十八条."""
        return f"{bracketed(self.statute.short)}{self.part}"

    def statute_in_words(self, *, introduced: bool = False) -> str:
        """Write the full title with its number, and the short name that is used below."""
        known = self.statute
        numbered = known.number if known.level in _NUMBERED_LEVELS else ""
        named = f"以下简称{bracketed(known.short)}"
        short = named if introduced and known.short != known.title else ""
        more = "，".join(filter(None, (numbered, short)))
        return bracketed(known.title) + (f"（{more}）" if more else "")

    @property
    def part(self) -> str:
        """Write the article, paragraph and item: 第五条第二款第（三）项."""
        return article_in_words(self.article, self.paragraph, self.item)

    @property
    def entry(self) -> Article | None:
        """Return the registered article."""
        if not self.article:
            return None
        return self.statute.articles_of(self.version).get(self.article)

    @property
    def gist(self) -> str:
        """Say in our own words what the cited place rules."""
        entry = self.entry
        if not entry:
            return ""
        item = f"{self.paragraph or 1}.{self.item}"
        return entry.items.get(item) or entry.paragraphs.get(self.paragraph or 0) or entry.gist

    @property
    def verification(self) -> Verification:
        """Return the weaker of what is known of the version and of the article."""
        known = self.version.verification
        if self.entry and self.entry.verification:
            return max(known, self.entry.verification, key=_RANK.__getitem__)
        return known

    @property
    def warnings(self) -> Problems:
        """Warn where the text was only partly checked."""
        if self.verification == "已核对":
            return ()
        note = self.version.note or self.version.source
        return (problem("LAW006", title=self.statute.short, part=self.part, note=note),)

    def as_dict(self) -> dict[str, Any]:
        """Return plain data for ``--json``."""
        return {
            "text": self.text,
            "short": self.short,
            "gist": self.gist,
            "verification": self.verification,
        }


def citation_in_words(
    citations: Sequence[Citation], form: Literal["全称", "首次", "简称"] = "全称"
) -> str:
    """Write the articles of one statute, which is named once: in full, with the short name that
    is used below, or by the short name.
    """
    first = citations[0]
    title = first.statute_in_words(introduced=form == "首次")
    if form == "简称":
        title = bracketed(first.statute.short)
    return title + "、".join(filter(None, _parts_in_words(citations)))


def _parts_in_words(citations: Sequence[Citation]) -> Iterator[str]:
    """Write each article; a further paragraph or item of the last one without its number."""
    last: Part = (None, None, None)
    for one in citations:
        article, paragraph = one.article, one.paragraph
        if paragraph and article == last[0]:
            article = None
            if one.item and paragraph == last[1]:
                paragraph = None
        yield article_in_words(article, paragraph, one.item)
        last = (one.article, one.paragraph, one.item)


def parts_of(numbers: Sequence[object]) -> tuple[Part, ...] | None:
    """Read what follows a title: an article, paragraph and item, or a list of articles each of
    which may be such a list; nothing where they are none.
    """
    first, *below = (*numbers, None)
    if not isinstance(first, list | tuple):
        part = _part(numbers)
        return (part,) if part else None
    if any(below) or not first:
        return None
    parts = [_part(one if isinstance(one, list | tuple) else (one,)) for one in first]
    return tuple(part for part in parts if part) if all(parts) else None


def _part(numbers: Sequence[object]) -> Part | None:
    """Read an article with its paragraph and item; true would count as a number."""
    known = [n for n in numbers if n is None or (isinstance(n, int) and not isinstance(n, bool))]
    if len(known) < len(numbers) or len(numbers) > 3:
        return None
    article, paragraph, item = (*known, None, None, None)[:3]
    return article, paragraph, item


def bracketed(title: str) -> str:
    """Put a title in 《》; titles inside it get 〈〉."""
    return f"《{title.replace('《', '〈').replace('》', '〉')}》"


def plain_title(title: str) -> str:
    """Reduce a title to its bare form for comparison."""
    bare = re.sub(r"\s", "", title).replace("〈", "《").replace("〉", "》")
    if bare.startswith("《") and bare.endswith("》"):
        bare = bare[1:-1]
    return bare
