"""Pictures of every screen, to be looked at: python -m tests.browser.looked_at FOLDER.

A picture for each screen and width, and sheets of them side by side.
"""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PIL import Image

from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.desks import Served, busy_office_at, served

WIDTHS = (1280, 360)
"""Pixels of a desk and of a telephone."""
ON_A_SHEET = {1280: 2, 360: 4}
HIGHEST = {1280: 1600, 360: 1800}
"""Pixels of a page that a sheet shows."""
SCREENS = {
    "01-今日": "/",
    "02-案件": "/cases",
    "03-一个案件": "{case}",
    "04-记一件事": "{case}/write?kind=劝返",
    "05-出文书": "{case}/papers",
    "06-发告知书": "/notices",
    "06-一个批次": "{batch}",
    "07-回执": "/slips",
    "08-期限日历": "/days",
    "09-台账与报表": "/lists",
    "09-一份台账": "/lists/table/辍学台账",
    "09-一份报表": "/lists/report?month=2026-10",
    "10-机关与人员": "/office",
    "11-模板与依据": "/templates",
    "11-一个模板包": "/templates/pack?name=yunnan",
    "12-本机检查": "/machine",
    "13-线索": "/leads/new",
    "14-登记送达": "{case}/service",
}


def addresses(desk: Served, page: Any) -> dict[str, str]:
    """Return where each screen is."""
    page.goto(f"{desk.home}/notices")
    batch = page.get_attribute("a:text-is('秋季告知')", "href")
    case = desk.at("cases/到责令.yaml").removeprefix(desk.home)
    return {name: at.format(case=case, batch=batch) for name, at in SCREENS.items()}


def taken(desk: Served, page: Any, folder: Path) -> None:
    """Take a picture of each screen at each width."""
    for name, address in addresses(desk, page).items():
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            answer = page.goto(desk.home + address)
            assert answer.status == 200, (name, address)
            page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)


def sheets(folder: Path) -> None:
    """Put the pictures of each width side by side, a few on a sheet."""
    for width in WIDTHS:
        files = sorted(folder.glob(f"[0-9]*-{width}.png"))
        for begin in range(0, len(files), ON_A_SHEET[width]):
            some = files[begin : begin + ON_A_SHEET[width]]
            sheet = side_by_side(some, HIGHEST[width])
            sheet.save(folder / f"sheet-{width}-{begin // ON_A_SHEET[width] + 1}.png")


def side_by_side(files: Sequence[Path], highest: int) -> Image.Image:
    """Return the beginnings of pictures beside each other."""
    pictures = [Image.open(file).convert("RGB") for file in files]
    pictures = [one.crop((0, 0, one.width, min(one.height, highest))) for one in pictures]
    gap, high = 12, max(one.height for one in pictures)
    sheet = Image.new("RGB", (sum(one.width + gap for one in pictures), high), "#888")
    across = 0
    for one in pictures:
        sheet.paste(one, (across, 0))
        across += one.width + gap
    return sheet


def main(folder: Path) -> None:
    """Serve a busy office and take the pictures."""
    from playwright.sync_api import sync_playwright

    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as driver:
        root = busy_office_at(Path(place) / "青石镇")
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS])
        page = browser.new_page(locale="zh-CN")
        with served(root) as desk:
            page.goto(desk.entry)
            page.wait_for_url(f"{desk.home}/")
            taken(desk, page, folder)
            browser.close()
    sheets(folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
