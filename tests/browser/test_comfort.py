"""What the script adds to the pages, and that they do all of their work without it."""

import json

import pytest

from tests.browser.desks import Served, fill_in, office_at, served

CASE = "cases/到责令.yaml"
CALLED = {"对象": "普正华", "方式": "家访", "地点": "普家", "参加人": "罗玉芬", "结果": "拒绝"}


@pytest.fixture
def office(tmp_path):
    return office_at(tmp_path / "镇", CASE)


def test_who_double_clicks_sends_once(visit, office) -> None:
    with served(office) as desk:
        page = visit(desk)
        page.goto(desk.at(CASE, then="/write?kind=劝返"))
        fill_in(page, **CALLED)
        page.click("[name=look]")
        page.dblclick("[name=write]")
        page.wait_for_url("**said=written")
        sent = [one for one in desk.heard if one[0] == "POST" and one[1].endswith("/write")]
    assert len(sent) == 2  # to look, and to write


def test_what_was_typed_is_not_lost_by_going_away(visit, samples: Served) -> None:
    page, asked = visit(samples), []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.goto(samples.at(CASE, then="/write?kind=劝返"))
    fill_in(page, **CALLED)
    page.click("nav >> text=今日", no_wait_after=True)
    page.wait_for_function("document.querySelector('[name=地点]').value === '普家'")
    assert asked == ["beforeunload"]
    page.click("[name=look]")
    page.wait_for_selector("text=将要写进案件文件")
    assert asked == ["beforeunload"]  # who sends it is not asked
    page.on("dialog", lambda dialog: dialog.accept())


def test_a_long_table_is_searched_while_one_types(visit, samples: Served) -> None:
    page = visit(samples)
    page.goto(samples.at(CASE, then="/write"))
    rows = page.locator("tbody tr:visible")
    every = rows.count()
    page.fill(".filter input", "送达")
    assert 0 < rows.count() < every
    assert f"有 {rows.count()} 行" in page.inner_text("[role=status]")
    page.press(".filter input", "Enter")
    page.fill(".filter input", "没有这样的事 送达")
    assert rows.count() == 0
    page.fill(".filter input", "")
    assert rows.count() == every


DROPPED = """names => {
    var files = new DataTransfer();
    for (const name of names) files.items.add(new File(["1"], name, {type: "text/plain"}));
    return files;
}"""
FORM = """<form method="post"><label for="f">名册</label><input type="file" id="f" name="f"></form>
<h2>别处</h2><section data-progress="/far"><b data-state>等着</b> <i data-what></i>
<progress value="0" max="4"></progress> <u data-count></u> <s data-left></s></section>"""


def test_files_are_dropped_and_work_tells_how_far_it_is(window, samples: Served) -> None:
    """The page is made up: the script knows no screen, only blanks for files and [data-progress]."""
    page = window().page
    told = [{"state": "正在做", "what": "七年级1班", "done": 1, "total": 4, "left": "约1分钟"}]
    page.route(
        "**/made-up",
        lambda route: route.fulfill(body=made_up(samples), content_type="text/html; charset=utf-8"),
    )
    page.route(
        "**/far",
        lambda route: route.fulfill(body=json.dumps(told[-1]), content_type="application/json"),
    )
    page.goto(samples.entry)
    page.goto(f"{samples.home}/made-up")
    page.wait_for_function("document.querySelector('[data-count]').textContent === '1／4'")
    assert page.inner_text("[data-state]") + page.inner_text("[data-left]") == "正在做约1分钟"
    assert page.evaluate("document.querySelector('progress').value") == 1
    drop(page, ".drop", ["名册.xlsx", "别的.xlsx"])
    assert "只能放一个" in page.inner_text(".drop")
    drop(page, "h2", ["名册.xlsx"])  # beside it: the page stays
    assert page.evaluate("document.querySelector('#f').files.length") == 0
    drop(page, ".drop", ["名册.xlsx"])
    assert page.evaluate("document.querySelector('#f').files[0].name") == "名册.xlsx"
    with page.expect_navigation():
        told.append({"over": True})


def drop(page, where: str, names: list[str]) -> None:
    files = page.evaluate_handle(DROPPED, names)
    for event in ("dragover", "drop"):
        page.dispatch_event(where, event, {"dataTransfer": files})


def made_up(samples: Served) -> str:
    return f'<!doctype html><meta charset="utf-8"><main id="main">{FORM}</main><script src="{samples.home}/static/desk.js"></script>'


def test_nothing_is_offered_that_only_works_with_script(visit, samples: Served) -> None:
    for script in (True, False):
        page = visit(samples, java_script_enabled=script)
        page.goto(samples.at(CASE))
        assert page.locator("text=打印这一页").count() == script
        assert page.locator("h1").count() == 1
