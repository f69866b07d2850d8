"""Fonts by role: the right file, real glyphs, fallbacks in order,
and what is said where one is missing.
"""

import os
import re
import time
from dataclasses import asdict
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from kcbx_docs.render import faces, fontfiles
from kcbx_docs.render.faces import gb2312
from kcbx_docs.render.fonts import ROLES, FontSet, css_family, find_fonts, visible
from tests.render.small_fonts import write_collection, write_font


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "fonts").mkdir()
    return tmp_path / "fonts"


def found(folder: Path) -> FontSet:
    return find_fonts([folder], folder.parent / "cache")


def names(fonts: FontSet, role: str) -> list[str]:
    return [font.postscript for font in fonts.chain(role)]


def test_docx_names_the_standard_fonts() -> None:
    assert {role.name: role.docx for role in ROLES.values()} == {
        "小标宋": "方正小标宋简体", "仿宋": "仿宋_GB2312", "楷体": "楷体_GB2312", "黑体": "黑体", "宋体": "宋体",
    }  # fmt: skip


def test_the_offices_own_font_comes_before_the_free_one(folder: Path) -> None:
    write_font(folder / "a.otf", "FandolFang-Regular", "王", cff=True)
    write_font(folder / "z.ttf", "仿宋", "王")
    assert names(found(folder), "仿宋") == ["仿宋", "FandolFang-Regular"]


def test_a_font_is_found_by_its_file_name_whatever_it_calls_itself(folder: Path) -> None:
    write_font(folder / "SIMFANG.TTF", "Unbekannt", "王")
    assert names(found(folder), "仿宋") == ["Unbekannt"]


@pytest.mark.parametrize("cff", [False, True])
def test_a_character_mapped_to_an_empty_glyph_is_missing(folder: Path, cff: bool) -> None:
    write_font(folder / "f.otf", "FangSong", "王同学", blank="䶮\u3000", cff=cff)
    write_font(folder / "hana.ttf", "HanaMinA", "䶮喆")
    fonts = found(folder)
    assert (
        fonts.missing("王同学\u3000䶮喆", "仿宋") == "䶮"
    )  # the renderer takes the blank, not the next font
    assert [found.code for found in fonts.check("䶮", ["仿宋"])] == ["FONT003"]
    assert "䶮（U+4DAE）" in fonts.check("䶮", ["仿宋"])[0].message
    assert "--format docx" in fonts.check("䶮", ["仿宋"])[0].hint  # as nothing draws Tibetan here


def test_the_chain_is_tried_in_order_and_names_what_nobody_draws(folder: Path) -> None:
    write_font(folder / "1.otf", "FandolFang-Regular", "王", cff=True)
    write_font(folder / "2.ttf", "LXGWWenKai-Light", "王喆")
    write_font(folder / "3.ttf", "HanaMinB", "王喆𬎆")
    fonts = found(folder)
    used = {
        char: font.postscript if font else ""
        for char in "王喆𬎆☑"
        for font in [fonts.font_for(char, "仿宋")]
    }
    assert used == {"王": "FandolFang-Regular", "喆": "LXGWWenKai-Light", "𬎆": "HanaMinB", "☑": ""}
    assert fonts.missing("王王喆𬎆☑☑", "仿宋") == "☑"


def test_only_the_fonts_that_a_text_needs_are_loaded(folder: Path) -> None:
    write_font(folder / "1.otf", "FandolFang-Regular", "王", cff=True)
    write_font(folder / "2.ttf", "LXGWWenKai-Light", "王喆")
    write_font(folder / "3.ttf", "SimHei", "王")
    fonts = found(folder)
    assert [font.postscript for font in fonts.used({"仿宋": "王"})] == ["FandolFang-Regular"]
    assert [font.postscript for font in fonts.used({"仿宋": "王喆", "黑体": ""})] == [
        "FandolFang-Regular", "LXGWWenKai-Light", "SimHei",
    ]  # fmt: skip
    assert fonts.css({"仿宋": "王"}) == (
        f'@font-face {{ font-family: "kcbx-FandolFang-Regular"; src: url("{(folder / "1.otf").as_uri()}"); '
        "font-weight: normal; font-style: normal }\n"
    )
    assert fonts.css().count("@font-face") == 3
    assert fonts.stack("仿宋") == '"kcbx-FandolFang-Regular", "kcbx-LXGWWenKai-Light"'


def test_the_right_face_of_a_collection_is_loaded_alone(folder: Path) -> None:
    write_collection(
        folder / "NotoSerifCJK-Regular.ttc", NotoSerifCJKjp="王", NotoSerifCJKsc="王喆"
    )
    write_collection(folder / "simsun.ttc", NSimSun="王", SimSun="王喆")
    fonts = found(folder)
    chosen = fonts.chain("宋体")[0]
    assert (chosen.postscript, chosen.face) == ("SimSun", 1)
    alone = Path(faces.whole_face(chosen, fonts.cache))
    with TTFont(alone) as face:
        assert (face["name"].getDebugName(6), sorted(face.getBestCmap())) == (
            "SimSun",
            [ord("喆"), ord("王")],
        )
    before = alone.stat().st_mtime_ns
    assert faces.whole_face(chosen, fonts.cache).stat().st_mtime_ns == before
    assert alone.parent in fonts.folders()


