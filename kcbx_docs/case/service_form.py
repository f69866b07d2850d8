"""What is asked of one attempt to serve a paper: only what its way and its outcome need,
in plain words; a form on paper or on a page asks the same.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import get_args

from kcbx_docs.case.event import Event
from kcbx_docs.case.event_form import form_of
from kcbx_docs.case.kinship import agent
from kcbx_docs.case.service_methods import (
    AGENT,
    CONFIRMATION,
    FAILED,
    MANDATE,
    METHODS,
    ORGAN_REFUSERS,
    PICTURES,
    REFUSED,
    REFUSERS,
    REPRESENTS,
    SENT,
    SERVED,
    Outcome,
    ProofKind,
    ServiceMethod,
    WitnessKind,
)
from kcbx_docs.light import dataclass

WAY, OUTCOME = "方式", "结果"
OUTCOMES: Mapping[Outcome, str] = {
    SERVED: "送到了",
    FAILED: "没有送到",
    SENT: "寄出了还没有消息",
}
"""What came of it, as somebody says it who was there."""

_SELF = ("", "本人")
_ASKED: Mapping[str, str] = {
    "时间": "几点几分（如 15:20，记不清的回车）",
    "地点": "在什么地方",
    "地点类别": "那是他的什么地方",
    "签收人": "谁签收的（本人签收直接回车）",
    "签收人类别": "那是谁（确认书指定代收的写 指定代收的代理人；收发室、驿站代收的照实写）",
    "关系": "签收的人是他的什么人",
    "拒收人": "谁拒收",
    "拒收原因": "为什么拒收",
    "影像资料": "照片、录像存在哪里、什么编号（作为证明附上的不用写，没有的回车）",
    "见证人.姓名": "谁见证（没有的回车）",
    "见证人.单位": "见证人是哪个单位的",
    "见证人.单位类别": "那是什么单位",
    "见证人.职务": "见证人的职务",
    "承办人": "谁去送的（几个人用顿号隔开）",
    "承运单位": "交给谁寄的",
    "邮件单号": "邮件号码",
    "交寄日期": "哪天寄出（如 2026-09-01）",
    "签收日期": "回执上写的签收日期（如 2026-09-03）",
    "受托机关": "委托哪个机关、由哪个单位转交",
    "受托机关类别": "那是什么单位",
    "送达地址": "发到哪个手机号或者邮箱",
    "到达日期": "哪天到达对方的系统（如 2026-09-01）",
    "公告媒介": "张贴在哪里、登在哪里（几处用顿号隔开）",
    "公告日期": "哪天公告，有几处的写最后一处（如 2026-09-01）",
    "原因": "当时是什么情况，为什么",
}
_USUAL: Mapping[str, str] = {"承运单位": "中国邮政"}


@dataclass(frozen=True)
class Question:
    """One thing that is asked."""

    key: str
    text: str
    needed: bool = False
    choices: tuple[str, ...] = ()
    usual: str = ""
    after: str = ""
    """Asked only where somebody is named there, and not the addressee himself."""

    def wanted(self, answers: Mapping[str, str], addressee: str) -> bool:
        """Tell whether it is to be asked after what was answered."""
        return not self.after or answers.get(self.after, "") not in (*_SELF, addressee)


def outcomes_of(way: str) -> Mapping[str, tuple[Outcome, bool]]:
    """List what may come of a way in plain words: the outcome, and whether it was refused."""
    method = METHODS[way]
    told: dict[str, tuple[Outcome, bool]] = {}
    for outcome in method.outcomes:
        if outcome == SERVED and _may_be_refused(method):
            told |= {"送到并签收了": (SERVED, False), "当面拒绝签收": (SERVED, True)}
        else:
            told[OUTCOMES[outcome]] = (outcome, False)
    return told


def _may_be_refused(method: ServiceMethod) -> bool:
    """Tell whether it may end with a signature or with a refusal."""
    return _REFUSAL in method.form and _REFUSAL not in _proving(method)


def _proving(method: ServiceMethod) -> set[str]:
    return {group[0] for group in method.proofs if len(group) == 1}


def questions(
    way: str, outcome: Outcome, *, organ: bool = False, refused: bool = False
) -> tuple[Question, ...]:
    """List what is asked of a way of service and of what came of it."""
    method = METHODS[way]
    needed = _NEEDED.get(outcome) or _proving(method)
    keys = [key for key in method.asked_of(outcome) if not (organ and key in _OF_PEOPLE)]
    if outcome == SERVED and _may_be_refused(method):  # who signed did not refuse, and vice versa
        left_out = _OF_SIGNING if refused else (_REFUSAL, *_OF_REFUSAL)
        keys = [key for key in keys if key not in left_out]
        needed = {*needed, _REFUSAL} if refused else needed
    return tuple(_question(key, needed=key in needed, organ=organ) for key in keys)


def day_key(way: str, outcome: Outcome) -> str:
    """Return the key of the day on which it happened, where that day has one of its own."""
    method = METHODS[way]
    if outcome == SENT:
        return _POSTED
    return method.day if outcome == SERVED and method.day in _proving(method) else ""


_POSTED = "交寄日期"
_REFUSAL = "拒收原因"
_OF_REFUSAL = ("拒收人", "地点类别", "影像资料")
_OF_PEOPLE = ("签收人类别", "关系")
_OF_SIGNING = ("签收人", "签收日期", *_OF_PEOPLE)
"""What is asked of who signs or refuses for a person; an organ's staff are no household."""
_NEEDED: Mapping[Outcome, set[str]] = {FAILED: {"原因"}, SENT: {_POSTED}}
_AFTER = {
    **dict.fromkeys(_OF_PEOPLE, "签收人"),
    **dict.fromkeys(("见证人.单位", "见证人.单位类别", "见证人.职务"), "见证人.姓名"),
}
_CHOICES = {blank.key: blank.choices for blank in form_of("送达")}
_CHOICES["见证人.单位类别"] = get_args(WitnessKind)


