"""One desk for a workspace, found again by who opens it a second time, and closed on its own page."""

import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from threading import Event, Thread

import pytest

from kcbx_docs.desk import alone
from kcbx_docs.desk.alone import alone_at
from kcbx_docs.desk.app import create_app
from kcbx_docs.desk.jobs import LongJob, LongWork
from kcbx_docs.desk.serving import serve
from tests.desk.conftest import OWN, SAMPLES


@pytest.fixture(autouse=True)
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alone, "_PATIENCE", 0.2)


def test_two_workspaces_have_two_desks(tmp_path: Path) -> None:
    with alone_at(tmp_path / "甲") as first, alone_at(tmp_path / "乙") as second:
        assert (first.other, second.other) == ("", "")


def test_a_desk_that_does_not_answer_or_was_killed_keeps_nobody_out(tmp_path: Path) -> None:
    with alone_at(tmp_path) as first:
        first.opened_at("http://127.0.0.1:9/enter?key=1")
        with alone_at(tmp_path) as second:
            assert second.other == ""
    with alone_at(tmp_path) as third:
        assert third.other == ""


def test_nobody_else_may_read_the_address(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("KCBX_CACHE", str(tmp_path / "cache"))
    with alone_at(tmp_path) as place:
        place.opened_at("http://127.0.0.1:9/enter?key=1")
        (told,) = (tmp_path / "cache").rglob("网址")
        assert told.stat().st_mode & 0o777 == 0o600
        assert told.parent.stat().st_mode & 0o777 == 0o700
    assert not told.exists()


class Visitor:
    """A browser that has been let in to a desk."""

    def __init__(self, address: str) -> None:
        self.home = address.split("/enter", maxsplit=1)[0]
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self._open = urllib.request.build_opener(cookies, urllib.request.ProxyHandler({})).open
        self.get(address.removeprefix(self.home))

    def get(self, path: str) -> str:
        with self._open(self.home + path) as answer:
            return answer.read().decode()

    def post(self, path: str, told: str = "") -> str:
        with self._open(urllib.request.Request(self.home + path, told.encode(), OWN)) as answer:
            return answer.read().decode()


def test_it_is_closed_on_its_own_page(tmp_path: Path) -> None:
    (tmp_path / "kcbx.yaml").write_bytes((SAMPLES / "kcbx.yaml").read_bytes())
    addresses: list[str] = []
    ended: list[bool] = []
    thread = Thread(target=lambda: ended.append(serve(tmp_path, 0, addresses.append)))
    thread.start()
    while not addresses:
        thread.join(0.02)
    visitor = Visitor(addresses[0])
    assert "关掉办公桌" in visitor.get("/machine")
    assert "写到一半" in visitor.post("/close")
    assert "办公桌关掉了" in visitor.post("/close", "sure=1")
    thread.join(10)
    assert ended == [False]


def test_nor_closed_in_the_middle_of_its_work(desk, send, monkeypatch) -> None:
    monkeypatch.setattr(
        type(desk.jobs), "unfinished", (LongJob(LongWork("印", "kcbx", "/"), None),)
    )
    assert send("/close").status_code == 404  # a county's desk is not its reader's to close
    object.__setattr__(desk, "closing", Event())
    refused = send("/close")
    assert refused.status_code == 422
    assert "DESK031" in refused.get_data(as_text=True)


def test_the_address_lets_in_one_browser_and_opening_again_another(desk) -> None:
    """It stands in the history of the browser; a second browser that finds it stays outside."""
    app, renewed = create_app(desk), []
    desk.door.lock.turned = renewed.append
    first = f"/enter?key={desk.door.key}"
    own, stranger, another = (app.test_client() for _ in range(3))
    assert stranger.head(first).status_code == 200  # asked by who opens the desk again
    assert own.get(first).status_code == 200
    assert own.get(first).status_code == 200  # the page is shown again in the browser that is in
    assert stranger.get(first).status_code == 403
    assert stranger.get("/").status_code == 401
    assert another.get(f"/enter?key={renewed[0]}").status_code == 200
    assert len(renewed) == 2
