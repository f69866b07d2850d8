"""The pictures of the README show what the program says today; nothing is drawn here."""

import json
import re
from pathlib import Path

import pytest

from tests.ledger.world import issue, new_book
from tools.pictures import outlines, packs, papers, screen, sources

pytestmark = pytest.mark.alike

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs/图"
SAID = json.loads((FOLDER / sources.NAME).read_text("utf-8"))
AGAIN = "请运行 python -m tools.pictures，看过以后提交"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sources.copy_samples(ROOT, tmp_path_factory.mktemp("pictures"))


def test_every_picture_shows_what_is_said_today(office: Path) -> None:
    shown = sources.shown(ROOT, office)
    old = [
        name
        for name, text in shown.items()
        if SAID[name]["文字"] != sources.fingerprint(text.encode())
    ]
    assert old == [], AGAIN


def test_the_pictures_are_those_that_were_drawn_and_small() -> None:
    files = {path.name: path.read_bytes() for path in FOLDER.iterdir() if path.name in SAID}
    assert {name: sources.fingerprint(data) for name, data in files.items()} == {
        name: said["图"] for name, said in SAID.items()
    }, AGAIN
    assert {path.name for path in FOLDER.iterdir()} == {*SAID, sources.NAME}
    assert sum(map(len, files.values())) < 400_000


def test_the_readme_shows_every_picture_and_says_what_it_is() -> None:
    shown = re.findall(
        r'<img src="docs/图/([^"]+)" [^>]*alt="[^"]{6,}"', (ROOT / "README.md").read_text("utf-8")
    )
    assert sorted(shown) == sorted(SAID)


def test_what_the_terminal_shows_is_what_the_command_prints(office: Path) -> None:
    shown = screen.text(screen.told(office))
    assert shown.startswith(
        "案件 2026-001　普云飞　截至 2026-09-28\n今天要做：送达责令（李桂仙）；"
    )
    assert all(len(line) <= screen.WIDTH for line in shown.splitlines())


def test_the_map_names_every_pack_below_the_one_that_it_inherits_from() -> None:
    lines = packs.text(packs.nodes()).splitlines()
    assert lines[0] == "全国（national）"
    province = lines.index("  云南省（yunnan）")
    city = lines.index("    玉溪市（yunnan/yuxi）")
    assert province < city
    assert (
        "      改写　《批评教育记录》、《学校书面报告》、《返校证明》、《劝返记录》" in lines[city:]
    )


def test_a_curve_is_drawn_from_where_it_began_not_from_its_own_handles() -> None:
    drawn = [
        ("moveTo", ((10, 10),)),
        ("curveTo", ((20, 10), (30, 0), (30, -10))),
        ("lineTo", ((10, -10),)),
        ("closePath", ()),
        ("moveTo", ((0, 0),)),
    ]
    assert outlines.path_of(drawn, 1) == "m10-10c10+0+20+10+20+20l-20+0zm-10+10"


def test_they_can_be_drawn_again_by_the_same_user(tmp_path: Path) -> None:
    """The ledger of each run has the same number: this machine must not remember the last one."""
    names = set()
    for name in ("first", "second"):
        with papers.same_codes():
            book = new_book(tmp_path / name)
            issue(book)
        names.add(book.head().ledger)
        assert book.heads.remembered(book.head().ledger) is None
    assert len(names) == 1
