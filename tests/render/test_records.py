"""Transcripts: everybody signs at the foot of every page, in PDF and in Word."""

import io
import zipfile

import pytest

from kcbx_docs.render.styles import LAYOUTS
from kcbx_docs.render.text import tight
from kcbx_docs.render.wordfile import package

FOOT = tight(LAYOUTS["笔录"].signed)


def footers(layout: str) -> str:
    with zipfile.ZipFile(io.BytesIO(package(LAYOUTS[layout], "<w:p/>", "询问笔录"))) as archive:
        return "".join(
            archive.read(name).decode() for name in archive.namelist() if "footer_" in name
        )


@pytest.mark.pdf
def test_every_page_of_a_record_has_its_line_of_signatures_and_its_number() -> None:
    from tests.render.measure import pages
    from tests.render.paper import printed

    sheets = pages(printed('<p class="平段">问：孩子为什么没有上学？</p>' * 60, "笔录"))
    assert len(sheets) > 1
    for number, sheet in enumerate(sheets, 1):
        assert [tight(line.text) for line in sheet[-2:]] == [FOOT, f"第{number}页共{len(sheets)}页"]


def test_the_word_file_has_the_same_line_in_its_footer() -> None:
    assert FOOT in tight(footers("笔录"))


def test_other_layouts_ask_nobody_to_sign_every_page() -> None:
    assert all("签名" not in footers(name) for name in LAYOUTS if name != "笔录")
