"""A case of penalty is filed once; a second filing waits for the end of the first."""

import pytest

from tests.kinds import Kind
from tests.kinds.world import DECIDED, OVERDUE, checked

KIND = Kind(
    "立案只有一件",
    "先立一件、只写一名承办人，又立一件、写两名，决定书从两件里各取一半",
    (("xingzheng-chufa-fa", "42", "1"), ("xingzheng-chufa-fa", "54", "2")),
)
TWO = "承办人: [普文清, 段晓岚]"
FILED = f"- {{日期: 2026-03-27, 事项: 立案, 文号: 青政罚立〔2026〕1号, 对象: 普正华, {TWO}}}\n"
AGAIN = FILED.replace("03-27", "03-30").replace("1号", "2号")
DAY = "2026-03-31"


def codes(day: str, history: str, **more: object) -> list[str]:
    return [one.code for one in checked(day, history, **more)]


def test_what_is_filed_is_not_filed_again() -> None:
    assert "PROC472" in codes(DAY, OVERDUE + FILED + AGAIN)
    assert "PROC472" in codes(DAY, OVERDUE + FILED + AGAIN.replace("03-30", "03-27"))


@pytest.mark.parametrize(
    ("day", "history"),
    [
        (DAY, OVERDUE + FILED),
        (DAY, OVERDUE + FILED + "- {日期: 2026-03-29, 事项: 撤回, 文书: 立案审批表}\n" + AGAIN),
        ("2026-06-02", DECIDED + AGAIN.replace("03-30", "06-01")),
    ],
    ids=["只立一次", "撤回了再立", "决定以后又立"],
)
def test_a_new_matter_is_filed_anew(day: str, history: str) -> None:
    assert "PROC472" not in codes(day, history)
