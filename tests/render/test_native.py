"""WeasyPrint is loaded with libraries from where the set-up put them, or refused in one line."""

import ctypes
import gc
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import get_ident

import pytest

from kcbx_docs.problems import UserError
from kcbx_docs.render import native, pdf, printfile, sheetnumbers
from tests.meeting import Room, all_at_once


def test_switched_off_is_the_same_problem_as_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(native.SWITCHED_OFF, "1")
    with pytest.raises(UserError) as caught:
        native.load_weasyprint()
    (found,) = caught.value.problems
    assert (found.code, found.severity) == ("REND200", "error")
    assert native.missing_for_pdf() == str(found)
    with pytest.raises(UserError):
        native.new_font_configuration()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError("cannot load library 'libpango-1.0-0'"), "缺少 Pango 排版库"),
        (ModuleNotFoundError("No module", name="weasyprint"), "缺少 Python 库 weasyprint"),
    ],
)
def test_a_failing_import_is_said_in_one_line(
    error: Exception, words: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(_name: str) -> None:
        print("-----\nWeasyPrint could not import some external libraries.")
        raise error

    monkeypatch.delenv(native.SWITCHED_OFF, raising=False)
    monkeypatch.setattr(native, "import_module", fail)
    line = native.missing_for_pdf()
    assert words in line
    assert "DOCX 不受影响" in line
    assert "\n" not in line
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("platform", "words"), [("win32", "MSYS2"), ("darwin", "brew"), ("linux", "apt install")]
)
def test_the_advice_is_that_of_the_system(platform: str, words: str) -> None:
    assert words in native.install_advice(platform)


def test_fontconfig_is_ours_only_while_it_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "theirs.conf")
    with native.own_fonts_only():
        assert "<fontconfig/>" in Path(os.environ["FONTCONFIG_FILE"]).read_text("utf-8")
    assert os.environ["FONTCONFIG_FILE"] == "theirs.conf"
    monkeypatch.delenv("FONTCONFIG_FILE")
    with pytest.raises(ValueError, match="inside"), native.own_fonts_only():
        raise ValueError("inside")
    assert "FONTCONFIG_FILE" not in os.environ


def test_libraries_that_do_not_load_are_returned(tmp_path: Path) -> None:
    broken = tmp_path / "libbroken.so.1"
    broken.write_bytes(b"not a library")
    assert native.load_all([broken]) == [broken]


def test_libraries_are_loaded_whatever_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs = {"a": "b", "b": "c", "c": ""}
    loaded: list[str] = []

    def load(name: str, mode: int = 0) -> None:
        if needs[name] and needs[name] not in loaded:
            raise OSError(f"{needs[name]} not found")
        loaded.append(name)

    monkeypatch.setattr(ctypes, "CDLL", load)
    assert native.load_all([Path("a"), Path("b"), Path("c")]) == []
    assert loaded == ["c", "b", "a"]


def test_nothing_native_is_loaded_by_importing_the_package() -> None:
    code = "import sys, kcbx_docs.render.native, kcbx_docs.render.fonts; print('weasyprint' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout
        == "False\n"
    )


def test_no_two_threads_are_in_the_engine_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    room = Room()

    def inside(*_said: object, **_more: object) -> None:
        room.enter()
        raise ImportError(name="weasyprint")

    monkeypatch.delenv(native.SWITCHED_OFF, raising=False)
    monkeypatch.setattr(native, "import_module", inside)
    monkeypatch.setattr(pdf, "_pages", inside)
    monkeypatch.setattr(printfile, "justifying", inside)
    monkeypatch.setattr(sheetnumbers, "missing_for_pdf", inside)
    entries: list[Callable[[], object]] = [
        native.load_weasyprint,
        native.new_font_configuration,
        lambda: pdf.render_pdf((), None),  # type: ignore[arg-type]
        lambda: printfile.print_papers((), None, None, None),  # type: ignore[arg-type]
        lambda: sheetnumbers.number_sheets((), None),  # type: ignore[arg-type]
    ]
    all_at_once(entries, ImportError, UserError)
    assert (room.came, room.met) == (len(entries), 0)


def test_what_a_layout_leaves_behind_is_freed_in_its_own_thread() -> None:
    freed: list[int] = []

    class Ring:
        def __init__(self) -> None:
            self.me, self.thread = self, get_ident()

        def __del__(self) -> None:
            freed.append(get_ident() - self.thread)

    @native.swept_here()
    def lay_out() -> None:
        Ring()
        assert not gc.isenabled()

    all_at_once([lay_out])
    assert (freed, gc.isenabled(), gc.get_freeze_count()) == ([0], True, 0)
