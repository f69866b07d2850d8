"""What in a text tells who a child of the office's cases is: names, numbers, addresses."""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from kcbx_docs.case.addresses import within_units
from kcbx_docs.case.files import STAND_IN, LoadedWork, case_without_faults
from kcbx_docs.case.workspace import issuing_organs
from kcbx_docs.light import dataclass, regex
from kcbx_docs.office.children import text_of
from kcbx_docs.office.files import CASES, files_below
from kcbx_docs.office.opened import Office
from kcbx_docs.record.publication import plain, spread, told_in, villages_of

_NAMED = regex(r"(?:^|[\s{,\-])[\"']?姓名[\"']?:[ \t]+[\"']?([^\s\"',}\]#]{2,})")
_LIVING = regex(r"(?:现住址|户籍地址|住址|送达地址)[\"']?:[ \t]+[\"']?([^\n\"',}\]#]{4,})")
_LEARNING = regex(
    r"学校[\"']?:[ \t]+(?:\{[ \t]*名称:[ \t]+)?[\"']?([^\s\"',}\]#{]{4,})"
    r"|名称:[ \t]+[\"']?([^\s\"',}\]#]{2,}(?:学校|小学|中学))"
)
_NUMBERS = regex(r"(?<!\d)(?:\d{17}[\dXx]|1\d{10})(?!\d)")
_BARE_NUMBER = 4
"""「15号」 alone leads to nobody."""
NAME, PLACE, NUMBER = "某某", "某处", "号码隐去"
"""What is printed in the place of each."""


@dataclass(frozen=True)
class Secrets:
    """The personal values of all case files: longer ones first, so that none is cut by another."""

    names: tuple[str, ...]
    places: tuple[str, ...]
    around: tuple[str, ...] = ()
    """Villages and schools: what is told of units may name them, what is told of a child not."""
    public: frozenset[str] = frozenset()
    """Telephone numbers of offices and schools, which are no secret."""

    def found(self, text: str) -> tuple[str, ...]:
        """List what a text tells of children and their families."""
        told = told_in(text, (*self.names, *self.places))
        return (*told, *(one for one in _NUMBERS.findall(plain(text)) if one not in self.public))

    def pointing(self, text: str) -> tuple[str, ...]:
        """List what points to the child whom a text tells of."""
        return (*self.found(text), *told_in(text, self.around))

    def redacted(self, text: str) -> str:
        """Return a text without it."""
        for place in self.places:
            text = re.sub(spread(place), PLACE, text)
        for name in self.names:
            text = re.sub(spread(name), NAME, text)
        return _NUMBERS.sub(lambda one: one[0] if one[0] in self.public else NUMBER, text)


def secrets_of(office: Office, loaded: LoadedWork) -> Secrets:
    """Gather of the office's cases what the work names: their people and where they live; who
    holds an office is no secret. Only cases of which something stands there are read whole.
    """
    public = {*_officials(office), *_named_by_work(loaded)}
    whole = plain(loaded.source.text)
    names: set[str] = set()
    places: set[str] = set()
    schools = {school.name for school in office.workspace.schools}
    for path in files_below((office.root / CASES,)):
        text = text_of(path) if path != loaded.path else ""
        if "学生" not in text:
            continue
        places |= {place.strip() for place in _LIVING.findall(text)}
        schools |= {*chain.from_iterable(_LEARNING.findall(text))} - {""}
        if any(plain(name) in whole for name in _NAMED.findall(text)):
            names |= _family(path) or {*_NAMED.findall(text)}
    phones = frozenset(one.phone for one in issuing_organs(office.workspace))
    around = schools.union(*map(villages_of, places))
    homes_in_short = {*filter(_one_house, map(within_units, places))}
    told, homes, near = map(_longest_first, (names - public, places | homes_in_short, around))
    return Secrets(told, homes, near, phones)


def _one_house(place: str) -> bool:
    """Tell whether an address without its town still leads to a door; a mere village does not."""
    return len(place) > _BARE_NUMBER and any(one.isdigit() for one in place)


def _family(path: Path) -> set[str]:
    """Name the people of a case; nobody of a file that cannot be read."""
    case = case_without_faults(path)
    if case is None:
        return set()
    return {one.name for one in (case.pupil, *case.guardians, *case.carers)} - {STAND_IN}


def _longest_first(words: set[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _officials(office: Office) -> Iterator[str]:
    for organ in issuing_organs(office.workspace):
        yield from (organ.head, organ.contact)
    yield from (officer.name for officer in office.workspace.officers)


def _named_by_work(loaded: LoadedWork) -> Iterator[str]:
    for party in loaded.work.parties:
        yield from (party.name, party.person)
