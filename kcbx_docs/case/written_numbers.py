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
from kcbx_docs.words import DIGITS, nearest, parse_number

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

_YEARLESS = regex(
    r"(?P<word>[^\d\s第号]{2,}?)\s*(?P<open>)(?P<year>)(?P<close>)"
    r"(?P<ordinal>第)\s*(?P<serial>\d{1,4})\s*(?P<end>号)"
)
"""A number that tells no year: 青政劝字第1号."""
_CHINESE_YEAR = regex("[〇零○一二三四五六七八九]{4}")
_CHINESE_SERIAL = regex("(?<=[第〕)\\]}】〗﹞］）])[零一二三四五六七八九十百]{1,5}(?=号$)")

_SHORT_YEAR, _NO_YEAR = "年份要写四位", "没有写年份"


@dataclass(frozen=True)
class WrittenNumber:
    """A number taken apart, and as it should be written; the year is nought where none is told."""

    text: str
    word: str
    year: int
    tidy: str
    faults: tuple[str, ...]


def read_number(text: str) -> WrittenNumber | None:
    """Take a number apart, however it is written; nothing for what is no number of a paper."""
    wide = "".join(
        c if c in _OPENING + _CLOSING else unicodedata.normalize("NFKC", c) for c in text
    )
    plain = _in_digits(wide.strip())
    found = _WRITTEN.fullmatch(plain)
    if found is None or not (found["open"] or found["close"]):
        found = _BARE.fullmatch(plain) or _YEARLESS.fullmatch(plain)
    if found is None:
        return None
    year = int(found["year"] or 0) + (2000 if len(found["year"]) == 2 else 0)
    tidy = f"{found['word']}〔{year or '年份'}〕{int(found['serial'])}号"
    faults = [*_faults(found, text, tidy), *(["数字用 1、2、3"] if plain != wide.strip() else [])]
    return WrittenNumber(text, found["word"], year, tidy, tuple(faults))


def _in_digits(text: str) -> str:
    """Write the year and the serial number of a paper in digits: 〔二〇二六〕, 第三号."""
    for year in _CHINESE_YEAR.findall(text)[:1]:
        text = text.replace(year, "".join(str(_DIGITS[char]) for char in year))
    return _CHINESE_SERIAL.sub(lambda found: str(parse_number(found[0]) or found[0]), text)


_DIGITS = {char: number for number, char in enumerate(DIGITS)} | {"〇": 0, "○": 0}


def _faults(found: re.Match[str], text: str, tidy: str) -> Iterator[str]:
    yield from _faults_of_year(found, text)
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


def _faults_of_year(found: re.Match[str], text: str) -> Iterator[str]:
    if not found["year"]:
        yield _NO_YEAR
        return
    if (found["open"], found["close"]) != ("〔", "〕"):
        yield "年份要用六角括号〔〕"
    elif re.search(r"年\s*〕", text):
        yield "括号里不写「年」"
    if len(found["year"]) != 4:
        yield _SHORT_YEAR


def form_of(number: str, source: Source, loc: Loc) -> Iterator[Problem]:
    """Say how a number should be written; one that tells its year whole is mended."""
    read = read_number(number)
    if read and read.faults:
        advice = f"是不是「{read.tidy}」？" if read.word and read.year else ""
        facts = {"number": number, "what": "，".join(read.faults), "advice": advice}
        found = problem("WORK004", source.place(loc, value=True), **facts)
        sure = read.word and not {_SHORT_YEAR, _NO_YEAR} & {*read.faults}
        mending = source.mending(loc, read.tidy) if sure else None
        yield with_mending(found, mending) if mending else found


def check_numbers(case: Case, source: Source, workspace: Workspace) -> Iterator[Problem]:
    """Numbers of our own papers have the form of the standard, a word of ours, their day's year."""
    words = words_of(workspace, *([school_of(case.school, workspace)] if case.school else []))
    for number, event in enumerate(case.history):
        if not event.number or event.kind not in _OWN or event.handed_by:
            continue
        loc = ("经过", number, "文号")
        place = source.place(loc, value=True)
        yield from form_of(event.number, source, loc)
        if read := read_number(event.number):
            if read.year:
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
