"""Numbers of forms and addresses: read in one place, within bounds."""

import re
from pathlib import Path

import pytest

from kcbx_docs import desk
from kcbx_docs.desk.blanks import small_number

BEFORE = re.compile(r"isdecimal\(\)|isdigit\(\)|, int\)|[^\w]int\((?!page\[1\])")


@pytest.mark.parametrize(
    ("text", "read"),
    [("12", 12), ("-1", 7), ("２", 2), ("", 7), ("1.5", 7), ("9" * 5000, 7)],
)
def test_what_is_no_number_is_none(text: str, read: int) -> None:
    assert small_number(text, 7) == read


def test_no_screen_reads_numbers_by_itself() -> None:
    folder = Path(desk.__file__).parent
    own = {p.name for p in folder.rglob("*.py") if BEFORE.search(p.read_text("utf-8"))}
    assert own == {"blanks.py", "chapters.py"}  # a page's number, on the page
