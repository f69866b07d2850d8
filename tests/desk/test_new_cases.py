"""新建案件 and 改正 on a page: the files of ``kcbx new`` and ``kcbx fix``, written once."""

import re
import shutil
from pathlib import Path

import pytest

from tests.desk.clicks import sends, text, typed
from tests.desk.conftest import DAY
from tests.desk.test_writing_down import seen

CHILD = {
    "情形": "辍学",
    "学生.姓名": "杨小溪",
    "学生.身份证号": "530499201309172029",
    "学生.年级": "八",
    "学生.班级": "2",
    "监护人.姓名": ["杨国华", "李秀英"],
    "监护人.关系": ["父亲", "母亲"],
    "监护人.监护依据": ["", ""],
    "监护人.身份证号": ["", ""],
    "监护人.电话": ["138 0000 0001", ""],
    "监护人.住址": ["云岭县青石镇白沙村3号", "云岭县青石镇白沙村3号"],
    "首次缺课日期": "2026-11-20",
}


@pytest.fixture
def other(desk, tmp_path) -> Path:
    return shutil.copytree(desk.root, tmp_path / "other")


def test_the_file_is_that_of_the_command(desk, browser, other) -> None:
    form = browser.get("/new").get_data(as_text=True)
    looked = text(sends(browser, form, "look", **CHILD))
    assert "八年级" in looked and "将要写成" in looked
    assert not (desk.root / "cases/2026-003.yaml").exists()
    first, again = (sends(browser, looked, "write", **CHILD) for _ in range(2))
    assert first.status_code == again.status_code == 303, text(first)
    assert first.location == again.location
    typed(other, looked, DAY)
    new = {path.name for path in (desk.root / "cases").iterdir()}
    assert new == {path.name for path in (other / "cases").iterdir()}
    assert len(new) == 3
    for name in new:
        assert (desk.root / "cases" / name).read_bytes() == (other / "cases" / name).read_bytes()
    assert "案件已建好" in browser.get(first.location).get_data(as_text=True)
    made = desk.root / "cases/2026-003.yaml"
    close = "\n  - {日期: 2026-11-21, 事项: 结案, 结果: 已返校就读}"
    made.write_text(re.sub(r"(?m)^经过:.*$", rf"\g<0>{close}", made.read_text("utf-8")), "utf-8")
    assert "CLI140" in text(sends(browser, browser.get("/new").text, "look", **CHILD))


def test_a_telephone_call_begins_a_case(desk, browser, other) -> None:
    form = browser.get("/new").get_data(as_text=True)
    told = {"情形": "辍学", "学生.姓名": "杨小溪", "监护人.姓名": "杨国华", "承办人": ""}
    looked = text(sends(browser, form, "look", **told))
    assert "CASE026" in looked
    done = sends(browser, looked, "write", **told)
    assert done.status_code == 303, text(done)
    begun = text(browser.get(done.location))
    assert "案件已建好：cases/2026-003.yaml" in begun and "CASE026" in begun
    assert "读不出来" not in begun
    typed(other, looked, DAY)
    name = "cases/2026-003.yaml"
    assert (desk.root / name).read_bytes() == (other / name).read_bytes()


def test_who_has_a_case_gets_no_second_one(desk, browser) -> None:
    form = browser.get("/new").get_data(as_text=True)
    told = {"学生.姓名": "普云飞", "监护人.姓名": "普正华", "监护人.关系": "父亲"}
    answer = sends(browser, form, "write", **{**CHILD, **told, "学生.身份证号": ""})
    assert "CLI080" in text(answer) or "CLI070" in text(answer)
    assert "cases/到责令.yaml" in text(answer)
    assert f'href="/cases/{desk.called(desk.root / "cases/到责令.yaml")}">这个案件</a>' in text(
        answer
    )
    same = {**CHILD, **told, "学生.身份证号": "530499201305061217", "学生.姓名": "普小飞"}
    answer = sends(browser, form, "write", **same)
    assert "DESK084" in text(answer) and "那里姓名写的是「普云飞」" in text(answer)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"学生.姓名": ""}, "DESK071"),
        ({"编号": "../甲"}, "CASE004"),
        ({"编号": "CON"}, "CASE004"),
        ({"编号": "2026-001"}, "WORK010"),
        ({"学生.身份证号": "530499201305061218"}, "CASE"),
        ({"学生.姓名": "杨\u202e溪"}, "READ012"),
        ({"首次缺课日期": "2027-01-01"}, "CASE054"),
        # A name that is none hides no fault of the number.
        ({"学生.姓名": "杨" * 30, "学生.身份证号": "530499201309172028"}, "CASE021"),
    ],
)
def test_what_cannot_be_is_told_and_stays_in_the_form(desk, browser, told, code: str) -> None:
    form = browser.get("/new").get_data(as_text=True)
    answer = sends(browser, form, "write", **{**CHILD, **told})
    assert answer.status_code == 422
    assert code in text(answer)
    assert 'value="李秀英"' in text(answer)
    assert len([*(desk.root / "cases").iterdir()]) == 2


def test_hostile_names_are_text(desk, browser) -> None:
    form = browser.get("/new").get_data(as_text=True)
    for said in ("<script>alert(1)</script>", "{{ 7*7 }}", "字" * 2_000, '" onfocus="x'):
        told = dict.fromkeys(("学生.姓名", "学校", "监护人.住址", "学生.班级", "编号"), said)
        page = text(sends(browser, form, "look", **{**CHILD, **told}))
        assert "<script>alert" not in page
        assert ' onfocus="x' not in page


def test_a_case_that_cannot_be_read_is_shown_and_mended(desk, browser, case, other) -> None:
    broken = case.read_text("utf-8").replace("情形: 辍学", "情形：辍学", 1)
    assert "情形：" in broken
    for path in (case, other / "cases" / case.name):
        path.write_text(broken, "utf-8")
    address = f"/cases/{desk.called(case)}"
    page = browser.get(address).get_data(as_text=True)
    assert "情形：辍学" in page and "前后" in page
    assert "530499201305061217" not in page
    shown = browser.get(f"{address}/fix").get_data(as_text=True)
    assert "<ins>情形: 辍学</ins>" in shown
    case.write_text(broken + "# 刚才别人加的\n", "utf-8")
    assert sends(browser, shown, "mend", seen=seen(shown)).status_code == 409
    case.write_text(broken, "utf-8")
    assert sends(browser, shown, "mend").status_code == 303
    typed(other, shown.replace("<code>kcbx fix", "<code>kcbx fix --yes"), DAY)
    assert case.read_bytes() == (other / "cases" / case.name).read_bytes()


def test_what_was_changed_since_it_was_looked_at_is_looked_at_once_more(desk, browser) -> None:
    form = browser.get("/new").get_data(as_text=True)
    looked = text(sends(browser, form, "look", **CHILD))
    other = text(sends(browser, looked, "write", **{**CHILD, "学生.班级": "3"}))
    assert "和刚才看过的不一样" in other and "3班" in other
    assert not (desk.root / "cases/2026-003.yaml").exists()
    assert sends(browser, other, "write", **{**CHILD, "学生.班级": "3"}).status_code == 303
    assert "3班" in (desk.root / "cases/2026-003.yaml").read_text("utf-8")
