"""What a form of facts shows of a file is what the file holds once it is sent unchanged."""

import pytest

from kcbx_docs.case.model import Order
from kcbx_docs.office.case_records import FactRecord, records

LISTS = {
    *("承办人", "关联案件", "家庭类别", "曾用姓名", "帮扶人", "回访日期", "包保人", "决定人"),
    *("被告", "法定代理人", "涉及", "出生年份"),
}


def lists_of(record: FactRecord) -> set[tuple[str, str]]:
    own = {(one.way, one.key) for one in record.fields if one.way in ("several", "lines")}
    return own.union(*map(lists_of, (record.inner or {}).values()))


def test_of_every_list_it_is_decided_whether_it_holds_names_or_sentences() -> None:
    every = set().union(*map(lists_of, records().values()))
    assert every == {("several", key) for key in LISTS} | {("lines", "要求")}


@pytest.mark.parametrize(
    ("record", "key", "held", "typed", "meant"),
    [
        ("责令", "要求", ["不得打骂、虐待孩子"], "不得打骂、虐待孩子\n按时接送，不迟到", ["不得打骂、虐待孩子", "按时接送，不迟到"]),
        ("责令", "要求", "不得打骂、虐待", "不得打骂、虐待\n按时接送", ["不得打骂、虐待", "按时接送"]),
        ("学生", "家庭类别", [], "脱贫户、低保户，孤儿", ["脱贫户", "低保户", "孤儿"]),
        ("复学方案", "帮扶人", ["罗玉芬，班主任", "沈国良"], "罗玉芬，班主任、沈国良、张慧琴", ["罗玉芬，班主任", "沈国良", "张慧琴"]),
        ("复学方案", "帮扶人", [], "罗玉芬（语文，班主任）、张慧琴", ["罗玉芬（语文，班主任）", "张慧琴"]),
        ("复学方案", "帮扶人", ["李", "李明"], "李明华、李明", ["李明华", "李明"]),
    ],
)  # fmt: skip
def test_no_item_is_torn_at_a_sign_that_is_part_of_it(record, key, held, typed, meant) -> None:
    field = records()[record].field(key)
    assert field.meant(typed, held) == meant
    whole = held if isinstance(held, list) else [held]
    assert field.meant(field.shown(held), held) == whole


def test_a_sentence_that_stands_alone_in_a_file_is_one(tmp_path) -> None:
    told = [
        Order.model_validate({"要求": one}).demands for one in ("不得打骂、虐待", "甲\n乙", ["丙"])
    ]
    assert told == [("不得打骂、虐待",), ("甲", "乙"), ("丙",)]
