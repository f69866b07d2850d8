"""Paragraphs of official letters: what is a heading, what runs on, what is a plain sentence."""

import pytest

from kcbx_docs.papers.letter_facts import letter_line


@pytest.mark.parametrize(
    ("text", "level", "heading", "rest"),
    [
        ("一、总体要求", 1, "一、总体要求", None),
        ("（一）核对名单。各校逐人核清去向。", 2, "（一）核对名单。", "各校逐人核清去向。"),
        (
            "二、回执由监护人本人签名；由他人代签的，注明关系。",
            0,
            None,
            "二、回执由监护人本人签名；由他人代签的，注明关系。",
        ),
        ("1.学生无故缺课的，当天联系监护人。", 3, None, "1.学生无故缺课的，当天联系监护人。"),
        ("现通知如下。", 0, None, "现通知如下。"),
    ],
)
def test_headings_carry_no_full_stop_and_sentences_are_no_headings(text, level, heading, rest):
    line = letter_line(text)
    assert (line.level, line.heading, line.text) == (level, heading, rest)
