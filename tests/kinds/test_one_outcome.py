"""One matter has one outcome: a penalty or none."""

from datetime import date

import pytest

from kcbx_docs.office.check import audit
from kcbx_docs.record.contradictions import contradictions
from tests.kinds import Kind
from tests.kinds.world import DECIDED, TOLD, codes, docket, may

KIND = Kind(
    "结论只有一个",
    "对同一个人的同一次违法，既有处罚决定又有不予处罚；不予处罚以后又立案、告知、处罚",
    (("xingzheng-chufa-fa", "57", "1"),),
)
SPARED = "- {日期: 2026-04-20, 事项: 不予处罚, 对象: 普正华, 原因: 孩子一直住院, 法定情形: 没有主观过错, 文号: 青政不罚〔2026〕1号}\n"
UNSPARED = "- {日期: 2026-04-22, 事项: 撤回, 文书: 不予行政处罚决定书, 文号: 青政不罚〔2026〕1号, 对象: 普正华, 原因: 查明没有住院}\n"
UNFINED = "- {日期: 2026-04-18, 事项: 撤回, 文书: 行政处罚决定书, 文号: 青政罚决〔2026〕1号, 对象: 普正华, 原因: 查明没有过错}\n"
AGAIN = "- {日期: 2026-05-06, 事项: 返校}\n- {日期: 2026-05-18, 事项: 再次缺课}\n"
DAY = "2026-05-20"


def both(history: str) -> list[str]:
    read = docket(history)
    return [p.code for p in contradictions(read, date(2026, 5, 20)) if p.code == "PROC447"]


def test_a_fine_and_its_opposite_are_an_error_that_names_both() -> None:
    found = contradictions(docket(DECIDED + SPARED), date(2026, 5, 20))
    told = next(problem for problem in found if problem.code == "PROC447")
    assert told.severity == "error"
    assert "青政罚决〔2026〕1号" in told.message
    assert "青政不罚〔2026〕1号" in told.message


def test_check_says_that_whoever_was_fined_is_not_spared() -> None:
    found = [p for p in audit(docket(DECIDED + SPARED), date(2026, 5, 20)) if p.code == "PROC421"]
    assert any("已经为这次拒不送学罚过一次" in p.message for p in found)


@pytest.mark.parametrize(
    ("history", "count"),
    [
        (DECIDED, 0),
        (TOLD + SPARED, 0),
        (DECIDED + UNFINED + SPARED, 0),
        (DECIDED + SPARED + UNSPARED, 0),
    ],
    ids=["只有处罚", "只有不予处罚", "撤回处罚以后不予处罚", "撤回不予处罚"],
)
def test_what_was_withdrawn_stands_no_more(history: str, count: int) -> None:
    assert len(both(history)) == count


@pytest.mark.parametrize(
    ("history", "allowed"), [(DECIDED, True), (DECIDED + SPARED, False)], ids=["一个", "两个"]
)
def test_nothing_builds_on_two_outcomes(history: str, *, allowed: bool) -> None:
    answer = may("demand-letter", DAY, history)
    assert ("PROC297" not in codes(answer, "禁止")) is allowed
    assert (answer.verdict in ("通过", "提醒")) is allowed


@pytest.mark.parametrize(
    "document", ["case-filing", "penalty-notice", "penalty-decision", "penalty-approval"]
)
@pytest.mark.parametrize(
    ("more", "forbidden"),
    [("", True), (UNSPARED, False), (AGAIN, False)],
    ids=["不予处罚", "已经撤回", "返校以后又辍学"],
)
def test_after_no_penalty_the_matter_is_over(document: str, more: str, *, forbidden: bool) -> None:
    found = codes(may(document, DAY, TOLD + SPARED + more), "禁止")
    assert ("PROC275" in found) is forbidden


def test_an_order_given_since_may_be_disobeyed_anew() -> None:
    order = "- {日期: 2026-04-23, 事项: 制发, 文书: 责令限期改正通知书, 对象: 普正华, 文号: 青政责改〔2026〕2号}\n"
    answer = may("case-filing", DAY, TOLD + SPARED + order)
    assert "PROC275" in codes(answer, "须说明理由")
