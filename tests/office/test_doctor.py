"""``kcbx doctor`` says what is there, what is missing, and what to do."""

from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.office.doctor import Check, _own_packs, collect
from kcbx_docs.render.fonts import find_fonts
from tests.render.small_fonts import write_font

DAY = date(2026, 11, 22)


def checks(folder: Path, today: date = DAY) -> dict[str, Check]:
    return {check.name: check for check in collect(today, find_fonts([folder], folder / "cache"))}


def test_every_thing_is_looked_at(tmp_path: Path) -> None:
    assert list(checks(tmp_path)) == [
        "Python", "kcbx", "PDF", "字体：小标宋", "字体：仿宋", "字体：楷体", "字体：黑体", "字体：宋体",
        "模板包", "法律依据", "工作日历", "台账", "扫描件",
    ]  # fmt: skip


def test_a_machine_without_pango_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")
    pdf = checks(tmp_path)["PDF"]
    assert pdf.state == "missing"
    assert "DOCX 不受影响" in pdf.advice


@pytest.mark.pdf
def test_a_machine_with_pango_shows_the_versions(tmp_path: Path) -> None:
    pdf = checks(tmp_path)["PDF"]
    assert pdf.state == "ok"
    assert pdf.text.startswith("WeasyPrint 70.")


def test_a_role_without_font_names_the_stand_in(tmp_path: Path) -> None:
    assert checks(tmp_path)["字体：仿宋"].text == "没有找到"
    assert checks(tmp_path)["字体：仿宋"].state == "missing"
    write_font(tmp_path / "a.ttf", "NotoSerifCJKsc-Regular", "王")
    found = checks(tmp_path)["字体：仿宋"]
    assert (found.state, found.text) == ("warning", "没有找到；PDF 以 NotoSerifCJKsc-Regular 代替")
    assert "FandolFang-Regular.otf" in found.advice


def test_names_that_no_font_draws_are_listed(tmp_path: Path) -> None:
    write_font(tmp_path / "simfang.ttf", "FangSong", "王喆堃犇镕㛃𬎆𬱖")
    found = checks(tmp_path)["字体：仿宋"]
    assert (found.state, found.text) == (
        "warning", "simfang.ttf；国标字缺 6762 个（共 6763），基本汉字 5/20992，生僻姓名用字缺 1/8",
    )  # fmt: skip
    assert "䶮（U+4DAE）" in found.advice


def test_the_year_without_calendar_is_named(tmp_path: Path) -> None:
    found = checks(tmp_path, date(2098, 1, 1))["工作日历"]
    assert (found.state, found.text) == ("warning", "缺少 2098、2099 年")


def test_the_shipped_packs_and_law_are_sound(tmp_path: Path) -> None:
    found = checks(tmp_path)
    assert [found[name].state for name in ("模板包", "法律依据")] == ["ok", "ok"]
    assert "national" in found["模板包"].text
    assert "核对至" in found["法律依据"].text


def test_the_packs_of_the_workspace_are_looked_at(tmp_path: Path) -> None:
    """They stand beside the shipped ones; what cannot be read is told."""
    pack = tmp_path / "templates" / "gansu" / "pack.yaml"
    pack.parent.mkdir(parents=True)
    pack.write_text("名称: 甘肃省\n版本: '1'\n", "utf-8")
    (own,) = _own_packs(tmp_path)
    assert (own.state, own.text) == ("ok", "1 个：gansu")
    pack.write_text("名称: 甘肃省\n", "utf-8")
    (own,) = _own_packs(tmp_path)
    assert own.state != "ok" and "版本" in own.advice
    assert [*_own_packs(None)] == []
