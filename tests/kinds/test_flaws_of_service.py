"""Who brought a paper, when, and whether it left any time: said where it stands."""

from datetime import date
from itertools import chain

import pytest

from kcbx_docs.record.flaws import served_by
from tests.kinds.page import Kind
from tests.kinds.world import (
    ABSENT,
    DECIDED,
    FATHER,
    MADE,
    MOTHER,
    OVERDUE,
    PEOPLE,
    SERVED,
    TOLD,
    checked,
    codes,
    docket,
    may,
    standing,
)

KIND = Kind(
    "送达的瑕疵和没有时间的责令",
    "改正期限过了才送达也算逾期不改；决定晚了一个多月送达、村干部送达没有人说；"
    "当场处罚后来才邮寄送达，期限仍从当天算",
    (
        ("yiwu-jiaoyu-fa", "58"),
        ("xingzheng-chufa-fa", "40"),
        ("xingzheng-chufa-fa", "52", "1"),
        ("xingzheng-chufa-fa", "61", "1"),
        ("xingzheng-chufa-fa", "67", "3"),
    ),
)


def told(day: str, history: str, **changes: object) -> set[str]:
    return {one.code for one in checked(day, history, **changes)}  # type: ignore[arg-type]


def fixed(deadline: str, served: str = "2026-03-23") -> str:
    """Tell of an order with a fixed day."""
    dated = OVERDUE.replace("青政责改〔2026〕1号}", f"青政责改〔2026〕1号, 期限: {deadline}}}", 1)
    return dated.replace("日期: 2026-03-13, 事项: 送达", f"日期: {served}, 事项: 送达")


@pytest.mark.parametrize("deadline", ["2026-03-20", "2026-03-23"])
def test_who_got_the_order_when_its_day_was_over_disobeyed_nothing(deadline: str) -> None:
    assert "PROC513" in codes(may("case-filing", "2026-03-27", fixed(deadline)), "禁止")


def test_who_had_a_day_left_may_have_disobeyed() -> None:
    answer = may("case-filing", "2026-03-27", fixed("2026-03-24"))
    assert "PROC513" not in codes(answer)


@pytest.mark.parametrize(
    ("period", "code"),
    [
        ("收到之日起365日", "PROC622"),
        ("收到之日起3个月", "PROC622"),
        ("2026-09-01", "PROC622"),
        ("2026-03-28", "PROC623"),
        ("收到之日起1个月", ""),
        ("收到之日起30个工作日", ""),
        ("2026-03-27", ""),
    ],
)
def test_a_deadline_of_months_or_on_a_day_off_is_asked_about(period, code):
    made = MADE.replace("青政责改〔2026〕1号}", f"青政责改〔2026〕1号, 期限: {period}}}")
    told = codes(may("order-to-correct", "2026-03-12", made), "提醒")
    assert [one for one in told if one in ("PROC622", "PROC623")] == [code] * bool(code)


@pytest.mark.parametrize(("period", "asked"), [("收到之日起1日", True), ("收到之日起3日", False)])
def test_a_single_day_is_reminded_of(period: str, asked: bool) -> None:
    made = MADE.replace("青政责改〔2026〕1号}", f"青政责改〔2026〕1号, 期限: {period}}}")
    assert ("PROC514" in codes(may("order-to-correct", "2026-03-12", made), "提醒")) is asked


def served(day: str, more: str = "") -> str:
    head, tail = DECIDED.rsplit("- {日期: 2026-04-17, 事项: 送达", 1)
    return f"{head}{more}- {{日期: {day}, 事项: 送达{tail}"


@pytest.mark.parametrize(
    ("day", "asked"), [("2026-04-28", False), ("2026-04-29", True), ("2026-05-29", True)]
)
def test_a_decision_that_came_after_seven_working_days(day: str, asked: bool) -> None:
    assert ("PROC507" in told("2026-06-01", served(day))) is asked


def test_an_attempt_in_time_is_enough() -> None:
    tried = (
        "- {日期: 2026-04-20, 事项: 送达, 文书: 行政处罚决定书, 文号: 青政罚决〔2026〕1号, "
        "对象: 普正华, 方式: 直接, 结果: 未送达, 原因: 不在家, 承办人: [普文清, 段晓岚]}\n"
    )
    assert "PROC507" not in told("2026-06-01", served("2026-05-29", tried))


@pytest.mark.parametrize(
    ("names", "code"),
    [("[白有福, 施文]", "PROC508"), ("[普文清, 白有福]", ""), ("[普文清, 段晓岚]", "")],
)
def test_servers_who_are_not_of_the_office(names: str, code: str) -> None:
    brought = SERVED.replace("[普文清, 段晓岚]", names)
    assert {"PROC508"} & told("2026-03-20", brought) == ({code} if code else set())


