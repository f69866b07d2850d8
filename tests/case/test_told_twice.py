"""One thing written down twice in nearly the same words is asked about; two things are not."""

from datetime import date

import pytest

from kcbx_docs.case.model import Case
from kcbx_docs.case.same_things import check_told_twice
from kcbx_docs.reading import parse_yaml, read_model
from tests.kinds.world import ABSENT, case_text

LEAD = "事项: 接到线索, 来源: 群众, 内容: 电话说石小山没有来上学"
CALL = "事项: 联系, 方式: 电话, 对象: 普正华, 结果: 没有接听"


def asked(*lines: str, day: str = "2026-03-06") -> list[str]:
    first, *others = (f"- {{日期: 2026-03-06, {line}}}\n" for line in lines)
    history = ABSENT + first + "".join(others).replace("2026-03-06", day)
    source, _ = parse_yaml(case_text(history), "案件.yaml")
    case, problems = read_model(Case, source)
    assert case is not None, problems
    told = [*check_told_twice(case, source, date(2026, 6, 1))]
    assert all("（第 " in one.message for one in told)
    return [one.code for one in told]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (LEAD, LEAD.replace("没有来", "没来")),
        (LEAD, LEAD),
        (LEAD, "事项: 接到线索, 来源: 群众"),
        (CALL, f"{CALL}, 承办人: 施文"),
        (f"{CALL}, 时间: '19:00'", CALL),
        (CALL, CALL.replace("没有接听", "没有人接听")),
        ("事项: 核查, 结果: 未返校", "事项: 核查, 结果: 未返校, 地点: 家中"),
    ],
)
def test_one_thing_told_again_is_asked_about(one, other):
    assert asked(one, other) == asked(other, one) == ["CASE313"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (LEAD, LEAD.replace("群众", "学校")),
        (LEAD, LEAD.replace("电话说", "来信说，孩子在砖厂打工，")),
        (f"{CALL}, 时间: '9:00'", f"{CALL}, 时间: '19:00'"),
        (f"{CALL}, 内容: 第一次打", f"{CALL}, 内容: 第二次打"),
        (CALL, CALL.replace("普正华", "李桂仙")),
        (CALL, CALL.replace("没有接听", "拒绝")),
        ("事项: 劝返, 方式: 家访, 结果: 拒绝", "事项: 劝返, 方式: 家访, 结果: 同意返校"),
        ("事项: 核查, 结果: 未返校, 方式: 家访", "事项: 核查, 结果: 未返校, 承办人: 施文"),
    ],
)
def test_two_things_of_one_day_are_not(one, other):
    assert asked(one, other) == []


def test_the_same_on_another_day_is_another():
    assert asked(LEAD, LEAD, day="2026-03-07") == []
