"""What a reader must know of a guardian's record before the steps: told, never judged."""

from collections.abc import Iterator
from datetime import date
from itertools import chain

from kcbx_docs.case.event import Event
from kcbx_docs.case.model import NOBODY_YET
from kcbx_docs.procedure.verdict import mended, unlawful
from kcbx_docs.record.appeals import appeal_term, court_paper
from kcbx_docs.record.challenges import CHALLENGES, Contest, contests_on, review_terms
from kcbx_docs.record.dangers import standing_dangers
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.enforcement import Enforcement
from kcbx_docs.record.home_teaching import behind
from kcbx_docs.record.jurisdiction import Jurisdiction
from kcbx_docs.record.leads import open_leads
from kcbx_docs.record.observing import AT_SCHOOL, EXCUSED, observing
from kcbx_docs.record.placement import doubts_of_plan, usual_placement
from kcbx_docs.record.progress import Progress, acts_in_order
from kcbx_docs.record.states import in_arrears, old_state

_PLACED = {"转学": "转学", "职业学校": "到职业学校就读", "送教上门": "由学校送教上门"}
"""How a child that is no longer absent is spoken of that did not come back to its school."""


def notes_of(docket: Docket, progress: Progress) -> Iterator[str]:
    """Yield what a reader must know before the steps of a guardian."""
    attendance, e = progress.attendance, progress.enforcement
    if progress.guardian == NOBODY_YET:
        yield (
            "监护人还没有查明。先查：户籍上的父母是谁、在不在世、现在哪里；父母都不能监护的，"
            "由哪一位亲属担任，或者由村（居）委会、民政部门担任。查明以后写进案件文件的「监护人」"
        )
    yield from _ended(docket, progress)
    yield from _leads(docket, progress)
    yield from _handed(progress)
    yield from _nothing_yet(docket, progress.day)
    if attendance.round > 1:
        yield f"第{attendance.round}次辍学，从{attendance.round_start}起程序重新开始"
        yield from _dangers_before(docket, progress)
    if in_arrears(progress) and e:
        yield f"前一次辍学的罚款（{e.decision.day}决定）还没有了结：{old_state(progress)}"
    yield from _found_unlawful(e)
    yield from _lawful_reasons(progress)
    if attendance.back:
        yield f"孩子{attendance.returned}已{_came_back(progress)}{_still_owed(docket, progress)}"
        yield from _checks_after(docket, progress)
        yield from _taught(docket, progress.day)
    if progress.order and (pending := progress.order.act.pending(progress.day)):
        yield f"责令正在公告送达，{pending}视为送达"
    yield from _on_its_way(progress)
    for paper, organ, tried in docket.undelivered(progress.day):
        what = f"《{paper.title}》{paper.number}没有送到{organ}"
        yield f"{what}（{tried.day}，{tried.reason}），请再送"
    yield from _overdue_reviews(docket, progress)
    yield from _contests_left(progress)
    if progress.decision is None:
        yield from _open_contests(docket, progress)
    yield from _not_in_force(docket, progress)


def _came_back(progress: Progress) -> str:
    """Say where the child is taught now: at its school, at another one, at home."""
    came = progress.last("返校")
    placed = came.placed if came else ""
    return _PLACED.get(placed, "返校")


def _checks_after(docket: Docket, progress: Progress) -> Iterator[str]:
    """Tell how the checks after the return went, and what to write when the child is away."""
    told = observing(progress, docket.law)
    if told.bad and told.bad.result not in (AT_SCHOOL, EXCUSED):
        yield f"{told.bad.day}复学观察：{told.bad.result}；查明又无故缺课的，写「再次缺课」"
    elif told.last and not told.left:
        yield f"复学观察做了{len(told.made)}次，最后一次{told.last.day}，{told.last.result}"
    elif not told.planned and progress.closing.ended is None:
        yield (
            "本地没有规定复学后哪几天观察，由学校定：记「返校」时写 观察日期=日期、日期；"
            "已经记了的，收回那一件，再照样记一次，或者在案件文件「返校」那一项里加「观察日期」"
        )


