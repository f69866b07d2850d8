"""A keeper's Word file gives the looks; hostile files are refused, other words are found."""

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from kcbx_docs.packs.flatten import flatten
from kcbx_docs.problems import Place, UserError
from kcbx_docs.render.compile import compile_docx
from kcbx_docs.render.keeper import check_filled, read_word_file
from kcbx_docs.render.qr import png_of
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


R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument"
SPREADSHEET = f"{TYPES}.spreadsheetml.sheet"
PNG = png_of("1")


def codes_of(path: Path) -> list[str]:
    """Tell why a Word file is refused; not at all if it is plain."""
    try:
        read_word_file(path)
    except UserError as error:
        return list(dict.fromkeys(p.code for p in error.problems))
    return []


def relations(kind: str, target: str, more: str = "") -> bytes:
    return (
        f'<Relationships xmlns="x"><Relationship Id="r" Type="{kind}" Target="{target}"{more}/>'
        "</Relationships>"
    ).encode()


def listed(word: bytes, *more: tuple[str, str]) -> bytes:
    """Return the list of types with further parts."""
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        types = archive.read("[Content_Types].xml").decode()
    entries = "".join(f'<Override PartName="/{n}" ContentType="{k}"/>' for n, k in more)
    return types.replace("</Types>", f"{entries}</Types>").encode()


