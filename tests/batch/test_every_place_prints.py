"""A school of any place prints what its place hands out, code and all: one sheet stays one sheet."""

from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.batch.asked import BatchAsked
from kcbx_docs.filing.render import render_file
from kcbx_docs.packs.chain import find_packs, shipped_root
from kcbx_docs.papers.files import Wanted

COUNTY = 6
"""Digits of the code of a county; those of a city have four."""
CODES = [one.pack.code or "" for one in find_packs((shipped_root(),))[0].values()]
PLACES = sorted(code.ljust(COUNTY, "0") for code in CODES if len(code) > 2)
LONG = "某某某某某自治县某某乡中心九年一贯制学校"
OFFICE = f"""\
地区: "{{place}}"
机关: {{{{名称: {LONG}, 类型: 学校, 机关代字: 三中, 电话: "0772-7210044"}}}}
其他机关:
  - {{{{名称: 某某某某某自治县教育体育局, 类型: 县级教育行政部门, 电话: "0877-1234567"}}}}
"""
BATCH = f"""\
批次: 秋季
学期: 2026年秋季学期
学校: {LONG}
名册: {{文件: 名册.csv}}
文书: [控辍保学告知书, 承诺书]
"""
ROSTER = "班级,姓名,现住址,父亲姓名\n七年级10班,阿卜杜热合曼·阿卜杜热西提,白沙村2号,居马洪·买买提\n"


@pytest.fixture
def batch(tmp_path: Path, place: str) -> Path:
    """Lay down a school with long names, and a pupil with a long one."""
    (tmp_path / "kcbx.yaml").write_text(OFFICE.format(place=place), "utf-8")
    (tmp_path / "名册.csv").write_text(ROSTER, "utf-8")
    (tmp_path / "秋季.yaml").write_text(BATCH, "utf-8")
    return tmp_path / "秋季.yaml"


@pytest.mark.pdf
@pytest.mark.parametrize("place", PLACES)
def test_what_is_handed_out_fits_its_sheet(batch: Path) -> None:
    asked = BatchAsked(jobs=1)
    written = render_file(batch, Wanted(date(2026, 9, 1), formats=("pdf",)), asked=asked)
    assert [one.message for one in written.problems if one.code in ("RUN004", "RUN005")] == []
    assert any("控辍保学告知书" in path.name for path in written.files)


@pytest.mark.pdf
@pytest.mark.parametrize("place", PLACES[:1])
def test_a_trial_takes_the_room_of_the_code(batch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def code() -> str:
        seen.append("4" * 20)
        return seen[-1]

    monkeypatch.setattr("kcbx_docs.batch.run.code_to_try", code)
    asked = BatchAsked(jobs=1, dry=True)
    render_file(batch, Wanted(date(2026, 9, 1), formats=("pdf",)), asked=asked)
    assert len(seen) == 1