def _handed(progress: Progress) -> Iterator[str]:
    """Tell that the case went to another organ, or came from one."""
    handed, answered = progress.closing.handed, progress.closing.answered
    if handed:
        told = f"，{answered.day}对方接收" if answered else "，还没有收到回执"
        yield f"{handed.day}移交给{handed.organ}{told}"
    if taken := progress.last("接收移交"):
        former = f"（原编号 {taken.former_id}）" if taken.former_id else ""
        yield f"{taken.day}由{taken.organ}移交{former}；以前的文书是对方作出的，请自己再审查一遍"


def _taught(docket: Docket, day: date) -> Iterator[str]:
    """Tell what is usual here for a child that came back without a plan, what in its plan is
    doubtful, and how far teaching at home is behind.
    """
    usual = usual_placement(docket, day)
    if usual and docket.case.return_plan is None:
        yield f"还没有写「复学方案」；本地惯常的安置，{'；'.join(usual.lines)}；怎样安置由人决定"
    for found in (*doubts_of_plan(docket, day), *behind(docket, day)):
        yield found.message.rstrip("。")


def _leads(docket: Docket, progress: Progress) -> Iterator[str]:
    """Tell what becomes of a call or complaint: somebody looks, the school writes, who called is
    told.
    """
    for lead in open_leads(docket, progress.day):
        yield f"{lead.event.day}接到线索（{lead.event.source}），还{lead.missing}"
        if lead.undated:
            yield "核查时孩子没有到校：请写「首次缺课」，从哪一天起"
        if lead.unseen:
            yield "请及时核查孩子有没有到校，写「核查」；请学校劝返，没有效果的书面报告教育行政部门"
        elif lead.unreported:
            yield "请学校劝返，没有效果的写出书面报告，写「书面报告」；可以发函：kcbx new 公文"
        yield "处理结果以适当方式告知反映的人"


def _nothing_yet(docket: Docket, day: date) -> Iterator[str]:
    """Say that nothing had happened by the day that is looked at: nothing at all, or only later."""
    if docket.happened(day):
        return
    if later := [event.day for event in docket.events]:
        count = f"经过里的 {len(later)} 件事都在 {day} 以后，最早的是 {min(later)}"
        yield f"{count}：看的是哪一天，年份写错了没有"
    else:
        yield "经过里还没有记什么：有人反映的先记「接到线索」；查明缺课的记「首次缺课」，从哪一天起"


def _ended(docket: Docket, progress: Progress) -> Iterator[str]:
    """Say that somebody is no guardian any more, and what becomes of the child."""
    guardian, day = progress.guardian, progress.day
    if progress.grown:
        yield "孩子已经成年，没有监护人，不再劝返、责令；已经作出的处罚决定照常履行"
        return
    if not (ended := guardian.ended(day)):
        return
    yield f"{guardian.name}不再是监护人（{ended}），不再对他办理"
    left = [person.name for person in docket.remaining(day)]
    if left:
        yield f"其他监护人（{'、'.join(left)}）照旧办理"
    else:
        yield "请查明现在由谁监护，写进「监护人」另行办理；没有人监护的，通报民政部门"


def _dangers_before(docket: Docket, progress: Progress) -> Iterator[str]:
    """Ask whether a danger of an earlier dropout is there again, where nobody wrote one anew."""
    start, known = progress.attendance.round_start, standing_dangers(docket, progress.day)
    if start and known and not any(danger.day >= start for danger in known):
        kinds = "、".join(dict.fromkeys(danger.kind for danger in known))
        yield f"以前发现过{kinds}，请查明这一次是不是又有；又有的，在「危险情形」里另写一项并报告"


def _still_owed(docket: Docket, progress: Progress) -> str:
    """Say whether a fine is owed all the same: a lawful one that was served is."""
    e = progress.enforcement
    if e is None or e.paid_up or e.remedy.annulled:
        return ""
    if _void(docket, e, progress):
        return "；处罚决定不合法，先改正，不能要求缴纳"
    return "；罚款仍应缴纳" if e.served else "；处罚决定还没有送达，还不发生缴纳的义务"


def _void(docket: Docket, e: Enforcement, progress: Progress) -> bool:
    return bool(unlawful(docket, e.decision, progress.guardian.name)) and not mended(
        docket, e.decision, progress
    )


def _on_its_way(progress: Progress) -> Iterator[str]:
    for act in acts_in_order(progress):
        noticed = act.service is not None and act.service.term is not None
        if act.sent and (noticed or act.served(progress.day) is None):
            yield f"《{act.event.document}》{act.sent[-1].posted}寄出，还没有签收，也没有退回"


