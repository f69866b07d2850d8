"""A PDF that we laid out proves nothing until somebody signed it."""

from io import BytesIO

import pikepdf
import pytest

from kcbx_docs.issuing.unsigned import unsigned


def pdf(creator: str = "kcbx-docs", mark: str = "", *, signed: bool = False) -> bytes:
    """Make a page by a program, with a mark upon it or with a field for a signature."""
    made, out = pikepdf.new(), BytesIO()
    made.add_blank_page()
    made.docinfo["/Creator"], made.docinfo["/Title"] = creator, "送达回证（普正华）"
    if mark:
        made.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name(mark))])
    if signed:
        made.Root.AcroForm = pikepdf.Dictionary(SigFlags=3)
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (pdf(), True),
        (pdf(mark="/Link"), True),
        (pdf(mark="/Ink"), False),
        (pdf(signed=True), False),
        (pdf("Canon iR-ADV"), False),
        (b"\xff\xd8\xff a photograph", False),
        (b"%PDF-1.7 broken", False),
    ],
    ids=["空白", "带链接", "手写", "电子签章", "扫描仪", "照片", "打不开"],
)
def test_only_what_nobody_signed_is_told(data: bytes, told: bool) -> None:
    found = [(one.code, "普正华" in one.message) for one in unsigned(data, "回证.pdf")]
    assert found == ([("SERV114", True)] if told else [])
