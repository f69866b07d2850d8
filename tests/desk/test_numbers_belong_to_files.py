"""A folder of output belongs to one file: nobody gets at another's papers by his number, or stops
him by it, and no name that a form takes changes what a folder is.
"""

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from kcbx_docs.desk.apart import here
from kcbx_docs.desk.opened import OpenDesk
from kcbx_docs.desk.rosters import RosterInHand
from tests.desk.conftest import words
from tests.desk.county import MIDDLE, SITE, county, logged_in

ROSTER = "班级,姓名\n七年级1班,甲小明\n"
PAPER = "马家长"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenDesk:
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")
    desk = replace(county(tmp_path, date(2026, 3, 20)), hands=here)
    (tmp_path / "cases/同号.yaml").unlink()
    return desk


def batch(browser: FlaskClient, name: str) -> TestResponse:
    """Drop a roster, and print it as a batch of a name."""
    data = {"files": (io.BytesIO(ROSTER.encode()), "a.csv")}
    read = browser.post("/notices", base_url=SITE, data=data).headers["Location"]
    asked = {"name": name, "school": MIDDLE, "term": "2026年春季学期", "format": "docx"}
    asked["copies-liability-notice"] = "1"
    return browser.post(read, base_url=SITE, data=asked)


def printed(desk: OpenDesk, browser: FlaskClient) -> tuple[str, str]:
    """Print the papers of a case; return its address, and what its page then shows."""
    address = f"/cases/{desk.called(desk.root / 'cases/马小雨.yaml')}"
    done = browser.post(f"{address}/papers", base_url=SITE)
    return address, words(done.get_data(as_text=True))


@pytest.mark.parametrize("name", ["2026-002", "kcbx", "KCBX", "白小开学", "x2026-001"])
def test_no_batch_bears_a_number_or_a_name_that_is_taken(desk: OpenDesk, name: str) -> None:
    school = logged_in(desk, "zhongxue")
    before = {*(desk.root / "cases").iterdir()}
    answer = batch(school, name)
    assert answer.status_code == (422 if name != "x2026-001" else 303), "a lead has no folder"
    assert "马小雨" not in words(answer.get_data(as_text=True))
    assert answer.status_code == 303 or {*(desk.root / "cases").iterdir()} == before


def test_the_name_that_is_proposed_is_free(desk: OpenDesk) -> None:
    usual = "2025年秋季学期开学告知"
    day = replace(desk, today=lambda: date(2025, 9, 1))
    hand = RosterInHand(day, None, MultiDict())  # type: ignore[arg-type]
    assert hand.choices.name == usual
    (desk.root / "cases/甲.yaml").write_text(f"批次: {usual}\n", "utf-8")
    assert hand.choices.name == f"{usual}2"


def test_a_folder_shows_its_files_to_the_file_alone_for_which_they_were_made(
    desk: OpenDesk,
) -> None:
    town, school = logged_in(desk, "zhen"), logged_in(desk, "zhongxue")
    assert PAPER in printed(desk, town)[1]
    (desk.root / "cases/马小雨.yaml").rename(
        desk.root / "马小雨.bak"
    )  # nothing bears its number now
    assert batch(school, "2026-002").status_code == 303
    address = f"/notices/{desk.called(desk.root / 'cases/2026-002.yaml')}"
    page = school.get(address, base_url=SITE).get_data(as_text=True)
    assert "2026-002" in page
    assert PAPER not in page


def test_nothing_is_done_to_a_doubled_number_until_it_is_mended(desk: OpenDesk) -> None:
    town = logged_in(desk, "zhen")
    path = desk.root / "cases/案件.yaml"
    (desk.root / "cases/抄件.yaml").write_bytes(path.read_bytes())
    address = f"/cases/{desk.called(path)}"
    order = {"doc": "order-to-correct", "to": "0", "kind": "劝返", "sure": "1", "write": "1"}
    for what in ("papers", "papers/issue", "write"):
        answer = town.post(f"{address}/{what}", base_url=SITE, data=order)
        assert (answer.status_code, "WORK010" in answer.get_data(as_text=True)) == (422, True), what
    (desk.root / "cases/抄件.yaml").unlink()
    assert town.post(f"{address}/papers", base_url=SITE).status_code == 200


BUREAU = "云岭县教育体育局"


@pytest.mark.parametrize("where", ["query first", "form twice", "only the query"])
def test_an_organ_is_not_named_past_the_door(desk: OpenDesk, where: str) -> None:
    school, organ = logged_in(desk, "zhongxue"), "云岭县青石镇人民政府"
    query = {"query first": {"机关": ""}, "only the query": {"机关": organ}}.get(where, {})
    forms = {"query first": organ, "form twice": ["", organ], "only the query": ""}
    data = {"kind": "批评教育", "机关": forms[where]}
    address = f"/cases/{desk.called(desk.root / 'cases/案件.yaml')}/write"
    answer = school.post(address, base_url=SITE, query_string=query, data=data)
    assert answer.status_code == 403


def test_a_town_writes_into_a_case_of_another_organ_only_what_is_no_act_of_an_organ(
    desk: OpenDesk,
) -> None:
    path = desk.root / "cases/案件.yaml"
    text = path.read_text("utf-8").replace("情形: 辍学", f"承办机关: {BUREAU}\n情形: 辍学")
    path.write_text(text, "utf-8")
    town, address = logged_in(desk, "zhen"), f"/cases/{desk.called(path)}/write"
    found = {}
    for kind in ("制发", "立案", "送达", "劝返"):
        data = {"kind": kind}
        found[kind] = town.post(address, base_url=SITE, data=data).status_code
    assert found == {"制发": 403, "立案": 403, "送达": 403, "劝返": 422}
    named = {"kind": "批评教育", "机关": BUREAU}
    assert town.post(address, base_url=SITE, data=named).status_code == 403
    page = town.get(address, base_url=SITE).get_data(as_text=True)
    assert ">劝返</a>" in page and ">立案</a>" not in page


def hidden(page: str, name: str) -> str:
    """Return what a page sends on besides what is filled in."""
    return re.findall(f'name="{name}" value="([^"]+)"', page)[0]


def test_evidence_lies_in_the_workspace_of_the_case(desk: OpenDesk) -> None:
    from PIL import Image

    town, picture = logged_in(desk, "xiang"), io.BytesIO()
    Image.new("RGB", (50, 50)).save(picture, "JPEG")
    address = f"/cases/{desk.called(desk.root / 'cases/湖滨/cases/杨晓光.yaml')}/write"
    page = town.get(f"{address}?kind=劝返", base_url=SITE).get_data(as_text=True)
    told = {"kind": "劝返", "日期": "2026-03-11", "方式": "家访", "结果": "拒绝"}
    told |= {"承办人": "白法制", "seen": hidden(page, "seen")}
    proof = {"附件-影像资料": (io.BytesIO(picture.getvalue()), "家访.jpg")}
    shown = town.post(address, base_url=SITE, data={**told, **proof}).get_data(as_text=True)
    told |= {name: hidden(shown, name) for name in ("looked", "附件-影像资料-kept")}
    written = town.post(address, base_url=SITE, data={**told, "write": "1"})
    assert written.status_code == 303, words(written.get_data(as_text=True))
    assert [*(desk.root / "cases/湖滨/证据/2026-003").glob("*家访.jpg")]
