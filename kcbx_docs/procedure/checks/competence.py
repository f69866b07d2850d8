"""Who acts and who is addressed: competence of the office, officers, guardians."""

from collections.abc import Mapping

from kcbx_docs.case.addresses import elsewhere, in_another_county
from kcbx_docs.case.model import NOBODY_YET, Guardian, name_key, once_each
from kcbx_docs.case.workspace import Organ
from kcbx_docs.law.model import IssuerRule
from kcbx_docs.packs.procedure import VERDICTS, Verdict
from kcbx_docs.procedure.checks.view import Check, Hits, View, hit
from kcbx_docs.procedure.penalties import delegated, names_organ
from kcbx_docs.record.jurisdiction import Jurisdiction
from kcbx_docs.words import day_in_words, day_or_unknown


def issuing_kinds(law: Jurisdiction, document: str) -> tuple[str, ...]:
    """List the kinds of office that issue a document by its card, else by the law;
    none where all may.
    """
    card = law.card(document)
    return card.issuers if card else _listed(law, document)


def _lawful_kinds(law: Jurisdiction, document: str) -> tuple[str, ...]:
    """List the kinds of office to which the law, or the law of the place, gives a paper;
    none where all may.
    """
    listed = _listed(law, document)
    return (*listed, *law.pack.issuers.get(document, ())) if listed else ()


def _listed(law: Jurisdiction, document: str) -> tuple[str, ...]:
    required = law.requirement(document)
    return tuple(rule.kind for rule in required.issuers) if required else ()


def barred(law: Jurisdiction, document: str, kind: str) -> IssuerRule | None:
    """Return the rule of law that keeps a kind of office from issuing a document."""
    required = law.requirement(document)
    rules = required.barred if required else ()
    return next((rule for rule in rules if rule.kind == kind), None)


def competent(view: View) -> Hits:
    """The law gives this kind of office this paper, or the local pack says whose law does."""
    office = view.issuer
    if office is None:
        yield hit("PROC201", title=view.title)
        return
    against = barred(view.law, view.document, office.kind)
    if office.kind in view.law.pack.issuers.get(view.document, ()):
        if against:
            yield hit("PROC203", "提醒", office=office.name, kind=office.kind, title=view.title)
        return
    yield from _basis_in_force(view, office)
    lawful = _lawful_kinds(view.law, view.document)
    if against or (lawful and office.kind not in lawful):
        reason = against.reason if against else f"有权制发的是{'、'.join(lawful)}"
        yield hit("PROC202", office=office.name, kind=office.kind, title=view.title, reason=reason)


def _basis_in_force(view: View, office: Organ) -> Hits:
    """The article by which this kind of office acts was in force, as far as it is registered."""
    rule = issuer_rule(view.law, view.document, office.kind)
    if rule and rule.basis and not view.law.cite(rule.basis, view.day):
        facts = {"office": office.name, "title": view.title, "day": day_or_unknown(view.day)}
        yield hit("PROC457", "提醒", **facts)


def issuer_rule(law: Jurisdiction, document: str, kind: str) -> IssuerRule | None:
    """Return the rule of law that lets a kind of office issue a document."""
    required = law.requirement(document)
    rules = required.issuers if required else ()
    return next((rule for rule in rules if rule.kind == kind), None)


def within_its_field(view: View) -> Hits:
    """An office that may act in some matters only acts in those that the case records."""
    office = view.issuer
    rule = issuer_rule(view.law, view.document, office.kind) if office else None
    if office is None or rule is None or not rule.only_for:
        return
    known = {danger.kind for danger in view.case.dangers if danger.stands(view.day)}
    if not known & set(rule.only_for):
        facts = {"office": office.name, "title": view.title, "reason": rule.reason}
        yield hit("PROC350", **facts, kinds="、".join(rule.only_for))


def family_in_area(view: View) -> Hits:
    """Somebody of the family lives, or the school lies, where the office acts."""
    office, case = view.issuer, view.case
    if office is None:
        return
    written = [case.pupil.address, case.pupil.registered_address]
    written += [guardian.address for guardian in case.guardians]
    written += [case.school.address] if case.school else []
    known = [address for address in written if address]
    if known and all(elsewhere(address, office.name) for address in known):
        yield hit("PROC351", office=office.name, address=known[0])
    elif in_another_county(case.pupil.address, office.name):
        yield hit("PROC626", "提醒", office=office.name, address=case.pupil.address)


def has_penal_power(view: View) -> Hits:
    """The clause names the office, or a delegation does;
    delegations are taken back, so they must be looked up again.
    """
    basis, office = view.clause.basis, view.issuer
    if basis is None or office is None:
        return
    if names_organ(basis.organs, office, view.law):
        return
    if delegated(basis, office, view.law):
        yield hit("PROC236", "提醒", office=office.name, delegation=basis.delegation)
    else:
        yield hit(
            "PROC235",
            office=office.name,
            kind=office.kind,
            organs="、".join(basis.organs) or "（没有写）",
        )


