"""What is usual for a child that comes back is proposed; a departure is told, nobody is corrected."""

from datetime import date

import pytest

from kcbx_docs.record.placement import doubts_of_plan, months_away, usual_placement
from tests.kinds.world import OFFICE, docket, standing

KAIZHOU = OFFICE.replace("530499", "500154")
DAY = date(2027, 5, 1)
AWAY = "- {日期: 2026-03-02, 事项: 首次缺课}\n- {日期: %s, 事项: 返校, 安置: 回原班}\n"
UNFIT = (
    "{姓名: 普云飞, 身份证号: '530499201305061217', 年级: 七年级, 残疾情况: 肢体残疾一级%s,"
    " 现住址: 云岭县青石镇白沙村15号}"
)


def usual(back: str, plan: str = "", **changes: str) -> tuple[str, ...]:
    more = f"复学方案: {{安置: 转学{plan}}}\n"
    told = usual_placement(docket(AWAY % back, KAIZHOU, more=more, **changes), DAY)
    assert told is not None
    return told.placements


def told(plan: str, back: str = "2026-05-11", **changes: str) -> list[str]:
    more = f"复学方案: {{{plan}}}\n"
    case = docket(AWAY % back, changes.pop("office", KAIZHOU), more=more, **changes)
    return [one.code for one in doubts_of_plan(case, DAY)]


@pytest.mark.parametrize(
    ("back", "plan", "placements"),
    [
        ("2026-05-11", "", ("回原班", "辅导后回原班", "单独编班")),
        ("2026-05-11", ", 离校时间较长: 否", ("回原班",)),
        ("2027-03-02", ", 离校时间较长: 否", ("回原班",)),  # to the day a year is not more
        ("2027-03-03", ", 离校时间较长: 否", ("回原班", "调整年级", "职业学校")),
        ("2027-03-03", ", 离校时间较长: 否, 不愿回原年级: 否", ("回原班",)),
        ("2026-05-11", ", 身体原因不能到校: 是", ("送教上门",)),
    ],
)
def test_the_months_away_and_what_a_person_says_choose_the_lines(back, plan, placements):
    assert usual(back, plan) == placements


def test_an_assessment_says_whether_a_disabled_child_can_come_to_school():
    assert "送教上门" in usual("2026-05-11", pupil=UNFIT % "")  # nobody has said yet
    assert usual("2026-05-11", pupil=UNFIT % ", 安置意见: 送教上门") == ("送教上门",)
    assert "送教上门" not in usual("2026-05-11", pupil=UNFIT % ", 安置意见: 普通学校")


def test_a_departure_without_a_reason_is_told_and_one_with_a_reason_is_not():
    assert told("安置: 职业学校, 自愿申请日期: 2026-05-10") == ["CASE211"]
    assert told("安置: 职业学校, 自愿申请日期: 2026-05-10, 理由: 孩子自己要学汽修") == []
    assert told("安置: 辅导后回原班") == []


def test_a_place_without_a_rule_departs_from_nothing():
    assert told("安置: 调整年级", office=OFFICE) == []


def test_an_assessment_and_a_wish_go_before_what_is_usual():
    pupil = UNFIT % ", 安置意见: 特殊教育学校"
    assert told("安置: 回原班", pupil=pupil) == ["CASE212"]
    assert "CASE212" not in told("安置: 特殊教育学校", pupil=pupil)
    assert told("安置: 调整年级", pupil=UNFIT % ", 安置意见: 普通学校", office=OFFICE) == []
    assert told("安置: 职业学校", office=OFFICE) == ["CASE213"]


def test_a_plan_of_a_later_day_is_not_judged_yet():
    assert told("安置: 职业学校, 日期: 2027-06-01", office=OFFICE) == []


def test_whole_months_are_counted_to_the_return():
    assert months_away(docket(AWAY % "2026-05-01"), DAY) == 1
    assert months_away(docket(AWAY % "2026-05-02"), DAY) == 2


def test_next_offers_what_is_usual_where_no_plan_is_written():
    notes = standing("2027-05-01", AWAY % "2026-05-11", office=KAIZHOU).notes
    assert any("辍学一年以内：回原班" in note and "由人决定" in note for note in notes)
    assert not any("复学方案" in n for n in standing("2027-05-01", AWAY % "2026-05-11").notes)
