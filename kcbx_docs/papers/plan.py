"""Which papers a case makes: one for each guardian, visit or served paper that is allowed.

Unasked it makes what the record holds and the papers of the single next step.
"""

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from kcbx_docs.case.dangers import Department
from kcbx_docs.case.event import Event
from kcbx_docs.case.event_kinds import EVENT_FIELDS
from kcbx_docs.case.fields import safe_name
from kcbx_docs.case.letter import Letter, LetterKind
from kcbx_docs.case.model import Guardian
from kcbx_docs.case.workspace import NEAR, Organ, where_written
from kcbx_docs.office.opened import Office
from kcbx_docs.packs.library import Library
from kcbx_docs.packs.model import RECEIPT, Card
from kcbx_docs.packs.values import joined_lines
from kcbx_docs.papers.context import (
    EMPTY,
    PaperFacts,
    case_facts,
    facts,
    guardian_facts,
    order_facts,
)
from kcbx_docs.papers.desk import Desk
from kcbx_docs.papers.evidence import evidence_for, whom_it_is_for
from kcbx_docs.papers.fill_facts import procedure_facts
from kcbx_docs.papers.heads import head_faults, refuse_unsound
from kcbx_docs.papers.letter_facts import letter_facts
from kcbx_docs.papers.notice_facts import NOTICE, notice_facts
from kcbx_docs.papers.numbers import number_text
from kcbx_docs.papers.paper import Paper, stem_of
from kcbx_docs.papers.public_facts import concerns, public_facts
from kcbx_docs.papers.receipts import (
    beneath,
    receipts_for,
    receipts_of_organs,
    with_own_receipt,
)
from kcbx_docs.papers.rivals import without_rivals
from kcbx_docs.papers.subject import Subject
from kcbx_docs.problems import (
    Place,
    Problem,
    Problems,
    UserError,
    as_warning,
    errors,
    problem,
    stop,
    with_subject,
)
from kcbx_docs.procedure.issuers import choose, issuer_of
from kcbx_docs.procedure.verdict import addresses_guardian, permission
from kcbx_docs.record.dangers import (
    REPORT,
    open_reports,
    report_event,
    spoken,
    with_department,
)

_SCHOOLING: Department = "教育"
"""Of whom help is asked where there is no danger: the child lives or learns elsewhere."""
MADE_ELSEWHERE = {
    "公文": "它由公文文件生成，用 kcbx new 公文 新建一个",
    "工作": "它由工作文件生成，用 kcbx new 工作 新建一个",
    **dict.fromkeys(("班级", "批次"), "它随一批文书印，用 kcbx new 批次 新建一个批次"),
    "模板包": "它由 kcbx pack proof 印，在一地全部文书的样张前面",
    "案卷": "它在整理案卷时编排：kcbx dossier {case}，先列出还缺什么",
}
"""Units whose papers no case file makes, and from what they come."""
OTHER_FILES = ("学生", *MADE_ELSEWHERE)


def plan_case(
    desk: Desk, documents: Sequence[str] = (), *, apart: bool = False
) -> tuple[tuple[Paper, ...], Problems]:
    """List the papers of a case: those asked for, or those of its history and of the next step;
    ``apart``, receipts are wanted also where they stand under their papers.
    """
    receipts = desk.library.ids_of(RECEIPT)
    # Receipts are of other papers: who asks for them alone gets those of all that are made.
    if documents and set(documents) <= set(receipts):
        every, doubts = plan_case(desk, apart=True)
        return tuple(paper for paper in every if paper.document in documents), doubts
    papers: list[Paper] = []
    found = [as_warning(one) if desk.draft else one for one in desk.docket.clashes]
    for card in _documents(desk, documents):
        made, problems = _papers_if_there(desk, card, asked=bool(documents))
        papers += made
        found += problems
    kept, problems = without_rivals(desk, papers, asked=bool(documents))
    dropped = tuple(f"《{paper.title}》" for paper in papers if paper not in kept)
    found = [one for one in found if not (dropped and one.subject.startswith(dropped))]
    papers = [with_own_receipt(desk, paper) for paper in kept]
    found += problems
    if apart or not beneath(desk):
        made, problems = _receipts(desk, receipts, papers, apart=apart)
        papers, found = [*papers, *made], [*found, *problems]
    return tuple(papers), tuple(dict.fromkeys(found))


def _receipts(
    desk: Desk, receipts: Sequence[str], papers: Sequence[Paper], *, apart: bool
) -> tuple[list[Paper], list[Problem]]:
    """Make the receipts of papers; ``apart``, also of those that are for organs."""
    made, found = list[Paper](), list[Problem]()
    for receipt in receipts:
        flat = desk.library.document(receipt)
        printable, problems = _with_receipt(desk, receipt, papers)
        made += receipts_for(desk, flat, printable)
        made += receipts_of_organs(desk, flat, papers) if apart else ()
        found += problems
    return made, found


