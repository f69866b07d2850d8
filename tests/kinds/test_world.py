"""The invented case goes its whole way: what the kinds change is all that is wrong in them."""

import pytest

from tests.kinds.world import ABSENT, DECIDED, FATHER, OVERDUE, SERVED, TOLD, may, papers, standing


@pytest.mark.parametrize(
    ("history", "day", "document"),
    [
        (ABSENT, "2026-03-12", "order-to-correct"),
        (OVERDUE, "2026-03-27", "case-filing"),
        (TOLD, "2026-04-16", "penalty-decision"),
        (DECIDED, "2026-08-03", "demand-letter"),
    ],
)
def test_each_next_paper_of_the_ladder_may_be_made(history: str, day: str, document: str) -> None:
    answer = may(document, day, history)
    assert answer.verdict in ("通过", "提醒"), answer.findings


def test_the_order_runs_ten_days_from_its_service() -> None:
    assert standing("2026-03-16", SERVED).state == "责令期内"


def test_the_order_names_its_addressee() -> None:
    made = papers("2026-03-12", ABSENT, "order-to-correct")
    assert any(FATHER in text for text in made.values())
