"""What is still to be served on whom, in which way next and why, and what to take along:
民事诉讼法 88–95 in the order in which they are tried.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from kcbx_docs.case.event import Event
from kcbx_docs.case.model import Guardian
from kcbx_docs.case.service_methods import METHODS, REFUSERS, Condition, ServiceMethod
from kcbx_docs.case.usual_words import refused_in_vain
from kcbx_docs.case.whereabouts import AT_HOME, Whereabouts
from kcbx_docs.law.citation import Citation
from kcbx_docs.light import dataclass
from kcbx_docs.packs.model import RECEIPT
from kcbx_docs.papers.notice_facts import NOTICE
from kcbx_docs.problems import Place, Problem, problem
from kcbx_docs.procedure.dues import dues_of
from kcbx_docs.procedure.under_way import awaited
from kcbx_docs.record.acts import Act
from kcbx_docs.record.conditions import untried
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.progress import Progress, acts_in_order
from kcbx_docs.record.states import open_states

QUIET = 14
"""Days without news after which somebody should look; our own choice, no figure of the law."""

VISITS = 2
"""How often somebody goes to who lives at home before a notice; our own choice as well."""


@dataclass(frozen=True)
class Way:
    """One way of service as it stands today for one paper and one person."""

    method: ServiceMethod
    open: bool
    why: str


@dataclass(frozen=True)
class Waiting:
    """A paper that is not served on a guardian yet."""

    act: Act
    title: str
    guardian: str
    told: str
    """What has been tried."""
    next: Way | None
    """How it is served next; nothing while a letter or a notice is on its way, or for the dead."""
    wait: str = ""
    """Why nothing is to be done today."""
    ways: tuple[Way, ...] = ()
    take: tuple[str, ...] = ()
    by: date | None = None
    """The last day on which the law lets it be served."""
    basis: tuple[Citation, ...] = ()
    since: date | None = None
    """The day of the last that happened to it."""

    def overdue(self, day: date) -> bool:
        """Tell whether its last day is over, or nobody moved for long."""
        late = self.by is not None and self.by < day
        quiet = self.since is not None and self.since + timedelta(days=QUIET) < day
        return late or (quiet and not self.pending(day))

    def pending(self, day: date) -> bool:
        """Tell whether a public notice runs, for which nothing but time is needed."""
        return self.act.pending(day) is not None


def plan(docket: Docket, day: date) -> tuple[Waiting, ...]:
    """List the papers of a case that wait for their service, person by person, by their day."""
    found: list[Waiting] = []
    for guardian in docket.case.guardians:
        progress = docket.progress(guardian, day)
        for act in acts_in_order(progress):
            if waits(docket, act, day):
                found.append(_waiting(docket, act, progress))
    return tuple(found)


def waits(docket: Docket, act: Act, day: date) -> bool:
    """Tell whether a paper is one that is served, and was not."""
    card = docket.law.card(act.document)
    return bool(card and card.served) and not act.implied and act.served(day) is None


def _waiting(docket: Docket, act: Act, progress: Progress) -> Waiting:
    guardian, day = progress.guardian, progress.day
    wait = _why_wait(act, guardian, day)
    ways = tuple(_ways(act, guardian, day))
    chosen = None if wait else _next(ways, act, guardian.where(day))
    by, basis = _last_day(docket, act, progress)
    return Waiting(
        act=act,
        title=docket.law.title(act.document),
        guardian=guardian.name,
        told="；".join(_tried(act)) or "还没有送过",
        next=chosen,
        wait=wait,
        ways=ways,
        take=tuple(_take(docket, chosen.method, act, guardian)) if chosen else (),
        by=by,
        basis=basis,
        since=max((act.day, *(event.day for event in (*act.failures, *act.sent)))),
    )


def next_way(act: Act, guardian: Guardian, day: date) -> Way | None:
    """Choose how a paper is served next, whatever became of it before."""
    return _next(tuple(_ways(act, guardian, day)), act, guardian.where(day))


def sent_too_soon(act: Act, guardian: Guardian, event: Event) -> Iterator[Problem]:
    """Tell of a paper that was given to others to bring on a day on which the plan did not offer
    that way; what came of it is recorded all the same.
    """
    method = METHODS[event.method]
    if not (method.travels and method.turn):
        return
    day = event.posted or event.day
    tried = tuple(failed for failed in act.failures if failed.day <= day)
    ways = _ways(replace(act, failures=tried), guardian, day)
    why = next((way.why for way in ways if way.method is method and not way.open), "")
    if why:
        facts = {"document": event.document, "name": guardian.name, "method": method.name}
        yield problem("SERV112", Place(), **facts, day=day, why=why)


def _why_wait(act: Act, guardian: Guardian, day: date) -> str:
    if ended := guardian.ended(day):
        return f"{guardian.name}不再是监护人（{ended}），不再送达"
    return awaited(act, day)


def _tried(act: Act) -> Iterator[str]:
    for event in sorted((*act.failures, *act.sent), key=lambda event: event.moment):
        what = event.reason or ("在途" if event.in_transit else event.refusal)
        yield f"{event.day}{event.method}：{what}"
    for service in act.services:
        if not service.valid:
            yield f"{service.event.day}{service.event.method}：不能算送达"


def _ways(act: Act, guardian: Guardian, day: date) -> Iterator[Way]:
    ordered = sorted(METHODS.values(), key=lambda method: method.turn)
    for method in ordered:
        if method.turn and method.condition:
            fits, why = _OFFERS[method.condition](method, act, guardian, day)
            yield Way(method, fits, why)


def _next(ways: Sequence[Way], act: Act, where: Whereabouts | None) -> Way | None:
    """Choose the first that fits and was not tried in vain; else try the first of them again.

    Who lives at home is looked for there a second time before a notice is posted.
    """
    tried = [event.method for event in act.failures]
    fitting = [way for way in ways if way.open]
    fresh = [way for way in fitting if way.method.name not in tried]
    chosen = next(iter(fresh or fitting), None)
    if chosen is None or not chosen.method.period or where != AT_HOME:
        return chosen
    for way in fitting:
        if way.method.in_person and tried.count(way.method.name) < VISITS:
            return Way(way.method, True, "下落写的是在家，公告以前再上门一次，拒收的可以留置")
    return chosen


_IF_AWAY = "；人住在外地、在外务工的，在案件文件里他的名下写 下落: 外出、下落日期、下落说明"
Offer = Callable[[ServiceMethod, Act, Guardian, date], tuple[bool, str]]


def _by_hand(method: ServiceMethod, act: Act, guardian: Guardian, day: date) -> tuple[bool, str]:
    """Somebody goes there; what was refused is left there."""
    refused = [event for event in act.failures if _refused(event, guardian)]
    if method.proofs:
        if not refused:
            return False, "没有人拒收；家中无人不是拒收"
        last = refused[-1]
        return True, f"{last.day}{last.refused_by or '本人'}拒收，再去一次，又拒收的留下文书"
    if guardian.not_at_home(day):
        return False, f"下落写的是{guardian.where(day)}，上门找不到本人"
    if guardian.limited(day):
        return True, f"他是{guardian.condition}，送给他的法定代理人签收"
    if guardian.away(day):
        return True, f"本人{guardian.where(day)}，先到家里看有没有同住的成年家属可以代收"
    return True, "先直接送给本人，本人不在的由同住的成年家属签收"


def _refused(event: Event, guardian: Guardian) -> bool:
    """Tell whether an attempt failed since the addressee refused, as chosen or as it says."""
    method = METHODS.get(event.method)
    visited = method is not None and method.in_person
    return event.refused_by in REFUSERS or (visited and refused_in_vain(event, guardian))


def _kept(_method: ServiceMethod, _act: Act, guardian: Guardian, day: date) -> tuple[bool, str]:
    if guardian.handed_on(day):
        return True, f"下落写的是{guardian.where(day)}，由那里的单位转交"
    return False, "本人不在部队，也没有被监禁、强制戒毒"


def _confirmed(
    _method: ServiceMethod, _act: Act, guardian: Guardian, day: date
) -> tuple[bool, str]:
    signed = guardian.service_confirmed
    if not (guardian.electronic_consent and signed and signed <= day):
        return False, "没有签过同意电子送达的送达地址确认书"
    if not guardian.electronic_address:
        return False, "没有写确认书上的电子送达地址"
    return True, f"{signed}签了确认书，同意发到{guardian.electronic_address}"


def _posted(_method: ServiceMethod, act: Act, guardian: Guardian, day: date) -> tuple[bool, str]:
    if guardian.not_at_home(day):
        return False, f"下落写的是{guardian.where(day)}，寄不到他本人"
    address = guardian.service_address or guardian.address
    if not address:
        return False, "没有地址"
    if not act.failures and not guardian.away(day):
        return False, "直接送达有困难的才邮寄" + _IF_AWAY
    confirmed = "（送达地址确认书）" if guardian.service_address else ""
    why = "直接送达没有成功" if act.failures else f"本人{guardian.where(day)}，直接送达有困难"
    return True, f"{why}，寄到{address}{confirmed}"


def _delegated(
    _method: ServiceMethod, _act: Act, guardian: Guardian, day: date
) -> tuple[bool, str]:
    if guardian.away(day):
        there = guardian.employer or guardian.whereabouts_note or "现在住的地方"
        return True, f"本人{guardian.where(day)}（{there}），请当地的行政机关代为送达"
    return False, "没有写本人到了别处" + _IF_AWAY


def _noticed(_method: ServiceMethod, act: Act, guardian: Guardian, day: date) -> tuple[bool, str]:
    if pending := act.pending(day):
        return False, f"正在公告，{pending}期满视为送达，不用再公告"
    if guardian.missing(day):
        return True, "下落不明"
    left = untried(act.failures, guardian, day, act.sent)
    return (False, left) if left else (True, "别的方式都没有送到")


_OFFERS: Mapping[Condition, Offer] = {
    "拒收以后留下": _by_hand,
    "在部队或被监禁": _kept,
    "本人确认过电子送达": _confirmed,
    "由邮政企业寄递": _posted,
    "由行政机关代办": _delegated,
    "送不到或下落不明": _noticed,
}
"""For each condition of the table of ways whether it is met today, and why."""


def receipt_of(docket: Docket) -> str:
    """Return what the receipt is called that is signed at service; nothing if there is none."""
    return next((card.title for card in docket.law.cards.values() if card.unit == RECEIPT), "")


def _take(docket: Docket, method: ServiceMethod, act: Act, guardian: Guardian) -> Iterator[str]:
    law = docket.law
    yield f"《{law.title(act.document)}》{act.number}"
    if method.period:
        yield from (f"《{law.title(notice)}》" for notice in law.documents_with(NOTICE))
    if (receipt := receipt_of(docket)) and not method.period:
        yield f"{receipt}一张"
    if method.by_officers:
        yield f"执法人员{law.registry.figure('officers-min')}名"
    yield from method.takes
    if method.in_person and guardian.service_confirmed is None:
        yield "送达地址确认书（还没有签过）"
    if guardian.language:
        yield f"会{guardian.language}的翻译"
    if guardian.literate is False:
        yield "当面宣读，本人不识字"


def _last_day(
    docket: Docket, act: Act, progress: Progress
) -> tuple[date | None, tuple[Citation, ...]]:
    """Find the last day of the step that serves the paper of this state."""
    if act is not _newest(docket, progress):
        return None, ()
    steps = docket.law.procedure.steps
    for state in open_states(progress):
        for due in dues_of(docket, progress, state, progress.day):
            if due.step in steps and steps[due.step].event == "送达":
                return due.by, due.basis
    return None, ()


def _newest(docket: Docket, progress: Progress) -> Act | None:
    waiting = [act for act in acts_in_order(progress) if waits(docket, act, progress.day)]
    return waiting[-1] if waiting else None
