"""A form is about the item that its page showed, wherever it stands in its list by now."""

import re

from tests.desk.clicks import sends, text
from tests.desk.conftest import words


def filled(page: str) -> dict[str, str]:
    """Return what the text areas of a form hold."""
    return dict(re.findall(r'<textarea [^>]*name="([^"]*)"[^>]*>([^<]*)<', page))


def test_an_item_is_found_again_after_one_above_it_was_taken_out(browser, desk, case) -> None:
    items = f"/cases/{desk.called(case)}/facts/证据"
    first, second = (browser.get(f"{items}/{n}").text for n in (1, 2))  # 学籍信息、考勤记录
    gone = text(sends(browser, first, "remove"))
    for _ in range(2):  # the second click of two gets the answer of the first
        assert sends(browser, gone, "write").location.endswith("?said=changed")
    left = case.read_text("utf-8")
    assert "名称: 学籍信息" not in left and "名称: 考勤记录" in left
    late = sends(browser, second, "look", **{**filled(second), "来源": "教务处"})
    assert late.status_code == 409 and "<h1>改：证据　考勤记录</h1>" in text(late)
    done = sends(browser, text(late), "write", **{**filled(text(late)), "来源": "教务处"})
    assert done.status_code == 303
    evidence = case.read_text("utf-8").split("\n证据:\n")[1]
    assert "名称: 考勤记录, 来源: 教务处" in evidence and evidence.count("户口簿") == 1


def test_nothing_is_written_over_what_stands_where_an_item_was(browser, desk, case) -> None:
    items, whole = f"/cases/{desk.called(case)}/facts/证据", case.read_text("utf-8")
    second = browser.get(f"{items}/2").text
    case.write_text(re.sub(r"  - \{名称: 考勤记录.*\n", "", whole), "utf-8")
    before = case.read_bytes()
    late = sends(browser, second, "write", **{**filled(second), "来源": "教务处", "looked": "x"})
    said = words(text(late))
    assert late.status_code == 409 and "<form method" not in text(late)
    assert "这一项变了，没有写进去" in said and "名称户口簿" in said and "来源教务处" in said
    assert case.read_bytes() == before


def test_an_item_of_the_office_is_found_again_by_what_it_says(browser, desk) -> None:
    file = desk.root / "kcbx.yaml"
    first, mayor = (browser.get(f"/office/责任人/{n}").text for n in (0, 1))
    picked = {"线": "政府线", "岗位": "乡镇（街道）"}
    assert sends(browser, text(sends(browser, first, "remove")), "write").status_code == 303
    late = sends(browser, mayor, "look", **picked, 电话="0877-9")
    assert late.status_code == 409 and 'value="李建川"' in text(late)
    assert sends(browser, text(late), "write", **picked, 电话="0877-9").status_code == 303
    people = file.read_text("utf-8").split("责任人:")[1].split("学校:\n")[0]
    assert people.count("李建川") == 1 and "白有福" in people and "0877-9" in people
    gone = re.sub(r"  - \{[^\n]*李建川.*\n", "", file.read_text("utf-8"))
    mayor = browser.get("/office/责任人/0").text
    file.write_text(gone, "utf-8")
    late = sends(browser, mayor, "look", **picked)
    assert late.status_code == 409 and "这一项变了" in text(late) and "白有福" in text(late)


def test_an_event_that_was_taken_out_leads_to_no_other_one(browser, desk, case) -> None:
    shown = browser.get(f"/cases/{desk.called(case)}/undo").text
    marks = re.findall(r'name="which" value="(\w+)"', shown)
    looked = text(sends(browser, shown, "look", which=marks[0]))
    for _ in range(2):
        assert sends(browser, looked, "write", which=marks[0]).location.endswith("?said=undone")
    late = sends(browser, shown, "look", which=marks[0])
    assert late.status_code == 409 and " checked" not in text(late)
