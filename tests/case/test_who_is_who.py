"""Who looks after a child for its parents is no guardian; who is past the nine years is no pupil of them."""

import pytest

from tests.kinds.world import ABSENT, EXAMINED, PUPIL, read


def person(relation: str, basis: str = "") -> str:
    told = f", 监护依据: {basis}" if basis else ""
    return f'{{姓名: 普正华, 关系: {relation}, 身份证号: "530499198603123012", 住址: 青石镇{told}}}'


def found(**case) -> set[str]:
    return {one.code for one in read(ABSENT, **case)[1] if one.code.startswith("CASE0")}


@pytest.mark.parametrize(
    ("relation", "basis", "code"),
    [
        ("祖父", "父母委托照看", "CASE087"),
        ("祖父", "受其父母书面委托代为监护", "CASE087"),
        ("姑姑", "寄养协议", "CASE087"),
        ("祖父", "", "CASE036"),
        ("继父", "", "CASE088"),
        ("养母", "", "CASE089"),
        ("父亲", "", None),
        ("祖父", "父母死亡，由祖父依法担任监护人", None),
        ("伯父", "白沙村村民委员会2026年1月5日指定", None),
        ("祖母", "云岭县人民法院（2025）云0499民特1号判决", None),
        ("继父", "2019年起共同生活、抚养教育", None),
        ("养母", "收养登记证 云收〔2016〕3号", None),
    ],
)
def test_what_makes_a_guardian(relation, basis, code):
    assert found(guardians=(person(relation, basis),)) & {
        "CASE036",
        "CASE087",
        "CASE088",
        "CASE089",
    } == ({code} if code else set())


@pytest.mark.parametrize(
    ("grade", "finished", "code"),
    [
        ("高一", "否", "CASE090"),
        ("高中一年级", "否", "CASE090"),
        ("十年级", "否", "CASE090"),
        ("大一", "否", "CASE090"),
        ("中职一年级", "否", "CASE091"),
        ("高一", "是", None),
        ("初三", "否", None),
        ("九年级", "否", None),
        ("职业初中二年级", "否", None),
    ],
)
def test_a_grade_above_the_ninth_and_unfinished_schooling_disagree(grade, finished, code):
    pupil = PUPIL.replace("七年级", grade)
    examined = EXAMINED.replace("已完成义务教育: 否", f"已完成义务教育: {finished}")
    told = found(pupil=pupil, exclusions=examined) & {"CASE090", "CASE091"}
    assert told == ({code} if code else set())


@pytest.mark.parametrize(
    ("reason", "examined", "codes"),
    [
        ("疾病", EXAMINED, {"CASE092"}),
        ("脚骨折在家养伤", EXAMINED, {"CASE092"}),
        ("抑郁", EXAMINED, {"CASE092"}),
        ("脚骨折，已经痊愈", EXAMINED, set()),
        ("厌学", EXAMINED, set()),
        ("疾病", EXAMINED.replace("住院治疗: 否", "住院治疗: 是"), set()),
        ("被学校劝退", EXAMINED, {"CASE093"}),
        ("被学校开除后外出打工", EXAMINED, {"CASE093"}),
        ("被家长送去打工", EXAMINED, set()),
    ],
)
def test_a_reason_that_sounds_lawful_is_asked_about(reason, examined, codes):
    pupil = PUPIL.replace("年级:", f"失学原因: {reason}, 年级:")
    assert found(pupil=pupil, exclusions=examined) & {"CASE092", "CASE093"} == codes


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("是", True),
        ("{结论: 是, 依据: 死亡医学证明}", False),
        ("{结论: 是, 日期: 2026-03-01}", True),
        ("否", False),
        ("未查明", False),
    ],
)
def test_what_ends_the_work_says_what_shows_it(written, asked):
    examined = EXAMINED.replace("死亡或出境: 否", f"死亡或出境: {written}")
    assert examined != EXAMINED or written == "否"
    told = [one.code for one in read(ABSENT, exclusions=examined)[1]]
    assert ("CASE255" in told) is asked
