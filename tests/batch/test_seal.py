"""A school's seal is printed over signature and date of its own papers, and moves no line."""

import io
import shutil
import zipfile
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from kcbx_docs.problems import UserError
from tests.batch.conftest import Render
from tests.batch.test_print_files import page_texts, sections, stacks
from tests.packs.templates import HEAD, lint_tree

DATE = "{{ 文书.日期|日期 }}</p>"
SEALED = '{{ 文书.日期|日期 }}<qr seal="1" size="42">{{ 文书.印章 }}</qr></p>'
RED = (220, 20, 20)


@pytest.fixture
def sealing(school: Path) -> Path:
    """Return the school, its notice ready to be sealed, a picture of a seal beside the batch."""
    notice = school / "templates/national/documents/notice.html"
    text = notice.read_text("utf-8").replace(DATE, SEALED).replace("版式:", "印章: 是\n版式:")
    notice.write_text(text, "utf-8")
    picture = Image.new("RGB", (200, 160), "white")  # as scanned: white paper around it
    ImageDraw.Draw(picture).ellipse((22, 2, 177, 157), outline=RED, width=8)
    picture.save(school / "cases/印章.png")
    return school


def ordered(school: Path, more: str = "打印: {印章: 印章.png}\n") -> None:
    with (school / "cases/开学.yaml").open("a", encoding="utf-8") as batch:
        batch.write(more)


def forget(school: Path) -> None:
    """Take the ledger away: sealed papers are new papers, and would get new serials."""
    shutil.rmtree(school / "台账")


def media(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [name for name in archive.namelist() if "media/" in name]


def body(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml").decode()


def test_word_shows_one_picture_over_every_date_and_says_the_same(
    sealing: Path, render: Render, tmp_path: Path
) -> None:
    plain = [path.read_bytes() for path in render(out=tmp_path / "1").files if "班-" in path.name]
    forget(sealing)
    ordered(sealing)
    sealed = [path.read_bytes() for path in render(out=tmp_path / "2").files if "班-" in path.name]
    assert list(map(sections, sealed)) == list(map(sections, plain))
    notices = [data for data in sealed if media(data)]
    assert len(notices) == 2 and not any(map(media, plain))
    for data in notices:
        assert len(media(data)) == 1
        pupils = body(data).count("的家长：")
        assert body(data).count('descr="学校印章"') == 2 * pupils > 0
        assert body(data).count("<wp:anchor") == pupils


@pytest.mark.pdf
def test_a_stamped_pdf_shows_the_seal_and_no_line_moves(
    sealing: Path, render: Render, tmp_path: Path
) -> None:
    import pypdfium2 as pdfium

    plain = [path.read_bytes() for path in stacks(render("pdf", out=tmp_path / "1"))]
    forget(sealing)
    ordered(sealing)
    written = render("pdf", out=tmp_path / "2")
    sealed = [path.read_bytes() for path in stacks(written)]
    assert list(map(page_texts, sealed)) == list(map(page_texts, plain))
    assert b"/SMask" in sealed[0] and b"/SMask" not in plain[0]
    page = pdfium.PdfDocument(sealed[0])[0]
    bare = pdfium.PdfDocument(plain[0])[0]
    places = [
        [text.get_charbox(at) for at in range(text.count_chars())]
        for text in (page.get_textpage(), bare.get_textpage())
    ]
    assert places[0] == places[1]
    assert count_of_red(page) > 500 > 0 == count_of_red(bare)
    draft = stacks(render("pdf", out=tmp_path / "3", draft=True))[0]
    assert count_of_red(pdfium.PdfDocument(draft.read_bytes())[0]) == 0


def count_of_red(page: object) -> int:
    picture = page.render(scale=1).to_pil().convert("RGB")  # type: ignore[attr-defined]
    return sum(count for count, (r, g, b) in picture.getcolors(1 << 20) if r > 180 > 120 > g + b)


def test_what_an_office_hands_out_bears_no_seal_of_the_school(
    sealing: Path, render: Render
) -> None:
    notice = sealing / "templates/national/documents/notice.html"
    both = notice.read_text("utf-8").replace("[学校]", "[学校, 乡镇人民政府]")
    notice.write_text(both, "utf-8")
    batch = sealing / "cases/开学.yaml"
    batch.write_text(batch.read_text("utf-8").replace(", {文书: 家长承诺书, 份数: 2}", ""), "utf-8")
    ordered(sealing, "承办机关: 云岭县青石镇人民政府\n打印: {印章: 印章.png}\n")
    assert not any(media(path.read_bytes()) for path in render().files if "班-" in path.name)


def test_a_picture_that_is_missing_or_none_stops_and_says_where(
    sealing: Path, render: Render
) -> None:
    ordered(sealing)
    picture = sealing / "cases/印章.png"
    for data, code in ((b"%PNG", "SCAN004"), (None, "BTCH039")):
        picture.unlink()
        if data:
            picture.write_bytes(data)
        with pytest.raises(UserError) as refused:
            render()
        told = [one for one in refused.value.problems if one.is_error]
        assert [(one.code, one.place.line) for one in told] == [(code, 6)]


UNIT = "一份对应: 案件"


@pytest.mark.parametrize(
    ("head", "codes"),
    [
        ("制发机关: [学校]\n一份对应: 学生", []),
        ("制发机关: [学校, 乡镇人民政府]\n一份对应: 学生", []),
        ("制发机关: [乡镇人民政府]\n一份对应: 学生", ["PACK037"]),
        ("制发机关: [学校]\n一份对应: 学生\n送达: 是", ["PACK037"]),
        ("制发机关: [学校]\n一份对应: 学生\n角色: 处罚决定", ["PACK037"]),
        ("制发机关: [乡镇人民政府]\n一份对应: 案件\n角色: 责令", ["PACK037"]),
        ("制发机关: [乡镇人民政府]\n一份对应: 案件\n角色: 强制执行申请", ["PACK037"]),
        ("制发机关: [学校]\n一份对应: 案件", ["PACK037"]),
    ],
)
def test_only_what_a_school_hands_every_pupil_may_bear_a_seal(
    tmp_path: Path, head: str, codes: list[str]
) -> None:
    body = "<h1>{{ 文书.标题 }}</h1>\n<p>{{ 学校.名称 }}</p>\n"
    text = HEAD.replace(UNIT, f"{head}\n印章: 是") + body
    found = lint_tree(tmp_path, {"national/documents/probe.html": text})
    assert [one.code for one in found if one.code == "PACK037"] == codes


def test_a_template_that_does_not_ask_for_a_seal_draws_none(tmp_path: Path) -> None:
    body = '<h1>{{ 文书.标题 }}</h1>\n<p>甲<qr seal="1">{{ 文书.印章 }}</qr></p>\n'
    found = lint_tree(tmp_path, {"national/documents/probe.html": HEAD + body})
    assert "REND242" in [one.code for one in found]
