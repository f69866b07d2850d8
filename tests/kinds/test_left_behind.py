"""A paper that was left behind counts only where somebody refused it and it can be proved."""

from datetime import date

import pytest

from kcbx_docs.case.service_form import wanted
from kcbx_docs.record.contradictions import contradictions
from tests.kinds import Kind
from tests.kinds.world import FATHER, MADE, MOTHER, PEOPLE, codes, docket, may, standing

KIND = Kind(
    "留置送达",
    "没有影像的，见证人要是基层组织或者受送达人单位的代表，文书留在住所；没有人拒收的不是留置",
    (("minshi-susong-fa", "89"), ("minsu-jieshi", "130", "2"), ("minsu-jieshi", "131", "2")),
)

LEFT = (
    "- {日期: 2026-03-13, 事项: 送达, 文书: 责令限期改正通知书, 文号: 青政责改〔2026〕1号, "
    "对象: 普正华, 方式: 留置, 拒收原因: 本人拒收, %s, 承办人: [普文清, 段晓岚]}\n"
)
CHECKED = "- {日期: 2026-03-25, 事项: 核查, 结果: 未返校, 承办人: [普文清, 段晓岚]}\n"
HOME, REFUSED = "地点类别: 住所", "拒收人: 本人"
FAMILY = "拒收人: 同住成年家属, 备注: 妻子拒收"
TEACHER = "见证人: [{姓名: 施文, 单位: 云岭县青石中学, 职务: 教师, 单位类别: 其他}]"
VILLAGE = "见证人: [{姓名: 白有福, 单位: 白沙村民委员会, 单位类别: 村（居）民委员会}]"
VIDEO = "影像资料: [执法记录仪0313]"


def left(*told: str) -> tuple[date | None, list[str]]:
    """Tell from when the order counts as served, and what is doubtful."""
    case = docket(MADE + LEFT % ", ".join(told))
    act = case.progress(case.case.guardians[0], date(2026, 3, 27)).act("责令")
    assert act is not None
    found = (*act.services[0].faults, *act.services[0].doubts)
    return act.served(date(2026, 3, 27)), [code for code, _ in found]


SERVED = date(2026, 3, 13)


@pytest.mark.parametrize(
    ("told", "served", "found"),
    [
        ((TEACHER, HOME, REFUSED), None, ["PROC113"]),
        ((TEACHER, HOME, REFUSED, VIDEO), SERVED, []),
        ((VILLAGE, HOME, REFUSED), SERVED, []),
        ((VILLAGE, HOME, "拒收人: 同住成年家属, 备注: 妻子拒收，本人不在家"), SERVED, []),
        ((VILLAGE, HOME, "拒收人: 本人, 备注: 妻子不在家"), SERVED, []),
        ((VILLAGE, HOME, "拒收人: 无人在家"), None, ["PROC112"]),
        ((VILLAGE, HOME, "拒收人: 其他人, 备注: 邻居不肯代收"), None, ["PROC112"]),
        (("拒收人: 无人在家", VIDEO, HOME), None, ["PROC112"]),
        ((VILLAGE, "地点类别: 工作单位", REFUSED), None, ["PROC114"]),
        (("地点类别: 工作单位", REFUSED, VIDEO), SERVED, []),
        (("地点类别: 机关", FAMILY, VIDEO), None, ["PROC114"]),
        (("地点: 村委会", FAMILY, VIDEO), None, ["PROC114"]),
        ((HOME, FAMILY, VIDEO), SERVED, []),
        ((FAMILY, VIDEO), SERVED, ["PROC111"]),
        ((HOME, REFUSED, VIDEO, "签收人: 普正华"), SERVED, ["PROC132"]),
        ((HOME, REFUSED, VIDEO, "签收日期: 2026-03-13"), SERVED, ["PROC132"]),
        (
            (VILLAGE.replace("村（居）民委员会}", "受送达人单位}"), HOME, REFUSED),
            SERVED,
            ["SERV080"],
        ),
        ((VILLAGE.replace("村（居）民委员会}", "社区}"), HOME, REFUSED), SERVED, []),
        (
            (VILLAGE.replace("村（居）民委员会}", "其他基层组织}"), HOME, REFUSED),
            SERVED,
            ["PROC115"],
        ),
        (
            (VILLAGE.replace("白有福", "普文清"), HOME, REFUSED),
            None,
            ["PROC113"],
        ),
        (("见证人: [邻居甲, {姓名: 白有福, 单位类别: 社区}]", HOME, REFUSED), SERVED, []),
    ],
)
def test_who_refused_where_and_who_saw_it(
    told: tuple[str, ...], served: date | None, found
) -> None:
    assert left(*told) == (served, found)


