"""Who signs for somebody lives with him, now, and is of age; who refuses to sign has not signed."""

from datetime import date

import pytest

from kcbx_docs.case.event import Event
from kcbx_docs.case.service_form import wanted
from kcbx_docs.procedure.standing import stand
from kcbx_docs.record.service_basis import rule_of
from tests.kinds import Kind
from tests.kinds.world import FATHER, MADE, MOTHER, PEOPLE, docket, read

KIND = Kind(
    "代收和拒签",
    "人在监所、部队或者下落不明，家里人代收；不同住的人、孩子、朋友代领；当面拒签没有影像也算签收",
    (
        ("minshi-susong-fa", "88", "1"),
        ("minshi-susong-fa", "93"),
        ("minsu-jieshi", "131", "1"),
        ("minsu-jieshi", "131", "2"),
    ),
)

GIVEN = (
    "- {日期: 2026-03-13, 事项: 送达, 文书: 责令限期改正通知书, 文号: 青政责改〔2026〕1号, "
    "对象: 普正华, 方式: %s, 承办人: [%s]}\n"
)
LETTER = "邮件单号: E1, 承运单位: EMS, 签收日期: 2026-03-13"
LAWYER = "签收人: 赵律师, 关系: 委托代理人, 同住: 否, 成年: 是"
WIFE = "签收人: 李桂仙, 关系: 妻子, 同住: 是"
TWO_HOMES = "送达地址: 云岭县湖滨街道湖滨路3号, 确认书日期: 2026-03-01"
SERVED = date(2026, 3, 13)


def given(
    how: str, keys: str = "", officers: str = "普文清, 段晓岚"
) -> tuple[date | None, list[str]]:
    """Tell from when the order counts as served, and what is said of it."""
    person = PEOPLE[FATHER].removesuffix("}") + (f", {keys}}}" if keys else "}")
    case = docket(MADE + GIVEN % (how, officers), guardians=(person, MOTHER))
    act = case.progress(case.case.guardians[0], date(2026, 3, 16)).act("责令")
    assert act is not None
    told = [p.code for p in stand(case, date(2026, 3, 16)).problems]
    return act.served(date(2026, 3, 16)), told


