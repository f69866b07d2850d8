"""The child and the order: absence, lawful reasons, deadline, service, check."""

from collections.abc import Mapping
from datetime import date
from itertools import chain

from kcbx_docs.case.births import GRADES
from kcbx_docs.case.fields import Deadline
from kcbx_docs.case.ids import FOREIGN_RESIDENT, PASSPORT, age_on
from kcbx_docs.case.sightings import reached
from kcbx_docs.law.calendar import MissingCalendar
from kcbx_docs.packs.procedure import Verdict
from kcbx_docs.procedure.checks.view import (
    Check,
    Hit,
    Hits,
    View,
    cannot_tell,
    doubtful,
    hit,
    hit_now,
)
from kcbx_docs.record.acts import Act
from kcbx_docs.record.conditions import untried
from kcbx_docs.record.progress import acts_in_order
from kcbx_docs.words import day_or_unknown

CUTOFF = "入学年龄计算日"
"""The pack's last day on which a child must have reached school age, month and day."""
_LATER_ROADS = ("行政处罚", "民事起诉")
_HELPING = ("学校劝返", "移送", "办结")
"""What is done for a child whose age nobody knows yet."""
_LONG = 60
"""Days after which a deadline to send a child to school is asked about; our own choice."""
_TWICE = 2
"""After how many times the limit a fine or a suit asks for a reason; our own choice."""
_FOR_GOOD = ("死亡或出境", "转学", "已完成义务教育")
"""Reasons after which nobody waits for the child at its old school."""
FOREIGN = (FOREIGN_RESIDENT, PASSPORT, "其他")


def absent(view: View) -> Hits:
    """An absence is recorded."""
    if view.progress.attendance.first is None:
        yield hit("PROC210")


def not_back(view: View) -> Hits:
    """The child has not come back."""
    attendance = view.progress.attendance
    if attendance.back:
        yield hit("PROC211", day=day_or_unknown(attendance.returned), title=view.title)


def not_back_in_time(view: View) -> Hits:
    """Who sent the child back before the deadline obeyed the order;
    later return weighs (行政处罚法 33).
    """
    attendance, order = view.progress.attendance, view.progress.order
    if not attendance.returned:
        return
    if order is None or order.end is None or attendance.returned <= order.end:
        yield hit("PROC212", "禁止", day=day_or_unknown(attendance.returned))
    else:
        yield hit("PROC213", day=day_or_unknown(attendance.returned), end=day_or_unknown(order.end))


def back(view: View) -> Hits:
    """The child has come back."""
    if not view.progress.attendance.back:
        yield hit("PROC214")


def reasons_examined(view: View) -> Hits:
    """Each lawful reason was examined: what nobody examined is not known to be absent."""
    if unexamined := view.case.exclusions.unexamined:
        penal = view.law.procedure.steps[view.step].route in ("行政处罚", "申请强制执行")
        yield hit("PROC298" if penal else "PROC215", names="、".join(unexamined))


def reasons_proved(view: View) -> Hits:
    """What was found of each lawful reason rests on evidence."""
    exclusions = view.case.exclusions
    bare = [
        name
        for name, found in exclusions.items()
        if found.examined and not found.evidence and name != "未到入学年龄"
    ]
    if bare:
        yield hit("PROC216", names="、".join(bare))


def seen_lately(view: View) -> Hits:
    """Somebody knew of the absence not long ago: a child may have come back unnoticed.
    An order says that it is away now; a fine and a suit first remind, and ask when it is longer.
    """
    attendance, limit = view.progress.attendance, view.law.figure("last-seen")
    if attendance.back:
        return
    seen = attendance.seen or attendance.since
    if seen and (view.day - seen).days > limit:
        days = (view.day - seen).days
        later = view.law.procedure.steps[view.step].route in _LATER_ROADS
        verdict: Verdict | None = "提醒" if later and days <= _TWICE * limit else None
        yield hit("PROC227", verdict, seen=day_or_unknown(seen), days=days, limit=limit)


def no_lawful_reason(view: View) -> Hits:
    """No lawful reason exists."""
    excuses = view.progress.excuses
    if excuses.dated:
        yield hit("PROC217", names="、".join(excuses.dated))
    if excuses.undated:
        yield hit_now("PROC217", names="、".join(excuses.undated))
    if excuses.doubtful:
        since = day_or_unknown(view.progress.attendance.round_start)
        yield hit_now("PROC355", "须说明理由", names="、".join(excuses.doubtful), since=since)


