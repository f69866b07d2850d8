"""How each day was found stands on a page of its own, in the words of ``kcbx period``."""

import html
import re

import pytest

from tests.cli.office import run
from tests.desk.conftest import DAY, desk_at, let_in, words


@pytest.fixture(scope="module")
def pages(office) -> list[str]:
    browser = let_in(desk_at(office))
    keys = dict.fromkeys(re.findall(r"/days/due/(\w+)", browser.get("/days").text))
    return [browser.get(f"/days/due/{key}").text for key in keys]


def test_every_day_has_a_page_and_those_of_rules_say_what_the_command_says(office, pages) -> None:
    counted = 0
    for page in pages:
        command = html.unescape(re.search("<code>kcbx (.*?)</code>", page)[1]).split()
        if command[0] != "period":
            assert "不是按规则数出来的" in page
            continue
        counted += 1
        told = run(office, *command).stdout.splitlines()
        lines = [line.strip() for line in told if not re.match(r" *(办法|期限过后)", line)]
        lost = [line for line in lines if words(line) not in words(page)]
        assert lost == []
    assert counted >= 1
    assert len(pages) > 15


def test_a_page_names_nobody_in_its_address_and_there_is_none_for_nothing(office) -> None:
    browser = let_in(desk_at(office))
    assert browser.get("/days/due/0000000000000000").status_code == 404
    assert f"{DAY.year}年{DAY.month}月" in browser.get("/days").text


def test_a_day_leads_to_the_child_it_is_about_where_two_files_have_one_number(office) -> None:
    desk = desk_at(office)
    browser = let_in(desk)
    page = browser.get("/days").text
    rows = re.findall(r'<a href="/cases/(\w+)">(2026-011)</a> (\w+)</td>', page)
    assert {pupil for _, _, pupil in rows} >= {"方小川"}
    for call, number, pupil in rows:
        assert f"<h1>{number}　{pupil}</h1>" in browser.get(f"/cases/{call}").text
    assert "2026-011" not in desk.calls and "2026-001" in desk.calls
    month = browser.get("/days?month=2026-10").text
    key = re.search(r'/days/due/(\w+)">[^<]*2026-011 方小川 复学观察', month)
    assert key and "方小川" in browser.get(f"/days/due/{key[1]}").text
    assert "方小川" not in browser.get("/days/due.ics").text


def test_every_day_of_a_case_leads_to_its_page(office) -> None:
    desk = desk_at(office)
    browser, seen = let_in(desk), 0
    for call in map(desk.called, desk.cases):
        for key in re.findall(r"/days/due/(\w+)", browser.get(f"/cases/{call}").text):
            assert browser.get(f"/days/due/{key}").status_code == 200
            seen += 1
    assert seen
