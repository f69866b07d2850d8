"""Whether what is written speaks against a guardian's fault: who sends the child, has promised to,
cannot, or waits for a disabled child's place (义务教育法 58: 无正当理由).

None of it forbids anything: who addresses a paper all the same says why. A paper that was made is
not measured by it.
"""

from collections.abc import Iterator, Mapping
from itertools import chain

from kcbx_docs.case.event import Event
from kcbx_docs.case.model import PARENTS, Guardian, name_key
from kcbx_docs.case.sightings import agreed
from kcbx_docs.case.whereabouts import LOCKED_UP
from kcbx_docs.procedure.checks.view import Check, Hits, View, hit_now
from kcbx_docs.words import day_or_unknown

_ASKING = ("劝返", "联系")
_REFUSED = "拒绝"


def able(view: View) -> Hits:
    """The guardian is where he can look after the child (民法典 34, 未成年人保护法 16, 22)."""
    guardian = view.progress.guardian
    if guardian.missing(view.day):
        yield hit_now("PROC482", name=view.name)
    elif (where := guardian.where(view.day)) in LOCKED_UP:
        yield hit_now("PROC481", name=view.name, where=where)


def not_willing(view: View) -> Hits:
    """The guardian himself does not do his duty: others' refusals are not his."""
    guardian, said = view.progress.guardian, _last_word(view, view.progress.guardian)
    others = [one for one in view.case.guardians if one is not guardian]
    refused = [one.name for one in others if _refused(_last_word(view, one))]
    if said and agreed(said) and (refused or guardian.raises is False):
        told = f"{'、'.join(refused)}拒绝；" if refused else "孩子不随其生活；"
        facts = {"day": day_or_unknown(said.day), "result": said.result, "others": told}
        yield hit_now("PROC483", name=view.name, **facts)
    elif guardian.raises is False and others and not _refused(said):
        yield hit_now("PROC484", name=view.name)
    elif elsewhere := _lives_elsewhere(guardian, others):
        yield hit_now("PROC490", "提醒", name=view.name, other=elsewhere.name)


def _lives_elsewhere(guardian: Guardian, others: list[Guardian]) -> Guardian | None:
    """Return the other parent where the two live at different addresses and nobody wrote with
    whom the child lives.
    """
    for other in others:
        homes = sorted((guardian.address, other.address), key=len)
        parents = {guardian.relation, other.relation} <= set(PARENTS)
        unsaid = guardian.raises is None and other.raises is None
        if parents and unsaid and homes[0] and homes[0] not in homes[1]:
            return other
    return None


def promise_over(view: View) -> Hits:
    """The day on which the child was promised to be back has passed, or the promise was broken."""
    said = _last_word(view, view.progress.guardian)
    for promise in _promises(view):
        broken = said and said.day > promise.day and _refused(said)
        day = promise.period.day if promise.period else None
        if day and day >= view.day and not broken:
            facts = {"day": day_or_unknown(promise.day), "until": day_or_unknown(day)}
            yield hit_now("PROC485", **facts, who="、".join(promise.targets) or "监护人")
            return


def placed(view: View) -> Hits:
    """For a disabled child somebody said to which school it goes, or that it is taught at home."""
    pupil = view.case.pupil
    if not pupil.disabled:
        return
    if pupil.placement is None:
        yield hit_now("PROC486", name=pupil.name, disability=pupil.disability)
    elif pupil.placement == "送教上门":
        yield hit_now("PROC487", name=pupil.name)


def _spoken(view: View) -> Iterator[Event]:
    """Yield what was said in the present dropout, in order."""
    kinds = view.progress.kinds
    every = chain.from_iterable(kinds.get(kind, ()) for kind in _ASKING)
    return iter(sorted(every, key=lambda event: event.moment))


def _last_word(view: View, guardian: Guardian) -> Event | None:
    """Return where a guardian last said what he means to do; of others, nothing."""
    key, last = name_key(guardian.name), None
    for event in _spoken(view):
        asked = not event.targets or key in map(name_key, event.targets)
        if asked and agreed(event) is not None:
            last = event
    return last


def _refused(said: Event | None) -> bool:
    return said is not None and said.result == _REFUSED


def _promises(view: View) -> Iterator[Event]:
    return (event for event in _spoken(view) if agreed(event) and event.period)


CHECKS: Mapping[str, Check] = {
    "监护人能够履行": able,
    "监护人没有履行": not_willing,
    "约定的日期已过": promise_over,
    "残疾孩子已有安置意见": placed,
}