def _found_unlawful(e: Enforcement | None) -> Iterator[str]:
    if e and (unlawful := e.remedy.found_unlawful) and not e.remedy.annulled:
        yield f"处罚决定{unlawful.decided}被{unlawful.name}确认违法，没有撤销"


def _lawful_reasons(progress: Progress) -> Iterator[str]:
    excused = progress.excuses.standing
    if excused and not progress.attendance.back:
        yield f"查明有正当理由（{'、'.join(excused)}），不再劝返、责令、处罚"


def _contests_left(progress: Progress) -> Iterator[str]:
    """Tell of challenges to a penalty that was withdrawn: they go on until somebody ends them."""
    for contest in progress.left:
        if contest.end is None and contest.waiting is None:
            against = f"{contest.start.day}对处罚决定{contest.name}，还没有结果；决定已经撤回"
            yield f"{against}，当事人没有撤回的照样审理"
    paid = [one.amount for one in progress.kinds.get("缴纳罚款", ()) if one.amount]
    if paid and progress.enforcement is None and progress.closing.closed is None:
        yield f"缴了的罚款 {sum(paid)}元，处罚决定已经撤回：请依法退还，退库的凭证存进案卷"


def _open_contests(docket: Docket, progress: Progress) -> Iterator[str]:
    """Tell of challenges to the order that nobody has decided yet."""
    left = [contest.start for contest in progress.left]
    for contest in _contests(docket, progress):
        if contest.start not in left and contest.end is None and contest.waiting is None:
            against = f"{contest.start.day}对责令{contest.name}，还没有结果"
            yield f"{against}；复议、诉讼期间不停止执行"


def _overdue_reviews(docket: Docket, progress: Progress) -> Iterator[str]:
    """Tell of reviews that should be over: the party may sue, and time runs that nobody sees."""
    law, e = docket.law, progress.enforcement
    for contest in e.remedy.contests if e else ():
        terms = review_terms(contest, law)
        if terms is None or not terms[0].end or terms[0].end >= progress.day:
            continue
        first, longest = terms
        begun = f"{contest.start.day}申请的行政复议，从申请算，{law.figure_text(first.rule.id)}已满"
        yield f"{begun}（{first.end}），延长的最迟到{longest.end}；还没有结果，请向复议机关查问"
        if longest.end and longest.end < progress.day:
            sue = law.figure_text("suit-after-review")
            yield f"复议逾期不作决定的，当事人可以从期满起{sue}内起诉；请法制人员算清申请执行的期限"


def _contests(docket: Docket, progress: Progress) -> tuple[Contest, ...]:
    """List the challenges of the present dropout, with the results that are in force."""
    found = chain.from_iterable(progress.kinds.get(kind, ()) for kind in CHALLENGES)
    events = sorted(found, key=lambda event: event.day)
    return contests_on(events, docket.law, progress.day)


def _not_in_force(docket: Docket, progress: Progress) -> Iterator[str]:
    """Tell of first judgments that bind nobody yet: the time for an appeal runs, or one came."""
    suit = progress.judged
    if suit and suit.ended and suit.appealed and suit.appeal:
        yield _appealed("民事", suit.ended, suit.appeal)
    elif suit and suit.ended and suit.in_force is None:
        yield from _appealable("民事", suit.ended, docket.law, progress.day)
    for contest in _contests(docket, progress):
        judgment = contest.waiting
        if judgment and contest.appeal:
            yield _appealed("行政", judgment, contest.appeal)
        elif judgment:
            yield from _appealable("行政", judgment, docket.law, progress.day)


def _appealed(branch: str, judgment: Event, appeal: Event) -> str:
    first = f"{judgment.day}的第一审{branch}{court_paper(judgment)}"
    return f"{first}，{appeal.day}有人上诉，还没有生效，等第二审的结果"


def _appealable(branch: str, judgment: Event, law: Jurisdiction, day: date) -> Iterator[str]:
    term = appeal_term(judgment, law)
    if term is None:
        return
    first = f"{judgment.day}的第一审{branch}{court_paper(judgment)}"
    period = law.figure_text(term.rule.id)
    if term.end and term.end >= day:
        yield f"{first}可以上诉，上诉期{period}，到{term.end}；没有上诉的，期满生效"
    else:
        yield f"{first}的上诉期（{period}）已过或者算不出；请向法院核实有没有生效，写「生效日期」"
