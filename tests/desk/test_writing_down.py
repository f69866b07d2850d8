"""记一件事 on a page: looked at first, then written once, over nobody's work."""

import re
import shutil

import pytest

from kcbx_docs.desk.screens import writing_down
from tests.desk.clicks import photograph, sends, text, typed
from tests.desk.conftest import DAY, OWN

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
    reported = browser.get(f"{address}?kind=书面报告").get_data(as_text=True)
    assert 'value="云岭县教育体育局"> ' in reported, "organs receive it, which may be ticked"
    assert " checked" not in reported.partition('name="承办人"')[2], "a school writes it"


@pytest.fixture
def other(desk, tmp_path):
    """The same office, for whoever types commands."""
    return shutil.copytree(desk.root, tmp_path / "other")


WITNESSES = {
    "见证人.姓名": ["罗玉芬", "白志强", ""],
    "见证人.单位": ["白沙村村民委员会", "", ""],
    "见证人.单位类别": ["村（居）民委员会", "", ""],
    "见证人.职务": ["", "", ""],
}
VISIT = {key: value for key, value in CALL.items() if key != "kind"}


@pytest.mark.parametrize(
    ("kind", "told", "asked", "left_out"),
    [
        ("劝返", VISIT, ("结果",), ("期限", "到校情况")),
        ("劝返", {**VISIT, "结果": "同意返校", "期限": "2026-11-30"}, ("期限",), ("到校情况",)),
        ("劝返", {**VISIT, **WITNESSES}, ("见证人.单位",), ()),
        (
            "联系",
            {"日期": "2026-11-23", "对象": ["李桂仙"], "方式": "电话", "结果": "没有接听"},
            (),
            (),
        ),
        ("返校", {"日期": ["2026-11-28", "2026-11-24"]}, ("安置",), ()),
    ],
    ids=["拒绝", "同意返校", "两名见证人", "一名监护人", "今天改成别的日子"],
)
def test_the_file_is_that_of_the_command(
    browser, address, case, other, kind, told, asked, left_out
):
    before = case.read_bytes()
    first = browser.get(address, query_string={"kind": kind}).get_data(as_text=True)
    looked = text(sends(browser, first, "look", **told))
    assert all(f'name="{key}"' in looked for key in asked)
    assert not any(f'name="{key}"' in looked for key in left_out)
    done = sends(browser, looked, "write", **told)
    assert done.status_code == 303, text(done)
    typed(other, looked, DAY)
    assert case.read_bytes() == (other / "cases" / case.name).read_bytes()
    assert case.read_bytes() != before


def test_a_photograph_lies_beside_the_case_that_names_it(
    desk, browser, address, case, other
) -> None:
    first = browser.get(address, query_string={"kind": "劝返"}).get_data(as_text=True)
    brought = {"附件-影像资料": (photograph(), "../门口、照片.PNG")}
    looked = text(sends(browser, first, "look", brought, **VISIT))
    assert "已收下：门口、照片.PNG" in looked
    assert "没有这个文件" not in looked
    assert not (desk.root / "证据").exists()
    answers = [sends(browser, looked, "write", **VISIT) for _ in range(2)]
    assert [one.location for one in answers] == [answers[0].location] * 2
    path = desk.root / "证据/2026-001/2026-11-23-门口_照片.png"
    assert path.read_bytes() == photograph()
    assert path.stat().st_mode & 0o777 == 0o600
    assert "证据/2026-001/2026-11-23-门口_照片.png" in case.read_text("utf-8")
    typed(other, looked, DAY)
    assert case.read_bytes() == (other / "cases" / case.name).read_bytes()


def test_several_days_of_observing_are_typed_in_one_blank(browser, address, case, other) -> None:
    """The blank took one day, and whoever observes twice could not say so on any page."""
    kinds = browser.get(address).text
    assert "整个案件移交给别的县、乡镇（街道）的机关办理" in kinds
    assert kinds.count("<details") == 1  # the command of the page, none of a kind
    first = browser.get(address, query_string={"kind": "返校"}).text
    assert 'type="text" id="f-观察日期"' in first
    told = {"日期": "2026-11-26", "观察日期": "2026-12-03、2026-12-17"}
    done = sends(browser, text(sends(browser, first, "look", **told)), "write", **told)
    assert done.status_code == 303, text(done)
    assert "观察日期: 2026-12-03、2026-12-17" in case.read_text("utf-8")


def test_what_cannot_be_written_leaves_no_file_behind(desk, browser, address, case) -> None:
    first = browser.get(address, query_string={"kind": "劝返"}).get_data(as_text=True)
    brought = {"附件-文件": (photograph(), "照片.png")}
    looked = text(sends(browser, first, "look", brought, **VISIT))
    case.write_text(case.read_text("utf-8") + "# 刚才别人加的\n", "utf-8")
    moved = sends(browser, looked, "write", **VISIT)
    assert moved.status_code == 409
    assert "已收下：照片.png" in text(moved)
    assert not (desk.root / "证据").exists()