@pytest.mark.parametrize(
    ("how", "keys", "served", "told"),
    [
        (f"直接, {WIFE}", "", SERVED, []),
        (f"直接, {WIFE}", "下落: 外出", SERVED, []),
        (f"直接, {WIFE}", TWO_HOMES, SERVED, ["SERV082"]),
        (f"直接, 地点: 湖滨路3号, {WIFE}", TWO_HOMES, SERVED, []),
        (f"邮寄, {LETTER}, 送达地址: 湖滨路3号, {WIFE}", TWO_HOMES, SERVED, []),
        ("直接", TWO_HOMES, SERVED, []),
        (f"直接, {WIFE}", "送达地址: 云岭县青石镇白沙村15号", SERVED, []),
        (f"直接, {WIFE}", "下落: 服刑, 下落日期: 2026-01-01", SERVED, ["PROC130"]),
        (f"直接, {WIFE}", "下落: 服刑, 下落日期: 2026-03-14", SERVED, []),
        (f"直接, {WIFE}", "下落: 下落不明", SERVED, ["PROC130"]),
        ("直接, 签收人: 李桂仙, 指定代收: 是, 成年: 是", "下落: 服刑", SERVED, []),
        ("直接, 签收人: 王房东, 关系: 房东, 同住: 是, 成年: 是", "", None, ["PROC520"]),
        ("直接, 签收人: 王工友, 关系: 工友, 同住: 是, 成年: 是, 指定代收: 是", "", SERVED, []),
        ("直接, 签收人: 李四, 关系: 前妻, 同住: 是, 成年: 是", "", SERVED, ["PROC521"]),
        ("直接, 签收人: 李四, 关系: 律师", "", SERVED, ["CASE251"]),
        ("直接, 签收人: 李四, 关系: 律师, 签收人类别: 委托代理人", "", SERVED, []),
        ("直接, 签收人: 李四, 关系: 律师, 指定代收: 是", "", SERVED, []),
        ("直接, 签收人: 李四, 关系: 儿媳, 同住: 是, 成年: 是", "", SERVED, []),
        ("直接, 地点类别: 住所, 签收人: 普正华", "下落: 服刑", SERVED, ["PROC522"]),
        ("直接, 地点类别: 住所, 签收人: 普正华", "下落: 服刑, 下落日期: 2026-03-20", SERVED, []),
        ("直接, 地点类别: 其他, 地点: 望川监狱", "下落: 服刑", SERVED, []),
        ("直接, 地点: 望川监狱", "下落: 服刑", SERVED, []),
        ("直接, 地点: 云岭县青石镇白沙村15号", "下落: 服刑", SERVED, ["PROC522"]),
        ("直接", "下落: 服刑", SERVED, ["PROC522"]),
        ("直接", "下落: 服刑, 下落日期: 2026-03-20", SERVED, []),
        ("直接, 地点: 微信", "", None, ["SERV092"]),
        ("直接, 地点: 电话", "", None, ["SERV092"]),
        (f"直接, 地点: 电话通知, 地点类别: 其他, {WIFE}", "", None, ["SERV092"]),
        ("直接, 地点: 电话联系, 地点类别: 住所", "", SERVED, ["PROC132"]),
        ("直接, 地点: 家中, 备注: 先打电话约好", "", SERVED, []),
        ("直接, 地点: 电话约好后在家中", "", SERVED, []),
        ("领取, 地点: 电话通知", "", SERVED, ["PROC132"]),
        ("直接, 地点: 手机店", "", SERVED, []),
        ("直接, 地点: 会见室", "下落: 服刑", SERVED, []),
        ("领取, 签收人: 普正华", "下落: 服刑", SERVED, ["PROC522"]),
        ("领取, 签收人: 普正华", "下落: 外出", SERVED, []),
        (
            "留置, 拒收原因: 本人拒收, 影像资料: [录像], 地点: 家中",
            "下落: 服刑",
            SERVED,
            ["PROC522"],
        ),
        (f"邮寄, {LETTER}", "下落: 服刑", SERVED, ["PROC522"]),
        (f"邮寄, {LETTER}, 送达地址: 望川监狱", "下落: 服刑", SERVED, []),
        (f"邮寄, {LETTER}", "", SERVED, []),
        ("领取, 签收人: 李四, 关系: 朋友, 同住: 否, 成年: 是", "", None, ["PROC105"]),
        (f"直接, {LAWYER}", "", SERVED, []),
        (f"直接, {LAWYER.replace('委托代理人', '律师的朋友')}", "", None, ["PROC105"]),
        (f"直接, {LAWYER.replace('成年: 是', '成年: 否')}", "", None, ["PROC104"]),
        ("领取, 备注: 本人到场，拒绝签名", "", SERVED, []),
        ("直接, 拒收人: 本人, 拒收原因: 本人拒签", "", None, ["PROC101"]),
        (
            "直接, 拒收人: 本人, 拒收原因: 本人拒签, 影像资料: [录像], 地点类别: 其他",
            "",
            SERVED,
            [],
        ),
        (f"直接, 拒收原因: 本人先拒收, {WIFE}", "", SERVED, []),
        (
            "留置, 拒收人: 同住成年家属, 拒收原因: 不收, 影像资料: [录像], 地点类别: 住所",
            "下落: 羁押",
            SERVED,
            ["PROC130"],
        ),
    ],
)
def test_who_took_it_or_refused_it(how: str, keys: str, served: date | None, told) -> None:
    assert given(how, keys) == (served, told)


@pytest.mark.parametrize("way", ["直接", f"邮寄, {LETTER}"])
@pytest.mark.parametrize(
    ("signer", "served", "told"),
    [
        ("普云飞, 关系: 本人", None, ["PROC104"]),
        ("普小妹, 关系: 本人, 成年: 否", None, ["PROC104"]),
        ("王大, 关系: 本人", SERVED, ["PROC132"]),
        ("李桂仙, 关系: 本人", SERVED, ["PROC132"]),
        ("普正华, 关系: 本人", SERVED, []),
        ("普 正华", SERVED, []),
        ("普阿华, 关系: 本人", SERVED, []),
    ],
)
def test_the_word_himself_turns_nobody_into_him(way: str, signer: str, served, told) -> None:
    assert given(f"{way}, 签收人: {signer}", "曾用姓名: [普阿华]") == (served, told)