def _question(key: str, *, needed: bool, organ: bool = False) -> Question:
    choices, usual = _CHOICES.get(key, ()), _USUAL.get(key, "")
    others = REFUSERS if organ else ORGAN_REFUSERS
    choices = tuple(choice for choice in choices if choice not in others)
    return Question(key, _ASKED[key], needed, choices, usual, _AFTER.get(key, ""))


_NO_WITNESS: WitnessKind = "其他"

Groups = tuple[tuple[ProofKind, ...], ...]
"""Groups of kinds of proofs: one of each is kept."""


Local = Mapping[str, tuple[ProofKind, ...]]
"""By way of service what a place wants kept besides; the minimum of the table stays."""
NO_MORE: Local = MappingProxyType({})


def wanted(event: Event, local: Local = NO_MORE) -> Groups:
    """List the groups of proofs of which one each is kept for an attempt."""
    groups = (*wanted_of(event.method, event.outcome, local), *_authority(event))
    groups = tuple(dict.fromkeys(groups))
    if not _pictures_alone(event):
        return groups
    return (*(group for group in groups if PICTURES not in group), (PICTURES,))


def _authority(event: Event) -> Groups:
    """List the papers by which somebody may take or refuse in the addressee's place."""
    if event.outcome != SERVED:
        return ()
    named = event.designated or AGENT in (event.signed_by, event.refused_by)
    acting = event.signed_by == REPRESENTS or (event.signer and agent(event.relation))
    papers = ((CONFIRMATION, named), (MANDATE, acting and not named))
    return tuple((paper,) for paper, needed in papers if needed)


def _pictures_alone(event: Event) -> bool:
    """Tell whether only pictures prove a refusal: nobody stood by who may be a witness,
    or it was not left behind at all (民事诉讼法 89, 民诉解释 131 II).
    """
    method = METHODS.get(event.method)
    refused = event.refusal and not event.signer and event.outcome == SERVED
    if method is None or not refused or method.condition != REFUSED:
        return False
    seen = method.proofs and any(witness.kind != _NO_WITNESS for witness in event.witnesses)
    return not seen


def wanted_of(way: str, outcome: Outcome, local: Local, *, refused: bool = False) -> Groups:
    """List the groups of proofs of a way and of what came of it; what a place wants besides is of
    what succeeded; where it was ``refused`` outside the home, pictures prove it.
    """
    method = METHODS.get(way)
    groups = method.files.get(outcome, ()) if method else ()
    more = [(kind,) for kind in local.get(way, ())] if outcome == SERVED else []
    if refused and method and method.condition == REFUSED:
        more.append((PICTURES,))
    return tuple(dict.fromkeys((*groups, *more)))


def lacking(
    event: Event, kinds: Iterable[str], local: Local = NO_MORE, *, organ: bool = False
) -> Groups:
    """List the groups of which nothing was brought yet; an organ agrees to no way by a form."""
    known = {*kinds, *((CONFIRMATION,) if organ else ())}
    return tuple(group for group in wanted(event, local) if known.isdisjoint(group))
