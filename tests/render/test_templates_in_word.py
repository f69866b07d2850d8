"""What templates ask of Word beyond text:
signatures and kept groups stay together, cells hang from the top.
"""

import io
import zipfile

import pytest
from lxml import etree

from kcbx_docs.packs.flatten import flatten
from kcbx_docs.render.compile import compile_docx
from kcbx_docs.render.css import _COMMON
from kcbx_docs.render.grid import CELL_MARGINS
from kcbx_docs.render.styles import LAYOUTS
from kcbx_docs.render.word import W
from tests.packs.conftest import FRONT, chain, packs  # noqa: F401

NS = {"w": W}
LONG = "写满两行的一段话，署名带上它就够了，再前面的一段留在上一页，不跟着走"
AFTER = "表后的话也有两行，所以表的最后一行不用跟着它，人可以在表和它之间翻页"
BODY = f"""\
<p>正文一</p>
<p>{LONG}</p>
{{% if 机关 %}}
<p class="署名">青石镇</p>
{{% endif %}}
<table widths="1 1"><tr header="1"><th>表头</th><th>乙</th></tr><tr><th>散行</th><td top="1">从上写起</td></tr></table>
<p>{AFTER}</p>
<div keep="1"><table widths="1"><tr><td>同页行</td></tr><tr><td>末行</td></tr></table></div>
"""


@pytest.fixture
def root(chain):  # noqa: F811
    flat = flatten(
        chain({"national/documents/order.html": FRONT.format(id="order") + BODY}), "order"
    )
    data = compile_docx(flat, LAYOUTS["执法文书"])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def kept(root: etree._Element, text: str) -> bool:
    paragraph = root.xpath(f'//w:p[.//w:t[text()="{text}"]]', namespaces=NS)[0]
    return bool(paragraph.xpath("./w:pPr/w:keepNext", namespaces=NS))


def test_the_paragraph_before_a_signature_stays_with_it(root):
    assert (kept(root, "正文一"), kept(root, LONG)) == (False, True)


def test_rows_of_a_form_may_part_but_header_rows_and_kept_groups_may_not(root):
    assert (kept(root, "表头"), kept(root, "散行"), kept(root, "同页行")) == (True, False, True)
    assert not kept(root, "末行")  # a group is not tied to what follows it


def test_a_cell_hangs_from_the_top_where_the_template_says_so(root):
    across = {
        "".join(cell.itertext()): cell.find("w:tcPr/w:vAlign", NS).get(f"{{{W}}}val")
        for cell in root.iterfind(".//w:tc", NS)
    }
    assert across["从上写起"] == "top"
    assert across["散行"] == "center"


def test_margins_of_cells_are_those_of_the_pdf(root):
    found = root.xpath("//w:tblCellMar/*", namespaces=NS)
    sides = {side.tag.partition("}")[2]: int(side.get(f"{{{W}}}w")) / 20 for side in found}
    assert sides == {"top": 1, "left": 4.25, "bottom": 1, "right": 4.25}
    assert "td, th { border: 0.5pt solid #000; padding: 1pt 4.25pt;" in _COMMON
    assert sides["left"] + sides["right"] == CELL_MARGINS
