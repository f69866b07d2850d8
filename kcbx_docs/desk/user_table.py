"""The users of a county's server as their file says now; it is read strictly."""

import ipaddress
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from threading import Lock
from urllib.parse import urlsplit

from kcbx_docs.case.files import WORKSPACE_FILE
from kcbx_docs.case.users import OF_SCHOOL, OF_TOWN, ServerUsers
from kcbx_docs.case.workspace import SCHOOL, issuing_organs
from kcbx_docs.light import regex
from kcbx_docs.office.files import CASES, SERVER
from kcbx_docs.office.opened import opening_of
from kcbx_docs.office.resting import digest
from kcbx_docs.problems import Place, Problem, problem, raise_errors, stop
from kcbx_docs.reading import Source, read_model, read_yaml
from kcbx_docs.words import advice_for_name

USERS = "用户.yaml"
_LOGIN = regex(r"[0-9A-Za-z][0-9A-Za-z._@+-]{0,63}")
_HEADER = regex(
    r"(?i:(X-|Remote-)(?!Forwarded-(For|Proto|Host|Port)$|Real-IP$|Kcbx-Proxy$)[0-9A-Za-z-]+)"
)


class UserTable:
    """The file of the users, read again when it changes."""

    def __init__(self, root: Path) -> None:
        self._root, self._lock = root, Lock()
        self._known: tuple[bytes, ServerUsers] | None = None

    def now(self) -> ServerUsers:
        """Return the users; raise with all that is wrong with their file."""
        text = digest(self._path)
        with self._lock:
            if self._known is None or self._known[0] != text:
                self._known = text, self._read()
            return self._known[1]

    @property
    def _path(self) -> Path:
        return self._root / SERVER / USERS

    def _read(self) -> ServerUsers:
        if not self._path.is_file():
            raise stop("DESK040", Place(), file=f"{SERVER}/{USERS}")
        source, found = read_yaml(self._path)
        raise_errors(found)
        users, found = read_model(ServerUsers, source)
        raise_errors(found)
        assert users is not None
        raise_errors((*_proxy_faults(users, source), *_user_faults(users, source, self._root)))
        return users


def may_be_login(text: str) -> bool:
    """Tell whether a text is written as logins are."""
    return bool(_LOGIN.fullmatch(text))


def _proxy_faults(users: ServerUsers, source: Source) -> Iterator[Problem]:
    proxy = users.proxy
    wrong = [one for one in (*proxy.addresses, proxy.listen) if not _is_address(one)]
    for address in wrong:
        yield problem("DESK043", source.place(("代理", "地址"), value=True), address=address)
    site = urlsplit(proxy.site)
    if site.scheme != "https" or not site.hostname or site.path.strip("/") or site.query:
        yield problem("DESK044", source.place(("代理", "网址"), value=True), site=proxy.site)
    if not _HEADER.fullmatch(proxy.header):
        yield problem("DESK045", source.place(("代理", "请求头"), value=True), header=proxy.header)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _user_faults(users: ServerUsers, source: Source, root: Path) -> Iterator[Problem]:
    seen: set[str] = set()
    schools, organs = _units(root)
    for number, user in enumerate(users.users):
        place = source.place(("用户", number, "登录名"), value=True)
        if not may_be_login(user.login):
            yield problem("DESK046", place, login=user.login)
        if user.login in seen:
            yield problem("DESK041", place, login=user.login)
        seen.add(user.login)
        known = {OF_SCHOOL: schools, OF_TOWN: organs}.get(user.role)
        if known is not None and user.unit not in known:
            place = source.place(("用户", number, "单位"), value=True)
            advice = advice_for_name(user.unit, known)
            yield problem(
                "DESK042", place, unit=user.unit or "没有写", role=user.role, advice=advice
            )


def _units(root: Path) -> tuple[Sequence[str], Sequence[str]]:
    """List the schools, and the other organs, that the office's files name."""
    below = (one.parent for one in (root / CASES).rglob(WORKSPACE_FILE))
    known = (opening_of(one).workspace for one in (root, *sorted(below)))
    every = [*chain.from_iterable(map(issuing_organs, filter(None, known)))]
    schools = [organ.name for organ in every if organ.kind == SCHOOL]
    return schools, [organ.name for organ in every if organ.kind != SCHOOL]
