"""A keeper's Word file gives the looks; hostile files are refused, other words are found."""

import io
import zipfile

import pytest

from kcbx_docs.packs.flatten import flatten
from kcbx_docs.problems import UserError
from kcbx_docs.render.compile import compile_docx
from kcbx_docs.render.keeper import read_word_file
from kcbx_docs.render.styles import LAYOUTS
from kcbx_docs.render.text import docx_paragraphs
from tests.packs.conftest import chain, packs  # noqa: F401

SOURCE = "---\n编号: a\n标题: 通知\n一份对应: 案件\n版式: {layout}\n---\n<h1>通知</h1><p>{{{{ 学生.姓名 }}}}到校。</p>\n"


def repacked(data: bytes, extra: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            if info.filename not in extra:
                new.writestr(info.filename, old.read(info))
        for name, content in extra.items():
            new.writestr(name, content)
    return out.getvalue()


@pytest.fixture
def word(chain):  # noqa: F811
    flat = flatten(chain({"national/documents/a.html": SOURCE.format(layout="执法文书")}), "a")
    return compile_docx(flat, LAYOUTS["执法文书"])


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("word/vbaProject.bin", b"x", "REND022"),
        (
            "word/_rels/document.xml.rels",
            b'<Relationships><Relationship Id="r" Type="http://x/image" Target="http://x/a.png" TargetMode="External"/></Relationships>',
            "REND023",
        ),
        ("word/styles.xml", b'<!DOCTYPE a [<!ENTITY x "y">]><a/>', "REND024"),
        ("word/document.xml", b"<w:document>", "REND024"),
        ("word/media/big.bmp", b"\0" * 31_000_000, "REND021"),
    ],
)
def test_a_hostile_word_file_is_refused(word, tmp_path, name, content, code):
    path = tmp_path / "a.docx"
    path.write_bytes(repacked(word, {name: content}))
    with pytest.raises(UserError) as error:
        read_word_file(path)
    assert [p.code for p in error.value.problems] == [code]


def test_something_else_named_docx_is_refused(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0 an old .doc")
    with pytest.raises(UserError, match="不是 Word 文件"):
        read_word_file(path)


def test_a_hyperlink_is_harmless(word, tmp_path):
    relations = b'<Relationships><Relationship Id="r" Type="http://x/hyperlink" Target="http://x/" TargetMode="External"/></Relationships>'
    path = tmp_path / "a.docx"
    path.write_bytes(repacked(word, {"word/_rels/footnotes.xml.rels": relations}))
    assert read_word_file(path)


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_a_draft_says_so_on_every_page(chain, layout):  # noqa: F811
    flat = flatten(chain({"national/documents/a.html": SOURCE.format(layout=layout)}), "a")
    data = compile_docx(flat, LAYOUTS[layout], draft=True)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        headers = {n: archive.read(n).decode() for n in archive.namelist() if "header" in n}
        document = archive.read("word/document.xml").decode()
    assert headers and all("草　稿" in text for text in headers.values())
    assert document.count("headerReference") == len(headers)
    assert docx_paragraphs(data) == docx_paragraphs(compile_docx(flat, LAYOUTS[layout]))