def of_school_age(view: View) -> Hits:
    """The child had reached school age when the school year of the absence began,
    and is not of age.
    """
    pupil = view.case.pupil
    found = [tuple(_out_of_school_age(view, born)) for born in pupil.births]
    if not found:
        # The statute asks for a child of that age, not for a day in our file.
        sits = view.case.situation != "未入学" and pupil.grade in GRADES
        yield hit("PROC592", "须说明理由" if sits and pupil.enrolled != "没有建立" else None)
    elif found[0] and found[-1] and found[0][0].code == found[-1][0].code:
        yield from found[0]
    elif found[0] or found[-1]:
        yield _between(view, "须说明理由")


def _out_of_school_age(view: View, born: date) -> Hits:
    age, first = age_on(born, view.day), view.progress.attendance.first
    cutoff = school_year_began(first, str(view.law.pack.values.get(CUTOFF))) if first else None
    start = view.law.figure("school-age")
    if age < start:
        yield hit("PROC218", age=age, start=start)
    elif cutoff and age_on(born, cutoff) < start:
        yield hit("PROC352", "须说明理由", day=day_or_unknown(cutoff), start=start)
    elif view.law.is_adult(born, view.day):
        yield hit("PROC219", age=age)


def _between(view: View, verdict: Verdict) -> Hit:
    """Say that the outcome turns on a birth of which only years are known."""
    first, last = view.case.pupil.births
    return hit("PROC607", verdict, first=day_or_unknown(first), last=day_or_unknown(last))


def child_is_minor(view: View) -> Hits:
    """An adult has no guardian whom anybody could ask to send him to school;
    a fine that was decided before stays owed.
    """
    births, route = view.case.pupil.births, view.law.procedure.steps[view.step].route
    if not births:
        # Whoever goes to school is a child as far as one can see; a sanction needs to know.
        young = route in _HELPING or (route == "责令改正" and view.case.situation != "未入学")
        yield hit("PROC592", "提醒" if young else None)
        return
    first, last = births[0], births[-1]
    if not view.law.is_adult(first, view.day):
        return
    if not view.law.is_adult(last, view.day):
        yield _between(view, "提醒" if route in _HELPING else "须说明理由")
        return
    enforcing = route == "申请强制执行"
    yield hit("PROC296" if enforcing else "PROC219", age=age_on(last, view.day))


def school_year_began(absence: date, cutoff: str) -> date | None:
    """Return the last cut-off before an absence; nothing where the pack gives no day."""
    if day_of_year(cutoff, absence.year) is None:
        return None
    days = (day_of_year(cutoff, year) for year in (absence.year, absence.year - 1))
    return next((day for day in days if day and day < absence), None)


def day_of_year(written: str, year: int) -> date | None:
    """Read a 月-日 of a pack in a year; nothing where it is none."""
    try:
        return date.fromisoformat(f"{year}-{written}")
    except ValueError:
        return None


def citizen(view: View) -> Hits:
    """Compulsory education binds those who hold Chinese nationality."""
    if view.case.pupil.id_type in FOREIGN:
        yield hit("PROC353", kind=view.case.pupil.id_type)


def has_deadline(view: View) -> Hits:
    """The order names a deadline that is still to come."""
    order = view.progress.order
    deadline = (order.act.period if order else None) or (
        view.case.order.deadline if view.case.order else None
    )
    if deadline is None:
        yield hit("PROC220")
    elif deadline.day and deadline.day <= view.day:
        yield hit("PROC221", day=day_or_unknown(deadline.day), today=day_or_unknown(view.day))
    elif _shortest(deadline, view.day):
        yield hit("PROC514", "提醒", deadline=deadline)
    elif _too_long(deadline, view.day):
        yield hit("PROC622", "提醒", deadline=deadline)
    elif off := _day_off(deadline, view):
        yield hit("PROC623", "提醒", deadline=deadline, off=off)


def _shortest(deadline: Deadline, day: date) -> bool:
    """Tell whether a deadline leaves a single day, in which nothing can be arranged."""
    if deadline.day:
        return (deadline.day - day).days <= 1
    return deadline.unit in ("日", "工作日") and deadline.count <= 1