@pytest.mark.parametrize(
    "told",
    [
        ("见证人: [白有福]",),
        ("见证人: [白有福]", "地点: 家中"),
        ("见证人: [白有福]", HOME, REFUSED),
        ("见证人: [{姓名: 白有福, 单位: 白沙村}]", "地点: 家中"),
        ("见证人: [{姓名: 白有福, 单位: 白沙村委会}]", "地点: 村口"),
    ],
)
def test_an_old_file_is_read_and_asked_to_choose(told: tuple[str, ...]) -> None:
    assert left(*told) == (SERVED, ["PROC111"])
    history = MADE + LEFT % ", ".join(told) + CHECKED
    assert codes(may("case-filing", "2026-03-27", history), "须说明理由") == ["PROC111"]
    assert "PROC111" in codes(may("spot-decision", "2026-03-27", history), "须说明理由")


@pytest.mark.parametrize(
    ("home", "found"),
    [
        (PEOPLE[MOTHER], []),
        (PEOPLE[MOTHER].replace("白沙村15号", "白沙村16号"), ["PROC111"]),
    ],
    ids=["同一住址", "另一住址"],
)
def test_the_home_of_the_wife_is_the_home_of_who_lives_at_her_address(home: str, found) -> None:
    case = docket(
        MADE + LEFT % f"{VILLAGE}, {REFUSED}, 地点: {MOTHER}家中", guardians=[PEOPLE[FATHER], home]
    )
    act = case.progress(case.case.guardians[0], date(2026, 3, 27)).act("责令")
    assert act is not None
    assert [code for code, _ in act.services[0].doubts] == found


OLD_VILLAGE = "见证人: [{姓名: 白有福, 单位: 白沙村村民委员会, 职务: 主任}]"


@pytest.mark.parametrize(
    ("refusal", "told", "served", "found"),
    [
        ("本人拒收", (OLD_VILLAGE, "地点: 家中"), SERVED, []),
        ("普正华看后拒绝签收，妻子不在家", (OLD_VILLAGE, "地点: 普正华家中"), SERVED, []),
        ("当场拒签", (OLD_VILLAGE, "地点: 云岭县青石镇白沙村15号"), SERVED, []),
        (
            "拒不签收",
            ("见证人: [{姓名: 白有福, 单位: 龙泉社区居委会, 住所地: 是}]", "地点: 家里"),
            SERVED,
            [],
        ),
        (
            "本人拒收",
            ("见证人: [邻居甲, {姓名: 白有福, 单位: 白沙村委会}]", "地点: 家中"),
            SERVED,
            [],
        ),
        ("本人拒收", (VIDEO, "见证人: [{姓名: 施文, 单位: 邻居}]"), SERVED, []),
        ("家中无人", (OLD_VILLAGE, "地点: 家中"), None, ["PROC112"]),
        ("敲门无人应答", (VIDEO,), None, ["PROC112"]),
        ("家中无人，本人电话里表示拒绝签收", (OLD_VILLAGE, "地点: 家中"), SERVED, ["PROC111"]),
        ("本人拒收", (TEACHER.replace(", 单位类别: 其他", ""), "地点: 家中"), SERVED, ["PROC140"]),
        ("本人拒收", ("见证人: [{姓名: 王大, 单位: 邻居}]", "地点: 家中"), SERVED, ["PROC140"]),
        (
            "本人拒收",
            ("见证人: [{姓名: 王大, 单位: 邻居}, {姓名: 白有福, 单位: 白沙村}]", "地点: 家中"),
            SERVED,
            ["PROC111"],
        ),
        ("家人说不收", (OLD_VILLAGE, "地点: 家中"), SERVED, ["PROC111"]),
        ("普正华外出，家人不肯收", (OLD_VILLAGE, "地点: 家中"), SERVED, ["PROC111"]),
    ],
)
def test_the_usual_words_of_an_old_file_are_read(
    refusal: str, told: tuple[str, ...], served: date | None, found
) -> None:
    slip = (LEFT % ", ".join(told)).replace("拒收原因: 本人拒收", f"拒收原因: {refusal}")
    case = docket(MADE + slip)
    act = case.progress(case.case.guardians[0], date(2026, 3, 27)).act("责令")
    assert act is not None
    faults = (*act.services[0].faults, *act.services[0].doubts)
    assert (act.served(date(2026, 3, 27)), [code for code, _ in faults]) == (served, found)


