"""Who was told of a hearing has five working days to ask for it, whatever else was given up."""

from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.case.files import LoadedCase
from kcbx_docs.office.opened import open_office
from kcbx_docs.procedure.verdict import permission
from kcbx_docs.record.contradictions import contradictions
from tests.kinds import Kind
from tests.kinds.world import (
    FATHER,
    TOLD,
    case_text,
    codes,
    docket,
    may,
    offered,
    standing,
    workspace,
)

KIND = Kind(
    "听证申请期",
    "放弃陈述申辩或者本地缩短申辩期以后，没有等要求听证的期限届满就作出处罚决定",
    (
        ("行政处罚法", "62"),
        ("行政处罚法", "63", "1"),
        ("行政处罚法", "64"),
        ("行政处罚法", "85"),
    ),
)
DEFENCE = "- {日期: 2026-04-09, 事项: 放弃陈述申辩, 对象: 普正华, 方式: 书面}\n"
HEARING = "- {日期: 2026-04-09, 事项: 放弃听证, 对象: 普正华, 方式: 书面}\n"
ASKED = "- {日期: 2026-04-09, 事项: 要求听证, 对象: 普正华, 方式: 书面}\n"
HELD = (
    ASKED
    + "- {日期: 2026-04-10, 事项: 制发, 文书: 听证通知书, 对象: 普正华, 文号: 青政听通〔2026〕1号}\n"
    + "- {日期: 2026-04-10, 事项: 送达, 文书: 听证通知书, 文号: 青政听通〔2026〕1号, 对象: 普正华, 方式: 直接, 承办人: [普文清, 段晓岚]}\n"
    + "- {日期: 2026-04-24, 事项: 听证, 对象: 普正华, 承办人: [普文清, 段晓岚], 主持人: 白法制}\n"
    + "- {日期: 2026-04-27, 事项: 法制审核, 审核人: 白法制, 结果: 同意}\n"
)
NO_RIGHT = TOLD.replace("金额: 600, 告知听证: 是", "金额: 300, 告知听证: 否")


def decision(day: str, history: str) -> str:
    return may("penalty-decision", day, history).verdict


@pytest.mark.parametrize(
    ("history", "day", "allowed"),
    [
        (TOLD + DEFENCE, "2026-04-13", False),
        (TOLD + DEFENCE, "2026-04-15", False),
        (TOLD + DEFENCE, "2026-04-16", True),
        (TOLD + DEFENCE + HEARING, "2026-04-13", True),
        (TOLD + HEARING, "2026-04-13", False),
        (NO_RIGHT + DEFENCE, "2026-04-13", True),
        (TOLD + ASKED, "2026-04-16", False),
        (TOLD + HELD, "2026-04-28", True),
    ],
    ids=[
        "只放弃申辩",
        "期限最后一天",
        "期限第二天",
        "两样都放弃",
        "只放弃听证",
        "没有听证权利",
        "要求了还没有举行",
        "举行过听证",
    ],
)
def test_a_decision_waits_for_both_rights(history: str, day: str, *, allowed: bool) -> None:
    assert (decision(day, history) in ("通过", "提醒")) == allowed


@pytest.mark.parametrize(
    ("day", "allowed"), [("2026-04-07", False), ("2026-04-08", True)], ids=["送达以前", "送达当天"]
)
def test_nobody_gives_up_what_he_was_not_told(day: str, *, allowed: bool) -> None:
    history = TOLD + (DEFENCE + HEARING).replace("2026-04-09", day)
    assert (decision("2026-04-13", history) in ("通过", "提醒")) == allowed
    found = [p.code for p in contradictions(docket(history), date(2026, 4, 13))]
    assert ("PROC448" in found) is not allowed


def test_the_reason_names_the_last_day_of_asking() -> None:
    answer = may("penalty-decision", "2026-04-13", TOLD + DEFENCE)
    assert codes(answer, "禁止") == ["PROC285"]
    assert "2026年4月15日" in answer.of("禁止")[0].reason


def test_a_place_that_shortens_the_defence_does_not_shorten_the_hearing(tmp_path: Path) -> None:
    """Three working days for the defence end on 13 April; the hearing may be asked for until 15."""
    path = workspace(tmp_path, text=case_text(TOLD))
    with (tmp_path / "templates/pack.yaml").open("a", encoding="utf-8") as pack:
        pack.write("期间: {defence-window: 3}\n")
    office = open_office(path)
    loaded, problems = office.read(path, date(2026, 4, 30))
    assert isinstance(loaded, LoadedCase), problems
    told = permission(office.docket(loaded), "penalty-decision", FATHER, date(2026, 4, 14))
    assert codes(told, "禁止") == ["PROC285"]


