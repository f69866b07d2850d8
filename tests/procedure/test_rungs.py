"""A ladder of the samples: each paper once, with its service, in order of days; then what is next."""

from datetime import date
from pathlib import Path

import pytest

import kcbx_docs
from kcbx_docs.office.opened import open_office
from kcbx_docs.procedure.ladder import rungs_of
from kcbx_docs.procedure.standing import outline

CASES = Path(kcbx_docs.__file__).parents[1] / "cases"
DAY = date(2026, 11, 28)


@pytest.fixture(scope="module")
def ladders():
    found = {}
    for path in (CASES / "阶梯示例/cases").glob("*.yaml"):
        office = open_office(path)
        docket = office.docket(office.read(path, DAY)[0])
        for person in outline(docket, DAY).guardians:
            found[docket.case.id, person.guardian] = rungs_of(docket, person, DAY)
    return found


def test_what_was_done_comes_first_and_by_its_days(ladders) -> None:
    assert len(ladders) > 4
    for rungs in ladders.values():
        kinds = [one.kind for one in rungs]
        assert kinds == sorted(kinds, key=("做了", "期限", "接下来").index)
        done = [one.day for one in rungs if one.kind == "做了"]
        assert done == sorted(done)


def test_an_order_is_one_rung_with_its_number_and_its_service(ladders) -> None:
    orders = [
        one for rungs in ladders.values() for one in rungs if one.name == "责令限期改正" and one.day
    ]
    assert len(orders) > 2
    assert all("号" in one.told[0] and "送达" in one.told[1] for one in orders)
    names = {one.name for rungs in ladders.values() for one in rungs if one.kind == "做了"}
    assert "送达责令" not in names
