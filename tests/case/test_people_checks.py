"""People of a case who contradict their papers or each other."""

from pathlib import Path

import pytest

from .stories import GUARDIANS, HEAD, PUPIL, load, pointed, told


def test_birth_and_sex_must_agree_with_the_number(tmp_path: Path) -> None:
    _, problems = load(
        tmp_path,
        HEAD
        + """\
学生:
  姓名: 普云飞
  身份证号: "530499201305061217"
  性别: 女
  出生日期: 2013-06-05
"""
        + GUARDIANS,
    )
    assert told(problems) == ["7:7 CASE029", "8:9 CASE028"]
    assert "2013-05-06" in problems[1].message


def test_a_child_without_a_number_is_lawful_when_the_reason_is_given(tmp_path: Path) -> None:
    with_reason = "学生: {姓名: 普云飞, 性别: 男, 出生日期: 2013-05-06, 无证件原因: 未落户}\n"
    case, problems = load(tmp_path, HEAD + with_reason + GUARDIANS)
    assert case is not None and not problems
    _, problems = load(tmp_path, HEAD + "学生: {姓名: 普云飞}\n" + GUARDIANS)
    assert told(problems) == ["4:1 CASE026", "4:1 CASE027", "4:1 CASE027"]
    _, problems = load(tmp_path, HEAD + with_reason.replace("2013", "2031") + GUARDIANS)
    assert "CASE024" in {p.code for p in problems}


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("护照", "E12345678"),
        ("港澳台居民居住证", "810000199408230021"),
        ("外国人永久居留身份证", "930504199408230021"),
    ],
)
def test_other_papers_are_named_by_kind(tmp_path: Path, kind: str, number: str) -> None:
    pupil = f"学生: {{姓名: 普云飞, 证件类型: {kind}, 身份证号: {number}, 性别: 女, 出生日期: 1994-08-23}}\n"
    _, problems = load(tmp_path, HEAD + pupil + GUARDIANS)
    assert [p.code for p in problems if p.is_error] == []


def test_a_grandmother_is_a_carer_unless_something_made_her_guardian(tmp_path: Path) -> None:
    family = GUARDIANS + "  - {姓名: 沈秀英, 关系: 祖母, 无证件原因: 待查, 住址: 白沙村15号}\n"
    _, problems = load(tmp_path, HEAD + PUPIL + family)
    assert pointed(tmp_path, problems) == ["CASE036 祖母"]
    assert "受托照护人" in problems[0].hint
    _, problems = load(
        tmp_path,
        HEAD + PUPIL + family.replace("祖母,", "祖母, 监护依据: 白沙村村民委员会2025年指定,"),
    )
    # What made her guardian speaks against the parents, of whom the file says nothing.
    assert pointed(tmp_path, problems) == ["CASE311 祖母"]
    dead = GUARDIANS.replace("关系: 父亲", "关系: 父亲, 下落: 死亡").replace(
        "关系: 母亲", "关系: 母亲, 监护状况: 资格已撤销"
    )
    made = family.replace("祖母,", "祖母, 监护依据: 白沙村村民委员会2025年指定,")
    _, problems = load(tmp_path, HEAD + PUPIL + dead + made.removeprefix(GUARDIANS))
    assert problems == ()


def test_nobody_plays_two_parts(tmp_path: Path) -> None:
    _, problems = load(
        tmp_path,
        HEAD
        + PUPIL
        + """\
监护人:
  - {姓名: 普正华, 关系: 父亲, 身份证号: "530499201305061217", 住址: 白沙村15号}
  - {姓名: 李桂仙, 关系: 母亲, 身份证号: "530499198807234021", 住址: 白沙村15号}
受托照护人:
  - {姓名: 李桂仙, 关系: 母亲}
""",
    )
    assert [p.code for p in problems] == ["CASE050", "CASE052"]
    # The number is the child's: no age is reckoned from it.
    assert "是学生「普云飞」" in problems[0].hint
    assert (
        "530499********1217" in problems[0].message
        and "530499201305061217" not in problems[0].message
    )


def test_a_guardian_younger_than_sixteen_at_the_birth_is_doubtful(tmp_path: Path) -> None:
    _, problems = load(
        tmp_path,
        HEAD
        + PUPIL
        + """\
监护人:
  - {姓名: 普正华, 关系: 父亲, 出生日期: 1999-01-01, 无证件原因: 待查, 住址: 白沙村15号}
""",
    )
    assert (
        pointed(tmp_path, problems) == ["CASE053 1999-01-01"] and problems[0].severity == "warning"
    )
    assert "14 岁" in problems[0].message


def test_a_guardian_needs_relation_and_home(tmp_path: Path) -> None:
    _, problems = load(tmp_path, HEAD + PUPIL + "监护人:\n  - {姓名: 普正华}\n")
    assert {p.code: p.severity for p in problems} == {
        "CASE034": "error",
        "CASE033": "error",
        "CASE037": "warning",
    }


@pytest.mark.parametrize(
    ("name", "codes", "tidy"),
    [
        ("居马洪·买买提", [], ""),
        ("居马洪•买买提", ["CASE030"], "居马洪·买买提"),
        ("居马洪・买买提", ["CASE030"], "居马洪·买买提"),
        ("居马洪．买买提", ["CASE030"], "居马洪·买买提"),
        ("居马洪.买买提", ["CASE030"], "居马洪·买买提"),
        ("居马洪 • 买买提", ["CASE031", "CASE030"], "居马洪·买买提"),
        ("普 云飞", ["CASE031"], "普云飞"),
        ("普\u3000云飞", ["CASE031"], "普云飞"),
        ("阿卜杜热合曼·阿卜杜热西提", [], ""),
        ("䶮㛃𬱖", [], ""),
        ("John Smith", [], ""),
        ("普云飞（小名）", ["CASE032"], ""),
        ("普*飞", ["CASE032"], ""),
        ("普云飞1", ["CASE032"], ""),
        ("普？飞", ["CASE032"], ""),
    ],
)
def test_names_are_written_as_on_the_identity_card(
    tmp_path: Path, name: str, codes: list[str], tidy: str
) -> None:
    case, problems = load(
        tmp_path, HEAD + PUPIL.replace("姓名: 普云飞", f"姓名: {name}") + GUARDIANS
    )
    assert case is not None and case.pupil.name == name
    assert [p.code for p in problems] == codes
    assert all(str(p.place).endswith(":4:10") and tidy in p.hint for p in problems)


def test_a_name_has_25_characters_at_most(tmp_path: Path) -> None:
    case, problems = load(tmp_path, HEAD + PUPIL.replace("普云飞", "阿" * 25) + GUARDIANS)
    assert case is not None and problems == ()
    case, problems = load(tmp_path, HEAD + PUPIL.replace("普云飞", "阿" * 26) + GUARDIANS)
    assert case is None and told(problems) == ["4:10 TYPE009"]


@pytest.mark.parametrize(
    ("number", "codes"),
    [
        ("G530499201305061217", []),
        ("L5304002013", []),
        ("G530499201305061218", ["CASE035"]),
        ("20130506", ["CASE035"]),
    ],
)
def test_a_pupil_number_is_g_and_the_id_number(
    tmp_path: Path, number: str, codes: list[str]
) -> None:
    _, problems = load(
        tmp_path, HEAD + PUPIL.replace("民族", f"学籍号: {number}, 民族") + GUARDIANS
    )
    assert [p.code for p in problems] == codes
    assert all(not p.is_error for p in problems)
