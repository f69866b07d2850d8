"""The year of a term is mistyped where the papers are printed far from it."""

from datetime import date

import pytest

from kcbx_docs.case.school_terms import begins_after, far_from_term


@pytest.mark.parametrize(
    ("term", "day", "far"),
    [
        ("2026年秋季学期", "2026-09-01", False),
        ("2026年秋季学期", "2026-05-20", False),  # letters of admission
        ("2026秋", "2027-02-10", False),
        ("2025年秋季学期", "2026-09-01", True),
        ("2027年春季学期", "2026-11-28", True),
        ("2027年春季学期", "2026-12-20", False),
        ("2026—2027学年第一学期", "2020-01-01", False),
    ],
)
def test_papers_are_printed_near_their_term(term: str, day: str, far: bool) -> None:
    assert far_from_term(term, date.fromisoformat(day)) is far


def test_a_batch_of_long_ago_is_no_mistake_where_it_is_only_checked() -> None:
    assert not begins_after("2025年秋季学期", date(2026, 9, 1))
    assert begins_after("2027年春季学期", date(2026, 9, 1))
