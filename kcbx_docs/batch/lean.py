"""What another machine is told of children: what the papers print, and nothing else."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from kcbx_docs.batch.plan import NumberedPupil
from kcbx_docs.batch.task import ClassTask
from kcbx_docs.case.person import Person

P = TypeVar("P", bound=Person)

_DERIVED: Mapping[str, tuple[str, ...]] = {
    "有残疾": ("残疾情况",),
    "年龄": ("出生日期",),
    "有身份证号": ("身份证号", "证件类型"),
}
"""What templates may name instead of the fields that it is told from."""


def lean(task: ClassTask, names: frozenset[str]) -> ClassTask:
    """Leave out of a task what templates do not name: a number that no paper bears stays here."""
    derived = (fields for name, fields in _DERIVED.items() if name in names)
    kept = names.union(*derived)
    return replace(task, pupils=tuple(_pupil(one, kept) for one in task.pupils))


def _pupil(one: NumberedPupil, names: frozenset[str]) -> NumberedPupil:
    pupil = replace(
        one.pupil,
        pupil=_person(one.pupil.pupil, names),
        guardians=tuple(_person(guardian, names) for guardian in one.pupil.guardians),
        carers=tuple(_person(carer, names) for carer in one.pupil.carers),
    )
    return replace(one, pupil=pupil)


def _person(person: P, names: frozenset[str]) -> P:
    """Return a person of whom only the name is known, and what is named."""
    left_out = {
        name: info.get_default(call_default_factory=True)
        for name, info in type(person).model_fields.items()
        if not info.is_required() and (info.alias or name) not in names
    }
    return person.model_copy(update=left_out)
