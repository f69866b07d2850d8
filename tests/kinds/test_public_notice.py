"""A public notice comes last, for this paper and this person, and never before the paper."""

from datetime import date

import pytest

from kcbx_docs.issuing.plan import plan
from kcbx_docs.problems import errors
from kcbx_docs.procedure.standing import stand
from tests.kinds import Kind
from tests.kinds.world import (
    ABSENT,
    FATHER,
    MADE,
    PEOPLE,
    docket,
    may,
    offered,
    read,
    standing,
)

KIND = Kind(
    "公告送达和在途的邮件",
    "寄出还没有到的不是没有送到；只试过一种方式的不能就公告；送达不能早于文书",
    (
        ("minshi-susong-fa", "95", "1"),
        ("minshi-susong-fa", "95", "2"),
        ("minshi-susong-fa", "91"),
        ("minsu-jieshi", "138", "1"),
    ),
)

TRY = (
    "- {日期: %s, 事项: 送达, 文书: 责令限期改正通知书, 文号: 青政责改〔2026〕1号, "
    "对象: 普正华, 方式: %s, 承办人: [普文清, 段晓岚]}\n"
)
POSTED = TRY % ("2026-03-13", "邮寄, 承运单位: EMS, 邮件单号: E1, 交寄日期: 2026-03-13, 结果: 在途")
NOT_HOME = TRY % ("2026-03-16", "直接, 结果: 未送达, 原因: 本人在外省")
VISIT = TRY % ("2026-03-16", "直接, 结果: 未送达, %s")
RETURNED = TRY % ("2026-03-30", "邮寄, 结果: 未送达, 原因: 退回，无人签收")
AGAIN = TRY % ("2026-03-31", "邮寄, 邮件单号: E2, 交寄日期: 2026-03-31, 结果: 在途")
NOTICE = TRY % ("2026-04-02", "公告, 原因: 其他方式送不到, 公告媒介: 公告栏, 公告日期: 2026-04-02")
OVER = date(2026, 5, 6)
MISSING = PEOPLE[FATHER].removesuffix("}") + ", 下落: 下落不明, 下落日期: 2026-03-01}"


def asked(history: str, day: str = "2026-04-01", **changes: object) -> dict[str, str]:
    """Return what stands against a public notice."""
    found = may("public-notice", day, history, **changes).findings  # type: ignore[arg-type]
    return {f.code: f.verdict for f in found if f.code in ("PROC247", "PROC123")}


@pytest.mark.parametrize(
    ("tried", "told"),
    [
        ("", {"PROC247": "禁止"}),
        (POSTED, {"PROC247": "禁止"}),
        (NOT_HOME, {"PROC123": "须说明理由"}),
        (NOT_HOME + POSTED, {"PROC123": "须说明理由"}),
        (RETURNED, {"PROC123": "须说明理由"}),
        (NOT_HOME + RETURNED, {}),
        (VISIT % "地点: 电话, 原因: 在外省" + RETURNED, {"PROC123": "须说明理由"}),
        (VISIT % "原因: 电话无人接听" + RETURNED, {"PROC123": "须说明理由"}),
        (VISIT % "原因: 多次拨打电话不接，微信不回" + RETURNED, {"PROC123": "须说明理由"}),
        (VISIT % "原因: 打了三次电话没人接" + RETURNED, {"PROC123": "须说明理由"}),
        (VISIT % "原因: 电话里说在广东，回不来" + RETURNED, {"PROC123": "须说明理由"}),
        (VISIT % "原因: 给他发微信，没有回" + RETURNED, {"PROC123": "须说明理由"}),
        (VISIT % "原因: 电话约好上门，家中无人" + RETURNED, {}),
        (VISIT % "地点: 白沙村15号, 原因: 电话里说在广东" + RETURNED, {}),
        (VISIT % "原因: 上门两次无人，电话打不通" + RETURNED, {}),
        (VISIT % "地点: 白沙村15号, 原因: 电话无人接听" + RETURNED, {}),
        (VISIT % "地点类别: 住所, 原因: 电话无人接听" + RETURNED, {}),
        (NOT_HOME + RETURNED + AGAIN, {"PROC123": "须说明理由"}),
    ],
)
def test_what_was_tried_for_this_paper_decides(tried: str, told: dict[str, str]) -> None:
    assert asked(MADE + tried) == told


