"""The frame of every page: the way in, headers, refusals in plain words, nothing of the machine."""

import logging
import shutil

import pytest

from kcbx_docs.desk.app import create_app
from tests.desk.conftest import OWN, SAMPLES, desk_at, let_in


def test_the_key_is_exchanged_for_a_badge(desk) -> None:
    client = create_app(desk).test_client()
    assert client.get("/").status_code == 401
    entered = client.get(f"/enter?key={desk.door.key}")
    told = entered.headers["Set-Cookie"]
    assert "HttpOnly" in told
    assert "SameSite=Strict" in told
    assert desk.door.key not in entered.get_data(as_text=True)
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("key", ["", "猜的", "x" * 43])
def test_a_guessed_key_opens_nothing(desk, key: str) -> None:
    client = create_app(desk).test_client()
    refused = client.get("/enter", query_string={"key": key})
    assert refused.status_code == 403
    assert "Set-Cookie" not in refused.headers
    assert client.get("/").status_code == 401


def test_every_answer_keeps_to_itself(browser) -> None:
    for address in ("/", "/没有这一页", "/static/desk.css"):
        with browser.get(address) as answer:
            headers = answer.headers
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], address
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("address", "form", "status"),
    [
        ("/没有这一页", None, 404),
        ("/cases/0000000000000000", None, 404),
        ("/cases/..%2F..%2Fetc", None, 404),
        ("/days?month=2026-13", None, 404),
        ("/days?month=0001-01", None, 404),
        ("/days?month=9999-12", None, 404),
        ("/", {}, 405),
        ("/cases", {"words": "字" * 2_000_000}, 413),
    ],
)
def test_what_cannot_be_is_said_in_plain_words(browser, address, form, status) -> None:
    answer = browser.get(address) if form is None else browser.post(address, data=form, headers=OWN)
    assert answer.status_code == status
    text = answer.get_data(as_text=True)
    assert "没有照办" in text
    assert "Error" not in text
    assert "Traceback" not in text


def test_a_form_of_a_thousand_parts_is_not_taken_apart(browser) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="words"\r\n\r\n1\r\n'
    body, kind = part * 1001 + b"--x--\r\n", "multipart/form-data; boundary=x"
    assert browser.post("/cases", data=body, headers=OWN, content_type=kind).status_code == 413


def test_a_fault_of_the_program_names_nobody(desk, case, monkeypatch, caplog) -> None:
    def broken(*_):
        raise ValueError(f"普云飞 {case}")

    monkeypatch.setattr(type(desk), "outlooks", broken)
    client = let_in(desk)
    client.application.testing = False
    with caplog.at_level(logging.DEBUG):
        answer = client.get("/")
    assert answer.status_code == 500
    assert "程序出错了" in answer.get_data(as_text=True)
    assert "普云飞" not in caplog.text
    assert str(desk.root) not in caplog.text
    assert "ValueError" in caplog.text


def test_no_page_shows_the_machine_or_names_a_child_in_its_address(desk, browser, case) -> None:
    call = desk.called(case)
    for address in ("/", "/cases", f"/cases/{call}", f"/cases/{call}/write", "/days"):
        text = browser.get(address).get_data(as_text=True)
        assert str(desk.root) not in text, address
        title = text[text.index("<title>") : text.index("</title>")]
        assert "普云飞" not in title
        addresses = [part.split('"')[0] for part in text.split('href="')[1:]]
        assert not any("普云飞" in one or "到责令" in one for one in addresses)


def test_each_of_two_open_desks_tells_of_its_own(tmp_path, browser) -> None:
    (tmp_path / "另一个").mkdir()
    shutil.copy(SAMPLES / "kcbx.yaml", tmp_path / "另一个")
    other = let_in(desk_at(tmp_path / "另一个"))
    other.application.testing = False
    shown = [client.get("/cases").get_data(as_text=True) for client in (browser, other, browser)]
    assert ["普云飞" in page for page in shown] == [True, False, True]
    assert browser.application.testing
