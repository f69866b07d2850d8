"""Who a child is can be told by much: names, numbers, where he lives, learns and was born."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain, pairwise

from kcbx_docs.case.model import Case
from kcbx_docs.case.person import Person
from kcbx_docs.light import regex
from kcbx_docs.problems import Problem, problem
from kcbx_docs.record.docket import Docket
from kcbx_docs.words import day_in_words, number_in_words

_ABOVE = regex(r"自治[县州区]|街道(?!社区)|省|州|市|县|镇|乡|(?<!社)区")
"""What ends the part of an address that many share."""
_PLACE = regex(r"[^\d\s]{2,}?(?:村|社区|小组|组|寨|屯|庄|路|街|巷)")
_END = regex(r"(?:村|社区|小组|组|寨|屯|庄|路|街|巷)$")
_NUMBER = regex(r"[\dXx]{7,}")
_APART = r"[\s·•．.‧・∙\-‐‑–—―~()\[\]【】]"
_SIGNS = regex(f"{_APART}+")
"""What may stand between the characters of a name or a number without changing it."""
_ZERO = str.maketrans("零○", "〇〇")
_MASKED = regex(r"(\d{2,})[*xX×]{2,}(\d{2,})")
_FORM = regex(r"(?:股份|责任)?有限(?:责任)?公司|公司|[（(].*[）)]")
_CLASS = regex(r"(\d{1,2})班")
_LEAST, _LEAST_OF_UNITS = 2, 4
"""Shorter words stand in every text."""
_DIGITS = "〇一二三四五六七八九"


def told_in_public(docket: Docket) -> Iterator[Problem]:
    """Yield what the text that everybody may read tells of the child and his family."""
    publication = docket.case.publication
    if publication is None:
        return
    place = docket.place_of("公开决定", "文本")
    if told := told_in(publication.text, identifying(docket.case)):
        yield problem("PUBL005", place, told="、".join(told))
    elif told := told_in(publication.text, [*given_names(docket.case), *_others(docket)]):
        yield problem("PUBL006", place, told="、".join(told))


def told_in(text: str, words: Sequence[str]) -> tuple[str, ...]:
    """List those of some words that a text holds, however they are written: in wide digits, with
    another interpunct, apart, or with some digits of a number masked.
    """
    tight = plain(text)
    masked = _MASKED.findall(tight)
    found = (word for word in words if plain(word) in tight or _is_masked(word, masked))
    return tuple({plain(word): word for word in found}.values())


def plain(text: str) -> str:
    """Write a text as one that is compared: narrow, together, with one sign for zero."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text)).translate(_ZERO)


def spread(word: str) -> str:
    """Return a pattern of a word, whatever stands between its characters."""
    return f"{_APART}*".join(map(re.escape, plain(word)))


def _is_masked(word: str, masked: Sequence[tuple[str, str]]) -> bool:
    """Tell whether a number shows its beginning and its end."""
    if not _NUMBER.fullmatch(word):
        return False
    return any(word.startswith(head) and word.endswith(tail) for head, tail in masked)


def identifying(case: Case) -> tuple[str, ...]:
    """List what tells who the child of a case is, as texts may write it."""
    words = chain(_names(case), _numbers(case), _homes(case), _units(case), _births(case))
    tight = ("".join(word.split()) for word in words)
    return tuple(dict.fromkeys(word for word in tight if len(plain(word)) >= _LEAST))


def given_names(case: Case) -> tuple[str, ...]:
    """List parts of names and of places, and where the child is: they may be plain words as well,
    so that a person looks.
    """
    pairs = map("".join, chain.from_iterable(map(pairwise, map(plain, _names(case)))))
    stems = (_END.sub("", place) for place in _homes(case))
    short = (stem for stem in stems if _LEAST <= len(stem) < _LEAST_OF_UNITS)
    return tuple(dict.fromkeys(filter(None, (*pairs, *short, case.pupil.whereabouts))))


def _others(docket: Docket) -> Iterator[str]:
    """Yield who else had to do with the child: a teacher tells the school, a neighbour the village;
    the office's own officers tell nothing.
    """
    workspace = docket.law.workspace
    own = {*docket.case.handlers, *(one.name for one in workspace.officers)}
    for event in docket.events:
        people = (*event.handlers, *event.participants, event.recorder, event.signer)
        witnesses = (one.name for one in event.witnesses)
        yield from ({*people, *witnesses} - own - {""})


def _people(case: Case) -> tuple[Person, ...]:
    return (case.pupil, *case.guardians, *case.carers)


def _names(case: Case) -> Iterator[str]:
    yield from (person.name for person in _people(case))
    yield case.pupil.former_name
    yield from chain.from_iterable(guardian.former_names for guardian in case.guardians)


def _numbers(case: Case) -> Iterator[str]:
    for person in _people(case):
        yield person.id_number
        yield from _NUMBER.findall(person.phone)
    yield case.pupil.pupil_number
    yield from _NUMBER.findall(case.pupil.disability)


def _homes(case: Case) -> Iterator[str]:
    addresses = [case.pupil.registered_address, case.pupil.address]
    addresses += [carer.address for carer in case.carers]
    for guardian in case.guardians:
        addresses += [guardian.address, guardian.registered_address]
    for address in filter(None, addresses):
        yield from (address, *villages_of(address))


def villages_of(address: str) -> list[str]:
    """List what an address names below the town: villages, groups, streets."""
    found = _PLACE.findall(_ABOVE.split(address)[-1])
    return [*found, *(one.replace("小组", "组") for one in found if one.endswith("小组"))]


def _units(case: Case) -> Iterator[str]:
    named = [case.school.name] if case.school else []
    named += [guardian.employer for guardian in case.guardians]
    for name in filter(None, named):
        yield name
        own = _ABOVE.split(name)[-1]
        yield from (one for one in (own, _FORM.sub("", own)) if len(one) >= _LEAST_OF_UNITS)
    yield case.pupil.class_name
    for digits in _CLASS.findall(case.pupil.class_name):
        yield f"{number_in_words(int(digits))}班"


def _births(case: Case) -> Iterator[str]:
    for person in _people(case):
        if person.birth:
            yield from _day_as_written(person.birth)


def _day_as_written(day: date) -> Iterator[str]:
    year, month = day.year, day.month
    yield from (day_in_words(day), f"{year}年{month}月", f"{day:%Y年%m月%d日}", f"{day:%Y年%m月}")
    for sign in ("-", ".", "/", ""):
        yield from (f"{day:%Y{sign}%m{sign}%d}", f"{year}{sign}{month}{sign}{day.day}")
    in_words = "".join(_DIGITS[int(digit)] for digit in str(year))
    yield f"{in_words}年{number_in_words(month)}月"
