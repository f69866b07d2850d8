"""What a history tells on a day, for a guardian."""

from datetime import date
from pathlib import Path

from kcbx_docs.case import history as told

from .stories import case_with

ORDER = ("order-to-correct", "责令限期改正通知书", "责令送被监护人接受义务教育通知书")
STORY = """\
  - {日期: 2026-10-13, 时间: 15:00, 事项: 送达, 文书: 责令限期改正通知书, 文号: 1号, 对象: 李桂仙, 方式: 直接}
  - {日期: 2026-09-01, 事项: 首次缺课}
  - {日期: 2026-09-03, 事项: 劝返, 方式: 家访, 结果: 同意返校, 对象: 李桂仙}
  - {日期: 2026-09-07, 事项: 返校}
  - {日期: 2026-09-21, 事项: 再次缺课}
  - {日期: 2026-09-22, 事项: 劝返, 方式: 家访, 结果: 拒绝}
  - {日期: 2026-10-12, 事项: 制发, 文书: 责令限期改正通知书, 文号: 1号}
  - {日期: 2026-10-13, 事项: 送达, 文书: 责令限期改正通知书, 文号: 1号, 对象: 普正华, 方式: 直接, 结果: 未送达, 原因: 外出}
  - {日期: 2026-10-14, 事项: 送达, 文书: 责令限期改正通知书, 文号: 1号, 对象: 普正华, 方式: 公告, 公告媒介: 公告栏, 公告日期: 2026-10-15, 原因: 下落不明}
  - {日期: 2026-11-16, 事项: 核查, 结果: 已返校}
"""


def test_absence_and_return_follow_the_days(tmp_path: Path) -> None:
    case, problems = case_with(tmp_path, STORY)
    events = case.history
    assert problems == ()
    assert told.first_absence(events) == date(2026, 9, 1)
    assert told.absent_since(events, date(2026, 8, 31)) is None
    assert told.absent_since(events, date(2026, 9, 6)) == date(2026, 9, 1)
    assert (
        told.absent_since(events, date(2026, 9, 7)),
        told.is_back(events, date(2026, 9, 7)),
    ) == (None, True)
    assert told.absent_since(events, date(2026, 10, 1)) == date(2026, 9, 21)
    assert not told.is_back(events, date(2026, 11, 15))
    assert told.returned_on(events, date(2026, 11, 16)) == date(2026, 11, 16)


def test_persuasion_counts_visits_and_looks_at_the_last(tmp_path: Path) -> None:
    case, _ = case_with(tmp_path, STORY)
    assert [e.day.day for e in told.persuasions(case.history)] == [3, 22]
    assert not told.persuasion_failed(told.as_of(case.history, date(2026, 9, 10)))
    assert told.persuasion_failed(case.history)
    assert [g.name for g in told.targets_of(case, told.persuasions(case.history)[0])] == ["李桂仙"]
    assert len(told.for_guardian(case.history, "普正华")) == 8


def test_each_guardian_is_served_separately(tmp_path: Path) -> None:
    case, _ = case_with(tmp_path, STORY)
    events = case.history
    assert told.issued_on(events, ORDER) == date(2026, 10, 12)
    assert told.served_on(events, ORDER, "李桂仙", 30) == date(2026, 10, 13)
    assert [e.is_service for e in told.attempts_of(events, ORDER, "普正华")] == [False, True]
    assert told.served_on(events, ORDER, "普正华", 30) == date(2026, 11, 14)
    assert told.served_on(events, ("demand-letter",), "普正华", 30) is None


def test_a_withdrawn_paper_was_never_made(tmp_path: Path) -> None:
    withdrawn = (
        "  - {日期: 2026-10-20, 事项: 撤回, 文书: 责令限期改正通知书, 文号: 1号, 原因: 写错}\n"
    )
    again = "  - {日期: 2026-10-21, 事项: 制发, 文书: 责令限期改正通知书, 文号: 2号}\n"
    case, _ = case_with(tmp_path, STORY + withdrawn)
    assert told.issues_of(case.history, ORDER) == ()
    assert told.served_on(case.history, ORDER, "李桂仙", 30) is None
    case, _ = case_with(tmp_path, STORY + withdrawn + again)
    assert [e.number for e in told.issues_of(case.history, ORDER)] == ["2号"]
    assert told.served_on(case.history, ORDER, "李桂仙", 30) is None


def test_an_event_of_its_own_kind_makes_its_document_too(tmp_path: Path) -> None:
    case, _ = case_with(
        tmp_path, "  - {日期: 2026-09-20, 事项: 事先告知, 金额: 500, 对象: 普正华}\n"
    )
    names = ("penalty-notice", "行政处罚事先告知书")
    assert told.issued_on(case.history, names, "普正华") == date(2026, 9, 20)
    assert told.issued_on(case.history, names, "李桂仙") is None
    assert told.last_of(case.history, "事先告知", "催告") == case.history[0]


def test_mail_counts_from_its_receipt(tmp_path: Path) -> None:
    case, _ = case_with(
        tmp_path,
        """\
  - {日期: 2026-10-12, 事项: 送达, 文书: 催告书, 对象: 普正华, 方式: 邮寄, 邮件单号: E1, 交寄日期: 2026-10-12, 签收日期: 2026-10-15}
""",
    )
    assert told.served_on(case.history, ("催告书",), "普正华", 30) == date(2026, 10, 15)