def _too_long(deadline: Deadline, day: date) -> bool:
    """Tell whether a deadline is longer than anybody means who asks for a child to be sent back."""
    if deadline.day:
        return (deadline.day - day).days > _LONG
    days = deadline.count * {"月": 30, "工作日": 7 / 5}.get(deadline.unit, 1)
    return days > _LONG


def _day_off(deadline: Deadline, view: View) -> str:
    """Say why there are no lessons on a fixed last day, which nothing moves."""
    if deadline.day is None:
        return ""
    try:
        return view.law.calendar.rest_reason(deadline.day, view.law.region)
    except MissingCalendar:
        return ""


def no_running_order(view: View) -> Hits:
    """No earlier order is still running for this guardian."""
    order = view.progress.order
    if order is None or order.act.day >= view.day or order.annulled:
        return
    if order.end is None or order.end >= view.day:
        yield hit(
            "PROC222", day=day_or_unknown(order.act.day), number=order.act.number or "没有文号"
        )


def persuaded(view: View) -> Hits:
    """Persuasion came first; the statute does not make it a condition."""
    visits = view.progress.kinds.get("劝返", ())
    if not visits:
        yield hit("PROC223", title=view.title)
    elif not any(map(reached, visits)):
        yield hit("PROC530", title=view.title)


def still_to_return(view: View) -> Hits:
    """Nobody is persuaded for a child that died, or goes or went to school elsewhere;
    what was said on a visit of that very day is recorded all the same.
    """
    if any(event.day == view.day for event in view.progress.kinds.get("劝返", ())):
        return
    excuses = view.progress.excuses
    for names, told in ((excuses.dated, hit), (excuses.undated, hit_now)):
        if gone := [name for name in names if name in _FOR_GOOD]:
            yield told("PROC528", names="、".join(gone))


def reported(view: View) -> Hits:
    """The school reported in writing; the statute does not make it a condition of the order."""
    if not view.progress.kinds.get("书面报告"):
        yield hit("PROC224", title=view.title)


def persuasion_failed(view: View) -> Hits:
    """The last visit did not succeed."""
    last = view.progress.last("劝返")
    if last is None:
        yield hit("PROC225")
    elif last.result in ("同意返校", "已返校"):
        yield hit("PROC226", result=last.result, day=day_or_unknown(last.day))


def _no_order_needed(view: View) -> bool:
    penal = view.law.procedure.steps[view.step].route == "行政处罚"
    return penal and view.clause.needs_order is False


def _urged_by_nobody(view: View) -> bool:
    """Who sues for the child is asked for no order; one who is to be fined still needs it."""
    penal = view.law.procedure.steps[view.step].route == "行政处罚"
    return not penal and view.suit.represented_by(view.progress.guardian)


def order_served(view: View) -> Hits:
    """The order was served on this very guardian; a clause that needs no order asks for none."""
    order = view.progress.order
    if _no_order_needed(view):
        return
    if order is None:
        if not _urged_by_nobody(view):
            yield hit("PROC240", name=view.name)
    elif pending := order.act.pending(view.day):
        yield hit("PROC242", name=view.name, what="责令", day=day_or_unknown(pending))
    elif order.act.service and order.act.service.term and order.act.service.day is None:
        yield cannot_tell(order.act.service.term, "责令的公告送达日")
    elif order.served is None:
        yield hit("PROC241", name=view.name)
    elif order.annulled:
        yield hit("PROC243")
    elif unlawful := order.remedy.found_unlawful:
        facts = {"what": unlawful.name, "day": day_or_unknown(unlawful.decided)}
        yield hit("PROC455", "须说明理由", **facts)


def order_over(view: View) -> Hits:
    """The order's deadline has passed for this guardian."""
    order = view.progress.order
    if order is None or order.served is None or _no_order_needed(view):
        return
    if order.deadline is None:
        yield hit("PROC220")
    elif order.term and order.term.result is None:
        yield cannot_tell(order.term, "改正期限")
    elif order.end and order.end <= order.served:
        end, served = day_or_unknown(order.end), day_or_unknown(order.served)
        yield hit("PROC244", end=end, served=served, name=view.name)
    elif order.end and order.end >= view.day:
        yield hit("PROC245", end=day_or_unknown(order.end), name=view.name)
    elif order.term:
        yield from doubtful(order.term, "改正期限", view.day)


