"""Forms of address, posts and organs without their county in the place of names, and neighbours
that are names.
"""

from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.case.called_by_post import called_by_post
from kcbx_docs.case.files import load_source, load_workspace
from kcbx_docs.problems import Problem
from kcbx_docs.reading import parse_yaml

ROOT = Path(__file__).resolve().parents[2]
CASE = (ROOT / "cases/到责令.yaml").read_text("utf-8")
OFFICE = load_workspace(ROOT / "kcbx.yaml")[0]
HERE = "参加人: [罗玉芬, 段晓岚, 白有福]"
TO = "机关: 云岭县公安局"


def told(right: str, wrong: str, code: str) -> tuple[Problem, ...]:
    assert right in CASE and OFFICE is not None
    source, found = parse_yaml(CASE.replace(right, wrong, 1), "案.yaml")
    problems = load_source(Path("案.yaml"), source, found, date(2026, 11, 22), OFFICE.workspace)[1]
    return tuple(one for one in problems if one.code == code)


@pytest.mark.parametrize(
    ("text", "surname", "name"),
    [
        ("罗老师", "罗", ""),
        ("王主任", "王", ""),
        ("任主任", "任", ""),
        ("欧阳副镇长", "欧阳", ""),
        ("张所", "张", ""),
        ("小王", "王", ""),
        ("罗老师（班主任）", "罗", ""),
        ("罗玉芬老师", "", "罗玉芬"),
        ("村主任白有福", "", "白有福"),
        ("派出所民警", "", ""),
        ("高新区民警", "", ""),
        ("村干部", "", ""),
        ("两名民警", "", ""),
        ("镇干部3人", "", ""),
        ("班主任", "", ""),
        ("村委会", "", ""),
        ("青石中学", "", ""),
    ],
)
def test_a_form_of_address_or_a_post_is_no_name(text: str, surname: str, name: str) -> None:
    found = called_by_post(text)
    assert found is not None and (found.surname, found.name) == (surname, name)


@pytest.mark.parametrize(
    "text",
    [
        *("任主安", "张所有", "李建队", "白有福", "欧阳所", "小普云", "老三", "司马长官"),
        *(
            "扎西顿珠",
            "阿依古丽·买买提",
            "岩罕",
            "普文清等3人",
            "另有2人",
            "王某",
            "李文书",
            "李小学",
            "沈镇",
        ),
    ],
)
def test_its_neighbours_are_names_or_are_told_elsewhere(text: str) -> None:
    assert called_by_post(text) is None


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("参加人: [罗老师, 段晓岚, 白有福]", "是不是「罗玉芬」？"),
        ("参加人: [罗玉芬老师, 段晓岚]", "只写姓名「罗玉芬」"),
        ("参加人: [王主任, 段晓岚]", "这里写姓名"),
        ("参加人: [段晓岚, 两名民警]", "问不到姓名的，写在「内容」里"),
        ("见证人: [白主任]", "是不是「白有福」？"),
    ],
)
def test_the_one_of_that_surname_is_asked_about(wrong: str, says: str) -> None:
    (found,) = told(HERE, wrong, "CASE318")
    assert says in found.hint and found.severity == "warning"
    assert found.place.line == CASE[: CASE.index(HERE)].count("\n") + 1


def test_two_of_that_surname_are_not_chosen_between_and_who_is_registered_so_is_not_asked() -> None:
    (found,) = told(HERE, "参加人: [普队, 普文清, 普正平]", "CASE318")
    assert "是不是" not in found.hint
    assert told(HERE, "参加人: [罗玉芬, 扎西顿珠, 另有2人]", "CASE318") == ()
    assert OFFICE is not None
    (officer, *others) = OFFICE.workspace.officers
    known = (officer.model_copy(update={"name": "任主任"}), *others)
    workspace = OFFICE.workspace.model_copy(update={"officers": known})
    source, found = parse_yaml(CASE.replace(HERE, "参加人: [任主任]", 1), "案.yaml")
    problems = load_source(Path("案.yaml"), source, found, date(2026, 11, 22), workspace)[1]
    assert "CASE318" not in [one.code for one in problems]


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("派出所", "云岭县公安局某某派出所"),
        ("教育局", "是不是「云岭县教育体育局」？"),
        ("县教体局", "是不是「云岭县教育体育局」？"),
        ("妇联", "云岭县妇女联合会"),
        ("县公安局", "如 云岭县公安局"),
        ("县法院", "是不是「云岭县人民法院」？"),
        ("镇政府", "是不是「云岭县青石镇人民政府」？"),
        ("村委会", "前面写地名"),
    ],
)
def test_an_organ_is_named_in_full(written: str, says: str) -> None:
    (found,) = told(TO, f"机关: {written}", "CASE319")
    assert says in found.hint
    (other,) = told("对象: [云岭县教育体育局, ", f"对象: [{written}, ", "CASE319")
    assert says in other.hint


@pytest.mark.parametrize("name", ["云岭县人社局", "青石派出所", "云岭县妇女联合会", "昆明市公安局"])
def test_an_organ_with_its_place_is_not_asked_about(name: str) -> None:
    assert told(TO, f"机关: {name}", "CASE319") == ()
