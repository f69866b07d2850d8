"""Which papers a case makes: one for each guardian, visit or served paper, as the document says."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kcbx_docs.case import history
from kcbx_docs.case.event import Event
from kcbx_docs.case.model import Case, Guardian
from kcbx_docs.case.official import OfficialLetter
from kcbx_docs.case.workspace import Office, Workspace
from kcbx_docs.packs.flatten import FlatTemplate
from kcbx_docs.packs.library import Library
from kcbx_docs.papers.context import EMPTY, PaperFacts, ServedFacts, case_facts, facts, letter_facts
from kcbx_docs.papers.issuer import issuer_of
from kcbx_docs.problems import Place, Problem, Problems, UserError, problem

RECEIPT = "service-receipt"


@dataclass(frozen=True)
class Paper:
    """One paper to be made: its template, its facts, and what its file is called."""

    document: str
    flat: FlatTemplate
    issuer: Office
    name: str
    facts: Mapping[str, Any]
    day: datetime.date
    guardian: str = ""
    title: str = ""


@dataclass(frozen=True)
class Desk:
    """What the papers of one case are made from."""

    library: Library
    workspace: Workspace
    case: Case
    events: tuple[Event, ...]
    day: datetime.date

    @property
    def happened(self) -> tuple[Event, ...]:
        """List the events known on the day."""
        return history.as_of(self.events, self.day)


def plan_case(desk: Desk, documents: Sequence[str] = ()) -> tuple[tuple[Paper, ...], Problems]:
    """List the papers of a case: those asked for, or all whose content the case holds."""
    papers: list[Paper] = []
    found: list[Problem] = []
    known = common_facts(desk)
    for name in documents or desk.library.ids:
        flat = desk.library.document(name)
        missing = _missing(flat, known)
        if missing and documents:
            found += [problem("PAPR002", Place(), title=flat.front.title, need=need) for need in missing]
        if missing or (not documents and flat.front.unit in ("公文", "学生", "班级")) or name == RECEIPT:
            continue
        try:
            papers += _papers(desk, flat, known)
        except UserError as error:
            found += error.problems
    if not documents or RECEIPT in documents or any(p.flat.front.served for p in papers):
        papers += list(_receipts(desk, papers, known))
    return tuple(papers), tuple(found)


def _missing(flat: FlatTemplate, known: Mapping[str, Any]) -> list[str]:
    return [need for need in flat.front.needs if not known.get(need)]


def common_facts(desk: Desk) -> dict[str, Any]:
    """Return what all papers of a case share."""
    office = desk.workspace
    by_kind = {o.kind: o for o in reversed(office.all_offices)}
    return {
        **EMPTY, **case_facts(desk.case, desk.day, desk.events),
        "教育行政部门": facts(by_kind.get("县级教育行政部门")),
        "属地政府": facts(by_kind.get("乡镇人民政府") or by_kind.get("街道办事处")),
        "执法人员": facts(office.officers), "复议机关": facts(office.review), "收款银行": facts(office.bank),
        "行政法院": facts(office.court_for("行政")), "民事法院": facts(office.court_for("民事")),
        "地方": desk.library.place_facts(), "今日": desk.day,
    }


def _papers(desk: Desk, flat: FlatTemplate, known: Mapping[str, Any]) -> Iterator[Paper]:
    issuer = issuer_of(flat.front.id, desk.library, desk.workspace, desk.case.office, desk.case.school, desk.day)
    if flat.front.unit == "监护人":
        for guardian in desk.case.guardians:
            yield _paper(desk, flat, issuer, known, guardian)
    elif flat.front.unit in ("劝返", "事项"):
        kind = "劝返" if flat.front.unit == "劝返" else str(flat.front.event)
        for number, event in enumerate(history.events_of(desk.happened, kind), 1):
            yield _paper(desk, flat, issuer, known, None, event, number)
    else:
        yield _paper(desk, flat, issuer, known)


def _paper(
    desk: Desk, flat: FlatTemplate, issuer: Office, known: Mapping[str, Any],
    guardian: Guardian | None = None, event: Event | None = None, number: int = 0,
) -> Paper:
    made = issued(desk, flat.front.id, guardian.name if guardian else "")
    day = made.day if made else event.day if event else desk.day
    text = (made.number if made and made.number else None) or number_text(flat, issuer, day)
    paper = PaperFacts(编号=flat.front.id, 标题=flat.front.title, 文号=text, 日期=day)
    own = {**known, "机关": facts(issuer), "监护人": facts(guardian), "事项": facts(event), "文书": facts(paper)}
    if day != desk.day:
        own |= case_facts(desk.case, day, desk.events)
    suffix = guardian.name if guardian and len(desk.case.guardians) > 1 else f"第{number}次" if number else ""
    return Paper(flat.front.id, flat, issuer, _stem(flat, suffix), own, day, guardian.name if guardian else "", flat.front.title)


def _receipts(desk: Desk, papers: Sequence[Paper], known: Mapping[str, Any]) -> Iterator[Paper]:
    """Make one receipt for every served paper and guardian."""
    if RECEIPT not in desk.library.ids:
        return
    flat = desk.library.document(RECEIPT)
    for paper in papers:
        if not paper.flat.front.served:
            continue
        for guardian in desk.case.guardians:
            if paper.guardian in ("", guardian.name):
                served = ServedFacts(文书=paper.title, 文号=paper.facts["文书"]["文号"])
                own = PaperFacts(编号=RECEIPT, 标题=flat.front.title, 日期=paper.day)
                data = {**paper.facts, "监护人": facts(guardian), "送达": facts(served), "文书": facts(own)}
                yield Paper(RECEIPT, flat, paper.issuer, _stem(flat, f"{paper.title}-{guardian.name}"), data, paper.day, guardian.name, flat.front.title)


def issued(desk: Desk, document: str, guardian: str) -> Event | None:
    """Find the event that made a document, for one guardian if named."""
    made = history.issues_of(desk.happened, desk.library.names(document))
    fitting = [e for e in made if e.kind == "制发" and (not guardian or history.concerns(e, guardian))]
    return fitting[-1] if fitting else None


def number_text(flat: FlatTemplate, issuer: Office, day: datetime.date) -> str | None:
    """Write a document number whose serial is left open for the register."""
    if not flat.front.number:
        return None
    if "{机关代字}" in flat.front.number and not issuer.code_word:
        raise UserError([problem("PAPR003", Place(), office=issuer.name, title=flat.front.title)])
    return flat.front.number.format_map({"机关代字": issuer.code_word, "年": day.year, "序号": "\u2003\u2003"})


def _stem(flat: FlatTemplate, suffix: str) -> str:
    return safe_name(f"{flat.front.order:03d}-{flat.front.title}" + (f"-{suffix}" if suffix else ""))


def safe_name(text: str) -> str:
    """Make a file name of a text: only letters, digits, Han characters and a few signs."""
    kept = "".join(c if c.isalnum() or c in "（）〔〕·_-" else "_" for c in text)
    while len(kept.encode()) > 180:
        kept = kept[:-1]
    return kept


def plan_letter(
    letter: OfficialLetter, library: Library, workspace: Workspace, day: datetime.date
) -> tuple[tuple[Paper, ...], Problems]:
    """List the single paper of an official letter."""
    day = letter.day or day
    name = "official-letter" if letter.kind != "函" else "official-letter-han"
    flat = library.document(name if name in library.ids else "official-letter")
    issuer = issuer_of(flat.front.id, library, workspace, letter.office, None, day)
    paper = PaperFacts(编号=flat.front.id, 标题=letter.title, 文号=letter.number or number_text(flat, issuer, day), 日期=day)
    own = {**EMPTY, "公文": letter_facts(letter), "机关": facts(issuer), "文书": facts(paper), "地方": library.place_facts(), "今日": day}
    return (Paper(flat.front.id, flat, issuer, safe_name(letter.title), own, day, "", letter.title),), ()
