"""The register of cases: for each guardian the papers, the state and what is due next, as text."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from kcbx_docs.case.event import Event
from kcbx_docs.issuing.gathered import UNFILED, Gathered
from kcbx_docs.issuing.told import MAKING
from kcbx_docs.ledger.model import VOIDED, WITHDRAWN
from kcbx_docs.office.book import Issue, issues_in
from kcbx_docs.office.todo import LATER, Todo, todos_of
from kcbx_docs.procedure.standing import GuardianStanding, outline
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.progress import acts_in_order

HEADS = (
    *("案号", "学生", "监护人", "关系", "证件号码", "首次缺课", "立案日期", "文书"),
    *("状态", "下一件要做的事", "到期", "结案", "备注"),
)


def case_rows(told: Gathered, hidden: Callable[[str], str]) -> tuple[tuple[str, ...], ...]:
    """List the guardians of every case; numbers of identity are shown as ``hidden`` shows them."""
    rows: list[tuple[str, ...]] = []
    for docket in sorted(told.dockets, key=lambda docket: docket.case.id):
        issues = issues_in(told.of_case.get(docket.case.id, ()))
        standing = outline(docket, told.day)
        known = (issues, todos_of(standing, docket.law))
        rows += (_row(docket, person, told, known, hidden) for person in standing.guardians)
    for case in told.unfiled:
        rows += _unfiled(told, case)
    return tuple(rows)


def _row(
    docket: Docket,
    person: GuardianStanding,
    told: Gathered,
    known: tuple[Sequence[Issue], Sequence[Todo]],
    hidden: Callable[[str], str],
) -> tuple[str, ...]:
    issues, todos = known
    progress, guardian = person.progress, docket.guardian(person.guardian)
    mine = [one for one in issues if one.guardian in ("", person.guardian)]
    own = [_told(one) for one in mine if not one.standing]
    first = docket.attendance(told.day).first
    due = min(person.due, key=lambda due: due.by, default=None)
    return (
        *(docket.case.id, docket.case.pupil.name, person.guardian, person.relation),
        hidden(guardian.id_number) if guardian else "",
        str(first or ""),
        _day(progress.last("立案")),
        "\n".join((*_papers(docket, person, mine), *own)),
        person.state,
        *((due.what, str(due.by)) if due else ("；".join(_now(person, todos)), "")),
        _closed(progress.closing.closed),
        "",
    )


def _now(person: GuardianStanding, todos: Sequence[Todo]) -> Iterator[str]:
    """Say what is to be done for a guardian that has no last day."""
    own = (one for one in todos if one.guardian == person.guardian)
    yield from (one.what for one in own if one.when not in LATER)


def _papers(docket: Docket, person: GuardianStanding, issues: Sequence[Issue]) -> Iterator[str]:
    """Tell each paper with its days; one that is served on nobody says nothing of service."""
    issued = {one.document for one in issues if one.standing} | set(_said_made(docket))
    for act in acts_in_order(person.progress, earlier=True):
        title = f"《{docket.law.title(act.document)}》{act.number}"
        card = docket.law.card(act.document)
        done = "制发" if act.number or act.document in issued else "记录"
        made = "" if act.implied else f" {act.day}{done}"
        served = act.served(person.progress.day)
        waits = "，未送达" if card and card.served else ""
        yield f"{title}{made}{f'，{served}送达' if served else waits}"


def _day(event: Event | None) -> str:
    return str(event.day) if event else ""


def _closed(event: Event | None) -> str:
    return f"{event.day} {event.result}".strip() if event else ""


def _said_made(docket: Docket) -> Iterator[str]:
    """Name the documents of which the record tells that they left the house, not only of what
    they are about.
    """
    for event in docket.events:
        if event.kind == MAKING:
            yield docket.law.document(event.document)


def _told(one: Issue) -> str:
    """Tell of a paper as it was issued, and of its end if it has come."""
    made = f"《{one.title}》{one.number} {one.recorded.day}制发"
    ends = (later for later in one.later if later.kind in (WITHDRAWN, VOIDED))
    return made + "".join(f"，{end.day}{end.kind}" for end in ends)


def _unfiled(told: Gathered, case: str) -> Iterator[tuple[str, ...]]:
    """List the papers of a case that the ledger alone tells of; no state is derived."""
    papers: dict[str, list[str]] = defaultdict(list)
    for one in issues_in(told.of_case[case]):
        papers[str(one.recorded.data.get("guardian") or "")].append(_told(one))
    for name, lines in papers.items():
        yield (case, "", name, *("",) * 4, "\n".join(lines), *("",) * 4, UNFILED)
