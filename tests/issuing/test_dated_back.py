"""A paper that is made today and bears a day that is over is asked about."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kcbx_docs.issuing.issue import dated_back
from kcbx_docs.issuing.to_issue import ToIssue
from kcbx_docs.ledger.model import ISSUED

TODAY, BEFORE, AFTER = date(2026, 11, 28), date(2026, 11, 5), date(2026, 11, 11)


@pytest.mark.parametrize(
    ("day", "more", "told"),
    [
        (TODAY, {}, []),
        (BEFORE, {}, ["本案 2026-11-11 制发的还在它后面"]),
        (BEFORE, {"existing": Path("扫描.pdf")}, []),
        (BEFORE, {"final": Path("定稿.pdf")}, []),
    ],
    ids=["今天", "过去", "补录", "定稿"],
)
def test_only_what_is_made_now_with_a_day_that_is_over(
    day: date, more: dict[str, Any], told: list[str]
) -> None:
    matter: Any = SimpleNamespace(recorded=[SimpleNamespace(kind=ISSUED, day=AFTER)])
    found = [*dated_back(matter, ToIssue("urge-notice", day, TODAY, **more))]
    assert [one.code for one in found] == ["ISSU110" for _ in told]
    assert all(words in one.message for one, words in zip(found, told, strict=True))
