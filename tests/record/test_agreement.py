"""What the case file tells and the ledger records of one event counts once, and must agree."""

from datetime import date

import pytest

from kcbx_docs.case.event import Event
from kcbx_docs.record.agreement import ledger_place, number_key, told_in_ledger
from kcbx_docs.record.contradictions import contradictions
from kcbx_docs.record.docket import Docket, docket_of
from kcbx_docs.record.entry import Entry
from tests.procedure.world import ABSENT, FATHER, MADE, MOTHER, docket

ORDER = "责令限期改正通知书"
NUMBER = "青政责〔2026〕1号"
BOTH = (FATHER, MOTHER)


def recorded(*events: dict[str, object]) -> list[Entry]:
    """Turn events of the ledger, numbered from 1, into entries."""
    return [Entry(Event(**one), ledger_place(seq)) for seq, one in enumerate(events, 1)]


def served(day: str = "2026-01-13", how: str = "直接", **more: object) -> dict[str, object]:
    own = {"日期": day, "事项": "送达", "文书": ORDER, "对象": FATHER, "方式": how}
    return {**own, "文号": NUMBER, **more}


def made(day: str = "2026-01-12", number: str = NUMBER, **more: object) -> dict[str, object]:
    return {"日期": day, "事项": "制发", "文书": ORDER, "对象": FATHER, "文号": number, **more}


def told(history: str, *ledger: dict[str, object], guardians: tuple[str, ...] = BOTH) -> Docket:
    """Read a case with its ledger."""
    typed = docket(history, guardians=guardians)
    return docket_of(typed.case, typed.law, typed.source, recorded(*ledger))


def typed_service(**changes: str) -> str:
    told = {"日期": "2026-01-13", "方式": "直接", **changes}
    more = ", ".join(f"{key}: {value}" for key, value in told.items())
    return f"{MADE}- {{事项: 送达, 文书: {ORDER}, 对象: {FATHER}, {more}}}\n"


def test_an_event_told_by_both_counts_once_and_each_adds_what_only_it_says() -> None:
    case = told(
        typed_service(备注="母亲在场"),
        made(),
        served(地点="家中"),
    )
    act = case.progress(case.case.guardians[0], date(2026, 1, 20)).act("责令")
    assert case.clashes == ()
    assert act is not None and len(act.services) == 1
    assert (act.services[0].event.place, act.services[0].event.note) == ("家中", "母亲在场")
    assert str(case.place(act.services[0].event).path) == "台账第 2 条"


def test_a_contradiction_names_both_places() -> None:
    case = told(typed_service(日期="2026-01-14"), made(), served())
    [clash] = [one for one in contradictions(case, date(2026, 2, 1)) if one.code == "SERV001"]
    assert clash.is_error and clash.place.line and clash.place.file == "案件.yaml"
    assert "台账第 2 条记的是 2026-01-13" in clash.message and "2026-01-14" in clash.message
    first = case.progress(case.case.guardians[0], date(2026, 2, 1))
    assert first.order is not None and first.order.served == date(2026, 1, 13)


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"日期": "2026-01-15"}, "日期"),
        ({"方式": "领取"}, "方式"),
        ({"文号": "青政责〔2026〕9号"}, "文号"),
        ({"签收人": "李桂仙", "同住": "是"}, "签收人"),
        ({"结果": "未送达", "原因": "家中无人"}, "结果"),
    ],
)
def test_each_decisive_word_must_agree(changes: dict[str, str], key: str) -> None:
    case = told(typed_service(**changes), made(), served(签收人=FATHER))
    assert [key] == [one.message.split("「")[2].split("」")[0] for one in case.clashes]


