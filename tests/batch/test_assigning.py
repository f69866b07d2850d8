"""Who has which serial: one slip is one pupil's, whoever else is called nearly the same."""

from datetime import date

import pytest

from kcbx_docs.batch.assigning import Terms, Wish, assign, perhaps_renamed, renamed
from kcbx_docs.office.slips import Slip

DAY = date(2026, 9, 1)
PAPERS = ("notice",)
HEAD = "青中26秋七1"


def key(name: str) -> str:
    """Tell a pupil from all who have not the same birth date and father."""
    return f"{name}/2013-05-06/王大山"


def wish(name: str) -> Wish:
    return Wish(key(name), name, "七年级1班", HEAD, PAPERS, lambda _: False, (), key)


def slip(number: int, name: str, state: str) -> Slip:
    serial = f"{HEAD}-{number:03}"
    return Slip(serial, f"码{number}", name, "七年级1班", PAPERS, DAY, state, key=key(name))


@pytest.mark.parametrize("state", ["备号", "印发"])
@pytest.mark.parametrize(
    ("before", "now", "same", "perhaps"),
    [
        ("王子涵", "王子晗", ["王子涵→王子晗"], []),
        ("王子涵", "王子晗 王子含", [], ["王子涵→王子晗", "王子涵→王子含"]),
        ("王子涵 王子函", "王子晗", [], ["王子涵→王子晗", "王子函→王子晗"]),
        ("王子涵 王子含", "王子晗 王子含", ["王子涵→王子晗"], []),
        ("王子涵", "王子晗 赵大同", ["王子涵→王子晗"], []),
    ],
    ids=["改了名", "双胞胎都像他", "像两个人", "双胞胎一个改了名", "别人不相干"],
)
def test_a_slip_is_one_pupils_and_twins_never_share_a_serial(state, before, now, same, perhaps):
    """Both of two twins took the serial and the code of the one whom the roster misspelt."""
    present = [wish(name) for name in now.split()]
    slips = [slip(number, name, state) for number, name in enumerate(before.split(), 1)]
    codes = iter("甲乙丙")
    given = assign(present, present, slips, Terms(DAY, new_code=lambda: next(codes)))
    assert len({one.serial for one in given}) == len({one.code for one in given}) == len(present)
    replaced = [one.replaces.serial for one in given if one.replaces]
    assert len(set(replaced)) == len(replaced)
    assert [f"{old.name}→{one.name}" for one, old in renamed(present, slips)] == same
    assert [f"{old.name}→{one.name}" for one, old in perhaps_renamed(present, slips)] == perhaps
