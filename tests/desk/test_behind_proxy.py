"""Behind a proxy: who it names comes in, through it alone, and what he does is written down."""

import csv
import os
import stat
from pathlib import Path

import pytest

from kcbx_docs.desk.access_log import AccessLog
from kcbx_docs.desk.behind_proxy import Gate
from kcbx_docs.desk.opened import OpenDesk
from kcbx_docs.problems import UserError
from tests.cli.office import run
from tests.desk.county import SITE, USERS, county, logged_in


@pytest.fixture
def desk(tmp_path: Path) -> OpenDesk:
    return county(tmp_path)


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({}, 200),
        ({"REMOTE_ADDR": "::ffff:127.0.0.1"}, 200),
        ({"REMOTE_ADDR": "10.0.0.7"}, 403),
        ({"REMOTE_ADDR": "10.0.0.7", "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, 403),
        ({"HTTP_X_KCBX_PROXY": ""}, 403),
        ({"HTTP_X_KCBX_PROXY": "x" * 43}, 403),
        ({"HTTP_X_REMOTE_USER": ""}, 403),
        ({"HTTP_X_REMOTE_USER": "meiyou"}, 403),
        ({"HTTP_X_REMOTE_USER": "XIAN"}, 403),
        ({"HTTP_X_REMOTE_USER": "meiyou,xian"}, 403),
        ({"HTTP_HOST": "127.0.0.1:8700"}, 421),
        ({"HTTP_HOST": "evil.example"}, 421),
        ({"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_SEC_FETCH_MODE": "no-cors"}, 403),
        ({"HTTP_SEC_FETCH_DEST": "iframe"}, 403),
    ],
    ids=[
        "经代理", "经代理（IPv6 写法）", "直接来", "直接来，自称从代理来", "没有口令", "口令不对", "没有登录", "没有登记",
        "大小写不同", "两个人", "直接打开端口", "别的主机名", "别的网站的图片", "框在别的页里",
    ],
)  # fmt: skip
def test_only_who_the_proxy_names_comes_in(desk: OpenDesk, told, status: int) -> None:
    browser = logged_in(desk, "xian")
    browser.environ_base.update(told)
    for address in ("/", "/static/desk.css"):
        host = told.get("HTTP_HOST", "kcbx.example")
        with browser.get(address, base_url=SITE, headers={"Host": host}) as answer:
            assert answer.status_code == status, address
            if status != 200:
                assert "普云飞" not in answer.get_data(as_text=True)
                assert "没有照办" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("origin", "status"),
    [(SITE, 200), ("https://evil.example", 403), ("null", 403), ("http://kcbx.example", 403)],
)
def test_forms_come_from_its_own_pages(desk: OpenDesk, origin: str, status: int) -> None:
    browser = logged_in(desk, "xian")
    del browser.environ_base["HTTP_SEC_FETCH_SITE"]  # an old browser tells only the origin
    found = browser.post("/cases", base_url=SITE, data={}, headers={"Origin": origin})
    assert found.status_code == status


def test_the_key_of_a_desk_of_ones_own_opens_nothing(desk: OpenDesk) -> None:
    answer = logged_in(desk, "xian").get(f"/enter?key={desk.door.key}", base_url=SITE)
    assert answer.status_code == 404
    assert "Set-Cookie" not in answer.headers


def test_who_is_struck_off_is_out_at_once_and_a_broken_list_lets_nobody_in(desk: OpenDesk) -> None:
    browser, path = logged_in(desk, "xian"), desk.root / "服务器/用户.yaml"
    assert browser.get("/", base_url=SITE).status_code == 200
    path.write_text(USERS.replace("登录名: xian", "登录名: xin"), "utf-8")
    assert browser.get("/", base_url=SITE).status_code == 403
    path.write_text(USERS.replace("县级", "省级"), "utf-8")
    assert browser.get("/", base_url=SITE).status_code == 503
    path.write_text(USERS, "utf-8")
    assert browser.get("/", base_url=SITE).status_code == 200


