"""Tables and accounts fit a terminal of 60, 80 or 100 columns; only commands to copy are whole."""

import io
from collections.abc import Sequence

import click
import pytest

from kcbx_docs.cli import screen, show
from kcbx_docs.cli.chinese import cells, hanging
from tests.cli.office import copy_samples, run

WIDTHS = (40, 60, 80, 100)
DAY = ("--as-of", "2026-10-20")
TABLES = (
    ("status", *DAY),
    ("deadlines", *DAY),
    ("docs",),
    ("pack", "list"),
    ("pack", "list", "--documents"),
    ("pack", "show", "yunnan"),
    ("law", "list"),
    ("law", "show", "义务教育法"),
    ("period", "demand-10", "2026-10-08"),
    ("calendar", "show", "2026"),
    ("roster", "check", "cases/名册.xlsx"),
    ("service", "plan", "2026-001", *DAY),
    ("service", "list"),
    ("number", "list"),
)
ACCOUNTS = (
    ("next", "2026-001", *DAY),
    ("next", "2026-002", *DAY),
    ("next", "2026-002", "--why", *DAY),
)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """Return the tables and the lines that commands print, each with its command."""
    office, tables, lines = copy_samples(tmp_path_factory.mktemp("宽")), [], []
    with pytest.MonkeyPatch.context() as patched:
        for words in (*TABLES, *ACCOUNTS):
            patched.setattr(
                show, "table", lambda heads, rows, w=words: tables.append((w, heads, [*rows]))
            )
            patched.setattr(
                "kcbx_docs.cli.next_steps.plain",
                lambda given, w=words: str(lines.append((w, [*given]))),
            )
            run(office, *words)
    return tables, lines


def on_a_terminal(monkeypatch: pytest.MonkeyPatch, width: int) -> io.StringIO:
    out = io.StringIO()
    out.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(show.sys, "stdout", out)
    return out


def too_wide(text: str, width: int) -> list[str]:
    bare = click.unstyle(text)
    return [line for line in bare.splitlines() if cells(line.rstrip()) > width]


@pytest.mark.parametrize("width", WIDTHS)
def test_every_table_fits(drawn, monkeypatch, width):
    tables, _ = drawn
    assert len({words for words, _, _ in tables}) > 10
    for words, heads, rows in tables:
        out = on_a_terminal(monkeypatch, width)
        show.table(heads, rows)
        assert too_wide(out.getvalue(), width) == [], words


@pytest.mark.parametrize("width", WIDTHS)
def test_every_account_fits_but_for_what_is_to_be_copied(drawn, monkeypatch, width):
    _, accounts = drawn
    assert len(accounts) == len(ACCOUNTS)
    for words, lines in accounts:
        out = on_a_terminal(monkeypatch, width)
        screen.print_lines([line for line in lines if not line.whole])
        assert too_wide(out.getvalue(), width) == [], words
        assert all("kcbx " in line.text for line in lines if line.whole)


LONG: Sequence[str] = (
    "寄出的还在路上，说不上其他方式都送不到。（《民事诉讼法》第九十五条第一款）",
    "。" * 70,
    "青" * 90,
    "a" * 200,
    "（一）「甲」、《乙》：丙；" * 9,
)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("text", LONG, ids=lambda text: text[:2])
def test_broken_lines_fit_and_closing_marks_do_not_begin_one(text, width):
    for indent in ("", " " * 8):
        parts = [*hanging(text, indent, width)]
        assert max(map(cells, parts)) <= width
        assert "".join(part.strip() for part in parts) == text
        if text[0] != "。":
            assert not [part for part in parts if part.strip()[0] in "，。；：、）」》"]


def test_where_columns_would_hold_a_character_a_row_is_told_line_by_line(monkeypatch):
    heads, row = (
        ("日期", "剩余", "由谁", "要做的事", "案件"),
        ("2026-09-28", "还有10天", "机关", "核查", ""),
    )
    out = on_a_terminal(monkeypatch, 40)
    show.table(heads, [row])
    assert out.getvalue() == "日期：2026-09-28\n剩余：还有10天\n由谁：机关\n要做的事：核查\n\n"
    out = on_a_terminal(monkeypatch, 60)
    show.table(heads, [row])
    assert out.getvalue().split("\n")[1].split() == ["2026-09-28", "还有10天", "机关", "核查"]


@pytest.mark.parametrize("width", [28, 34, 40, 50])
def test_no_table_breaks_a_day_or_a_number(monkeypatch, width):
    out = on_a_terminal(monkeypatch, width)
    row = ("2026-09-28起", "责令限期改正，送达以后逐日数", "ISSU012", "还有120天")
    show.table(("日期", "要做的事", "代码", "剩余"), [row])
    for whole in ("2026-09-28起", "ISSU012", "120天"):
        assert whole in out.getvalue()
