"""Nobody is at two places with no time between; what may be one place, or a call, is not told."""

import pytest

from kcbx_docs.record.two_places import two_places
from tests.kinds.world import docket

ABSENT = "- {日期: 2026-03-02, 事项: 首次缺课}\n"
HOME = "- {日期: 2026-03-05, 时间: '19:00', 事项: 劝返, 方式: 家访, 地点: 家中, 对象: 普正华, 承办人: [普文清], 结果: 拒绝}\n"


def at(clock, method="到校", place="云岭县青石中学", more="对象: 普正华, 承办人: [普文清]"):
    said = f"方式: {method}, 地点: {place}, {more}, 结果: 同意返校"
    return f"- {{日期: 2026-03-05, 时间: '{clock}', 事项: 劝返, {said}}}\n"


@pytest.mark.parametrize(
    "second",
    [
        at("19:05"),
        at("18:55"),
        at("19:05", more="对象: 李某某, 承办人: [普文清]"),
        at("19:05", more="对象: 普正华, 承办人: [段晓岚]"),
        at("19:05", method="约谈", place="青石镇人民政府"),
        at("19:05").replace("劝返", "核查").replace("同意返校", "未返校"),
    ],
)
def test_one_person_at_two_places_with_no_time_between_is_asked_about(second):
    (found,) = two_places(docket(ABSENT + HOME + second))
    assert found.code == "PROC606" and "来不及" in found.message and found.place.line


def test_who_is_still_at_one_place_is_at_no_other():
    long = HOME.replace("方式: 家访", "结束时间: '20:00', 方式: 家访")
    (found,) = two_places(docket(ABSENT + long + at("19:30")))
    assert "19:00—20:00" in found.message and "一个是「拒绝」，一个是「同意返校」" in found.message


@pytest.mark.parametrize(
    "second",
    [
        at("19:40"),
        at("19:05", method="电话", place="家中"),
        at("19:05", method="家访", place="云岭县青石镇白沙村15号"),
        at("19:05", method="约谈", place="白沙村村口"),
        at("19:05", more="对象: 李某某, 承办人: [段晓岚]"),
        at("19:00"),
        at("19:05").replace("2026-03-05", "2026-03-06"),
    ],
)
def test_what_can_be_done_one_after_the_other_is_not(second):
    assert [*two_places(docket(ABSENT + HOME + second))] == []


def test_one_school_may_be_called_by_its_short_name():
    both = at("19:00", place="云岭县青石中学") + at("19:05", method="约谈", place="青石中学")
    assert [*two_places(docket(ABSENT + both))] == []