def test_every_look_and_every_act_is_written_down_without_a_name(desk: OpenDesk) -> None:
    school, call = logged_in(desk, "zhongxue"), desk.called(desk.root / "cases/案件.yaml")
    school.get(f"/cases/{call}", base_url=SITE)
    school.post("/cases", base_url=SITE, data={"words": "普云飞"})
    school.get("/machine", base_url=SITE)
    path = next((desk.root / "服务器").glob("访问记录-*.csv"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with path.open(encoding="utf-8", newline="") as stream:
        head, *lines = csv.reader(stream)
    assert head[1:] == ["登录名", "姓名", "角色", "单位", "来自", "做什么", "页", "案件", "结果"]
    who = ["zhongxue", "罗玉芬", "学校", "云岭县青石中学", "10.0.0.7"]
    assert [line[1:] for line in lines] == [
        [*who, "看", "/cases/<call>", "2026-001", ""],
        [*who, "办", "/cases", "", ""],
        [*who, "看", "/machine", "", "拒绝"],
    ]
    assert "普云飞" not in path.read_text("utf-8")


def lines_of(root: Path) -> list[list[str]]:
    path = next((root / "服务器").glob("访问记录-*.csv"))
    with path.open(encoding="utf-8", newline="") as stream:
        return [line[1:] for line in csv.reader(stream)][1:]


def test_it_is_written_down_which_batch_which_list_and_who_was_turned_away(desk: OpenDesk) -> None:
    county, school = logged_in(desk, "xian"), logged_in(desk, "zhongxue")
    batch = desk.called(desk.root / "cases/白小开学.yaml")
    county.get(f"/notices/{batch}", base_url=SITE)
    county.get("/lists/table/一校一册/workbook", base_url=SITE)
    county.get("/lists/report?figure=马小雨的", base_url=SITE)
    school.get(f"/notices/{batch}", base_url=SITE)
    for login in ("heike", "马小雨".encode().decode("latin-1")):
        assert logged_in(desk, login).get("/cases", base_url=SITE).status_code == 403
    told = [(line[0], line[2], *line[6:]) for line in lines_of(desk.root)]
    page, list_ = "/notices/<call>", "/lists/table/<name>/workbook"
    assert told == [
        ("xian", "县级", page, "白小开学", ""),
        ("xian", "县级", list_, "一校一册", ""),
        ("xian", "县级", "/lists/report", "", ""),
        ("xian", "县级", "/lists/report", "", "没有"),
        ("zhongxue", "学校", page, "", ""),
        ("zhongxue", "学校", page, "", "没有"),
        ("heike", "没有登记", "", "", "拒绝"),
        ("（不是登录名）", "没有登记", "", "", "拒绝"),
    ]


def test_a_line_that_the_disk_took_half_of_is_taken_back(desk: OpenDesk, monkeypatch) -> None:
    log, write = AccessLog(desk.root), os.write
    log.add(("xian",))
    path = next((desk.root / "服务器").glob("访问记录-*.csv"))
    whole = path.read_bytes()
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[:20]))
    with pytest.raises(UserError, match="磁盘已满"):
        log.add(("zhongxue",))
    monkeypatch.undo()
    assert path.read_bytes() == whole
    path.write_bytes(whole[:-1])  # another program left it so
    log.add(("zhen",))
    assert [line[0] for line in lines_of(desk.root)] == ["xian", "zhen"]


def test_what_cannot_be_written_down_is_not_shown(desk: OpenDesk) -> None:
    browser = logged_in(desk, "xian")
    browser.get("/", base_url=SITE)
    path = next((desk.root / "服务器").glob("访问记录-*.csv"))
    path.unlink()
    path.symlink_to(desk.root / "elsewhere.csv")
    answer = browser.get("/", base_url=SITE)
    assert answer.status_code == 422
    assert "DESK048" in answer.get_data(as_text=True)
    assert "普云飞" not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("127.0.0.1", "代理", "DESK043"),
        ("https://kcbx.example", "http://kcbx.example", "DESK044"),
        ("https://kcbx.example", "https://kcbx.example/desk", "DESK044"),
        ("X-Remote-User", "X-Forwarded-For", "DESK045"),
        ("X-Remote-User", "Host", "DESK045"),
        ("X-Remote-User", "X-Kcbx-Proxy", "DESK045"),
        ("登录名: zhen,", "登录名: 镇,", "DESK046"),
        ("登录名: zhen,", "登录名: xian,", "DESK041"),
        ("单位: 云岭县青石中学", "单位: 云岭县青石中", "DESK042"),
        (", 单位: 云岭县湖滨乡人民政府", "", "DESK042"),
        ("角色: 县级", "角色: 省级", "TYPE007"),
        ("请求头: X-Remote-User, ", "", "TYPE001"),
        ("地址: [127.0.0.1], ", "", "TYPE001"),
    ],
)
def test_it_does_not_open_on_a_faulty_list(desk: OpenDesk, old: str, new: str, code: str) -> None:
    path = desk.root / "服务器/用户.yaml"
    assert old in USERS
    path.write_text(USERS.replace(old, new), "utf-8")
    with pytest.raises(UserError) as refused:
        Gate.of(desk.root)
    assert [one.code for one in refused.value.problems] == [code]
    assert refused.value.problems[0].place.line


def test_the_word_of_the_proxy_is_made_once_and_known_to_nobody_else(desk: OpenDesk) -> None:
    path = desk.root / "服务器/代理口令.conf"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert desk.gate and desk.gate.word in path.read_text("utf-8")
    assert Gate.of(desk.root).word == desk.gate.word
    assert desk.gate.word not in repr(desk.gate)
    path.chmod(0o640)
    with pytest.raises(UserError, match="别的用户也能读"):
        Gate.of(desk.root)
    path.chmod(0o600)
    path.write_text('proxy_set_header X-Kcbx-Proxy "kurz";\n', "utf-8")
    with pytest.raises(UserError, match="不是一行"):
        Gate.of(desk.root)


def test_it_does_not_open_without_a_list(desk: OpenDesk) -> None:
    (desk.root / "服务器/用户.yaml").unlink()
    with pytest.raises(UserError, match=r"用户\.yaml"):
        Gate.of(desk.root)


@pytest.mark.parametrize(
    ("words", "code"), [((), "DESK047"), (("--port", "8700"), "DESK040")], ids=["端口", "名单"]
)
def test_the_command_says_what_is_still_missing(desk: OpenDesk, words, code: str) -> None:
    (desk.root / "服务器/用户.yaml").unlink()
    done = run(desk.root, "desk", "--behind-proxy", *words)
    assert done.exit_code == 1
    assert code in done.output
