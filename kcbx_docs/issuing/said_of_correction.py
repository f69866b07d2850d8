"""What a correction says in words of its own: it changes no sum, no period and nobody to whom the
paper is. What has a key is corrected by its key, where everything is looked at.
"""

from collections.abc import Iterator, Sequence

from kcbx_docs.case.event import Event
from kcbx_docs.case.files import Issuable, LoadedCase
from kcbx_docs.case.model import name_key
from kcbx_docs.light import regex
from kcbx_docs.office.book import Issue
from kcbx_docs.problems import Place, Problem, problem
from kcbx_docs.words import DIGITS

SLIP = "笔误："
"""Begins the words of who corrects a slip of the pen: what the paper orders stays as it is."""
_FIGURE = rf"[\d{''.join(DIGITS)}两十百千万]"
_SUM = regex(rf"{_FIGURE}[\d.{''.join(DIGITS)}两十百千万]*\s*元")
_PERIOD = regex(rf"期限|{_FIGURE}+\s*(?:个)?(?:工作日|日内|天|月内)")
_SUMS, _PERIODS = regex("罚款|金额|数额"), "期限"
_DAY = regex(r"\d{1,4}\s*[-/.年月]\s*\d{1,2}\s*[-/.月日]")
_WHO = regex("对象|当事人|受送达人|姓名|文号|成文日期|落款日期")
_ANY_FIGURE = regex(_FIGURE)


def faults_of_words(
    loaded: Issuable, issue: Issue, was: Event, event: Event, content: str
) -> Iterator[Problem]:
    """Say what the words of a correction change that words cannot; ``event`` is what the keys of
    the same correction make of the paper.
    """
    facts = {"paper": f"《{issue.title}》{issue.number}", "content": content.strip()}
    slip = content.strip().replace(":", "：").startswith(SLIP)
    found = [*_keys_meant(was, event, content, slip=slip)]
    for key in found:
        yield problem("ISSU124", Place(path="内容"), **facts, key=key)
    if other := _other_person(loaded, issue, content):
        yield problem("ISSU125", Place(path="内容"), **facts, name=other)
    elif not (found or slip or event != was) and (_DAY.search(content) or _WHO.search(content)):
        yield problem("ISSU126", Place(path="内容"), **facts)


def _keys_meant(was: Event, event: Event, content: str, *, slip: bool) -> Iterator[str]:
    """Yield the sum and the period where the words name one that no key of theirs sets."""
    named = _SUM.search(content) or (_SUMS.search(content) and _ANY_FIGURE.search(content))
    if named and event.amount == was.amount:
        yield "金额"
    meant = _PERIOD.search(content)
    if meant and event.period == was.period and (not slip or _ANY_FIGURE.search(content)):
        yield _PERIODS


def _other_person(loaded: Issuable, issue: Issue, content: str) -> str:
    """Return the guardian of the case whom the words name and to whom the paper is not."""
    if not isinstance(loaded, LoadedCase) or not issue.guardian:
        return ""
    names: Sequence[str] = [guardian.name for guardian in loaded.case.guardians]
    own = name_key(issue.guardian)
    return next((name for name in names if name in content and name_key(name) != own), "")
