"""Two who record at once: the second is judged by what the first recorded."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta, tzinfo
from multiprocessing import get_context
from pathlib import Path

import pytest
from PIL import Image

from kcbx_docs.case.files import LoadedCase
from kcbx_docs.clock import hearing_of_setbacks
from kcbx_docs.issuing import service
from kcbx_docs.issuing.attempt import Addressed, act_of, event_of
from kcbx_docs.issuing.organ_service import correct_to_organ, record_to_organ
from kcbx_docs.issuing.service import Clerk, prove, record
from kcbx_docs.issuing.service_list import WAITS, service_lines
from kcbx_docs.ledger.book import open_book
from kcbx_docs.office.opened import open_office
from kcbx_docs.problems import UserError
from tests.kinds.world import ABSENT, FATHER, MADE, MOTHER, case_text, docket, workspace

ORDER = Addressed("order-to-correct", "", FATHER)
TODAY = date(2026, 3, 20)
BUREAU = "云岭县教育体育局"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return workspace(tmp_path, text=case_text(MADE))


def clerk(path: Path, by: str = "") -> Clerk:
    """Open an office as a process of its own does, and read its ledger."""
    opened = open_office(path)
    loaded, _ = opened.read(path, TODAY)
    assert isinstance(loaded, LoadedCase)
    one = Clerk(opened, loaded, TODAY, by)
    assert isinstance(one.recorded, tuple), "read now"
    return one


def by_hand(day: str) -> dict[str, str]:
    return {"日期": day, "方式": "直接"}


def test_who_judged_before_another_recorded_judges_again(office: Path) -> None:
    record(
        clerk(office),
        ORDER,
        {"日期": "2026-03-12", "方式": "直接", "结果": "未送达", "原因": "不在家"},
    )
    late = clerk(office)
    first = record(clerk(office), ORDER, by_hand("2026-03-13"))
    with pytest.raises(UserError, match="SERV005"):
        record(late, ORDER, by_hand("2026-03-14"))
    again = record(late, ORDER, by_hand("2026-03-13"))
    assert (again.seq, again.again) == (first.seq, True)


def test_many_who_tell_the_same_at_once_tell_it_once(office: Path) -> None:
    clerks = [clerk(office, name) for name in ("甲", "乙", "丙", "丁")]
    with ThreadPoolExecutor(len(clerks)) as pool:
        done = list(pool.map(lambda one: record(one, ORDER, by_hand("2026-03-13")), clerks))
    assert len({one.seq for one in done}) == 1 and [one.again for one in done].count(False) == 1
    assert len(open_book(office.parents[1] / "台账").events(kinds=("送达",))) == 1


def killed_once_recorded(path: Path) -> None:
    """Record, and die before anybody is told."""
    service._entered = lambda *_args, **_more: os.kill(os.getpid(), signal.SIGKILL)
    record(clerk(path), ORDER, by_hand("2026-03-13"))


def test_who_is_killed_before_the_answer_gets_the_same_answer_later(office: Path) -> None:
    child = get_context("fork").Process(target=killed_once_recorded, args=(office,))
    child.start()
    child.join(60)
    assert child.exitcode == -signal.SIGKILL
    [served] = open_book(office.parents[1] / "台账").events(kinds=("送达",))
    again = record(clerk(office), ORDER, by_hand("2026-03-13"))
    assert (again.seq, again.again, str(again.counts)) == (served.seq, True, "2026-03-13")


def test_who_recorded_it_is_kept_as_text(office: Path) -> None:
    done = record(clerk(office, "普文清"), ORDER, by_hand("2026-03-13"))
    event = open_book(office.parents[1] / "台账").event(done.seq)
    assert event is not None and event.who.name == "普文清"
    assert event.who.pack.startswith("云岭县青石镇（示例）") and event.who.program.startswith(
        "kcbx"
    )


def test_only_what_was_recorded_is_proved(office: Path) -> None:
    record(clerk(office), ORDER, by_hand("2026-03-13"))
    for seq, files, code in (
        (9, ("a.pdf",), "SERV010"),
        (1, ("a.pdf",), "SERV010"),
        (2, (), "SERV013"),
    ):
        with pytest.raises(UserError, match=code):
            prove(clerk(office), seq, files)


def test_proofs_and_corrections_are_judged_again_where_somebody_recorded_meanwhile(
    office: Path,
) -> None:
    served = record(clerk(office), ORDER, by_hand("2026-03-13")).seq
    named, told = Addressed("", "", BUREAU), {**by_hand("2026-03-12"), "签收人": "杨某"}
    late, brought = clerk(office, "乙"), record_to_organ(clerk(office), named, told).seq
    Image.new("RGB", (30, 30)).save(photo := office.with_name("照片.png"))
    assert prove(late, served, (f"送达回证={photo}",)).lacking == ()
    why = "普文清：登记时看错了签收人"
    done = correct_to_organ(clerk(office), brought, {"签收人": "李某"}, why)
    late = clerk(office, "乙")
    prove(clerk(office), served, (f"照片录像={photo}",))
    again = correct_to_organ(late, brought, {"签收人": "王某"}, why)
    assert (again.event.signer, again.corrected > done.corrected) == ("王某", True)
    receipt = (f"送达回证={photo}",)
    told = correct_to_organ(clerk(office), brought, {"签收人": "王某"}, why, receipt)
    assert (told.again, again.lacking, told.lacking) == (True, (("送达回证",),), ())


class TwoDaysBack(datetime):
    """What a clock says that was set back."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return datetime.now(tz) - timedelta(days=2)


