"""A closed case that is taken up again is open, whatever it was closed for."""

import pytest

from kcbx_docs.office.children import known_children
from tests.kinds import Kind
from tests.kinds.world import (
    DECIDED,
    FATHER,
    MOTHER,
    OFFICE,
    OVERDUE,
    checked,
    docket,
    offered,
    office_of,
    read,
    standing,
)

KIND = Kind(
    "结案以后恢复办理",
    "照提醒写了「恢复」，案件还算结了案，罚款没有人催，又给孩子另立一案",
    (("xingzheng-chufa-fa", "72"), ("yiwu-jiaoyu-fa", "58")),
)
BACK = "- {日期: 2026-05-08, 事项: 返校}\n"
CLOSED = BACK + "- {日期: 2026-05-09, 事项: 结案, 结果: 已返校}\n"
RESUMED = CLOSED + "- {日期: 2026-05-12, 事项: 恢复, 原因: 罚款没有缴清}\n"
AGAIN = CLOSED + "- {日期: 2026-05-12, 事项: 再次缺课}\n"
DAY = "2026-05-20"


@pytest.mark.parametrize(
    ("since", "state", "open_case"),
    [
        (CLOSED, "已结案", False),
        (RESUMED, "逾期未缴", True),
        (AGAIN, "缺课", True),
        (RESUMED + "- {日期: 2026-05-19, 事项: 结案, 结果: 其他}\n", "已结案", False),
        (CLOSED.replace("已返校}", "已返校, 对象: 李桂仙}"), "逾期未缴", True),
    ],
)
def test_a_case_is_open_once_it_is_taken_up_again(since: str, state: str, open_case: bool) -> None:
    both = (FATHER, MOTHER)
    told = docket(DECIDED + since, guardians=both)
    assert standing(DAY, DECIDED + since, guardians=both).state == state
    path = office_of(OFFICE).root / "cases/案件.yaml"
    assert bool([*known_children([path], [told.case.pupil])]) is open_case


def test_what_is_taken_up_again_is_no_contradiction() -> None:
    assert "PROC406" not in [one.code for one in checked(DAY, DECIDED + RESUMED)]
    assert "PROC529" in [one.code for one in checked(DAY, DECIDED + CLOSED)]
    assert "PROC529" not in [one.code for one in checked(DAY, DECIDED + RESUMED)]


def test_what_was_never_closed_or_suspended_is_not_taken_up() -> None:
    resumed = OVERDUE + "- {日期: 2026-03-26, 事项: 恢复}\n"
    assert "PROC406" in [one.code for one in checked("2026-03-30", resumed)]


def test_only_a_closed_case_is_offered_to_be_taken_up() -> None:
    assert "resume" in offered(DAY, DECIDED + CLOSED)
    assert "resume" not in offered(DAY, DECIDED + RESUMED)


def test_a_close_without_its_result_lets_nobody_open_a_second_case() -> None:
    case, _ = read(DECIDED + CLOSED.replace(", 结果: 已返校", ""))
    path = office_of(OFFICE).root / "cases/案件.yaml"
    assert [*known_children([path], [case.case.pupil])]
