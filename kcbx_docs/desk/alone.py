"""One desk for a workspace: whoever opens it again is led to the one that is open."""

import hashlib
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from kcbx_docs.locking import only_writer
from kcbx_docs.problems import UserError
from kcbx_docs.render.fontfiles import user_cache_folder
from kcbx_docs.writing import write_whole

_ADDRESS = "网址"
_TAKEN = "PAPR018"
_PATIENCE = 5.0
_PAUSE = 0.1
_ANSWERS_IN = 2.0


class Alone:
    """The place at the only desk of a workspace; ``other`` is the address of one that is open."""

    def __init__(self, folder: Path | None, other: str = "") -> None:
        self._folder = folder
        self.other = other

    def opened_at(self, address: str) -> None:
        """Let the next one find this desk: the address has its key, so it is this user's alone."""
        if self._folder:
            with suppress(OSError):
                write_whole(self._folder / _ADDRESS, address.encode())


@contextmanager
def alone_at(root: Path) -> Iterator[Alone]:
    """Take the place at the only desk of a workspace, or tell where the open one is.

    A desk that does not answer keeps nobody out, and neither does a folder that cannot be written:
    two desks are a nuisance, none would be worse.
    """
    name = hashlib.sha256(str(root).encode()).hexdigest()[:16]
    folder = user_cache_folder() / "desk" / name
    with ExitStack() as stack:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            stack.enter_context(only_writer(folder, "", patience=0))
        except (OSError, UserError) as error:
            yield Alone(None, _open_one(folder) if _taken(error) else "")
            return
        told = folder / _ADDRESS
        told.unlink(missing_ok=True)  # of one that was killed
        yield Alone(folder)
        told.unlink(missing_ok=True)


def _taken(error: Exception) -> bool:
    return isinstance(error, UserError) and error.problems[0].code == _TAKEN


def _open_one(folder: Path) -> str:
    """Return the address of the open desk as soon as it answers; nothing where none does."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        with suppress(OSError):
            address = (folder / _ADDRESS).read_text("utf-8")
            if _answers(address):
                return address
        time.sleep(_PAUSE)
    return ""


def _answers(address: str) -> bool:
    """Tell whether a desk lets in who has this key; no proxy of the machine is asked."""
    browser = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        look = urllib.request.Request(address, method="HEAD")  # the key stays good
        with browser.open(look, timeout=_ANSWERS_IN) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ValueError):
        return False
