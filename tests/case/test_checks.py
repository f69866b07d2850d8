"""What no single value shows: people and numbers of a case that contradict each other,
at the edge.
"""

from datetime import timedelta

import pytest

from .stories import GUARDIANS, HEAD, PUPIL, TODAY, load


def codes(folder, text):
    return [problem.code for problem in load(folder, text)[1]]


def case(*, pupil=PUPIL, guardians=GUARDIANS, more=""):
    return HEAD + pupil + guardians + more


@pytest.mark.parametrize(("born", "doubted"), [("1997-05-06", False), ("1997-05-07", True)])
def test_a_guardian_of_sixteen_years_is_possible_and_one_of_fifteen_doubtful(
    tmp_path, born, doubted
):
    """The child was born on 2013-05-06."""
    parent = (
        f"监护人: [{{姓名: 普正华, 关系: 父亲, 出生日期: {born}, 无证件原因: 待查, 住址: 甲}}]\n"
    )
    assert ("CASE053" in codes(tmp_path, case(guardians=parent))) is doubted


def test_a_guardian_younger_than_the_child_is_said_to_be_nought_years_older(tmp_path):
    parent = (
        "监护人: [{姓名: 普正华, 关系: 父亲, 出生日期: 2014-01-01, 无证件原因: 甲, 住址: 甲}]\n"
    )
    _, problems = load(tmp_path, case(guardians=parent))
    assert [p.message for p in problems if p.code == "CASE053" and "0 岁" in p.message]


@pytest.mark.parametrize(("days", "refused"), [(0, False), (1, True)])
def test_nobody_is_born_after_today(tmp_path, days, refused):
    born = TODAY + timedelta(days=days)
    pupil = f"学生: {{姓名: 普云飞, 性别: 男, 出生日期: {born}, 无证件原因: 未落户}}\n"
    assert ("CASE024" in codes(tmp_path, case(pupil=pupil))) is refused


@pytest.mark.parametrize(
    ("relation", "needs_basis"),
    [(word, False) for word in ("父亲", "母亲", "养父", "养母", "继父", "继母", "生父", "生母")]
    + [("祖父", True), ("舅舅", True)],
)
def test_parents_of_every_kind_are_guardians_by_law(tmp_path, relation, needs_basis):
    parent = f"监护人: [{{姓名: 普正华, 关系: {relation}, 无证件原因: 待查, 住址: 甲}}]\n"
    assert ("CASE036" in codes(tmp_path, case(guardians=parent))) is needs_basis


@pytest.mark.parametrize(
    ("carer", "found"),
    [
        ("{姓名: 普正华, 关系: 父亲}", ["CASE052"]),
        ("{姓名: 普云飞, 关系: 本人}", ["CASE051"]),
        ("{姓名: 普正华, 关系: 叔父, 身份证号: '530499198807234021'}", ["CASE050"]),
        ("{姓名: 普正华, 关系: 叔父, 身份证号: '530499195604103079'}", []),
        ("{姓名: 沈秀英, 关系: 祖母}", []),
    ],
)
def test_nobody_stands_twice(tmp_path, carer, found):
    """Two people of one name may be two people if their numbers tell them apart."""
    told = codes(tmp_path, case(more=f"受托照护人: [{carer}]\n"))
    assert [code for code in told if code in ("CASE050", "CASE051", "CASE052")] == found


def test_two_guardians_of_one_name_are_one_written_twice(tmp_path):
    twice = GUARDIANS.replace("李桂仙", "普正华").replace('身份证号: "530499198807234021", ', "")
    assert "CASE051" in codes(tmp_path, case(guardians=twice))


@pytest.mark.parametrize(
    ("papers", "found"),
    [
        ("身份证号: E12345678, 证件类型: 护照", ["CASE027", "CASE027"]),
        ("身份证号: E12345678, 证件类型: 护照, 性别: 男", ["CASE027"]),
        ("身份证号: E12345678, 证件类型: 护照, 性别: 男, 出生日期: 2013-05-06", []),
        ("身份证号: '810000201305060017', 证件类型: 港澳台居民居住证", []),
        ("无证件原因: 未落户", ["CASE027", "CASE027"]),
        ("性别: 男, 出生日期: 2013-05-06", ["CASE026"]),
    ],
)
def test_what_every_paper_needs_of_the_child(tmp_path, papers, found):
    told = codes(tmp_path, case(pupil=f"学生: {{姓名: 普云飞, {papers}}}\n"))
    assert [code for code in told if code in ("CASE026", "CASE027")] == found


@pytest.mark.parametrize(
    ("number", "asked"),
    [("G530499201305061217", False), ("L1", False), ("g530499201305061217", False), ("1", True)],
)
def test_a_pupil_number_that_is_not_g_and_the_identity_number_is_asked_about(
    tmp_path, number, asked
):
    pupil = PUPIL.replace("民族", f"学籍号: {number}, 民族")
    assert ("CASE035" in codes(tmp_path, case(pupil=pupil))) is asked
    passport = pupil.replace("民族", "证件类型: 护照, 民族")
    assert "CASE035" not in codes(tmp_path, case(pupil=passport))


def test_sex_and_birth_are_compared_only_where_both_are_told(tmp_path):
    right = PUPIL.replace("民族", "性别: 男, 出生日期: 2013-05-06, 民族")
    assert codes(tmp_path, case(pupil=right)) == []
    for wrong, code in (("性别: 女", "CASE029"), ("出生日期: 2013-05-07", "CASE028")):
        assert codes(tmp_path, case(pupil=PUPIL.replace("民族", f"{wrong}, 民族"))) == [code]


def test_the_mistakes_of_a_line_are_told_from_left_to_right(tmp_path):
    """Names are checked before numbers; the number stands first."""
    pupil = '学生: {身份证号: "530499201305061218", 姓名: 普*飞}\n'
    assert codes(tmp_path, case(pupil=pupil)) == ["CASE021", "CASE032"]
