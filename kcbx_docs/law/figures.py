"""Figures of the law in words: what papers, messages and the texts of packs print instead of typing
them.
"""

from collections.abc import Callable

from kcbx_docs.law.model import Rule
from kcbx_docs.law.numerals import chinese_number
from kcbx_docs.light import regex
from kcbx_docs.problems import stop
from kcbx_docs.words import unit_in_words

FIGURE = regex(r"〔([a-z][a-z0-9-]*)〕")
"""A figure within a text of a pack: the id of its rule, as 收到之日起〔pay-15〕."""

_PRINTABLE = ("日", "工作日", "周", "月", "年", "周岁", "元", "人", "百分比")


def figure_text(rule: Rule) -> str:
    """Write the figure of a rule in words, such as 六十日 or 百分之三;
    raise where there is none.
    """
    if rule.value is None or rule.unit not in _PRINTABLE:
        raise stop("LAW025", name=rule.name)
    number = chinese_number(abs(rule.value))
    return f"百分之{number}" if rule.unit == "百分比" else f"{number}{unit_in_words(rule.unit)}"


def with_figures(text: str, figure: Callable[[str], str]) -> str:
    """Put the figures of the law into a text."""
    return FIGURE.sub(lambda found: figure(found[1]), text)
