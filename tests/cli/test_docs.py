"""The pages of the manual are read with the program; every page that a text names is there."""

import re
import tomllib
from pathlib import Path

import pytest

from kcbx_docs.cli.docs import pages
from tests.cli.office import ROOT, run

CODE = ROOT / "kcbx_docs"


def test_pages_are_listed_and_read(tmp_path):
    listed = run(tmp_path, "docs").stdout
    assert [name for name in pages() if not re.search(rf"^{name}  ", listed, re.MULTILINE)] == []
    assert "台账" in pages()
    page = (ROOT / "docs/台账.md").read_text("utf-8").rstrip() + "\n"
    for word in ("台账", "台账.md", "docs/台账.md", "docs\\台账.md", "docs/台账.md#备份"):
        assert run(tmp_path, "docs", word).stdout == page
    assert Path(run(tmp_path, "docs", "台账", "--path").stdout.strip()) == ROOT / "docs/台账.md"


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("登记送", "是不是「登记送达」？"),
        ("xyz", "有这些页：办案人员、第一周、"),
        ("../README.md", "没有「README」"),
    ],
)
def test_a_page_that_is_not_there_is_told(tmp_path, word, says):
    done = run(tmp_path, "docs", word)
    assert done.exit_code == 2 and says in done.stderr


def test_every_page_that_a_text_of_the_program_names_can_be_read():
    texts = [path for kind in ("py", "toml") for path in CODE.rglob(f"*.{kind}")]
    named = {
        name
        for path in texts
        for name in re.findall(r"见 kcbx docs (\w+)", path.read_text("utf-8"))
    }
    assert len(named) > 2 and named <= set(pages())
    astray = [path.name for path in texts if re.search(r"见 docs/\w", path.read_text("utf-8"))]
    assert astray == [], "an installed program has no such folder: write 见 kcbx docs 页"


def test_the_wheel_carries_them():
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]
    assert wheel["targets"]["wheel"]["force-include"]["docs"] == "kcbx_docs/docs"
