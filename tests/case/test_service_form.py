"""Whoever served a paper is asked only what that way needs, in plain words."""

import pytest

from kcbx_docs.case.event import Event
from kcbx_docs.case.event_checks import faults_of_event
from kcbx_docs.case.event_form import values_of
from kcbx_docs.case.event_kinds import EVENT_FIELDS
from kcbx_docs.case.service_form import questions
from kcbx_docs.case.service_methods import FAILED, METHODS, SENT, SERVED, SERVICE_METHODS

EVERY = [(way, outcome) for way in SERVICE_METHODS for outcome in METHODS[way].outcomes]


@pytest.mark.parametrize(("way", "outcome"), EVERY)
def test_what_is_needed_is_asked_and_what_is_asked_may_be_written(way: str, outcome: str) -> None:
    """Answering the needed questions, and those of a refusal, leaves nothing to complain of."""
    asked = questions(way, outcome)
    given = {one.key: one.choices[0] if one.choices else _answer(one.key) for one in asked}
    wanted = [f"{key}={text}" for key, text in given.items()]
    values, found = values_of("送达", [*wanted, f"结果={outcome}", f"方式={way}"])
    assert found == ()
    event = Event(**{"日期": "2026-03-13", "事项": "送达", "文书": "甲", "对象": "乙", **values})
    assert list(faults_of_event(event)) == []
    assert event.outcome == outcome


def _answer(key: str) -> str:
    if "日期" in key:
        return "2026-03-13"
    return "09:30" if key == "时间" else "某"


def test_each_way_asks_its_own() -> None:
    keys = {(way, outcome): [one.key for one in questions(way, outcome)] for way, outcome in EVERY}
    assert keys["邮寄", SENT] == ["邮件单号", "承运单位", "交寄日期"]
    assert keys["公告", SERVED] == ["原因", "公告媒介", "公告日期", "承办人"]
    assert keys["直接", FAILED] == ["时间", "地点", "原因", "拒收人", "影像资料", "承办人"]
    assert set(EVENT_FIELDS["送达"].allowed) >= {
        key.partition(".")[0] for asked in keys.values() for key in asked
    }


def test_who_signed_himself_is_not_asked_who_he_is() -> None:
    [kind] = [one for one in questions("直接", SERVED) if one.key == "签收人类别"]
    for signer, wanted in (("", False), ("本人", False), ("普正华", False), ("李桂仙", True)):
        assert kind.wanted({"签收人": signer}, "普正华") is wanted
    assert [one.needed for one in questions("邮寄", SERVED) if one.key == "签收日期"] == [True]


@pytest.mark.parametrize(
    ("told", "names"),
    [
        (["见证人=白有福"], ["白有福"]),
        (["见证人=白有福、李会芬"], ["白有福", "李会芬"]),
        (["见证人=白有福", "见证人.单位=白沙村村民委员会"], ["白有福"]),
        (["见证人.姓名=白有福"], ["白有福"]),
    ],
)
def test_a_witness_may_be_named_in_one_word(told: list[str], names: list[str]) -> None:
    values, found = values_of("送达", [*told, "方式=留置", "拒收原因=不收"])
    assert found == ()
    event = Event(**{"日期": "2026-03-13", "事项": "送达", "文书": "甲", "对象": "乙", **values})
    assert [witness.name for witness in event.witnesses] == names


@pytest.mark.parametrize(
    ("told", "witnesses"),
    [
        (
            "黄志明、里高村村民委员会、村（居）民委员会",
            [{"姓名": "黄志明", "单位": "里高村村民委员会", "单位类别": "村（居）民委员会"}],
        ),
        (
            "{姓名: 黄志明, 单位: 里高村村民委员会}",
            [{"姓名": "黄志明", "单位": "里高村村民委员会"}],
        ),
        ("黄志明、韦大山、蓝建国", ["黄志明", "韦大山", "蓝建国"]),
    ],
    ids=["照提示写的一人", "照文件抄的", "三个人"],
)
def test_a_witness_may_be_written_as_the_message_or_the_file_writes_him(told, witnesses):
    values, found = values_of("送达", [f"见证人={told}"])
    assert (values["见证人"], found) == (witnesses, ())
