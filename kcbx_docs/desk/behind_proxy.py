"""The door of a county's server: a proxy asks for the login, has the certificate, and says who it
is; nobody else is listened to.
"""

import ipaddress
from dataclasses import field
from hmac import compare_digest
from pathlib import Path

from kcbx_docs.case.users import ServerUser
from kcbx_docs.desk.access_log import AccessLog
from kcbx_docs.desk.door import SAFE, Knock, Refusal, from_elsewhere
from kcbx_docs.desk.proxy_word import HEADER, proxy_word
from kcbx_docs.desk.user_table import UserTable, may_be_login
from kcbx_docs.light import dataclass
from kcbx_docs.problems import UserError

FORWARDED = "X-Forwarded-For"
_AT_PROXY = Refusal(403, "请从单位的网址进来，不要直接打开这个端口。")
_WITHOUT_WORD = Refusal(
    403, "代理没有带对口令，没有照办。请县里的管理员看「服务器」文件夹里的代理口令。"
)
_NOBODY = Refusal(403, "没有说明是谁登录了。请从单位的网址登录。")
_UNKNOWN = Refusal(403, "您的登录名没有登记在这里，请找县里的管理员登记。")
_SHUT = Refusal(503, "用户名单现在读不出来，先不放人进来。请告诉县里的管理员。")


@dataclass(frozen=True)
class Visitor:
    """Somebody who logged in, and where he sits."""

    user: ServerUser
    address: str


@dataclass(frozen=True)
class Gate:
    """The way in behind a proxy."""

    table: UserTable
    log: AccessLog
    word: str = field(repr=False)
    """By which the proxy is known."""

    @classmethod
    def of(cls, root: Path) -> "Gate":
        """Make the gate of a workspace; raise with all that is wrong with its users."""
        table = UserTable(root)
        table.now()
        return cls(table, AccessLog(root), proxy_word(root))

    def knows(self, knock: Knock) -> bool:
        """Tell whether a request bears the word of the proxy."""
        return compare_digest(knock.headers.get(HEADER, "").encode(), self.word.encode())

    def visitor(self, knock: Knock, peer: str) -> Visitor | Refusal:
        """Tell who comes, or why nobody may. What a request says of itself is believed only once
        it is known to come from the proxy.
        """
        try:
            users = self.table.now()
        except UserError:
            return _SHUT
        proxy = users.proxy
        if _plain(peer) not in map(_plain, proxy.addresses):
            return _AT_PROXY
        if not self.knows(knock):
            return _WITHOUT_WORD
        site = proxy.site.rstrip("/")
        if f"https://{knock.host}" != site.lower():
            return Refusal(421, f"请用单位的网址进来：{site}")
        if refusal := from_elsewhere(knock.at(site)):
            return refusal
        login = knock.headers.get(proxy.header.title(), "")
        if not login:
            return _NOBODY
        if user := users.known(login):
            return Visitor(user, _client(knock))
        told = login if may_be_login(login) else "（不是登录名）"
        does = "看" if knock.method in SAFE else "办"
        self.log.add((told, "", "没有登记", "", _client(knock), does, "", "", "拒绝"))
        return _UNKNOWN


def _plain(address: str) -> str:
    """Write an address in one way, whichever family of sockets it came by."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(found)


def _client(knock: Knock) -> str:
    """Return where the browser is: what the proxy itself added is last."""
    told = knock.headers.get(FORWARDED, "").rpartition(",")[2].strip()
    try:
        return str(ipaddress.ip_address(told))
    except ValueError:
        return ""
