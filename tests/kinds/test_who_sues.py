"""The parties of a civil suit are chosen by an officer, and all its papers name the same."""

from collections.abc import Sequence
from datetime import date

import pytest

from kcbx_docs.record.contradictions import contradictions
from tests.kinds import Kind
from tests.kinds.world import (
    FATHER,
    MOTHER,
    OFFICE,
    OVERDUE,
    PEOPLE,
    TOWN,
    codes,
    docket,
    may,
    offered,
    papers,
    read,
    standing,
)

KIND = Kind(
    "民事诉讼的当事人",
    "程序替人选原告，愿意送学的父母也被起诉，各份诉状的当事人不一样，机关不是当事人也出授权委托书",
    (
        ("minshi-susong-fa", "122"),
        ("minshi-susong-fa", "15"),
        ("minshi-susong-fa", "22"),
        ("minshi-susong-fa", "60"),
        ("weichengnianren-baohu-fa", "106"),
    ),
)
DAY = "2026-03-26"
BOTH = (FATHER, MOTHER)
CHILD = "民事诉讼: {原告: 学生, 被告: [普正华]}\n"
OFFICE_SUES = "民事诉讼: {原告: 本机关, 被告: [普正华]}\n"
MOTHER_TOO = (
    "- {日期: 2026-03-12, 事项: 制发, 文书: 责令限期改正通知书, 对象: 李桂仙, 文号: 青政责改〔2026〕2号}\n"
    "- {日期: 2026-03-13, 事项: 送达, 文书: 责令限期改正通知书, 文号: 青政责改〔2026〕2号, 对象: 李桂仙, 方式: 直接}\n"
    "- {日期: 2026-03-25, 事项: 联系, 方式: 当面, 对象: 李桂仙, 结果: 称想送孩子上学，普正华不让孩子出门}\n"
)
TOGETHER = OVERDUE + MOTHER_TOO
SUIT_PAPERS = ("civil-complaint", "support-request", "support-opinion")


def suit_papers(more: str, *documents: str, history: str = TOGETHER) -> dict[str, str]:
    return papers(DAY, history, *documents, reason="李建川：测试", guardians=BOTH, more=more)


def complaint(more: str = "", guardians: Sequence[str] = BOTH, history: str = TOGETHER):
    return may("civil-complaint", DAY, history, who="", guardians=guardians, more=more)


def test_nobody_is_made_the_plaintiff_and_both_practices_are_told() -> None:
    answer = complaint()
    assert {"PROC341", "PROC342"} <= set(codes(answer, "须说明理由"))
    told = next(f.reason for f in answer.findings if f.code == "PROC341")
    assert all(word in told for word in ("兰坪2017年", "巴马2018年", "永康市法院2023年", "支持"))


@pytest.mark.parametrize("more", [CHILD, OFFICE_SUES])
def test_either_plaintiff_is_allowed_once_an_officer_chose(more: str) -> None:
    assert complaint(more).verdict in ("通过", "提醒")


def test_what_the_local_court_does_is_asked_only_where_the_town_sues() -> None:
    """福建: nobody has asked the courts whether they hear a town; a child may sue anywhere."""
    fujian = OFFICE.replace('"530499"', '"350583"')
    told = {
        more: codes(may("civil-complaint", DAY, TOGETHER, "", fujian, guardians=BOTH, more=more))
        for more in (CHILD, OFFICE_SUES)
    }
    assert "PROC331" not in told[CHILD]
    assert "PROC331" in told[OFFICE_SUES]


def test_the_child_cannot_sue_both_parents_with_nobody_to_represent_it() -> None:
    both = "民事诉讼: {原告: 学生, 被告: [普正华, 李桂仙]}\n"
    assert "PROC343" in codes(complaint(both), "须说明理由")
    assert "PROC343" not in codes(complaint(both.replace("学生", "本机关")))


def test_all_papers_of_the_child_name_the_same_parties() -> None:
    made = suit_papers(CHILD, *SUIT_PAPERS)
    assert len(made) == len(SUIT_PAPERS)
    for name, text in made.items():
        assert "李桂仙（系普云飞的母亲）" in text, name
        assert "告：李桂仙" not in text and "被申请人：李桂仙" not in text, name


def test_the_complaint_of_the_office_has_no_representative_of_the_child() -> None:
    text = next(iter(suit_papers(OFFICE_SUES, "civil-complaint").values()))
    assert f"原告：{TOWN}" in text and "法定代理人" not in text


def test_what_the_other_parent_said_is_told_and_the_order_against_her_is_no_evidence() -> None:
    text = next(iter(suit_papers(CHILD, "civil-complaint").values()))
    assert "李桂仙称想送孩子上学，普正华不让孩子出门。" in text
    assert "1号" in text and "2号" not in text


def test_the_absence_is_told_as_of_the_day_on_which_somebody_saw_it() -> None:
    text = next(iter(suit_papers(CHILD, "civil-complaint").values()))
    assert "截至2026年3月25日，普云飞仍未到校" in text and "至今" not in text


