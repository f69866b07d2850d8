"""The receipts of served papers: one for each paper, or one for all that are served together;
printed as far as the record tells, the rest is written by hand.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from kcbx_docs.case.event import Event
from kcbx_docs.case.model import Guardian, name_key
from kcbx_docs.case.service_methods import METHODS, receipt_lines
from kcbx_docs.case.usual_words import kept_by
from kcbx_docs.office.book import as_named_now, issues_in
from kcbx_docs.packs.flatten import FlatTemplate
from kcbx_docs.packs.model import RECEIPT
from kcbx_docs.papers.context import (
    PaperFacts,
    ServedFacts,
    ServedPaper,
    ServerFacts,
    facts,
    guardian_facts,
)
from kcbx_docs.papers.desk import Desk
from kcbx_docs.papers.issued import issue_of
from kcbx_docs.papers.paper import Paper, stem_of
from kcbx_docs.record.acts import Act
from kcbx_docs.record.organ_refusals import reached
from kcbx_docs.record.organs import attempts_at, organs_of
from kcbx_docs.record.service_basis import left_where
from kcbx_docs.words import day_in_words

LAYOUT = "送达回证版式"
TOGETHER = "几份一张"
"""The layout of which one receipt holds all papers that are served together."""
_MOST_CODES = 4  # in one square; a receipt of more papers is found by any of these
BENEATH = "文书之下"
"""The layout of which the receipt stands under the text of its paper."""


def receipts_for(desk: Desk, flat: FlatTemplate, papers: Sequence[Paper]) -> Iterator[Paper]:
    """Make the receipts of all served papers; the papers of one occasion share one if wanted."""
    served = [paper for paper in papers if paper.flat.front.served]
    together = desk.library.place_facts().get(LAYOUT) == TOGETHER
    if not together:
        for paper in served:
            for guardian in _addressees(desk, paper):
                yield _receipt(desk, flat, (paper,), guardian)
        return
    for guardian in desk.case.guardians:
        own = [paper for paper in served if guardian in _addressees(desk, paper)]
        for _, same in groupby(own, key=lambda paper: _occasion(desk, paper, guardian)):
            yield _receipt(desk, flat, tuple(same), guardian)


def receipts_of_organs(desk: Desk, flat: FlatTemplate, papers: Sequence[Paper]) -> Iterator[Paper]:
    """Make the receipts of the papers that are for organs: one for each of them."""
    law = desk.docket.law
    for paper in papers:
        for organ in organs_of(paper.told, law) if paper.told else ():
            yield _organ_receipt(desk, flat, paper, organ)


def _organ_receipt(desk: Desk, flat: FlatTemplate, paper: Paper, organ: str) -> Paper:
    event = _got(desk, paper, organ)
    served = ServedFacts(
        文书=paper.title,
        文号=paper.facts["文书"]["文号"],
        各份=(_line(paper),),
        方式=receipt_lines(event.method if event else ""),
        记录=event,
        留下=event if event and event.refused_by else None,
        拒收情形=left_where(event, None) if event else None,
        收到=event.proof_day if event and _proved_elsewhere(event) else None,
        邮件号码=(event.mail_number or event.address or None) if event else None,
        送达人=tuple(_servers(desk, event)),
        收件机关=True,
    )
    known = desk.workspace.organ_named(organ)
    blank = dict.fromkeys(guardian_facts(desk.case.parties[0], paper.day))
    own = PaperFacts(编号=flat.front.id, 标题=flat.front.title, 日期=paper.day)
    told = {
        "监护人": {**blank, "姓名": organ, "住址": (known.address or None) if known else None},
        "送达": facts(served),
        "文书": facts(own),
    }
    return Paper(
        document=flat.front.id,
        flat=flat,
        issuer=paper.issuer,
        name=stem_of(flat, "-".join(filter(None, (paper.title, organ, paper.turn)))),
        facts={**paper.facts, **told},
        day=paper.day,
        title=flat.front.title,
        issued=paper.issued or paper.event,
    )


def _got(desk: Desk, paper: Paper, organ: str) -> Event | None:
    """Return the service by which an organ got a paper, if one is recorded."""
    docket = desk.docket
    assert paper.told is not None
    tried = attempts_at(paper.document, paper.told, docket.entries, docket.law)
    for entry in tried:
        named = map(name_key, entry.event.targets)
        got = name_key(organ) in named and reached(entry.event, organ)
        if got and entry.event.day <= desk.day:
            return entry.event
    return None


def with_own_receipt(desk: Desk, paper: Paper) -> Paper:
    """Give a served paper the facts of the receipt that stands under its text."""
    guardian = desk.docket.guardian(paper.guardian) if paper.guardian else None
    if guardian is None or not paper.flat.front.served or not beneath(desk):
        return paper
    own = {"送达": facts(_served(desk, (paper,), guardian))}
    return replace(paper, facts={**paper.facts, **own})


def beneath(desk: Desk) -> bool:
    """Tell whether receipts stand under their papers here."""
    return desk.library.place_facts().get(LAYOUT) == BENEATH


def _addressees(desk: Desk, paper: Paper) -> tuple[Guardian, ...]:
    wanted = desk.guardian or paper.guardian
    both = {desk.guardian, paper.guardian} - {""}
    if len(both) > 1:
        return ()
    return tuple(person for person in desk.case.guardians if wanted in ("", person.name))


def _occasion(desk: Desk, paper: Paper, guardian: Guardian) -> tuple[str, date, str]:
    """Tell what is served together: by one office, on one day, in one way."""
    event = _recorded(_act(desk, paper, guardian))
    day, method = (event.day, event.method) if event else (paper.day, "")
    return paper.issuer.name, day, method


def _receipt(
    desk: Desk, flat: FlatTemplate, papers: tuple[Paper, ...], guardian: Guardian
) -> Paper:
    first = papers[0]
    own = PaperFacts(编号=flat.front.id, 标题=flat.front.title, 日期=first.day)
    told = {
        "监护人": guardian_facts(guardian, first.day),
        "送达": facts(_served(desk, papers, guardian)),
        "文书": facts(own),
    }
    more = f"等{len(papers)}份" if len(papers) > 1 else ""
    return Paper(
        document=flat.front.id,
        flat=flat,
        issuer=first.issuer,
        name=stem_of(flat, "-".join(filter(None, (first.title + more, guardian.name, first.turn)))),
        facts={**first.facts, **told},
        day=first.day,
        guardian=guardian.name,
        title=flat.front.title,
        issued=first.issued,
    )


def _served(desk: Desk, papers: tuple[Paper, ...], guardian: Guardian) -> ServedFacts:
    first, lines = papers[0], tuple(_line(paper) for paper in papers)
    act = _act(desk, first, guardian)
    event = _recorded(act)
    return ServedFacts(
        文书=first.title,
        文号=first.facts["文书"]["文号"],
        各份=lines,
        方式=receipt_lines(event.method if event else ""),
        记录=event,
        由单位转交=guardian.handed_on(first.day),
        转交单位=kept_by(guardian.where(first.day)),
        留下=event if event and event.refused_by else None,
        拒收情形=left_where(event, guardian) if event else None,
        收到=event.proof_day if event and _proved_elsewhere(event) else None,
        视为送达=_deemed(act, desk.day),
        邮件号码=(event.mail_number or event.address or None) if event else None,
        代收=event if event and _for_another(event, guardian) else None,
        送达人=tuple(_servers(desk, event)),
        核验码=tuple(_codes(desk, papers)),
        备注=tuple(_in_vain(act)),
    )


def _codes(desk: Desk, papers: tuple[Paper, ...]) -> Iterator[str]:
    """Yield the codes of papers that were issued: a receipt that comes back is known by them."""
    register = desk.office.register
    if register is None or set(desk.library.coded).isdisjoint(desk.library.ids_of(RECEIPT)):
        return
    events = as_named_now(register.of_case(desk.case.id), desk.case)
    issues = issues_in(events)
    for issue in filter(None, (issue_of(paper, issues) for paper in papers[:_MOST_CODES])):
        if code := issue.recorded.data.get("code"):
            yield str(code)


def _line(paper: Paper) -> ServedPaper:
    return ServedPaper(文书=paper.title, 文号=paper.facts["文书"]["文号"])


def _act(desk: Desk, paper: Paper, guardian: Guardian) -> Act | None:
    number = paper.facts["文书"]["文号"]
    for act in desk.docket.progress(guardian, desk.day).papers.get(paper.document, ()):
        if act.number == number:
            return act
    return None


def _recorded(act: Act | None) -> Event | None:
    """Return the service that counts, if one is recorded in a way that a receipt names."""
    service = act.service if act else None
    method = METHODS.get(service.event.method) if service else None
    return service.event if service and method and method.on_receipt else None


def _proved_elsewhere(event: Event) -> bool:
    """Tell whether another proof than the signature on this receipt bears the day."""
    method = METHODS[event.method]
    elsewhere = method.travels or not method.signed
    return elsewhere and not event.refused_by and not method.period


def _deemed(act: Act | None, day: date) -> date | None:
    """Return the day on which a public notice counts as service, once it is over: nobody gets the
    paper on the day of the notice.
    """
    service = act.service if act else None
    return act.served(day) if act and service and service.term else None


def _for_another(event: Event, guardian: Guardian) -> bool:
    own = ("", name_key(guardian.name))
    return name_key(event.signer) not in own and event.relation != "本人"


def _servers(desk: Desk, event: Event | None) -> Iterator[ServerFacts]:
    """Name who took it there, with the certificates that the office registered."""
    known = {name_key(one.name): one.certificate for one in desk.workspace.officers}
    for name in event.handlers if event else ():
        yield ServerFacts(姓名=name, 证号=known.get(name_key(name)) or None)


def _in_vain(act: Act | None) -> Iterator[str]:
    for event in act.failures if act else ():
        way = METHODS[event.method].on_receipt
        yield f"{day_in_words(event.day)}{way}，没有送到：{event.reason}"
