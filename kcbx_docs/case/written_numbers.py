"""Numbers of papers as people write them: their form, whose word they bear, of which year they are.

Only numbers that a workspace's own organs give are examined: courts and other organs write theirs
as they please.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping

from kcbx_docs.case.brackets import CLOSING, ODD_CLOSING, ODD_OPENING, OPENING
from kcbx_docs.case.event import Event
from kcbx_docs.case.event_kinds import MADE_BY
from kcbx_docs.case.model import Case, School
from kcbx_docs.case.workspace import Workspace, school_of
from kcbx_docs.light import dataclass, regex
from kcbx_docs.problems import Place, Problem, problem, with_mending
from kcbx_docs.reading import Loc, Source
from kcbx_docs.words import nearest

_CARRYING = ("送达", "撤回")
_BY_SCHOOL = ("书面报告",)
_OWN = (*MADE_BY, *_CARRYING, *_BY_SCHOOL, "移送", "结案", "建议撤销监护人资格")
"""Events whose number an organ of the workspace gave."""

_OPENING, _CLOSING = OPENING + ODD_OPENING, CLOSING + ODD_CLOSING
_WRITTEN = regex(
    rf"(?P<word>[^\d\s{re.escape(_OPENING)}]*?)\s*(?P<open>[{re.escape(_OPENING)}]?)\s*"
    rf"(?P<year>\d{{4}}|\d\d(?=\s*[{re.escape(_CLOSING)}]))\s*年?\s*"
    rf"(?P<close>[{re.escape(_CLOSING)}]?)\s*(?P<ordinal>第?)\s*(?P<serial>\d+)\s*(?P<end>号?)"
)

_BARE = regex(
    rf"(?P<word>[^\d\s{re.escape(_OPENING)}]+?)\s*(?P<open>)(?P<year>20\d\d)(?P<close>)\s*"
    r"(?:年\s*(?P<ordinal>第?)|第|[-_/])\s*(?P<serial>\d{1,4})\s*(?P<end>号?)"
)
"""A number whose year stands without brackets: 青政函2026年8号, 青政函2026-8号."""

_SHORT_YEAR = "年份要写四位"


@dataclass(frozen=True)
class WrittenNumber:
    """A number taken apart, and as it should be written."""

    text: str
    word: str
    year: int
    tidy: str
    faults: tuple[str, ...]


def read_number(text: str) -> WrittenNumber | None:
    """Take a number apart, however it is written; nothing for what is no number of a paper."""
    plain = "".join(
        c if c in _OPENING + _CLOSING else unicodedata.normalize("NFKC", c) for c in text
    )
    found = _WRITTEN.fullmatch(plain.strip())
    if found is None or not (found["open"] or found["close"]):
        found = _BARE.fullmatch(plain.strip())
    if found is None:
        return None
    year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
    tidy = f"{found['word']}〔{year}〕{int(found['serial'])}号"
    return WrittenNumber(text, found["word"], year, tidy, tuple(_faults(found, text, tidy)))


def _faults(found: re.Match[str], text: str, tidy: str) -> Iterator[str]:
    if (found["open"], found["close"]) != ("〔", "〕"):
        yield "年份要用六角括号〔〕"
    if len(found["year"]) != 4:
        yield _SHORT_YEAR
    if found["ordinal"]:
        yield "不写「第」"
    if found["serial"].startswith("0"):
        yield "序号前不加 0"
    if not found["end"]:
        yield "末尾要写「号」"
    if not found["word"]:
        yield "没有写机关代字"
    elif re.sub(r"\s", "", text) != text:
        yield "中间没有空格"
    elif unicodedata.normalize("NFKC", text) == tidy != text:
        yield "数字用半角"


def form_of(number: str, source: Source, loc: Loc) -> Iterator[Problem]:
    """Say how a number should be written; one that tells its year whole is mended."""
    read = read_number(number)
    if read and read.faults:
        advice = f"是不是「{read.tidy}」？" if read.word else ""
        facts = {"number": number, "what": "，".join(read.faults), "advice": advice}
        found = problem("WORK004", source.place(loc, value=True), **facts)
        sure = read.word and _SHORT_YEAR not in read.faults
        mending = source.mending(loc, read.tidy) if sure else None
        yield with_mending(found, mending) if mending else found


def check_numbers(case: Case, source: Source, workspace: Workspace) -> Iterator[Problem]:
    """Numbers of our own papers have the form of the standard, a word of ours, their day's year."""
    words = words_of(workspace, *([school_of(case.school, workspace)] if case.school else []))
    for number, event in enumerate(case.history):
        if not event.number or event.kind not in _OWN:
            continue
        loc = ("经过", number, "文号")
        place = source.place(loc, value=True)
        yield from form_of(event.number, source, loc)
        if read := read_number(event.number):
            yield from _year(event, read, place)
            yield from word_of(read, words, _giver(event, case), place)


def _year(event: Event, read: WrittenNumber, place: Place) -> Iterator[Problem]:
    """A paper bears the year of its day; it may be served or withdrawn in a later one."""
    made_then = event.kind not in _CARRYING
    if read.year > event.day.year or (made_then and read.year != event.day.year):
        facts = {"number": read.text, "year": read.year, "kind": event.kind, "day": event.day}
        yield problem("CASE097", place, **facts)


def _giver(event: Event, case: Case) -> str:
    """Name the organ that gave a number, where the file tells."""
    if event.kind in _BY_SCHOOL:
        return case.school.name if case.school else ""
    return event.organ if event.kind in MADE_BY else ""


def words_of(workspace: Workspace, *schools: School) -> Mapping[str, str]:
    """Map the words of numbers to the organs and schools that use them."""
    found = {organ.code_word: organ.name for organ in workspace.organs}
    for school in (*workspace.schools, *schools):
        found.setdefault(school.code_word, school.name)
    return {word: name for word, name in found.items() if word}


def word_of(
    read: WrittenNumber, words: Mapping[str, str], giver: str, place: Place
) -> Iterator[Problem]:
    """Say where a number bears a word that nobody here uses, or that of another organ."""
    fitting = [word for word in words if read.word.startswith(word)]
    if not words or not read.word:
        return
    if not fitting:
        yield _unknown(read, words, place)
        return
    owner, own = words[max(fitting, key=len)], [w for w, name in words.items() if name == giver]
    if own and owner != giver:
        facts = {"number": read.text, "word": max(fitting, key=len), "owner": owner}
        yield problem("CASE098", place, **facts, giver=giver, own=own[0])


def _unknown(read: WrittenNumber, words: Mapping[str, str], place: Place) -> Problem:
    known = "、".join(f"{word}（{name}）" for word, name in words.items())
    lengths = sorted({len(word) for word in words}, reverse=True)
    near = next(filter(None, (nearest(read.word[:n], tuple(words)) for n in lengths)), "")
    advice = f"是不是「{near}{read.tidy[len(near) :]}」？" if near else ""
    return problem("CASE096", place, number=read.text, known=known, advice=advice)
