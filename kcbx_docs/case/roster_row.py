"""One pupil of a list in the making: values, doubts, and why he is held back."""

from dataclasses import field
from datetime import date

from kcbx_docs.case.columns import PEOPLE
from kcbx_docs.case.tables import PupilLine
from kcbx_docs.light import dataclass
from kcbx_docs.problems import Problem, as_note, problem


@dataclass
class PupilRow:
    """One pupil in the making."""

    line: PupilLine
    today: date
    needed: frozenset[str] | None
    values: dict[str, str | date] = field(default_factory=dict)
    doubts: dict[str, None] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    held: list[Problem] = field(default_factory=list)
    name: str = ""

    def text(self, name: str) -> str:
        """Return a value as text."""
        value = self.values.get(name, "")
        return value.isoformat() if isinstance(value, date) else value

    def tell(self, code: str, name: str, /, **facts: object) -> None:
        """Tell something of a field; what no ordered paper prints is a mere note."""
        column = self.line.header.column_of(name)
        place = self.line.place(name if column is not None else "")
        found = problem(code, place, **facts)
        known = self.needed is None or general(name) in self.needed
        self.problems.append(found if known else as_note(found))

    def doubt(self, code: str, name: str, /, **facts: object) -> None:
        """Leave a field empty, because nobody knows what it should say."""
        self.values.pop(name, None)
        self.doubts[name] = None
        self.tell(code, name, **{"field": self.line.header.label_of(name), **facts})

    def warn(self, code: str, name: str, /, **facts: object) -> None:
        """Tell what matters whatever is printed: whether the pupil is at school, who has died."""
        self.problems.append(problem(code, self.line.place(name), **facts))

    def hold(self, code: str, name: str, /, **facts: object) -> None:
        """Hold the pupil back."""
        found = problem(code, self.line.place(name), **facts)
        self.held.append(found)
        self.problems.append(found)


def general(name: str) -> str:
    """Return a field as papers ask for it: 父亲电话 and 监护人1电话 are 监护人电话."""
    for person in PEOPLE:
        if name.startswith(person) and name != person:
            return ("照护人" if person == "照护人" else "监护人") + name.removeprefix(person)
    return name
