"""What is doubtful in a roster goes back to the teachers as a table."""

import csv
from pathlib import Path

from kcbx_docs.batch.doubts import table_of
from kcbx_docs.problems import Place, Problem
from tests.batch.conftest import Render


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(data.decode("utf-8-sig").splitlines()))


def test_doubts_are_listed_beside_the_print_files_and_gone_when_mended(
    render: Render, school: Path
) -> None:
    roster = school / "cases/名册.csv"
    good = roster.read_text("utf-8")
    roster.write_text(good.replace(",李志远", ","), "utf-8")
    written = render()
    listed = next(path for path in written.files if path.name == "名单检查.csv")
    assert listed.read_bytes().startswith(b"\xef\xbb\xbf")
    assert rows(listed.read_bytes()) == [
        ["位置", "问题", "怎么办"],
        ["第6行", "学生「李喆」没有监护人。", "文书上监护人一栏留空；请补上父母姓名。"],
    ]
    roster.write_text(good, "utf-8")
    render()
    assert not listed.exists()


def test_nothing_in_the_table_is_a_formula() -> None:
    evil = Problem(
        "ROST015", "warning", '=HYPERLINK("http://x")', "@x", Place("名册.csv", path="=1+1!A1")
    )
    assert rows(table_of([evil]))[1] == ["\t=1+1!A1", '\t=HYPERLINK("http://x")', "\t@x"]
