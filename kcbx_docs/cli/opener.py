"""Hand a file to what this person opens such files with: an editor, or the system's own way."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_EDITORS = ("VISUAL", "EDITOR")
_SYSTEMS_OWN = {"darwin": "open", "linux": "xdg-open"}
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY")
"""Without one of these a Linux machine has no windows, and xdg-open would take the terminal."""
_AT_ONCE = 2.0
"""Seconds in which a program that cannot open a file has said so; a viewer may stay for hours."""


def opened_with(path: Path, *, text: bool) -> str:
    """Open a file or folder; return what opened it, or nothing where there is nothing to do it.

    ``path`` must be absolute: what begins with a dash would be an option.
    """
    assert path.is_absolute()
    if text and (words := _editor()) and _waited_for([*words, str(path)]):
        return words[0]
    if sys.platform == "win32":
        return _on_windows(path, text=text)
    name = _SYSTEMS_OWN.get(sys.platform, "xdg-open")
    seen = sys.platform == "darwin" or any(os.environ.get(one) for one in _SCREENS)
    return name if seen and shutil.which(name) and _let_go([name, str(path)]) else ""


def _editor() -> list[str]:
    """Return the editor that the person set, with its options, if it is there."""
    for variable in _EDITORS:
        try:
            words = shlex.split(os.environ.get(variable, ""), posix=os.name != "nt")
        except ValueError:  # an open quotation mark
            continue
        words = [word.strip('"') for word in words]
        if words and shutil.which(words[0]):
            return words
    return []


def _on_windows(path: Path, *, text: bool) -> str:
    try:
        os.startfile(path)  # type: ignore[attr-defined, unused-ignore]
    except OSError:  # nobody said what opens .yaml
        return "记事本" if text and _let_go(["notepad.exe", str(path)]) else ""
    return "系统默认的程序"


def _waited_for(words: Sequence[str]) -> bool:
    """Run an editor, which may need the terminal, until the person leaves it."""
    try:
        subprocess.run(words)
    except OSError:
        return False
    return True


def _let_go(words: Sequence[str]) -> bool:
    """Start a program that stays when we end; tell whether it could open what it was given."""
    nothing = subprocess.DEVNULL
    try:
        begun = subprocess.Popen(
            words, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True
        )
    except OSError:
        return False
    try:
        return begun.wait(_AT_ONCE) == 0
    except subprocess.TimeoutExpired:
        begun.returncode = 0  # it stays, and nobody waits for it
        return True