@pytest.mark.parametrize(
    ("more", "enclosed"),
    [(CHILD, False), (OFFICE_SUES, True), ("", False)],
)
def test_the_office_gives_a_power_of_attorney_only_as_a_party(more: str, enclosed: bool) -> None:
    option = standing(DAY, TOGETHER, guardians=BOTH, more=more).option("civil-suit")
    own = {"power-of-attorney", "representative-certificate"}
    assert option and (own & set(option.enclosed)) == (own if enclosed else set())


@pytest.mark.parametrize(
    ("more", "by"),
    [(CHILD, "普云飞（法定代理人李桂仙）"), (OFFICE_SUES, TOWN)],
)
def test_the_papers_of_the_child_are_not_said_to_be_made_by_the_town(more: str, by: str) -> None:
    option = standing(DAY, TOGETHER, guardians=BOTH, more=more).option("civil-suit")
    assert option and option.issuer == by


def test_who_does_not_refuse_is_not_sued() -> None:
    assert "civil-suit" not in offered(DAY, TOGETHER, MOTHER, guardians=BOTH, more=CHILD)
    assert "civil-suit" in offered(DAY, TOGETHER, FATHER, guardians=BOTH, more=CHILD)


def test_who_sues_itself_supports_nobody() -> None:
    answer = may("support-opinion", DAY, TOGETHER, who="", guardians=BOTH, more=OFFICE_SUES)
    assert "PROC346" in codes(answer, "禁止")


@pytest.mark.parametrize(
    ("address", "reminded"),
    [
        ("浙江省永康市城西路1号", True),
        ("云岭县青石镇白沙村15号", False),
        ("青石镇白沙村15号", False),
        ("白沙村15号", False),
    ],
)
def test_the_court_of_another_place_is_reminded_of(address: str, reminded: bool) -> None:
    father = PEOPLE[FATHER].replace("云岭县青石镇白沙村15号", address)
    answer = may("civil-complaint", DAY, OVERDUE, who="", guardians=(father,), more=OFFICE_SUES)
    assert ("PROC345" in codes(answer)) is reminded


@pytest.mark.parametrize(
    ("event", "code"),
    [
        ("原告: 本机关, 对象: 普正华", "CASE083"),
        ("原告: 学生, 对象: 李桂仙", "CASE083"),
        ("原告: 学生, 对象: 普正华", ""),
        ("对象: 普正华", ""),
    ],
)
def test_the_history_agrees_with_what_was_meant(event: str, code: str) -> None:
    history = f"{TOGETHER}- {{日期: 2026-03-30, 事项: 起诉, {event}}}"
    _, problems = read(history, guardians=BOTH, more=CHILD)
    assert [p.code for p in problems if p.code.startswith("CASE08")] == ([code] if code else [])


def test_the_old_way_is_read_and_told() -> None:
    history = f"{TOGETHER}- {{日期: 2026-03-30, 事项: 起诉, 对象: 普正华, 参加人: [{TOWN}]}}"
    one, problems = read(history, guardians=BOTH)
    assert "CASE084" in [p.code for p in problems]
    assert one.suit(one.events[-1].day).by_office


def test_a_suit_for_custody_is_none_of_these() -> None:
    history = f"{OVERDUE}- {{日期: 2026-03-30, 事项: 起诉, 目的: 变更抚养关系, 原告: 学生}}"
    assert standing("2026-04-01", history).state == "责令期满"
    assert docket(history).suit(docket(history).events[-1].day).plaintiff == ""


def told_of(event: str, who: str = FATHER) -> list[str]:
    """Return what is asked of a suit against both parents after one more event."""
    more = "民事诉讼: {原告: 本机关, 被告: [普正华, 李桂仙]}\n"
    return codes(
        may("civil-complaint", DAY, f"{TOGETHER}- {{{event}}}\n", who, guardians=BOTH, more=more),
        "须说明理由",
    )


@pytest.mark.parametrize(
    ("event", "asked"),
    [
        (
            "日期: 2026-03-26, 事项: 劝返, 方式: 家访, 对象: 李桂仙, 承办人: 施文, 结果: 同意返校",
            True,
        ),
        (
            "日期: 2026-03-20, 事项: 劝返, 方式: 家访, 对象: 李桂仙, 承办人: 施文, 结果: 同意返校",
            True,
        ),
        ("日期: 2026-03-26, 事项: 联系, 方式: 电话, 对象: 李桂仙, 结果: 愿意送学", True),
        ("日期: 2026-03-26, 事项: 联系, 方式: 电话, 对象: 李桂仙, 结果: 不愿意送学", False),
        ("日期: 2026-03-26, 事项: 劝返, 方式: 家访, 对象: 李桂仙, 承办人: 施文, 结果: 拒绝", False),
        (
            "日期: 2026-03-26, 事项: 劝返, 方式: 家访, 对象: 李桂仙, 承办人: 施文, 结果: 未见到",
            False,
        ),
    ],
)
def test_who_last_agreed_to_send_the_child_is_sued_with_a_reason_only(event, asked) -> None:
    assert ("PROC365" in told_of(event, MOTHER)) is asked
    assert "PROC365" not in told_of(event, FATHER)