def test_a_clock_that_was_set_back_is_told_whoever_is_served(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bureau, letter = Addressed("", "", BUREAU), {**by_hand("2026-03-12"), "签收人": "杨某"}
    with hearing_of_setbacks() as heard:
        record_to_organ(clerk(office), bureau, {**letter, "结果": "未送达", "原因": "没有人"})
    assert heard == []
    for module in ("ledger.book", "clock"):
        monkeypatch.setattr(f"kcbx_docs.{module}.datetime", TwoDaysBack)
    for write in (
        lambda: record(clerk(office), ORDER, by_hand("2026-03-13")),
        lambda: record_to_organ(clerk(office), bureau, {**letter, "日期": "2026-03-13"}),
    ):
        with hearing_of_setbacks() as heard:
            write()
        assert len(heard) == 1


def test_two_visits_on_one_day_are_two_where_the_hours_say_so(office: Path) -> None:
    vain = {**by_hand("2026-03-13"), "结果": "未送达", "原因": "家中无人"}
    first = record(clerk(office), ORDER, {**vain, "时间": "09:00"})
    second = record(clerk(office), ORDER, {**vain, "时间": "19:00"})
    assert second.seq > first.seq and not second.again
    assert record(clerk(office), ORDER, {**vain, "时间": "19:00"}).again
    with pytest.raises(UserError, match="SERV005"):
        record(clerk(office), ORDER, {**vain, "时间": "09:00", "原因": "本人外出"})


@pytest.mark.parametrize(
    ("number", "outcome", "asked"),
    [
        ("EMS910", {"签收日期": "2026-03-18"}, True),
        ("EMS901", {"签收日期": "2026-03-18"}, False),
        ("EMS910", {"结果": "在途", "交寄日期": "2026-03-18"}, False),
    ],
    ids=["号码看错", "同一封", "另寄一封"],
)
def test_a_letter_whose_number_was_misread_is_asked_about(
    office: Path, number: str, outcome: dict[str, str], asked: bool
) -> None:
    letter = {"方式": "邮寄", "承运单位": "中国邮政"}
    sent = {**letter, "日期": "2026-03-14", "结果": "在途", "交寄日期": "2026-03-14"}
    record(clerk(office), ORDER, {**sent, "邮件单号": "EMS901"})
    told = {**letter, "日期": "2026-03-18", "邮件单号": number, **outcome}
    done = record(clerk(office), ORDER, told)
    assert ("SERV111" in [one.code for one in done.reminders]) is asked
    lines = service_lines(clerk(office).docket, date(2026, 3, 13))
    assert [one.state for one in lines] == [WAITS], "what comes later is not known on that day"


@pytest.mark.parametrize(
    ("names", "to", "told"),
    [
        ((FATHER, MOTHER), f"{FATHER}、{MOTHER}", f"（--to {FATHER}、--to {MOTHER}）"),
        ((FATHER,), f"{FATHER}、{MOTHER}", f"（--to {FATHER}）"),
        ((FATHER, MOTHER), "普正花", f"是不是「{FATHER}」"),
        ((), FATHER, "还没有监护人"),
    ],
)
def test_who_is_served_is_one_guardian_that_the_case_has(
    names: tuple[str, ...], to: str, told: str
) -> None:
    case = docket(ABSENT, guardians=names)
    event = event_of({"日期": "2026-03-13", "事项": "送达", "文书": "责令限期改正通知书"})
    with pytest.raises(UserError) as refused:
        act_of(case, Addressed("", "", to), event, date(2026, 3, 13))
    assert told in refused.value.problems[0].hint
