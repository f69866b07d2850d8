"""One number at two people: whose it is, as far as the file tells; no age is reckoned from it."""

from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.case.files import load_source
from kcbx_docs.case.model import Guardian, Pupil
from kcbx_docs.case.whose_number import number_of_pupil, speaks_against
from kcbx_docs.problems import Problems
from kcbx_docs.reading import parse_yaml

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 22)
CASE = (ROOT / "cases/到责令.yaml").read_text("utf-8")
CHILD, FATHER, MOTHER = "530499201305061217", "530499198603123012", "530499198807234021"
SCHOOL_NUMBER = f"  学籍号: G{CHILD}\n"


def told(*changes: tuple[str, str]) -> Problems:
    text = CASE
    for right, wrong in changes:
        assert right in text
        text = text.replace(right, wrong, 1)
    source, found = parse_yaml(text, "案.yaml")
    problems = load_source(Path("案.yaml"), source, found, TODAY)[1]
    return tuple(one for one in problems if one.severity != "note")


@pytest.mark.parametrize(
    ("changes", "line", "says"),
    [
        ([(f'"{CHILD}"', f'"{FATHER}"')], 11, "学籍号里去掉 G 的 530499********1217"),
        ([(f'"{CHILD}"', f'"{FATHER}"'), (SCHOOL_NUMBER, "")], 11, "是监护人「普正华」的号码"),
        ([(f'"{FATHER}"', f'"{CHILD}"')], 24, "是学生「普云飞」的号码"),
        ([(f'"{MOTHER}"', f'"{FATHER}"')], 30, "是监护人「普正华」的号码"),
        ([(f'"{FATHER}"', f'"{MOTHER}"')], 24, "是监护人「李桂仙」的号码"),
    ],
)
def test_it_is_told_once_where_it_is_wrong(changes, line, says):
    problems = told(*changes)
    assert not {"CASE053", "CASE035"} & {one.code for one in problems}
    (found,) = (one for one in problems if one.code == "CASE050")
    assert (found.code, found.place.line) == ("CASE050", line) and says in found.hint
    assert "（第 " in found.message


def test_where_nothing_shows_whose_it_is_nobody_is_named():
    problems = told((f'"{MOTHER}"', f'"{FATHER}"'), ("    关系: 母亲", "    关系: 养父"))
    (found,) = (one for one in problems if one.code == "CASE050")
    assert found.place.line == 30 and found.hint.startswith("同一个人不能有两种身份")


def test_what_speaks_against_a_number():
    child = Pupil(姓名="普云飞", 身份证号=CHILD, 学籍号=f"G{CHILD}")
    assert number_of_pupil(child) == CHILD and not speaks_against(child, TODAY)
    assert number_of_pupil(Pupil(姓名="甲", 学籍号="L20130506")) == ""
    assert number_of_pupil(Pupil(姓名="甲", 学籍号="G530499201305061218")) == ""
    assert speaks_against(Guardian(姓名="甲", 关系="父亲", 身份证号=MOTHER), TODAY)
    assert not speaks_against(Guardian(姓名="甲", 关系="舅父", 身份证号=FATHER), TODAY)
    assert not speaks_against(Guardian(姓名="甲", 身份证号="AB1234"), TODAY)
