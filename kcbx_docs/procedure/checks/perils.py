"""Dangers to the child as the reason of its absence: nobody is blamed for what he cannot help."""

from collections.abc import Mapping

from kcbx_docs.case.dangers import Danger
from kcbx_docs.packs.procedure import DangerDuty
from kcbx_docs.procedure.checks.view import Check, Hit, Hits, View, hit
from kcbx_docs.words import day_or_unknown


def child_within_reach(view: View) -> Hits:
    """The child is not known or thought to be abducted or missing: who looks for his child
    cannot send it to school. Once it was found, it is sent as any other.
    """
    for danger in _dangers(view, "就是"):
        if danger.lasts(view.day):
            yield _told("PROC523", danger)


def peril_examined(view: View) -> Hits:
    """Somebody looked, since it was known, whether what was done to the child keeps it away."""
    looked = view.case.exclusions.other.since
    for danger in _dangers(view, "可能是"):
        if looked is None or not danger.day <= looked <= view.day:
            yield _told("PROC524", danger)


def _dangers(view: View, absence: str) -> tuple[Danger, ...]:
    """List the dangers of the present dropout that are, or may be, the reason of the absence."""
    attendance, duties = view.progress.attendance, view.law.procedure.file.dangers
    start = attendance.round_start if attendance.round > 1 else None
    return tuple(
        danger
        for danger in view.case.dangers
        if danger.stands(view.day)
        and (start is None or danger.day >= start)
        and duties.get(danger.kind, DangerDuty()).absence == absence
    )


def _told(code: str, danger: Danger) -> Hit:
    return hit(code, day=day_or_unknown(danger.day), kind=danger.kind, found=danger.found)


CHECKS: Mapping[str, Check] = {
    "孩子没有被拐、失踪": child_within_reach,
    "遇险不是缺课的原因": peril_examined,
}
