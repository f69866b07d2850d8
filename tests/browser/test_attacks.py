"""What other pages in the same browser try against a desk: none of it is shown, none is done."""

import logging
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from tests.browser.desks import ORGAN, STRANGER, Served, fill_in, office_at, served, strange_site

FORM = """<form method="post" action="{to}" target="{target}"><input name="kind" value="劝返"></form>
<script>document.forms[0].submit()</script>"""
INSIDE = {
    "图片": '<img src="{to}">',
    "脚本": '<script src="{to}"></script>',
    "样式": '<link rel="stylesheet" href="{to}">',
    "视频": '<video src="{to}"></video>',
    "框": '<iframe src="{to}"></iframe>',
    "嵌入": '<embed src="{to}">',
    "对象": '<object data="{to}"></object>',
    "事件流": '<script>new EventSource("{to}", {{withCredentials: true}})</script>',
    "fetch": '<script>fetch("{to}", {{credentials: "include", mode: "no-cors"}})</script>',
    "读回来": '<script>fetch("{to}", {{credentials: "include"}})</script>',
    "发 JSON": '<script>fetch("{to}", {{method: "POST", credentials: "include", mode: "no-cors", body: "{{}}"}})</script>',
    "信标": '<script>navigator.sendBeacon("{to}", "1")</script>',
    "预取": '<link rel="prefetch" href="{to}">',
    "框里的表": '<iframe name="f"></iframe>' + FORM.replace("{target}", "f"),
    "没有来处的表": """<iframe sandbox="allow-forms allow-scripts" srcdoc='<form method="post" action="{to}"></form><script>document.forms[0].submit()</script>'></iframe>""",
}


CASE = "cases/到责令.yaml"
WRITTEN = {"对象": "普正华", "方式": "家访", "地点": "普家", "参加人": "罗玉芬", "结果": "拒绝"}


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return office_at(tmp_path / "镇", CASE)


def inside(page, desk: Served) -> None:
    """Come in by the key."""
    page.goto(desk.entry)
    page.wait_for_url(f"{desk.home}/")


def tried(page, desk: Served, address: str, wanted: int = 1) -> list[tuple[str, int]]:
    """Open a page in a tab of its own; return what the desk answered to whom."""
    desk.heard.clear()
    tab = page.context.new_page()
    tab.goto(address, wait_until="commit")
    for _ in range(150):
        told = [(at, status) for _, at, status in desk.heard if "/write" in at]
        if len(told) >= wanted:
            return told
        tab.wait_for_timeout(20)
    raise AssertionError(f"only {told} was tried by {address}")


@pytest.mark.parametrize("origin", ["127.0.0.1", STRANGER], ids=["另一个端口", "另一个网站"])
def test_nothing_of_another_page_is_answered(window, office: Path, origin: str) -> None:
    """The other port is sent the cookie: ports are no part of what SameSite looks at."""
    before = (office / CASE).read_bytes()
    with served(office) as desk, strange_site() as (port, pages):
        page = window().page
        inside(page, desk)
        to = desk.at(CASE, then="/write")
        pages["/form"] = FORM.format(to=to, target="_self")
        every = enumerate(INSIDE.values())
        pages["/all"] = "".join(text.format(to=f"{to}?from={n}") for n, text in every)
        answers = tried(page, desk, f"http://{origin}:{port}/form")
        answers += tried(page, desk, f"http://{origin}:{port}/all", len(INSIDE))
    assert {at.rsplit("=")[-1] for at, _ in answers[1:]} == {*map(str, range(len(INSIDE)))}
    assert {status for _, status in answers} <= {401, 403}, answers
    assert (office / CASE).read_bytes() == before


def test_a_window_that_another_page_opens_is_out_of_its_reach(window, office: Path) -> None:
    """What is only looked at comes in, so that a link leads to it; the opener sees nothing."""
    with served(office) as desk, strange_site() as (port, pages):
        page = window().page
        inside(page, desk)
        pages["/"] = f'<script>w = open("{desk.home}/cases")</script>'
        with page.context.expect_page() as opened:
            page.goto(f"http://127.0.0.1:{port}/")
        opened.value.wait_for_selector("h1")
        assert page.evaluate("w.closed")
        assert opened.value.evaluate("window.opener") is None


