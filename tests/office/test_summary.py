"""What comes first of a case: where all is kept back, what keeps it is to be cleared away."""

from datetime import date

import pytest

from kcbx_docs.office.summary import in_short

ORDER = {
    "guardian": "王大山",
    "what": "责令限期改正",
    "when": "挡住",
    "reason": "没有写改正期限，请写。别的",
    "service_doubted": False,
}


@pytest.mark.parametrize(
    ("todos", "today"),
    [
        ([ORDER], "先解决挡住责令限期改正的：没有写改正期限，请写"),
        ([ORDER, {**ORDER, "what": "核查", "when": "现在"}], "核查"),
        ([], "没有"),
    ],
)
def test_nothing_is_to_be_done_only_where_nothing_is_kept_back(todos, today: str) -> None:
    people = [{"name": "王大山", "due": (), "blocked": ()}]
    told = {"guardians": people, "dangers": (), "todos": todos, "as_of": date(2026, 11, 28)}
    short = in_short(told)
    assert short.today == today
    assert (short.kept_back == "没有") is (not todos)
