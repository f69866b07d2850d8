"""A child whose birth nobody has looked up yet is a case; what needs its age is refused."""

from datetime import date

import pytest

from kcbx_docs.problems import errors
from kcbx_docs.procedure.standing import stand
from tests.kinds import Kind
from tests.kinds.world import (
    ABSENT,
    FATHER,
    MADE,
    PUPIL,
    checked,
    docket,
    may,
    offered,
    papers,
    read,
)

KIND = Kind(
    "孩子的出生日期没有查明",
    "电话里只说得出姓名、学校、班级：案件读不了；或者不知道年龄的也责令、处罚",
    (("yiwu-jiaoyu-fa", "11"), ("minfadian", "17")),
)

DAY = "2026-03-12"
CALLED = "{姓名: 普云飞, 年级: 七年级, 户籍地址: 云岭县青石镇白沙村15号}"
BORN = CALLED.replace(", 年", ", 性别: 男, 出生日期: 2013-05-06, 无证件原因: 未落户, 年", 1)
AT_WORK = "危险情形: [{种类: 非法招用, 发现日期: 2026-03-05, 依据: 某砖厂照片}]\n"


def test_the_case_is_read_and_says_what_to_look_up():
    told = read(ABSENT, pupil=CALLED)[1]
    assert not errors(told)
    assert {one.code for one in told} >= {"CASE026", "CASE027"}
    assert not [one for one in read(ABSENT, pupil=BORN)[1] if one.code in ("CASE026", "CASE027")]
    assert "error" not in {one.severity for one in checked(DAY, ABSENT, pupil=CALLED)}


def test_the_school_s_work_goes_on_and_tells_no_age():
    assert {"persuasion", "referral"} <= set(offered(DAY, ABSENT, FATHER, pupil=CALLED))
    made = papers(DAY, ABSENT, "dropout-report", "urge-notice", pupil=CALLED)
    words = "".join(made.values())
    assert len(made) >= 2 and "普云飞" in words
    assert not any(word in words for word in ("出生", "周岁", "没有证件号码", "None"))
    assert "2013年5月6日出生" in "".join(papers(DAY, ABSENT, "dropout-report", pupil=BORN).values())


@pytest.mark.parametrize("document", ["case-filing", "civil-complaint"])
def test_what_needs_the_age_is_refused_with_its_reason(document: str):
    def forbidden(pupil: str) -> list[str]:
        found = may(document, DAY, ABSENT, pupil=pupil).of("禁止")
        return [one.articles for one in found if one.code == "PROC592"]

    assert len(forbidden(CALLED)) == 1 and forbidden(CALLED)[0]
    assert forbidden(BORN) == forbidden(PUPIL) == []


@pytest.mark.parametrize(("situation", "verdict"), [("辍学", "提醒"), ("未入学", "禁止")])
def test_who_went_to_school_is_a_child_as_far_as_one_sees(situation: str, verdict: str):
    found = may("admonition", DAY, ABSENT, pupil=CALLED, situation=situation).findings
    assert [one.verdict for one in found if one.code == "PROC592"] == [verdict]


@pytest.mark.parametrize(
    ("pupil", "told"),
    [
        (CALLED, ["公安", "人社"]),
        (BORN, ["公安", "人社"]),
        (BORN.replace("2013", "2011"), ["人社"]),
    ],
)
def test_a_danger_is_reported_as_that_of_the_youngest(pupil: str, told: list[str]):
    (found,) = stand(docket(ABSENT, pupil=pupil, more=AT_WORK), date.fromisoformat(DAY)).alarms
    assert [one.department for one in found.reports] == told
    assert ("《禁止使用童工规定》第五条" in found.due.articles) is (pupil != CALLED)


@pytest.mark.parametrize(
    ("pupil", "situation", "verdict"),
    [
        (CALLED, "辍学", ["须说明理由"]),
        (CALLED.replace("七年级", "幼儿园大班"), "辍学", ["禁止"]),
        (CALLED.replace("年级: 七年级, ", ""), "未入学", ["禁止"]),
        (BORN, "辍学", []),
        (CALLED.replace("年级", "出生日期: 2013, 年级", 1), "辍学", []),
        (CALLED.replace("年级", "出生日期: 2013-05, 年级", 1), "未入学", []),
        (CALLED.replace("年级", "出生年份: [2012, 2013], 年级", 1), "未入学", []),
        (CALLED.replace("年级", "出生年份: 2008, 年级", 1), "辍学", ["须说明理由"]),
        (CALLED.replace("年级", "出生年份: 2000, 年级", 1), "辍学", ["禁止"]),
        (CALLED.replace("年级", "出生日期: 未查明, 年级", 1), "辍学", ["须说明理由"]),
    ],
)
def test_an_order_asks_for_a_child_of_that_age_not_for_a_day(
    pupil: str, situation: str, verdict: list[str]
):
    found = may("order-to-correct", DAY, ABSENT, pupil=pupil, situation=situation).findings
    ages = ("PROC219", "PROC592", "PROC607")
    assert [one.verdict for one in found if one.code in ages] == verdict


def test_two_papers_that_tell_another_birth_are_written_and_the_number_stands():
    disputed = PUPIL.replace("{", "{出生年份: [2012, 2013], ", 1)
    case, told = read(ABSENT, pupil=disputed)
    assert not errors(told) and case.case.pupil.birth
    assert "CASE329" in {
        one.code for one in read(ABSENT, pupil=disputed.replace("2012", "约二岁"))[1]
    }


@pytest.mark.parametrize("situation", ["辍学", "未入学"])
def test_what_was_ordered_before_the_birth_was_known_is_not_unlawful(situation: str):
    told = checked(DAY, MADE, pupil=CALLED, situation=situation)
    assert {one.severity for one in told if one.code == "PROC608"} == {"warning"}
    assert not [one for one in told if one.code == "PROC421" and "出生日期" in one.message]
