"""The office of the place acts: no other town stands in, and a family elsewhere is asked about."""

import pytest

from kcbx_docs.case.addresses import elsewhere
from kcbx_docs.procedure.issuers import issuer_of
from tests.kinds import Kind
from tests.kinds.world import (
    ABSENT,
    BUREAU,
    FATHER,
    OFFICE,
    PEOPLE,
    PUPIL,
    TOWN,
    codes,
    docket,
    may,
)

KIND = Kind(
    "当地的机关",
    "街道的案件由另一个镇责令；孩子一家的住址都在别的乡镇、县、省，没有一句提醒",
    (("yiwu-jiaoyu-fa", "58"), ("yiwu-jiaoyu-fa", "12", "2")),
)
DAY = "2026-03-12"
HERE = "云岭县青石镇白沙村15号"


def issuer(more: str, document: str = "order-to-correct") -> str:
    one = docket(ABSENT, more=more)
    organ = issuer_of(one, document, one.events[-1].day).organ
    return organ.name if organ else ""


@pytest.mark.parametrize(
    ("office", "by"),
    [
        ("云岭县湖滨街道办事处", BUREAU),
        (TOWN, TOWN),
        (BUREAU, BUREAU),
    ],
)
def test_no_other_town_orders_for_a_sub_district(office: str, by: str) -> None:
    assert issuer(f"承办机关: {office}\n") == by


def test_the_sub_district_still_makes_what_is_its_own() -> None:
    assert issuer("承办机关: 云岭县湖滨街道办事处\n", "referral") == "云岭县湖滨街道办事处"


def test_another_town_of_the_workspace_acts_for_its_own_cases() -> None:
    second = "{名称: 云岭县红河镇人民政府, 类型: 乡镇人民政府, 机关代字: 红政}"
    office = OFFICE.replace("其他机关:\n", f"其他机关:\n  - {second}\n")
    one = docket(ABSENT, office, more="承办机关: 云岭县红河镇人民政府\n")
    organ = issuer_of(one, "order-to-correct", one.events[-1].day).organ
    assert organ and organ.name == "云岭县红河镇人民政府"


@pytest.mark.parametrize(
    ("address", "organ", "other"),
    [
        ("云岭县大水乡前村2号", "云岭县大水苗族乡人民政府", False),
        ("屏山县白河镇1号", "屏山彝族苗族自治县白河镇人民政府", False),
        ("云岭县瑶族乡1号", "云岭县大水苗族乡人民政府", True),
        ("云岭县青石镇白沙村1号", "下乡村委会", False),
        ("云岭县青石镇白沙村1号", "古镇社区居委会", False),
        ("云南省红河州元阳县南沙镇", "元阳县人民法院", False),
        ("云南省红河州元阳县南沙镇", "建水县人民法院", True),
        ("江西省景德镇市浮梁县瑶里镇", "浮梁县人民法院", False),
        ("河南省新乡市卫辉市唐庄镇1号", "卫辉市人民法院", False),
        ("元江县澧江街道", "元江哈尼族彝族傣族自治县人民法院", False),
        ("青石镇杭州路1号", "云岭县青石镇人民政府", False),
    ],
)
def test_the_short_name_of_a_place_is_the_same_place(address: str, organ: str, other: bool) -> None:
    assert elsewhere(address, organ) is other


@pytest.mark.parametrize(
    ("child", "father", "reminded"),
    [
        ("云岭县红河镇坡脚村2号", "云岭县红河镇坡脚村2号", True),
        ("浙江省永康市城西路1号", "浙江省永康市城西路1号", True),
        ("云岭县红河镇坡脚村2号", HERE, False),
        ("青石镇白沙村15号", "浙江省永康市城西路1号", False),
        ("白沙村15号", "白沙村15号", False),
        (HERE, "贵州省某某县某某镇3号", False),
    ],
)
def test_a_family_that_lives_elsewhere_is_asked_about(
    child: str, father: str, reminded: bool
) -> None:
    answer = may(
        "order-to-correct",
        DAY,
        ABSENT,
        pupil=PUPIL.replace(HERE, child),
        guardians=(PEOPLE[FATHER].replace(HERE, father),),
    )
    assert ("PROC351" in codes(answer, "提醒")) is reminded


@pytest.mark.parametrize(
    ("child", "reminded"),
    [
        ("广东省东莞市长安镇某厂宿舍", True),
        ("永康市城西路1号", True),
        (HERE, False),
        ("云岭县红河镇坡脚村2号", False),
        ("青石镇白沙村15号", False),
        ("某厂宿舍", False),
        ("", False),
    ],
)
def test_a_child_that_lives_in_another_county_may_go_to_school_there(
    child: str, reminded: bool
) -> None:
    moved = PUPIL.replace(f"现住址: {HERE}", f"现住址: {child}")
    answer = may("order-to-correct", DAY, ABSENT, pupil=moved, guardians=(PEOPLE[FATHER],))
    assert ("PROC626" in codes(answer, "提醒")) is reminded
