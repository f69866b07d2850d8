"""What comes of the comparison: three lists of children, those somebody must look at, and an
account in which everybody of every list is counted once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date

from kcbx_docs.case.ids import age_on
from kcbx_docs.comparing.matching import Match, matches
from kcbx_docs.comparing.people import Kind, People
from kcbx_docs.light import dataclass

NEVER_ENROLLED, DROPPED, POOR = "失学", "辍学", "脱贫户辍学"
LISTS = (NEVER_ENROLLED, DROPPED, POOR)
_NOBODY: Mapping[int, Match] = {}


@dataclass(frozen=True)
class SchoolAge:
    """Who is of school age on a day: ages from the registered law, the day from the pack."""

    day: date
    cutoff: date
    """Whoever reached the age by then began school this year."""
    start: int
    majority: int
    years: int
    """How long compulsory education lasts."""

    def told(self, born: date) -> str:
        """Return 不到学龄, 已成年, 可能读完, or nothing: of school age."""
        if age_on(born, self.cutoff) < self.start:
            return "不到学龄"
        if age_on(born, self.day) >= self.majority:
            return "已成年"
        return "可能读完" if age_on(born, self.cutoff) >= self.start + self.years else ""


@dataclass(frozen=True)
class Missed:
    """One child of one of the three lists."""

    kind: Kind
    """The list that the child was found in."""
    row: int
    reason: str


@dataclass(frozen=True)
class Doubt:
    """One person somebody must look at, with whom he may be in the other list."""

    kind: Kind
    row: int
    other: Kind
    match: Match
    about: str
    """Which list hangs on it."""


@dataclass(frozen=True)
class Odd:
    """One person whose lists do not agree, and who is in none of the three."""

    kind: Kind
    row: int
    reason: str


@dataclass
class Findings:
    """All that came of a comparison."""

    lists: dict[str, list[Missed]] = field(default_factory=dict)
    """The three lists, of which the files given allow."""
    doubts: list[Doubt] = field(default_factory=list)
    odd: list[Odd] = field(default_factory=list)
    account: dict[Kind, dict[str, int]] = field(default_factory=dict)
    """Of each list: how many people became what; it adds up to all."""


def compare(lists: Mapping[Kind, People], age: SchoolAge) -> Findings:
    """Compare the lists that are there."""
    return _Comparison(lists, age).result()


class _Comparison:
    def __init__(self, lists: Mapping[Kind, People], age: SchoolAge) -> None:
        self.lists, self.age = lists, age
        frames = {kind: people.table.with_row_index("n") for kind, people in lists.items()}
        self.states = {kind: people.column("state") for kind, people in lists.items()}
        pairs = (
            ("户籍", "学籍"),
            ("户籍", "在校"),
            ("学籍", "在校"),
            ("脱贫", "在校"),
            ("脱贫", "学籍"),
        )
        self.matched: dict[tuple[str, str], Mapping[int, Match]] = {
            (one, other): matches(frames[one], frames[other])
            for one, other in (*pairs, ("在校", "学籍"))
            if one in frames and other in frames
        }
        self.found = Findings()

    def result(self) -> Findings:
        if self._have("户籍", "学籍"):
            self._households()
        if self._have("学籍", "在校"):
            self._rolls()
            self._present_without_roll()
        if self._have("脱贫", "在校"):
            self._poor()
        return self.found

    def _have(self, *kinds: Kind) -> bool:
        return all(kind in self.lists for kind in kinds)

    def _match(self, kind: Kind, row: int, other: Kind) -> Match | None:
        return self.matched.get((kind, other), _NOBODY).get(row)

    def _state(self, kind: Kind, match: Match | None) -> str:
        """Return what a list says of whoever was found in it for sure."""
        if match is None or not match.sure:
            return ""
        states = self.states[kind]
        return next((states[row] for row in match.rows if states[row]), "")

    def _present(self, kind: Kind, row: int) -> Match | None:
        """Return who somebody is among those present; a row that says he has gone is none."""
        match = self._match(kind, row, "在校")
        return None if match is None or self._state("在校", match) else match

    def _count(self, kind: Kind, what: str) -> None:
        counts = self.found.account.setdefault(kind, {})
        counts[what] = counts.get(what, 0) + 1

    def _list(self, name: str, kind: Kind, row: int, reason: str) -> None:
        self._count(kind, f"列入{name}名单")
        self.found.lists[name].append(Missed(kind, row, reason))

    def _doubt(self, kind: Kind, row: int, other: Kind, match: Match, about: str) -> None:
        self._count(kind, "存疑，要人核对")
        self.found.doubts.append(Doubt(kind, row, other, match, about))

    def _odd(self, kind: Kind, row: int, reason: str) -> None:
        self._count(kind, "另列，要人核实")
        self.found.odd.append(Odd(kind, row, reason))

    def _of_age(self, kind: Kind) -> Iterator[tuple[int, str]]:
        """Yield the rows of a list that may be of school age, with what is to be said of it."""
        for row, born in enumerate(self.lists[kind].column("birth")):
            told = self.age.told(born) if isinstance(born, date) else "年龄不明"
            if told in ("不到学龄", "已成年"):
                self._count(kind, told)
            else:
                yield row, told

    def _households(self) -> None:
        self.found.lists[NEVER_ENROLLED] = []
        for row, told in self._of_age("户籍"):
            roll, present = self._match("户籍", row, "学籍"), self._present("户籍", row)
            state = self._state("学籍", roll)
            if roll and roll.sure:
                self._enrolled(row, state)
            elif present and present.sure:
                self._count("户籍", "在校（学籍见另列）")
            elif roll:
                self._doubt("户籍", row, "学籍", roll, NEVER_ENROLLED)
            elif present:
                self._doubt("户籍", row, "在校", present, NEVER_ENROLLED)
            else:
                self._never_enrolled(row, told)

    def _enrolled(self, row: int, state: str) -> None:
        if state == "离校":
            self._count("户籍", "有学籍，学籍写明不在校（见另列）")
        else:
            self._count("户籍", "有学籍")

    def _never_enrolled(self, row: int, told: str) -> None:
        if self.states["户籍"][row]:
            self._odd("户籍", row, "户籍名单写明已不在本地或者不在校")
        elif told:
            self._odd("户籍", row, _AGE[told])
        else:
            where = "学籍、在校名单" if "在校" in self.lists else "学籍名单"
            self._list(NEVER_ENROLLED, "户籍", row, f"在户籍名单，{where}里都没有")

    def _rolls(self) -> None:
        self.found.lists[DROPPED] = []
        for row, state in enumerate(self.states["学籍"]):
            present = self._present("学籍", row)
            if present and present.sure:
                self._rolled_and_present(row, state)
            elif state == "离校":
                self._odd("学籍", row, "学籍写明不在校，去向要核实")
            elif state == "辍学":
                self._list(DROPPED, "学籍", row, "学籍名单自己写明没有到校")
            elif present:
                self._doubt("学籍", row, "在校", present, DROPPED)
            else:
                self._list(DROPPED, "学籍", row, "有学籍，在校名单里没有")

    def _rolled_and_present(self, row: int, state: str) -> None:
        if state:
            self._odd("学籍", row, "学籍写明不在校，在校名单里有")
        else:
            self._count("学籍", "在校")

    def _present_without_roll(self) -> None:
        for row in range(self.lists["在校"].count):
            match = self._match("在校", row, "学籍")
            if match and match.sure:
                self._count("在校", "有学籍")
            elif match:
                self._count("在校", "存疑（见学籍的存疑）")
            else:
                self._odd("在校", row, "在校，没有学籍")

    def _poor(self) -> None:
        self.found.lists[POOR] = []
        for row, told in self._of_age("脱贫"):
            present, roll = self._present("脱贫", row), self._match("脱贫", row, "学籍")
            state = self._state("学籍", roll)
            if present and present.sure:
                self._count("脱贫", "在校")
            elif present:
                self._doubt("脱贫", row, "在校", present, POOR)
            elif state == "离校":
                self._odd("脱贫", row, "学籍写明不在校，去向要核实")
            elif roll is None and told:
                self._odd("脱贫", row, _AGE[told])
            else:
                self._list(POOR, "脱贫", row, self._why_poor(roll))

    def _why_poor(self, roll: Match | None) -> str:
        if "学籍" not in self.lists:
            return "脱贫户家庭，在校名单里没有"
        if roll is None:
            return "脱贫户家庭，学籍、在校名单里都没有"
        sure = "有学籍" if roll.sure else "学籍名单里可能有（要核对）"
        return f"脱贫户家庭，{sure}，在校名单里没有"


_AGE = {
    "年龄不明": "没有身份证号、出生日期，不知道是不是学龄",
    "可能读完": "按年龄可能已经读完义务教育，先查明有没有读完",
}