@pytest.mark.parametrize(
    ("changes", "how_often"),
    [
        ({"日期": "2026-01-12", "结果": "未送达", "原因": "家中无人"}, (1, 1)),
        (
            {"方式": "邮寄", "日期": "2026-01-16", "邮件单号": "EMS1", "签收日期": "2026-01-18"},
            (2, 0),
        ),
        ({"时间": "09:00", "结果": "未送达", "原因": "家中无人"}, (1, 1)),
        ({"文号": "青政责（2026）第01号"}, (1, 0)),
        ({"签收人": "普 正华"}, (1, 0)),
        ({"结果": "已送达"}, (1, 0)),
    ],
    ids=["earlier attempt", "second way", "same morning", "brackets", "spaces", "said so"],
)
def test_neighbours_stay_allowed(changes: dict[str, str], how_often: tuple[int, int]) -> None:
    case = told(typed_service(**changes), made(), served(时间="15:00", 签收人=FATHER))
    act = case.progress(case.case.guardians[0], date(2026, 2, 1)).act("责令")
    assert case.clashes == () and act is not None
    assert (len(act.services), len(act.failures)) == how_often


def test_one_line_of_the_file_may_tell_of_two_papers_of_which_the_ledger_knows_one() -> None:
    """制发 for both guardians in one line; the ledger has the father's."""
    case = told(MADE, made())
    makings = [event for event in case.events if event.kind == "制发"]
    assert [event.targets for event in makings] == [(MOTHER,), (FATHER,)]
    assert case.clashes == ()


def test_a_number_has_one_day_and_a_second_paper_its_own_number() -> None:
    [clash] = told(MADE, made("2026-01-14"), guardians=(FATHER,)).clashes
    assert "2026-01-12" in clash.message and "2026-01-14" in clash.message
    assert told(MADE, made("2026-01-20", "青政责〔2026〕2号")).clashes == ()
    assert told(ABSENT, made()).clashes == ()


def test_papers_without_numbers_are_told_apart_by_their_days() -> None:
    urged = "- {日期: 2026-01-10, 事项: 劝返通知, 对象: 普正华}\n"
    known = {"日期": "2026-01-20", "事项": "劝返通知", "对象": FATHER}
    assert told(ABSENT + urged, known).clashes == ()
    [clash] = told(ABSENT + urged, {**known, "文号": "青中劝〔2026〕1号"}).clashes
    assert "日期" in clash.message and "文号" in clash.hint


def test_a_letter_is_no_longer_on_its_way_once_its_end_is_recorded() -> None:
    sent = served("2026-01-13", "邮寄", 结果="在途", 交寄日期="2026-01-13", 邮件单号="EMS1")
    other = {**sent, "邮件单号": "EMS2"}
    back = served("2026-01-20", "邮寄", 结果="未送达", 原因="退回，查无此人", 邮件单号="EMS1")
    for ledger, on_the_way in (((sent,), 1), ((sent, back), 0), ((sent, other, back), 1)):
        case = told(MADE, *ledger)
        act = case.progress(case.case.guardians[0], date(2026, 2, 1)).act("责令")
        assert act is not None and len(act.sent) == on_the_way


def test_a_number_is_one_however_it_is_typed() -> None:
    ways = (
        "青政责〔2026〕3号",
        "青政责[2026]3号",
        "青政责（2026）第003号",
        "青政责【２０２６】３ 号",
    )
    assert len(set(map(number_key, ways))) == 1
    assert number_key("青政责〔2026〕30号") != number_key(ways[0])


@pytest.mark.parametrize(
    ("event", "known"),
    [
        (made(), True),
        ({key: made()[key] for key in ("日期", "事项", "文书", "对象")}, True),
        (made(number="青政责〔2026〕2号"), False),
        ({**made(), "备注": "母亲在场"}, False),
        (served(), True),
        (served(day="2026-01-14", how="邮寄"), False),
    ],
)
def test_what_the_ledger_tells_in_full_needs_no_line_in_the_file(
    event: dict[str, object], known: bool
) -> None:
    case = told(ABSENT)
    of_ledger = recorded(made(), served())
    found = told_in_ledger(Event(**event), of_ledger, case.case, case.law)
    assert (found is not None) is known
