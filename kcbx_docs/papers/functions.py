"""The functions that templates may call: citations and figures of the law as it stood on a day."""

import datetime
from dataclasses import dataclass, field

from kcbx_docs.law.citation import Citation
from kcbx_docs.law.figures import figure_text
from kcbx_docs.law.registry import Registry
from kcbx_docs.problems import Place, Problem, UserError


@dataclass
class Citer:
    """法条: cite the registry; what was cited and what was wrong is remembered."""

    registry: Registry
    day: datetime.date
    place: Place
    cited: list[Citation] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    known: dict[tuple[object, ...], Citation | None] = field(default_factory=dict)
    for_templates: bool = True

    def __call__(
        self,
        title: str,
        article: int | None = None,
        paragraph: int | None = None,
        item: int | None = None,
        *,
        简称: bool = False,  # noqa: N803
    ) -> str:
        """Return the citation in full, or with the short title."""
        named = (title, article, paragraph, item)
        if named not in self.known:
            self.known[named] = self._cite(*named)
        citation = self.known[named]
        return "" if citation is None else citation.short if 简称 else citation.text

    def _cite(
        self, title: str, article: int | None, paragraph: int | None, item: int | None
    ) -> Citation | None:
        citation, found = self.registry.check_citation(
            title, article, paragraph, item, on=self.day, place=self.place
        )
        self.problems += found
        self.cited += [citation] if citation else []
        return citation


@dataclass
class Figures:
    """规则: the figure of a rule in words, such as 六十日 or 六个月."""

    registry: Registry
    citer: Citer
    for_templates: bool = True

    def __call__(self, name: str) -> str:
        """Return the figure of a rule; a rule without one cannot be printed."""
        try:
            return figure_text(self.registry.rule(name))
        except UserError as error:
            self.citer.problems += error.problems
            return ""
