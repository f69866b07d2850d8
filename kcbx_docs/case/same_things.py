"""Things that a case names twice: a paper where it is made and where it is served, a piece of
evidence in the list and where it is used.
"""

from collections.abc import Iterator
from datetime import date
from difflib import SequenceMatcher

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
