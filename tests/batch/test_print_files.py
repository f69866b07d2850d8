"""Print files: each class gets all its pupils' papers in order, and nobody gets another's."""

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from kcbx_docs.batch.task import PrintOrder
from kcbx_docs.filing.folder import Written
from kcbx_docs.render.text import docx_paragraphs, part_paragraphs, tight
from kcbx_docs.render.word import W
from tests.batch.conftest import Render, words_of

SECOND, TENTH = "青石中学26秋七2", "青石中学26秋七10"
PUPILS = {  # serial -> pupil and guardian
    f"{TENTH}-001": ("普云飞", "普大明"),
    f"{SECOND}-001": ("阿卜杜热合曼·阿卜杜热西提", "居马洪·买买提"),
    f"{TENTH}-002": ("王䶮", "王国良"),
    f"{SECOND}-002": ("岩温罕", "岩罕"),
    f"{TENTH}-003": ("李喆", "李志远"),
}
PDF = pytest.mark.pdf


def papers(folder: Path, name: str) -> list[dict]:
    listed = json.loads((folder / "manifest.json").read_text("utf-8"))["files"]
    return next(entry["papers"] for entry in listed if entry["file"] == name)


def sections(data: bytes) -> list[tuple[str, ...]]:
    """Return the paragraphs of each section of a Word file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))[0]
    found, current = [], etree.Element("section")
    for child in list(body):
        current.append(child)
        if child.tag == f"{{{W}}}sectPr" or child.find(f".//{{{W}}}sectPr") is not None:
            found.append(part_paragraphs(current))
            current = etree.Element("section")
    return found


def page_texts(data: bytes) -> list[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    return [tight(page.get_textpage().get_text_range()) for page in document]


def on_both_sides(school: Path) -> None:
    with (school / "cases" / "开学.yaml").open("a", encoding="utf-8") as batch:
        batch.write("打印: {双面: 是}\n")


def stacks(written: Written) -> list[Path]:
    return [path for path in written.files if "-1入学" in path.name]


def strangers(text: str, serial: str) -> list[str]:
    """Name the people in a text that do not belong to a pupil."""
    own = "".join(PUPILS[serial])
    return [name for names in PUPILS.values() for name in names if name in text and name not in own]


def test_classes_come_in_their_natural_order_and_pupils_in_that_of_the_roster(
    render: Render,
) -> None:
    written = render()
    assert [path.name for path in written.files] == [
        "01-七年级2班-1入学告知书等.docx",
        "01-七年级2班-2签收表.docx",
        "02-七年级10班-1入学告知书等.docx",
        "02-七年级10班-2签收表.docx",
        "manifest.json",
        "名单检查.xlsx",
    ]
    order = [
        [entry["serial"] for entry in papers(written.folder, path.name)] for path in stacks(written)
    ]
    assert order == [
        [f"{SECOND}-001", f"{SECOND}-002"],
        [f"{TENTH}-001", f"{TENTH}-002", f"{TENTH}-003"],
    ]
    assert [
        d["document"] for d in papers(written.folder, written.files[0].name)[0]["documents"]
    ] == ["notice", "promise", "promise"]
    assert {path.stat().st_mode & 0o777 for path in written.files} == {0o600}


def test_word_says_to_every_pupil_what_the_source_says(render: Render, school: Path) -> None:
    written = render()
    made = words_of(school)
    for path in stacks(written):
        wanted = [
            (entry["serial"], document["document"])
            for entry in papers(written.folder, path.name)
            for document in entry["documents"]
        ]
        found = sections(path.read_bytes())
        # A long name is broken in its cell, as in the PDF: no words are added by that.
        unbroken = [tuple(line.replace("\n", "") for line in text) for text in found]
        assert unbroken == [made[key] for key in wanted]
        assert [
            strangers("".join(text), serial)
            for (serial, _), text in zip(wanted, found, strict=True)
        ] == [[]] * len(wanted)


def test_the_print_file_is_a_valid_word_file_that_starts_every_paper_on_a_front_side(
    render: Render, school: Path
) -> None:
    on_both_sides(school)
    data = (path := render().files[0]).read_bytes()
    assert OpenXmlValidator().validate(path).errors == []
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        kinds = etree.fromstring(archive.read("word/document.xml")).findall(
            f".//{{{W}}}sectPr/{{{W}}}type"
        )
        assert "七年级2班 入学告知书等" in archive.read("docProps/core.xml").decode()
    assert [kind.get(f"{{{W}}}val") for kind in kinds] == ["nextPage", *["oddPage"] * 5]
    assert len(docx_paragraphs(data)) == sum(map(len, sections(data)))


def test_each_class_gets_a_sheet_to_sign(render: Render) -> None:
    written = render()
    assert docx_paragraphs(written.files[1].read_bytes()) == (
        "七年级2班签收表",
        "序号",
        "学生",
        "监护人",
        "签名",
        f"{SECOND}-001",
        "阿卜杜热合曼·阿卜杜热西提",
        "居马洪·买买提",
        f"{SECOND}-002",
        "岩温罕",
        "岩罕",
    )


@PDF
def test_the_manifest_tells_on_which_pages_each_pupil_is(render: Render, school: Path) -> None:
    on_both_sides(school)
    written = render("pdf")
    words = words_of(school)
    for path in stacks(written):
        texts = page_texts(path.read_bytes())
        printed = set()
        for entry in papers(written.folder, path.name):
            serial = entry["serial"]
            starts = [document["pages"][0] for document in entry["documents"]]
            assert entry["pages"] == [starts[0], entry["documents"][-1]["pages"][1]]
            for document in entry["documents"]:
                first, last = document["pages"]
                assert first % 2 == 1
                said = "".join(words[serial, document["document"]])
                assert "".join(texts[first - 1 : last]) == said
                printed |= set(range(first, last + 1))
        assert [
            number for number, text in enumerate(texts, 1) if text and number not in printed
        ] == []
        assert len(texts) == max(printed) + max(printed) % 2  # the next file begins on a front


@PDF
def test_without_duplex_no_sheet_is_left_empty(render: Render, school: Path) -> None:
    with (school / "cases" / "开学.yaml").open("a", encoding="utf-8") as batch:
        batch.write("打印: {双面: 否, 排序: 名册, 分班: 否}\n")
    written = render("docx", "pdf")
    assert [path.name for path in written.files] == [
        "01-全校-1入学告知书等.docx",
        "01-全校-1入学告知书等.pdf",
        "01-全校-2签收表.docx",
        "01-全校-2签收表.pdf",
        "manifest.json",
        "名单检查.xlsx",
    ]
    listed = papers(written.folder, "01-全校-1入学告知书等.pdf")
    assert [(entry["serial"], entry["pages"]) for entry in listed] == [
        (f"{TENTH}-001", [1, 3]),
        (f"{SECOND}-001", [4, 6]),
        (f"{TENTH}-002", [7, 9]),
        (f"{SECOND}-002", [10, 12]),
        (f"{TENTH}-003", [13, 15]),
    ]
    assert all(page_texts(written.files[1].read_bytes()))
    assert [entry["class"] for entry in papers(written.folder, "01-全校-2签收表.pdf")] == [
        "七年级10班",
        "七年级2班",
    ]


@PDF
def test_the_same_roster_gives_the_same_bytes(render: Render, school: Path) -> None:
    runs = [render("docx", "pdf", out=school / name) for name in ("一", "二")]
    first, second = ({path.name: path.read_bytes() for path in run.files} for run in runs)
    assert len(first) == 10
    assert first == second


def test_papers_of_another_look_are_printed_apart(render: Render, school: Path) -> None:
    form = school / "templates/national/documents/promise.html"
    form.write_text(form.read_text("utf-8").replace("版式: 学校通知", "版式: 表格"), "utf-8")
    names = [path.name for path in render().files]
    assert names[:3] == [
        "01-七年级2班-1入学告知书.docx",
        "01-七年级2班-2家长承诺书.docx",
        "01-七年级2班-3签收表.docx",
    ]


def test_one_document_can_be_printed_alone(render: Render) -> None:
    written = render(documents=("签收表", "promise"))
    assert [path.name for path in written.files if "2班" in path.name] == [
        "01-七年级2班-1家长承诺书.docx",
        "01-七年级2班-2签收表.docx",
    ]
    assert [
        d["document"] for d in papers(written.folder, written.files[0].name)[0]["documents"]
    ] == ["promise", "promise"]


def test_without_weasyprint_the_word_files_are_made(
    render: Render, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")
    written = render("docx", "pdf")
    assert [problem.code for problem in written.problems if problem.code.startswith("PAPR")] == [
        "PAPR006"
    ]
    assert {path.suffix for path in written.files} == {".docx", ".json", ".xlsx"}


def test_a_draft_says_so_on_every_page_of_every_paper(render: Render) -> None:
    written = render(draft=True)
    with zipfile.ZipFile(written.files[0]) as archive:
        headers = [name for name in archive.namelist() if name.startswith("word/header")]
        assert headers
        assert all("草　稿" in archive.read(name).decode() for name in headers)
        referring = etree.fromstring(archive.read("word/document.xml")).findall(
            f".//{{{W}}}sectPr/{{{W}}}headerReference"
        )
    assert len(referring) == 6 * len(headers)


def test_a_class_cannot_name_a_file_elsewhere(render: Render, school: Path) -> None:
    roster = school / "cases/名册.csv"
    roster.write_text(roster.read_text("utf-8").replace("七年级2班", "../../外面/2班"), "utf-8")
    written = render()
    assert {path.parent for path in written.files} == {school / "output" / "开学"}
    assert [path.name for path in written.files if "外面" in path.name] == [
        "02-______外面_2班-1入学告知书等.docx",
        "02-______外面_2班-2签收表.docx",
    ]


def test_the_papers_bear_the_day_of_the_batch(render: Render, school: Path) -> None:
    with (school / "cases" / "开学.yaml").open("a", encoding="utf-8") as batch:
        batch.write("日期: 2026-09-05\n")
    written = render()
    assert "2026年9月5日" in docx_paragraphs(written.files[0].read_bytes())
    manifest = json.loads((written.folder / "manifest.json").read_text("utf-8"))
    assert (manifest["as_of"], manifest["files"][0]["day"]) == ("2026-09-01", "2026-09-05")


def test_each_pupil_may_have_a_file_of_his_own_as_well(render: Render, school: Path) -> None:
    with (school / "cases" / "开学.yaml").open("a", encoding="utf-8") as batch:
        batch.write("打印: {单份: 是}\n")
    written = render()
    own = [path for path in written.files if path.name.startswith(SECOND)]
    assert [path.name for path in own] == [
        f"{SECOND}-001-1入学告知书等.docx",
        f"{SECOND}-002-1入学告知书等.docx",
    ]
    (papers_of_one,) = papers(written.folder, own[1].name)
    assert papers_of_one["serial"] == f"{SECOND}-002"
    assert strangers("".join(docx_paragraphs(own[1].read_bytes())), f"{SECOND}-002") == []


@pytest.mark.parametrize(
    ("formats", "draft", "own"),
    [(("pdf",), False, True), (("docx",), False, False), (("docx", "pdf"), True, True)],
)
def test_a_keepers_word_file_is_read_only_where_word_files_are_made(formats, draft, own) -> None:
    order = PrintOrder(Path("批次.yaml"), "", date(2026, 9, 1), (), formats, False, draft)
    assert order.own_looks is own
