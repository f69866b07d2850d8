"""What is struck out in a list is not read, and what stands beside it is."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from tests.case.rosters import read_bytes, reading_of

HEAD = ["姓名", "班级", "父亲姓名", "母亲姓名", "学生电话", "备注"]
ROW = ["方甲", "七年级1班", "方大", "李一", "13800000001", "休学"]


@pytest.mark.parametrize(
    ("cell", "field", "code"),
    [("C2", "父亲姓名", "ROST103"), ("E2", "电话", "ROST103"), ("F2", "备注", "ROST103")],
)
def test_a_cell_that_is_struck_out_is_empty(
    tmp_path: Path, cell: str, field: str, code: str
) -> None:
    def change(book: Any) -> None:
        book["名单"]["F2"].font = Font(strike=True)
        book["名单"][cell].font = Font(strike=True)

    reading = reading_of(tmp_path, {"名单": [HEAD, ROW]}, change)
    (pupil,) = reading.printable  # the pupil is back: 休学 is struck out
    assert field in pupil.doubts
    assert (pupil.phone == "") is (field == "电话")
    assert [one.name for one in pupil.guardians] == ["方大", "李一"][field == "父亲姓名" :]
    assert (f"名单!{cell}", code) in [(one.place.path, one.code) for one in reading.problems]


def test_a_class_that_is_struck_out_holds_the_pupil(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book["名单"]["B2"].font = Font(strike=True)

    rows = [HEAD, [*ROW[:5], ""], ["方乙", *ROW[1:5], ""]]
    reading = reading_of(tmp_path, {"名单": rows}, change)
    assert [[found.code for found in one.held] for one in reading.pupils] == [["ROST103"], []]


@pytest.mark.parametrize(
    ("struck", "left", "name"),
    [("方大", "方二", ["方二", "李一"]), ("方大", "", ["李一"]), ("", "方二", ["方二", "李一"])],
)
def test_of_a_cell_that_is_struck_out_in_part_the_rest_is_read(
    tmp_path: Path, struck: str, left: str, name: list[str]
) -> None:
    blocks = [TextBlock(InlineFont(strike=True), struck)] if struck else []
    text = CellRichText(*blocks, *([TextBlock(InlineFont(b=True), left)] if left else []))
    reading = reading_of(tmp_path, {"名单": [HEAD, [*ROW[:2], text, *ROW[3:5], ""]]})
    (pupil,) = reading.printable
    assert [one.name for one in pupil.guardians] == name
    assert [one.code for one in reading.problems] == (
        ["ROST104"] if struck and left else ["ROST103"] if struck else []
    )


def ods(cell: str) -> bytes:
    """Write the smallest OpenDocument spreadsheet with a name that is struck out in part."""
    names = "".join(
        f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{whole}:1.0" '
        for one, whole in (("o", "office"), ("t", "table"), ("x", "text"), ("s", "style"))
    )
    head = "".join(f"<t:table-cell><x:p>{one}</x:p></t:table-cell>" for one in ("姓名", "家长"))
    row = f"<t:table-cell><x:p>方甲</x:p></t:table-cell><t:table-cell>{cell}</t:table-cell>"
    text = (
        f'<o:document-content {names}><s:style s:name="T1"><s:text-properties '
        's:text-line-through-style="solid"/></s:style><o:body><o:spreadsheet>'
        f'<t:table t:name="七年级1班"><t:table-row>{head}</t:table-row>'
        f"<t:table-row>{row}</t:table-row></t:table></o:spreadsheet></o:body></o:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("cell", "names", "code"),
    [
        ('<x:p><x:span x:style-name="T1">方大</x:span>方二</x:p>', ["方二"], "ROST104"),
        ('<x:p><x:span x:style-name="T1">方大</x:span></x:p>', [], "ROST103"),
        ("<x:p><x:span>方</x:span>二</x:p>", ["方二"], ""),
        ("<x:p>方大</x:p><x:p>李一</x:p>", ["方大", "李一"], "ROST077"),
    ],
)
def test_an_open_document_says_the_same(
    tmp_path: Path, cell: str, names: list[str], code: str
) -> None:
    reading = read_bytes(tmp_path, ods(cell), "名册.ods")
    (pupil,) = reading.printable
    assert [one.name for one in pupil.guardians] == names
    assert [one.code for one in reading.problems] == ([code] if code else [])
