"""Whose a number is that stands at two people of a case: what else the file tells of each."""

from datetime import date

from kcbx_docs.case.ids import RESIDENT, age_on, faults_of_id, normalise_id, read_id
from kcbx_docs.case.model import Carer, Guardian, Pupil
from kcbx_docs.case.person import Person

_SCHOOLED_UNTIL = 20
"""Years at which nobody is a pupil of the nine years any more; no rule of law."""
_GROWN = 16
"""Years below which nobody is taken for a guardian; no rule of law."""
_SEXES = {"父": "男", "母": "女"}


def number_of_pupil(pupil: Pupil) -> str:
    """Return the identity number that the school number of a child holds, or nothing."""
    number = normalise_id(pupil.pupil_number)
    plain = number[1:] if number.startswith("G") else ""
    told = read_id(plain)
    sound = told.birth and not [*faults_of_id(plain, RESIDENT, date.max)]
    return plain if sound else ""


def same_number(one: Person, other: Person) -> bool:
    """Tell whether two people have one identity number."""
    number = normalise_id(one.id_number)
    return bool(number) and number == normalise_id(other.id_number)


def speaks_against(person: Person, today: date) -> bool:
    """Tell whether something in the file says that the number of a person is not his own."""
    told = read_id(person.id_number, person.id_type)
    if told.birth is None:
        return False
    age = age_on(told.birth, today)
    if isinstance(person, Pupil):
        own = number_of_pupil(person)
        return age >= _SCHOOLED_UNTIL or (bool(own) and own != normalise_id(person.id_number))
    sexes = [sex for sign, sex in _SEXES.items() if sign in _relation(person)]
    return age < _GROWN or (len(sexes) == 1 and told.sex != sexes[0])


def _relation(person: Person) -> str:
    return person.relation if isinstance(person, Guardian | Carer) else ""
