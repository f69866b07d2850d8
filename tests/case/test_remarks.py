"""What remarks say of a pupil and of the parents: a word of school in another matter says nothing,
and a denial is no statement.
"""

import pytest

from kcbx_docs.case.remarks import BOTH, read_remark

FATHER, MOTHER = frozenset(("父亲",)), frozenset(("母亲",))
SILENT = (
    *("离校较远，住校", "家离校3公里", "离校很近", "户口已转出", "户口转走", "学籍转入中"),
    *("姐姐已转学", "哥哥休学", "表哥辍学", "父亲失联", "母失联", "父（务工）", "母亲在县城陪读"),
    *("转学生", "转学插班", "白沙小学毕业", "毕业于白沙小学", "父亲是毕业班教师", "曾在县一中就读"),
    *("休学：否", "转出：无", "住校：是；留守：否；孤儿：否", "是否孤儿：否", "爷爷（已故）"),
)
LEFT = (
    *("2026.9休学", "2025.9转入，2026.3转出", "没报到", "未报名", "9月3日离校", "已离校"),
    *("该生已死亡", "溺水死亡", "2026年8月溺水身亡", "学生已去世", "病故", "休学（2026.3）"),
)
ASKED = (
    *("姐弟二人转学", "转学手续办理中", "休学降级", "到县城读书", "跟父母到昆明读书", "去县职中了"),
    *("分流到职高", "外出打工去了", "县特校就读", "已调到七年级2班", "随父母出国"),
)
BACK = ("2026.9复学", "休学一年，2026.9复学", "休学一年后复学", "空挂，现在校")


@pytest.mark.parametrize("text", SILENT)
def test_says_nothing_of_the_pupil(text: str) -> None:
    told = read_remark(text)
    assert (told.state, told.dead, told.orphan, told.unclear) == ("", frozenset(), False, False)


@pytest.mark.parametrize(
    ("texts", "state"),
    ((LEFT, "离校"), (ASKED, "看不出"), (BACK, "在校")),
    ids=("离校", "问", "在校"),
)
def test_says_where_the_pupil_is(texts: tuple[str, ...], state: str) -> None:
    assert {text: read_remark(text).state for text in texts} == dict.fromkeys(texts, state)


@pytest.mark.parametrize(
    ("text", "dead"),
    (
        ("父（已故）", FATHER),
        ("父亲普正华（已故），母亲外出", FATHER),
        ("母（去世），父（务工）", MOTHER),
        ("父亲去世10年", FATHER),
        ("父亲去世得早", FATHER),
        ("母亲在他3岁时去世", MOTHER),
        ("父母双亡由大伯抚养", BOTH),
    ),
)
def test_says_which_parent_has_died(text: str, dead: frozenset[str]) -> None:
    told = read_remark(text)
    assert (told.dead, told.state) == (dead, "")


def test_a_death_told_apart_from_the_person_is_asked_about() -> None:
    assert read_remark("父亲普正华，已故").unclear
    assert read_remark("家人病故").unclear
    assert read_remark("孤儿：是").orphan


def test_who_came_from_another_school_may_have_left_since() -> None:
    assert read_remark("2025年9月转入").state == "转来"
    assert read_remark("9月已返校").state == "在校"