@pytest.mark.parametrize(
    ("signer", "served", "told"),
    [
        ("本人", SERVED, []),
        ("菜鸟驿站", SERVED, ["SERV088"]),
        ("白沙村村民委员会", SERVED, ["SERV088"]),
        ("云岭县青石中学", SERVED, ["SERV088"]),
        ("云岭县青石中学, 关系: 学校", SERVED, ["SERV088"]),
        ("白沙村邮站", SERVED, ["SERV088"]),
        ("白沙村村委会代收", SERVED, ["SERV088"]),
        ("保安", SERVED, ["SERV088"]),
        ("放家门口", SERVED, ["SERV088"]),
        ("村主任", SERVED, ["SERV088"]),
        ("白沙村党支书", SERVED, ["SERV088"]),
        ("隔壁邻居", SERVED, ["SERV088"]),
        ("村主任, 签收人类别: 其他人", None, ["SERV077"]),
        ("主任, 签收人类别: 指定代收的代理人", SERVED, []),
        ("李支书, 同住: 是, 成年: 是, 关系: 父亲", SERVED, []),
        ("李中学, 签收人类别: 同住成年家属", SERVED, []),
        ("王国强, 关系: 村委会主任", None, ["PROC520"]),
        ("王国强, 关系: 村委会主任, 签收人类别: 指定代收的代理人", SERVED, []),
        ("菜鸟驿站, 签收人类别: 代收点", None, ["SERV077"]),
        ("青石砖厂门卫室, 签收人类别: 单位收发", None, ["SERV077"]),
        ("王大, 签收人类别: 代收点", None, ["SERV077"]),
        ("王大, 签收人类别: 其他人", None, ["SERV077"]),
        ("菜鸟驿站, 指定代收: 是", SERVED, []),
        ("菜鸟驿站, 签收人类别: 代收点, 指定代收: 是", SERVED, []),
        ("菜鸟驿站, 签收人类别: 指定代收的代理人", SERVED, []),
        ("白沙超市, 签收人类别: 同住成年家属", SERVED, ["SERV100"]),
        ("白沙超市, 签收人类别: 同住成年家属, 关系: 母亲", SERVED, []),
        ("妈妈驿站, 签收人类别: 同住成年家属", SERVED, ["SERV100"]),
        ("妈妈驿站, 同住: 是, 成年: 是, 关系: 母亲", SERVED, []),
        ("保安, 签收人类别: 同住成年家属", SERVED, ["SERV100"]),
        ("欧阳中学, 签收人类别: 同住成年家属", SERVED, []),
        ("王驿, 签收人类别: 同住成年家属", SERVED, []),
        ("李桂仙", SERVED, ["SERV101"]),
        ("李桂仙, 关系: 妻子", SERVED, ["SERV101"]),
        ("李桂仙, 关系: 妻子, 同住: 否", None, ["PROC105"]),
        ("李桂仙, 关系: 妻子, 签收人类别: 同住成年家属", SERVED, []),
        ("李桂芬, 关系: 妻子", SERVED, ["PROC108"]),
        ("王大, 签收人类别: 法定代理人", SERVED, ["SERV102"]),
        ("王大, 签收人类别: 法定代理人, 同住: 是, 成年: 是, 关系: 父亲", SERVED, []),
        ("王大, 签收人类别: 委托代理人, 关系: 邻居", SERVED, ["PROC132"]),
        ("王大, 签收人类别: 委托代理人, 关系: 班主任", SERVED, ["PROC132"]),
        ("王大, 签收人类别: 委托代理人, 关系: 兄长", SERVED, []),
        ("王大, 签收人类别: 指定代收的代理人, 关系: 邻居", SERVED, []),
        ("王大, 签收人类别: 同住成年家属", SERVED, []),
        ("王大, 签收人类别: 同住成年家属, 成年: 否", None, ["PROC104"]),
        ("王大, 签收人类别: 同住成年家属, 同住: 否", None, ["PROC105"]),
        ("王大, 签收人类别: 代收点, 同住: 是", SERVED, ["PROC132"]),
        ("王大, 签收人类别: 委托代理人", SERVED, []),
        ("王大, 签收人类别: 本人", SERVED, ["PROC132"]),
        ("王大", SERVED, ["PROC108"]),
        ("王社区, 关系: 妻弟, 同住: 是, 成年: 是", SERVED, ["PROC521"]),
        ("王大, 关系: 兄长, 同住: 是, 成年: 是", SERVED, []),
    ],
)
def test_a_counter_or_a_committee_is_no_family(signer: str, served, told) -> None:
    assert given(f"邮寄, {LETTER}, 签收人: {signer}") == (served, told)


def test_who_says_himself_is_written_by_his_name_where_he_alone_is_addressed() -> None:
    told = {"日期": "2026-03-13", "事项": "送达", "文书": "甲", "方式": "直接", "签收人": "本人"}
    signers = [
        Event.model_validate({**told, "对象": to}).signer
        for to in (FATHER, [FATHER], [FATHER, MOTHER])
    ]
    assert signers == [FATHER, FATHER, "本人"]


