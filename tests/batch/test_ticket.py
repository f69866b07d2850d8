"""Whoever prints adds the job ticket up by hand: faces and blank backs are twice the sheets."""

import pytest

from kcbx_docs.batch.task import ClassPrint
from kcbx_docs.batch.ticket import files_of_class
from kcbx_docs.papers.files import File

STACK, LIST, ALONE = "01-七1班-1告知书等", "01-七1班-2签收登记表", "青中26秋七1-001-1告知书等"


def printed(sides: dict[str, int], sheets: dict[str, int]) -> ClassPrint:
    files = [
        File(f"{stem}.{kind}", b"", {"papers": [{"serial": serial}]})
        for stem, serial in ((STACK, "001"), (LIST, None), (ALONE, "001"))
        for kind in ("pdf", "docx")
    ]
    return ClassPrint("01-七1班", "七1班", tuple(files), {}, sides, sheets, ("001", "002"))


@pytest.mark.parametrize(
    ("duplex", "sheets", "told"),
    [
        (True, {STACK: 4, LIST: 2}, [(STACK, 2, 5, 3, 4), (LIST, None, 3, 1, 2)]),
        (False, {STACK: 5, LIST: 3}, [(STACK, 2, 5, 0, 5), (LIST, None, 3, 0, 3)]),
    ],
)
def test_every_file_that_is_printed_stands_with_its_own_count(duplex, sheets, told) -> None:
    found = [*files_of_class(printed({STACK: 5, LIST: 3}, sheets), duplex)]
    assert [(f.name, f.pupils, f.faces, f.blanks, f.sheets) for f in found] == told
    assert all(f.faces + f.blanks == f.sheets * (2 if duplex else 1) for f in found)


def test_what_nobody_could_count_is_left_to_be_written() -> None:
    found = [*files_of_class(printed({}, {}), True)]
    assert [(f.name, f.faces, f.blanks, f.sheets) for f in found] == [
        (STACK, None, None, None),
        (LIST, None, None, None),
    ]
