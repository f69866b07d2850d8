"""Where all cases stand: read while somebody watches, never older than what he just wrote."""

from concurrent.futures import CancelledError
from dataclasses import replace
from threading import Event

import pytest

from kcbx_docs.desk import standings
from kcbx_docs.desk.standings import Standings, StillReadingError
from tests.desk.conftest import DAY, let_in


def test_who_cannot_wait_is_told_how_far_it_is(desk, monkeypatch) -> None:
    go_on, reading = Event(), standings.outlooks

    def slowly(paths, day, today, progress, **how):
        progress(1, len(paths))
        assert go_on.wait(20)
        return reading(paths, day, today, progress, **how)

    monkeypatch.setattr(standings, "outlooks", slowly)
    waiting = replace(desk, standings=Standings(patience=0.05))
    browser = let_in(waiting)
    page = browser.get("/days?month=2026-03")
    assert page.status_code == 503
    text = page.get_data(as_text=True)
    assert "已经读了 1 件，一共 2 件" in text
    assert 'content="2;url=/days?month=2026-03"' in text
    with pytest.raises(StillReadingError):
        waiting.outlooks(DAY)
    go_on.set()
    waiting.standings.patience = None
    assert browser.get("/days?month=2026-03").status_code == 200


def test_what_goes_wrong_is_told_to_who_asked(desk, monkeypatch) -> None:
    def broken(*_, **__):
        raise ValueError

    monkeypatch.setattr(standings, "outlooks", broken)
    with pytest.raises(ValueError):
        desk.outlooks(DAY)


def test_a_desk_that_closes_reads_no_further(desk) -> None:
    assert len(desk.outlooks(DAY).cases) == 2
    desk.standings.close()
    with pytest.raises(CancelledError):
        desk.outlooks(DAY)


def test_who_asks_while_a_desk_closes_is_told_so(desk, monkeypatch) -> None:
    browser = let_in(desk)

    def closed(*_) -> None:
        raise RuntimeError("cannot schedule new futures after shutdown")

    monkeypatch.setattr(desk.standings._thread, "submit", closed)
    page = browser.get("/cases")
    assert page.status_code == 503
    assert "办公桌正在关闭" in page.get_data(as_text=True)