@pytest.fixture
def in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faces, "LARGE", 0)
    if not faces.subset(b"", 0, ()) and not faces._library(*faces.SUBSET_NAMES):
        pytest.skip("没有 HarfBuzz")


@pytest.mark.usefixtures("in_parts")
@pytest.mark.parametrize("cff", [False, True])
def test_the_everyday_characters_of_a_large_font_are_loaded_apart(folder: Path, cff: bool) -> None:
    write_font(folder / "a.otf", "SimSun", "王同学，1䶮", blank="\u3000", cff=cff)
    fonts = found(folder)
    part = faces.everyday_face(fonts.chain("宋体")[0], fonts.cache)
    with TTFont(part) as face:
        assert "".join(map(chr, sorted(face.getBestCmap()))) == "1\u3000同学王，"
    assert fonts.stack("宋体") == '"kcbx-SimSun", "kcbx-SimSun-whole"'
    assert fonts.css({"宋体": "王1"}).count("@font-face") == 1
    rules = fonts.css({"宋体": "王1䶮"}).splitlines()
    assert [rule.split('"')[1::2] for rule in rules] == [
        ["kcbx-SimSun", part.as_uri()], ["kcbx-SimSun-whole", (folder / "a.otf").as_uri()],
    ]  # fmt: skip
    assert fonts.css() == fonts.css(
        {"宋体": "王1䶮", **dict.fromkeys(("小标宋", "仿宋", "楷体", "黑体"), "")}
    )


def test_without_harfbuzz_the_whole_face_is_loaded(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faces, "LARGE", 0)
    monkeypatch.setattr(faces, "_library", lambda *names: None)
    write_font(folder / "a.otf", "SimSun", "王", cff=True)
    fonts = found(folder)
    assert faces.everyday_face(fonts.chain("宋体")[0], fonts.cache) == folder / "a.otf"


@pytest.mark.usefixtures("in_parts")
def test_a_font_that_harfbuzz_cannot_read_is_not_taken_for_one() -> None:
    assert not faces._maps(faces.subset(b"no font", 0, [ord("王")]), [ord("王")])


def test_a_role_without_font_says_what_stands_in_and_what_to_install(folder: Path) -> None:
    write_font(folder / "noto.ttf", "NotoSerifCJKsc-Regular", "王")
    (problem,) = found(folder).check("王", ["仿宋"])
    assert (problem.code, problem.severity) == ("FONT001", "warning")
    assert "NotoSerifCJKsc-Regular 代替" in problem.message
    assert "FandolFang-Regular.otf" in problem.hint


@pytest.mark.parametrize(
    "only", ["LXGWWenKai-Regular", "SimSun", "FandolSong-Regular", "NotoSansCJKsc-Regular"]
)
def test_one_chinese_font_is_enough_to_print_every_role(folder: Path, only: str) -> None:
    write_font(folder / "only.ttf", only, "王")
    fonts = found(folder)
    assert [fonts.missing("王", role) for role in ROLES] == [""] * 5
    assert {problem.code for problem in fonts.check("王")} == {"FONT001"}


def test_a_machine_without_any_font_is_an_error_per_role(folder: Path) -> None:
    fonts = found(folder)
    assert [p.code for p in fonts.check("王")] == ["FONT002"] * 5
    assert (fonts.missing("王 王\n", "楷体"), fonts.stack("楷体"), fonts.css()) == ("王", "", "")


