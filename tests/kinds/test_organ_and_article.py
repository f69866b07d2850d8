"""Each organ acts in its own field and under its own article."""

import pytest

from kcbx_docs.case.files import load_workspace
from kcbx_docs.procedure.alarms import unfit_applicants
from kcbx_docs.procedure.standing import stand
from tests.kinds import Kind
from tests.kinds.world import (
    ABSENT,
    DECIDED,
    OFFICE,
    codes,
    docket,
    may,
    offered,
    standing,
    workspace,
)

KIND = Kind(
    "机关和依据的条文",
    "街道为任何事由批评教育，学校的批评教育写成依据第五十八条，执法队登记成乡镇政府，镇政府申请撤销监护人资格",
    (
        ("yiwu-jiaoyu-fa", "58"),
        ("jiating-jiaoyu-fa", "48", "1"),
        ("tonggong-guiding", "3", "2"),
        ("minfadian", "36", "2"),
    ),
)
DAY = "2026-03-12"
STREET = """\
地区: "530499"
机关: {名称: 云岭县湖滨街道办事处, 类型: 街道办事处, 机关代字: 湖办, 地址: 云岭县城湖滨路3号}
"""
HIRED = "危险情形: [{种类: 非法招用, 发现日期: 2026-03-10, 依据: 村委会反映}]\n"


def admonition(office: str, more: str = ""):
    return standing(DAY, ABSENT, office=office, more=more).option("admonition")


def test_a_sub_district_admonishes_where_the_child_is_employed_and_is_warned_elsewhere() -> None:
    assert "PROC350" in codes(may("admonition", DAY, ABSENT, office=STREET), "提醒")
    told = may("admonition", DAY, ABSENT, office=STREET, more=HIRED)
    assert "PROC350" not in codes(told)
    option = admonition(STREET, HIRED)
    assert option and option.articles == "《禁止使用童工规定》第三条第二款"


def test_a_town_admonishes_under_article_58_without_a_word() -> None:
    assert "PROC350" not in codes(may("admonition", DAY, ABSENT))
    option = admonition(OFFICE)
    assert option and option.articles == "《义务教育法》第五十八条"
    assert "admonition" in offered(DAY, ABSENT)


def test_a_school_admonishes_under_the_law_on_family_education() -> None:
    school = '地区: "530499"\n机关: {名称: 云岭县青石中学, 类型: 学校, 机关代字: 青中}\n'
    option = admonition(school)
    assert option and option.articles == "《家庭教育促进法》第四十八条第一款"


@pytest.mark.parametrize(
    ("name", "kind", "told"),
    [
        ("云岭县青石镇综合行政执法队", "乡镇人民政府", True),
        ("云岭县教育工作领导小组办公室", "县级教育行政部门", True),
        ("云岭县青石镇人民政府", "街道办事处", True),
        ("云岭县沙溪彝族乡人民政府", "乡镇人民政府", False),
        ("云岭县教育委员会", "县级教育行政部门", False),
        ("云岭县教育体育局", "县级教育行政部门", False),
    ],
)
def test_a_name_that_does_not_fit_the_kind_is_asked_about(tmp_path, name, kind, told) -> None:
    text = f'地区: "530499"\n机关: {{名称: {name}, 类型: {kind}}}\n'
    workspace(tmp_path, text)
    _, problems = load_workspace(tmp_path)
    assert ("CASE085" in [p.code for p in problems]) is told


@pytest.mark.parametrize(
    ("applicant", "told"),
    [
        ("云岭县青石镇人民政府", True),
        ("云岭县教育体育局", True),
        ("青石司法所", True),
        ("云岭县民政局", False),
        ("李桂仙（母亲）", False),
        ("青石镇白沙村村民委员会", False),
    ],
)
def test_who_may_not_end_guardianship_is_named(applicant: str, told: bool) -> None:
    history = f"{ABSENT}- {{日期: 2026-03-20, 事项: 申请撤销监护人资格, 机关: {applicant}}}"
    one = docket(history)
    found = [p.code for p in unfit_applicants(one, one.events[-1].day)]
    assert (found == ["PROC354"]) is told
    assert stand(one, one.events[-1].day).guardians


@pytest.mark.parametrize("organ", ["云岭县青石镇人民政府", "云岭县教育体育局"])
def test_enforcing_rests_on_the_law_of_enforcement_whoever_fined(organ: str) -> None:
    told = standing("2026-05-20", DECIDED, more=f"承办机关: {organ}\n").option("demand")
    assert told and told.articles == "《行政强制法》第五十四条、《行政强制法》第三十五条"


def test_only_the_bureau_orders_under_the_article_that_binds_bureaux() -> None:
    town = standing(DAY, ABSENT).option("order")
    bureau = standing(DAY, ABSENT, more="承办机关: 云岭县教育体育局\n").option("order")
    assert town and town.articles == "《义务教育法》第五十八条"
    assert bureau and bureau.articles.endswith("《未成年人保护法》第八十三条第二款")
