"""The pages for who cannot see them well, uses no mouse, reads them on a telephone or on paper."""

import re
from pathlib import Path

import pypdfium2
import pytest

from tests.browser.desks import Served, office_at, served
from tests.desk.test_every_page import Shown, every_page

AXE = Path(__file__).parents[2] / "requirements/axe/node_modules/axe-core/axe.min.js"
CASE = "cases/到责令.yaml"
WIDE, ZOOMED, TELEPHONE = 1280, 640, 360
"""Pixels; at 200 % a screen of 1280 shows 640 of a page."""
BY_WIDTH = ["scrollable-region-focusable", "target-size"]
"""What axe finds depends on how a page is laid out; the rest on what it is made of."""


@pytest.fixture(scope="module")
def kinds(samples: Served, chromium) -> list[Shown]:
    """Find a page of each kind, the longer of two."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(samples.entry)

    def get(address: str) -> tuple[int, str]:
        answer = context.request.get(samples.home + address)
        page = answer.headers["content-type"].startswith("text/html")
        return answer.status, answer.text() if page else ""

    pages = [page for page in every_page(get, samples.app, most=2, of_cases=2) if page.text]
    context.close()
    longest = {page.rule: page for page in sorted(pages, key=lambda page: len(page.text))}
    return [*longest.values()]


def found_by_axe(page, rules: list[str]) -> list[str]:
    """Ask axe what it finds; only these rules where some are given."""
    told = {"resultTypes": ["violations"], "preload": False} | ({"runOnly": rules} if rules else {})
    result = page.evaluate("told => axe.run(document, told)", told)
    return [f"{v['id']}: {n['html'][:200]}" for v in result["violations"] for n in v["nodes"]]


def laid_out(page) -> list[str]:
    """Say where a page is wider than its window, or not for everybody, at three widths."""
    page.evaluate(AXE.read_text("utf-8"))
    faults = []
    for width in (WIDE, ZOOMED, TELEPHONE):
        page.set_viewport_size({"width": width, "height": 800})
        if width != ZOOMED:
            faults += found_by_axe(page, [] if width == WIDE else BY_WIDTH)
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
            faults.append(f"{wide} pixels wide at {width}")
    return faults


def needs_axe() -> None:
    if not AXE.is_file():
        pytest.skip("没有 axe：npm ci --prefix requirements/axe")


def test_axe_finds_nothing_and_nothing_scrolls_sideways(visit, samples: Served, kinds) -> None:
    needs_axe()
    page = visit(samples)
    found = {}
    for one in kinds:
        page.goto(samples.home + one.address)
        if faults := laid_out(page):
            found[one.rule] = faults
    assert len(kinds) > 5
    assert found == {}


def test_nor_on_the_pages_that_forms_lead_to(visit, samples: Served) -> None:
    needs_axe()
    page = visit(samples)
    found = {}
    for then, button, shown in FORMS:
        page.goto(samples.at(CASE, then=then))
        with page.expect_navigation():
            page.click(button)
        assert page.locator(shown).count(), then
        if faults := laid_out(page):
            found[then] = faults
    assert found == {}


FORMS = (
    ("/write?kind=劝返", "[name=look]", "main .no, main .problem"),
    ("/papers", "text=制发……", "text=确定制发"),
)


def test_a_story_is_told_by_keys_alone(visit, tmp_path: Path) -> None:
    with served(office_at(tmp_path / "镇", CASE)) as desk:
        page = visit(desk)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "跳到正文"
        for link in ("案件", "2026-001", "记一件事", "劝返"):
            go_to(page, f"it => it.textContent.trim() === '{link}'")
            with page.expect_navigation():
                page.keyboard.press("Enter")
        for name, keys in (
            ("方式", "家访"),
            ("地点", "普家"),
            ("参加人", "罗玉芬"),
            ("结果", "拒绝"),
        ):
            go_to(page, f"it => it.name === '{name}'")
            page.keyboard.type(keys) if name != "结果" else choose(page, keys)
        go_to(page, "it => it.name === '对象'", back=True)
        page.keyboard.press("Space")
        for button in ("look", "write"):
            go_to(page, f"it => it.name === '{button}'")
            with page.expect_navigation():
                page.keyboard.press("Enter")
        page.wait_for_url("**said=written")


def choose(page, word: str) -> None:
    """Go down a list until a word is chosen."""
    for _ in range(10):
        if page.evaluate("document.activeElement.value") == word:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(word)


def go_to(page, which: str, *, back: bool = False) -> None:
    """Press Tab until what has the focus is it, and can be seen to have it."""
    for _ in range(120):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if page.evaluate(f"({which})(document.activeElement)"):
            style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert style == "solid", which
            return
    raise AssertionError(f"not reached: {which}")


def test_a_list_prints_with_its_heads_on_every_sheet(visit, tmp_path: Path) -> None:
    office = office_at(tmp_path / "镇", CASE)
    text = (office / CASE).read_text("utf-8")
    for n in range(2, 62):
        other = text.replace("编号: 2026-001", f"编号: 2026-{n:03}")
        (office / f"cases/{n:03}.yaml").write_text(other, "utf-8")
    with served(office) as desk:
        page = visit(desk)
        page.goto(f"{desk.home}/cases")
        sheets = words_of(page.pdf(format="A4", prefer_css_page_size=True))
    assert len(sheets) > 1
    assert [sheet for sheet in sheets if "学生、对象" not in sheet] == []
    assert {*re.findall(r"2026-0\d\d", "".join(sheets))} == {f"2026-{n:03}" for n in range(1, 62)}
    for button in ("打印这一页", "在表里找", "本机检查"):
        assert button not in "".join(sheets)


def words_of(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in document]
