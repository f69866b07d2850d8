"""The one place where the screen is written: what files, names and values hold is shown, and
never steers it.

A name can hold what moves the cursor, clears the screen, changes the title of the window or turns
the direction of writing. All of it is spelled out, whoever prints it; only what this module marks
as the program's own colours passes.
"""

import codecs
import errno
import io
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TextIO

import click

from kcbx_docs.light import regex

if TYPE_CHECKING:
    from rich.console import Console

_OWN = os.urandom(8).hex()
"""What no file can know: it stands in the program's own codes until they are written."""
_STEERING = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters, C1 too; a tab and a line's end are none
    "\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff"  # bytes of a name that are no text
    "\U000e0000-\U000e007f"
)
_UNSEEN = regex(f"\x1b{_OWN}|[{_STEERING}]")


def shown(text: str) -> str:
    """Spell out what would steer a screen, or stand there unseen."""
    return _UNSEEN.sub(_spelled, text)


def _spelled(found: re.Match[str]) -> str:
    return "\x1b" if len(found[0]) > 1 else f"<U+{ord(found[0]):04X}>"


def escaped(text: str) -> str:
    """Write in JSON, as numbers, what would steer a screen: nothing of it is lost."""
    return _UNSEEN.sub(lambda found: _in_json(found[0]), text)


def _in_json(char: str) -> str:
    return "".join(f"\\u{unit:04x}" for unit in _units(char))


def _units(char: str) -> Iterator[int]:
    raw = char.encode("utf-16-be", "surrogatepass")
    yield from (int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2))


def styled(text: str, **looks: Any) -> str:
    """Colour a text for a terminal."""
    return click.style(shown(text), **looks).replace("\x1b", f"\x1b{_OWN}")


def clear() -> None:
    """Begin with an empty screen, where the result goes to one; a file keeps everything."""
    if not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        return
    if sys.platform == "win32":
        click.clear()
    else:
        sys.stdout.write(f"\x1b{_OWN}[2J\x1b{_OWN}[H")


_ESCAPE = "kcbx-escape"
"""How characters are written that an encoding lacks, as GBK those of rare names."""


def _escaped_error(error: UnicodeError) -> tuple[str, int]:
    """Write as JSON does what cannot be encoded: right in JSON, and readable elsewhere."""
    assert isinstance(error, UnicodeEncodeError)
    return "".join(map(_in_json, error.object[error.start : error.end])), error.end


codecs.register_error(_ESCAPE, _escaped_error)


def _knows_chinese(encoding: str | None) -> bool:
    """Tell whether an encoding has Chinese; who lacks it is given UTF-8 rather than ???."""
    try:
        return bool("文".encode(encoding or "ascii"))
    except (UnicodeError, LookupError):
        return False


class Screen:
    """A stream on which nothing but the program's own codes steers."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.lost: OSError | None = None
        if hasattr(stream, "reconfigure"):
            # Click would go round a stream that cannot write Chinese.
            poor = {} if _knows_chinese(stream.encoding) else {"encoding": "utf-8"}
            stream.reconfigure(**poor, errors=_ESCAPE)

    def write(self, text: str) -> int:
        """Write a text, what would steer spelled out."""
        self._try(lambda: self.stream.write(shown(text)))
        return len(text)

    def flush(self) -> None:
        """Let go of what is written."""
        self._try(self.stream.flush)

    def _try(self, act: Callable[[], object]) -> None:
        """Write; where nobody takes it the work goes on: half an issue would be worse."""
        if self.lost:
            return
        try:
            act()
        except OSError as error:
            self.lost = error
            _into_nothing(self.stream)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write lines one by one."""
        for line in lines:
            self.write(line)

    def fileno(self) -> int:
        """Return the file below; on Windows none: Click would write to the console past us."""
        if sys.platform == "win32":
            raise OSError("written to through Screen")
        return self.stream.fileno()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def _into_nothing(stream: TextIO) -> None:
    """Let the end of the program, which writes what is left, find somebody who takes it."""
    with suppress(OSError, ValueError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, stream.fileno())
        os.close(nothing)


def lost_result() -> OSError | None:
    """Return why the result could not be written; that its reader left early is no reason."""
    sys.stdout.flush()
    error: OSError | None = getattr(sys.stdout, "lost", None)
    left = isinstance(error, BrokenPipeError) or (
        sys.platform == "win32" and error is not None and error.errno == errno.EINVAL
    )
    return None if left else error


@contextmanager
def guarded() -> Iterator[None]:
    """Let everything that is printed go through a Screen, whoever prints it."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = map(_guarded, before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def _guarded(stream: TextIO | None) -> Any:
    if stream is None:  # closed by whoever started us
        return Screen(io.StringIO())
    return stream if isinstance(stream, Screen) else Screen(stream)


def console(*, err: bool = False, **settings: Any) -> "Console":
    """Return what draws tables and bars on a terminal; the texts in them do not steer it."""
    from rich.console import Console
    from rich.segment import Segment

    class Drawing(Console):
        def _render_buffer(self, buffer: Iterable[Segment]) -> str:
            return super()._render_buffer(
                one if one.control else Segment(shown(one.text), one.style) for one in buffer
            )

    stream = sys.stderr if err else sys.stdout
    return Drawing(file=getattr(stream, "stream", stream), **settings)
