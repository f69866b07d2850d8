"""What was made public is known, and taken down in time: a penalty that fell, with the reason."""

from datetime import date

import pytest

from kcbx_docs.papers.public_facts import concerns
from tests.kinds import Kind
from tests.kinds.world import DECIDED, FATHER, checked, docket, standing

KIND = Kind(
    "公开以后撤下",
    "处罚决定公开了没有人记；后来变更、撤销、确认违法了还挂在网上；把内部的文书公开出去",
    (("xingzheng-chufa-fa", "48", "2"), ("xingzheng-chufa-fa", "85")),
)
DECISION = (
    "公开决定: {决定人: 李建川, 理由: 当地连续几年有这样的事, 文本: 当事人没有送子女上学。}\n"
)
OUT = "- {日期: 2026-04-27, 事项: 信息公开, 文书: 行政处罚决定信息, 公告媒介: 镇政府网站%s}\n"
SHOWN = DECIDED + OUT % ""
ASKED = "- {日期: 2026-05-06, 事项: 申请行政复议, 对象: 普正华, 机关: 云岭县人民政府}\n"
ENDED = "- {日期: 2026-06-12, 事项: 复议决定, 对象: 普正华, 结果: %s, 机关: 云岭县人民政府, 生效日期: 2026-06-12}\n"
DOWN = "- {日期: 2026-06-15, 事项: 撤下, 文书: 行政处罚决定信息, 原因: 决定已被复议机关撤销，网站上作了说明}\n"
WITHDRAWN = "- {日期: 2026-06-12, 事项: 撤回, 文书: 行政处罚决定书, 文号: 青政罚决〔2026〕1号, 原因: 金额算错，自行撤销}\n"


def due(history: str, day: str = "2026-06-13") -> list[tuple[str, str]]:
    told = standing(day, history, more=DECISION).due
    return [(one.what, str(one.by)) for one in told if "撤下" in one.what]


TAKE_DOWN = ("撤下公开的处罚决定，公开说明理由", "2026-06-17")
"""Three working days after Friday, the 12th of June."""


@pytest.mark.parametrize(
    ("history", "days"),
    [
        (SHOWN, []),
        (SHOWN + ASKED, []),
        (SHOWN + ASKED + ENDED % "维持", []),
        (SHOWN + ASKED + ENDED % "变更, 金额: 300", [TAKE_DOWN]),
        (SHOWN + ASKED + ENDED % "撤销", [TAKE_DOWN]),
        (SHOWN + ASKED + ENDED % "确认违法", [TAKE_DOWN]),
        (SHOWN + WITHDRAWN, [TAKE_DOWN]),
        (SHOWN + ASKED + ENDED % "撤销" + DOWN, []),
        (DECIDED + ASKED + ENDED % "撤销", []),
    ],
    ids=["有效", "复议中", "维持", "变更", "撤销", "确认违法", "自行撤回", "撤下了", "没有公开"],
)
def test_a_penalty_that_fell_is_taken_down(history: str, days: list[tuple[str, str]]) -> None:
    assert due(history, "2026-06-16") == days


def test_what_is_late_is_overdue_and_whoever_set_a_last_day_is_reminded_of_it() -> None:
    late = standing("2026-06-18", SHOWN + ASKED + ENDED % "撤销", more=DECISION).due
    assert [one.overdue for one in late if "撤下" in one.what] == [True]
    until = DECIDED + OUT % ", 期限: 2026-07-27"
    assert due(until) == [("撤下公开的《行政处罚决定信息》（定了公开到这一天）", "2026-07-27")]
    assert due(until + DOWN, "2026-06-16") == []


@pytest.mark.parametrize(
    ("history", "more", "code"),
    [
        (SHOWN, DECISION, ""),
        (SHOWN, "", "PUBL009"),
        (SHOWN.replace("行政处罚决定信息", "行政处罚决定书"), DECISION, "PUBL008"),
        (SHOWN.replace("行政处罚决定信息", "送达公告"), "", ""),
    ],
    ids=["有人决定", "没有人决定", "内部的文书", "公告不用决定"],
)
def test_what_must_not_be_public_is_told(history: str, more: str, code: str) -> None:
    found = [one.code for one in checked("2026-05-10", history, more=more)]
    assert [one for one in found if one.startswith("PUBL")] == ([code] if code else [])


@pytest.mark.parametrize(("result", "may"), [("维持", True), ("确认违法", False), ("撤销", False)])
def test_a_penalty_that_was_found_unlawful_is_not_published(result: str, may: bool) -> None:
    case = docket(DECIDED + ASKED + ENDED % result, more=DECISION)
    card = case.law.card("penalty-publication")
    assert card and concerns(case, card, case.case.guardians[0], date(2026, 6, 20)) is may
    assert case.case.guardians[0].name == FATHER
