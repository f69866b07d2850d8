"""Two who say at once what becomes of an issued paper: neither overlooks nor undoes the other."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.case.files import LoadedCase
from kcbx_docs.issuing import later
from kcbx_docs.issuing.attempt import Addressed
from kcbx_docs.issuing.later import Named, Remark
from kcbx_docs.issuing.service import Clerk, record
from kcbx_docs.ledger.model import Draft, Recorded
from kcbx_docs.office.book import told_of
from kcbx_docs.office.opened import open_office
from kcbx_docs.problems import UserError
from tests.cli.office import run
from tests.kinds.world import ABSENT, FATHER, case_text, workspace
from tests.ledger.world import CLERK, new_book

TODAY = date(2026, 3, 20)
Act = Callable[..., Recorded]


class Desk:
    """Somebody who opened the office, and has read what the ledger holds of the case."""

    def __init__(self, path: Path, by: str) -> None:
        self.office, self.by = open_office(path), by
        loaded, _ = self.office.read(path, TODAY)
        assert isinstance(loaded, LoadedCase)
        self.loaded = loaded
        named = Named(document="order-to-correct", guardian=FATHER)
        self.issue = later.find(self.office, loaded, named)

    def says(self, act: Act, reason: str, *pairs: str) -> Recorded:
        told = Remark(TODAY, f"普文清：{reason}", self.by, content=reason, pairs=pairs)
        return act(self.office, self.loaded, self.issue, told)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a case whose order was issued to the father, on paper that nobody laid out."""
    path = workspace(tmp_path, text=case_text(ABSENT))
    told = {"日期": "2026-03-12", "事项": "制发", "文书": "责令限期改正通知书", "对象": [FATHER]}
    data = {"document": "order-to-correct", "title": told["文书"], "guardian": FATHER}
    data |= {"number": "青政责改〔2026〕1号", "given": True, "issuer": "云岭县青石镇人民政府"}
    data["event"] = {**told, "文号": data["number"], "期限": "2026-03-30"}
    with new_book(tmp_path).writing(CLERK) as pen:
        pen.append(Draft("制发", "2026-001", date(2026, 3, 12), data))
    return path


def test_a_correction_keeps_what_another_corrected_meanwhile(path: Path) -> None:
    first, second = Desk(path, "甲"), Desk(path, "乙")
    first.says(later.correct, "期限写错了", "期限=2026-04-01")
    second.says(later.correct, "补写备注", "备注=已电话告知")
    now = Desk(path, "丙")
    told = told_of(now.office.recorded(now.loaded))[now.issue.seq]
    assert (str(told.period), told.note) == ("2026年4月1日", "已电话告知")


@pytest.mark.parametrize(
    ("served", "period", "refused"),
    [
        (True, "2026-03-25", "ISSU096"),
        (True, "收到之日起10日", "ISSU096"),
        (True, "2026-03-19", "ISSU097"),
        (False, "2026-03-19", "ISSU097"),
        (True, "2026-04-01", ""),
        (True, "收到之日起30日", ""),
        (False, "2026-03-25", ""),
    ],
    ids=["改早", "改短", "已经过去", "没有送出的也不能过去", "改晚", "改长", "没有送出的改早"],
)
def test_whoever_got_a_paper_goes_by_it_until_he_gets_another(
    path: Path, served: bool, period: str, refused: str
) -> None:
    clerk = Desk(path, "甲")
    if served:
        to = Addressed("order-to-correct", "", FATHER)
        at = Clerk(clerk.office, clerk.loaded, TODAY, "乙")
        record(at, to, {"日期": "2026-03-13", "方式": "直接"})
    now = Desk(path, "甲")
    if refused:
        with pytest.raises(UserError, match=refused):
            now.says(later.correct, "期限写错了", f"期限={period}")
    else:
        assert now.says(later.correct, "期限写错了", f"期限={period}").kind == "更正"


def test_what_was_served_meanwhile_is_not_voided_but_may_be_withdrawn(path: Path) -> None:
    late = Desk(path, "甲")
    clerk = Clerk(open_office(path), late.loaded, TODAY, "乙")
    record(clerk, Addressed("order-to-correct", "", FATHER), {"日期": "2026-03-13", "方式": "直接"})
    with pytest.raises(UserError, match="ISSU043"):
        late.says(later.void, "写错了重新制发")
    assert late.says(later.withdraw, "写错了重新制发").kind == "撤回"


def test_what_was_voided_meanwhile_is_not_withdrawn(path: Path) -> None:
    first, second = Desk(path, "甲"), Desk(path, "乙")
    voided = first.says(later.void, "写错了重新制发")
    with pytest.raises(UserError, match="ISSU042"):
        second.says(later.withdraw, "另一个理由要撤回")
    assert second.says(later.void, "写错了重新制发").seq == voided.seq, "the same words again"


def test_who_records_between_judgement_and_lock_makes_it_judged_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other, asked = Desk(path, "甲"), Desk(path, "乙"), later.check_reason

    def meanwhile(*args: object) -> None:
        monkeypatch.setattr(later, "check_reason", asked)
        other.says(later.void, "写错了重新制发")

    monkeypatch.setattr(later, "check_reason", meanwhile)
    with pytest.raises(UserError, match="ISSU042"):
        one.says(later.withdraw, "另一个理由要撤回")


def test_whoever_verifies_a_paper_hears_what_counts_now(path: Path) -> None:
    Desk(path, "甲").says(later.correct, "期限写短了", "期限=2026-04-20")
    shown = run(path.parents[1], "verify", "青政责改〔2026〕1号").stdout
    assert "2026-03-20更正（期限 2026-04-20、期限写短了）：普文清：期限写短了" in shown
