"""What a double click opens the desk with: a batch file on Windows, a desktop entry elsewhere.

Both say where this Python is; the batch file looks for the office where it lies itself first, so
that a folder may be moved with it, or the file alone be copied to the desktop.
"""

import re
from pathlib import PurePath, PurePosixPath, PureWindowsPath

from kcbx_docs.light import dataclass

NAME = "打开办公桌"
DOUBLE_CLICKED = "--double-clicked"
"""Says that nobody sees a terminal: what is wrong is shown in the browser."""
UTF_8 = "chcp 65001 >nul"


@dataclass(frozen=True)
class Starter:
    """A file to be double-clicked."""

    name: str
    data: bytes
    then: str
    """What the user may do with it."""


def windows_starter(python: PureWindowsPath, office: PureWindowsPath, codec: str) -> Starter:
    """Write a batch file in the characters of the machine's console, Chinese paths and all."""
    lines = [
        "@echo off",
        "rem kcbx desk --install",
        'set "OFFICE=%~dp0."',
        f'if not exist "%OFFICE%\\kcbx.yaml" set "OFFICE={_percent(office)}"',
        f'start "" "{_percent(python)}" -m kcbx_docs desk "%OFFICE%" {DOUBLE_CLICKED}',
    ]
    try:
        data = _lines(lines).encode(codec)
    except UnicodeEncodeError:  # a rare character in a path
        data = _lines([lines[0], UTF_8, *lines[1:]]).encode()
    then = "以后双击它打开办公桌，没有黑窗口；要放在桌面上，复制过去就行。"
    return Starter(f"{NAME}.bat", data, then)


def _lines(lines: list[str]) -> str:
    return "".join(f"{line}\r\n" for line in lines)


def _percent(path: PurePath) -> str:
    """Write a path between quotation marks of a batch file."""
    return str(path).replace("%", "%%")


def desktop_starter(python: PurePosixPath, office: PurePosixPath, icon: PurePosixPath) -> Starter:
    """Write an entry for the desktop."""
    words = f"{_quoted(python)} -m kcbx_docs desk {_quoted(office)} {DOUBLE_CLICKED}"
    lines = (
        "[Desktop Entry]",
        "Type=Application",
        "Name=控辍保学办公桌",
        f"Comment={_text(office.name)}",
        f"Exec={_text(words)}",
        f"Icon={_text(str(icon))}",
        "Terminal=false",
        "Categories=Office;",
    )
    data = "".join(f"{line}\n" for line in lines).encode()
    then = "以后双击它打开办公桌；要放在桌面上，复制过去，再按右键选「允许启动」。"
    return Starter(f"{NAME}.desktop", data, then)


def _quoted(path: PurePath) -> str:
    """Quote a word of a command, by the rules of the entries."""
    return '"' + re.sub(r'(["`$\\])', r"\\\1", str(path)).replace("%", "%%") + '"'


def _text(text: str) -> str:
    """Write a value of an entry: its backslashes twice."""
    return text.replace("\\", "\\\\").replace("\n", "\\n")