def _documents(desk: Desk, asked: Sequence[str]) -> Iterator[Card]:
    """Yield the documents asked for, or all that a case may have; receipts follow the papers."""
    receipts = desk.library.ids_of(RECEIPT)
    for name in asked or desk.library.ids:
        card = desk.library.card(name)
        if name not in receipts and (asked or card.unit not in OTHER_FILES):
            yield card


def _papers_if_there(desk: Desk, card: Card, *, asked: bool) -> tuple[list[Paper], list[Problem]]:
    """Make a document if the case has what it needs; say so where somebody waits for it."""
    if wrong := errors(tuple(head_faults(card, desk.library.heading(card.id).said_at))):
        return [], [*wrong] if asked or _expected(desk, card) else []
    missing = [*_not_there(desk, card)]
    if not missing:
        return _papers(desk, card, asked=asked)
    if asked:  # who may not make it need not write down what it needs
        return [], [*issuer_of(desk.docket, card.id, desk.day).refusal] or missing
    return [], [as_warning(one) for one in missing] if _expected(desk, card) else []


def _expected(desk: Desk, card: Card) -> bool:
    """Tell whether the record or the next step has a document, so that its absence is told."""
    made = desk.docket.issued(card.id, desk.day)
    return made is not None or card.id in _ready(desk, "", asked=False)


def _not_there(desk: Desk, card: Card) -> Iterator[Problem]:
    """Say what the case lacks for a document."""
    title = card.title
    if not desk.case.guardians and addresses_guardian(desk.docket.law, card.id):
        yield problem("PAPR065", Place(), title=title)
    if whence := MADE_ELSEWHERE.get(card.unit):
        yield problem("PAPR047", Place(), title=title, whence=whence.format(case=desk.case.id))
        return
    for need in card.needs:
        if not desk.common.get(need):
            code = "PAPR033" if need in NEAR else "PAPR002"
            yield problem(code, Place(), title=title, need=need, where=where_written(need))
    if card.own_party and _no_party(desk):
        yield problem("PAPR028", Place(), title=title)


def _papers(desk: Desk, card: Card, *, asked: bool) -> tuple[list[Paper], list[Problem]]:
    """Make a document for everybody for whom it is allowed;
    refusals are errors only where nobody gets what was asked for.
    """
    papers: list[Paper] = []
    found: list[Problem] = []
    refused: list[Problem] = []
    for subject in _subjects(desk, card, asked=asked):
        unasked = not asked and not subject.recorded
        if unasked and card.id not in _ready(desk, subject.name, asked=False):
            continue
        try:
            office, problems = _allowed(desk, card, subject)
            if not errors(problems):
                found += problems
                papers.append(_paper(desk, card, office, subject))
            elif not unasked:
                # A step that asks for a reason is offered by kcbx next, not made unasked.
                refused += problems if asked else [_left_out(card, subject), *problems]
        except UserError as error:
            found += error.problems
    if papers or not asked:
        refused = [as_warning(refusal) for refusal in refused]
    return papers, [*found, *refused]


def _left_out(card: Card, subject: Subject) -> Problem:
    """Say that a paper of the record is not made again, since it was unlawful on its day."""
    name = subject.name or "本案"
    return problem("PAPR026", Place(), title=card.title, name=name, made=subject.issued)


def _subjects(desk: Desk, card: Card, *, asked: bool) -> Iterator[Subject]:
    """Yield whom or what a document is about; those of other guardians are not wanted."""
    for subject in _every_subject(desk, card, asked=asked):
        if not desk.guardian or subject.name in ("", desk.guardian):
            yield subject


def _every_subject(desk: Desk, card: Card, *, asked: bool) -> Iterator[Subject]:
    if card.unit == "监护人":
        for guardian in desk.case.guardians:
            if concerns(desk.docket, card, guardian, desk.day):
                yield from _made_or_due(desk, card, guardian, asked=asked)
    elif card.unit in ("劝返", "事项"):
        yield from _events_of(desk, card, asked=asked)
    else:
        yield from _made_or_due(desk, card, None, asked=asked)


def _events_of(desk: Desk, card: Card, *, asked: bool) -> Iterator[Subject]:
    events = _told_by(desk, card)
    for suffix, told in zip(_suffixes(events), events, strict=True):
        without = _left_no_paper(desk, card, told)
        if without and not asked:
            continue
        event = _follow_up(card, told, desk.day) if without else told
        people = desk.docket.addressees(event)
        yield Subject(people[0] if len(people) == 1 else None, event, suffix=suffix)


