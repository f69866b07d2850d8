"""Whoever answers for a village, a school or a class answers for its children, and for no other."""

from datetime import date

import pytest

from kcbx_docs.case.addresses import groups_of, village_of
from kcbx_docs.case.responsible import AreaResponsible, Responsible
from kcbx_docs.dossier.volumes import own_sheet
from kcbx_docs.office.check import check_history
from kcbx_docs.papers.desk import Desk
from kcbx_docs.papers.dossier_facts import DossierFacts
from kcbx_docs.papers.make import make
from kcbx_docs.problems import Problems
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.responsible import chain_of_case
from kcbx_docs.render.text import paragraphs
from tests.kinds.world import ABSENT, FATHER, MOTHER, OFFICE, docket, office_of, papers

TODAY = date(2026, 3, 10)
CHILD = "{{姓名: 普云飞, 身份证号: '530499201305061217', 年级: 七年级, 班级: 3班, 现住址: {home}}}"
HOME = "云岭县青石镇白沙村3组15号"


def people(*entries: str) -> str:
    """Return the office with people who answer."""
    return OFFICE + "责任人:\n" + "".join(f"  - {{{one}}}\n" for one in entries)


def named(*entries: str, home: str = HOME, more: str = "", day: date = TODAY) -> dict[str, str]:
    """Tell who answers on each level that has somebody."""
    case = docket(ABSENT, people(*entries), pupil=CHILD.format(home=home), more=more)
    levels = [level for line in chain_of_case(case, day) for level in line.levels]
    return {one.post: "、".join(who.name for who in one.people) for one in levels if one.people}


VILLAGE = "岗位: 村（社区）, 姓名: 白有福"


@pytest.mark.parametrize(
    ("limits", "answers"),
    [
        ("村: 白沙村", True),
        ("村: 青石镇白沙村村民委员会", True),
        ("村: 小白沙村", False),
        ("乡镇: 青石镇, 村: 白沙村", True),
        ("乡镇: 湖滨街道, 村: 白沙村", False),
        ("村: 白沙村, 组: 第三村民小组", True),
        ("村: 白沙村, 组: 十三组", False),
        ("学校: 云岭县青石中学", True),
        ("学校: 青石中学", False),
        ("学校: 云岭县青石中学, 年级: 初一", True),
        ("学校: 云岭县青石中学, 班级: 七（3）班", True),
        ("年级: 七年级, 班级: 三班", True),
        ("班级: 七年级1班", False),
        ("班级: 八年级3班", False),
    ],
)
def test_an_area_covers_its_own_children(limits: str, answers: bool) -> None:
    assert bool(named(f"{VILLAGE}, {limits}")) is answers


NOWHERE = "{姓名: 普云飞, 身份证号: '530499201305061217', 年级: 七年级}"
ELSEWHERE = "{姓名: 李桂仙, 关系: 母亲, 住址: 云岭县湖滨街道前村2号}"
LOST = "{姓名: 李桂仙, 关系: 母亲, 住址: 云岭县湖滨街道前村2号, 下落: 下落不明}"


@pytest.mark.parametrize(
    ("pupil", "guardians", "who", "told"),
    [
        (NOWHERE, (FATHER,), "白有福", True),
        (NOWHERE, (FATHER, MOTHER), "白有福", True),
        (NOWHERE, (FATHER, LOST), "白有福", True),
        (NOWHERE, (FATHER, ELSEWHERE), "", False),
        (NOWHERE, (LOST,), "", False),
        (CHILD.format(home="云岭县湖滨街道前村2号"), (FATHER,), "", False),
        (CHILD.format(home="云岭县城文华路8号"), (FATHER,), "", False),
    ],
    ids=[
        "父亲家",
        "父母家",
        "母亲下落不明",
        "父母分住",
        "只有下落不明的",
        "孩子在别处",
        "孩子在县城",
    ],
)
def test_a_child_of_no_home_is_looked_for_with_its_guardians(pupil, guardians, who, told) -> None:
    office = people(f"{VILLAGE}, 村: 白沙村")
    case = docket(ABSENT, office, pupil=pupil, guardians=guardians)
    levels = [level for line in chain_of_case(case, TODAY) for level in line.levels]
    assert "".join(one.name for level in levels for one in level.people) == who
    found = {one.code: one.message for one in check_history(case, TODAY)}
    assert ("CASE242" in found) is told and ("白沙村15号" in found.get("CASE242", "")) is told


def test_the_narrower_area_goes_before_the_wider_and_the_case_before_both() -> None:
    office = (f"{VILLAGE}, 村: 白沙村", "岗位: 村（社区）, 姓名: 镇联络员")
    assert named(*office) == {"村（社区）": "白有福"}
    assert named(*office, home="云岭县城文华路8号") == {"村（社区）": "镇联络员"}
    own = "责任人: [{岗位: 村（社区）, 姓名: 白云生}]\n"
    assert named(*office, more=own) == {"村（社区）": "白云生"}


