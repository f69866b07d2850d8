"""Lines of a screen: how deep they stand, how they are coloured, broken where it ends."""

import os
import shutil
from collections.abc import Iterable

import click

from kcbx_docs.cli import terminal
from kcbx_docs.cli.chinese import WIDTH, hanging
from kcbx_docs.light import dataclass


@dataclass(frozen=True)
class ScreenLine:
    """One line: how deep it stands, how it is coloured, and whether it is never broken."""

    depth: int
    text: str
    style: str = ""
    whole: bool = False


def plain(lines: Iterable[ScreenLine]) -> str:
    """Write lines in full, without colours."""
    return "".join("  " * line.depth + line.text + "\n" for line in lines)


def print_lines(lines: Iterable[ScreenLine]) -> None:
    """Print lines on a terminal."""
    width = min(shutil.get_terminal_size().columns, WIDTH)
    coloured = "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    for line in lines:
        indent = "  " * line.depth
        parts = [indent + line.text] if line.whole else hanging(line.text, indent, width)
        for part in parts:
            click.echo(_styled(part, line.style) if coloured and line.style else part)


def _styled(text: str, style: str) -> str:
    words = style.split()
    colour = next((word for word in words if word not in ("bold", "dim")), None)
    return terminal.styled(
        text, fg=colour, bold="bold" in words or None, dim="dim" in words or None
    )