def test_only_then_the_case_waits_for_its_decision() -> None:
    told = standing("2026-04-13", TOLD + DEFENCE)
    assert told.state == "听证申请期内"
    assert "陈述申辩" not in [due.what for due in told.due]
    assert "申请听证" in [due.what for due in told.due]
    assert standing("2026-04-13", TOLD).state == "申辩期内"
    assert standing("2026-04-16", TOLD + DEFENCE).state == "待决定"
    both = standing("2026-04-13", TOLD + DEFENCE + HEARING)
    assert (both.state, [due.what for due in both.due if due.bound == "当事人"]) == ("待决定", [])


@pytest.mark.parametrize(
    ("asked", "state", "verdict"),
    [("04-15", "待听证", "禁止"), ("04-16", "待决定", "须说明理由")],
)
def test_a_request_after_the_period_asks_for_a_reason_only(
    asked: str, state: str, verdict: str
) -> None:
    history = TOLD + ASKED.replace("04-09", asked)
    assert standing("2026-04-17", history).state == state
    assert decision("2026-04-17", history) == verdict


def test_late_the_steps_of_the_decision_are_listed() -> None:
    steps = offered("2026-04-17", TOLD + ASKED.replace("04-09", "04-16"))
    assert {"legal-review", "discussion", "approval", "decision"} <= set(steps)


def test_a_hearing_granted_all_the_same_is_held_first() -> None:
    """The office arranged the hearing: it keeps to it."""
    granted = "- {日期: 2026-04-17, 事项: 制发, 文书: 听证通知书, 对象: 普正华, 文号: 青政听通〔2026〕1号}\n"
    history = TOLD + ASKED.replace("04-09", "04-16") + granted
    assert standing("2026-04-20", history).state == "待听证"
    assert "PROC266" in codes(may("penalty-decision", "2026-04-20", history), "禁止")


def test_next_tells_from_when() -> None:
    option = standing("2026-04-13", TOLD + DEFENCE).option("decision")
    assert option
    assert option.earliest
    assert str(option.earliest.day) == "2026-04-16"
    assert option.guardian == FATHER


ARRANGED = HELD.replace(
    "文号: 青政听通〔2026〕1号}\n",
    "文号: 青政听通〔2026〕1号, 听证日期: 2026-04-24, 地点: 镇政府会议室, 主持人: 白法制}\n",
    1,
).replace(
    "主持人: 白法制}\n- {日期: 2026-04-27",
    "主持人: 白法制, 地点: 青石镇政府会议室}\n- {日期: 2026-04-27",
)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("", "", ""),
        ("听证日期: 2026-04-24", "听证日期: 2026-04-23", "日期"),
        ("地点: 镇政府会议室", "地点: 白沙村委会", "地点"),
        ("听证日期: 2026-04-24, 地点: 镇政府会议室, 主持人: 白法制", "主持人: 李建川", "主持人"),
        ("听证日期: 2026-04-24, 地点: 镇政府会议室, 主持人: 白法制", "公开: 否", ""),
    ],
    ids=["照通知", "日期不同", "地点不同", "主持人不同", "通知没有写"],
)
def test_a_hearing_is_held_as_it_was_announced(old: str, new: str, key: str) -> None:
    answer = may("penalty-decision", "2026-04-28", TOLD + ARRANGED.replace(old, new))
    found = [f for f in answer.of("须说明理由") if f.code == "PROC431"]
    assert [f.reason.split("：")[1][: len(key)] for f in found] == ([key] if key else [])


@pytest.mark.parametrize(
    ("day", "told"), [("2026-04-23", True), ("2026-04-24", False), ("2026-04-27", False)]
)
def test_a_review_comes_after_the_hearing(day: str, *, told: bool) -> None:
    history = TOLD + HELD.replace("2026-04-27, 事项: 法制审核", f"{day}, 事项: 法制审核")
    assert ("PROC432" in codes(may("penalty-decision", "2026-04-28", history), "提醒")) is told


@pytest.mark.parametrize(
    ("amount", "told", "due"),
    [("300", "否", False), ("600", "是", True), ("300", "是", True), ("600", "否", True)],
)
def test_who_has_no_right_to_a_hearing_is_given_no_day_for_it(
    amount: str, told: str, *, due: bool
) -> None:
    history = TOLD.replace("金额: 600, 告知听证: 是", f"金额: {amount}, 告知听证: {told}")
    days = [one.what for one in standing("2026-04-09", history).due]
    assert ("申请听证" in days) == due and "陈述申辩" in days