def test_a_name_that_is_made_to_point_here_is_turned_away(window, samples: Served) -> None:
    port = samples.home.rsplit(":", 1)[1]
    page = window().page
    inside(page, samples)
    for path in ("/", "/cases", samples.entry.removeprefix(samples.home), "/static/desk.css"):
        answer = page.goto(f"http://{STRANGER}:{port}{path}")
        assert (answer.status, page.context.cookies(page.url)) == (421, []), path
    assert "普云飞" not in page.content()


def test_who_has_no_key_or_guesses_one_stays_outside(window, samples: Served) -> None:
    page = window().page
    for key in ("", "?key=", "?key=猜的", "?key=" + "x" * 43):
        assert page.goto(f"{samples.home}/enter{key}").status == 403, key
        assert page.context.cookies() == []
    assert page.goto(samples.home).status == 401
    assert "普云飞" not in page.content()


def test_a_guessed_badge_and_that_of_another_desk_are_refused(window, samples, office) -> None:
    with served(office) as other:
        page = window().page
        inside(page, other)
        badge = page.context.cookies()[0]["value"]
        for value in (badge, "x" * len(badge), samples.desk.door.key):
            cookie = {"name": samples.desk.door.cookie, "value": value, "url": samples.home}
            page.context.add_cookies([cookie])
            assert page.goto(samples.home).status == 401


def test_over_plain_http_of_a_county_own_forms_pass_and_others_do_not(window, office) -> None:
    """There the browser says nothing of where a request comes from but its Origin."""
    with served(office, ORGAN) as desk, strange_site() as (port, pages):
        page, address = window().page, desk.at(CASE, then="/write")
        inside(page, desk)
        answers = {}
        for origin in (ORGAN, STRANGER):  # the cookie is sent from another port of the same name
            pages["/"] = FORM.format(to=address, target="_self")
            ((_, answers[origin]),) = tried(page, desk, f"http://{origin}:{port}/")
        assert answers == {ORGAN: 403, STRANGER: 403}
        before = (office / CASE).read_bytes()
        page.goto(f"{address}?kind=劝返")
        write_down(page)
        assert page.url == desk.at(CASE) + "?said=written"
        assert (office / CASE).read_bytes() != before


def write_down(page) -> None:
    """Fill in a call of the family, look at it, write it."""
    fill_in(page, **WRITTEN)
    page.click("[name=look]")
    page.click("[name=write]")
    page.wait_for_url("**said=written")


def test_who_writes_something_down_leaves_no_trace_of_whom(visit, office, caplog) -> None:
    """Neither in addresses, titles and cookies, nor in the log and what a link passes on."""
    traces: list[str] = []
    with caplog.at_level(logging.DEBUG), served(office) as desk:
        page = visit(desk)
        page.on("request", lambda one: traces.append(one.headers.get("referer", "")))
        page.on("framenavigated", lambda frame: traces.append(unquote(frame.url)))
        page.click("nav >> text=案件")
        page.fill("[name=words]", "普云飞")
        page.click("main form button")
        traces.append(page.title())
        page.click("td a >> nth=0")
        page.click("text=记一件事")
        page.click("td a >> text=劝返")
        write_down(page)
        traces.append(page.title())
        traces += [str(cookie) for cookie in page.context.cookies()]
    assert len([one for one in traces if one.startswith(desk.home)]) > 10
    told = "\n".join([*traces, caplog.text])
    assert [secret for secret in SECRETS if secret in told or quote(secret) in told] == []


HOSTILE = "<script>document.title = '到过'</script><img src=/machine><b>七年级1班</b>"


def test_what_stands_in_a_roster_is_text_alone(visit, samples: Served, tmp_path: Path) -> None:
    roster = tmp_path / "<img src=x>名册.csv"
    roster.write_text(
        f"班级,姓名,父亲姓名\n{HOSTILE},{HOSTILE},{HOSTILE}\n七年级2班,李喆,李志\n", "utf-8"
    )
    page = visit(samples)
    page.goto(f"{samples.home}/notices")
    page.set_input_files("#files", roster)
    page.click("text=看读成了什么")
    for link in ("", "text=全部有疑问的格"):
        if link:
            page.click(link)
        assert "<script>" in page.inner_text("main")
        assert page.locator("main script, main img, main b").count() == 0
        assert page.title() != "到过"


SECRETS = ("普云飞", "普正华", "李桂仙", "到责令", "530499201305061217", "13800000001")
