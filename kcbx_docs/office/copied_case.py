"""A case that was copied from another child's and keeps what was that child's: the same officers at
the same minute in another home, another family's telephone, a mother of two children within months.

Each is asked about; children of one family may share all of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from pathlib import Path

from kcbx_docs.case.event import Event
from kcbx_docs.case.files import LoadedCase, case_without_faults
from kcbx_docs.case.model import Case, Guardian, name_key
from kcbx_docs.light import dataclass, regex
from kcbx_docs.office.children import CASE, text_of
from kcbx_docs.office.files import CASES, in_folder, numbers_in
from kcbx_docs.problems import Problem, problem

_PHONE = regex(r"(?<!\d)1\d{10}(?!\d)")
_PERSON = regex(r"(?<!\d)\d{17}[\dXx](?![\dA-Za-z])")
_MOMENT = regex(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)[^\n]*?(?<!\d)(\d{2}:\d{2})(?!\d)")
_VISITS = ("劝返", "询问", "批评教育", "送教", "帮扶")
_MOTHERS = ("母亲", "生母")
_TWINS, _NEXT = 2, 200
"""Days between the births of twins, and the fewest between those of two other children."""


@dataclass(frozen=True)
class OtherCases:
    """The case files of an office by what a copy would keep, read once for all who ask."""

    root: Path
    paths: dict[str, set[Path]] = field(default_factory=lambda: defaultdict(set))
    """The files in which a telephone, a person's number, or a day and an hour is written."""
    numbers: frozenset[str] = frozenset()
    read: dict[Path, Case | None] = field(default_factory=dict)

    def beside(self, own: Path, words: Iterable[str]) -> Iterator[tuple[Path, Case]]:
        """Yield the other cases in which one of some words is written."""
        here = own.resolve()
        found = set[Path]().union(*(self.paths.get(word, ()) for word in words))
        for path in sorted(found):
            if path.resolve() != here and (case := self._case(path)):
                yield path, case

    def _case(self, path: Path) -> Case | None:
        if path not in self.read:
            self.read[path] = case_without_faults(path)
        return self.read[path]


def other_cases(root: Path) -> OtherCases:
    """Look through the case files of an office for what tells one case from another."""
    found = OtherCases(root, numbers=frozenset(numbers_in(root)))
    for path in in_folder(root / CASES):
        text = text_of(path)
        for word in _words(text) if CASE in text else ():
            found.paths[word].add(path)
    return found


def _words(text: str) -> Iterator[str]:
    yield from _PHONE.findall(text)
    yield from map(str.upper, _PERSON.findall(text))
    yield from map(" ".join, _MOMENT.findall(text))


def copied(loaded: LoadedCase, others: OtherCases) -> Iterator[Problem]:
    """Ask about what another case of the office has as well, and about a case that is none."""
    yield from _related_to_none(loaded, others)
    yield from _of_other_families(loaded, others)
    yield from _born_too_soon(loaded, others)


def _related_to_none(loaded: LoadedCase, others: OtherCases) -> Iterator[Problem]:
    for number, name in enumerate(loaded.case.related):
        if name.casefold() not in others.numbers:
            place = loaded.source.place(("关联案件", number), value=True)
            yield problem("CASE323", place, number=name)


def _of_other_families(loaded: LoadedCase, others: OtherCases) -> Iterator[Problem]:
    case = loaded.case
    visits = [(n, one) for n, one in enumerate(case.history) if one.kind in _VISITS and one.clock]
    words = [guardian.phone for guardian in case.guardians if guardian.phone]
    words += [f"{one.day} {one.clock:%H:%M}" for _, one in visits]
    for _, other in others.beside(loaded.path, words):
        if _one_family(case, other):
            continue
        for number, guardian in enumerate(case.guardians):
            if owner := _of_phone(guardian, other):
                place = loaded.source.place(("监护人", number, "电话"), value=True)
                told = {"name": guardian.name, "other": other.id, "owner": owner.name}
                yield problem("CASE325", place, **told)
        for number, event in visits:
            if same := _at_once(event, other.history):
                place = loaded.source.place(("经过", number, "时间"), value=True)
                told = {"names": "、".join(same), "kind": event.kind, "other": other.id}
                clock = f"{event.clock:%H:%M}"
                yield problem("CASE326", place, **told, clock=clock, day=event.day)


def _born_too_soon(loaded: LoadedCase, others: OtherCases) -> Iterator[Problem]:
    case, born = loaded.case, loaded.case.pupil.birth
    mothers = {one.id_number.upper(): one for one in case.guardians if one.relation in _MOTHERS}
    mothers.pop("", None)
    for _, other in others.beside(loaded.path, mothers) if born else ():
        theirs = other.pupil.birth
        same = next((one for one in other.guardians if one.id_number.upper() in mothers), None)
        if born and theirs and same and _TWINS < abs((born - theirs).days) < _NEXT:
            told: dict[str, object] = {"other": other.id, "mother": same.name}
            place = loaded.source.place(("学生",))
            yield problem(
                "CASE327", place, **told, birth=born, theirs=theirs, name=other.pupil.name
            )


def _one_family(case: Case, other: Case) -> bool:
    """Tell whether two cases are of one child or of one family, as far as the files tell."""
    if case.id in other.related or other.id in case.related:
        return True
    mine, theirs = _people(case), _people(other)
    return bool(mine & theirs)


def _people(case: Case) -> set[str]:
    people = (case.pupil, *case.guardians)
    return {one.id_number.upper() or name_key(one.name) for one in people}


def _of_phone(guardian: Guardian, other: Case) -> Guardian | None:
    found = (one for one in other.guardians if guardian.phone and one.phone == guardian.phone)
    return next(found, None)


def _at_once(event: Event, history: Sequence[Event]) -> tuple[str, ...]:
    """Name who did the same at the same minute elsewhere."""
    for other in history:
        if (other.kind, other.day, other.clock) == (event.kind, event.day, event.clock):
            there = set(map(name_key, other.handlers))
            if both := tuple(one for one in event.handlers if name_key(one) in there):
                return both
    return ()
