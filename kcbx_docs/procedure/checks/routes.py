"""The other routes: civil suit, suggestion on guardianship, referral (民事诉讼法, 民法典 36,
未成年人保护法).
"""

from collections.abc import Mapping

from kcbx_docs.procedure.checks.view import Check, Hits, View, hit
from kcbx_docs.words import day_or_unknown


def court_accepts(view: View) -> Hits:
    """Whether the local court hears such suits is settled by its practice;
    who does not know must ask.
    """
    switch = view.law.procedure.switch(view.step)
    told = f"：{switch.reason}" if switch.reason else ""
    if switch.value == "是":
        yield hit("PROC330", "提醒", reason=told)
    elif switch.value == "未知":
        yield hit("PROC331", reason=told)


def refused(view: View) -> Hits:
    """The guardian did not obey the order, or refused every persuasion."""
    if view.progress.order_over:
        return
    visits = view.progress.kinds.get("劝返", ())
    if view.progress.order is None and not visits:
        yield hit("PROC332", "禁止")
    else:
        yield hit("PROC333", name=view.name)


def not_sued(view: View) -> Hits:
    """No suit is open."""
    filed, ended = view.progress.last("起诉"), view.progress.last("民事判决", "调解", "撤诉")
    if filed and filed.day < view.day and (ended is None or ended.day < filed.day):
        yield hit("PROC334", day=day_or_unknown(filed.day))


def civil_court_known(view: View) -> Hits:
    """kcbx.yaml names the court that hears civil matters."""
    if view.law.workspace.court_for("民事") is None:
        yield hit("PROC335")


def plaintiff_thought_of(view: View) -> Hits:
    """The child is the plaintiff of a supported suit,
    represented by somebody other than the defendant.
    """
    yield hit("PROC336")


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


CHECKS: Mapping[str, Check] = {
    "当地法院受理此类起诉": court_accepts,
    "监护人拒不履行": refused,
    "没有起诉过": not_sued,
    "民事法院已写明": civil_court_known,
    "原告是孩子": plaintiff_thought_of,
    "有撤销监护的法定情形": grave_enough,
    "建议对象有申请资格": right_applicant,
    "移送事由已写明": has_reason,
}
