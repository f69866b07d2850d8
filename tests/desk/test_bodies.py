"""What somebody sends who may not come in lies on no disk, nor what is more than a page takes."""

import signal

import pytest
from waitress.adjustments import Adjustments

from kcbx_docs.desk import serving
from kcbx_docs.desk.app import create_app, desk_lets_in
from kcbx_docs.desk.bodies import AskingParser
from kcbx_docs.desk.opened import OpenDesk
from kcbx_docs.desk.uploads import MOST_BYTES
from tests.desk.conftest import COOKIE
from tests.desk.county import county

SENT = b"a" * 1000


def kept(desk: OpenDesk, length: int = 1000, **headers: str) -> int:
    """Send the head of a request and the beginning of its body; count what is kept."""
    told = {"Host": "localhost", "Content-Length": str(length), **headers}
    lines = ["POST /x HTTP/1.1", *(f"{name.replace('_', '-')}: {told[name]}" for name in told)]
    parser = AskingParser(Adjustments(), desk_lets_in(desk))
    parser.received("\r\n".join([*lines, "", ""]).encode("latin-1"))
    assert parser.received(SENT) == len(SENT), "it is taken from the line, not taken for a request"
    assert parser.completed == (length == len(SENT))
    return len(parser.body_rcv.buf)


def test_a_body_is_kept_of_who_was_let_in_alone(desk: OpenDesk) -> None:
    badge = {"Cookie": f"{COOKIE}={desk.door.badge}", "Sec_Fetch_Site": "same-origin"}
    assert kept(desk, **badge) == 1000
    assert kept(desk, MOST_BYTES, **badge) == 1000
    assert kept(desk, MOST_BYTES + 1, **badge) == 0
    for strange in (
        {"Cookie": ""},
        {"Cookie": f"{COOKIE}=x"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Host": "evil.example"},
        {"Host": "[::1"},
    ):
        assert kept(desk, **{**badge, **strange}) == 0, strange


def test_on_a_countys_server_a_body_comes_through_the_proxy(tmp_path) -> None:
    desk = county(tmp_path)
    assert desk.gate
    assert kept(desk, X_Kcbx_Proxy=desk.gate.word) == 1000
    assert kept(desk) == kept(desk, X_Kcbx_Proxy="x", X_Remote_User="xian") == 0


@pytest.mark.parametrize("badge", [True, False])
def test_nor_is_kept_what_comes_in_pieces(desk: OpenDesk, badge: bool) -> None:
    cookie = desk.door.badge if badge else ""
    head = f"POST / HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nCookie: {COOKIE}={cookie}"
    parser = AskingParser(Adjustments(), desk_lets_in(desk))
    parser.received(f"{head}\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
    parser.received(b"3\r\nabc\r\n0\r\n\r\n")
    assert parser.completed
    assert parser.get_body_stream().read() == (b"abc" if badge else b"")


def test_who_is_ended_from_outside_clears_what_waits(desk: OpenDesk, monkeypatch) -> None:
    """What ``systemctl restart`` sends ends the desk as Ctrl-C does."""
    before = signal.getsignal(signal.SIGTERM)
    room = desk.root / "output/.desk-x"

    class Ended:
        def run(self) -> None:
            room.mkdir(parents=True)
            with pytest.raises(KeyboardInterrupt):
                signal.raise_signal(signal.SIGTERM)

        def close(self) -> None:
            room.rmdir()

    monkeypatch.setattr(serving, "_warm_machine", print)
    monkeypatch.setattr(serving, "_warm_cases", print)
    try:
        serving._serve(desk, create_app(desk), Ended(), "http://x", len)  # type: ignore[arg-type]
    finally:
        signal.signal(signal.SIGTERM, before)
    assert not room.exists()