def checked_after(view: View) -> Hits:
    """After the deadline somebody made sure that the child is still away; a clause that needs
    no order asks for none.
    """
    order = view.progress.order
    if _no_order_needed(view):
        return
    if order and order.end and order.end < view.day and order.checked is None:
        yield hit("PROC246", end=day_or_unknown(order.end))


def service_beyond_doubt(view: View) -> Hits:
    """What is known of the services on which the step rests leaves no doubt."""
    p, e = view.progress, view.progress.enforcement
    resting = [p.order.act if p.order else None, p.notice]
    if view.law.procedure.steps[view.step].route == "申请强制执行":
        resting = [e.decision, e.demand] if e else []
    for act in resting:
        service = act.service if act else None
        for code, facts in service.doubts if service else ():
            yield hit(code, **facts)
        if service and act and (groups := view.lacking(service.event)):
            kinds = "；".join("或".join(group) for group in groups)
            yield hit("PROC135", name=view.name, document=view.law.title(act.document), kinds=kinds)


def others_tried(view: View) -> Hits:
    """A public notice comes only when the guardian is missing or every other way failed:
    for this very paper, by going there and by a further way.
    """
    act = _waiting(view)
    failures = act.failures if act else ()
    guardian = view.progress.guardian
    left = untried(failures, guardian, view.day, act.sent if act else ())
    if act and act.service and (pending := act.pending(view.day)):
        yield from _noticed(view, act, act.service.event.proof_day, pending)
        return
    if guardian.missing(view.day) or not left:
        return
    document = view.law.title(act.document) if act else "要送达的文书"
    told: dict[str, object] = {"name": view.name, "document": document}
    every = chain.from_iterable(known.failures for known in acts_in_order(view.progress))
    if not failures and untried(tuple(every), guardian, view.day):
        yield hit("PROC247", **told)
        return
    yield hit("PROC123", "须说明理由", **told, tried=left)


def _noticed(view: View, act: Act, published: date, until: date) -> Hits:
    """While a notice runs no other is posted; its own paper bears the day of its posting."""
    told: dict[str, object] = {
        "name": view.name,
        "document": view.law.title(act.document),
        "until": day_or_unknown(until),
        "day": published,
    }
    if view.day > published:
        yield hit("PROC488", "禁止", **told)
    else:
        yield hit("PROC560", "提醒", **told)


def _waiting(view: View) -> Act | None:
    """Return the latest paper that must be served and was not."""
    waiting: list[Act] = []
    for act in acts_in_order(view.progress):
        card = view.law.card(act.document)
        if card and card.served and act.served(view.day) is None:
            waiting.append(act)
    return waiting[-1] if waiting else None


def not_closed(view: View) -> Hits:
    """The case is neither closed, handed over nor suspended."""
    closed, handed = view.progress.closing.closed, view.progress.closing.handed
    if handed and handed.day < view.day:
        yield hit("LEAD030", day=day_or_unknown(handed.day), organ=handed.organ)
    elif handed and handed.day == view.day:  # what was made before it on that day stands
        yield hit_now("LEAD030", day=day_or_unknown(handed.day), organ=handed.organ)
    if closed and closed.day < view.day:
        yield hit("PROC248", day=day_or_unknown(closed.day))
    suspended, resumed = view.progress.last("中止"), view.progress.last("恢复")
    if suspended and suspended.day < view.day and (resumed is None or resumed.day < suspended.day):
        yield hit("PROC249", day=day_or_unknown(suspended.day), reason=suspended.reason)


CHECKS: Mapping[str, Check] = {
    "有缺课记录": absent,
    "孩子未返校": not_back,
    "没有及时改正": not_back_in_time,
    "孩子已返校": back,
    "近期见到缺课": seen_lately,
    "排除情形已查明": reasons_examined,
    "排除情形有依据": reasons_proved,
    "没有正当理由": no_lawful_reason,
    "孩子在学龄": of_school_age,
    "孩子未成年": child_is_minor,
    "孩子是中国公民": citizen,
    "有改正期限": has_deadline,
    "没有进行中的责令": no_running_order,
    "已经劝返": persuaded,
    "孩子还要返校": still_to_return,
    "学校已书面报告": reported,
    "劝返无效": persuasion_failed,
    "责令已送达": order_served,
    "改正期限已过": order_over,
    "期满后已核查": checked_after,
    "送达没有疑问": service_beyond_doubt,
    "其他方式送达不成": others_tried,
    "案件没有办结": not_closed,
}