def test_broken_files_are_passed_over(folder: Path) -> None:
    (folder / "simfang.ttf").write_bytes(b"\x00\x01\x00\x00 not a font")
    (folder / "empty.ttc").write_bytes(b"")
    (folder / "many.ttc").write_bytes(b"ttcf\x00\x01\x00\x00\xff\xff\xff\xff")
    whole = write_font(folder / "FangSong.ttf", "FangSong", "王").read_bytes()
    (folder / "simkai.ttf").write_bytes(whole[: len(whole) // 2])
    fonts = found(folder)
    assert names(fonts, "仿宋") == ["FangSong"]
    assert fonts.missing("王", "楷体") == "王"


def test_a_changed_file_is_read_again_an_unchanged_one_is_not(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_font(folder / "a.ttf", "FangSong", "王")
    assert found(folder).missing("王喆", "仿宋") == "喆"
    with monkeypatch.context() as patch:
        patch.setattr(fontfiles, "compute_coverage", lambda font: pytest.fail("read again"))
        patch.setattr(fontfiles, "_read_names", lambda path: pytest.fail("read again"))
        fontfiles.read_coverage.cache_clear()
        assert found(folder).missing("王喆", "仿宋") == "喆"
    write_font(path, "FangSong", "王喆")
    os.utime(path, ns=(1, time.time_ns() + 10**9))
    assert found(folder).missing("王喆", "仿宋") == ""


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"\xff\xfe"])
def test_a_damaged_cache_is_made_again(folder: Path, damage: bytes) -> None:
    write_font(folder / "a.ttf", "FangSong", "王")
    assert found(folder).missing("王喆", "仿宋") == "喆"
    for file in (path for path in (folder.parent / "cache").rglob("*") if path.is_file()):
        file.write_bytes(damage)
    fontfiles.read_coverage.cache_clear()
    assert found(folder).missing("王喆", "仿宋") == "喆"


def test_a_cache_that_cannot_be_written_is_done_without(folder: Path) -> None:
    write_font(folder / "a.ttf", "FangSong", "王")
    (folder.parent / "cache").write_text("a file, not a folder")
    assert found(folder).missing("王喆", "仿宋") == "喆"


def test_the_users_own_folder_comes_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office = folder / "office"
    office.mkdir()
    write_font(office / "b.ttf", "FangSong", "王", blank="office")
    monkeypatch.setenv("KCBX_FONTS", os.pathsep.join((str(office), str(folder))))
    assert fontfiles.font_folders()[:2] == (office, folder)
    assert fontfiles.user_data_folder() / "fonts" == fontfiles.font_folders()[2]


def test_the_manifest_identifies_a_font_by_its_content(folder: Path) -> None:
    write_font(folder / "a.ttf", "FangSong", "王")
    (first,) = found(folder).manifest()
    assert (first.name, first.file, len(first.sha256)) == ("FangSong", "a.ttf", 16)
    write_font(folder / "a.ttf", "FangSong", "王喆")
    os.utime(folder / "a.ttf", ns=(1, time.time_ns() + 10**9))
    (second,) = found(folder).manifest()
    assert asdict(second) != asdict(first)


def test_the_report_counts_what_is_covered(folder: Path) -> None:
    write_font(folder / "a.ttf", "FangSong", "王喆一")
    report = {line.role: line for line in found(folder).report()}["仿宋"]
    assert (report.docx, report.han_drawn, report.gb2312_missing) == ("仿宋_GB2312", 3, 6763 - 2)
    assert report.rare_missing == "堃犇镕䶮㛃𬎆𬱖"


def test_gb2312_has_its_6763_characters() -> None:
    assert (len(gb2312()), len(set(gb2312()))) == (6763, 6763)
    assert "镕" not in gb2312()
    assert "王" in gb2312()


def test_only_what_needs_a_glyph_is_visible() -> None:
    assert visible("王 王\u3000喆\n\t\u00a0\u200b，") == "王喆，"


def test_names_are_safe_in_a_stylesheet(folder: Path) -> None:
    write_font(folder / "simfang.ttf", 'x"; } body { color: red', "王")
    (font,) = found(folder).chain("仿宋")
    assert css_family(font) == "kcbx-x-body-color-red"


def test_a_warm_search_takes_milliseconds() -> None:
    text = "".join(map(chr, range(0x4E00, 0x5200)))
    find_fonts().check(text)
    fontfiles.read_coverage.cache_clear()
    began = time.perf_counter()
    fonts = find_fonts()
    for role in ROLES:
        fonts.missing(text, role)
    assert time.perf_counter() - began < 0.3  # measured 0.01 s; the ceiling is for a busy machine


@pytest.mark.pdf
@pytest.mark.usefixtures("in_parts")
def test_a_rare_character_comes_from_the_whole_face(folder: Path) -> None:
    from kcbx_docs.render import native

    write_font(folder / "a.otf", "SimSun", "王䶮", cff=True)
    weasyprint, fonts, shared = (
        native.load_weasyprint(),
        found(folder),
        native.new_font_configuration(),
    )

    def embedded(text: str) -> set[bytes]:
        css = weasyprint.CSS(string=fonts.css({"宋体": text}), font_config=shared)
        page = f"<p style='font-family: {fonts.stack('宋体').replace(chr(34), '')}'>{text}</p>"
        pdf = weasyprint.HTML(string=page).write_pdf(
            stylesheets=[css], font_config=shared, uncompressed_pdf=True
        )
        return set(re.findall(rb"\+(kcbx-[\w-]+)", pdf))

    assert embedded("王") == {b"kcbx-SimSun"}
    assert embedded("王䶮") == {b"kcbx-SimSun", b"kcbx-SimSun-whole"}
    assert embedded("王") == {b"kcbx-SimSun"}


@pytest.mark.pdf
def test_weasyprint_embeds_the_chosen_face_and_its_fallback(folder: Path) -> None:
    from kcbx_docs.render import native

    weasyprint = native.load_weasyprint()
    write_collection(folder / "a.ttc", NSimSun="王喆", SimSun="王")
    write_font(folder / "b.otf", "FandolSong-Regular", "喆", cff=True)
    fonts, shared = found(folder), native.new_font_configuration()
    css = weasyprint.CSS(string=fonts.css(), font_config=shared)
    page = f"<p style='font-family: {fonts.stack('宋体').replace(chr(34), '')}'>王喆</p>"
    pdf = weasyprint.HTML(string=page).write_pdf(
        stylesheets=[css], font_config=shared, uncompressed_pdf=True
    )
    assert b"+kcbx-SimSun" in pdf
    assert b"+kcbx-FandolSong-Regular" in pdf
    assert b"NSimSun" not in pdf
