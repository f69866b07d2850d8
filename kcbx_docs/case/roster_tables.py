"""The same pupils in several tables of a workbook, such as one of the whole school beside those of
the classes: each counts once, and where the tables disagree nobody is guessed.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import combinations

from kcbx_docs.case.ids import mask
from kcbx_docs.case.model import Guardian
from kcbx_docs.case.roster_doubles import Seen
from kcbx_docs.case.roster_family import BORN_TO
from kcbx_docs.case.roster_reading import RosterPupil
from kcbx_docs.case.roster_states import said_of
from kcbx_docs.case.tables import names_family
from kcbx_docs.light import dataclass
from kcbx_docs.problems import Place, Problem, problem

SHARE, LEAST = 0.5, 3
"""How much of a table must stand in others, and how many, to say the same again."""
COVERED = 0.6
"""Of how much of a class both tables must have the pupils for a pupil in one only to be told."""
_GONE = frozenset(("ROST054", "ROST056", "ROST058", "ROST106", "ROST131", "ROST132", "ROST134"))
"""What one table says of a pupil and holds him back, whatever the other says."""
_PLACING = frozenset(("年级", "班级"))
_NAMED = 5


@dataclass
class Once:
    """What became of pupils who stand in several tables."""

    out: set[int] = field(default_factory=set)
    """Rows that are not read, since another says the same pupil."""
    changed: dict[int, RosterPupil] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def once_each(seen: Sequence[Seen], died: Collection[int]) -> Once:
    """Find the pupils who stand in several tables, and keep one row of each; ``died`` are the rows
    that say that a parent has died.
    """
    tables: dict[str, list[int]] = {}
    for number, one in enumerate(seen):
        tables.setdefault(one.pupil.sheet, []).append(number)
    once = Once()
    if len(tables) < 2:
        return once
    links = _Links(seen, tables)
    classes = Counter((one.pupil.sheet, one.pupil.class_label) for one in seen)
    rank = _rank(seen, tables, classes)
    for group in links.groups():
        kept = max(group, key=rank)
        others = sorted(group - {kept})
        once.out.update(others)
        once.changed[kept] = _merged(seen, kept, others, died, once.problems)
    if once.out:
        once.problems.insert(0, _told(seen, tables, once))
        once.problems += links.only_in_one()
    return once


def _rank(
    seen: Sequence[Seen], tables: Mapping[str, list[int]], classes: Counter[tuple[str, str]]
) -> Callable[[int], tuple[int, ...]]:
    """Prefer the table that tells more of the pupils, then the one with more of the class; of two
    alike the smaller, and what stands first.
    """

    def rank(number: int) -> tuple[int, ...]:
        one = seen[number]
        sheet = one.pupil.sheet
        told = set(one.line.header.columns.values()) - _PLACING
        return len(told), classes[sheet, one.pupil.class_label], -len(tables[sheet]), -number

    return rank


class _Links:
    """Which rows of different tables are the same pupil."""

    def __init__(self, seen: Sequence[Seen], tables: Mapping[str, list[int]]) -> None:
        self.seen, self.tables = seen, tables
        self.pairs: dict[tuple[str, str], dict[int, int]] = {}
        """Of two tables that hold the same pupils: which row of one is which of the other."""
        keyed = {name: self._keyed(numbers) for name, numbers in tables.items()}
        linked = {
            (one, other): self._linked(keyed[one], keyed[other])
            for one, other in combinations(sorted(tables, key=lambda name: len(tables[name])), 2)
        }
        lists = {name for name in tables if self._is_a_list_of_some(name)}
        lists = lists if len(lists) < len(tables) else set()
        again = lists | {name for name in tables if self._repeats(name, linked)}
        for pair, rows in linked.items():
            if rows and again & set(pair):
                self.pairs[pair] = rows
        self._by_name(again, [pair for pair in linked if again & set(pair)])

    def _is_a_list_of_some(self, name: str) -> bool:
        """Tell whether a table names nobody of the families: boarders, those in need."""
        header = self.seen[self.tables[name][0]].line.header
        return not names_family(header.columns.values())

    def _repeats(self, name: str, linked: Mapping[tuple[str, str], Mapping[int, int]]) -> bool:
        """Tell whether a table says again what others say: most of its pupils stand in them."""
        own = len(self.tables[name])
        there: set[int] = set()
        for pair, rows in linked.items():
            if name in pair:
                there.update(rows if pair[0] == name else rows.values())
        full = len(there) == own and len(self.seen) - own >= LEAST
        return bool(there) and (full or (len(there) >= LEAST and len(there) >= SHARE * own))

    def _keyed(self, numbers: Iterable[int]) -> dict[object, int]:
        """Map what identifies a pupil to his row; what is said of two rows identifies nobody."""
        keyed: dict[object, int] = {}
        twice: set[object] = set()
        for number in numbers:
            for key in _keys(self.seen[number].pupil):
                twice |= {key} if keyed.setdefault(key, number) != number else set()
        return {key: number for key, number in keyed.items() if key not in twice}

    def _linked(self, small: Mapping[object, int], large: Mapping[object, int]) -> dict[int, int]:
        linked: dict[int, int] = {}
        for key, number in small.items():
            other = large.get(key)
            if other is not None and not self._differ(number, other):
                linked.setdefault(number, other)
        return linked

    def _differ(self, one: int, other: int) -> bool:
        """Tell whether their numbers or birth dates say that two are not one."""
        mine, theirs = self.seen[one].pupil.pupil, self.seen[other].pupil.pupil
        pairs = (
            (mine.id_number, theirs.id_number),
            (mine.pupil_number, theirs.pupil_number),
            (mine.birth, theirs.birth),
        )
        told = [(first, second) for first, second in pairs if first and second]
        return bool(told) and all(first != second for first, second in told)

    def _by_name(self, again: Collection[str], pairs: Sequence[tuple[str, str]]) -> None:
        """Link those left over who are called the same: one of the tables has another class, or
        none. Whoever stands in another table already with his class is somebody else.
        """
        known: dict[int, int] = {}
        for at, group in enumerate(self.groups()):
            known.update(dict.fromkeys(group, at))
        everybody = self._named(range(len(self.seen)))
        for name in sorted(again, key=lambda name: len(self.tables[name])):
            named = self._named(self.tables[name])
            for number in self.tables[name]:
                alone = number not in known and len(named[self._name(number)]) == 1
                alike = everybody[self._name(number)] if alone else ()
                found = tuple(self._namesakes(number, alike, known))
                if len({known.get(at, -at) for at in found}) == 1:
                    for at in found:
                        self._join(number, at, pairs)

    def _namesakes(
        self, number: int, alike: Iterable[int], known: Mapping[int, int]
    ) -> Iterator[int]:
        """Yield the rows of other tables that may be the pupil of a row that was not linked."""
        own = self.seen[number].pupil
        here = {known[at] for at in self.tables[own.sheet] if at in known}
        for at in alike:
            linked = at in known if own.class_label else known.get(at) in here
            elsewhere = self.seen[at].pupil.sheet != own.sheet
            if elsewhere and not linked and not self._differ(number, at):
                yield at

    def _join(self, number: int, at: int, pairs: Sequence[tuple[str, str]]) -> None:
        sheets = {self.seen[number].pupil.sheet, self.seen[at].pupil.sheet}
        pair = next((pair for pair in pairs if set(pair) == sheets), None)
        if pair:
            first, second = (number, at) if number in self.tables[pair[0]] else (at, number)
            self.pairs.setdefault(pair, {}).setdefault(first, second)

    def _name(self, number: int) -> str:
        return self.seen[number].pupil.pupil.name

    def _named(self, numbers: Iterable[int]) -> dict[str, list[int]]:
        named: dict[str, list[int]] = {}
        for number in numbers:
            named.setdefault(self._name(number), []).append(number)
        return named

    def groups(self) -> list[set[int]]:
        """Return the rows of each pupil who stands in several tables."""
        group_of: dict[int, set[int]] = {}
        for linked in self.pairs.values():
            for one, other in linked.items():
                joined = group_of.get(one, {one}) | group_of.get(other, {other})
                group_of.update(dict.fromkeys(joined, joined))
        return list({id(group): group for group in group_of.values()}.values())

    def only_in_one(self) -> Iterator[Problem]:
        """Tell who stands in one table only, though the others have his class."""
        linked: set[int] = set()
        for pairs in self.pairs.values():
            linked |= pairs.keys() | pairs.values()
        twice = {name: set[str]() for name in self.tables}
        for small, large in self.pairs:
            twice[small].add(large)
            twice[large].add(small)
        for name, others in twice.items():
            for number in self.tables[name] if others else ():
                if number not in linked and self._others_have(number, others, linked):
                    place, pupil = self.seen[number].place(), self.seen[number].pupil
                    facts = {"name": pupil.pupil.name, "others": _listed(others)}
                    yield problem("ROST102", place, **facts)

    def _others_have(self, number: int, others: Collection[str], linked: set[int]) -> bool:
        """Tell whether other tables hold the class of a pupil, and not only some of it."""
        mine = self.seen[number].pupil
        own = [at for at in self.tables[mine.sheet] if self._label(at) == mine.class_label]
        both = sum(at in linked for at in own)
        whole = all(len(self.tables[name]) <= len(self.tables[mine.sheet]) for name in others)
        return not whole or both >= COVERED * len(own)

    def _label(self, number: int) -> str:
        return self.seen[number].pupil.class_label


def _keys(pupil: RosterPupil) -> Iterator[object]:
    if pupil.pupil.pupil_number:
        yield pupil.pupil.pupil_number
    if pupil.pupil.id_number:
        yield pupil.pupil.id_number
    yield pupil.class_label, pupil.pupil.name


def _told(seen: Sequence[Seen], tables: Mapping[str, list[int]], once: Once) -> Problem:
    lost = list(dict.fromkeys(seen[number].pupil.sheet for number in sorted(once.out)))
    kept = list(dict.fromkeys(seen[number].pupil.sheet for number in sorted(once.changed)))
    star = max((*lost, *kept), key=lambda name: len(tables[name]))
    place = Place(seen[0].line.sheet.file, path=star)
    facts = {"count": len(once.out), "lost": _listed(lost), "kept": _listed(kept)}
    return problem("ROST086", place, **facts)


def _listed(names: Collection[str]) -> str:
    shown = "".join(f"「{name}」" for name in list(names)[:_NAMED])
    return shown + ("等" if len(names) > _NAMED else "")


def _merged(
    seen: Sequence[Seen],
    kept: int,
    others: Sequence[int],
    died: Collection[int],
    told: list[Problem],
) -> RosterPupil:
    """Return the pupil of a row with what the other rows of the same pupil put in doubt."""
    pupil = seen[kept].pupil
    for number in others:
        other = seen[number]
        own = _Differences(seen[kept], other)
        pupil = own.heeded(pupil, died=number in died)
        told += own.told
        known = any(one.code in _GONE for one in pupil.held)
        left = () if known else tuple(one for one in other.pupil.held if one.code in _GONE)
        pupil = replace(pupil, held=(*pupil.held, *left))
        told += left
    return pupil


class _Differences:
    """What another row says otherwise of the same pupil."""

    def __init__(self, mine: Seen, other: Seen) -> None:
        self.mine, self.other = mine, other
        self.told: list[Problem] = []

    def heeded(self, pupil: RosterPupil, *, died: bool) -> RosterPupil:
        """Return the pupil without what the two rows say differently."""
        theirs = self.other.pupil
        if theirs.class_label and pupil.class_label and theirs.class_label != pupil.class_label:
            pupil = self._other_class(pupil)
        pupil = self._without_the_dead(pupil)
        if wrong := self._other_people(pupil, died=died):
            pupil = self._without(pupil, wrong)
        mine, numbers = _phones(pupil), _phones(theirs)
        if mine and numbers and not mine & numbers:
            self._tell("电话", pupil.phone, theirs.phone)
            people = tuple(one.model_copy(update={"phone": ""}) for one in pupil.guardians)
            doubts = (*pupil.doubts, "电话")
            pupil = replace(pupil, phone="", guardians=people, doubts=doubts)
        return self._of_pupil(pupil)

    def _other_class(self, pupil: RosterPupil) -> RosterPupil:
        facts = {"name": pupil.pupil.name, "label": self.other.pupil.class_label}
        place = self.mine.place("班级" if self.mine.line.cell("班级") else "姓名")
        found = problem("ROST112", place, **facts, other=self.other.place("姓名").path)
        self.told.append(found)
        return replace(pupil, held=(*pupil.held, found))

    def _without_the_dead(self, pupil: RosterPupil) -> RosterPupil:
        """Leave out a parent of whom a remark in the other table says that he has died."""
        said = said_of(self.other.line)
        living: list[Guardian] = []
        for one in pupil.guardians:
            parent = BORN_TO.get(one.relation, "")
            stays = parent not in said.dead if parent or one.relation else not said.dead
            if stays:
                living.append(one)
                continue
            facts = {"name": one.name, "relation": one.relation or "关系没有写", "text": said.text}
            place, other = self.mine.place("姓名"), self.other.place("姓名").path
            self.told.append(problem("ROST130", place, **facts, other=other))
        # Nothing is left to be written for the dead where somebody else signs.
        doubts = pupil.doubts if living or not pupil.guardians else (*pupil.doubts, "监护人姓名")
        return replace(pupil, guardians=tuple(living), doubts=doubts)

    def _other_people(self, pupil: RosterPupil, *, died: bool) -> list[Guardian]:
        """List the guardians of whom the other row says that it is somebody else."""
        theirs = {one.name: one.relation for one in self.other.pupil.guardians}
        if died:
            return [one for one in pupil.guardians if one.name not in theirs]
        own = {one.name for one in pupil.guardians}
        others = {relation for name, relation in theirs.items() if name not in own}
        return [
            one
            for one in pupil.guardians
            if others and one.name not in theirs and _may_be(one.relation, others)
        ]

    def _without(self, pupil: RosterPupil, wrong: Sequence[Guardian]) -> RosterPupil:
        theirs = "、".join(one.name for one in self.other.pupil.guardians) or "没有写"
        self._tell("家长", "、".join(dict.fromkeys(one.name for one in wrong)), theirs)
        left = tuple(one for one in pupil.guardians if one not in wrong)
        phones = {one.phone for one in wrong if one.phone}
        phone = "" if pupil.phone in phones else pupil.phone
        doubts = (*pupil.doubts, "监护人姓名")
        return replace(pupil, guardians=left, phone=phone, doubts=doubts)

    def _of_pupil(self, pupil: RosterPupil) -> RosterPupil:
        """Leave out what the two rows say differently of the pupil himself."""
        mine, theirs = pupil.pupil, self.other.pupil.pupil
        wrong: dict[str, object] = {}
        if mine.id_number and theirs.id_number and mine.id_number != theirs.id_number:
            self._tell("身份证号", mask(mine.id_number), mask(theirs.id_number))
            wrong["id_number"] = ""
        if mine.birth and theirs.birth and mine.birth != theirs.birth:
            self._tell("出生日期", mine.birth, theirs.birth)
            wrong["birth"] = None
        here, there = mine.address, theirs.address
        if here and there and here not in there and there not in here:
            self._tell("现住址", here, there)
            wrong["address"] = ""
        return replace(pupil, pupil=mine.model_copy(update=wrong)) if wrong else pupil

    def _tell(self, name: str, mine: object, theirs: object) -> None:
        facts = {"name": self.mine.pupil.pupil.name, "field": name, "mine": mine}
        place, other = self.mine.place("姓名"), self.other.place("姓名").path
        self.told.append(problem("ROST101", place, **facts, theirs=theirs, other=other))


def _may_be(relation: str, others: Collection[str]) -> bool:
    """Tell whether somebody so related may be one of others: each has one father."""
    return not relation or relation in others or "" in others


def _phones(pupil: RosterPupil) -> frozenset[str]:
    people = (*pupil.guardians, *pupil.carers)
    numbers = "、".join((pupil.phone, *(one.phone for one in people)))
    return frozenset(filter(None, numbers.split("、")))