OUTSIDE = ' TargetMode="External"'
SETTINGS = "word/_rels/settings.xml.rels"
ATTACKS = {
    "a program by its usual name": ({"word/vbaProject.bin": b"x"}, "REND022"),
    "a picture from elsewhere": (
        {"word/_rels/header1.xml.rels": relations(f"{R}/image", "http://x/a.png", OUTSIDE)},
        "REND023",
    ),
    "a template from elsewhere, in single quotes": (
        {SETTINGS: relations(f"{R}/attachedTemplate", "http://x/", OUTSIDE).replace(b'"', b"'")},
        "REND023",
    ),
    "spaces around the sign": (
        {SETTINGS: relations(f"{R}/attachedTemplate", "x", ' TargetMode = "External"')},
        "REND023",
    ),
    "a letter of the word as a number": (
        {SETTINGS: relations(f"{R}/attachedTemplate", "x", ' TargetMode="Ext&#101;rnal"')},
        "REND023",
    ),
    "relations in UTF-16": (
        {SETTINGS: relations(f"{R}/attachedTemplate", "x", OUTSIDE).decode().encode("utf-16")},
        "REND023",
    ),
    "relations in capitals": (
        {"word/_rels/settings.xml.RELS": relations(f"{R}/attachedTemplate", "x", OUTSIDE)},
        "REND023",
    ),
    "a template within": ({SETTINGS: relations(f"{R}/attachedTemplate", "a.xml")}, "REND030"),
    "an object": ({SETTINGS: relations(f"{R}/oleObject", "a.xml")}, "REND027"),
    "a document within a document": ({SETTINGS: relations(f"{R}/aFChunk", "a.xml")}, "REND030"),
    "a link into the network of the office": (
        {SETTINGS: relations(f"{R}/hyperlink", "file://host/a.exe", OUTSIDE)},
        "REND026",
    ),
    "a link that is a script": (
        {SETTINGS: relations(f"{R}/hyperlink", "javascript:a()", OUTSIDE)},
        "REND026",
    ),
    "a relation that leads out": (
        {SETTINGS: relations(f"{R}/image", "../../../etc/passwd")},
        "REND030",
    ),
    "a relation to a share": ({SETTINGS: relations(f"{R}/image", "//host/a.png")}, "REND030"),
    "another document behind": (
        {"_rels/.rels": relations(f"{R}/officeDocument", "word/other.xml")},
        "REND030",
    ),
    "entities": (
        {"word/styles.xml": b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'},
        "REND024",
    ),
    "entities in UTF-16": (
        {"word/styles.xml": '<!DOCTYPE a [<!ENTITY x "y">]><a/>'.encode("utf-16")},
        "REND024",
    ),
    "entities in relations": ({SETTINGS: b"<!DOCTYPE a><Relationships/>"}, "REND024"),
    "entities without end": (
        {
            "word/styles.xml": b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "'
            + b"&a;" * 99
            + b'"><!ENTITY c "'
            + b"&b;" * 99
            + b'">]><a x="&c;"/>'
        },
        "REND024",
    ),
    "not closed": ({"word/document.xml": b"<w:document>"}, "REND024"),
    "an alphabet of its own": (
        {"word/styles.xml": b"<?xml version='1.0' encoding='UTF-7'?><a/>"},
        "REND024",
    ),
    "an alphabet of old machines": (
        {"word/styles.xml": '<?xml version="1.0" encoding="cp037"?><a/>'.encode("cp037")},
        "REND024",
    ),
    "deeper than any document": (
        {"word/styles.xml": b"<a>" * 5_000 + b"</a>" * 5_000},
        "REND024",
    ),
    "a picture without end": ({"word/media/big.bmp": b"\0" * 31_000_000}, "REND021"),
    "packed too well": ({"word/media/big.bmp": b"\0" * 5_000_000}, "REND021"),
    "a part that leads out": ({"../../evil.xml": b"<a/>"}, "REND030"),
    "a part of the root": ({"/etc/evil.xml": b"<a/>"}, "REND030"),
    "a part with a control character": ({"word/a\x1b[2J.xml": b"<a/>"}, "REND030"),
    "a part of no type": ({"word/a.dat": b"x"}, "REND030"),
    "a part named twice but for capitals": ({"WORD/document.xml": b"<a/>"}, "REND030"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_hostile_word_file_is_refused(word, tmp_path, attack):
    extra, code = ATTACKS[attack]
    path = tmp_path / "a.docx"
    path.write_bytes(repacked(word, extra))
    assert codes_of(path) == [code]


TYPED = {
    "a program under another name": (
        "word/vbaProject.dat",
        "application/vnd.ms-office.vbaProject",
        b"x",
        "REND022",
    ),
    "a program as a picture": (
        "word/media/a.png",
        "application/vnd.ms-office.vbaProject",
        PNG,
        "REND022",
    ),
    "a table": ("word/embeddings/a.xlsx", SPREADSHEET, b"PK", "REND027"),
    "an object": ("word/embeddings/a.dat", f"{TYPES}.oleObject", b"x", "REND027"),
    "a control": (
        "word/activeX/a.xml",
        "application/vnd.ms-office.activeX+xml",
        b"<a/>",
        "REND022",
    ),
    "a page": ("word/a.html", "text/html", b"<html/>", "REND030"),
    "a font": ("word/fonts/a.odttf", f"{TYPES}.obfuscatedFont", b"x", "REND028"),
    "a drawing with commands": ("word/media/a.emf", "image/x-emf", b"x", "REND029"),
    "a drawing with scripts": ("word/media/a.svg", "image/svg+xml", b"<svg/>", "REND029"),
    "no picture": ("word/media/a.png", "image/png", b"MZ", "REND029"),
    "a picture of a square kilometre": (
        "word/media/a.png",
        "image/png",
        PNG[:16] + (90_000).to_bytes(4, "big") * 2 + PNG[24:],
        "REND029",
    ),
}


@pytest.mark.parametrize("attack", TYPED)
def test_a_part_that_no_document_has_is_named(word, tmp_path, attack):
    name, kind, data, code = TYPED[attack]
    path = tmp_path / "a.docx"
    path.write_bytes(
        repacked(word, {name: data, "[Content_Types].xml": listed(word, (name, kind))})
    )
    with pytest.raises(UserError) as error:
        read_word_file(path)
    assert [(p.code, name in str(p)) for p in error.value.problems] == [(code, True)]


def test_a_document_with_macros_under_another_ending(word, tmp_path):
    macros = "application/vnd.ms-word.document.macroEnabled.main+xml"
    types = listed(word).replace(
        f"{TYPES}.wordprocessingml.document.main+xml".encode(), macros.encode()
    )
    (tmp_path / "a.docx").write_bytes(repacked(word, {"[Content_Types].xml": types}))
    assert codes_of(tmp_path / "a.docx") == ["REND022"]


def broken(word: bytes, how: str) -> bytes:
    """Spoil a Word file as disks, networks and passwords do."""
    raw = bytearray(word)
    central = raw.find(b"PK\x01\x02")
    if how == "half":
        return word[: len(word) // 2]
    if how == "checksum":
        raw[central + 16] ^= 1
    elif how == "size":
        raw[central + 24 : central + 28] = (7).to_bytes(4, "little")
    elif how == "data":
        raw[200:400] = bytes(200)
    elif how == "method":
        raw[central + 10] = 99
    elif how == "secret":
        raw[central + 8] |= 1
    return bytes(raw)


@pytest.mark.parametrize(
    ("how", "code"),
    [
        *((how, "REND034") for how in ("half", "checksum", "size", "data", "method")),
        ("secret", "REND025"),
    ],
)
def test_a_damaged_or_locked_file_is_told_as_such(word, tmp_path, how, code):
    (tmp_path / "a.docx").write_bytes(broken(word, how))
    assert codes_of(tmp_path / "a.docx") == [code]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old .doc", "不是 Word 文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        (b"MZ a program before a document", "不是 Word 文件"),
        (b"", "不是 Word 文件"),
    ],
)
def test_something_else_named_docx_is_refused(tmp_path, data, said):
    (tmp_path / "a.docx").write_bytes(data)
    with pytest.raises(UserError, match=said):
        read_word_file(tmp_path / "a.docx")


def test_a_program_before_the_parts_is_refused(word, tmp_path):
    (tmp_path / "a.docx").write_bytes(b"MZ" + word)
    assert codes_of(tmp_path / "a.docx") == ["REND020"]


def test_what_a_field_does_is_looked_at_once_more_when_it_is_filled():
    """Statements can take away the word that made it harmless."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    text = f'<w:p xmlns:w="{space}"><w:fldSimple w:instr="DDEAUTO cmd"/></w:p>'
    (found,) = check_filled({"word/document.xml": text}, Place("a.docx"))
    assert (found.code, found.place.file) == ("REND031", "a.docx")
    assert "DDEAUTO cmd" in found.message and "Ctrl+Shift+F9" in found.hint


M = "http://schemas.microsoft.com/office"
USUAL = (
    ("docProps/custom.xml", f"{TYPES}.custom-properties+xml", "custom-properties"),
    ("docProps/thumbnail.jpeg", "image/jpeg", "thumbnail"),
    ("customXml/item1.xml", "application/xml", "customXml"),
    ("customXml/itemProps1.xml", f"{TYPES}.customXmlProperties+xml", "customXmlProps"),
    ("word/webSettings.xml", f"{TYPES}.wordprocessingml.webSettings+xml", "webSettings"),
    ("word/numbering.xml", f"{TYPES}.wordprocessingml.numbering+xml", "numbering"),
    ("word/footnotes.xml", f"{TYPES}.wordprocessingml.footnotes+xml", "footnotes"),
    ("word/comments.xml", f"{TYPES}.wordprocessingml.comments+xml", "comments"),
    ("word/media/校徽.png", "image/png", "image"),
)


def test_what_word_and_wps_save_beside_the_text_is_left_alone(word, tmp_path):
    photo = io.BytesIO()
    Image.new("L", (8, 8)).save(photo, "JPEG")
    contents = {"image/jpeg": photo.getvalue(), "image/png": PNG}
    extra = {name: contents.get(kind, b"<a/>") for name, kind, _ in USUAL}
    extra["customXml/item1.xml"] = (
        '<s:customData xmlns:s="http://www.wps.cn/officeDocument/2013/wpsCustomData"/>'.encode(
            "utf-16"
        )
    )
    related = "".join(
        f'<Relationship Id="u{n}" Type="{R}/{kind}" Target="/{name}"/>'
        for n, (name, _, kind) in enumerate(USUAL)
        if kind != "thumbnail"
    )
    links = "".join(
        f'<Relationship Id="l{n}" Type="{R}/hyperlink" Target="{target}" TargetMode="External"/>'
        for n, target in enumerate(("https://www.gov.cn/", "mailto:a@b.cn", "#_Toc1"))
    )
    people = f'<Relationship Id="p" Type="{M}/2011/relationships/people" Target="people.xml"/>'
    extra["word/_rels/footnotes.xml.rels"] = (
        f"<Relationships>{related}{links}{people}</Relationships>".encode()
    )
    kinds = [(name, kind) for name, kind, _ in USUAL]
    extra["[Content_Types].xml"] = listed(word, *kinds)
    (tmp_path / "a.docx").write_bytes(repacked(word, extra))
    assert codes_of(tmp_path / "a.docx") == []


def test_a_folder_listed_by_a_packing_program_is_left_alone(word, tmp_path):
    (tmp_path / "a.docx").write_bytes(repacked(word, {"word/media/": b""}))
    assert codes_of(tmp_path / "a.docx") == []


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
