"""A long list makes nobody wait before a blank page: he is told, and it is made once."""

from dataclasses import replace
from threading import Event

import pytest

from kcbx_docs.desk.answers import Answers
from kcbx_docs.desk.screens import lists
from kcbx_docs.desk.standings import Standings, StillReadingError
from kcbx_docs.problems import UserError, stop
from tests.desk.conftest import let_in


def test_who_cannot_wait_for_a_list_is_told_and_it_is_made_once(desk, monkeypatch) -> None:
    go_on, made, making = Event(), [], lists.made_list

    def slowly(*args, **how):
        made.append(args[1])
        assert go_on.wait(20)
        return making(*args, **how)

    monkeypatch.setattr(lists, "made_list", slowly)
    browser = let_in(replace(desk, standings=Standings(patience=0.05)))
    address = "/lists/table/一校一册"
    for _ in range(2):
        page = browser.get(address)
        assert page.status_code == 503
        assert "正在读案件" in page.text
    go_on.set()
    for _ in range(200):
        if (page := browser.get(address)).status_code == 200:
            break
    assert "普云飞" in page.text
    assert made == ["一校一册"]


def test_one_answer_may_ask_for_another_and_what_is_wrong_is_told() -> None:
    answers = Answers()
    inner = lambda: answers.of("里面", lambda: 1, 5)  # noqa: E731
    assert answers.of("外面", lambda: inner() + 1, 5) == 2

    def wrong():
        raise stop("LIST003", month="x")

    for _ in range(2):
        with pytest.raises(UserError):
            answers.of("错", wrong, 5)


def test_an_answer_that_nobody_waited_for_is_there_when_he_comes_again() -> None:
    answers, go_on, made = Answers(), Event(), []

    def slow() -> str:
        made.append(go_on.wait(20))
        return "好"

    with pytest.raises(StillReadingError):
        answers.of("问", slow, 0.01)
    go_on.set()
    assert answers.of("问", slow, 20) == "好"
    assert answers.of("问", slow) == "好"
    assert len(made) == 1
