"""``kcbx next`` in a terminal: what it prints, in its own colours."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from unittest import mock

from click.testing import CliRunner

from kcbx_docs.cli import kcbx, next_steps
from kcbx_docs.cli.chinese import hanging
from kcbx_docs.cli.screen import ScreenLine
from tools.pictures.outlines import Drawing

TYPED = ("next", "2026-001", "--as-of", "2026-09-28")
WIDTH = 80
SIZE, LEAD, MARGIN = 15, 22, 18
GROUND, INK, PROMPT = "#1d2228", "#d5dbe1", "#7fd0a0"
INKS = {
    "red": "#ff8a80",
    "yellow": "#f0d070",
    "magenta": "#e0a0ff",
    "cyan": "#80d8ea",
    "green": PROMPT,
    "dim": "#98a2ad",
}


SERVED = """\
  - {日期: 2026-09-25, 事项: 制发, 文书: 责令送被监护人接受义务教育通知书,
     文号: 青政责改〔2026〕1号}
  - {日期: 2026-09-26, 时间: 19:20, 事项: 送达, 文书: 责令送被监护人接受义务教育通知书,
     对象: 普正华, 方式: 直接, 签收人: 普正华, 承办人: [普文清, 段晓岚]}
责令:
"""
"""What happens to the sample next: the father has the order, the mother has not."""


def told(office: Path) -> list[ScreenLine]:
    """Go on with the sample case in a copy of the sample office; return what a terminal shows."""
    case = office / "cases/到责令.yaml"
    before, here = case.read_text("utf-8"), Path.cwd()
    case.write_text(before.replace("责令:\n", SERVED), "utf-8")
    os.chdir(office)
    try:
        return _printed()
    finally:
        os.chdir(here)
        case.write_text(before, "utf-8")


def _printed() -> list[ScreenLine]:
    lines: list[ScreenLine] = []
    patched = mock.patch.multiple(
        next_steps, print_lines=lines.extend, _on_screen=lambda as_json: True
    )
    with patched:
        done = CliRunner().invoke(kcbx, TYPED, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return [ScreenLine(0, done.output.split("\n")[0]), *lines]


def text(lines: Sequence[ScreenLine]) -> str:
    """Write what the terminal shows, without drawing it."""
    return "\n".join(part for part, _ in broken(lines)) + "\n"


def broken(lines: Sequence[ScreenLine]) -> Iterator[tuple[str, str]]:
    """Break lines at the terminal's width; give each its style."""
    for line in lines:
        indent = "  " * line.depth
        whole = [indent + line.text]
        for part in whole if line.whole else hanging(line.text, indent, WIDTH):
            yield part, line.style


def draw(lines: Sequence[ScreenLine]) -> str:
    """Draw a terminal with the command and what it printed."""
    command = " ".join(("kcbx", *TYPED))
    shown = [*broken(lines)]
    height = MARGIN * 2 + LEAD * (len(shown) + 1) + 22
    width = MARGIN * 2 + WIDTH * SIZE // 2
    drawing = Drawing(width, height, f"终端里的 {command}")
    drawing.add(f'<rect width="{width}" height="{height}" rx="8" fill="{GROUND}"/>')
    for number, colour in enumerate(("#ff5f57", "#febc2e", "#28c840")):
        drawing.add(f'<circle cx="{20 + 20 * number}" cy="18" r="6" fill="{colour}"/>')
    y = MARGIN + 22 + SIZE
    drawing.text(MARGIN, y, "$ ", SIZE, PROMPT, bold=True)
    drawing.text(MARGIN + SIZE, y, command, SIZE, "#ffffff", bold=True)
    for text, style in shown:
        y += LEAD
        words = style.split()
        ink = next((INKS[word] for word in words if word in INKS), INK)
        drawing.text(MARGIN, y, text, SIZE, "#ffffff" if style == "bold" else ink, "bold" in words)
    return drawing.svg()
