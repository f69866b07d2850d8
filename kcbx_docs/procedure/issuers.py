"""Who issues a paper, and why nobody may:
the one answer for plans, standings, verdicts, batches and letters.
"""

from collections.abc import Sequence
from datetime import date

from kcbx_docs.case.workspace import OfficeKind, Organ, school_organ
from kcbx_docs.light import dataclass
from kcbx_docs.problems import Place, Problem, Problems, problem, raise_errors
from kcbx_docs.procedure.checks.competence import barred, issuing_kinds
from kcbx_docs.procedure.penalties import clause_for, has_power
from kcbx_docs.record.acted import acted_on, began
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.jurisdiction import Jurisdiction

PENAL_CHECK = "机关有处罚权"
LOCAL: tuple[OfficeKind, ...] = ("乡镇人民政府", "街道办事处", "管委会", "司法所")
"""Offices with an area of their own, smaller than the county."""


@dataclass(frozen=True)
class Issuer:
    """The office that makes a paper, or that would make it, and why none may."""

    organ: Organ | None = None
    refusal: Problems = ()

    @property
    def allowed(self) -> Organ:
        """Return the office; raise why none may."""
        raise_errors(self.refusal)
        assert self.organ
        return self.organ


def issuer_of(docket: Docket, document: str, day: date, guardian: str = "") -> Issuer:
    """Tell which office made a paper of a day, lawfully or not; if none did, choose who would."""
    if made := acted_on(docket, document, day, guardian):
        return Issuer(made)
    offices, law = offices_of(docket), docket.law
    if _of_the_penalty(law, document) and (first := began(docket, day, guardian)):
        offices = (first, *offices)
    return choose(law, document, offices, day)


def _of_the_penalty(law: Jurisdiction, document: str) -> bool:
    required = law.requirement(document)
    return _is_penal(law, document) or bool(required and required.issuers_as)


def offices_of(docket: Docket) -> tuple[Organ, ...]:
    """List who may issue papers of a case: the office that it names, the others of the workspace,
    its school; no other town or sub-district acts for the area of a local office.
    """
    return docket.once(("offices",), lambda: _offices(docket))


def _offices(docket: Docket) -> tuple[Organ, ...]:
    workspace, school = docket.law.workspace, docket.case.school
    own = workspace.organ_named(docket.case.office)
    named = (own,) if own else ()
    local = own is not None and own.kind in LOCAL
    others = [one for one in workspace.organs if one is own or not (local and one.kind in LOCAL)]
    schools = (school_organ(school),) if school else ()
    return (*named, *others, *schools)


def issues_here(docket: Docket, issuer: str) -> bool:
    """Tell whether papers of an office are issued in this workspace: it is its own, or the case
    says that the office handles it. What nobody issues is taken down anywhere.
    """
    return issuer in ("", docket.law.workspace.office.name, docket.case.office)


def made_by(docket: Docket, bound: str, issuer: Organ | None, day: date) -> str:
    """Name who makes the papers of a step; those of a suit are the plaintiff's."""
    suit = docket.suit(day)
    if bound != "原告" or suit.by_office:
        return issuer.name if issuer else ""
    if not suit.by_child:
        return "原告（还没有写明由谁起诉）"
    through = "、".join(guardian.name for guardian in suit.representatives) or "还没有写明"
    return f"{docket.case.pupil.name}（法定代理人{through}）"


def choose(law: Jurisdiction, document: str, offices: Sequence[Organ], day: date) -> Issuer:
    """Choose the first office that may issue a document;
    otherwise the first, with the reason against it.
    """
    kinds = issuing_kinds(law, document)
    able = [office for office in offices if not kinds or office.kind in kinds]
    if able and _is_penal(law, document):
        able = _with_power(law, able, day) or able
    if able:
        return Issuer(able[0])
    office = offices[0] if offices else None
    return Issuer(office, (_refusal(law, document, office, kinds, day),))


def _is_penal(law: Jurisdiction, document: str) -> bool:
    return law.once(("penal", document), lambda: _judge_penal(law, document))


def _judge_penal(law: Jurisdiction, document: str) -> bool:
    steps = (law.procedure.steps[key] for key in law.procedure.steps_for(document))
    return any(PENAL_CHECK in step.checks for step in steps)


def _with_power(law: Jurisdiction, offices: Sequence[Organ], day: date) -> list[Organ]:
    clause = clause_for(law, None, day)
    return [office for office in offices if clause.basis and has_power(clause.basis, office, law)]


def _refusal(
    law: Jurisdiction, document: str, office: Organ | None, kinds: Sequence[str], day: date
) -> Problem:
    """Name the reason and the article that keep an office from issuing, or those who may."""
    name, kind = (office.name, office.kind) if office else ("（没有写机关）", "")
    required = law.requirement(document)
    rules = required.issuers if required else ()
    reason = "不在可以制发这种文书的机关之列"
    if office and (against := barred(law, document, office.kind)):
        rules, reason = (against,), against.reason or reason
    articles: dict[str, None] = {}
    for rule in rules:
        articles.update(dict.fromkeys(citation.text for citation in law.cite(rule.basis, day)))
    facts = {"title": law.title(document), "office": name, "kind": kind, "reason": reason}
    facts |= {"allowed": "、".join(kinds), "basis": "、".join(articles) or "见模板"}
    return problem("PAPR001", Place(), **facts)
