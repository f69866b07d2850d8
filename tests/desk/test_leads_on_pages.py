"""线索 on a page: taken up or not, as ``kcbx lead`` writes it."""

import shutil

import pytest

from tests.cli.office import run
from tests.desk.clicks import link, sends, text, typed
from tests.desk.conftest import DAY

NEW = (
    "new",
    "线索",
    "--pupil",
    "杨小溪",
    "--class",
    "七年级2班",
    "--source",
    "群众",
    "--text",
    "在镇上做工",
)


@pytest.mark.parametrize(
    "told",
    [
        {"what": "accept", "situation": "辍学", "by": "普文清", "text": "家访过"},
        {"what": "reject", "why": "请假", "by": "普文清", "text": "有请假条"},
    ],
)
def test_a_decision_is_that_of_the_command(desk, browser, tmp_path, told) -> None:
    assert run(desk.root, *NEW, "--as-of", str(DAY)).exit_code == 0
    other = shutil.copytree(desk.root, tmp_path / "other")
    listed = browser.get("/leads").get_data(as_text=True)
    page = browser.get(link(listed, "X2026-001")).get_data(as_text=True)
    assert "DESK071" in text(sends(browser, page, "write", **{**told, "by": ""}))
    looked = text(sends(browser, page, "look", **told))
    done = [sends(browser, looked, "write", **told) for _ in range(2)]
    assert [one.status_code for one in done] == [303, 303], text(done[0])
    assert done[0].location == done[1].location
    typed(other, looked, DAY)
    new = sorted(path.name for path in (desk.root / "cases").iterdir())
    assert new == sorted(path.name for path in (other / "cases").iterdir())
    for name in new:
        assert (desk.root / "cases" / name).read_bytes() == (other / "cases" / name).read_bytes()
    assert "没有要处理的线索" in browser.get("/leads").get_data(as_text=True)
    assert browser.get("/leads/0000000000000000").status_code == 404
