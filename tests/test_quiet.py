"""What a library says to its programmers in English stays off the screen."""

import io
import logging
from collections.abc import Callable

import pytest
from fontTools.fontBuilder import FontBuilder

from kcbx_docs import quiet
from kcbx_docs.render.fontfiles import opened_font

pytestmark = pytest.mark.alike


def printed(act: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> str:
    """What Python prints of logs to which nobody listens; pytest listens to all."""
    said = io.StringIO()
    with monkeypatch.context() as patch:
        patch.setattr(logging.getLogger(), "handlers", [])
        patch.setattr(logging, "lastResort", logging.StreamHandler(said))
        act()
    return said.getvalue()


def test_a_font_with_an_odd_day_says_nothing_in_english(tmp_path, monkeypatch):
    built = FontBuilder(1000)
    built.setupGlyphOrder([".notdef"])
    built.setupHead(created=0)
    built.setupMaxp()
    path = tmp_path / "旧.ttf"
    built.save(path)

    def read() -> None:
        with opened_font(path, -1) as font:
            assert font["head"].unitsPerEm == 1000

    monkeypatch.setattr(logging.getLogger("fontTools"), "handlers", [])
    assert printed(read, monkeypatch) == ""


def test_only_the_libraries_that_are_named_are_unheard(monkeypatch):
    """A program that uses ours listens to whom it likes."""
    quiet.unheard("某库")
    assert printed(lambda: logging.getLogger("某库.部分").warning("x"), monkeypatch) == ""
    assert printed(lambda: logging.getLogger("别的库").warning("x"), monkeypatch) == "x\n"
