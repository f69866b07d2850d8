"""Figures of rules in words, as papers print them."""

import pytest

from kcbx_docs.law.figures import figure_text
from kcbx_docs.law.registry import load_registry
from kcbx_docs.problems import UserError

REGISTRY = load_registry()[0]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("pay-15", "十五日"),
        ("hearing-notice", "七个工作日"),
        ("suit-6m", "六个月"),
        ("spot-collect-cap", "一百元"),
        ("surcharge", "百分之三"),
    ],
)
def test_a_figure_has_its_unit(rule: str, words: str) -> None:
    assert figure_text(REGISTRY.rule(rule)) == words


def test_a_period_without_a_statutory_figure_is_refused() -> None:
    with pytest.raises(UserError) as caught:
        figure_text(REGISTRY.rule("defence-window"))
    assert caught.value.problems[0].code == "LAW025"
