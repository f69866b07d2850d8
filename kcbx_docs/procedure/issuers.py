"""Who issues a paper: the office that the case names, another of the workspace, or the school; or nobody."""

from datetime import date

from kcbx_docs.case.model import School
from kcbx_docs.case.workspace import Organ, Workspace
from kcbx_docs.packs.library import Library
from kcbx_docs.problems import Place, UserError, stop
from kcbx_docs.procedure.checks.competence import allowed_kinds
from kcbx_docs.procedure.penalties import clause_for, has_power
from kcbx_docs.record.docket import Docket

SCHOOL = "学校"
PENAL_CHECK = "机关有处罚权"


def issuer_for(docket: Docket, document: str, step: str, day: date) -> Organ | None:
    """Choose the office that makes a paper: the case's own if it may, else the first of the workspace that may."""
    workspace, case = docket.law.workspace, docket.case
    own = workspace.organ_named(case.office)
    school = _school_of(docket)
    offices = [*([own] if own else []), *workspace.organs, *([school] if school else [])]
    if not document:
        return offices[0] if offices else None
    allowed = allowed_kinds(docket.law, document, step)
    able = [office for office in offices if allowed is None or office.kind in allowed]
    if PENAL_CHECK in docket.law.procedure.steps[step].checks:
        clause = clause_for(docket.law, None, day)
        able = [o for o in able if clause.basis and has_power(clause.basis, o, docket.law)] or able
    return able[0] if able else own


def _school_of(docket: Docket) -> Organ | None:
    school = docket.case.school
    return docket.law.once(("school", school), lambda: school_organ(school)) if school else None


def issuer_of(
    document: str,
    library: Library,
    workspace: Workspace,
    chosen: str,
    school: School | None,
    day: date,
) -> Organ:
    """Choose the office that may issue a document; raise why none may."""
    allowed = library.document(document).front.issuers
    named = workspace.organ_named(chosen)
    offices = [
        *([named] if named else []),
        *workspace.organs,
        *([school_organ(school)] if school else []),
    ]
    for office in offices:
        if not allowed or office.kind in allowed:
            return office
    raise _refusal(document, library, offices[0] if offices else None, allowed, day)


def school_organ(school: School) -> Organ:
    """Return a school as an office that issues papers."""
    return Organ(
        名称=school.name,
        类型=SCHOOL,
        机关代字=school.code_word,
        地址=school.address,
        邮编=school.postcode,
        电话=school.phone,
        联系人=school.contact,
        负责人=school.principal,
        负责人职务="校长",
    )


def _refusal(
    document: str,
    library: Library,
    office: Organ | None,
    allowed: tuple[str, ...],
    day: date,
) -> UserError:
    title = library.document(document).front.title
    required = library.registry.document(document)
    barred = (
        next((rule for rule in required.barred if office and rule.kind == office.kind), None)
        if required
        else None
    )
    rules = [barred] if barred else list(required.issuers) if required else []
    citations = [c for rule in rules for c in library.registry.basis(rule.basis, day)[0]]
    basis = "、".join(dict.fromkeys(c.text for c in citations))
    return stop(
        "PAPR001",
        Place(),
        title=title,
        office=office.name if office else "（没有写机关）",
        kind=office.kind if office else "",
        reason=(barred.reason if barred else "") or "不在可以制发这种文书的机关之列",
        allowed="、".join(allowed),
        basis=basis or "见模板",
    )
