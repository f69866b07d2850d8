"""改案件内容 on pages: every fact that a paper needs, looked at first, comments kept."""

import html
import re

import pytest

from kcbx_docs.case.event_kinds import EVENT_FIELDS
from kcbx_docs.office.case_records import records
from kcbx_docs.office.cures import CURES, HISTORY, NAMED
from kcbx_docs.problems import catalogue
from tests.desk.clicks import sends, text
from tests.desk.conftest import words


@pytest.fixture
def address(desk, case) -> str:
    return f"/cases/{desk.called(case)}/facts"


def changed(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = before.split("\n"), after.split("\n")
    return [one for one in old if one not in new], [one for one in new if one not in old]


def test_facts_of_a_case_are_changed_in_two_steps_and_every_other_character_stays(
    browser, address, case
) -> None:
    before = case.read_text("utf-8")
    shown = browser.get(f"{address}/责令").text
    assert sends(browser, shown, "look", 改正期限="很快").status_code == 422
    looked = text(sends(browser, shown, "look", 改正期限="收到之日起15日"))
    assert "将要改" in looked and case.read_text("utf-8") == before
    assert sends(browser, looked, "write", 改正期限="收到之日起15日").status_code == 303
    after = before.replace("收到之日起10日", "收到之日起15日")
    assert case.read_text("utf-8") == after
    assert sends(browser, looked, "write", 改正期限="收到之日起20日").status_code == 409
    wrong = browser.get(f"{address}/监护人/1").text
    wrong = sends(browser, wrong, "write", 身份证号="530499198603123013")
    assert wrong.status_code == 422 and case.read_text("utf-8") == after
    for place in ("监护人/3", "监护人", "责令/1", "经过/1", "没有的"):
        assert browser.get(f"{address}/{place}").status_code == 404, place


@pytest.mark.parametrize(
    ("place", "told", "gone", "come"),
    [
        (
            "排除情形",
            {"转学.结论": "未查明", "转学.依据": ""},
            ["  转学: {结论: 否, 依据: 学籍系统查询记录}"],
            ["  转学: {结论: 未查明}"],
        ),
        (
            "排除情形",
            {"未到入学年龄.依据": "户口簿"},
            ["  未到入学年龄: 否"],
            ["  未到入学年龄: {结论: 否, 依据: 户口簿}"],
        ),
        (
            "危险情形/new",
            {"种类": "无人照料", "发现日期": ["2026-11-28", ""], "依据": "村委会反映"},
            [],
            ["  - {种类: 无人照料, 发现日期: 2026-11-28, 依据: 村委会反映}"],
        ),
        (
            "证据/new",
            {"名称": "欠条", "涉及": ["普正华", "李桂仙", ""]},
            [],
            ["  - {名称: 欠条, 涉及: [普正华, 李桂仙]}"],
        ),
        ("监护人/2", {"直接抚养": "否"}, [], ["    直接抚养: 否"]),
        ("学生", {"家庭类别": "脱贫户、低保户"}, [], ["  家庭类别: [脱贫户, 低保户]"]),
        ("学校", {"名称": "云岭县白沙中学"}, ["学校: 云岭县青石中学"], ["学校: 云岭县白沙中学"]),
        ("案件", {"备注": "转来的"}, [], ["备注: 转来的"]),
        (
            "监护人/new",
            {"姓名": "普正明", "关系": "养父", "监护依据": "收养登记", "住址": "云岭县城"},
            [],
            ["  - {姓名: 普正明, 关系: 养父, 监护依据: 收养登记, 住址: 云岭县城}"],
        ),
        (
            "监护人/1",
            {
                "住址": "云岭县城东路2号",
                "住址日期": "2026-10-01",
                "住址经过.住址": ["云岭县青石镇白沙村岩脚小组15号", ""],
                "住址经过.日期": ["2010-01-01", ""],
                "住址经过.说明": ["", ""],
            },
            [],
            [
                "    住址: 云岭县城东路2号",
                "    住址日期: 2026-10-01",
                "    住址经过: [{住址: 云岭县青石镇白沙村岩脚小组15号, 日期: 2010-01-01}]",
            ],
        ),
    ],
)
def test_every_kind_of_fact_has_its_form(browser, address, case, place, told, gone, come) -> None:
    before = case.read_text("utf-8")
    shown = browser.get(f"{address}/{place}").text
    held = {  # what a browser sends of fields that are no text fields
        key: html.unescape(value)
        for key, value in re.findall(r'<textarea [^>]*name="([^"]*)"[^>]*>([^<]+)<', shown)
    }
    chosen = re.findall(r'<select [^>]*name="([^"]*)".*?</select>', shown)
    picked = re.findall(r'name="([^"]*)"[^>]*><option value=""></option>(.*?)</select>', shown)
    assert len(chosen) == len(picked)
    held |= {key: one[0] for key, said in picked if (one := re.findall(r"selected>([^<]*)<", said))}
    done = sends(browser, shown, "write", **{**held, **told})
    assert done.status_code == 303, words(text(done))
    assert changed(before, case.read_text("utf-8")) == (gone, come)


def test_what_a_refusal_names_is_one_click_away_and_leads_back(browser, address, case) -> None:
    plain = case.read_text("utf-8")
    case.write_text(
        plain.replace("  改正期限: 收到之日起10日\n", "").replace(
            "  转学: {结论: 否, 依据: 学籍系统查询记录}", "  转学: 否"
        ),
        "utf-8",
    )
    issue = address.replace("/facts", "/papers/issue")
    own = {"Sec-Fetch-Site": "same-origin"}
    told = browser.post(issue, data={"doc": "order-to-correct", "to": "0"}, headers=own)
    links = [html.unescape(one) for one in re.findall(r'href="([^"]*)">去填、去记', told.text)]
    assert any(one.endswith("#f-%E6%94%B9%E6%AD%A3%E6%9C%9F%E9%99%90") for one in links), links
    to_order = next(one for one in links if "back=papers" in one and "for=%E6%94" in one)
    form = browser.get(to_order.partition("#")[0]).text
    assert 'id="f-改正期限"' in form
    done = sends(browser, form, "write", 改正期限="收到之日起10日")
    assert done.location == f"{address.replace('/facts', '/papers')}?said=changed"
    overview = words(browser.get(address).text)
    assert "排除情形没有写看了什么材料：转学" in overview
    assert "没有写改正期限" not in overview


def test_every_cure_is_a_key_that_a_case_may_hold() -> None:
    for code, cure in CURES.items():
        if cure.record == HISTORY:
            assert cure.fresh and cure.key in EVENT_FIELDS and code in catalogue()
            continue
        record = records()[cure.record]
        first, _, inner = cure.key.partition(".")
        if record.inner:
            assert not cure.key or record.inner[first].field(inner), code
        else:
            assert cure.key in ("", NAMED) or record.field(cure.key), code
        assert code in catalogue(), code
        assert record.listed or not cure.fresh, code


def test_an_item_written_by_mistake_goes_in_two_steps_but_no_danger_and_nobody_who_was_written_to(
    browser, address, case
) -> None:
    before = case.read_text("utf-8")
    shown = browser.get(f"{address}/证据/1").text
    looked = text(sends(browser, shown, "remove"))
    assert "将要删去" in looked and case.read_text("utf-8") == before
    assert sends(browser, looked, "write").status_code == 303
    gone, come = changed(before, case.read_text("utf-8"))
    assert come == [] and [one[:12] for one in gone] == ["  - {名称: 学籍信息"[:12]]
    assert 'name="remove"' not in browser.get(f"{address}/危险情形/1").text
    mother = browser.get(f"{address}/监护人/2").text
    assert "<h1>改：监护人　李桂仙</h1>" in mother and "<title>改案件内容</title>" in mother
    assert sends(browser, mother, "remove").status_code == 422


def test_what_stands_on_an_issued_paper_is_told_and_written_all_the_same(
    send, browser, address, case
) -> None:
    order = {"doc": "order-to-correct", "to": "1", "signatory": "普文清"}
    issue = address.replace("/facts", "/papers/issue")
    shown = text(send(issue, **order))
    seen = re.search(r'name="seen" value="([^"]*)"', shown)
    assert seen and send(issue, **order, seen=html.unescape(seen[1]), sure="1").status_code == 200
    before = case.read_text("utf-8")
    mother = browser.get(f"{address}/监护人/2").text
    moved = words(text(sends(browser, mother, "look", 住址="云岭县城东路2号")))
    assert "印着原来的「住址」" in moved and "青政责改〔2026〕1号" in moved
    assert "DESK080" not in text(sends(browser, mother, "look", 工作单位="云岭县砖厂"))
    case.write_text(re.sub(r"(?s)经过:\n.*\n责令:", "责令:", before), "utf-8")
    mother_again = browser.get(f"{address}/监护人/2").text
    assert "DESK095" in text(sends(browser, mother_again, "remove"))
    case.write_text(before, "utf-8")
    fixed = browser.get(f"{address}/责令").text
    later = sends(browser, fixed, "look", 改正期限="2026-12-20")
    assert "PROC441" in text(later) and case.read_text("utf-8") == before
    assert sends(browser, text(later), "write", 改正期限="2026-12-20").status_code == 303
