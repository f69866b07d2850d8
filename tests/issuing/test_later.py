"""Two who say at once what becomes of an issued paper: neither overlooks nor undoes the other."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.case.files import LoadedCase
from kcbx_docs.issuing import later
from kcbx_docs.issuing.aftermath import after_it, before_it
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


def served(desk: Desk) -> None:
    clerk = Clerk(desk.office, desk.loaded, TODAY, "乙")
    to = Addressed("order-to-correct", "", FATHER)
    record(clerk, to, {"日期": "2026-03-13", "方式": "直接"})


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
    ("sent", "period", "refused"),
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
    path: Path, sent: bool, period: str, refused: str
) -> None:
    clerk = Desk(path, "甲")
    if sent:
        served(clerk)
    now = Desk(path, "甲")
    if refused:
        with pytest.raises(UserError, match=refused):
            now.says(later.correct, "期限写错了", f"期限={period}")
    else:
        assert now.says(later.correct, "期限写错了", f"期限={period}").kind == "更正"


def test_what_was_served_meanwhile_is_not_voided_but_may_be_withdrawn(path: Path) -> None:
    late = Desk(path, "甲")
    served(Desk(path, "乙"))
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


BROUGHT = "- {日期: 2026-03-13, 事项: 送达, 文书: 责令限期改正通知书, 对象: 普正华, 方式: 直接, 承办人: [普文清, 段晓岚]}\n"


@pytest.mark.parametrize("told_in", ["台账", "案件文件"])
def test_what_may_become_of_a_paper_and_what_follows_is_told_before_and_after(
    path: Path, told_in: str
) -> None:
    """Of a service that only the case file tells, nobody was reminded once it was withdrawn."""
    made = Desk(path, "甲")
    every = ["更正", "补正", "撤回", "作废", "盖章件"]
    assert list(later.acts_open(made.office, made.loaded, made.issue)) == every
    if told_in == "台账":
        served(made)
    else:
        path.write_text(case_text(ABSENT + BROUGHT), "utf-8")
    now = Desk(path, "甲")
    every.remove("作废")
    assert list(later.acts_open(now.office, now.loaded, now.issue)) == every
    told = Remark(TODAY, "普文清：写错了重新制发")
    draft = later.looked_ahead(now.office, now.loaded, now.issue, told, "撤回")
    ahead = before_it(now.office, now.loaded, now.issue, draft, TODAY)
    assert now.office.recorded(now.loaded)[-1].kind != "撤回", "nothing is written by looking"
    assert [(str(due.by), due.what) for due in ahead.ended] == [("2026-03-30", "改正期限")]
    assert [one.code for one in ahead.reminders] == ["ISSU103"]
    done = later.withdraw(now.office, now.loaded, now.issue, told)
    after = Desk(path, "甲")
    assert after_it(after.office, after.loaded, after.issue, done, TODAY) == ahead
    assert later.acts_open(after.office, after.loaded, after.issue) == ()


@pytest.mark.parametrize(
    ("act", "day", "content", "code"),
    [
        (later.withdraw, "2026-03-11", "", "ISSU101"),
        (later.void, "2026-03-11", "", "ISSU101"),
        (later.complete, "2026-03-11", "补写电话", "ISSU101"),
        (later.withdraw, "2026-03-12", "", ""),
        (later.correct, "2026-03-20", "", "ISSU102"),
        (later.complete, "2026-03-20", " ", "ISSU102"),
        (later.correct, "2026-03-20", "错字", ""),
    ],
)
def test_nothing_becomes_of_a_paper_before_it_is_there_and_a_correction_says_of_what(
    path: Path, act: Act, day: str, content: str, code: str
) -> None:
    """A withdrawal of the day before the paper ended nothing, and the ledger said that it had."""
    desk = Desk(path, "甲")
    told = Remark(date.fromisoformat(day), "普文清：写错了重新制发", content=content)
    if code:
        with pytest.raises(UserError, match=code):
            act(desk.office, desk.loaded, desk.issue, told)
    else:
        assert act(desk.office, desk.loaded, desk.issue, told).day == told.day


def test_who_corrects_by_a_key_alone_and_says_it_again_gets_the_first_answer(path: Path) -> None:
    told = Remark(TODAY, "普文清：期限写短了", "甲", pairs=("期限=2026-04-20",))
    seen = []
    for _ in range(2):
        now = Desk(path, "甲")
        seen.append(later.correct(now.office, now.loaded, now.issue, told).seq)
    now = Desk(path, "甲")
    assert seen[0] == seen[1] == now.office.recorded(now.loaded)[-1].seq
    other = Remark(TODAY, "普文清：核对过了", "甲", pairs=told.pairs)
    with pytest.raises(UserError, match="ISSU102"):
        later.correct(now.office, now.loaded, now.issue, other)


def test_of_two_papers_without_a_number_one_is_named_by_its_entry(path: Path) -> None:
    data = {"document": "visit-record", "title": "家访记录", "guardian": FATHER, "number": ""}
    event = {"日期": "2026-03-12", "事项": "制发", "文书": "家访记录", "对象": [FATHER]}
    with new_book(path.parents[1]).writing(CLERK) as pen:
        for day in (12, 13):
            told = {**data, "event": {**event, "日期": f"2026-03-{day}"}}
            last = pen.append(Draft("制发", "2026-001", date(2026, 3, day), told)).seq
    office = open_office(path)
    loaded, _ = office.read(path, TODAY)
    assert isinstance(loaded, LoadedCase)
    with pytest.raises(UserError, match=f"第 {last} 条") as found:
        later.find(office, loaded, Named(guardian=FATHER))
    assert "--entry" in found.value.problems[0].hint
    assert later.find(office, loaded, Named(guardian=FATHER, entry=last)).recorded.day.day == 13


def test_whoever_verifies_a_paper_hears_what_counts_now(path: Path) -> None:
    Desk(path, "甲").says(later.correct, "期限写短了", "期限=2026-04-20")
    shown = run(path.parents[1], "verify", "青政责改〔2026〕1号").stdout
    assert "2026-03-20更正（期限 2026-04-20、期限写短了）：普文清：期限写短了" in shown
