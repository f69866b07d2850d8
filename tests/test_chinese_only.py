"""Whoever uses this reads Chinese: no sentence on the screen is English, whoever wrote it."""

import re

import pytest

from kcbx_docs.cli.chinese import WORDS
from kcbx_docs.problems import catalogue, in_chinese, problem
from kcbx_docs.writing import reason_of

CODE = re.compile(r"kcbx[ a-z-]*|pip install [^ ；。]*|\{\{.*?\}\}|\{[^{}]*\}|<[^>]*>|--[a-z-]+")
SENTENCE = re.compile(r"[A-Za-z']{2,}(?:[ ,.]+[A-Za-z']{2,}){2,}")


def test_no_text_of_a_problem_holds_a_sentence_in_english() -> None:
    every = [(code, text) for code, entry in catalogue().items() for text in entry.values()]
    assert [(code, text) for code, text in every if SENTENCE.search(CODE.sub("", text))] == []


def test_every_message_of_click_is_put_into_chinese() -> None:
    said = {text: words for text, words in WORDS.items() if text != "%(prog)s, version %(version)s"}
    assert [words for words in said.values() if SENTENCE.search(CODE.sub("", words))] == []
    assert [text for text, words in said.items() if not re.search("[一-龥]", words)] == []


@pytest.mark.parametrize(
    "said",
    [
        "Input should be greater than 3",
        "found character '@' that cannot start any token",
        "access to attribute '__class__' of 'str' object is unsafe.",
    ],
)
def test_what_a_library_says_in_english_is_not_handed_on(said: str) -> None:
    assert said not in problem("TYPE012", key="年龄", value=2, detail=said).message
    assert in_chinese(said, "写得不对") == "写得不对"


@pytest.mark.parametrize(
    "said", ["年份写了 2026 年", "pack.yaml", "WeasyPrint 70.0", "", "用 kcbx calendar add 补上"]
)
def test_what_is_said_in_chinese_stays(said: str) -> None:
    assert in_chinese(said) == said


def test_a_reason_of_the_system_without_words_of_ours_is_a_number() -> None:
    assert reason_of(OSError(99, "Cannot assign requested address")).endswith("（代码 99）")
