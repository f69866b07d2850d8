"""Things that a case names twice: a paper where it is made and where it is served, a piece of
evidence in the list and where it is used.
"""

from collections.abc import Iterator
from datetime import date
from difflib import SequenceMatcher
from itertools import combinations

from kcbx_docs.case.event import Event
from kcbx_docs.case.model import Case
from kcbx_docs.case.who_is_meant import listed, names_within
from kcbx_docs.case.written_numbers import read_number
from kcbx_docs.light import regex
from kcbx_docs.problems import Problem, problem
from kcbx_docs.reading import Source
from kcbx_docs.words import turned_round

_NUMBERED = regex(r"[\dA-Za-z一二三四五六七八九十甲乙丙丁戊上下左右前后正反大小音像]")
"""What tells things apart that are called alike otherwise."""


def check_documents(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """A paper is called the same where it is made and where it is served, withdrawn or urged."""
    made = {_key(event): event for event in case.history if event.kind == "制发"}
    for number, event in enumerate(case.history):
        other = made.get(_key(event)) if event.kind in ("送达", "撤回") else None
        if event.number and other and other.document != event.document:
            place = source.place(("经过", number, "文书"), value=True)
            facts = {"number": event.number, "kind": other.kind, "other": other.document}
            yield problem("CASE105", place, **facts, document=event.document)


def _key(event: Event) -> str:
    """Write a number in one way, however it is typed."""
    read = read_number(event.number)
    return read.tidy if read else event.number


def check_evidence(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """Evidence that is used is called as in the list; one wrong character is asked about."""
    known = [one.name for one in case.evidence]
    for number, event in enumerate(case.history):
        for position, name in enumerate(event.evidence):
            several = names_within(name, known)
            meant = listed(several) if several else next((k for k in known if _slip(name, k)), "")
            if name not in known and meant:
                place = source.place(("经过", number, "证据", position), value=True)
                yield problem("CASE106", place, name=name, meant=meant)


def _slip(name: str, known: str) -> bool:
    """Tell whether two names differ in one character that is not what tells them apart."""
    if len(known) < _LONG_ENOUGH or turned_round(name, known):
        return False
    parts = SequenceMatcher(None, name, known, autojunk=False).get_opcodes()
    apart = [(name[a:b], known[c:d]) for tag, a, b, c, d in parts if tag != "equal"]
    if len(apart) != 1 or max(map(len, apart[0])) > 1:
        return False
    return not any(_NUMBERED.search(part) for part in apart[0])


_LONG_ENOUGH = 3


_ONCE = (
    *("接到线索", "联系", "劝返", "核查", "复学观察", "送教", "帮扶", "询问", "书面报告", "移送"),
    *("批评教育", "劝返通知", "学籍标注"),
)
"""What is written by hand as often as it happened; numbered papers have a check of their own."""
_FREE = ("content", "note", "reason", "place", "result", "source")
_AT_ONE_TIME = ("劝返", "核查", "送教", "询问", "帮扶")
"""Told with the clock (CASE286) where that is the same."""
_NEARLY = 0.8


def check_told_twice(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """One thing that was written down again in a few other words, or with one key more; told once
    of a kind and a day.
    """
    seen: dict[tuple[str, date], list[int]] = {}
    for number, event in enumerate(case.history):
        if event.kind in _ONCE:
            seen.setdefault((event.kind, event.day), []).append(number)
    for (kind, day), numbers in seen.items():
        found = (
            (one, other)
            for one, other in combinations(numbers, 2)
            if _told_again(case.history[one], case.history[other])
        )
        if twice := next(found, None):
            line = source.place(("经过", twice[0])).line
            facts = {"kind": kind, "day": day, "where": f"（第 {line} 行）" if line else ""}
            yield problem("CASE313", source.place(("经过", twice[1])), **facts)


def _told_again(one: Event, other: Event) -> bool:
    """Tell whether two events of a day differ in a few words only, or one says less."""
    told, again = _said(one), _said(other)
    if not (told.keys() <= again.keys() or again.keys() <= told.keys()):
        return False
    if one.clock and one.clock == other.clock and one.kind in _AT_ONE_TIME:
        return False
    return all(_alike(key, told[key], again[key]) for key in told.keys() & again.keys())


def _said(event: Event) -> dict[str, object]:
    return {key: value for key, value in vars(event).items() if value or value is False}


def _alike(key: str, one: object, other: object) -> bool:
    if one == other:
        return True
    if key not in _FREE or not (isinstance(one, str) and isinstance(other, str)):
        return False
    match = SequenceMatcher(None, one, other, autojunk=False)
    apart = ""
    for tag, start, end, begin, stop in match.get_opcodes():
        apart += "" if tag == "equal" else one[start:end] + other[begin:stop]
    numbered = _NUMBERED.search(apart)
    return match.ratio() >= _NEARLY and not numbered and not turned_round(one, other)