def _told_by(desk: Desk, card: Card) -> list[Event]:
    """List the events of a document's kind; dangers that nobody reported yet ask for a letter."""
    kind = "劝返" if card.unit == "劝返" else str(card.event)
    events = [event for event in desk.docket.happened(desk.day) if event.kind == kind]
    if kind != REPORT:
        return events
    events += [report_event(one, desk.day) for one in open_reports(desk.docket, desk.day)]
    return [with_department(event, desk.docket.law) for event in events]


def _suffixes(events: Sequence[Event]) -> Iterator[str]:
    """Tell the papers of events apart: by the organ that a letter went to, else by their order."""
    written: list[str] = []
    for number, event in enumerate(events, 1):
        organ = event.organ if "机关" in EVENT_FIELDS[event.kind].required else ""
        written.append(organ)
        again = written.count(organ)
        if organ:
            yield f"{organ}-第{again}次" if again > 1 else organ
        else:
            yield f"第{number}次"


def heading_of(card: Card, event: Event | None) -> str:
    """Return the title of a paper: that of its event where the card has several."""
    if event is None or not card.headings:
        return card.title
    danger = "危险情形" if event.danger else ""
    asks_help = "协助" if event.department == _SCHOOLING and not event.danger else ""
    keys = (asks_help, event.department, danger, "其他")
    known = (card.headings.get(key) for key in keys)
    return next(filter(None, known), card.title)


def _no_party(desk: Desk) -> bool:
    """Tell whether the only matter before a court is the child's own: no fine is left for one."""
    docket, day = desk.docket, desk.day
    followed = (docket.progress(g, day).enforcement for g in docket.case.guardians)
    owing = any(e is not None and not e.settled for e in followed)
    return docket.suit(day).by_child and not owing


def _left_no_paper(desk: Desk, card: Card, event: Event) -> bool:
    """Tell whether an event was done without this paper: by telephone, or by somebody else."""
    elsewhere = bool(event.placed) and event.placed in card.elsewhere
    return elsewhere or spoken(event, desk.docket.law)


def _follow_up(card: Card, event: Event, day: datetime.date) -> Event:
    """Return what a paper says that follows a report by telephone: it bears its own day."""
    return event.model_copy(update={"day": day}) if card.written_ways else event


def _made_or_due(
    desk: Desk, card: Card, guardian: Guardian | None, *, asked: bool
) -> Iterator[Subject]:
    """Yield every paper that was made, each under a name of its own, and the one that may be made;
    one of an earlier dropout is no answer to a new one, and who wants another one has none.
    """
    name = guardian.name if guardian else ""
    made = desk.docket.all_issued(card.id, desk.day, name)
    if desk.anew:
        yield Subject(guardian, suffix=_turn(len(made) + 1))
        return
    for turn, act in enumerate(made, 1):
        yield Subject(guardian, made=act, suffix=_turn(turn))
    start = desk.docket.attendance(desk.day).round_start
    anew = bool(made and start) and all(act.day < start for act in made if start)
    if not made or (anew and card.id in _ready(desk, name, asked=asked)):
        yield Subject(guardian, suffix=_turn(len(made) + 1))


def _turn(number: int) -> str:
    """Tell the files of several papers of one kind apart; the first needs nothing."""
    return f"第{number}次" if number > 1 else ""


def _ready(desk: Desk, guardian: str, *, asked: bool) -> set[str]:
    """List the documents of the steps that may be taken today; unasked, of the next ones only."""
    found: set[str] = set()
    for person in desk.standing.guardians:
        if guardian not in ("", person.guardian):
            continue
        for option in person.allowed:
            if asked and option.open:
                found.update(option.documents, option.enclosed)
            found.update(option.unasked)
    return found


def _allowed(desk: Desk, card: Card, subject: Subject) -> tuple[Organ, Problems]:
    """Ask the procedure; a draft may always be made, and says what stands against it."""
    day = subject.day(desk.day)
    answer = permission(desk.docket, card.id, subject.name, day)
    who = f"（{subject.name}）" if subject.name else ""
    paper = f"《{card.title}》{who}"
    past = subject.recorded and day < desk.day
    told = answer.problems(with_reason=bool(desk.reason), past=past)
    found = [with_subject(one, paper) for one in told if one.severity != "note"]
    if not errors(found):
        found += answer.issuer.refusal
    if desk.draft or _left_the_house(desk, subject):
        found = [as_warning(one) for one in found]
    return answer.issuer.organ or desk.workspace.office, tuple(found)


def _left_the_house(desk: Desk, subject: Subject) -> bool:
    """Tell whether the ledger holds a paper: it is shown as it was issued, whatever is known now,
    and never made anew.
    """
    made = subject.made.event if subject.made else None
    return any(entry.seq and entry.event is made for entry in desk.docket.entries)


