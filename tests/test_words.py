"""Small pieces of Chinese prose: written in one way, and read back."""

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kcbx_docs
from kcbx_docs.case.event_kinds import EVENT_FIELDS
from kcbx_docs.words import (
    advice_for_event,
    advice_for_key,
    amount_in_words,
    article_in_words,
    day_in_words,
    day_or_unknown,
    instead_of,
    nearest,
    nearest_choice,
    number_in_words,
    parse_number,
    same_said,
)


@given(st.integers(0, 9999))
def test_every_number_is_read_as_it_is_written(number: int) -> None:
    assert parse_number(number_in_words(number)) == number
    assert parse_number(str(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十五", 15),
        ("一十五", 15),
        ("二百零三", 203),
        ("0015", 15),
        ("一百二", None),
        ("十十", None),
        ("二三", None),
        ("一百零", None),
        ("一千二", None),
        ("五十二条", None),
        ("１５", None),
        ("-5", None),
        ("12345", None),
        ("", None),
    ],
)
def test_what_is_no_number_is_not_guessed(text: str, number: int | None) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ((58,), "第五十八条"),
        ((63, 1), "第六十三条第一款"),
        ((63, 1, 1), "第六十三条第一款第（一）项"),
        ((64, None, 2), "第六十四条第（二）项"),
        ((1259,), "第一千二百五十九条"),
        ((58000,), "第58000条"),
        ((None,), ""),
    ],
)
def test_an_article_is_written_in_one_way(place: tuple[int | None, ...], words: str) -> None:
    assert article_in_words(*place) == words


@pytest.mark.parametrize(
    ("number", "unit", "words"),
    [
        (10, "日", "10日"),
        (-7, "工作日", "7个工作日"),
        (6, "月", "6个月"),
        (22, "每月日", "每月22日"),
        (3, "百分比", "3%"),
        (18, "周岁", "18周岁"),
    ],
)
def test_an_amount_has_its_unit(number: int, unit: str, words: str) -> None:
    assert amount_in_words(number, unit) == words


def test_a_day_is_written_without_padding_or_is_not_known() -> None:
    assert day_in_words(date(2026, 9, 1)) == day_or_unknown(date(2026, 9, 1)) == "2026年9月1日"
    assert day_or_unknown(None) == "（未定）"


MEANT = Path(kcbx_docs.__file__).with_name("meant.toml")
ROOT = Path(__file__).parents[1]
KIN = ("祖父", "祖母", "外祖父", "外祖母")


def known_words() -> Iterator[object]:
    """Yield every word that a file may have: keys, choices, titles of documents, relations."""
    yield from ("父亲", "母亲", "养父", "养母", "继父", "继母", *KIN)
    for path in (ROOT / "schema").glob("*.json"):
        yield from words_in(json.loads(path.read_text("utf-8")))
    for rule in EVENT_FIELDS.values():
        for words in rule.choices.values():
            yield from words
    for path in (ROOT / "templates").rglob("*.html"):
        yield from re.findall(r"^标题: (\S+)$", path.read_text("utf-8"), re.MULTILINE)
    listed = (ROOT / "kcbx_docs/law/data/documents.yaml").read_text("utf-8")
    yield from re.findall(r"标题: ([^,}\s]+)", listed)


def words_in(schema: object) -> Iterator[object]:
    """Yield the names and choices of a schema."""
    if isinstance(schema, dict):
        yield from schema.get("enum", ())
        yield from schema
    for inner in schema.values() if isinstance(schema, dict) else schema:
        if isinstance(inner, dict | list):
            yield from words_in(inner)


RESULTS = ("同意返校", "已返校", "拒绝", "未见到", "未表态")


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("不同意", RESULTS, "拒绝"),
        ("拒绝返校", RESULTS, "拒绝"),
        ("没见到", RESULTS, "未见到"),
        ("同意反校", RESULTS, "同意返校"),
        ("答应了", RESULTS, "同意返校"),
        ("不答应了", RESULTS, "拒绝"),
        ("拒绝了", RESULTS, "拒绝"),
        ("爸爸", ("父亲", "母亲"), "父亲"),
        ("奶奶", ("祖父", "祖母"), "祖母"),
        ("童工", ("早婚", "非法招用"), "非法招用"),
        ("责令整改通知书", ("听证通知书", "责令限期改正通知书"), "责令限期改正通知书"),
        ("送达回执", ("送达公告", "送达回证"), "送达回证"),
        ("同意延期分期", ("申请延期分期", "批准延期分期"), "批准延期分期"),
        ("普文青", ("段晓岚", "普文清"), "普文清"),
    ],
)
def test_who_is_asked_is_asked_for_what_was_meant(
    word: str, known: tuple[str, ...], meant: str
) -> None:
    assert nearest(word, known) == meant