@pytest.mark.parametrize(("day", "asked"), [("2026-03-20", False), ("2026-03-26", True)])
def test_a_father_alone_who_agreed_and_sent_nobody_may_be_sued(day: str, asked: bool) -> None:
    said = f"- {{日期: {day}, 事项: 劝返, 方式: 家访, 承办人: 施文, 结果: 同意返校}}\n"
    answer = may("civil-complaint", DAY, OVERDUE + said, more=OFFICE_SUES)
    assert ("PROC365" in codes(answer, "须说明理由")) is asked


@pytest.mark.parametrize("document", SUIT_PAPERS)
@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("下落: 死亡, 下落日期: 2026-03-24", "PROC195"),
        ("监护状况: 资格已撤销, 监护状况日期: 2026-03-24", "PROC126"),
        ("监护状况: 资格已撤销, 监护状况日期: 2026-04-24", ""),
        ("下落: 在家", ""),
    ],
)
def test_who_is_no_guardian_any_more_is_no_defendant(document, state, code) -> None:
    father = PEOPLE[FATHER].replace("}", f", {state}}}")
    answer = may(document, DAY, TOGETHER, guardians=(father, MOTHER), more=CHILD)
    assert set(codes(answer, "禁止")) & {"PROC195", "PROC126"} == ({code} if code else set())


@pytest.mark.parametrize(
    ("where", "code"),
    [
        ("下落: 外出, 下落日期: 2024-02-20, 下落说明: 在昆明市官渡区务工", "PROC368"),
        ("下落: 外出, 下落日期: 2026-05-20", ""),
        ("下落: 境外, 下落说明: 在老挝", "PROC344"),
        ("下落: 羁押", "PROC344"),
        ("下落: 强制戒毒", "PROC344"),
        ("下落: 住院", ""),
        ("下落: 在家", ""),
    ],
)
def test_a_father_who_lives_elsewhere_may_have_another_court(where: str, code: str) -> None:
    father = PEOPLE[FATHER].replace("}", f", {where}}}")
    answer = may("civil-complaint", DAY, OVERDUE, guardians=(father,), more=OFFICE_SUES)
    told = set(codes(answer, "提醒")) & {"PROC344", "PROC345", "PROC368"}
    assert told == ({code} if code else set())


def test_the_complaint_says_who_gave_no_answer() -> None:
    silent = TOGETHER.replace("结果: 拒绝", "对象: 普正华, 结果: 未表态")
    text = next(iter(suit_papers(CHILD, "civil-complaint", history=silent).values()))
    assert "家访劝返普正华，其没有表态。" in text and "监护人没有表态" not in text


FILED_SUIT = "- {日期: 2026-03-30, 事项: 起诉, 原告: 学生, 对象: 普正华}\n"
JUDGED = "- {日期: 2026-05-08, 事项: 民事判决, 结果: 支持, 期限: 判决生效之日起10日"


@pytest.mark.parametrize(
    ("history", "told"),
    [(FILED_SUIT, []), ("", [FATHER, MOTHER])],
    ids=["只起诉了父亲", "没有起诉"],
)
def test_a_judgment_asks_for_a_suit_against_who_was_sued(history: str, told: list[str]) -> None:
    case, _ = read(f"{TOGETHER}{history}{JUDGED}}}", guardians=BOTH)
    found = [p.message for p in contradictions(case, case.events[-1].day) if p.code == "PROC406"]
    assert [message.split("：")[0] for message in found] == told


@pytest.mark.parametrize(
    ("more", "until"),
    [(", 生效日期: 2026-05-25}", date(2026, 6, 4)), ("}", None)],
    ids=["写了生效日期", "没有写"],
)
def test_what_a_judgment_orders_runs_from_when_it_takes_effect(more: str, until) -> None:
    case = docket(f"{TOGETHER}{FILED_SUIT}{JUDGED}{more}", guardians=BOTH)
    progress = case.progress(case.case.guardians[0], date(2026, 7, 1))
    assert progress.moments.get("民事履行期满") == until


def test_only_what_takes_effect_counts_from_it() -> None:
    visit = "- {日期: 2026-03-12, 事项: 劝返, 方式: 家访, 结果: 拒绝, 期限: 生效之日起3日}\n"
    _, problems = read(OVERDUE + visit)
    assert "CASE005" in [p.code for p in problems]


def test_who_represents_the_child_is_ordered_only_by_name() -> None:
    history = OVERDUE + FILED_SUIT
    case = docket(history, guardians=BOTH)
    told = standing("2026-04-01", history, who=MOTHER, guardians=BOTH)
    assert [option.step for option in told.allowed if option.unasked] == []
    assert "PROC240" not in codes(
        may("check-record", "2026-04-01", history, MOTHER, guardians=BOTH)
    )
    assert "PROC240" in codes(may("case-filing", "2026-04-01", history, MOTHER, guardians=BOTH))
    assert may("order-to-correct", "2026-04-01", history, MOTHER, guardians=BOTH).verdict != "禁止"
    assert case.suit(date(2026, 4, 1)).represented_by(case.case.guardians[1])
