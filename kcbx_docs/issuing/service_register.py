"""The register of service, and the list of proofs that are still to be brought, as text."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from kcbx_docs.case.event import Event
from kcbx_docs.case.model import Guardian
from kcbx_docs.case.service_form import Local, lacking
from kcbx_docs.issuing.gathered import UNFILED, Gathered
from kcbx_docs.issuing.organ_service import letter_papers
from kcbx_docs.issuing.service_list import ServiceLine, organ_lines, service_lines
from kcbx_docs.ledger.model import SERVED, SERVICE_MENDED, Recorded
from kcbx_docs.light import dataclass
from kcbx_docs.office.book import proofs_of, told_of
from kcbx_docs.office.detached import told_of_detached
from kcbx_docs.procedure.dues import Due, dues_of
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.organs import OrganPaper, papers_ever
from kcbx_docs.record.states import open_states

MAIL = "邮件单号"
HEADS = (
    *("第几条", "案号", "文书", "文号", "受送达人", "关系", "送达人", "方式", "日期", "时间"),
    *("地点", "结果", "签收", "见证人", MAIL, "影像资料", "送达日期", "期限届满"),
    *("待补证据", "备注"),
)
PROOF_HEADS = (
    *("第几条", "案号", "文书", "文号", "受送达人", "方式", "日期", "结果", "缺的证明"),
    "备注",
)


@dataclass(frozen=True)
class _Listed:
    """One line of the register, with what the case file and the law know beside."""

    line: ServiceLine
    relation: str = ""
    ends: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def service_rows(told: Gathered) -> tuple[tuple[str, ...], ...]:
    """List every attempt, and every paper that waits to be served."""
    return tuple(_row(one) for one in _listed(told, ends=True))


def proof_rows(told: Gathered) -> tuple[tuple[str, ...], ...]:
    """List the attempts of which a proof is lacking."""
    return tuple(_proof_row(one) for one in _listed(told) if one.line.lacking)


def _listed(told: Gathered, *, ends: bool = False) -> Iterator[_Listed]:
    for docket in told.dockets:
        recorded = told.of_case.get(docket.case.id, ())
        for line in service_lines(docket, told.day):
            person = docket.guardian(line.guardian)
            periods = tuple(_ends(docket, person, line)) if ends and person else ()
            relation = person.relation if person else ""
            yield _Listed(line, relation, periods, tuple(_mended(line, recorded)))
        every = tuple(papers_ever(docket.entries, docket.law, told.day))
        yield from _organs(every, docket.case.id, told)
    for case in told.unfiled:
        recorded = told.of_case[case]
        for line in _as_recorded(recorded, told.proofs):
            yield _Listed(line, remarks=(UNFILED, *_mended(line, recorded)))
    for letter in told.letters:
        yield from _organs(letter_papers(told.of_case[letter], told.proofs), letter, told)


def _organs(papers: Sequence[OrganPaper], matter: str, told: Gathered) -> Iterator[_Listed]:
    recorded = told.of_case.get(matter, ())
    for line in organ_lines(papers, matter, told.day):
        yield _Listed(line, remarks=tuple(_mended(line, recorded)))


def _as_recorded(recorded: Sequence[Recorded], local: Local) -> Iterator[ServiceLine]:
    """List the attempts of a case without its file: nothing is derived from them."""
    attempts = {one.seq: one.data for one in recorded if one.kind == SERVED}
    for seq, event in told_of(recorded).items():
        if seq in attempts:
            yield ServiceLine(
                case=next(one.case for one in recorded),
                title=event.document,
                number=event.number,
                guardian=str(attempts[seq].get("guardian") or attempts[seq].get("organ") or ""),
                state=event.outcome,
                event=event,
                seq=seq,
                note=event.reason or event.refusal,
                lacking=lacking(
                    event,
                    proofs_of(recorded, seq, event),
                    local,
                    organ=bool(attempts[seq].get("organ")),
                ),
            )


def _mended(line: ServiceLine, recorded: Sequence[Recorded]) -> Iterator[str]:
    for one in recorded:
        if line.seq and one.kind == SERVICE_MENDED and one.data.get("corrects") == line.seq:
            yield f"更正过：{one.data['reason']}（第 {one.seq} 条）"
    if line.seq:
        yield from told_of_detached(recorded, line.seq)


def _ends(docket: Docket, guardian: Guardian, line: ServiceLine) -> Iterator[str]:
    """List the periods that ran from a service, as they stood on the day from which it counts."""
    if line.event is None or line.counts is None:
        return
    rest = tuple(entry for entry in docket.entries if entry.event is not line.event)
    without = _dues(replace(docket, entries=rest), guardian, line.counts)
    known = {(due.what, due.by) for due in without}
    for due in _dues(docket, guardian, line.counts):
        if (due.what, due.by) not in known:
            yield f"{due.what}（{due.bound}）{due.by}"


def _dues(docket: Docket, guardian: Guardian, day: date) -> tuple[Due, ...]:
    progress = docket.progress(guardian, day)
    states = open_states(progress)
    return tuple(chain.from_iterable(dues_of(docket, progress, one, day) for one in states))


def _row(one: _Listed) -> tuple[str, ...]:
    line, event = one.line, one.line.event
    return (
        *(str(line.seq or ""), line.case, line.title, line.number, line.guardian, one.relation),
        *_how(event),
        line.state,
        *_proof(event),
        str(line.counts or ""),
        "\n".join(dict.fromkeys(one.ends)),
        _wanted(line),
        "；".join(filter(None, (line.note, "已过期限" if line.overdue else "", *one.remarks))),
    )


def _how(event: Event | None) -> tuple[str, ...]:
    """Tell who served in what way, when and where."""
    if event is None:
        return ("", "", "", "", "")
    clock = f"{event.clock:%H:%M}" if event.clock else ""
    where = event.place or event.address
    return "、".join(event.handlers), event.method, str(event.day), clock, where


def _proof(event: Event | None) -> tuple[str, ...]:
    """Tell who signed or saw it, the number of the letter, the pictures."""
    if event is None:
        return ("", "", "", "")
    return _signed(event), _seen(event), event.mail_number, "、".join(event.media)


def _signed(event: Event) -> str:
    if event.refused_by:
        return f"{event.refused_by}拒收" if event.refused_by != "无人在家" else event.refused_by
    relation = f"（{event.relation}）" if event.relation else ""
    return f"{event.signer}{relation}" if event.signer else ""


def _seen(event: Event) -> str:
    return "、".join(" ".join(filter(None, (one.unit, one.name))) for one in event.witnesses)


def _wanted(line: ServiceLine) -> str:
    return "；".join("或".join(group) for group in line.lacking)


def _proof_row(one: _Listed) -> tuple[str, ...]:
    line, event = one.line, one.line.event
    assert event is not None
    told = (line.case, line.title, line.number, line.guardian, event.method, str(event.day))
    return (str(line.seq or ""), *told, line.state, _wanted(line), "；".join(one.remarks))
