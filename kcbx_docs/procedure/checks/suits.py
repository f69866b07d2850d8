"""The civil suit: who sues whom, who represents the child, which court hears it."""

from collections.abc import Mapping

from kcbx_docs.case.addresses import elsewhere
from kcbx_docs.procedure.checks.view import Check, Hits, View, hit
from kcbx_docs.words import day_or_unknown


def court_accepts(view: View) -> Hits:
    """Whether the local court hears suits of a town is settled by its practice;
    who does not know must ask. Nobody disputes that the child may sue.
    """
    if view.suit.plaintiff and not view.suit.by_office:
        return
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
    filed, ended = view.progress.suit, view.progress.last("民事判决", "调解", "撤诉")
    if filed and filed.day < view.day and (ended is None or ended.day < filed.day):
        yield hit("PROC334", day=day_or_unknown(filed.day))


def civil_court_known(view: View) -> Hits:
    """kcbx.yaml names the court that hears civil matters."""
    if view.law.workspace.court_for("民事") is None:
        yield hit("PROC335")


def plaintiff_written(view: View) -> Hits:
    """An officer chose who sues; both ways have cases, and nothing is guessed."""
    if not view.suit.plaintiff:
        yield hit("PROC341", practice=view.law.procedure.steps["civil-suit"].practice)


def child_sues(view: View) -> Hits:
    """A suit is supported that the child brings; whoever sues itself supports nobody."""
    if view.suit.by_office:
        yield hit("PROC346", "禁止")
    else:
        yield from plaintiff_written(view)


def defendants_written(view: View) -> Hits:
    """Of several guardians only those who refuse are sued, and somebody wrote who they are."""
    if not view.suit.defendants:
        names = "、".join(guardian.name for guardian in view.case.guardians)
        yield hit("PROC342", names=names)


def child_represented(view: View) -> Hits:
    """A child sues through a guardian who is no defendant."""
    if not view.suit.by_office and view.suit.defendants and not view.suit.representatives:
        yield hit("PROC343", sued="、".join(one.name for one in view.suit.defendants))


def court_of_the_defendant(view: View) -> Hits:
    """The court of the place where the defendant lives hears the suit;
    prisoners and the missing are sued where the plaintiff lives.
    """
    guardian, court = view.progress.guardian, view.law.workspace.court_for("民事")
    if court is None:
        return
    facts = {"name": view.name, "court": court.name}
    if guardian.missing(view.day) or guardian.whereabouts in ("服刑", "羁押"):
        yield hit("PROC344", **facts, where=guardian.whereabouts)
    elif elsewhere(guardian.address, court.name):
        yield hit("PROC345", **facts, address=guardian.address)


CHECKS: Mapping[str, Check] = {
    "当地法院受理此类起诉": court_accepts,
    "监护人拒不履行": refused,
    "没有起诉过": not_sued,
    "民事法院已写明": civil_court_known,
    "原告已写明": plaintiff_written,
    "原告是孩子": child_sues,
    "被告已写明": defendants_written,
    "孩子有人代理": child_represented,
    "受诉法院有管辖权": court_of_the_defendant,
}
