"""What must be known before a paper can say it: grounds, arrangements, silence of a party."""

from collections.abc import Mapping

from kcbx_docs.case.silences import NO_DEFENCE, NO_HEARING
from kcbx_docs.procedure.checks.penalty import amount_of
from kcbx_docs.procedure.checks.view import Check, Hits, View, hit
from kcbx_docs.record.confirmed import silences_of, time_over
from kcbx_docs.record.enforcement import extended_window
from kcbx_docs.record.gaps import asked_of
from kcbx_docs.words import day_in_words

_FINE, _NOTICE, _INCAPABLE = "建议处罚", "notice", "不能辨认或者控制行为"
_CORRECTED = ("轻微并及时改正", "初次违法轻微并及时改正")
_IN_PART = "部分采纳"
_ADOPTED = ("采纳", _IN_PART)
_ARRANGED = {
    "hearing_day": "听证日期",
    "hearing_clock": "听证时间",
    "place": "地点",
    "chair": "主持人",
}


def ground_known(view: View) -> Hits:
    """The ground of a decision not to punish is one of the law's, and fits what happened."""
    p = view.progress
    proposed = p.last("不予处罚") or p.last("调查终结")
    ground = proposed.ground if proposed else ""
    if not ground:
        yield hit("PROC291", name=view.name)
    elif ground in _CORRECTED and not p.attendance.back:
        yield hit("PROC292", name=view.name, ground=ground)
    elif ground == _INCAPABLE and not _without_capacity(view):
        yield hit("PROC434", name=view.name, ground=ground)


def _without_capacity(view: View) -> bool:
    guardian = view.progress.guardian
    return guardian.incapable(view.day) or guardian.limited(view.day)


def follows_report(view: View) -> Hits:
    """What is decided otherwise than the officers proposed is decided knowingly."""
    report = view.progress.last("调查终结")
    if report is None:
        return
    facts: dict[str, object] = {"day": day_in_words(report.day), "title": view.title}
    if report.result not in ("", _FINE):
        yield hit("PROC433", **facts, result=report.result)
    made = view.progress.acts.get(view.document, ())
    told = made[-1].amount if made and made[-1].day >= report.day else None
    if view.step == _NOTICE and told and report.amount and told != report.amount:
        yield hit("PROC435", **facts, proposed=report.amount, told=told)


def proved(view: View) -> Hits:
    """Something in the file proves that the child is away: a record, or evidence that is listed."""
    cards = (view.law.card(document) for document in view.progress.acts)
    recorded = any(card is not None and card.fact for card in cards)
    listed = any(piece.day is None or piece.day <= view.day for piece in view.case.evidence)
    if not (recorded or listed):
        yield hit("PROC466", name=view.name)


def defence_heeded(view: View) -> Hits:
    """What was adopted of a defence shows in the fine, or somebody says why not: what was adopted
    in part need not weigh on the fine, where the note tells which part.
    """
    p = view.progress
    told, heard = p.notice, p.last("陈述申辩")
    if told is None or heard is None or heard.day < told.day or heard.result not in _ADOPTED:
        return
    facts = {"day": day_in_words(heard.day), "result": heard.result}
    fine = amount_of(view)
    if fine is not None and told.amount is not None and fine >= told.amount:
        weighed = heard.result == _IN_PART and bool(heard.note)
        yield hit("PROC511", "提醒" if weighed else None, **facts, fine=fine)
    if not heard.note:
        yield hit("PROC517", "提醒", **facts)


def hearing_arranged(view: View) -> Hits:
    """Time, place, chair and publicity of the hearing are fixed before it is announced."""
    act = view.progress.act("听证通知")
    event = act.event if act else None
    missing = [key for name, key in _ARRANGED.items() if not (event and getattr(event, name))]
    if event is None or event.public is None:
        missing.append("公开")
    if missing:
        yield hit("PROC293", name=view.name, missing="、".join(missing))


def silence_confirmed(view: View) -> Hits:
    """An officer looked up that there was no defence, review or suit before the court is told."""
    if view.progress.enforcement is None:
        return
    missing = [one for one in silences_of(view.progress) if one != NO_HEARING]
    if missing:
        yield hit("PROC294", **asked_of(view.progress, missing))


def defence_confirmed(view: View) -> Hits:
    """An officer looked up that there was no defence, and nobody asked to be heard, before a
    decision says so; the paper may be made without it, and leaves that blank.
    """
    unheard = [one for one in silences_of(view.progress) if one in (NO_DEFENCE, NO_HEARING)]
    if missing := time_over(view.progress, unheard):
        facts = asked_of(view.progress, missing)
        yield hit("PROC458", **facts, papers=f"《{view.title}》")


def within_extended_window(view: View) -> Hits:
    """The months from the end of a deferral are kept too, where the suit period leaves room."""
    e = view.progress.enforcement
    window = extended_window(e, view.law) if e else None
    over = window.unrolled if window else None
    suit = e.remedy.suit.unrolled if e and e.remedy.suit else None
    if over and suit and suit < over < view.day:
        yield hit("PROC295", end=day_in_words(over))


CHECKS: Mapping[str, Check] = {
    "写明不予处罚的情形": ground_known,
    "听证已经安排": hearing_arranged,
    "有失学的证据": proved,
    "采纳的意见有体现": defence_heeded,
    "与调查结论一致": follows_report,
    "核实过没有救济": silence_confirmed,
    "核实过没有申辩": defence_confirmed,
    "分期后的申请期": within_extended_window,
}