def test_who_is_missing_is_reached_by_notice_at_once() -> None:
    assert asked(MADE, guardians=(MISSING,)) == {}


@pytest.mark.parametrize(
    ("bulletin", "served", "found"),
    [
        ("村微信群", None, ["SERV086"]),
        ("家长微信群", None, ["SERV086"]),
        ("[家长群, 朋友圈]", None, ["SERV086"]),
        ("[村公告栏, 家长群]", OVER, []),
        ("[家长微信群, 云岭县人民政府门户网站]", OVER, []),
        ("云岭县人民政府门户网站", OVER, []),
        ("他家门口", OVER, []),
    ],
)
def test_a_circle_of_friends_is_no_public(bulletin: str, served, found: list[str]) -> None:
    notice = NOTICE.replace("公告媒介: 公告栏", f"公告媒介: {bulletin}")
    case = docket(MADE + notice, guardians=(MISSING,))
    act = case.progress(case.case.guardians[0], date(2026, 6, 1)).act("责令")
    assert act is not None
    (one,) = act.services
    assert [code for code, _ in (*one.faults, *one.doubts)] == found
    assert act.served(date(2026, 6, 1)) == served
    running = plan(case, date(2026, 4, 12))[0]
    assert ("正在公告" in running.wait) == bool(served)


def test_what_failed_for_another_paper_does_not_open_the_way() -> None:
    other = (NOT_HOME + RETURNED).replace("责令限期改正通知书", "劝返通知书")
    other = other.replace(", 文号: 青政责改〔2026〕1号", "")
    once = NOT_HOME.replace("责令限期改正通知书", "劝返通知书")
    once = once.replace(", 文号: 青政责改〔2026〕1号", "")
    assert asked(MADE + once) == {"PROC247": "禁止"}
    assert asked(MADE + other) == {"PROC123": "须说明理由"}


def test_a_letter_on_its_way_neither_serves_nor_fails_until_it_is_signed_for() -> None:
    on_its_way, problems = read(MADE + POSTED)
    assert not errors(problems)
    assert standing("2026-03-17", MADE + POSTED).state == "责令待送达"
    assert "public-notice" not in offered("2026-03-17", MADE + POSTED)
    signed = MADE + POSTED.replace("结果: 在途", "签收日期: 2026-03-19")
    assert standing("2026-03-17", signed).state == "责令待送达"
    assert standing("2026-03-20", signed).state == "责令期内"
    act = on_its_way.progress(on_its_way.case.guardians[0], date(2026, 3, 17)).act("责令")
    assert act is not None and len(act.sent) == 1 and act.failures == ()


def test_a_letter_with_its_day_of_posting_is_on_its_way_without_saying_so() -> None:
    assert not errors(read(MADE + POSTED.replace(", 结果: 在途", ""))[1])
    no_day = read(MADE + POSTED.replace(", 交寄日期: 2026-03-13", ""))[1]
    assert [p.code for p in errors(no_day)] == ["CASE075"]
    by_hand = read(MADE + TRY % ("2026-03-13", "直接, 结果: 在途"))[1]
    assert [p.code for p in errors(by_hand)] == ["CASE076"]


@pytest.mark.parametrize(
    ("tried", "served", "doubts"),
    [
        (NOT_HOME + RETURNED, date(2026, 5, 6), []),
        (NOT_HOME, date(2026, 5, 6), ["PROC122"]),
        ("", None, []),
        (POSTED, None, []),
        (NOT_HOME + RETURNED + AGAIN, date(2026, 5, 6), ["PROC122"]),
    ],
)
def test_a_recorded_notice_is_judged_by_the_same(tried, served, doubts) -> None:
    case = docket(MADE + tried + NOTICE)
    act = case.progress(case.case.guardians[0], date(2026, 6, 1)).act("责令")
    assert act is not None
    (notice,) = act.services
    assert (act.served(date(2026, 6, 1)), [code for code, _ in notice.doubts]) == (served, doubts)


