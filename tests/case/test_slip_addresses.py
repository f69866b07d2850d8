"""Addresses that are none are told before a paper prints them."""

import pytest

from kcbx_docs.case.checks import check_case
from kcbx_docs.case.model import Case
from kcbx_docs.reading import parse_yaml, read_model

from .stories import HEAD, PUPIL, TODAY


def told(guardian: str, more: str = "") -> list[str]:
    """Return the codes of what is said of the addresses of a guardian."""
    people = f"监护人:\n  - {{姓名: 李甲, 关系: 父亲, 无证件原因: 待查, {guardian}}}\n"
    source, _ = parse_yaml(f"{HEAD}{PUPIL}{people}{more}", "x")
    case, found = read_model(Case, source)
    assert case, found
    problems = check_case(case, source, TODAY)
    return [one.code for one in problems if one.code in ("CASE108", "CASE109")]


@pytest.mark.parametrize(
    "written",
    ["同上", "同父亲", "与父亲同住", "同母亲住址", "同孩子", "同 上", "同户籍地址", "〃", "如上"],
)
def test_an_address_that_points_elsewhere_is_told(written: str) -> None:
    assert told(f"住址: {written}") == ["CASE108"]
    assert told(f"住址: 白沙村15号, 户籍地址: {written}") == ["CASE108"]


@pytest.mark.parametrize("written", ["不详", "不知道", "待查", "地址不详", "下落不明", "？"])
def test_papers_cannot_be_brought_to_where_nobody_knows(written: str) -> None:
    assert told(f"住址: {written}") == ["CASE109"]
    assert told(f"住址: 白沙村15号, 户籍地址: {written}") == []


@pytest.mark.parametrize(
    "written", ["同心县同心镇1号", "同乐村1组", "与田镇3号", "和平村2号", "上村1号", "无名村1组"]
)
def test_places_that_begin_like_that_are_addresses(written: str) -> None:
    assert told(f"住址: {written}") == []


def test_carers_may_live_nobody_knows_where_but_not_ditto() -> None:
    assert told("住址: 甲村1号", "受托照护人:\n  - {姓名: 李乙, 住址: 同上}\n") == ["CASE108"]
    assert told("住址: 甲村1号", "受托照护人:\n  - {姓名: 李乙, 住址: 不详}\n") == []
