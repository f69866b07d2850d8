"""A county's server as docs/县里的服务器.md has it set up: behind a real nginx with TLS, on a ledger
that offices share.
"""

import base64
import http.client
import re
import shlex
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode

import click
import pytest

from kcbx_docs.cli import kcbx
from kcbx_docs.cli.desk import desk as command
from kcbx_docs.desk.app import create_app, desk_lets_in
from kcbx_docs.desk.behind_proxy import Gate
from kcbx_docs.desk.serving import opened_port, server_of
from kcbx_docs.desk.user_table import USERS as FILE
from kcbx_docs.office.book import book_of
from kcbx_docs.office.opened import open_office
from tests.browser.desks import shut
from tests.desk.county import SITE, USERS, county

PAGE = Path(__file__).parents[2] / "docs/县里的服务器.md"
PROGRAMS = [name for name in ("nginx", "openssl") if not shutil.which(name)]
AROUND = """\
daemon off; master_process off; pid {home}/pid; error_log {home}/error.log; events {{}}
http {{ access_log off; client_body_temp_path {home}/body; proxy_temp_path {home}/proxy;
fastcgi_temp_path {home}/f; uwsgi_temp_path {home}/u; scgi_temp_path {home}/s;
{server}
}}
"""


def told_in(kind: str) -> str:
    """Return the block of a kind that the page shows."""
    found = re.search(rf"^```{kind}\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


def configuration(home: Path, port: int, behind: int, root: Path) -> str:
    """Return the page's configuration, with the places of this machine."""
    text = told_in("nginx")
    for old, new in (
        ("443 ssl", f"127.0.0.1:{port} ssl"),
        ("127.0.0.1:8700", f"127.0.0.1:{behind}"),
        ("/etc/nginx/", f"{home}/"),
        ("/srv/kcbx/云岭县/", f"{root}/"),
    ):
        assert old in text
        text = text.replace(old, new)
    return AROUND.format(home=home, server=text)


@contextmanager
def nginx(home: Path, port: int, behind: int, root: Path) -> Iterator[None]:
    """Run nginx with a certificate of its own before a desk."""
    made = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=x"
    files = ["-keyout", home / "kcbx.key", "-out", home / "kcbx.crt"]
    subprocess.run(["openssl", *made.split(), *files], check=True, capture_output=True)
    logins = ("zhongxue", "zhen", "xian", "meiyou")
    (home / "kcbx.htpasswd").write_text("".join(f"{one}:{{PLAIN}}ok\n" for one in logins))
    (home / "nginx.conf").write_text(configuration(home, port, behind, root), "utf-8")
    words = ["nginx", "-e", home / "error.log", "-p", home, "-c", home / "nginx.conf"]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        try:
            for _ in range(100):
                with socket.socket() as trying:
                    if not trying.connect_ex(("127.0.0.1", port)):
                        break
                time.sleep(0.05)
            yield
        finally:
            running.terminate()


@dataclass
class Server:
    """A county's server that runs: where its desk and its nginx listen."""

    root: Path
    port: int
    behind: int

    def ask(self, login: str, address: str, form: dict | None = None, **headers: str):
        """Ask nginx as somebody who logs in; return the status and the text."""
        context = ssl._create_unverified_context()  # the certificate is our own
        there = http.client.HTTPSConnection("127.0.0.1", self.port, context=context)
        proof = base64.b64encode(f"{login}:ok".encode()).decode()
        told = {"Host": f"kcbx.example:{self.port}", "Authorization": f"Basic {proof}"} | headers
        return answered(there, address, form, told)

    def past_nginx(self, address: str, source: str, **headers: str):
        """Ask the desk itself, as a program of the same machine that takes any address it likes."""
        there = http.client.HTTPConnection("127.0.0.1", self.behind, source_address=(source, 0))
        return answered(there, address, None, {"Host": f"kcbx.example:{self.port}"} | headers)


def answered(there: http.client.HTTPConnection, address: str, form, headers) -> tuple[int, str]:
    body = None if form is None else urlencode(form)
    kind = {} if form is None else {"Content-Type": "application/x-www-form-urlencoded"}
    there.request("GET" if form is None else "POST", address, body, headers | kind)
    answer = there.getresponse()
    text = answer.read().decode("utf-8", "replace")
    there.close()
    return answer.status, text


@pytest.fixture
def server(tmp_path: Path, database: str) -> Iterator[Server]:
    if PROGRAMS:
        pytest.skip(f"没有 {'、'.join(PROGRAMS)}（apt-get install nginx-light openssl）")
    port, home, root = free_port(), tmp_path / "nginx", tmp_path / "云岭县"
    home.mkdir()
    desk = county(root, date(2026, 3, 12))
    kcbx = root / "kcbx.yaml"
    kcbx.write_text(f"{kcbx.read_text('utf-8')}登记簿: {database}\n", "utf-8")
    users = USERS.replace(SITE, f"https://kcbx.example:{port}").replace("127.0.0.1", "127.0.0.2")
    (root / "服务器" / FILE).write_text(users, "utf-8")
    with opened_port(0) as listening:
        behind = listening.getsockname()[1]
        running = server_of(create_app(desk), listening, desk_lets_in(desk), proxied=True)
        thread = Thread(target=running.run)
        thread.start()
        try:
            with nginx(home, port, behind, root):
                yield Server(root, port, behind)
        finally:
            running.task_dispatcher.shutdown()
            running.trigger.pull_trigger(lambda: shut(running))
            thread.join()


def test_it_is_reached_through_nginx_alone_by_who_logged_in(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")
    site = f"https://kcbx.example:{server.port}"
    status, text = server.ask("zhongxue", "/cases")
    assert status == 200 and "普云飞" in text and "杨晓光" not in text
    # Whoever makes up a header besides his own login is still only who he is.
    made_up = {"X-Remote-User": "xian", "X-Forwarded-For": "127.0.0.2"}
    status, text = server.ask("zhongxue", "/cases", **made_up)
    assert status == 200 and "普云飞" in text and "杨晓光" not in text
    assert server.ask("zhongxue", "/cases", X_Remote_User="xian") == (200, text)
    assert server.ask("xian", "/cases", Authorization="")[0] == 401
    assert server.ask("meiyou", "/cases")[0] == 403
    for source in ("127.0.0.1", "127.0.0.2"):
        for word in ({}, {"X-Kcbx-Proxy": "x" * 43}):
            status, text = server.past_nginx("/cases", source, **{"X-Remote-User": "xian"}, **word)
            assert status == 403 and "普云飞" not in text and "没有照办" in text, source
    assert server.ask("zhongxue", "/cases", X_Kcbx_Proxy="x")[0] == 200, "nginx says its own word"
    # Forms come from its own pages.
    find = {"words": "普云飞"}
    assert server.ask("zhen", "/cases", find, Origin=site)[0] == 200
    for origin in ("https://evil.example", "null", "http://kcbx.example"):
        assert server.ask("zhen", "/cases", find, Origin=origin)[0] == 403
    # What is issued stands in the shared ledger under who logged in.
    page = server.ask("zhen", "/cases", find, Origin=site)[1]
    address = re.findall(r'href="(/cases/[0-9a-f]+)">2026-001', page)[0] + "/papers/issue"
    order = {"doc": "order-to-correct", "to": "0"}
    shown = server.ask("zhen", address, order, Origin=site)[1]
    seen = shown.split('name="seen" value="')[1].split('"')[0]
    status, text = server.ask("zhen", address, {**order, "sure": "1", "seen": seen}, Origin=site)
    assert status == 200, text
    office = open_office(server.root)
    with_ledger = book_of(office.root, office.workspace)
    assert with_ledger.events()[-1].who.login == "zhen"
    with_ledger.database.dispose()
    log = next((server.root / "服务器").glob("访问记录-*.csv")).read_text("utf-8")
    assert (
        f"zhen,普文清,乡镇,云岭县青石镇人民政府,127.0.0.1,办,{issue_page(address)},2026-001," in log
    )


def issue_page(address: str) -> str:
    return re.sub("(?<=/cases/)[0-9a-f]+", "<call>", address)


def test_the_page_says_one_thing_in_all_its_files(tmp_path: Path) -> None:
    """The users' file is read as it stands there; service and nginx meet at one port."""
    county(tmp_path)
    shutil.copy(PAGE.parents[1] / "kcbx.yaml", tmp_path)
    (tmp_path / "服务器" / FILE).write_text(told_in("yaml"), "utf-8")
    proxy = Gate.of(tmp_path).table.now().proxy
    told = told_in("nginx")
    assert f"proxy_bind {proxy.addresses[0]};" in told
    assert f"proxy_set_header {proxy.header} $remote_user;" in told
    assert f"server_name {proxy.site.removeprefix('https://')};" in told
    words = shlex.split(re.search(r"^ExecStart=(.*)$", told_in("ini"), re.MULTILINE)[1])
    assert words[1] == "desk"
    above = click.Context(kcbx, **kcbx.context_settings)
    with command.make_context("desk", words[2:], parent=above) as context:
        assert context.params["behind_proxy"]
        assert f"proxy_pass http://127.0.0.1:{context.params['port']};" in told
