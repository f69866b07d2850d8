"""What a case is said to be, against what it holds: a child that never enrolled and is in a class,
one that dropped out again and never came back, one much older than its grade.
"""

from collections.abc import Iterator
from datetime import date

from kcbx_docs.case.ids import age_on
from kcbx_docs.case.model import Case
from kcbx_docs.problems import Problem, problem
from kcbx_docs.reading import Source

_NEVER_CAME, _AGAIN = "未入学", "再次辍学"
_GRADES = {f"{word}年级": number for number, word in enumerate("一二三四五六七八九", 1)}
_LATE = 9
"""So many years are added to a grade for an age at which one asks: three more than usual."""


def check_situation(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """Ask where the situation of a case, or the grade, does not fit the rest of the file."""
    pupil, place = case.pupil, source.place(("情形",), value=True)
    if case.situation == _NEVER_CAME and pupil.class_name:
        yield problem("CASE320", place, grade=pupil.grade, name=pupil.class_name)
    back = any(event.comes_back for event in case.history)
    if case.situation == _AGAIN and case.history and not back:
        yield problem("CASE321", place)
    grade = _GRADES.get(pupil.grade, 0)
    if grade and pupil.birth and (age := age_on(pupil.birth, today)) >= grade + _LATE:
        facts = {"grade": pupil.grade, "age": age}
        yield problem("CASE322", source.place(("学生", "年级"), value=True), **facts)