def found_in(slip: str, **keys: str) -> list[str]:
    """List what is wrong or doubtful about an order that was left behind."""
    written = "".join(f", {key}: {value}" for key, value in keys.items())
    person = PEOPLE[FATHER].removesuffix("}") + written + "}"
    case = docket(MADE + slip, guardians=(person,))
    act = case.progress(case.case.guardians[0], date(2026, 3, 27)).act("责令")
    assert act is not None
    return [code for s in act.services for code, _ in (*s.faults, *s.doubts)]


def slip(refusal: str = "本人拒收", place: str = "地点: 家中", witness: str = OLD_VILLAGE) -> str:
    told = f"{REFUSED}, {HOME}, {place}, {witness}"
    return (LEFT % told).replace("拒收原因: 本人拒收", f"拒收原因: {refusal}")


@pytest.mark.parametrize(
    ("how", "asked"),
    [
        ("留置, 影像资料: [录像]", True),
        (f"留置, {TEACHER}, 影像资料: [录像]", True),
        (f"留置, {VILLAGE}, 影像资料: [录像]", False),
        (f"留置, {OLD_VILLAGE}", False),
        ("直接, 影像资料: [录像]", True),
        ("直接, 影像资料: [录像], 签收人: 普正华", False),
    ],
)
def test_where_pictures_alone_prove_a_refusal_they_are_asked_for(how: str, asked: bool) -> None:
    told = (LEFT % f"{REFUSED}, {HOME}").replace("方式: 留置", f"方式: {how}")
    event = docket(MADE + told).case.history[-1]
    assert (("照片录像",) in wanted(event)) is asked


SCHOOL = "见证人: [{姓名: 施文, 单位: 云岭县青石中学, 单位类别: %s}]"
WORK = "云岭县青石砖厂"


@pytest.mark.parametrize(
    ("refusal", "found"),
    [
        ("家中无人，贴在门上", ["PROC132"]),
        ("敲门无人应答", ["PROC132"]),
        ("本人电话里拒绝", ["PROC132"]),
        ("普正华在微信上表示不同意签收", ["PROC132"]),
        ("打过电话，本人到家后拒绝签收", []),
        ("不识字，怕担责任", []),
        ("普正华拒绝签收，妻子不在家", []),
    ],
)
def test_nobody_refuses_where_nobody_is(refusal: str, found: list[str]) -> None:
    assert found_in(slip(refusal)) == found


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("地点: 镇政府会议室", ["PROC132"]),
        ("地点: 云岭县青石中学", ["PROC132"]),
        (f"地点: {WORK}", ["PROC132"]),
        ("地点: 镇政府宿舍3栋", []),
        ("地点: 白沙村15号", []),
        ("地点: 黑石村8号", ["PROC132"]),
        ("地点: 黑石自然村8号", []),
        ("地点: 黑石村民小组8号", []),
        ("地点: 黑石村委会8号", []),
        (f"地点: 镇政府会议室, {VIDEO}", []),
    ],
)
def test_an_office_is_no_home(place: str, found: list[str]) -> None:
    assert found_in(slip(place=place), 工作单位=WORK) == found