@pytest.mark.parametrize(
    ("how", "key"),
    [
        ("直接", "日期"),
        ("公告, 原因: 甲, 公告媒介: 乙, 公告日期: 2026-03-11", "公告日期"),
        ("邮寄, 邮件单号: E1, 交寄日期: 2026-03-11, 签收日期: 2026-03-13", "交寄日期"),
        ("邮寄, 交寄日期: 2026-03-11, 结果: 在途", "交寄日期"),
    ],
)
def test_no_way_carries_a_paper_before_it_was_made(how: str, key: str) -> None:
    day = "2026-03-11" if key == "日期" else "2026-03-13"
    told = [p for p in read(MADE + TRY % (day, how))[1] if p.code == "CASE060"]
    assert [key in p.message for p in told] == [True]


def test_another_name_of_the_paper_hides_nothing() -> None:
    early = (TRY % ("2026-03-11", "直接")).replace("责令限期改正通知书", "责令改正通知书")
    case = docket(ABSENT + early + MADE.removeprefix(ABSENT))
    progress = case.progress(case.case.guardians[0], date(2026, 3, 16))
    acts = progress.acts["order-to-correct"]
    assert [code for act in acts for s in act.services for code, _ in s.faults] == ["PROC116"]
    told = [found.code for found in stand(case, date(2026, 3, 16)).problems]
    assert "PROC116" in told and "PROC408" not in told


PRISON = PEOPLE[FATHER].removesuffix("}") + ", 下落: 服刑, 下落日期: 2026-01-01}"


def test_a_notice_does_not_answer_for_a_letter_that_is_out() -> None:
    history = MADE + NOT_HOME + RETURNED + AGAIN + NOTICE
    for day in ("2026-04-12", "2026-05-08"):
        assert out(day, history) == ["《责令限期改正通知书》2026-03-31寄出，还没有签收，也没有退回"]
    (waiting,) = plan(docket(history), date(2026, 4, 12))
    assert "正在公告" in waiting.wait and "2026-03-31寄出（E2）" in waiting.wait
    back = TRY % ("2026-04-20", "邮寄, 邮件单号: E2, 结果: 未送达, 原因: 退回")
    assert out("2026-04-21", history + back) == []


def out(day: str, history: str) -> list[str]:
    """List what is told of letters that are out."""
    return [note for note in standing(day, history).notes if "寄出" in note]


REACHED_BY_PHONE = (
    PEOPLE[FATHER].removesuffix("}")
    + ', 同意电子送达: 是, 确认书日期: 2026-03-01, 电子送达地址: "13800000031"}'
)
HANDED_ON = TRY % ("2026-03-31", "转交, 受托机关: 望川监狱, 结果: 未送达, 原因: 已调往别处")
TEXTED = TRY % ("2026-03-31", "电子, 结果: 未送达, 原因: 号码停机")
REFUSED = TRY % ("2026-03-16", "直接, 结果: 未送达, 拒收人: 本人, 原因: 当面拒收")


@pytest.mark.parametrize(
    ("person", "tried", "told"),
    [
        (PRISON, NOT_HOME + RETURNED, {"PROC123": "须说明理由"}),
        (PRISON, NOT_HOME + RETURNED + HANDED_ON, {}),
        (REACHED_BY_PHONE, NOT_HOME + RETURNED, {"PROC123": "须说明理由"}),
        (REACHED_BY_PHONE, NOT_HOME + RETURNED + TEXTED, {}),
        (FATHER, REFUSED + RETURNED, {"PROC123": "须说明理由"}),
    ],
)
def test_the_way_that_the_file_shows_must_not_be_passed_over(person, tried, told) -> None:
    assert asked(MADE + tried, guardians=(person,)) == told


def test_who_is_found_while_the_notice_runs_is_served_that_day() -> None:
    found = TRY % ("2026-04-10", "直接")
    history = MADE + NOT_HOME + RETURNED + NOTICE
    assert standing("2026-04-12", history).state == "责令待送达"
    assert standing("2026-04-12", history + found).state == "责令期内"
    act = docket(history + found).progress(docket(history).case.guardians[0], date(2026, 6, 1))
    order = act.order
    assert order is not None and order.served == date(2026, 4, 10)