def enough_officers(view: View) -> Hits:
    """Enough officers with certificates stand in kcbx.yaml."""
    least = view.law.registry.figure("officers-min")
    certified = view.law.workspace.certified_on(view.day)
    if len(certified) < least:
        names = "、".join(o.name for o in view.law.workspace.officers if not o.certificate)
        without = f"（{names}没有写证号）" if names else ""
        yield hit("PROC204", count=len(certified), least=least, without=without)


def officers_named(view: View) -> Hits:
    """The record of the act names enough officers whose certificates are known."""
    kind = view.law.procedure.steps[view.step].event
    event = view.progress.last(kind) if kind else None
    if event is None or event.day != view.day or not event.handlers:
        return
    certified = {name_key(o.name) for o in view.law.workspace.certified_on(event.day)}
    named = once_each(event.handlers)
    unknown = [name for name in named if name_key(name) not in certified]
    least = view.law.registry.figure("officers-min")
    # A trainee beside enough officers does no harm.
    if len(named) - len(unknown) < least:
        facts = {"kind": event.kind, "least": least, "count": len(named)}
        yield hit("PROC205", **facts, unknown="、".join(unknown) or "无")


def addressee_of_age(view: View) -> Hits:
    """A guardian who is not yet of age is treated apart."""
    born = view.progress.guardian.birth
    if born and not view.law.is_adult(born, view.day):
        yield hit("PROC206", name=view.name)


def office_complete(view: View) -> Hits:
    """Papers for the court bear the head's signature."""
    if view.issuer and not view.issuer.head:
        yield hit("PROC207", office=view.issuer.name)


def lives_here(view: View) -> Hits:
    """A guardian who works elsewhere may put the matter under another office or court."""
    guardian = view.progress.guardian
    if guardian.away(view.day):
        where = guardian.whereabouts_note or guardian.employer or guardian.where(view.day)
        yield hit("PROC208", name=view.name, where=where)


def alive(view: View) -> Hits:
    """Nothing is asked of the dead, whether or not the day of the death is written."""
    guardian = view.progress.guardian
    if guardian == NOBODY_YET:
        yield hit("PROC591")
    if not guardian.dead(view.day):
        return
    if guardian.whereabouts_since:
        yield hit("PROC195", name=view.name, day=day_in_words(guardian.whereabouts_since))
    else:
        yield hit("PROC196", name=view.name)


def still_guardian(view: View) -> Hits:
    """Who lost the guardianship is asked for nothing that a guardian owes."""
    guardian = view.progress.guardian
    ended = guardian.ended(view.day)
    if ended and not guardian.dead(view.day) and not guardian.incapable(view.day):
        yield hit("PROC126", name=view.name, condition=ended, since=_since(guardian))


def capable(view: View) -> Hits:
    """Who cannot act for himself is no guardian, and no fine falls on what he did
    while he could not; who can in part is asked about.
    """
    guardian, absent = view.progress.guardian, view.progress.attendance.first
    told: dict[str, object] = {"name": view.name, "since": _since(guardian)}
    asked = _at_most(view, "监护人有行为能力", "须说明理由")
    if guardian.limited(view.day):
        yield hit("PROC128", asked, **told)
    elif guardian.incapable(view.day):
        began = guardian.condition_since
        later = bool(began and absent and began > absent)
        penal = view.law.procedure.steps[view.step].route == "行政处罚"
        yield hit("PROC127", asked if penal and later else None, **told)


def _at_most(view: View, check: str, verdict: Verdict) -> Verdict:
    """Return the verdict that the step has for a check, no graver than another."""
    own = view.law.procedure.steps[view.step].checks.get(check, verdict)
    return min(own, verdict, key=VERDICTS.index)


def _since(guardian: Guardian) -> str:
    day = guardian.condition_since
    return f"，{day_in_words(day)}起" if day else ""


CHECKS: Mapping[str, Check] = {
    "制发机关有权": competent,
    "机关有处罚权": has_penal_power,
    "有足够的持证执法人员": enough_officers,
    "承办人是持证执法人员": officers_named,
    "监护人在世": alive,
    "监护资格有效": still_guardian,
    "监护人有行为能力": capable,
    "监护人已成年": addressee_of_age,
    "负责人可以签名": office_complete,
    "监护人在本地": lives_here,
    "孩子一家在本地": family_in_area,
    "在可以办的事项以内": within_its_field,
}

OF_THE_OFFICE = ("制发机关有权", "机关有处罚权", "孩子一家在本地", "在可以办的事项以内")
"""The checks of what an office may do by its kind and its area."""
