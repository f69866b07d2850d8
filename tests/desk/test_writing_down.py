"""记一件事 on a page: looked at first, then written once, over nobody's work."""

import pytest

from kcbx_docs.desk.screens import writing_down

CALL = {
    "kind": "劝返",
    "日期": "2026-11-23",
    "时间": "19:00",
    "对象": ["普正华", "李桂仙"],
    "方式": "家访",
    "地点": "普正华家中",
    "参加人": "罗玉芬",
    "结果": "拒绝",
}


def seen(text: str) -> str:
    return text.split('name="seen" value="')[1].split('"', maxsplit=1)[0]


@pytest.fixture
def address(desk, case) -> str:
    return f"/cases/{desk.called(case)}/write"


@pytest.fixture
def form(browser, address) -> dict[str, object]:
    shown = browser.get(f"{address}?kind=劝返").get_data(as_text=True)
    return {**CALL, "seen": seen(shown)}


def test_it_is_shown_before_it_is_written(send, address, case, form) -> None:
    before = case.read_bytes()
    looked = send(address, **form, look="1").get_data(as_text=True)
    assert "将要写进案件文件" in looked
    assert "普正华、李桂仙" in looked
    assert case.read_bytes() == before


def test_it_is_written_once_however_often_somebody_clicks(send, address, case, form) -> None:
    before = case.read_text("utf-8")
    first, second = (send(address, **form, write="1") for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location.endswith("said=written")
    assert second.location.endswith("said=before")
    after = case.read_text("utf-8")
    assert after.count("2026-11-23") == 1
    assert [line for line in before.split("\n") if line not in after] == []  # comments stay


def test_what_is_wrong_is_told_and_what_was_typed_stays(send, address, case, form) -> None:
    before = case.read_bytes()
    wrong = form | {"日期": "2026-12-31", "地点": "白沙村普家"}
    answer = send(address, **wrong, write="1")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "CASE054" in text
    assert 'value="白沙村普家"' in text
    assert case.read_bytes() == before


def test_two_pages_open_at_once_overwrite_nothing(send, address, case, form) -> None:
    mine = case.read_text("utf-8").replace("  姓名: 普云飞", "  姓名: 普云飞 # 刚才别人加的", 1)
    case.write_text(mine, "utf-8")
    answer = send(address, **form, write="1")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "刚才被改过" in text
    assert 'value="普正华家中"' in text
    assert case.read_text("utf-8") == mine
    again = send(address, **{**form, "seen": seen(text)}, write="1")
    assert again.status_code == 303
    assert "刚才别人加的" in case.read_text("utf-8")


def test_every_kind_of_event_has_its_form(browser, address) -> None:
    for kind, rule in writing_down.EVENT_FIELDS.items():
        text = browser.get(address, query_string={"kind": kind}).get_data(as_text=True)
        assert f"记一件事：{kind}" in text
        for key in rule.required:
            assert f'name="{key}"' in text, (kind, key)
    assert browser.get(f"{address}?kind=没有的").status_code == 404