def test_two_of_one_area_answer_both() -> None:
    two = ("岗位: 班级, 姓名: 罗玉芬, 班级: 七年级3班", "岗位: 班级, 姓名: 施文, 班级: 七年级3班")
    assert named(*two) == {"班级": "罗玉芬、施文"}


def test_a_paper_of_a_day_names_who_had_the_post_that_day() -> None:
    office = (f"{VILLAGE}, 至: 2026-03-09", "岗位: 村（社区）, 姓名: 白云生, 自: 2026-03-10")
    assert named(*office, day=date(2026, 3, 9)) == {"村（社区）": "白有福"}
    assert named(*office, day=TODAY) == {"村（社区）": "白云生"}


def test_levels_of_the_place_stand_in_its_order_and_those_of_the_office_after_them() -> None:
    case = docket(ABSENT, people(VILLAGE, "线: 政府线, 岗位: 驻村工作队, 姓名: 和志强"))
    levels = ["县（市、区）", "乡镇（街道）", "村（社区）", "村（居）民小组", "驻村工作队"]
    told = {line.name: [one.post for one in line.levels] for line in chain_of_case(case, TODAY)}
    assert told["政府线"] == levels
    assert told["教育线"] == ["县级教育行政部门", "学校", "年级", "班级"]


def history_of(case: Docket) -> Problems:
    return tuple(one for one in check_history(case, TODAY) if one.code in ("CASE240", "CASE241"))


def test_levels_without_a_name_are_told_once_the_office_has_begun_to_name_people() -> None:
    assert history_of(docket(ABSENT)) == ()
    (found,) = history_of(docket(ABSENT, people(f"{VILLAGE}, 村: 白沙村")))
    assert found.code == "CASE241"
    assert "村（居）民小组" in found.message
    assert "村（社区）" not in found.message


@pytest.mark.parametrize(
    ("entry", "asked"),
    [
        ("岗位: 班级", ""),
        ("线: 教育线, 岗位: 班级", ""),
        ("线: 政府线, 岗位: 驻村工作队", ""),
        ("线: 专班, 岗位: 组长", ""),
        ("线: 专班, 岗位: 班级", ""),
        ("岗位: 驻村工作队", "驻村工作队"),
        ("线: 教育战线, 岗位: 班级", "教育战线"),
        ("线: 政府线, 岗位: 乡镇街道", "乡镇街道"),
        ("线: 教育线, 岗位: 三包", ""),
    ],
)
def test_a_slip_of_a_post_is_asked_about_and_a_post_of_the_office_is_not(
    entry: str, asked: str
) -> None:
    found = office_of(people(f"{entry}, 姓名: 罗玉芬")).problems
    told = [one.message for one in found if one.code == "CASE240"]
    assert [asked in message for message in told] == ([True] if asked else [])


def test_whoever_has_a_post_of_the_office_is_printed_on_its_line() -> None:
    case = docket(ABSENT, people("线: 专班, 岗位: 组长, 姓名: 罗玉芬"))
    assert [line.name for line in chain_of_case(case, TODAY)] == [
        "政府线",
        "教育线",
        "三包",
        "专班",
    ]


def test_a_visit_of_a_place_with_three_charges_names_who_has_them() -> None:
    told = papers(
        "2026-03-10", ABSENT, "visit-record", office=people("岗位: 村干部包组, 姓名: 白有福")
    )
    assert "村干部包组：白有福" in "".join(told.values())


@pytest.mark.parametrize(
    ("address", "village", "groups"),
    [
        (HOME, "白沙", {"3"}),
        ("青石镇白沙村委会小寨自然村第三村民小组", "白沙", {"小寨", "3"}),
        ("湖滨街道文林社区12号", "文林", set()),
        ("云岭县城文华路8号", "", set()),
    ],
)
def test_village_and_groups_are_read_from_an_address(
    address: str, village: str, groups: set[str]
) -> None:
    assert (village_of(address), groups_of(address)) == (village, groups)


def test_who_has_a_post_is_known_by_its_days() -> None:
    one = Responsible(岗位="班级", 姓名="罗玉芬", 自="2026-09-01", 至="2027-07-31")
    days = (date(2026, 8, 31), date(2026, 9, 1), date(2027, 7, 31), date(2027, 8, 1))
    assert [one.in_charge(day) for day in days] == [False, True, True, False]
    assert AreaResponsible(岗位="班级", 姓名="罗玉芬").in_charge(days[0])


@pytest.mark.parametrize("entries", [(), (f"{VILLAGE}, 村: 白沙村", "岗位: 班级, 姓名: 施文")])
def test_the_cover_of_a_dossier_names_who_answers_and_nobody_else(entries: tuple[str, ...]) -> None:
    office = people(*entries) if entries else OFFICE
    desk = Desk(office_of(office), docket(ABSENT, office), TODAY)
    about = DossierFacts(当事人=["普正华"], 立卷日期=TODAY, 件数=1, 页数=3)
    done, found = make(own_sheet(desk, "dossier-cover", about), desk.library.registry)
    assert done is not None, found
    told = [line for line in paragraphs(done.filled.root) if "白有福" in line]
    assert told == (["村（社区）：白有福；班级：施文"] if entries else [])
