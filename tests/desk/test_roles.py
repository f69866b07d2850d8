"""On a county's server everybody sees his own: no page tells a word of other people's children."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.routing import Rule

from kcbx_docs.case.event_kinds import EVENT_FIELDS
from kcbx_docs.desk.app import create_app
from kcbx_docs.desk.jobs import LongWork
from kcbx_docs.desk.opened import OpenDesk
from kcbx_docs.desk.roles import SCHOOLS_OWN, Sight, may_open
from kcbx_docs.desk.rosters import RosterInHand
from kcbx_docs.desk.user_table import UserTable
from kcbx_docs.issuing.registers import NAMES
from kcbx_docs.ledger.model import Who
from kcbx_docs.ledger.who import acting
from kcbx_docs.listing.names import ABOUT
from kcbx_docs.office.book import book_of
from kcbx_docs.office.opened import open_office
from tests.desk.county import BATCH, MIDDLE, OTHER_TOWN, PRIMARY, SITE, USERS, county, logged_in

OF_OTHERS = {
    "zhongxue": ("马小雨", "马家长", "杨晓光", "施小燕", "李破损", "写坏", "龙小白", "白小开学"),
    "zhen": ("杨晓光", "杨家长"),
    "xiang": ("普云飞", "普家长", "普云龙", "马小雨", "施小燕", "段小龙", "李破损", "白小开学"),
}
"""What must never be told to the middle school, to either of the towns."""
FILES = ("案件", "马小雨", "白小开学", "湖滨/cases/杨晓光")
OWN = {"zhongxue": "普云飞", "xiang": "杨晓光", "zhen": "马小雨", "xian": "杨晓光"}


NAMES_OF = {"zhongxue": "罗玉芬", "xiang": "白法制", "zhen": "普文清", "xian": "杨正宁"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> OpenDesk:
    return county(tmp_path_factory.mktemp("county"))


@pytest.fixture(scope="module")
def job(desk: OpenDesk) -> str:
    """Let the town have begun some long work."""
    with acting(Who("普文清", "", "zhen")):
        return desk.jobs.begin(LongWork("马小雨的批次", "kcbx", "/"), print).call


def addresses(app: Flask, desk: OpenDesk, job: str, rule: Rule) -> Iterator[str]:
    """Yield addresses of a page, with files of everybody."""
    calls = [desk.called(desk.root / f"cases/{name}.yaml") for name in FILES]
    every = {"call": [*calls, job], "name": [*ABOUT, *NAMES]}
    adapter = app.url_map.bind("kcbx.example")
    names = sorted(rule.arguments)
    for value in every[names[0]] if names and names[0] in every else ["0"]:
        values = {name: value if name == names[0] else "0" for name in names}
        yield adapter.build(rule.endpoint, values, method=min(rule.methods or ()))


@pytest.mark.parametrize("login", list(OF_OTHERS))
def test_no_page_tells_of_other_peoples_children(
    desk: OpenDesk, job: str, login: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")  # what a page is laid out of is read before
    browser = logged_in(desk, login)
    told, asked = [], 0
    form = {"words": "小", "kind": "劝返", "doc": "order-to-correct", "to": "0", "sure": "1"}
    form |= {"batch": "白小告知", "label": "一年级1班", "numbers": "白小26秋一1-001"}
    for rule in browser.application.url_map.iter_rules():
        for address in addresses(browser.application, desk, job, rule):
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                how = {"query_string": form} if method == "GET" else {"data": form}
                answer = browser.open(address, base_url=SITE, method=method, **how)
                text, asked = answer.get_data().decode("utf-8", "replace"), asked + 1
                told += [(address, word) for word in OF_OTHERS[login] if word in text]
    assert told == []
    assert asked > 80


@pytest.mark.parametrize("login", list(OWN))
def test_everybody_sees_his_own(desk: OpenDesk, login: str) -> None:
    text = logged_in(desk, login).get("/cases", base_url=SITE).get_data(as_text=True)
    assert OWN[login] in text


def test_a_screen_that_declares_nothing_is_closed_to_all_but_the_county(desk: OpenDesk) -> None:
    app = logged_in(desk, "xian").application
    app.add_url_rule("/neu", "neu", lambda: "马小雨")
    for login, status in (("zhongxue", 403), ("zhen", 403), ("xian", 200)):
        browser = logged_in(desk, login)
        assert browser.get("/neu", base_url=SITE).status_code == status, login


def test_the_menu_leads_only_where_one_may_go(desk: OpenDesk) -> None:
    for login in OWN:
        browser = logged_in(desk, login)
        page = browser.get("/cases", base_url=SITE).get_data(as_text=True)
        menu = page[page.index("<nav") : page.index("</nav>")]
        assert NAMES_OF[login] in page[: page.index("</header>")]
        for address in [part.split('"')[0] for part in menu.split('href="')[1:]]:
            assert browser.get(address, base_url=SITE).status_code == 200, (login, address)


def test_a_problem_that_names_the_file_of_somebody_else_says_only_that_it_is_there(
    desk: OpenDesk,
) -> None:
    school = logged_in(desk, "zhongxue").get("/cases", base_url=SITE).get_data(as_text=True)
    assert "DESK049" in school and "（WORK010）牵涉别的单位的文件" in school
    county = logged_in(desk, "xian").get("/cases", base_url=SITE).get_data(as_text=True)
    assert "cases/马小雨.yaml" in county


def test_a_school_is_asked_for_no_roster_of_another(tmp_path: Path) -> None:
    desk = county(tmp_path)
    own = tmp_path / "cases/青中开学.yaml"
    text = BATCH.replace("白小", "青中").replace(PRIMARY, MIDDLE)
    own.write_text(text.replace("青中.csv", "名册.csv"), "utf-8")
    for login, told in (("zhongxue", False), ("xian", True)):
        page = logged_in(desk, login).get("/cases", base_url=SITE).get_data(as_text=True)
        assert "BTCH004" in page and ("白小.csv" in page) is told, login


@pytest.mark.parametrize("kind", ["制发", "送达", "处罚决定", "立案"])
def test_a_school_writes_down_only_what_is_its_own(desk: OpenDesk, kind: str) -> None:
    browser = logged_in(desk, "zhongxue")
    address = f"/cases/{desk.called(desk.root / 'cases/案件.yaml')}/write"
    assert browser.get(f"{address}?kind=劝返", base_url=SITE).status_code == 200
    assert browser.get(f"{address}?kind={kind}", base_url=SITE).status_code == 403
    told = browser.post(address, base_url=SITE, data={"kind": kind})
    assert told.status_code == 403
    as_town = {"kind": "批评教育", "机关": "云岭县青石镇人民政府"}
    assert browser.post(address, base_url=SITE, data=as_town).status_code == 403
    assert f">{kind}</a>" not in browser.get(address, base_url=SITE).get_data(as_text=True)


def test_a_name_typed_by_a_school_or_a_town_never_finds_the_papers_of_another_child(
    tmp_path: Path,
) -> None:
    desk = county(tmp_path)
    theirs = "扫描/湖滨乡/杨晓光家暴报警"
    for name in (f"{theirs}/1.jpg", "证据/2026-002/2.jpg", "cases/湖滨/证据/3.jpg"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    call = desk.called(tmp_path / "cases/案件.yaml")

    def told(login: str, page: str, **form: str) -> str:
        browser, address = logged_in(desk, login), f"/cases/{call}/{page}"
        shown = browser.get(address, base_url=SITE).get_data(as_text=True)
        hidden = dict(re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', shown))
        sent = {**hidden, "look": "1", **form}
        return browser.post(address, base_url=SITE, data=sent).get_data(as_text=True)

    persuaded = {"日期": "2026-03-10", "方式": "家访", "结果": "拒绝", "承办人": "罗玉芬"}
    for name in ("1.jpg", "2.jpg", "3.jpg", "照片/1.jpg"):
        for key in ("文件", "影像资料"):
            page = told("zhongxue", "write?kind=劝返", **persuaded, kind="劝返", **{key: name})
            assert "将要写进案件文件" in page and "是不是" not in page and "1.jpg" not in page
        page = told("zhen", "facts/证据/new", 名称="照片", 文件=name)
        assert "CASE315" in page and "是不是" not in page, name
    for name in ("cases/马小雨.yaml", "台账/台账.db", "cases/湖滨/证据/3.jpg", "../外面.jpg"):
        assert "DESK096" in told("zhen", "facts/证据/new", 名称="照片", 文件=name), name
    bureau, case = "云岭县教育体育局", tmp_path / "cases/案件.yaml"
    users = tmp_path / "服务器/用户.yaml"
    users.write_text(USERS.replace(OTHER_TOWN, bureau), "utf-8")
    text = case.read_text("utf-8").replace("情形: 辍学", f"承办机关: {bureau}\n情形: 辍学")
    case.write_text(text, "utf-8")
    with (tmp_path / "cases/马小雨.yaml").open("a", encoding="utf-8") as file:
        file.write(f"证据: [{{名称: 照片, 文件: {theirs}/1.jpg}}]\n")
    for name, refused in (
        (f"{theirs}/1.jpg", True),
        ("扫描/门口.jpg", True),
        ("证据/门口.jpg", False),
    ):
        page = told("xiang", "facts/证据/new", 名称="照片", 文件=name)
        assert ("DESK096" in page, "CASE315" in page) == (refused, not refused), name
    for name in ("马家常", "杨家常", "马小宇"):
        page = told("zhongxue", "write?kind=劝返", **persuaded, kind="劝返", 对象=name)
        assert not [one for one in OF_OTHERS["zhongxue"] if one in page], name


def test_what_a_school_writes_down_are_kinds_of_events() -> None:
    assert set(SCHOOLS_OWN) < set(EVENT_FIELDS)


def test_a_school_never_issues_and_looks_at_no_order(desk: OpenDesk) -> None:
    browser = logged_in(desk, "zhongxue")
    address = f"/cases/{desk.called(desk.root / 'cases/案件.yaml')}/papers"
    order = {"doc": "order-to-correct", "to": "0", "sure": "1"}
    assert browser.post(f"{address}/issue", base_url=SITE, data=order).status_code == 403
    assert browser.post(address, base_url=SITE, data=order).status_code == 403
    both = f"{address}?doc=urge-notice"
    assert browser.post(both, base_url=SITE, data=order).status_code == 403
    assert browser.get(f"{address}/draft?doc=order-to-correct", base_url=SITE).status_code == 403
    page = browser.get(address, base_url=SITE).get_data(as_text=True)
    assert "制发……" not in page and "order-to-correct" not in page


def test_what_somebody_issues_stands_under_his_login(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")
    desk = county(tmp_path, date(2026, 3, 12))
    browser = logged_in(desk, "zhen")
    address = f"/cases/{desk.called(tmp_path / 'cases/案件.yaml')}/papers/issue"
    order = {"doc": "order-to-correct", "to": "0"}
    shown = browser.post(address, base_url=SITE, data=order).get_data(as_text=True)
    seen = shown.split('name="seen" value="')[1].split('"')[0]
    done = browser.post(address, base_url=SITE, data={**order, "sure": "1", "seen": seen})
    assert done.status_code == 200, done.get_data(as_text=True)
    office = open_office(tmp_path)
    who = book_of(office.root, office.workspace).events()[-1].who
    assert (who.login, who.post) == ("zhen", "队长")
    assert who.name == "普文清"


def test_a_town_issues_only_in_its_own_name(tmp_path: Path) -> None:
    desk = county(tmp_path)
    path = tmp_path / "cases/案件.yaml"
    of_bureau = path.read_text("utf-8").replace(
        "情形: 辍学", "承办机关: 云岭县教育体育局\n情形: 辍学"
    )
    path.write_text(of_bureau, "utf-8")
    browser = logged_in(desk, "zhen")
    address = f"/cases/{desk.called(path)}"
    assert browser.get(address, base_url=SITE).status_code == 200
    order = {"doc": "order-to-correct", "to": "0"}
    for what in ("papers/issue", "papers", "service/record"):
        assert browser.post(f"{address}/{what}", base_url=SITE, data=order).status_code == 403


def test_long_work_is_seen_by_who_began_it_alone(desk: OpenDesk, job: str) -> None:
    for login, status in (("zhongxue", 404), ("xian", 404), ("zhen", 200)):
        told = logged_in(desk, login).get(f"/jobs/{job}/far", base_url=SITE)
        assert told.status_code == status, login


def test_every_page_is_open_to_the_county() -> None:
    app = create_app(OpenDesk(Path(), door=None))  # type: ignore[arg-type]
    assert all(may_open(view, "县级") for view in app.view_functions.values())


def test_a_new_batch_is_that_of_ones_own_school_and_workspace(desk: OpenDesk) -> None:
    users = {one.login: one for one in UserTable(desk.root).now().users}
    school = desk.seen_by(Sight(users["zhongxue"]))
    hand = RosterInHand(school, None, MultiDict({"school": PRIMARY}))  # type: ignore[arg-type]
    assert hand.choices.school == MIDDLE
    assert school.home == desk.root
    assert desk.seen_by(Sight(users["xiang"])).office().root == desk.root / "cases/湖滨"


def test_the_county_is_told_whose_children_its_lists_leave_out(desk: OpenDesk) -> None:
    for address in ("/lists/table/一校一册", "/lists/report", "/lists/report?week=2026-11-20"):
        told = {}
        for login in ("xian", "zhongxue", "xiang"):
            page = logged_in(desk, login).get(address, base_url=SITE).get_data(as_text=True)
            told[login] = "没有算进来：cases/湖滨" in page
        assert told == {"xian": True, "zhongxue": False, "xiang": False}, address


def test_a_list_holds_ones_own_and_the_ledger_is_for_the_county(desk: OpenDesk) -> None:
    for login in ("zhongxue", "xiang"):
        browser = logged_in(desk, login)
        page = browser.get("/lists/table/一校一册?print=1", base_url=SITE)
        assert OWN[login] in page.get_data(as_text=True), login
        for address in ("/lists/table/送达台账", "/lists/ledger", "/lists/verify", "/office"):
            assert browser.get(address, base_url=SITE).status_code in (403, 404), address
    county = logged_in(desk, "xian")
    assert county.get("/office", base_url=SITE).status_code == 200
    backup = county.post("/lists/ledger/backup", base_url=SITE, data={"folder": "U盘"})
    assert backup.status_code in (403, 404)
