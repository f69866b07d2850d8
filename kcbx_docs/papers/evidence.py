"""The list of evidence: what the case names, and what the history shows was made or proved."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from kcbx_docs.case.event import Event
from kcbx_docs.case.model import Evidence
from kcbx_docs.papers.procedure_facts import EvidenceLine
from kcbx_docs.record.acts import Act
from kcbx_docs.record.contradictions import acts_in_order
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.jurisdiction import Jurisdiction
from kcbx_docs.words import day_in_words

_RECORDS = {
    "劝返": ("劝返记录", "劝返的经过和结果"),
    "书面报告": ("学校书面报告", "劝返无效，学校已报告"),
    "批评教育": ("批评教育记录", "对监护人批评教育的经过"),
    "核查": ("核查记录", "核查时孩子是否在校"),
    "询问": ("询问笔录", "被询问人陈述的事实"),
    "听证": ("听证笔录", "听证的经过和意见"),
    "陈述申辩": ("陈述申辩材料", "当事人的意见和复核"),
    "缴纳罚款": ("缴款凭证", "已经缴纳的数额"),
}
_PROVES = {
    "order-to-correct": "责令的内容和改正期限",
    "penalty-notice": "处罚前已告知内容和权利",
    "penalty-decision": "处罚的内容、依据和救济途径",
    "spot-decision": "当场处罚的内容和依据",
    "demand-letter": "申请执行前已催告",
}


def evidence_lines(docket: Docket, day: date) -> tuple[EvidenceLine, ...]:
    """List evidence: first as the case names it, then records and papers by day; nothing twice."""
    named = docket.case.evidence
    lines = [(_written(e), e.day) for e in named]
    found = sorted(_from_history(docket, day), key=lambda line: line[1] or day)
    fresh = [(line, when) for line, when in found if not _named(line["名称"], named)]
    return tuple(
        EvidenceLine(序号=n, 日期=when, **line)
        for n, (line, when) in enumerate([*lines, *fresh], 1)
    )


def _written(e: Evidence) -> dict[str, Any]:
    keys = {
        "名称": e.name,
        "来源": e.source,
        "证明对象": e.proves,
        "形式": e.form,
        "页码": e.pages,
        "份数": e.copies,
    }
    return {key: value or None for key, value in keys.items()}


def _named(name: str | None, evidence: Sequence[Evidence]) -> bool:
    """A record that the case names itself, alone or as one of several, is not listed again."""
    bare = (name or "").split("（")[0].strip("《》")
    return any(bare in e.name for e in evidence)


Line = tuple[dict[str, Any], date | None]


def _from_history(docket: Docket, day: date) -> Iterator[Line]:
    for event in docket.happened(day):
        if event.kind in _RECORDS:
            name, proves = _RECORDS[event.kind]
            yield _record(event, name, proves)
    shown: set[tuple[str, str, date]] = set()
    for guardian in docket.case.guardians:
        for act in acts_in_order(docket.progress(guardian, day)):
            if act.document in _PROVES:
                if (act.document, act.number, act.day) not in shown:
                    shown.add((act.document, act.number, act.day))
                    yield _paper(act, docket.law)
                yield from _receipt(act, guardian.name, day, docket.law)


def _record(event: Event, name: str, proves: str) -> Line:
    day = event.day
    who = event.recorder or "、".join(event.handlers) or None
    return {
        "名称": f"{name}（{day_in_words(day)}）",
        "来源": who,
        "证明对象": proves,
        "形式": None,
    }, day


def _paper(act: Act, law: Jurisdiction) -> Line:
    number = f"（{act.number}）" if act.number else ""
    return {
        "名称": f"《{law.title(act.document)}》{number}",
        "来源": None,
        "证明对象": _PROVES[act.document],
        "形式": None,
    }, act.day


def _receipt(act: Act, name: str, day: date, law: Jurisdiction) -> Iterator[Line]:
    served = act.served(day)
    if served:
        title = law.title(act.document)
        yield (
            {
                "名称": f"《{title}》送达回证（{name}）",
                "来源": None,
                "证明对象": f"{title}已送达{name}",
                "形式": None,
            },
            served,
        )
