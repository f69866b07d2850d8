"""Who may come in: the browser that was given the key, on pages of the desk itself.

Any page that somebody opens in the same browser can send requests to this machine; a name can be
made to point to it, and all its ports share their cookies. So the host, the cookie and where a
request comes from are each looked at, and a request that does not say where it comes from may
change nothing.
"""

import hmac
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import field, replace

from kcbx_docs.light import dataclass

SAFE = ("GET", "HEAD")
_KEY_BYTES = 32
_FRAMES = ("frame", "iframe", "embed", "object")


def new_key() -> str:
    """Make a key that nobody can guess."""
    return secrets.token_urlsafe(_KEY_BYTES)


@dataclass(frozen=True)
class Knock:
    """What a request says of itself."""

    method: str
    host: str
    headers: Mapping[str, str] = field(default_factory=dict)
    cookie: str = ""
    address: str = ""
    """Where its page stands, as the browser names it: http://127.0.0.1:8700."""

    def at(self, address: str) -> "Knock":
        """Return it as one to a page that stands at an address."""
        return replace(self, address=address)


@dataclass(frozen=True)
class Refusal:
    """Why somebody is not let in: the number of HTTP, and what to do."""

    status: int
    text: str


class DoorLock:
    """What a key opens once: then another one fits."""

    def __init__(self) -> None:
        self.key = new_key()
        self.turning = threading.Lock()
        self.turned: Callable[[str], None] = lambda _key: None
        """Is told the key that fits now, for who opens the desk again."""


@dataclass(frozen=True)
class Door:
    """The hosts by which the desk is called, and the keys to it."""

    hosts: frozenset[str]
    cookie: str
    """The name of the cookie: it bears the port, since the ports of a host share theirs."""
    badge: str = field(default_factory=new_key, repr=False)
    """The value of the cookie."""
    lock: DoorLock = field(default_factory=DoorLock, compare=False, repr=False)

    @property
    def key(self) -> str:
        """Return what stands in the first address, and is exchanged for the cookie, once."""
        return self.lock.key

    def opened_by(self, key: str) -> bool:
        """Tell whether a key is that of this door."""
        return hmac.compare_digest(key.encode(), self.key.encode())

    def taken(self, key: str) -> bool:
        """Exchange a key: whoever finds it in an address afterwards comes in no more."""
        with self.lock.turning:
            if not self.opened_by(key):
                return False
            self.lock.key = new_key()
        self.lock.turned(self.key)
        return True

    def known(self, cookie: str) -> bool:
        """Tell whether a cookie is that of a browser that was let in."""
        return hmac.compare_digest(cookie.encode(), self.badge.encode())

    def at_wrong_host(self, knock: Knock) -> Refusal | None:
        """Refuse who calls the desk by a name that is not its own."""
        if knock.host in self.hosts:
            return None
        return Refusal(421, "请用打开办公桌时的网址，不要用别的名字。")

    def refused(self, knock: Knock) -> Refusal | None:
        """Tell why a request is refused; nothing where it may come in."""
        return self.at_wrong_host(knock) or from_elsewhere(knock) or self._without_badge(knock)

    def _without_badge(self, knock: Knock) -> Refusal | None:
        if self.known(knock.cookie):
            return None
        return Refusal(
            401, "这个浏览器还没有进门。请关上这一页，再打开一次办公桌（双击「打开办公桌」）。"
        )


def from_elsewhere(knock: Knock) -> Refusal | None:
    """Refuse what another page sends, or shows inside itself."""
    site = knock.headers.get("Sec-Fetch-Site", "")
    if knock.headers.get("Sec-Fetch-Dest", "") in _FRAMES:
        return _ELSEWHERE
    if knock.method in SAFE:
        followed = knock.headers.get("Sec-Fetch-Mode", "") in ("", "navigate")
        own = site in ("", "same-origin", "none")
        return None if own or followed else _ELSEWHERE
    if site:
        return None if site == "same-origin" else _ELSEWHERE
    # Over plain http from another machine a browser sends no Sec-Fetch headers, but an Origin.
    return None if knock.headers.get("Origin", "") == knock.address else _ELSEWHERE


_ELSEWHERE = Refusal(403, "这个请求不是从办公桌自己的页面发来的，没有照办。")
