"""The name of where a case stands for one guardian."""

from kcbx_docs.packs.procedure import State
from kcbx_docs.record.enforcement import Enforcement
from kcbx_docs.record.progress import Progress

_SETTLED: tuple[State, ...] = ("不予处罚", "已缴清", "执行完毕", "处罚已撤销")
"""Where a penalty has come to its end, though the child may still be away (义务教育法 58)."""


def state_of(p: Progress) -> State:
    """Name the state; what is furthest up the ladder of the present dropout decides."""
    return open_states(p)[0]


def open_states(p: Progress) -> tuple[State, ...]:
    """List the state with those beside it: a suit bars no penalty, a penalty no suit,
    and a child that is away may always be reported.
    """
    if ended := _ended(p):
        return (ended,)
    penal = _penal_track(p)
    tracks = (penal, _civil_state(p), None if penal else _order_track(p))
    away = p.attendance.since is not None and not p.attendance.back
    punished = away and (p.decision is not None or p.no_penalty is not None)
    beside: tuple[State | None, ...] = (
        "未到校" if away else None,
        "处罚后未到校" if punished else None,
        "了结后未到校" if punished and penal in _SETTLED else None,
        _order_after_outcome(p) if punished else None,
    )
    return tuple(state for state in (*tracks, *beside) if state)


def _order_after_outcome(p: Progress) -> State | None:
    """Name where a new order stands that was made after the outcome: the duty goes on."""
    outcome = p.decision or p.no_penalty
    newer = p.order and outcome and p.order.act.day > outcome.day
    return _order_state(p) if newer else None


def _order_track(p: Progress) -> State:
    """With a lawful reason nobody is ordered or persuaded any more: the case may be closed."""
    if p.excuses.standing:
        return "有正当理由"
    return _order_state(p) or _school_state(p)


def _penal_track(p: Progress) -> State | None:
    if p.decision and p.enforcement:
        return enforcement_state(p.enforcement, p)
    if p.no_penalty:
        return "不予处罚"
    if p.attendance.back:
        return "已返校"
    if p.grown or p.guardian.ended(p.day):
        return "监护已终止"
    return _penalty_state(p)


def _ended(p: Progress) -> State | None:
    suspended, resumed = p.last("中止"), p.last("恢复")
    if p.closing.ended:
        return "已移交" if p.closing.handed else "已结案"
    return "中止" if suspended and (resumed is None or resumed.day < suspended.day) else None


def enforcement_state(e: Enforcement, p: Progress) -> State:
    """Name the state after a penalty decision."""
    if e.remedy.annulled:
        return "处罚已撤销"
    if e.execution and e.execution.result == "执行完毕":
        return "执行完毕"
    if e.paid_up:
        return "已缴清"
    if e.remedy.pending:
        return "复议诉讼中"
    return _court_state(e) or _demand_state(e, p) or _payment_state(e, p)


def _court_state(e: Enforcement) -> State | None:
    if e.execution or (e.ruling and e.ruling.result != "不准予执行"):
        return "法院执行中"
    refused = e.accepted and e.accepted.result == "不予受理"
    if e.ruling or refused:
        return "法院不准执行"
    return "已申请执行" if e.application else None


def _demand_state(e: Enforcement, p: Progress) -> State | None:
    if e.demand is None:
        return None
    if p.served(e.demand) is None:
        return "催告待送达"
    over = e.demand_term is not None and e.demand_term.end is not None and e.demand_term.end < p.day
    return "催告期满" if over else "催告期内"


def _payment_state(e: Enforcement, p: Progress) -> State:
    if e.served is None:
        return "决定待送达"
    return "逾期未缴" if e.pay_by and e.pay_by < p.day else "缴款期内"


def _penalty_state(p: Progress) -> State | None:
    if p.notice is None:
        return "已立案" if p.filing else None
    if p.served(p.notice) is None:
        return "告知待送达"
    if p.hearing_open:
        return "待听证"
    if p.heard:
        return "待决定"
    # Who gave up his defence may still ask for a hearing: that right has a time of its own.
    return "听证申请期内" if p.waived or p.window_over else "申辩期内"


def _civil_state(p: Progress) -> State | None:
    brought = [one for one in p.suits if one.filed is not None and one.filed is p.suit]
    if not brought:
        return None
    suit = brought[-1]
    if suit.open:
        return "民事诉讼中"
    withdrawn = suit.ended is not None and suit.ended.kind == "撤诉"
    return None if withdrawn else "民事已结"


def _order_state(p: Progress) -> State | None:
    if p.order is None or p.order.annulled:
        return None
    if p.order.served is None:
        return "责令待送达"
    return "责令期满" if p.order_over else "责令期内"


def _school_state(p: Progress) -> State:
    if p.kinds.get("书面报告"):
        return "已报告"
    if p.kinds.get("劝返") or p.kinds.get("劝返通知"):
        return "劝返中"
    return "缺课" if p.attendance.since else "无缺课"


def in_arrears(p: Progress) -> bool:
    """Tell whether a fine of an earlier dropout is still open."""
    e = p.enforcement
    return bool(e and p.decision is None and not e.paid_up and not e.remedy.annulled)


def old_state(p: Progress) -> str:
    """Name where the fine of an earlier dropout stands."""
    return enforcement_state(p.enforcement, p) if p.enforcement else ""
