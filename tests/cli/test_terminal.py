"""What names, files and values hold never steers the screen, whoever prints it."""

import errno
import io
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kcbx_docs
from kcbx_docs.cli import kcbx, show, terminal
from kcbx_docs.problems import Place, problem
from tests.cli.office import run

STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
NASTY = "甲\x1b[31m\x1b]0;标题\x07\x9b2J\x90q\x9c\u202e乙\r丙\x08\x7f\u200b\udce5丁"
texts = st.text(max_size=30) | st.sampled_from(
    [NASTY, "\x1b[2J", "\x9b2J", "\x1b]8;;http://x\x1b\\"]
)


def seen(act: Callable[[], object]) -> str:
    """Return what reaches a terminal while something is printed."""
    raw = io.BytesIO()
    before = sys.stdout, sys.stderr
    stream = io.TextIOWrapper(raw, "utf-8", errors="replace", write_through=True)
    sys.stdout = sys.stderr = stream
    try:
        with terminal.guarded():
            act()
    finally:
        sys.stdout, sys.stderr = before
    stream.flush()
    return raw.getvalue().decode("utf-8")


def table_on_a_terminal(text: str) -> None:
    from rich.table import Table
    from rich.text import Text

    drawn = Table(text)
    drawn.add_row(Text(text))
    terminal.console(force_terminal=False, width=200).print(drawn)


PRINTERS: dict[str, Callable[[str], object]] = {
    "print": print,
    "echo": click.echo,
    "echo to stderr": lambda text: click.echo(text, err=True),
    "colours of Click": lambda text: click.secho(text),
    "tell": show.tell,
    "result": show.result,
    "table": lambda text: show.table([text, "乙"], [[text, [text]]]),
    "table on a terminal": table_on_a_terminal,
    "JSON": lambda text: show.print_json({text: [text]}),
    "problems": lambda text: show.print_problems(
        [problem("READ001", Place(text, 1, 1), file=text)], err=True
    ),
    "said again": lambda text: show.say_again(["check", text]),
    "a wrong command line": lambda text: click.UsageError(text).show(),
    "lines": lambda text: sys.stdout.writelines([text, "\n"]),
    "a bug": lambda text: sys.excepthook(ValueError, ValueError(text), None),
}


@pytest.mark.parametrize("printer", PRINTERS)
@settings(max_examples=12, deadline=None)
@given(text=texts)
def test_no_printer_lets_a_text_steer_the_screen(printer: str, text: str) -> None:
    assert STEERING.findall(seen(lambda: PRINTERS[printer](text))) == []


@settings(max_examples=20, deadline=None)
@given(text=texts)
def test_json_keeps_every_character_of_it(text: str) -> None:
    assert json.loads(seen(lambda: show.print_json([text]))) == [text]


def test_words_come_as_they_are() -> None:
    plain = "普云飞　𠮷田·买买提\t（é）👍 a\nb"
    assert terminal.shown(plain) == plain


def test_the_programs_own_colours_pass_and_those_of_a_name_do_not() -> None:
    said = seen(lambda: print(terminal.styled("甲\x1b[8m乙", bold=True)))
    assert said.rstrip("\n") == "\x1b[1m甲<U+001B>[8m乙\x1b[0m"


def test_bars_are_drawn_and_names_in_them_spelled_out() -> None:
    said = seen(lambda: terminal.console(force_terminal=True).print(f"[bold]甲[/]{NASTY!s}\x1b[2J"))
    assert "\x1b[1m甲\x1b[0m" in said and "\x1b[2J" not in said and "\x9b" not in said


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_a_file_with_such_a_name_is_named_harmlessly(office: Path) -> None:
    name = "x\x1b[31mRED\x07\u202e.yaml"
    (office / "cases" / name).write_text("a: b\n", "utf-8")
    done = run(office, "check", f"cases/{name}")
    assert done.exit_code == 1 and "<U+0007><U+202E>.yaml:1:1" in done.output