def test_a_service_is_asked_way_by_way(browser, address, case, other) -> None:
    first = browser.get(address, query_string={"kind": "送达"}).get_data(as_text=True)
    paper = {"日期": "2026-11-24", "文书": "劝返通知书", "对象": "普正华", "方式": "直接"}
    second = text(sends(browser, first, "look", **paper))
    assert "送到并签收了" in second
    third = text(sends(browser, second, "look", **paper, 结果="没有送到"))
    assert 'name="原因"' in third
    assert 'name="邮件单号"' not in third


def test_a_name_that_is_nearly_another_s_is_asked_about(browser, address, case, other) -> None:
    first = browser.get(address, query_string={"kind": "劝返"}).get_data(as_text=True)
    told = {**VISIT, "承办人": "普文青"}
    asked = sends(browser, first, "write", **told)
    assert asked.status_code == 422
    assert "CASE272" in text(asked)
    assert 'aria-describedby="f-承办人-no-1' in text(asked)
    looked = text(sends(browser, text(asked), "look", **told, other="1"))
    assert sends(browser, looked, "write", **told, other="1").status_code == 303
    typed(other, looked, DAY)
    assert case.read_bytes() == (other / "cases" / case.name).read_bytes()


def test_a_fault_stands_beside_its_blank(browser, address) -> None:
    first = browser.get(address, query_string={"kind": "劝返"}).get_data(as_text=True)
    page = text(sends(browser, first, "look", **{**VISIT, "日期": "2026-12-31", "方式": ""}))
    assert 'aria-describedby="f-日期-no-1' in page
    assert 'aria-describedby="f-方式-no-1' in page


@pytest.mark.parametrize(
    "said",
    [
        "<script>alert(1)</script>",
        "{{ 7*7 }}{% raw %}",
        "字" * 2_000,
        "甲\u202e乙",
        "a\x00b",
        "- [x]: {",
    ],
)
def test_hostile_words_are_text_or_refused(browser, address, case, said: str) -> None:
    first = browser.get(address, query_string={"kind": "劝返"}).get_data(as_text=True)
    told = dict.fromkeys(
        ("地点", "参加人", "内容", "备注", "承办人", "见证人.姓名", "方式", "理由"), said
    )
    answer = sends(browser, first, "write", **{**VISIT, **told})
    page = text(answer)
    assert "<script>alert" not in page
    assert ">49" not in page
    shown = browser.get(address.removesuffix("/write")).get_data(as_text=True)
    assert "<script>alert" not in shown
    assert ("\x00" in case.read_text("utf-8")) is ("\u202e" in case.read_text("utf-8")) is False


def test_a_browser_goes_back_to_what_was_looked_at(browser, address, form) -> None:
    goes = {**OWN, "Sec-Fetch-Mode": "navigate"}
    moved = browser.post(address, data={**form, "look": "1"}, headers=goes)
    assert moved.status_code == 303 and "普正华" not in moved.location
    assert moved.headers["Cache-Control"] == "no-store"
    for _ in range(2):
        assert 'name="write"' in browser.get(moved.location).text
    wrong = browser.post(address, data={**form, "日期": "某天", "look": "1"}, headers=goes)
    assert browser.get(wrong.location).status_code == 422
    assert browser.get("/shown/nothing").status_code == 404
    other = browser.application.test_client()
    assert other.get(moved.location).status_code == 401


def test_what_was_written_wrongly_is_taken_out_as_the_command_does(
    browser, send, address, desk, case, form, tmp_path
) -> None:
    before = case.read_bytes()
    assert send(address, **form, write="1").status_code == 303
    other = shutil.copytree(desk.root, tmp_path / "other")
    home = address.removesuffix("/write")
    assert f'href="{home}/undo"' in browser.get(f"{home}?said=written").text
    shown = browser.get(f"{home}/undo").text
    mine = re.findall(r'name="which" value="(\w+)"> 2026-11-23 劝返', shown)[0]  # the last one
    looked = text(sends(browser, shown, "look", which=mine))
    assert "将要取出" in looked and case.read_bytes() != before
    changed = text(sends(browser, looked, "write", which="0"))
    assert "不能收回" in changed or "和刚才看过的不一样" in changed
    case.write_bytes(case.read_bytes() + b"# x\n")
    assert sends(browser, looked, "write", which=mine).status_code == 409
    case.write_bytes(case.read_bytes().removesuffix(b"# x\n"))
    assert sends(browser, looked, "write", which=mine).status_code == 303
    assert case.read_bytes() == before
    typed(other, looked, DAY)
    assert (other / "cases" / case.name).read_bytes() == before
