"""A code is explained whole; of one that does not exist the near ones are told."""

import re
from pathlib import Path

import pytest

from kcbx_docs.cli.codes import AREAS, area_of
from kcbx_docs.cli.explain import explained
from kcbx_docs.problems import catalogue
from tests.cli.office import ROOT, run


def test_it_tells_what_how_grave_where_and_how_to_mend(tmp_path):
    done = run(tmp_path, "explain", "READ001")
    assert done.exit_code == 0
    assert done.stdout == (
        "READ001（读取文件，错误）\n"
        "  内容：找不到文件「…」。\n"
        "  轻重：错误，必须改正，否则不生成文书，命令返回 1。\n"
        "  出现：打开文件、读 YAML 的时候，还没有看内容。\n"
        "  怎么办：请核对路径和文件名；用 kcbx new 可以新建案件或批次。\n"
        "  详见：kcbx docs 案件文件\n"
    )


def test_several_as_they_stand_on_the_screen(tmp_path):
    told = run(tmp_path, "explain", "[type001]", "CASE001", "TYPE001").stdout
    assert re.findall(r"^[A-Z]+\d+", told, re.MULTILINE) == ["TYPE001", "CASE001"]


def test_every_code_is_explained_and_shows_no_name_of_a_fact():
    for code in catalogue():
        assert not re.search(r"{[a-z_]+}|：\n", explained(code)), code


def test_every_area_has_codes_and_a_page_that_is_there():
    assert {area_of(code) for code in catalogue()} == set(AREAS)
    pages = {area.page for area in AREAS.values() if area.page}
    assert [page for page in pages if not (ROOT / f"docs/{page}.md").is_file()] == []


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("READ049", "没有「READ049」这个代码。 相近的有：READ0"),
        ("RAED001", "是不是「READ001」？"),
        ("CASE", "是不是「CASE001」？"),
        ("为什么", "代码是这样开头的：READ"),
    ],
)
def test_of_a_code_that_does_not_exist_the_near_ones_are_told(tmp_path, code, says):
    done = run(tmp_path, "explain", code, "READ001")
    assert done.exit_code == 1 and says in done.stderr
    assert done.stdout.startswith("READ001")


@pytest.mark.parametrize("typed", ["case80", "CASE80", "Case-080", "ｃａｓｅ８０", "[case080]"])
def test_a_code_is_known_however_it_is_typed(typed: str, tmp_path: Path) -> None:
    assert run(tmp_path, "explain", typed).stdout.startswith("CASE080（")