@pytest.mark.parametrize(
    ("key", "word", "known"),
    [
        ("核实", "基本属实", ("属实", "不属实", "没有核实")),
        ("情形", "疑似辍学", ("未入学", "辍学", "再次辍学")),
        ("结果", "部分采信", ("采纳", "不采纳")),
        ("情形", "休学", ("未入学", "辍学", "再次辍学")),
        ("情形", "转学", ("未入学", "辍学", "再次辍学")),
        ("留守情况", "留守", ("否", "单亲留守", "双亲留守")),
        ("签收人类别", "家属", ("本人", "同住成年家属", "其他人")),
        ("下落", "联系不上", ("外出", "下落不明")),
    ],
)
def test_no_suggestion_decides_a_fact_or_a_question_of_law(
    key: str, word: str, known: tuple[str, ...]
) -> None:
    assert nearest_choice(key, word, known) == ""


@pytest.mark.parametrize(
    ("kind", "key", "words"),
    [
        ("劝返", "结果", "同意考虑 孩子同意 暂时拒绝 态度强硬 不配合"),
        ("核查", "结果", "返校又走 在家"),
        ("送达", "方式", "微信 快递 村委会转交 放在家里 学校转交"),
        ("送达", "结果", "已读 拒收"),
        ("学籍标注", "结果", "休学 疑似"),
        ("听证", "到场", "没来 请假 代理人到场"),
        ("调查终结", "法定情形", "轻微 初次违法 没有过错"),
        ("行政判决", "结果", "败诉 撤回起诉"),
        ("法院受理", "结果", "没受理"),
        ("执行", "结果", "正在执行 已执行"),
        ("民事判决", "结果", "部分胜诉 撤诉"),
    ],
)
def test_what_is_merely_spelt_alike_is_no_choice_of_an_event(
    kind: str, key: str, words: str
) -> None:
    known = EVENT_FIELDS[kind].choices[key]
    assert [word for word in words.split() if same_said(word, known)] == []


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("直接送达", ("直接", "留置"), "直接"),
        ("电子送达", ("直接", "电子"), "电子"),
        ("不属属实", ("属实", "不属实"), "不属实"),
        ("部分采信", ("采纳", "部分采纳"), "部分采纳"),
        ("疑似辍学了", ("疑似辍学", "辍学"), "疑似辍学"),
        ("不同意", RESULTS, "拒绝"),
        ("答应了", RESULTS, "同意返校"),
        ("已校返", RESULTS, "已返校"),
        ("维持原判", ("维持", "变更"), "维持"),
    ],
)
def test_the_same_word_said_otherwise_is_suggested(
    word: str, known: tuple[str, ...], meant: str
) -> None:
    assert same_said(word, known) == meant


def test_a_service_that_is_none_is_told_what_it_comes_to() -> None:
    assert "同意电子送达" in instead_of("送达", "微信通知")
    assert "拒收人" in instead_of("送达", "贴门上") and "邮寄" in instead_of("送达", "邮件")
    assert instead_of("送达", "直接") == instead_of("劝返", "微信") == ""


OPPOSITE = [
    ("不同意", "同意"),
    ("未成年", "成年"),
    ("不予处罚", "处罚"),
    ("不予处罚决定书", "行政处罚决定书"),
    ("未送达", "已送达"),
    ("不准予执行", "准予执行"),
    ("拒绝听证", "要求听证"),
    ("没有到场", "到场"),
    ("父亲", "母亲"),
    ("离校", "返校"),
    ("不采纳", "采纳"),
    ("撤诉", "起诉"),
    ("基本属实", "属实"),
]


@pytest.mark.parametrize(("word", "other"), [*OPPOSITE, *((b, a) for a, b in OPPOSITE)])
def test_the_opposite_is_never_suggested(word: str, other: str) -> None:
    assert nearest(word, (other,)) == ""


def test_no_synonym_says_the_opposite_by_a_mere_denial() -> None:
    """Data can be wrong, too: whoever says 同意 never means 不同意."""
    for meant, said in tomllib.loads(MEANT.read_text("utf-8"))["同义"].items():
        denials = {"不", "未", "没"}
        for word in said:
            bare = re.sub("[不未没]有?", "", word)
            assert word not in (f"不{meant}", f"未{meant}", f"没有{meant}"), meant
            assert not (bare == meant and denials & set(word)), meant


def test_every_word_that_others_say_leads_to_one_that_files_have() -> None:
    known = set(map(str, known_words()))
    assert set(tomllib.loads(MEANT.read_text("utf-8"))["同义"]) - known == set()


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("家访", "事项: 劝返，方式: 家访"),
        ("发告知书", "事项: 事先告知"),
        ("送达回执", "事项: 送达"),
        ("辍学通知", "是不是「书面报告」？"),
        ("约谈", "是不是「批评教育」？"),
    ],
)
def test_a_kind_of_event_by_another_word_is_told_as_it_is_written(word: str, written: str) -> None:
    assert written in advice_for_event(word, tuple(EVENT_FIELDS))


def test_a_key_that_stands_elsewhere_is_sent_there() -> None:
    assert "kcbx.yaml 的「其他机关」" in advice_for_key("教育行政部门", ())
    assert "案件文件的最外层" in advice_for_key("监护人", ())
    assert advice_for_key("名字", ("姓名", "电话")) == "是不是「姓名」？"
    assert advice_for_key("监护人", (), of_office=False) == "请删去。"
