"""Who issues a paper: the office that the case names, another of the workspace, or the school; or nobody."""

import datetime

from kcbx_docs.case.model import School
from kcbx_docs.case.workspace import Office, Workspace
from kcbx_docs.packs.library import Library
from kcbx_docs.problems import Place, UserError, stop

SCHOOL = "学校"


def issuer_of(
    document: str,
    library: Library,
    workspace: Workspace,
    chosen: str,
    school: School | None,
    day: datetime.date,
) -> Office:
    """Choose the office that may issue a document; raise why none may."""
    allowed = library.document(document).front.issuers
    named = workspace.office_named(chosen)
    offices = [
        *([named] if named else []),
        *workspace.all_offices,
        *([school_office(school)] if school else []),
    ]
    for office in offices:
        if not allowed or office.kind in allowed:
            return office
    raise _refusal(document, library, offices[0] if offices else None, allowed, day)


def school_office(school: School) -> Office:
    """Return a school as an office that issues papers."""
    return Office(
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
    office: Office | None,
    allowed: tuple[str, ...],
    day: datetime.date,
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