def commands(group: click.Group, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """List every command with its words."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*words, name))
        else:
            yield (*words, name)


@pytest.mark.parametrize("words", list(commands(kcbx)), ids=" ".join)
def test_no_command_repeats_what_steers(tmp_path: Path, words: tuple[str, ...]) -> None:
    evil = NASTY.replace("\udce5", "")
    for asked in ([evil, evil], [f"--{evil}"]):
        assert STEERING.findall(run(tmp_path, *words, *asked).output) == []


def test_a_list_of_pupils_with_such_cells(office: Path) -> None:
    (office / "名册.csv").write_text(f"姓名,家长,{NASTY[:-2]}\n普云飞,{NASTY[:-2]}\n", "utf-8")
    assert STEERING.findall(run(office, "roster", "check", "名册.csv").output) == []


PAST_US = re.compile(
    r"from rich\.console import [^\n]*\bConsole\b|sys\.__std|click\.(style|secho)\b"
)


def test_nobody_else_writes_to_the_screen() -> None:
    """Printing goes through sys.stdout and sys.stderr, which are guarded; drawing through here."""
    folder = Path(kcbx_docs.__file__).parent
    astray = []
    for path in folder.rglob("*.py"):
        if path != folder / "cli/terminal.py" and PAST_US.search(path.read_text("utf-8")):
            astray.append(path.name)
    assert astray == [], "use kcbx_docs.cli.terminal"


class Refusing(io.StringIO):
    """A stream that takes nothing."""

    def __init__(self, error: int) -> None:
        super().__init__()
        self.error = error

    def write(self, text: str) -> int:
        raise OSError(self.error, os.strerror(self.error))


@pytest.mark.parametrize(
    ("stream", "code", "says"),
    [
        (Refusing(errno.EPIPE), 0, ""),
        (Refusing(errno.ENOSPC), 1, "[CLI061] 打印的结果没有写全：磁盘已满。"),
        (None, 0, ""),
    ],
    ids=["reader left", "disk full", "closed"],
)
@pytest.mark.parametrize("words", [["--help"], ["--version"], ["explain", "READ001"], ["docs"]])
def test_a_result_that_nobody_takes(
    monkeypatch: pytest.MonkeyPatch,
    stream: io.StringIO | None,
    code: int,
    says: str,
    words: list[str],
) -> None:
    told = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setattr(sys, "stderr", told)
    with pytest.raises(SystemExit) as ended:
        kcbx.main(words, prog_name="kcbx")
    assert ended.value.code == code
    assert told.getvalue().startswith(says) and bool(told.getvalue()) == bool(says)


def test_work_goes_on_when_its_reader_left(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(office)
    monkeypatch.setattr(sys, "stdout", Refusing(errno.EPIPE))
    with pytest.raises(SystemExit) as ended:
        kcbx.main(["schema", "提示"], prog_name="kcbx")
    assert ended.value.code == 0 and len(list((office / "提示").iterdir())) > 3


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "cp437", "utf-8"])
def test_a_stream_that_knows_no_chinese_is_made_to(encoding: str) -> None:
    raw = io.BytesIO()
    screen = terminal.Screen(io.TextIOWrapper(raw, encoding))
    screen.write("甲䶮𠮷" + os.linesep)
    screen.flush()
    assert "甲䶮𠮷" in raw.getvalue().decode("utf-8")


@pytest.mark.parametrize("encoding", ["gbk", "gb2312", "cp936", "gb18030", "big5"])
def test_what_an_encoding_lacks_is_escaped_so_that_json_stays_whole(encoding: str) -> None:
    raw = io.BytesIO()
    screen = terminal.Screen(io.TextIOWrapper(raw, encoding))
    screen.write(json.dumps("普䶮𠮷·✓", ensure_ascii=False))
    screen.flush()
    said = raw.getvalue().decode(encoding)
    assert "?" not in said and said.startswith('"普') and json.loads(said) == "普䶮𠮷·✓"


@pytest.mark.parametrize(
    ("names", "mode", "again"), [("ascii", 0, True), ("ascii", 1, False), ("utf-8", 0, False)]
)
def test_where_file_names_are_english_it_begins_again(
    monkeypatch: pytest.MonkeyPatch, names: str, mode: int, again: bool
) -> None:
    from kcbx_docs import __main__ as start

    begun: list[dict[str, str]] = []
    monkeypatch.setattr(start.sys, "getfilesystemencoding", lambda: names)
    monkeypatch.setattr(start.sys, "flags", type("Flags", (), {"utf8_mode": mode}))
    monkeypatch.setattr(start.os, "execve", lambda _program, _words, env: begun.append(env))
    monkeypatch.setattr("kcbx_docs.cli.main", lambda: None)
    start.main()
    assert [one["PYTHONUTF8"] for one in begun] == ["1"] * again
