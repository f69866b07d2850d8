"""The other routes: suggestion on guardianship, referral (民法典 36, 未成年人保护法)."""

from collections.abc import Mapping

from kcbx_docs.procedure.checks.view import Check, Hits, View, hit, hit_now
from kcbx_docs.words import day_or_unknown


def grave_enough(view: View) -> Hits:
    """Staying away from school alone does not take guardianship away;
    the grave ground stands in the history.
    """
    event = view.progress.last("建议撤销监护人资格")
    if event is None or not event.reason or event.day != view.day:
        yield hit("PROC337")


def right_applicant(view: View) -> Hits:
    """The suggestion goes to somebody whom the law lists as an applicant."""
    event = view.progress.last("建议撤销监护人资格")
    applicants = view.law.registry.words("guardianship-applicants")
    if event and event.organ and not applicants.found_in(event.organ):
        yield hit("PROC338", organ=event.organ)


def has_reason(view: View) -> Hits:
    """A referral says why and to whom."""
    event = view.progress.last("移送")
    known = any(danger.stands(view.day) for danger in view.case.dangers)
    if not known and (event is None or event.day != view.day):
        yield hit("PROC339")


def dangers_reported(view: View) -> Hits:
    """Every danger to the child has been reported to whom it must be."""
    open_to: dict[str, list[str]] = {}
    for report in view.unreported():
        open_to.setdefault(report.danger.kind, []).append(report.department)
    for kind, departments in open_to.items():
        yield hit("PROC348", kind=kind, departments="、".join(departments))


def dangers_answered(view: View) -> Hits:
    """After a danger was reported somebody answered, or found it untrue: closing is not the end
    of the danger.
    """
    told = view.progress.kinds.get("移送", ())
    answered = view.progress.last("收到文书")
    for danger in view.case.dangers:
        days = [event.day for event in told if event.danger == danger.kind]
        if not danger.stands(view.day) or not days:
            continue
        if answered is None or answered.day < min(days):
            yield hit_now("PROC489", kind=danger.kind, day=day_or_unknown(min(days)))


CHECKS: Mapping[str, Check] = {
    "有撤销监护的法定情形": grave_enough,
    "建议对象有申请资格": right_applicant,
    "移送事由已写明": has_reason,
    "危险情形已报告": dangers_reported,
    "危险情形有了结果": dangers_answered,
}
