"""Dangers to the child come before every other step: what must be reported at once, and to whom."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import chain

from kcbx_docs.case.dangers import Danger
from kcbx_docs.case.ids import age_on
from kcbx_docs.case.suit import OFFICE, REVOCATION
from kcbx_docs.law.citation import Citation
from kcbx_docs.light import dataclass
from kcbx_docs.packs.procedure import DangerDuty
from kcbx_docs.problems import Place, Problem, problem
from kcbx_docs.procedure.dues import Due
from kcbx_docs.procedure.issuers import issuer_of
from kcbx_docs.record.dangers import (
    REPORT,
    Report,
    found_on,
    reports,
    standing_dangers,
    who_is_gone,
)
from kcbx_docs.record.docket import Docket

APPLICATION = "申请撤销监护人资格"
_OFFICES = (
    *("政府", "局", "办事处", "管委会", "管理委员会", "办公室", "执法队", "党委", "政法委"),
    *("法院", "检察院", "司法所", "派出所"),
)


@dataclass(frozen=True)
class Alarm:
    """One danger with its reports, and who issues the paper that makes them."""

    danger: Danger
    found_on: date | None
    age: int | None
    reports: tuple[Report, ...]
    inform: tuple[str, ...]
    document: str
    issuer: str
    basis: tuple[Citation, ...]

    @property
    def open(self) -> tuple[Report, ...]:
        """List the reports that nobody has made yet."""
        return tuple(report for report in self.reports if report.made is None)

    @property
    def due(self) -> Due:
        """Return the reports as something that was due on the day of the finding."""
        departments = "、".join(report.department for report in self.open)
        return Due(
            what=f"立即报告{departments}（{self.danger.kind}）",
            by=self.danger.day,
            guardian="",
            bound="机关",
            document=self.document,
            basis=self.basis,
            overdue=True,
        )


def alarms_of(docket: Docket, day: date) -> tuple[Alarm, ...]:
    """List the dangers known by a day, those with open reports first."""
    found = [_alarm(docket, danger, day) for danger in standing_dangers(docket, day)]
    return tuple(sorted(found, key=lambda alarm: (not alarm.open, alarm.danger.day)))


def _alarm(docket: Docket, danger: Danger, day: date) -> Alarm:
    law, birth = docket.law, docket.case.pupil.birth
    own = tuple(report for report in reports(docket, day) if report.danger is danger)
    document = law.document_of(REPORT)
    issuer = issuer_of(docket, document, day).organ
    cited = law.cite(chain.from_iterable(report.basis for report in own), day)
    return Alarm(
        danger=danger,
        found_on=found_on(docket, danger),
        age=age_on(birth, day) if birth else None,
        reports=own,
        inform=law.procedure.file.dangers.get(danger.kind, DangerDuty()).inform,
        document=document,
        issuer=issuer.name if issuer else "",
        basis=tuple(dict.fromkeys(cited)),
    )


def unfit_applicants(docket: Docket, day: date) -> Iterator[Problem]:
    """Remind of applications to end guardianship by offices that the law does not list."""
    applicants = docket.law.registry.words("guardianship-applicants")
    kinds = {organ.name: organ.kind for organ in docket.law.workspace.organs}
    for event in docket.happened(day):
        if event.kind != APPLICATION or applicants.found_in(event.organ):
            continue
        if event.organ in kinds or event.organ.endswith(_OFFICES):
            yield problem("PROC354", docket.place(event), organ=event.organ)


def unfit_suits(docket: Docket, day: date) -> Iterator[Problem]:
    """Remind of suits to end guardianship, meant or brought, by who may not apply for that."""
    case = docket.case
    found: list[tuple[str, Place]] = []
    if case.suit and case.suit.purpose == REVOCATION and case.suit.plaintiff:
        found.append((case.suit.plaintiff, docket.place_of("民事诉讼", "目的")))
    for event in docket.happened(day):
        if event.kind == "起诉" and event.purpose == REVOCATION and event.plaintiff:
            found.append((event.plaintiff, docket.place(event)))
    applicants = docket.law.registry.words("guardianship-applicants")
    office = docket.law.workspace.organ_named(case.office)
    for plaintiff, place in found:
        own = office.name if office and plaintiff == OFFICE else plaintiff
        if not applicants.found_in(own):
            basis = "、".join(cited.short for cited in docket.law.cite(applicants.basis, day))
            yield problem("PROC369", place, who=own, basis=basis)


def unreported_in_faulty(docket: Docket, day: date) -> Iterator[Problem]:
    """Remind of dangers in a file that is told no further: a mistake in it silences none of them,
    least of all one in the very day of the finding.
    """
    dangers = tuple(_known_by_now(danger, docket, day) for danger in docket.case.dangers)
    known = replace(docket, case=docket.case.model_copy(update={"dangers": dangers}))
    for alarm in alarms_of(known, day):
        if alarm.open and alarm.found_on:
            told = "、".join(report.department for report in alarm.open)
            facts = {"kind": alarm.danger.kind, "told": told, "basis": alarm.due.articles}
            yield problem("PROC650", docket.place_of("危险情形"), **facts)


def _known_by_now(danger: Danger, docket: Docket, day: date) -> Danger:
    """Take a danger that is said to be found later as known since the case began."""
    if danger.day <= day:
        return danger
    begun = min((event.day for event in docket.happened(day)), default=day)
    return danger.model_copy(update={"day": begun})


def unreported(docket: Docket, day: date) -> Iterator[Problem]:
    """Remind of dangers that were not reported, at the place of the case file."""
    for alarm in alarms_of(docket, day):
        if not alarm.open:
            continue
        told = "、".join(report.department for report in alarm.open)
        facts = {"told": told, "basis": alarm.due.articles}
        if alarm.found_on:
            found = {"kind": alarm.danger.kind, "day": alarm.found_on}
            yield problem("PROC340", docket.place_of("危险情形"), **facts, **found)
        else:
            # Nobody wrote that he found it: it only follows from where the guardians are.
            people = who_is_gone(docket, day)
            yield problem("PROC537", docket.place_of("监护人"), **facts, people=people)