@pytest.mark.parametrize(
    ("signer", "served", "told"),
    [
        ("", SERVED, []),
        (", 签收人: 普正华", SERVED, []),
        (", 签收人: 赵管教, 关系: 监狱民警", SERVED, ["PROC580"]),
        (", 签收人: 李桂仙, 关系: 妻子, 同住: 是, 成年: 是", SERVED, ["PROC580"]),
        (", 签收人: 普云飞", None, ["PROC104"]),
    ],
)
def test_what_is_handed_on_he_signs_for_himself(signer: str, served, told) -> None:
    how = f"转交, 受托机关: 望川监狱, 签收日期: 2026-03-13{signer}"
    assert given(how, "下落: 服刑") == (served, told)


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ("直接, 签收日期: 2026-03-12", ["CASE058"]),
        ("直接, 签收日期: 2026-03-13", []),
        ("电子, 送达地址: a@b.cn, 到达日期: 2026-03-12", ["CASE058"]),
        ("电子, 送达地址: a@b.cn, 到达日期: 2026-03-13", []),
        ("邮寄, 邮件单号: E1, 交寄日期: 2026-03-12, 签收日期: 2026-03-12", []),
    ],
)
def test_nothing_arrives_before_it_is_brought(how: str, told: list[str]) -> None:
    _, problems = read(MADE + GIVEN % (how, "普文清, 段晓岚"))
    assert [p.code for p in problems if p.code == "CASE058"] == told


@pytest.mark.parametrize(
    ("how", "officers", "told"),
    [
        ("直接", "普文清", ["PROC131"]),
        ("直接", "普文清, 段晓岚", []),
        ("邮寄, 邮件单号: E1, 承运单位: EMS, 签收日期: 2026-03-13", "普文清", []),
    ],
)
def test_an_office_sends_two_of_its_officers(how: str, officers: str, told: list[str]) -> None:
    assert given(how, officers=officers) == (SERVED, told)


@pytest.mark.parametrize(
    ("signer", "paper"),
    [
        ("签收人类别: 指定代收的代理人", "送达地址确认书"),
        ("指定代收: 是", "送达地址确认书"),
        ("签收人类别: 委托代理人", "授权委托书"),
        ("关系: 委托代理人", "授权委托书"),
        ("签收人类别: 委托代理人, 指定代收: 是", "送达地址确认书"),
        ("签收人类别: 同住成年家属", ""),
        ("关系: 兄长, 同住: 是", ""),
    ],
)
def test_who_acts_for_another_shows_the_paper_that_says_so(signer: str, paper: str) -> None:
    case = docket(MADE + GIVEN % (f"直接, 签收人: 王大, {signer}", "普文清, 段晓岚"))
    papers = {kind for group in wanted(case.case.history[-1]) for kind in group}
    assert papers - {"送达回证"} == {paper} - {""}


@pytest.mark.parametrize(
    ("way", "signer", "rule"),
    [
        ("直接", "", "service-direct"),
        ("直接", ", 签收人: 普正华", "service-direct"),
        ("直接", ", 签收人: 普阿华", "service-direct"),
        ("直接", f", {WIFE}", "service-direct-another"),
        ("直接", f", {LAWYER}", "service-direct-another"),
        (f"邮寄, {LETTER}", "", "service-post"),
        (f"邮寄, {LETTER}", f", {WIFE}", "service-post-another"),
        (f"邮寄, {LETTER}", ", 签收人类别: 同住成年家属", "service-post-another"),
    ],
)
def test_the_article_is_of_who_signed(way: str, signer: str, rule: str) -> None:
    person = PEOPLE[FATHER].removesuffix("}") + ", 曾用姓名: [普阿华]}"
    case = docket(MADE + GIVEN % (way + signer, "普文清"), guardians=(person, MOTHER))
    assert rule_of(case.case.history[-1], case.case.guardians[0]) == rule


@pytest.mark.parametrize(
    ("chosen", "served", "told"),
    [
        ("本人", SERVED, []),
        ("代收点", None, ["SERV077"]),
        ("单位收发", None, ["SERV077"]),
        ("同住成年家属", SERVED, []),
    ],
)
def test_a_choice_counts_without_a_name(chosen: str, served: date | None, told) -> None:
    assert given(f"邮寄, {LETTER}, 签收人类别: {chosen}") == (served, told)
