"""What is looked at before a page of a county's server is opened: who asks, whether his role may,
whose file it is; and that it is written down first.
"""

from collections.abc import Callable
from contextlib import ExitStack, suppress
from http import HTTPStatus

from flask import Response, current_app, g, request

from kcbx_docs.case.users import OF_SCHOOL
from kcbx_docs.desk.behind_proxy import Gate, Visitor
from kcbx_docs.desk.door import SAFE, Knock, Refusal
from kcbx_docs.desk.here import PLUG_IN, kinds_here, may_make, of_others, the_desk, whole_desk
from kcbx_docs.desk.roles import Sight, may_open
from kcbx_docs.issuing.registers import NAMES
from kcbx_docs.ledger.model import Who
from kcbx_docs.ledger.who import acting, at_this_machine
from kcbx_docs.light import regex
from kcbx_docs.listing.names import ABOUT
from kcbx_docs.office.files import first_key, number_in
from kcbx_docs.problems import UserError

_ACTS = "kcbx_acts"
_LOOKED = "kcbx_looked"
_OF_NUMBER = ("案件", "批次")
_LISTS = (*ABOUT, *NAMES)
_FIGURE = regex(r"[0-9.]{1,6}")
_CAME = {404: "没有", 403: "拒绝"}
STATIC = "static"
_NOT_HIS = Refusal(403, "您的角色不能打开这一页。要办这件事，请找本机关或者县里负责的人。")
_NOT_ITS = Refusal(403, "这是机关的事，学校不能替它记、替它做。请告诉承办的机关。")
_NOT_OURS = Refusal(403, "这一件由别的单位承办，只能看，不能替它出文书、登记送达。")
_WRITES_DOWN, _MAKES = "writing_down", "papers.make"


def look_behind_proxy(gate: Gate, knock: Knock) -> Refusal | None:
    """Let somebody in who logged in at the proxy; from then on he sees and does what is his."""
    visitor = gate.visitor(knock, request.remote_addr or "")
    if isinstance(visitor, Refusal):
        return visitor
    user = visitor.user
    stack = g.setdefault(_ACTS, ExitStack())
    stack.enter_context(acting(Who(user.name, user.title, user.login)))
    setattr(g, PLUG_IN, the_desk().seen_by(Sight(user)))
    if request.endpoint in (None, STATIC):
        return None
    refusal = next(filter(None, (look() for look in _LOOKS)), None)
    told = _told_of(visitor)
    gate.log.add((*told, "拒绝" if refusal else ""))
    if refusal is None:
        setattr(g, _LOOKED, told)
    return refusal


def sit_down(name: str) -> None:
    """Let what is done from now on be done by who sits at the desk of this machine."""
    if name:
        g.setdefault(_ACTS, ExitStack()).enter_context(acting(at_this_machine(name)))


def tell_what_came(response: Response) -> Response:
    """Write down after a request that nothing was shown or done, where that is so."""
    told, gate = g.get(_LOOKED), whole_desk().gate
    if told and gate and response.status_code >= HTTPStatus.BAD_REQUEST:
        with suppress(UserError):  # what is shown is the refusal
            gate.log.add((*told, _CAME.get(response.status_code, "没有办成")))
    return response


def leave(_error: BaseException | None = None) -> None:
    """Let nothing more be done by who asked."""
    if stack := g.pop(_ACTS, None):
        stack.close()


def _sight() -> Sight:
    sight = the_desk().sight
    assert sight
    return sight


def _closed() -> Refusal | None:
    view = current_app.view_functions.get(request.endpoint or "")
    return None if may_open(view, _sight().role) else _NOT_HIS


def _kind_of_others() -> Refusal | None:
    """Refuse events of an organ that somebody who is not of it would write down. Every value is
    looked at, in the address and in the form: nobody can know which of them a page will take.
    """
    sight, path = _sight(), the_desk().named(_call())
    if request.blueprint != _WRITES_DOWN or path is None:
        return None
    if sight.role != OF_SCHOOL and not of_others(path):
        return None
    kinds, organs = request.values.getlist("kind"), request.values.getlist("机关")
    if set(kinds) <= {*kinds_here(path)} and set(organs) <= {"", sight.user.unit}:
        return None
    return _NOT_ITS if sight.role == OF_SCHOOL else _NOT_OURS


def _organ_of_others() -> Refusal | None:
    """Refuse whatever is done to a file in the name of an organ or a school that the user is not
    of; what somebody did or saw he may write down.
    """
    sight = _sight()
    own = request.method in SAFE or request.blueprint == _WRITES_DOWN or _makes_its_own(sight)
    path = None if own else the_desk().named(_call())
    return _NOT_OURS if path and of_others(path) else None


def _makes_its_own(sight: Sight) -> bool:
    """Tell whether somebody of a school makes papers: what is not the school's is left out, and
    refused where it is named.
    """
    return sight.role == OF_SCHOOL and request.endpoint == _MAKES


def _papers_named() -> list[str]:
    return [one for one in request.values.getlist("doc") if one]


def _paper_of_others() -> Refusal | None:
    """Refuse the papers of an organ where somebody of a school would make them."""
    if request.blueprint != "papers":
        return None
    path = the_desk().named(_call())
    ours = path is None or all(may_make(path, document) for document in _papers_named())
    return None if ours else _NOT_ITS


_LOOKS: tuple[Callable[[], Refusal | None], ...] = (
    _closed,
    _kind_of_others,
    _organ_of_others,
    _paper_of_others,
)


def _call() -> str:
    return str((request.view_args or {}).get("call", ""))


def _told_of(visitor: Visitor) -> tuple[str, ...]:
    """Tell who does what to which case, by its number: a file may be called after a child."""
    user = visitor.user
    does = "看" if request.method in SAFE else "办"
    who = (user.login, user.name, user.role, user.unit, visitor.address)
    return (*who, does, request.url_rule.rule if request.url_rule else "", _numbered())


def _numbered() -> str:
    """Name the case or batch by its number, the list and the figure in it; nothing that somebody
    may have typed.
    """
    name, figure = (request.view_args or {}).get("name"), request.args.get("figure", "")
    told = (_number(), name if name in _LISTS else "", figure if _FIGURE.fullmatch(figure) else "")
    return " ".join(filter(None, map(str, told)))


def _number() -> str:
    path = the_desk().named(_call()) if _call() else None
    if path is None:
        return ""
    key = first_key(path)
    told = number_in(path) if key in _OF_NUMBER else None
    return told.number if told else key or "读不出来的文件"
