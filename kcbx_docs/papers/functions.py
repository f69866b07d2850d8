"""The functions that templates may call: citations and figures of the law as it stood on a day."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from typing import Literal

from kcbx_docs.law.citation import Citation, Part, citation_in_words, parts_of
from kcbx_docs.law.figures import figure_text
from kcbx_docs.law.registry import Registry
from kcbx_docs.light import dataclass
from kcbx_docs.problems import Place, Problem, UserError, problem

Form = Literal["全称", "首次", "简称"]
_FIRST_MARK = 0xE000
"""Private characters mark the mentions of a trial filling; no case or template holds one."""
_MARKS = range(_FIRST_MARK, 0xF900)


def not_a_citation(place: Place) -> Problem:
    """Say how an article is cited."""
    return problem("TMPL038", place, function="法条", example='法条("义务教育法", 58, 1)')


def not_a_rule(place: Place) -> Problem:
    """Say how a figure of the law is asked for."""
    return problem("TMPL038", place, function="规则", example='规则("review-60")')


@dataclass
class Citer:
    """法条: cite the registry; what was cited and what was wrong is remembered.

    A statute is named in full; where the paper names it again, its first mention introduces the
    short name. Which mention that is only shows when the paper is filled: once on trial, with a
    mark before every mention, then with the ``forms`` that the trial gave.
    """

    registry: Registry
    day: datetime.date
    place: Place
    trial: bool = False
    forms: Mapping[int, Form] = field(default_factory=dict)
    cited: list[Citation] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    known: dict[tuple[str, tuple[Part, ...]], tuple[Citation, ...]] = field(default_factory=dict)
    mentions: list[Citation] = field(default_factory=list)
    for_templates: bool = True

    def __call__(
        self,
        title: str = "",
        article: int | list[int | list[int | None]] | None = None,
        paragraph: int | None = None,
        item: int | None = None,
        *,
        简称: bool = False,  # noqa: N803 - older templates chose the short name themselves
        规则: str = "",  # noqa: N803
    ) -> str:
        """Return the citation of an article, of a list of them, or of what a rule rests on."""
        numbers = (article, paragraph, item)
        if not (规则 or title) or not isinstance(title, str) or parts_of(numbers) is None:
            self.problems.append(not_a_citation(self.place))
            return ""
        found = self._of_rule(规则) if 规则 else self._of_title(title, *numbers)
        if not found:
            return ""
        self.mentions.append(found[0])
        number = len(self.mentions) - 1
        text = citation_in_words(found, self.forms.get(number, "全称"))
        return f"{chr(_MARKS[number])}{text}" if self.trial else text

    def afresh(self, forms: Mapping[int, Form] | None = None) -> "Citer":
        """Return the function for one more filling of the same paper."""
        known = self.forms if forms is None else forms
        return replace(self, trial=False, forms=known, mentions=[])

    def _of_title(self, title: str, *numbers: object) -> tuple[Citation, ...]:
        return self._cite(title, parts_of(numbers) or ())

    def _cite(self, title: str, parts: tuple[Part, ...]) -> tuple[Citation, ...]:
        if (title, parts) not in self.known:
            self.known[title, parts] = tuple(self._checked(title, parts))
        return self.known[title, parts]

    def _checked(self, title: str, parts: tuple[Part, ...]) -> Iterator[Citation]:
        for part in parts:
            citation, found = self.registry.check_citation(
                title, *part, on=self.day, place=self.place
            )
            self.problems += found
            if citation:
                self.cited.append(citation)
                yield citation

    def _of_rule(self, name: str) -> tuple[Citation, ...]:
        try:
            (statute, parts), *_ = self.registry.rule_parts(name, self.day)
        except UserError as error:
            self.problems += (replace(one, place=self.place) for one in error.problems)
            return ()
        return self._cite(statute, parts)

    def forms_in(self, paragraphs: Iterable[str]) -> dict[int, Form]:
        """Tell from the words of a trial how each mention names its statute."""
        told: dict[str, list[tuple[int, bool]]] = {}
        for number, inside in _printed(paragraphs):
            told.setdefault(self.mentions[number].statute.id, []).append((number, inside))
        forms: dict[int, Form] = {}
        for printed in told.values():
            forms |= _forms(printed)
        return forms


def _forms(mentions: list[tuple[int, bool]]) -> dict[int, Form]:
    """Introduce the short name at the first mention outside brackets that others follow:
    brackets do not stand in brackets.
    """
    for place, (number, inside) in enumerate(mentions[:-1]):
        if not inside:
            later: dict[int, Form] = {other: "简称" for other, _ in mentions[place + 1 :]}
            return {number: "首次", **later}
    return {}


def _printed(paragraphs: Iterable[str]) -> Iterator[tuple[int, bool]]:
    """Yield the mentions in reading order, with whether each stands in brackets."""
    for text in paragraphs:
        depth = 0
        for char in text:
            depth += (char == "（") - (char == "）")
            if ord(char) in _MARKS:
                yield ord(char) - _FIRST_MARK, depth > 0


class Mentions:
    """法条 where only is asked which mentions a paper has: papers with equal ones cite alike."""

    for_templates = True
    mark = "\ufdd3"
    """No text that was read may hold it."""

    def __call__(self, *told: object, **named: object) -> str:
        """Return what was asked for, marked."""
        return f"{self.mark}{told}{named}{self.mark}"


@dataclass
class Figures:
    """规则: the figure of a rule in words, such as 六十日 or 六个月."""

    registry: Registry
    citer: Citer
    for_templates: bool = True

    def __call__(self, name: str) -> str:
        """Return the figure of a rule; a rule without one cannot be printed."""
        place = self.citer.place
        if not isinstance(name, str):
            self.citer.problems.append(not_a_rule(place))
            return ""
        try:
            return figure_text(self.registry.rule(name))
        except UserError as error:
            self.citer.problems += (replace(one, place=place) for one in error.problems)
            return ""