@pytest.mark.parametrize(
    ("witness", "employer", "found"),
    [
        (SCHOOL % "村（居）民委员会", "", ["PROC132"]),
        (SCHOOL % "受送达人单位", WORK, ["PROC132"]),
        (SCHOOL % "受送达人单位", "青石中学", []),
        (SCHOOL % "受送达人单位", "", ["SERV080"]),
        (SCHOOL % "社区", "云岭县青石中学", []),
        (f"见证人: [{{姓名: 施文, 单位: 邻居, 单位类别: 社区}}, {OLD_VILLAGE[6:-1]}]", "", []),
    ],
)
def test_a_witness_is_from_where_the_file_says(
    witness: str, employer: str, found: list[str]
) -> None:
    keys = {"工作单位": employer} if employer else {}
    assert found_in(slip(witness=witness), **keys) == found


@pytest.mark.parametrize(
    ("unit", "found"),
    [
        ("云岭县湖滨镇前村村民委员会", ["PROC133"]),
        ("湖滨镇前村村委会", ["PROC133"]),
        ("湖西县青石镇白沙村村委会", ["PROC133"]),
        ("云岭县青石镇白沙村村民委员会", []),
        ("青石镇白沙村村委会", []),
        ("白沙村民委员会", []),
        ("白沙村委会（治保主任）", []),
        ("白沙村村民委员会主任", []),
        ("村委会", []),
        ("黑石村村民委员会", ["PROC133"]),
        ("青石镇黑石村委会", ["PROC133"]),
        ("下乡村委会", ["PROC133"]),
        ("古镇社区", ["PROC133"]),
        ("前村居委", ["PROC133"]),
        ("下乡村委会, 住所地: 是", []),
        ("古镇社区, 住所地: 是", []),
        ("前村村委会（治保主任）, 住所地: 是", []),
        ("湖滨镇前村村委会, 住所地: 是", ["PROC133"]),
        ("白沙村村民委员会, 住所地: 否", ["PROC113"]),
    ],
)
def test_the_committee_is_of_the_home(unit: str, found: list[str]) -> None:
    assert found_in(slip(witness=f"见证人: [{{姓名: 白有福, 单位: {unit}}}]")) == found


def test_both_places_and_the_line_are_named_and_filing_asks_for_a_reason() -> None:
    history = MADE + slip("家中无人，贴在门上") + CHECKED
    told = contradictions(docket(history), date(2026, 3, 27))
    found = next(p for p in told if p.code == "PROC132")
    assert found.place and found.place.line
    assert all(word in found.message for word in ("拒收人", "本人", "拒收原因", "家中无人"))
    assert "PROC132" in codes(may("case-filing", "2026-03-27", history), "须说明理由")


def test_filing_passes_on_a_proper_one() -> None:
    proper = MADE + LEFT % f"{VILLAGE}, {HOME}, {REFUSED}" + CHECKED
    assert may("case-filing", "2026-03-27", proper).verdict in ("通过", "提醒")


def test_no_period_runs_from_a_door_at_which_nobody_was() -> None:
    nobody = MADE + LEFT % f"{VILLAGE}, {HOME}, 拒收人: 无人在家"
    assert standing("2026-03-16", nobody).state == "责令待送达"


def test_the_mother_at_home_may_refuse_for_the_father() -> None:
    history = MADE + LEFT % f"{VILLAGE}, {HOME}, 拒收人: 同住成年家属"
    assert standing("2026-03-16", history, FATHER, guardians=(FATHER, MOTHER)).state == "责令期内"
    assert standing("2026-03-16", history, MOTHER, guardians=(FATHER, MOTHER)).state != "责令期内"
