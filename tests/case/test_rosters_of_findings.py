"""Rosters whose message misled the first school: each example, and its neighbour."""

import io
import zipfile
from pathlib import Path

import pytest

from kcbx_docs.case.sheets import read_sheets
from tests.case.rosters import reading_of, workbook

pytestmark = pytest.mark.alike
PLAIN = "http://schemas.openxmlformats.org"
ROWS = [["姓名", "班级"], ["普云飞", "七年级1班"]]


def rewritten(folder: Path, *changes: tuple[str, str]) -> Path:
    """Write a workbook with texts of its parts changed."""
    path = folder / "名册.xlsx"
    with (
        zipfile.ZipFile(io.BytesIO(workbook({"七1": ROWS}))) as old,
        zipfile.ZipFile(path, "w") as new,
    ):
        for name in old.namelist():
            text = old.read(name).decode()
            for before, after in changes:
                text = text.replace(before, after)
            new.writestr(name, text)
    return path


STRICT = (
    (f"{PLAIN}/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"),
    (f"{PLAIN}/officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/"),
)


@pytest.mark.parametrize(
    "changes",
    [STRICT, (("<fill>", "<fill/><fill>"),), (("</worksheet>", "<extLst/></worksheet>"),)],
    ids=["Strict Open XML", "an empty fill", "an extension"],
)
def test_what_other_programs_write_is_read_without_a_word(tmp_path, changes, recwarn, capsys):
    """openpyxl warned in English, with its own path, and said that there are no pupils."""
    sheets, found = read_sheets(rewritten(tmp_path, *changes))
    assert found == () and len(sheets[0].rows) == len(ROWS)
    assert list(recwarn) == [] and capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("number", "code"), [("53049920130506121", "ROST060"), ("无", ""), ("530499201305061217", "")]
)
def test_a_wrong_number_never_has_a_pupil_deleted(tmp_path, number, code):
    """A clerk who is told to delete the line deletes the child."""
    reading = reading_of(tmp_path, {"七1": [[*ROWS[0], "身份证号"], [*ROWS[1], number]]})
    told = [one for one in reading.problems if one.code not in ("ROST016", "ROST096", "ROST097")]
    assert [one.code for one in told] == ([code] if code else [])
    assert "删去" not in "".join(one.hint for one in told) and len(reading.pupils) == 1
