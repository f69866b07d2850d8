"""What is said of a file, a number or a code that somebody had looked up."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from kcbx_docs.issuing.likeness import ADVICE, STRANGE, Likeness
from kcbx_docs.ledger.codes import LENGTH, length_of_miscopied
from kcbx_docs.ledger.model import CORRECTED

SHOWN = 5
"""Differences that are shown; of more, how many there are."""
_NOT_FOUND = (
    "台账里没有文号、编号「{what}」，也没有这个名称的文件；请照纸面写全，如 青政责改〔2026〕1号。"
    "写全了也没有的，请看是不是别的单位、别的一册制发的。"
)


def verdict_of(one: Likeness, title: Callable[[str], str]) -> str:
    """Say in one line what it is."""
    return "，".join(filter(None, (one.verdict, one.standing, *paper_of(one, title))))


def differences_of(one: Likeness) -> Iterator[str]:
    """Say where its words are others than those that were kept."""
    for told in one.differences[:SHOWN]:
        yield f"「{told.before}」以后：制发时是「{told.ours}」，这里是「{told.theirs}」"
    if len(one.differences) > SHOWN:
        yield f"另有 {len(one.differences) - SHOWN} 处不同。"


def advice_on(one: Likeness, what: str) -> str:
    """Say what to do; ``what`` is the number or code that was typed, nothing for a file."""
    if one.verdict == STRANGE and what and not one.code:
        if many := length_of_miscopied(what):
            return f"像是核验码，可是有 {many} 个字，应是 {LENGTH} 个：请对照纸面再抄一遍。"
        return _NOT_FOUND.format(what=what)
    if one.miscopied:
        return "核验码有一个字不对：抄错了，或者不是程序印的；请对照纸面再看一遍。"
    if one.code and one.issue is None and one.slip is None:
        return "这个核验码不是这一册给的；请看是不是别的单位、别的一册制发的。"
    return ADVICE.get(one.verdict, "")


def paper_of(one: Likeness, title: Callable[[str], str]) -> Iterator[str]:
    """Say which paper it is, whose, and what became of it; ``title`` calls papers as here."""
    if one.code:
        yield f"核验码 {one.code}"
    if one.slip:
        titles = "》《".join(map(title, one.slip.papers))
        yield f"{one.slip.serial}《{titles}》{one.slip.class_name}"
    if one.why:
        yield f"第 {one.seq} 条，{one.why}"
    if one.issue is None:
        return
    data, recorded = one.issue.recorded.data, one.issue.recorded
    yield f"《{data.get('title', '')}》{one.issue.number}"
    if name := data.get("guardian"):
        yield f"受送达人{name}"
    yield f"{recorded.day}（第 {one.seq} 条）"
    told: Mapping[str, Any] = data.get("event") or {}
    for later in one.issue.later:
        if reason := later.data.get("reason"):
            yield f"{later.day}{later.kind}{_put_right(later.data, told)}：{reason}"
        if later.kind == CORRECTED:
            told = later.data.get("event") or told


def _put_right(data: Mapping[str, Any], before: Mapping[str, Any]) -> str:
    """Write what a correction changed: whoever holds the paper must know what counts."""
    event: Mapping[str, Any] = data.get("event") or {}
    changed = [f"{key} {value}" for key, value in event.items() if before.get(key) != value]
    words = [*(changed if before else ()), data.get("content") or ""]
    text = "、".join(filter(None, words))
    return f"（{text}）" if text else ""


def likeness_data(one: Likeness) -> dict[str, object]:
    """Return plain data for ``--json``."""
    row: dict[str, object] = {"verdict": one.verdict, "standing": one.standing or None}
    row |= {"code": one.code} if one.code else {}
    row |= {"seq": one.seq, "why": one.why} if one.why else {}
    row |= {"serial": one.slip.serial, "class": one.slip.class_name} if one.slip else {}
    if one.issue:
        recorded = one.issue.recorded
        row |= {"title": recorded.data.get("title"), "number": one.issue.number}
        row |= {"guardian": recorded.data.get("guardian"), "day": recorded.day, "seq": one.seq}
    return {**row, "differences": [told.as_data() for told in one.differences]}
