"""Codes of this area: each has a text, and each text is used."""

import re
from pathlib import Path

from kcbx_docs.problems import catalogue

SOURCE = Path(__file__).parents[1] / "kcbx_docs"
CODE = re.compile(r'"((?:CASE|ROST|WORK|BTCH)\d{3})"')


def used(folder: Path) -> set[str]:
    return {code for path in folder.rglob("*.py") for code in CODE.findall(path.read_text("utf-8"))}


def test_every_code_has_a_text_and_every_text_a_use() -> None:
    known = {code for code in catalogue() if CODE.fullmatch(f'"{code}"')}
    assert used(SOURCE / "case") <= known
    assert known <= used(SOURCE)


def test_every_text_says_what_to_do_and_names_no_article() -> None:
    for code in used(SOURCE / "case"):
        entry = catalogue()[code]
        assert entry["hint"] and entry["message"].endswith("。"), code
        assert not re.search(r"第[一二三四五六七八九十\d]+条", entry["message"] + entry["hint"]), (
            code
        )