SPOT = OVERDUE + (
    "- {日期: 2026-03-27, 事项: 当场处罚, 对象: 普正华, 文书: 当场处罚决定书, "
    "文号: 青政当罚〔2026〕1号, 金额: 200, 承办人: [普文清, 段晓岚]}\n"
)
MAILED = SPOT + (
    "- {日期: 2026-04-02, 事项: 送达, 文书: 当场处罚决定书, 文号: 青政当罚〔2026〕1号, "
    "对象: 普正华, 方式: 邮寄, 承运单位: 中国邮政, 承运单位类别: 邮政企业, 邮件单号: '1', "
    "交寄日期: 2026-03-30, 签收日期: 2026-04-02, 签收人: 普正华, 承办人: [普文清]}\n"
)


def test_a_fine_on_the_spot_counts_from_the_service_that_was_recorded() -> None:
    assert standing("2026-04-14", SPOT).progress.enforcement.pay_by.isoformat() == "2026-04-13"  # type: ignore[union-attr]
    late = standing("2026-04-14", MAILED).progress.enforcement
    assert late and late.served and late.served.isoformat() == "2026-04-02"
    assert late.pay_by and late.pay_by.isoformat() == "2026-04-17"
    assert "PROC305" in codes(may("demand-letter", "2026-04-14", MAILED), "禁止")
    assert "PROC516" in told("2026-04-14", MAILED) and "PROC516" not in told("2026-04-14", SPOT)


def test_the_notice_is_served_by_the_same_rule() -> None:
    assert "PROC508" in told("2026-04-10", TOLD.replace("[普文清, 段晓岚]}", "[施文]}"))


def asked(history: str) -> set[str]:
    """Return what is asked where the last service of a case is recorded."""
    case = docket(history)
    acts = case.progress(case.case.guardians[0], date(2026, 5, 1)).papers.values()
    every = [(act, one.event) for act in chain.from_iterable(acts) for one in act.services]
    act, event = max(every, key=lambda pair: pair[1].moment)
    return {one.code for one in served_by(case, act, event)}


ALONE, NOBODY = "承办人: [普文清]}", "地点: 家中}"


@pytest.mark.parametrize(
    ("history", "servers", "code"),
    [
        (SERVED, NOBODY, "PROC561"),
        (SERVED, ALONE, "PROC131"),
        (TOLD, ALONE, "PROC562"),
        (TOLD, "承办人: [普文清, 岩温香]}", "PROC610"),
        (TOLD, "承办人: [普文清, 段晓岚]}", ""),
    ],
)
def test_who_brought_it_is_named_and_two_bring_what_imposes_a_penalty(
    history: str, servers: str, code: str
) -> None:
    head, service = history.rsplit("- {日期", 1)
    changed = service.replace("承办人: [普文清, 段晓岚]}", servers)
    assert asked(f"{head}- {{日期{changed}") == ({code} if code else set())


AGAIN = SERVED + (
    "- {日期: 2026-03-16, 事项: 送达, 文书: 责令限期改正通知书, 对象: 普正华, 方式: 直接, "
    "签收人: 普正华, 承办人: [普文清, 段晓岚]}\n"
)


def test_what_one_took_alone_is_told_in_the_same_words_until_two_bring_it_again() -> None:
    first = SERVED.rsplit("[普文清, 段晓岚]}", 1)
    alone, again = "[普文清]}".join(first), AGAIN.replace(SERVED, "[普文清]}".join(first))
    assert "PROC131" in asked(alone) & told("2026-03-20", alone)
    assert "PROC131" not in told("2026-03-20", again) | told("2026-03-20", SERVED)


def test_the_post_needs_nobody() -> None:
    assert not told("2026-04-14", MAILED.replace(", 承办人: [普文清]}", "}")) & {
        "PROC561",
        "PROC562",
    }


PERSUADED = "- {日期: 2026-03-06, 事项: 劝返, 方式: 家访, 承办人: 施文, 对象: %s, 结果: %s}\n"


@pytest.mark.parametrize(
    ("father", "more", "asked"),
    [
        ("", "", False),
        (", 下落: 外出, 下落日期: 2026-02-01", "", False),
        ("", PERSUADED % (FATHER, "拒绝") + PERSUADED % (MOTHER, "同意返校"), True),
        ("", PERSUADED % (FATHER, "拒绝") + PERSUADED % (MOTHER, "拒绝"), False),
    ],
)
def test_a_visit_that_names_nobody_is_asked_about_where_the_parents_differ(
    father: str, more: str, asked: bool
) -> None:
    people = (PEOPLE[FATHER].removesuffix("}") + f"{father}}}", MOTHER)
    assert ("PROC563" in told("2026-03-20", ABSENT + more, guardians=people)) is asked
