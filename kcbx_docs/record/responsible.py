"""Who answers for a child, on every line and level that the place knows."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import TypeVar

from kcbx_docs.case.addresses import groups_of, town_of, village_of
from kcbx_docs.case.classes import UNPLACED, ClassName, put_together, read_class, read_grade
from kcbx_docs.case.model import Pupil, School
from kcbx_docs.case.responsible import AreaResponsible, Responsible
from kcbx_docs.light import dataclass
from kcbx_docs.problems import Problem, problem
from kcbx_docs.reading import Source
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.jurisdiction import Jurisdiction
from kcbx_docs.words import advice_for_name, nearest

OTHER_LINE = "其他责任人"
Someone = TypeVar("Someone", bound=Responsible)


@dataclass(frozen=True)
class DutyLevel:
    """One level of a line, and who answers there; nobody where nobody is named."""

    post: str
    people: tuple[Responsible, ...]


@dataclass(frozen=True)
class DutyLine:
    """One line of responsibility, its levels from above."""

    name: str
    levels: tuple[DutyLevel, ...]


@dataclass(frozen=True)
class WhereAt:
    """Where a child belongs, as far as the file tells it."""

    town: str
    village: str
    groups: frozenset[str]
    school: str
    placed: ClassName

    def covered_by(self, one: AreaResponsible) -> bool:
        """Tell whether everything that limits somebody's area is that of the child."""
        return all(
            (
                not one.town or (town_of(one.town) or one.town) == self.town,
                not one.village or (village_of(one.village) or one.village) == self.village,
                not one.group or bool((groups_of(one.group) or {one.group}) & self.groups),
                not one.school or one.school == self.school,
                not one.grade or read_grade(one.grade)[0] == self.placed.grade,
                not one.class_name or self._of_class(one),
            )
        )

    def _of_class(self, one: AreaResponsible) -> bool:
        own = _class(one.grade, one.class_name)
        return own.name == self.placed.name and own.grade in ("", self.placed.grade)


def belonging_of(pupil: Pupil, school: School | None, with_whom: str = "") -> WhereAt:
    """Return where a pupil belongs: by where he lives, else by where he is registered; where the
    file tells neither, by where those live ``with_whom`` he is thought to.
    """
    homes = [home for home in (pupil.address, pupil.registered_address) if home]
    named = [home for home in homes if village_of(home)] or homes or [with_whom]
    home = named[0]
    return WhereAt(
        town=town_of(home),
        village=village_of(home),
        groups=groups_of(home),
        school=school.name if school else "",
        placed=_class(pupil.grade, pupil.class_name),
    )


def _class(grade: str, name: str) -> ClassName:
    own = read_class(name) if name else UNPLACED
    return put_together(ClassName(read_grade(grade)[0]) if grade else UNPLACED, own)


def chain_of_case(docket: Docket, day: date) -> tuple[DutyLine, ...]:
    """Tell who answers for the child of a case on a day."""
    case, law = docket.case, docket.law
    where = belonging_of(case.pupil, case.school, _home_of_guardians(docket, day))
    named = [one for one in case.responsible if one.in_charge(day)]
    of_area = [one for one in law.workspace.responsible if one.in_charge(day)]
    covering = [one for one in of_area if where.covered_by(one)]
    levels: dict[str, dict[str, tuple[Responsible, ...]]] = {}
    for line, post in _posts(law, (*covering, *named)):
        mine = _in_post(named, line, post, law) or _nearest(_in_post(covering, line, post, law))
        levels.setdefault(line, {})[post] = tuple(mine)
    return tuple(_line(name, posts) for name, posts in levels.items())


def _home_of_guardians(docket: Docket, day: date) -> str:
    """Return where the guardians live, if all of whom it is known live in one village; nothing
    where the file tells where the child itself lives or is registered.
    """
    pupil = docket.case.pupil
    if pupil.address or pupil.registered_address:
        return ""
    homes = [one.address for one in docket.remaining(day) if not one.missing(day)]
    places = {(town_of(home), village_of(home)) for home in homes}
    return homes[0] if len(places) == 1 and village_of(homes[0]) else ""


def _line(name: str, posts: Mapping[str, tuple[Responsible, ...]]) -> DutyLine:
    return DutyLine(name, tuple(DutyLevel(post, people) for post, people in posts.items()))


def _posts(law: Jurisdiction, people: Sequence[Responsible]) -> Iterator[tuple[str, str]]:
    """List the levels of the place, then those that only the office knows."""
    for line, posts in law.pack.lines.items():
        for post in posts:
            yield line, post
    for one in people:
        yield line_of(one, law), one.post


def line_of(one: Responsible, law: Jurisdiction) -> str:
    """Return the line that somebody stands on: the written one, or the one that has the post."""
    having = (line for line, posts in law.pack.lines.items() if one.post in posts)
    return one.line or next(having, OTHER_LINE)


def _in_post(people: Sequence[Someone], line: str, post: str, law: Jurisdiction) -> list[Someone]:
    return [one for one in people if one.post == post and line_of(one, law) == line]


def _nearest(people: Sequence[AreaResponsible]) -> list[AreaResponsible]:
    """Keep those whose area is told most narrowly: a class goes before its school."""
    most = max(map(_narrowness, people), default=0)
    return [one for one in people if _narrowness(one) == most]


def _narrowness(one: AreaResponsible) -> int:
    limits = (one.town, one.village, one.group, one.school, one.grade, one.class_name)
    return sum(map(bool, limits))


def unnamed(lines: Sequence[DutyLine]) -> tuple[str, ...]:
    """Name the levels for which nobody is named."""
    levels = chain.from_iterable(line.levels for line in lines)
    return tuple(level.post for level in levels if not level.people)


def strange_posts(
    people: Sequence[Responsible], law: Jurisdiction, source: Source
) -> Iterator[Problem]:
    """Ask about lines and posts that look like a slip of those of the place, and about posts of
    which nobody can tell the line; what an office names otherwise, with its line, is its own.
    """
    lines = law.pack.lines
    if not lines:
        return
    for number, one in enumerate(people):
        key, word, known = _looked_up(one, lines)
        if word in known or (one.line and not nearest(word, known)):
            continue
        place = source.place(("责任人", number, key), value=True)
        facts = {"who": one.name, "key": key, "word": word}
        yield problem("CASE240", place, **facts, advice=advice_for_name(word, known))


def _looked_up(one: Responsible, lines: Mapping[str, Sequence[str]]) -> tuple[str, str, list[str]]:
    """Return which key of a person is compared with which names."""
    if one.line and one.line not in lines:
        return "线", one.line, [*lines]
    whole = [*chain.from_iterable(lines.values())]
    return "岗位", one.post, [*lines[one.line]] if one.line else whole


def answering(docket: Docket, today: date) -> Iterator[Problem]:
    """Ask about strange posts of a case, and tell the levels without a name where the office
    has begun to name people.
    """
    own, source = docket.case.responsible, docket.source or Source("")
    yield from strange_posts(own, docket.law, source)
    if docket.law.workspace.responsible and (home := _home_of_guardians(docket, today)):
        yield problem("CASE242", source.place(("学生",)), home=home)
    if own or docket.law.workspace.responsible:
        posts = unnamed(chain_of_case(docket, today))
        if posts:
            yield problem("CASE241", source.place(("学生",)), posts="、".join(posts))
