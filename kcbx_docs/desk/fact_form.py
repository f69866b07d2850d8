"""The form of one record of a case as a page shows it: what is wanted first, the rest in a fold."""

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any

from flask import request

from kcbx_docs.case.files import LoadedCase
from kcbx_docs.case.model import PARENTS
from kcbx_docs.desk.blanks import FormBlank
from kcbx_docs.desk.cures import cure_of_problem
from kcbx_docs.desk.event_form import event_people
from kcbx_docs.desk.here import the_desk
from kcbx_docs.desk.new_case_form import ASKED
from kcbx_docs.desk.service_form import OFFICERS
from kcbx_docs.light import dataclass
from kcbx_docs.office.case_facts import Typed
from kcbx_docs.office.case_records import JOIN, FactField, FactRecord
from kcbx_docs.problems import Problem, Problems
from kcbx_docs.reading import Loc
from kcbx_docs.words import spell

_FEW = 10
"""Keys of a record that are asked for at once."""
_GUARDIANS = ("涉及", "被告", "法定代理人")
_OF_TRUTH, _OF_BEING = ("是", "否"), ("有", "无")
_HOW = {"several": "。几个的用顿号隔开", "lines": "。一行写一项"}
_BETWEEN = {"several": JOIN, "lines": "\n"}
_KINDS = {"several": "long", "lines": "long", "day": "day", "long": "long"}


@dataclass(frozen=True)
class FactGroup:
    """The blanks of one record: those that are shown, and those in the fold."""

    key: str
    about: str
    first: tuple[FormBlank, ...]
    folded: tuple[FormBlank, ...]


@dataclass(frozen=True)
class FactForm:
    """A record of a case, which of its list it is, and what the form holds."""

    loaded: LoadedCase
    record: FactRecord
    number: int
    typed: Typed
    problems: Problems = ()
    wanted: str = ""
    """The key for which somebody was led here."""

    def groups(self) -> Iterator[FactGroup]:
        """Yield the blanks of its records."""
        for loc, record in self.record.places(self.number):
            inside = record is not self.record
            blanks = [self._blank(loc, record, one, inside=inside) for one in record.fields]
            first = tuple(one for one in blanks if self._first(record, one, inside=inside))
            folded = tuple(one for one in blanks if one not in first)
            yield FactGroup(record.key, record.about, first, folded)

    def _first(self, record: FactRecord, blank: FormBlank, *, inside: bool) -> bool:
        told = blank.required or blank.answer or blank.faults or any(map(_filled, blank.rows))
        asked = blank.key in ASKED.get(record.key, ASKED["监护人"])
        usual = asked if len(record.fields) > _FEW else not (inside and blank.way == "day")
        return bool(told or usual or blank.key == self.wanted)

    def _blank(self, loc: Loc, record: FactRecord, field: FactField, *, inside: bool) -> FormBlank:
        told = self.typed.get(loc, {}).get(field.key, "")
        several = field.way == "several"
        rows = (*told, dict.fromkeys((one.key for one in field.parts), "")) if field.parts else ()
        people = self._people(field.key) if several else ()
        return FormBlank(
            key=f"{record.key}.{field.key}" if inside else field.key,
            label=field.key,
            about=field.about if people else f"{field.about}{_HOW.get(field.way, '')}",
            answer="" if field.parts else told,
            required=field.required,
            choices=_choices(field, told) if inside else field.choices,
            people=people,
            rows=rows,
            proposals=self._proposals(record, field),
            faults=self._faults(loc, field.key),
            kind=_KINDS.get(field.way, "text"),
        )

    def _people(self, key: str) -> tuple[str, ...]:
        if key in _GUARDIANS:
            return tuple(one.name for one in self.loaded.case.guardians)
        return event_people(self.loaded, key) if key == OFFICERS else ()

    def _proposals(self, record: FactRecord, field: FactField) -> tuple[str, ...]:
        if field.key == "关系":
            return PARENTS
        if (record.key, field.key) != ("学校", "名称"):
            return ()
        schools = the_desk().office(self.loaded.path).workspace.schools
        return tuple(one.name for one in schools)

    def _faults(self, loc: Loc, key: str) -> Problems:
        return tuple(one for one in self.problems if _is_about(one, loc, key))


def _choices(field: FactField, answer: str) -> tuple[str, ...]:
    """Offer one of two pairs of words that say the same: that which the file uses."""
    other = _OF_BEING if answer not in _OF_BEING else _OF_TRUTH
    return tuple(one for one in field.choices if one not in other)


def _is_about(found: Problem, loc: Loc, key: str) -> bool:
    """Tell whether a problem stands at a key, or is cured by it."""
    path, where = found.place.path, spell(loc)
    if path == spell((*loc, key)):
        return True
    cure = cure_of_problem(found)
    return path == where and (key in found.missing or (cure is not None and cure.key == key))


def _filled(row: Mapping[str, str]) -> bool:
    return any(row.values())


def typed_in_form(record: FactRecord, number: int) -> dict[Loc, dict[str, Any]]:
    """Return what the present form says of a record."""
    told: dict[Loc, dict[str, Any]] = {}
    for loc, own in record.places(number):
        before = "" if own is record else f"{own.key}."
        told[loc] = {one.key: _answer(f"{before}{one.key}", one) for one in own.fields}
    return told


def _answer(name: str, field: FactField) -> Any:
    if field.parts:
        columns = (request.form.getlist(f"{name}.{part.key}") for part in field.parts)
        keys = [part.key for part in field.parts]
        rows = [dict(zip(keys, map(str.strip, row), strict=True)) for row in _rows(*columns)]
        return [*filter(_filled, rows)]
    lines = "\n".join(request.form.getlist(name)).splitlines()
    given = [*filter(None, (" ".join(one.split()) for one in lines))]
    if field.way == "day":
        return given[-1] if given else ""
    if field.way in _BETWEEN:
        return _BETWEEN[field.way].join(dict.fromkeys(given))
    return " ".join(given)


def _rows(*columns: list[str]) -> Iterator[tuple[str, ...]]:
    return zip_longest(*columns, fillvalue="")


def held_in_file(record: FactRecord, number: int, data: Any) -> dict[Loc, dict[str, Any]]:
    """Return what the file says of a record, as a form shows it."""
    told: dict[Loc, dict[str, Any]] = {}
    for loc, own in record.places(number):
        held = own.held(data, loc)
        told[loc] = {
            one.key: one.rows(held.get(one.key)) if one.parts else one.shown(held.get(one.key))
            for one in own.fields
        }
    return told
