"""The register of numbers: each number with its paper and what became of it; none is left out."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kcbx_docs.clock import CHINA
from kcbx_docs.ledger.model import (
    COMPLETED,
    CORRECTED,
    DETACHED,
    ISSUED,
    SEALED,
    STARTED,
    VOIDED,
    WITHDRAWN,
    Recorded,
)
from kcbx_docs.office.book import Issue, letter_name

HEADS = (
    *("年度", "制发机关", "代字", "序号", "文号", "文书", "案号", "受送达人、主送"),
    *("签发人", "成文日期", "登记时间", "经手人", "第几条", "备注"),
)
_LATER = (WITHDRAWN, VOIDED, COMPLETED, CORRECTED, SEALED, DETACHED)
_LAST = 10**9


def number_rows(events: Sequence[Recorded]) -> tuple[tuple[str, ...], ...]:
    """List the numbers series by series, also those of papers that were voided or withdrawn."""
    later: dict[int, list[Recorded]] = defaultdict(list)
    for one in events:
        if one.kind in _LATER:
            later[one.data.get("issue") or 0].append(one)
    rows = []
    for one in events:
        if one.kind == STARTED or (one.kind == ISSUED and Issue(one).number):
            rows.append((_order(one), _row(one, later[one.seq])))
    return tuple(row for _, row in sorted(rows))


def _order(one: Recorded) -> tuple[int, str, str, int, int]:
    """Put series by year; numbers of others, which belong to none, come last."""
    told = one.data.get("series")
    if not told:
        return _LAST, _issuer(one), "", 0, one.seq
    serial = told.get("serial", one.data.get("last", 0))
    return told["year"], told["issuer"], told["word"], serial, one.seq


def _issuer(one: Recorded) -> str:
    return str((one.data.get("series") or {}).get("issuer") or one.data.get("issuer") or "")


def _row(one: Recorded, later: Sequence[Recorded]) -> tuple[str, ...]:
    told = one.data.get("series") or {}
    issued = one.kind == ISSUED
    cells = (
        told.get("year"),
        _issuer(one),
        told.get("word"),
        told.get("serial"),
        Issue(one).number if issued else "",
        one.data.get("title"),
        letter_name(one.case) or one.case,
        one.data.get("guardian") or "、".join(Issue(one).recipients),
        one.data.get("signatory"),
        one.day if issued else "",
        f"{one.recorded_at.astimezone(CHINA):%Y-%m-%d %H:%M}",
        handler(one),
        one.seq,
        "；".join(_remarks(one, later) if issued else _start(one)),
    )
    return tuple("" if cell is None else str(cell) for cell in cells)


def handler(one: Recorded) -> str:
    """Name who recorded an event; whoever gives another name than that of the login is seen."""
    who = one.who
    other = who.login and who.login != who.name
    return f"{who.name}（登录名 {who.login}）" if other else who.name


def _start(one: Recorded) -> Iterator[str]:
    if lost := one.data.get("lost"):
        yield f"{lost[0]}—{lost[1]}号已发，记录丢失"
    else:
        yield f"起号：{one.data.get('last')}号以前在纸面登记簿上"
    yield str(one.data.get("reason", ""))


def _remarks(one: Recorded, later: Sequence[Recorded]) -> Iterator[str]:
    data = one.data
    if data.get("copy_of"):
        yield f"与第 {data['copy_of']} 条同一文号"
    if data.get("existing"):
        yield "补录"
    elif data.get("given"):
        yield "文号由别处编定"
    if data.get("differences"):
        yield f"定稿与本工具的文字有 {len(data['differences'])} 处不同"
    if one.clock_back:
        yield "登记时电脑时钟倒退"
    for other in later:
        reason = f"：{other.data['reason']}" if other.data.get("reason") else ""
        yield f"{other.day}{other.kind}{reason}（第 {other.seq} 条）"
