"""The school as an issuer: its papers carry its address and who to ask."""

import datetime
from pathlib import Path

from kcbx_docs.filing.render import render_file
from kcbx_docs.papers.files import Wanted
from kcbx_docs.render.text import docx_paragraphs

CASE = Path(__file__).parents[2] / "cases" / "到责令.yaml"


def test_the_report_of_a_school_says_whom_to_call(tmp_path):
    wanted = Wanted(datetime.date(2026, 11, 22), ("dropout-report",), ("docx",))
    (file,) = [path for path in render_file(CASE, wanted, tmp_path).files if path.suffix == ".docx"]
    words = docx_paragraphs(file.read_bytes())
    assert words[0] == "云岭县青石中学"
    assert "（联系人：罗玉芬，电话：0877-0000004）" in words
