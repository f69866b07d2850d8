"""Files that people bring: what could do harm is refused by name, differences are all told."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from kcbx_docs.issuing.finals import differences, read_final, read_scan
from kcbx_docs.problems import UserError


def refusal(act: Callable[[Path], object], path: Path) -> str:
    """Return the code with which a file is refused."""
    with pytest.raises(UserError) as refused:
        act(path)
    (found,) = refused.value.problems
    assert found.place.file == str(path)
    return found.code


def pdf(path: Path, pages: int = 1, password: str = "") -> Path:
    """Write a PDF of empty pages."""
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page()
        locked = pikepdf.Encryption(owner=password, user=password) if password else False
        document.save(path, encryption=locked)
    return path


def word(path: Path, **parts: bytes) -> Path:
    """Write a zip file as Word files are."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return path


TYPES = (
    '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.'
    'openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
DOCUMENT = (
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    b"<w:body><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:body></w:document>"
)


def test_a_word_file_and_a_pdf_are_read(tmp_path: Path) -> None:
    file = word(tmp_path / "定稿.docx", word__document_xml=DOCUMENT % "定稿的字".encode())
    assert read_final(file).text == "定稿的字"
    assert read_final(pdf(tmp_path / "定稿.pdf")).text == ""
    scan = tmp_path / "扫描.PNG"
    scan.write_bytes(b"\x89PNG\r\n\x1a\n and more")
    assert read_scan(scan).suffix == ".png"


def test_hostile_files_are_refused_by_name(tmp_path: Path) -> None:
    locked = pdf(tmp_path / "加密.pdf", password="a")
    assert refusal(read_final, locked) == refusal(read_scan, locked) == "ISSU024"
    assert refusal(read_scan, pdf(tmp_path / "太长.pdf", 301)) == "ISSU026"
    (broken := tmp_path / "坏.pdf").write_bytes(b"%PDF-1.7 and nothing")
    assert refusal(read_final, broken) == "ISSU025"
    (old := tmp_path / "旧.docx").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(100))
    assert refusal(read_final, old) == "ISSU021"
    bomb = word(tmp_path / "炸弹.docx", word__document_xml=DOCUMENT % (b"0" * 40_000_000))
    assert refusal(read_final, bomb) == "REND021"
    macro = word(
        tmp_path / "宏.docx", word__document_xml=DOCUMENT % b"x", **{"word__vbaProject.bin": b"x"}
    )
    assert refusal(read_final, macro) == "REND022"
    (empty := tmp_path / "空.pdf").write_bytes(b"")
    assert refusal(read_final, empty) == refusal(read_scan, tmp_path / "没有.pdf") == "ISSU023"
    (other := tmp_path / "别的.exe").write_bytes(b"MZ")
    assert refusal(read_final, other) == refusal(read_scan, other) == "ISSU020"
    (posing := tmp_path / "假.jpg").write_bytes(b"MZ")
    assert refusal(read_scan, posing) == "ISSU020"


def test_a_huge_file_is_not_even_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kcbx_docs.issuing.finals.MOST_BYTES", 10)
    (huge := tmp_path / "大.pdf").write_bytes(io.BytesIO(bytes(11)).getvalue())
    assert refusal(read_scan, huge) == "ISSU022"


def test_every_difference_is_told_with_what_stands_before_it() -> None:
    ours = ("责令你自收到之日起10日内", "将孩子送到学校。")
    told = differences(ours, "责令你自收到之日起15日内将孩子送到学校就读。")
    assert [(one.ours, one.theirs) for one in told] == [("0", "5"), ("", "就读")]
    assert told[1].before == "日内将孩子送到学校"[-8:]
    assert differences(ours, "责令你自收到之日起 10日内\n将孩子送到学校。") == ()


def test_the_ledger_keeps_no_identity_number_of_a_difference() -> None:
    (told,) = differences(("公民身份号码：",), "公民身份号码：530499198603123012")
    assert told.as_data()["theirs"] == "53**************12"
    assert told.theirs == "530499198603123012"  # who looks at the file today sees it whole
