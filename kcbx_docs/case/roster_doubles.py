"""Rows that may be the same pupil twice: found by number, asked about by name and family."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kcbx_docs.case.ids import mask
from kcbx_docs.case.names import same_name
from kcbx_docs.case.roster_reading import RosterPupil
from kcbx_docs.case.tables import PupilLine
from kcbx_docs.light import dataclass
from kcbx_docs.problems import Place, Problem, problem


@dataclass(frozen=True)
class Seen:
    """A pupil with the line that tells where he stands."""

    pupil: RosterPupil
    line: PupilLine

    def place(self, name: str = "姓名") -> Place:
        """Say where a field of the pupil stands."""
        return self.line.place(name)


Found = tuple[int, Problem, bool]
"""Which pupil, what is told, and whether it holds the pupil back."""


def doubles(seen: Sequence[Seen]) -> Iterator[Found]:
    """Yield what is doubtful about pupils that are alike."""
    told: set[int] = set()
    for name in ("学籍号", "身份证号"):
        for found in _by_number(seen, name):
            if found[0] not in told:
                told.add(found[0])
                yield found
    for found in _by_name(seen):
        if found[0] not in told:
            yield found


def _by_number(seen: Sequence[Seen], name: str) -> Iterator[Found]:
    first: dict[str, int] = {}
    for number, one in enumerate(seen):
        pupil = one.pupil.pupil
        value = pupil.pupil_number if name == "学籍号" else pupil.id_number
        if not value:
            continue
        other = first.setdefault(value, number)
        if other != number:
            yield from _same_number(seen, other, number, name, value)


def _same_number(
    seen: Sequence[Seen], first: int, second: int, name: str, value: str
) -> Iterator[Found]:
    """Tell of one number twice: the same row again, two classes, or a slip in the number."""
    one, other = seen[second], seen[first]
    facts = {"field": name, "value": mask(value), "name": one.pupil.pupil.name}
    if not same_name(one.pupil.pupil.name, other.pupil.pupil.name):
        for number, where in ((first, one), (second, other)):
            place, own = seen[number].place(name), {"name": seen[number].pupil.pupil.name}
            more = {**facts, **own, "other": where.place(name).path}
            yield number, problem("ROST083", place, **more), False
    elif one.pupil.class_label == other.pupil.class_label:
        yield (
            second,
            problem("ROST030", one.place(name), **facts, other=other.place(name).path),
            True,
        )
    else:
        for number, where in ((first, one), (second, other)):
            labels = {"label": where.pupil.class_label, "other": where.place(name).path}
            yield number, problem("ROST084", seen[number].place(name), **facts, **labels), True


def _by_name(seen: Sequence[Seen]) -> Iterator[Found]:
    named: dict[str, list[int]] = {}
    for number, one in enumerate(seen):
        named.setdefault(one.pupil.pupil.name, []).append(number)
    for numbers in named.values():
        for at, number in enumerate(numbers):
            for other in numbers[:at]:
                if found := tuple(_same_name(seen, other, number)):
                    yield from found
                    break


def _same_name(seen: Sequence[Seen], first: int, second: int) -> Iterator[Found]:
    """Compare two of one name by what tells people apart: numbers, birth, family, telephone."""
    one, other = seen[second], seen[first]
    name = one.pupil.pupil.name
    told = _told_apart(one.pupil, other.pupil)
    same_class = one.pupil.class_label == other.pupil.class_label
    told |= same_class and _notes_differ(one.pupil, other.pupil)
    if same_class:
        code = "ROST036" if told else "ROST082"
        facts = {"name": name, "other": other.place().path}
        yield second, problem(code, one.place(), **facts), not told
    elif not told and _shared_family(one.pupil, other.pupil):
        for number, where in ((first, one), (second, other)):
            place, label = seen[number].place(), where.pupil.class_label
            told_of = {"name": name, "other": where.place().path, "label": label}
            yield number, problem("ROST085", place, **told_of), True


def _told_apart(one: RosterPupil, other: RosterPupil) -> bool:
    """Tell whether something says that two are not one."""
    pairs = (
        (one.pupil.id_number, other.pupil.id_number),
        (one.pupil.pupil_number, other.pupil.pupil_number),
        (one.pupil.birth, other.pupil.birth),
        (one.pupil.sex, other.pupil.sex),
        (one.phone, other.phone),
        (one.pupil.address, other.pupil.address),
        (_family(one), _family(other)),
    )
    return any(mine and theirs and mine != theirs for mine, theirs in pairs)


def _notes_differ(one: RosterPupil, other: RosterPupil) -> bool:
    """Tell whether remarks tell two of a class apart; of one who changed classes they differ."""
    return bool(one.pupil.note and other.pupil.note and one.pupil.note != other.pupil.note)


def _family(pupil: RosterPupil) -> frozenset[str]:
    return frozenset(person.name for person in (*pupil.guardians, *pupil.carers))


def _shared_family(one: RosterPupil, other: RosterPupil) -> bool:
    same_phone = one.phone and one.phone == other.phone
    return bool(same_phone or _family(one) & _family(other))


def held_back(pupil: RosterPupil, reasons: Sequence[Problem]) -> RosterPupil:
    """Hold a pupil back for more reasons."""
    return replace(pupil, held=(*pupil.held, *reasons)) if reasons else pupil
