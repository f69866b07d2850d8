"""Cells of parents as people write them: two in one, relations before a name, no name at all."""

import pytest

from kcbx_docs.case.relatives import is_masked, people_in, two_people

FATHERS = {
    "父普正华": [("普正华", "父亲")],
    "父 普正华": [("普正华", "父亲")],
    "养父普正华": [("普正华", "养父")],
    "大伯普正华": [("普正华", "大伯")],
    "普正华。": [("普正华", "")],
    "普正华/": [("普正华", "")],
    "普正华，13800000002": [("普正华", "")],
}
SEVERAL = {
    "普正华和李桂仙": ["普正华", "李桂仙"],
    "父普正华母李桂仙": ["普正华", "李桂仙"],
    "父:普正华 母:李桂仙": ["普正华", "李桂仙"],
    "岩香（父）玉罕（母）": ["岩香", "玉罕"],
    "（父）普正华（母）李桂仙": ["普正华", "李桂仙"],
    "普正华、（母）李桂仙": ["普正华", "李桂仙"],
    "普正华（去世）李桂仙": ["李桂仙"],
}
NOBODY = {
    "ROST100": ("亡父普正华", "先父普正华", "普正华亡", "普正华死"),
    "ROST094": ("普正华故", "同普云霞", "见普云霞", "普正华夫妇", "王老师", "普云霞家长", "校长"),
    "ROST078": ("普正华李桂仙",),
}
MASKED = ("张**", "张*", "*明", "李*明", "张某某", "王某", "李XX", "李○○")
NAMES = (
    *("吴无", "王同", "同永华", "母永华", "和平安", "岩香玉罕", "马黑木尔作", "欧阳正华明", "王离"),
    *("李亡", "王故", "普李氏", "父大明", "赵家", "阮文A", "李学和", "张及第", "老师傅", "王如故"),
)


@pytest.mark.parametrize("cell", FATHERS)
def test_a_name_is_found_among_what_stands_beside_it(cell: str) -> None:
    found = people_in(cell, "", one_person=True)
    assert [(one.name, one.relation) for one in found.people] == FATHERS[cell]


@pytest.mark.parametrize("cell", SEVERAL)
def test_two_in_one_cell_are_two(cell: str) -> None:
    found = people_in(cell, "", one_person=False)
    assert ([one.name for one in found.people], bool(found.code)) == (SEVERAL[cell], True)


@pytest.mark.parametrize("code", NOBODY)
def test_what_is_no_name_is_printed_as_none(code: str) -> None:
    for cell in NOBODY[code]:
        found = people_in(cell, "", one_person=True)
        assert (found.people, found.code) == ((), code), cell


@pytest.mark.parametrize("cell", MASKED)
def test_a_name_of_which_a_part_is_hidden_is_none(cell: str) -> None:
    assert is_masked(cell)
    assert people_in(cell, "", one_person=True).code == "ROST094"


@pytest.mark.parametrize("name", NAMES)
def test_true_names_are_printed_without_a_word(name: str) -> None:
    found = people_in(name, "", one_person=True)
    assert ([one.name for one in found.people], found.code) == ([name], "")


def test_two_pupils_in_one_cell_are_told_from_one() -> None:
    assert two_people("李小明 李小亮")
    assert not any(map(two_people, ("李 小明", "欧阳 明月", "岩 温罕", "李小明")))
