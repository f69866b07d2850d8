"""Filters for what people wrote in several lines, and how figures are printed."""

from decimal import Decimal

import pytest

from kcbx_docs.packs.collecting import collecting
from kcbx_docs.packs.language import environment


def shown(source: str, **values: object) -> str:
    return environment.from_string(source).render(**values)


def test_questions_and_answers_stand_in_paragraphs_of_their_own() -> None:
    template = "{% for 行 in 内容|段落 %}[{{ 行 }}]{% endfor %}"
    assert (
        shown(template, 内容="问：为什么没有上学？\n\n  答：<不愿读>。\n")
        == "[问：为什么没有上学？][答：&lt;不愿读&gt;。]"
    )


def test_a_record_without_content_has_no_paragraphs() -> None:
    assert (
        shown("{% for 行 in 内容|段落 %}[{{ 行 }}]{% else %}手写{% endfor %}", 内容=None) == "手写"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ 内容|顿号 }}", ["pieces"]),
        ("{% for 一 in 内容 %}{{ 一 }}{% endfor %}", ["pieces"]),
        ("{{ 内容|名单 }}", ["pieces"]),
        ("{{ 内容|map('x')|顿号 }}", ["pieces"]),
        ("{{ [内容]|顿号 }}{{ 内容|length }}{{ 内容|段落|顿号 }}", []),
    ],
)
def test_a_text_is_not_taken_apart_as_if_it_were_a_list(text: str, told: list[str]) -> None:
    with collecting() as collected:
        environment.from_string(text).render(内容="县妇联")
    assert [kind for kind, *_ in collected.faults] == told


def test_whole_yuan_are_printed_without_cents() -> None:
    amounts = [Decimal(text) for text in ("800", "800.00", "8E+2", "0.00", "24.50")]
    assert [shown("{{ 数 }}", 数=amount) for amount in amounts] == [
        "800",
        "800",
        "800",
        "0",
        "24.50",
    ]
