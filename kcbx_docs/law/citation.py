"""A citation: a statute or one of its articles in the wording of a day, and how it is written."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from kcbx_docs.law.model import Article, Statute, Verification, Version
from kcbx_docs.problems import Problems, problem
from kcbx_docs.words import article_in_words

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
        title = bracketed(self.statute.title)
        if self.statute.number and self.statute.level in _NUMBERED_LEVELS:
            title += f"（{self.statute.number}）"
        return title + self.part

    @cached_property
    def short(self) -> str:
        """Write it with the short title: 《义务教育法》第五十八条."""
        return f"{bracketed(self.statute.short)}{self.part}"

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


def bracketed(title: str) -> str:
    """Put a title in 《》; titles inside it get 〈〉."""
    return f"《{title.replace('《', '〈').replace('》', '〉')}》"


def plain_title(title: str) -> str:
    """Reduce a title to its bare form for comparison."""
    bare = re.sub(r"\s", "", title).replace("〈", "《").replace("〉", "》")
    if bare.startswith("《") and bare.endswith("》"):
        bare = bare[1:-1]
    return bare
