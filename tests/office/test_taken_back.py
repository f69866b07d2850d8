"""What a paper only wrote down is taken back with the case file once the paper is void; while it
stands, nobody is told that a fact is taken back of which the ledger goes on telling.
"""

from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.ledger.model import ISSUED, VOIDED, WITHDRAWN
from kcbx_docs.office.check import check_history
from kcbx_docs.office.log import take_back
from kcbx_docs.office.opened import open_office
from kcbx_docs.problems import UserError
from tests.kinds.world import ABSENT, OVERDUE, case_text, workspace
from tests.office.test_book import NUMBER, ORDER, TODAY, opened, record

BACK = {"日期": "2026-03-20", "事项": "返校"}
LINE = "- {日期: 2026-03-20, 事项: 返校}\n"
END = {"日期": "2026-03-25", "事项": "撤回", "文书": "返校证明", "原因": "没有返校"}


def certified(path: Path) -> int:
    told = {"document": "return-certificate", "title": "返校证明", "guardian": ""}
    return record(path, ISSUED, BACK, **told)


def is_back(path: Path) -> bool:
    return opened(path)[1].attendance(TODAY).back


@pytest.mark.parametrize("end", [VOIDED, WITHDRAWN])
def test_a_return_that_was_taken_back_is_gone_with_its_certificate(
    tmp_path: Path, end: str
) -> None:
    path = workspace(tmp_path, text=case_text(ABSENT))
    issue = certified(path)  # the file tells of no return any more
    assert is_back(path)
    record(path, end, END, issue=issue)
    assert not is_back(path)
    _, docket = opened(path)
    assert "PROC413" not in [one.code for one in check_history(docket, TODAY)]  # nothing in vain


def test_a_certificate_that_was_spoilt_takes_no_return_back(tmp_path: Path) -> None:
    path = workspace(tmp_path, text=case_text(ABSENT + LINE))
    record(path, VOIDED, END, issue=certified(path))
    assert is_back(path)
    assert opened(path)[1].issued("return-certificate", TODAY) is None  # to be made anew


def test_a_paper_that_is_more_than_a_note_stays_as_its_end_leaves_it(tmp_path: Path) -> None:
    path = workspace(tmp_path, text=case_text(ABSENT))
    made = record(path, ISSUED, {**ORDER, **NUMBER}, document="order-to-correct", title="责令")
    end = {"日期": "2026-03-30", "事项": "撤回", "文书": "责令限期改正通知书", "原因": "写错了"}
    record(path, WITHDRAWN, {**end, **NUMBER}, issue=made)
    assert [one.kind for one in opened(path)[1].events][-2:] == ["制发", "撤回"]


def test_what_a_paper_still_tells_is_not_called_taken_back(tmp_path: Path) -> None:
    path = workspace(tmp_path, text=case_text(ABSENT + LINE))
    issue = certified(path)
    with pytest.raises(UserError) as caught:
        take_back(open_office(path), path, BACK, TODAY)
    assert [one.code for one in caught.value.problems] == ["CLI101"]
    assert "kcbx paper void" in caught.value.problems[0].hint
    record(path, VOIDED, END, issue=issue)
    done = take_back(open_office(path), path, BACK, TODAY)
    assert done.event.day == date(2026, 3, 20)


def test_a_fact_that_stands_in_the_file_twice_is_taken_out_once(tmp_path: Path) -> None:
    path = workspace(tmp_path, text=case_text(ABSENT + LINE + LINE))
    certified(path)
    assert take_back(open_office(path), path, BACK, TODAY).change is not None


def test_to_change_a_day_nobody_is_sent_to_withdraw_the_order_first(tmp_path: Path) -> None:
    path = workspace(tmp_path, text=case_text(OVERDUE))
    with pytest.raises(UserError) as caught:
        take_back(open_office(path), path, {"事项": "首次缺课"}, TODAY)
    first, *others = caught.value.problems
    assert first.code == "CLI092" and f"第 {first.place.line} 行直接改" in first.hint
    assert "现在不用照做" in first.hint and others
