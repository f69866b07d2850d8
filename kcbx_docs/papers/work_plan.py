"""Which papers a piece of management work makes: those whose keys the file has."""

import datetime
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kcbx_docs.case.fields import safe_name
from kcbx_docs.case.files import LoadedWork
from kcbx_docs.case.work import PUPILS, Work, WorkPaper, WorkParty
from kcbx_docs.case.workspace import Organ, issuing_organs
from kcbx_docs.office.opened import Office
from kcbx_docs.office.works import addressees, children_told, days_out_of_order, unknown_kind
from kcbx_docs.packs.contract import variables
from kcbx_docs.packs.model import Card
from kcbx_docs.papers.context import PaperFacts, facts
from kcbx_docs.papers.desk import office_facts
from kcbx_docs.papers.numbers import number_text
from kcbx_docs.papers.paper import Paper, stem_of
from kcbx_docs.papers.public_facts import public_facts
from kcbx_docs.papers.work_facts import work_facts
from kcbx_docs.problems import Place, Problem, Problems, as_note, as_warning, errors, problem
from kcbx_docs.procedure.issuers import choose
from kcbx_docs.procedure.work_order import disorders

if TYPE_CHECKING:  # reads rosters, where a work has a list of pupils
    from kcbx_docs.office.pupil_list import ListedPupil, PupilList


def plan_work(
    loaded: LoadedWork,
    office: Office,
    day: datetime.date,
    asked: Sequence[str] = (),
    *,
    draft: bool = False,
) -> tuple[tuple[Paper, ...], Problems]:
    """List the papers of a piece of work: those asked for, or all whose keys stand in the file."""
    papers: list[Paper] = []
    listed, of_list = _list(loaded, office, day)
    found: dict[Problem, None] = dict.fromkeys((*unknown_kind(loaded, office), *of_list))
    if errors(of_list) and not draft:
        return (), tuple(found)
    for name in asked or _usual(office, loaded.work.kind):
        card = office.library.card(name)
        told = [*_against(loaded, office, card, day, draft=draft)]
        found.update(dict.fromkeys(told))
        if not errors(told):
            papers += _papers(loaded, office, card, day, listed)
    if asked or not papers:
        return tuple(papers), tuple(found)
    told = [as_note(one) if one.code == UNTIMELY else one for one in found]
    return tuple(papers), tuple(one for one in told if one.code != LACKING)


def _list(
    loaded: LoadedWork, office: Office, day: datetime.date
) -> "tuple[PupilList | None, Problems]":
    """Return the list of pupils, if the work has one, with all that is wrong with it."""
    if not loaded.work.told(PUPILS):
        return None, ()
    from kcbx_docs.office.pupil_faults import faults_of
    from kcbx_docs.office.pupil_list import list_of

    listed = list_of(loaded, office, day)
    return listed, (*listed.problems, *faults_of(listed, loaded, day))


def _usual(office: Office, kind: str) -> tuple[str, ...]:
    """List the papers of a kind of work; the public version beside another one waits to be asked
    for.
    """
    names = office.library.ids_of_work(kind)
    return tuple(name for name in names if not office.library.card(name).public) or names


LACKING = "WORK044"
"""Some keys of a paper are not there: told where it was asked for, or where none can be made."""
UNTIMELY = "WORK053"
"""The day of a paper contradicts what it says: its time has passed, or has not come."""


def _against(
    loaded: LoadedWork, office: Office, card: Card, day: datetime.date, *, draft: bool
) -> Iterator[Problem]:
    """Say what keeps a paper from being made, or who signs it; a draft shows what there is."""
    work, place = loaded.work, Place(loaded.source.name)
    missing = () if draft else work.missing(card.needs)
    if card.work != work.kind:
        yield problem("WORK051", place, title=card.title, kind=work.kind)
    elif missing:
        yield problem(LACKING, place, title=card.title, needs="、".join(missing))
    else:
        against = [*addressees(loaded, office), *_untimely(loaded, office, card, day)]
        against += children_told(loaded, office) if card.public else ()
        for one in against:
            yield as_warning(one) if draft else one
        if card.signed_by:
            yield problem("WORK049", place, title=card.title, signer=card.signed_by)


def _untimely(
    loaded: LoadedWork, office: Office, card: Card, day: datetime.date
) -> Iterator[Problem]:
    """Say what of a paper contradicts its day: that of the file, or this one if it prints any."""
    work, flat = loaded.work, office.library.document(card.id)
    yield from days_out_of_order(loaded, office)
    sent = all(_made(work, office, card, party) for party in work.parties or (None,))
    if sent or "文书.日期" not in variables(flat):
        return
    for one in disorders(work, office.law, {card.id: day}):
        if one.concerns(card.id) and not one.rule.usual:
            yield problem(UNTIMELY, Place(loaded.source.name), title=card.title, **one.facts)


def _papers(
    loaded: LoadedWork, office: Office, card: Card, day: datetime.date, listed: "PupilList | None"
) -> Iterator[Paper]:
    work = loaded.work
    parties: Sequence[WorkParty | None] = work.parties if card.each_party else (None,)
    for party in parties or (None,):
        only = len(work.parties) == 1
        every = listed.pupils if listed else ()
        own = listed.of_party(party.name, only=only) if listed and party else every
        yield _paper(loaded, office, card, day, party, own)


def _paper(
    loaded: LoadedWork,
    office: Office,
    card: Card,
    day: datetime.date,
    party: WorkParty | None,
    pupils: "Sequence[ListedPupil]",
) -> Paper:
    work, flat = loaded.work, office.library.document(card.id)
    made = _made(work, office, card, party)
    day = made.day if made and made.day else day
    issuer = _issuer(work, office, card, day)
    number = made.number if made else ""
    number = number or number_text(card, issuer, day, flat.said_at("文号")) or ""
    own = {
        **office_facts(office, day),
        "工作": work_facts(loaded, office, party, pupils),
        "机关": facts(issuer),
        "文书": facts(PaperFacts(编号=card.id, 标题=card.title, 文号=number or None, 日期=day)),
    }
    suffix = safe_name(party.name) if party and len(work.parties) > 1 else ""
    who = party.name if party and suffix else ""
    return Paper(
        card.id, flat, issuer, stem_of(flat, suffix), public_facts(card, own), day, who, card.title
    )


def _made(work: Work, office: Office, card: Card, party: WorkParty | None) -> WorkPaper | None:
    """Find what the file tells of a paper that has left the house: the last for its party."""
    law = office.law
    made = [one for one in work.made if law.document(one.document) == card.id]
    told = [one for one in made if work.made_for(one, party)]
    return told[-1] if told else None


def _issuer(work: Work, office: Office, card: Card, day: datetime.date) -> Organ:
    """Choose who issues a paper: the organ that the file names, and nobody else where it does."""
    organs = issuing_organs(office.workspace)
    named = [one for one in organs if one.name == work.office]
    return choose(office.law, card.id, named or organs, day).allowed
