"""A basis names no day that is to come; how long something lasts, and other years, are left alone."""

from datetime import date

import pytest

from kcbx_docs.case.bases import check_bases
from kcbx_docs.case.model import Case
from kcbx_docs.reading import parse_yaml, read_model
from tests.kinds.world import ABSENT, EXAMINED, case_text

TODAY = date(2026, 4, 10)


def asked(found: str, history: str = ABSENT, more: str = "") -> list[str]:
    exclusions = EXAMINED.replace("其他正当理由: 无", f"其他正当理由: {{{found}}}")
    source, _ = parse_yaml(case_text(history, exclusions=exclusions, more=more), "案件.yaml")
    case, problems = read_model(Case, source)
    assert case is not None, problems
    told = [*check_bases(case, source, TODAY)]
    assert all(one.place.line for one in told)
    return [one.code for one in told]


@pytest.mark.parametrize(
    "basis",
    [
        "12月24日家访",
        "4月11号打电话问了班主任",
        "2026年12月24日家访",
        "今年5月3日家访",
        "2027-01-03 学籍系统截图",
        "问了邻居，2026.5.3 又去看过",
    ],
)
def test_a_basis_of_a_day_to_come_is_asked_about(basis):
    assert asked(f"结论: 无, 依据: {basis}") == ["CASE314"]


def test_what_was_found_has_a_day_that_has_been():
    assert asked("结论: 无, 依据: 家访, 日期: 2026-05-01") == ["CASE290"]
    assert asked("结论: 无", more="证据: [{名称: 2026年5月3日家访照片}]\n") == ["CASE314"]


@pytest.mark.parametrize(
    "found",
    [
        "结论: 无, 依据: 4月9日家访",
        "结论: 无, 依据: 2025年12月24日家访",
        "结论: 无, 依据: 去年12月24日家访",
        "结论: 无, 依据: 休学期至2026年9月1日，没有办延长",
        "结论: 无, 依据: 请假条写 3月2日至5月6日，没有批准",
        "结论: 无, 依据: 医院说5月6日以后再查",
        "结论: 无, 依据: 台账第12页，共24人",
        "结论: 有, 依据: 2026年5月6日手术的住院通知, 日期: 2026-05-06",
    ],
)
def test_days_that_have_been_and_how_long_something_lasts_are_left_alone(found):
    assert asked(found) == []


def test_a_day_of_last_year_within_the_absence_needs_no_year():
    long_ago = "- {日期: 2025-09-01, 事项: 首次缺课}\n"
    assert asked("结论: 无, 依据: 12月24日家访", long_ago) == []
    assert asked("结论: 无, 依据: 8月24日家访", long_ago) == ["CASE314"]
