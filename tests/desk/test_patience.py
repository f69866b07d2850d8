"""A long list makes nobody wait before a blank page: he is told, and it is made once."""

from dataclasses import replace
from hashlib import sha256
from threading import Event
from time import sleep

import pytest

from kcbx_docs.desk import standings
from kcbx_docs.desk.answers import Answers
from kcbx_docs.desk.roles import Sight
from kcbx_docs.desk.screens import lists
from kcbx_docs.desk.standings import Standings, StillReadingError
from kcbx_docs.problems import UserError, stop
from tests.desk.conftest import DAY, let_in, mark_of
from tests.desk.county import SITE, county, logged_in


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


FILLED = {"日期": "2026-11-20", "方式": "电话", "结果": "没有接听", "内容": "很长的一段话"}


@pytest.fixture
def slow(monkeypatch):
    """Let all cases together take longer to be read than anybody waits."""
    reading = standings.outlooks

    def slowly(*args, **how):
        sleep(0.2)
        return reading(*args, **how)

    monkeypatch.setattr(standings, "outlooks", slowly)


def test_what_was_filled_in_is_never_lost_while_cases_are_read(slow, tmp_path) -> None:
    """The page said that cases were being read, led to the first page, and the form was gone."""
    desk = replace(county(tmp_path), standings=Standings(patience=0.01))
    case = tmp_path / "cases/案件.yaml"
    address = f"/cases/{desk.called(case)}/write"
    browser = logged_in(desk, "zhongxue")
    assert browser.get("/cases", base_url=SITE).status_code == 503, "a list is asked for again"
    wrong = {**FILLED, "kind": "联系", "日期": "2026-13-40"}
    again = browser.post(address, base_url=SITE, data=wrong)
    assert again.status_code in (200, 422) and FILLED["内容"] in again.text
    right = {**FILLED, "kind": "联系", "seen": sha256(case.read_bytes()).hexdigest()}
    looked = browser.post(address, base_url=SITE, data=right)
    right |= {"write": "1", "looked": mark_of(looked.text)}
    written = browser.post(address, base_url=SITE, data=right)
    assert written.status_code == 303
    assert FILLED["内容"] in case.read_text("utf-8")
    hidden = desk.called(tmp_path / "cases/马小雨.yaml")
    refused = browser.post(f"/cases/{hidden}/write", base_url=SITE, data=right)
    assert refused.status_code == 404


def test_whose_one_file_is_tells_the_same_as_reading_all(tmp_path) -> None:
    desk = county(tmp_path)
    assert desk.gate
    for user in desk.gate.table.now().users:
        seen = desk.seen_by(Sight(user))
        alone = tuple(path for path in desk.cases if seen.named(desk.called(path)))
        assert alone == seen.cases and alone, user.login


def test_only_who_filled_in_a_form_waits_for_all_cases(slow, desk) -> None:
    hasty = replace(desk, standings=Standings(patience=0.01))
    with pytest.raises(StillReadingError):
        hasty.outlooks(DAY)
    with pytest.raises(StillReadingError):
        hasty.same("慢", lambda: sleep(0.2))
    assert hasty.waited_for().outlooks(DAY).cases
    assert hasty.waited_for().same("慢慢", lambda: sleep(0.02) or "好") == "好"