def _paper(desk: Desk, card: Card, issuer: Organ, subject: Subject) -> Paper:
    day, flat = subject.day(desk.day), desk.library.document(card.id)
    number = subject.written_number or number_text(card, issuer, day, flat.said_at("文号"))
    title = heading_of(card, subject.event)
    recorded = subject.event or (subject.made.event if subject.made else None)
    told = procedure_facts(desk.docket, subject.name, day, issuer, recorded)
    own = {
        **desk.common,
        "机关": facts(issuer),
        "监护人": guardian_facts(subject.guardian, day),
        "事项": facts(subject.event),
        "文书": facts(PaperFacts(编号=card.id, 标题=title, 文号=number, 日期=day)),
        "程序": facts(told),
    }
    own |= _facts_of_day(desk, card, subject, day)
    several = len(desk.case.guardians) > 1 and not subject.event
    suffix = "-".join(filter(None, (subject.name if several else "", subject.suffix)))
    return Paper(
        document=card.id,
        flat=flat,
        issuer=issuer,
        name=stem_of(flat, suffix, title),
        facts=public_facts(card, own),
        day=day,
        guardian=subject.name,
        title=title,
        clause=told.basis.citation,
        issued=subject.issued,
        event=_recorded_on(desk, subject),
        turn="" if subject.event else subject.suffix,
        told=recorded,
    )


def _recorded_on(desk: Desk, subject: Subject) -> str:
    """Return the day of the event that a paper records; a report that is only proposed has left
    nobody's house, and tomorrow's takes its place.
    """
    event = subject.event
    if event is None or (event.kind == REPORT and not _happened(desk, event)):
        return ""
    return str(event.day)


def _happened(desk: Desk, event: Event) -> bool:
    told = desk.docket.happened(desk.day)
    return any(with_department(known, desk.docket.law) == event for known in told)


def _facts_of_day(desk: Desk, card: Card, subject: Subject, day: datetime.date) -> dict[str, Any]:
    """Return the facts of the case that a paper's day and addressee make others than today's."""
    own = case_facts(desk.docket, day) if day != desk.day else {}
    people = whom_it_is_for(desk.docket, day, subject.name)
    own["证据"] = facts(evidence_for(desk.case, day, *people))
    if card.role == NOTICE and subject.guardian:
        own["送达公告"] = facts(notice_facts(desk.docket, subject.guardian, day))
    if card.role == "责令" and subject.made and subject.made.period:
        own["责令"] = order_facts(desk.case.order, subject.made.period)
    return own


def _with_receipt(
    desk: Desk, receipt: str, papers: Sequence[Paper]
) -> tuple[list[Paper], list[Problem]]:
    """Keep the served papers whose receipt can be printed: its law of service is registered."""
    printable: list[Paper] = []
    found: list[Problem] = []
    for paper in [paper for paper in papers if paper.flat.front.served]:
        missing = desk.docket.law.uncitable(receipt, paper.day)
        if titles := (*missing.always, *missing.possible):
            facts = {"title": paper.title, "titles": "》《".join(titles)}
            found.append(problem("PROC465", Place(), **facts, day=paper.day))
        else:
            printable.append(paper)
    return printable, found


def letter_document(library: Library, kind: LetterKind) -> str:
    """Return the document of an official letter: a 函 has a layout of its own."""
    layout = "函" if kind == "函" else "公文"
    fitting = [name for name in library.ids_of("公文") if library.card(name).layout == layout]
    if not fitting:
        raise stop("PACK004", Place(), document=layout, advice="模板包停用了这种公文。")
    return fitting[0]


def plan_letter(
    letter: Letter, office: Office, day: datetime.date
) -> tuple[tuple[Paper, ...], Problems]:
    """List the single paper of an official letter."""
    day = letter.day or day
    library, workspace = office.library, office.workspace
    flat = library.document(letter_document(library, letter.kind))
    refuse_unsound(flat.front, flat.said_at)
    offices = [*workspace.organs]
    if named := workspace.organ_named(letter.office):
        offices.insert(0, named)
    issuer = choose(office.law, flat.front.id, offices, day).allowed
    number = letter.number or number_text(flat.front, issuer, day, flat.said_at("文号"))
    title = joined_lines(letter.title.split("\n"))
    paper = PaperFacts(编号=flat.front.id, 标题=title, 文号=number, 日期=day)
    own = {
        **EMPTY,
        "公文": letter_facts(letter),
        "机关": facts(issuer),
        "文书": facts(paper),
        "地方": library.place_facts(),
        "今日": day,
    }
    made = Paper(flat.front.id, flat, issuer, safe_name(title), own, day, "", title)
    return (made,), ()
