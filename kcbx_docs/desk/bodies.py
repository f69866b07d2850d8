"""The bodies of requests: one is kept only from who may come in, and no longer than a page takes.
Whatever else is sent is thrown away while it comes, and never lies on a disk.
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from waitress.parser import HTTPRequestParser
from waitress.receiver import FixedStreamReceiver
from werkzeug.wrappers import Request

from kcbx_docs.desk.uploads import MOST_BYTES

LetsIn = Callable[[Request], bool]


class ThrownAway:
    """Takes what comes, and keeps nothing."""

    def append(self, data: bytes) -> None:
        """Keep nothing."""

    def getfile(self) -> BytesIO:
        """Return what was kept."""
        return BytesIO()

    def close(self) -> None:
        """Have nothing to close."""

    def __len__(self) -> int:
        return 0


class AskingParser(HTTPRequestParser):  # type: ignore[misc]
    """Reads a request; once its head is there, asks whether a body may come in."""

    body_rcv: Any

    def __init__(self, adjustments: Any, lets_in: LetsIn) -> None:
        super().__init__(adjustments)
        self._lets_in = lets_in

    def parse_header(self, header_plus: bytes) -> None:
        """Read the head, and choose what becomes of the body."""
        super().parse_header(header_plus)
        if self.body_rcv is None:
            return
        if self.content_length > MOST_BYTES or not self._lets_in(self._asked()):
            if self.chunked:
                self.body_rcv.buf = ThrownAway()
            else:
                self.body_rcv = FixedStreamReceiver(self.content_length, ThrownAway())

    def _asked(self) -> Request:
        told = {f"HTTP_{name}": text for name, text in self.headers.items()}
        place = {"SERVER_NAME": "", "SERVER_PORT": "", "wsgi.url_scheme": self.url_scheme}
        return Request({"REQUEST_METHOD": self.command, "PATH_INFO": "/", **place, **told})
