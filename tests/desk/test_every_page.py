"""Every page that a link leads to, over every sample office: small, plain, and nobody's name in its address."""

import html
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from flask import Flask

from kcbx_docs.desk.screens import MENU
from tests.cli.office import copy_samples, tree
from tests.desk.conftest import SAMPLES, desk_at, let_in

LARGEST = 60 * 1024
LINK = re.compile(r'<(?:a|link|img|script|iframe)\b[^>]*?\b(?:href|src)="([^"]*)"')
TARGET = re.compile(r'\b(?:href|src|action)="([^"]*)"')
LAID_OUT = ("/papers/draft", "/papers/page", ".pdf", "/look", "/workbook")
"""What takes long and is no page to read; tests of their own look at it."""
EVERYWHERE_ALIKE = ("/templates", "/machine")
"""Pages that tell of the packs and the machine: they are looked at in one office."""
FEW = 3
"""Pages of one kind that are looked at where only a month, or the kind of event, differs."""
OTHERS = ("cases/学校示例", "cases/管理示例", "cases/阶梯示例")


@dataclass(frozen=True)
class Shown:
    """A page: its address, the rule that answered it, its status and its text."""

    address: str
    rule: str
    status: int
    text: str


Get = Callable[[str], tuple[int, str]]
"""Asks for an address; returns the status and the text, which is empty for what is no page."""


def every_page(
    get: Get, app: Flask, besides: tuple[str, ...] = (), most: int = 8, of_cases: int = 1000
) -> list[Shown]:
    """Follow every link from the first page, but for those that begin like some; look at no more
    than some pages of one kind, of cases at all of them.
    """
    seen, waiting = {"/"}, ["/"]
    rules = app.url_map.bind("localhost")
    often: Counter[tuple[str, bool]] = Counter()
    pages = []
    while waiting:
        address = waiting.pop(0)
        rule = str(rules.match(urlsplit(address).path, return_rule=True)[0])
        asked = bool(urlsplit(address).query)
        often[rule, asked] += 1
        limit = of_cases if rule.startswith("/cases/") else most
        if often[rule, asked] > (min(FEW, limit) if asked else limit):
            continue
        status, text = get(address)
        pages.append(Shown(address, rule, status, text))
        found = [html.unescape(one) for one in LINK.findall(text)]
        new = [one for one in found if one[:1] == "/" and one not in seen]
        new = [one for one in new if not any(word in one for word in LAID_OUT)]
        new = [one for one in new if not one.startswith(besides or "?")]
        seen.update(new)
        waiting += dict.fromkeys(new)
    return pages


def pages_of(root: Path, besides: tuple[str, ...] = ()) -> list[Shown]:
    """Look at every page of a workspace without a network."""
    browser = let_in(desk_at(root))

    def get(address: str) -> tuple[int, str]:
        with browser.get(address) as answer:
            text = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
            return answer.status_code, text

    return every_page(get, browser.application, besides)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_samples(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def before(office: Path) -> dict[str, bytes]:
    return tree(office)


@pytest.fixture(scope="module")
def pages(office: Path, before: dict[str, bytes]) -> list[Shown]:
    assert before
    others = (pages_of(office / name, EVERYWHERE_ALIKE) for name in OTHERS)
    return [*pages_of(office), *chain.from_iterable(others)]


def test_every_link_leads_to_a_page(pages: list[Shown]) -> None:
    refused = [page for page in pages if page.status != 200]
    assert [page.address for page in refused if page.status != 422] == []
    assert [page.address for page in refused if "原因和改法" not in page.text] == []
    assert len({page.rule for page in pages}) >= len(MENU)


def test_looking_changes_nothing(pages: list[Shown], office: Path, before) -> None:
    assert pages
    assert tree(office) == before


def test_every_page_is_small(pages: list[Shown]) -> None:
    sizes = {page.address: len(page.text.encode()) for page in pages}
    assert {address: size for address, size in sizes.items() if size > LARGEST} == {}


def test_a_table_that_scrolls_on_a_telephone_is_reached_by_keys() -> None:
    """One that becomes a list there does not scroll."""
    texts = [path.read_text("utf-8") for path in (SAMPLES / "kcbx_docs/desk/pages").glob("*.html")]
    scrolling = re.findall(
        r'<div class="wide"([^>]*)><table(?! class="(?:stack|month))', "".join(texts)
    )
    assert scrolling
    assert [one for one in scrolling if "tabindex" not in one] == []


def test_no_page_writes_script_or_style_into_itself(pages: list[Shown]) -> None:
    """The policy of the pages forbids it, so it would not work."""
    inline = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:")
    assert {page.address: found[0] for page in pages if (found := inline.search(page.text))} == {}


def test_every_page_tells_its_command(pages: list[Shown]) -> None:
    shown = [page for page in pages if page.text and page.status == 200]
    silent = [page.address for page in shown if "等于命令：<code>kcbx" not in page.text]
    assert {re.sub(r"[0-9a-f]{16}", "…", address) for address in silent} == set()


def test_no_page_tells_to_type_a_command(pages: list[Shown]) -> None:
    """Whoever types finds the command in its own place, which is folded."""
    fold = re.compile(r"<details class=\"(?:command|equal)[^>]*>.*?</details>|<[^>]*>", re.DOTALL)
    for page in pages:
        said = html.unescape(fold.sub("", page.text))
        found = re.findall(r".{0,40}(?:kcbx [a-z]| --[a-z]|命令后面|这条命令).{0,20}", said)
        assert found == [], page.address


def test_no_page_shows_the_machine(pages: list[Shown], office: Path) -> None:
    assert [page.address for page in pages if str(office) in html.unescape(page.text)] == []


def test_no_address_and_no_title_names_anybody(pages: list[Shown], office: Path) -> None:
    files = office.rglob("cases/*.yaml")
    people = {
        name for file in files for name in re.findall("姓名: *(\\S+)", file.read_text("utf-8"))
    }
    numbers = re.compile(r"\b(?:\d{17}[\dXx]|1\d{10})\b")
    assert len(people) > 10
    for page in pages:
        title = re.findall(r"<title>(.*?)</title>", page.text)
        told = " ".join([*map(unquote, TARGET.findall(page.text)), *title])
        assert [name for name in people if name in told] == [], page.address
        assert numbers.findall(told) == [], page.address
