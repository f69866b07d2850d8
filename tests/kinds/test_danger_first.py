"""Dangers to the child are reported first, whatever step of the procedure is open."""

import re
from datetime import date

import pytest

from kcbx_docs.case.dangers import DEPARTMENTS, KINDS
from kcbx_docs.papers.desk import Desk
from kcbx_docs.papers.plan import plan_case
from kcbx_docs.procedure.standing import stand
from kcbx_docs.record.contradictions import contradictions
from kcbx_docs.record.dangers import open_reports
from kcbx_docs.record.gaps import gaps
from tests.kinds import Kind
from tests.kinds.world import (
    ABSENT,
    BUREAU,
    OFFICE,
    OVERDUE,
    PUPIL,
    TOWN,
    codes,
    docket,
    may,
    office_of,
    papers,
    read,
)

KIND = Kind(
    "危险情形先报告",
    "孩子早婚、被侵害、被招用、无人照料、失踪，程序只管责令和处罚，没有人报告公安、民政",
    (
        ("weichengnianren-baohu-fa", "11", "2"),
        ("fan-jiating-baoli-fa", "14"),
        ("weichengnianren-baohu-fa", "54", "1"),
        ("tonggong-guiding", "11"),
    ),
)
DAY = "2026-03-26"
OLDER = PUPIL.replace("530499201305061217", "530499201105061212")
REPORTED = (
    "- {日期: 2026-03-11, 事项: 移送, 机关: 云岭县公安局青石派出所, 方式: 电话, 原因: 疑似被殴打"
)


def danger(kind: str, found: str = "没有核实") -> str:
    return f"危险情形: [{{种类: {kind}, 发现日期: 2026-03-10, 依据: 村委会反映, 核实: {found}}}]\n"


def urgent(history: str, more: str, **changes: object) -> list[str]:
    told = stand(docket(history, more=more, **changes), date.fromisoformat(DAY))
    return [due.what for due in told.due[: len(told.urgent)]]


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("订婚早婚", "立即报告公安、民政（订婚早婚）"),
        ("家庭暴力", "立即报告公安（家庭暴力）"),
        ("无人照料", "立即报告民政（无人照料）"),
        ("失踪失联", "立即报告公安（失踪失联）"),
        ("自伤自杀", "立即报告教育、民政（自伤自杀）"),
        ("非法招用", "立即报告公安、人社（非法招用）"),
    ],
)
@pytest.mark.parametrize("history", [ABSENT, OVERDUE])
def test_a_danger_is_due_before_everything_else(kind: str, what: str, history: str) -> None:
    assert urgent(history, danger(kind)) == [what]


def test_a_danger_makes_the_case_the_most_urgent() -> None:
    told = stand(docket(OVERDUE, more=danger("性侵害")), date.fromisoformat(DAY))
    assert told.urgency[0] == 0
    assert told.next_due is not None and told.next_due.what.startswith("立即报告公安")


def test_at_fourteen_illegal_employment_goes_to_the_labour_office_alone() -> None:
    assert urgent(ABSENT, danger("非法招用"), pupil=OLDER) == ["立即报告人社（非法招用）"]


def test_what_was_found_untrue_is_not_reported() -> None:
    assert urgent(ABSENT, danger("订婚早婚", "不属实")) == []


@pytest.mark.parametrize(
    ("words", "waiting"),
    [
        (", 危险情形: 家庭暴力}", []),
        (", 危险情形: 失踪失联}", ["立即报告公安（家庭暴力）"]),
        ("}", ["立即报告公安（家庭暴力）"]),
    ],
)
def test_a_report_counts_for_the_danger_that_it_names(words: str, waiting: list[str]) -> None:
    assert urgent(f"{ABSENT}{REPORTED}{words}", danger("家庭暴力")) == waiting


def test_the_department_may_be_written_where_the_name_does_not_show_it() -> None:
    told = REPORTED.replace("云岭县公安局青石派出所", "青石警务室")
    assert urgent(f"{ABSENT}{told}, 部门: 公安, 危险情形: 家庭暴力}}", danger("家庭暴力")) == []


def test_a_government_is_no_civil_affairs_office() -> None:
    told = REPORTED.replace("云岭县公安局青石派出所", "云岭县人民政府")
    history = f"{ABSENT}{told}, 危险情形: 无人照料}}"
    assert urgent(history, danger("无人照料")) == ["立即报告民政（无人照料）"]


def test_each_addressee_has_a_letter_ready_and_unasked() -> None:
    history = docket(ABSENT, more=danger("订婚早婚"))
    unasked, _ = plan_case(Desk(office_of(), history, date.fromisoformat(DAY)))
    assert [paper.document for paper in unasked].count("referral") == 2
    letters = papers(DAY, ABSENT, "referral", more=danger("订婚早婚")).values()
    assert all("第十一条第二款" in text and "没有核实" in text for text in letters)


@pytest.mark.parametrize(
    ("word", "asked"), [("早婚", 1), ("外出打工", 1), ("在家照看弟弟", 0), ("厌学", 0)]
)
def test_a_word_in_free_text_only_asks_for_the_choice(word: str, asked: int) -> None:
    pupil = PUPIL.replace("年级:", f"失学原因: {word}, 年级:")
    one, problems = read(ABSENT, pupil=pupil)
    assert [p.code for p in problems].count("CASE080") == asked
    assert stand(one, date.fromisoformat(DAY)).urgent == ()


def asked_for(history: str = ABSENT, reason: str = "", more: str = "") -> list[tuple[str, int]]:
    """List the dangers for which words ask, with the line."""
    pupil = PUPIL.replace("年级:", f"失学原因: {reason}, 年级:") if reason else PUPIL
    _, problems = read(history, pupil=pupil, more=more)
    told = [p for p in problems if p.code == "CASE080"]
    found = [(re.search("可能是「(.*)」", p.message), p.place) for p in told]
    return [(match[1], place.line or 0) for match, place in found if match and place]


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("被同学殴打、勒索", ["严重欺凌"]),
        ("被父亲打伤", ["家庭暴力"]),
        ("割腕后在家休养", ["自伤自杀"]),
        ("家里已订亲，喝了婚酒", ["订婚早婚"]),
        ("家里给订了亲", ["订婚早婚"]),
        ("怀孕五个月", ["同居怀孕"]),
        ("厌学，没有早婚", []),
        ("无早婚、早育情况", []),
        ("未发现孩子被殴打", []),
        ("父母外出务工，无人照料", ["无人照料"]),
        ("母亲怀孕，在家照看弟弟", []),
        ("没有钱、被殴打", ["家庭暴力"]),
        ("早婚的说法不属实", []),
    ],
)
def test_words_are_read_as_a_person_reads_them(words: str, kinds: list[str]) -> None:
    assert [kind for kind, _ in asked_for(reason=words)] == kinds


@pytest.mark.parametrize(
    ("told", "kinds"),
    [
        ("内容: 见到孩子在砖厂做工", ["非法招用"]),
        ("内容: 普云飞在砖厂打工", ["非法招用"]),
        ("内容: 家长在外务工", []),
        ("内容: 讲解早婚早育的危害", []),
        ("内容: 告知店主不得招用童工", []),
        ("原因: 家里已给孩子办了结婚酒席", ["订婚早婚"]),
        ("备注: 邻居说孩子常被毒打", ["家庭暴力"]),
        ("备注: 孩子说被叔叔性侵", ["性侵害"]),
    ],
)
def test_what_happened_is_read_as_well(told: str, kinds: list[str]) -> None:
    history = ABSENT.replace("承办人: 施文,", f"承办人: 施文, {told},")
    assert [kind for kind, _ in asked_for(history)] == kinds


def test_a_danger_is_asked_about_once_and_the_line_is_named() -> None:
    history = ABSENT.replace("承办人: 施文,", "承办人: 施文, 内容: 孩子被殴打, 备注: 孩子被打伤,")
    found = asked_for(history, reason="被父亲毒打", more="备注: 村里说孩子被打，想自杀\n")
    assert [kind for kind, _ in found] == ["家庭暴力", "自伤自杀"]
    assert all(line > 0 for _, line in found)
    assert asked_for(history, more=danger("家庭暴力")) == []


BACK = "- {日期: 2026-03-20, 事项: 返校}\n"
ANSWERED = "- {日期: 2026-03-18, 事项: 收到文书, 文书: 复函, 机关: 青石派出所, 结果: 已训诫}\n"


@pytest.mark.parametrize(
    ("more", "report", "found"),
    [
        (danger("家庭暴力"), "", ["PROC348"]),
        (danger("家庭暴力"), REPORTED + ", 危险情形: 家庭暴力}\n", ["PROC489"]),
        (danger("家庭暴力"), REPORTED + ", 危险情形: 家庭暴力}\n" + ANSWERED, []),
        (danger("家庭暴力", "不属实"), "", []),
        ("", "", []),
    ],
)
def test_a_case_is_not_closed_over_a_danger_nobody_reported_or_answered(
    more: str, report: str, found: list[str]
) -> None:
    answer = may("case-close", DAY, ABSENT + report + BACK, more=more)
    assert codes(answer, "须说明理由") == found
    assert all("公安" in f.reason for f in answer.findings if f.code == "PROC348")


@pytest.mark.parametrize(
    ("organ", "department", "told"),
    [
        ("云岭县公安局青石派出所", "民政", 1),
        ("青石派出所", "民政", 1),
        ("青石派出所", "公安", 0),
        ("青石镇社会事务办公室", "民政", 0),
        ("青石镇民政办公室", "民政", 0),
    ],
)
def test_a_police_station_is_no_civil_affairs_office(
    organ: str, department: str, told: int
) -> None:
    report = REPORTED.replace("云岭县公安局青石派出所", organ) + f", 部门: {department}}}\n"
    found = contradictions(docket(ABSENT + report), date(2026, 3, 26))
    places = [p.place for p in found if p.code == "PROC449"]
    assert len(places) == told and all(place and place.line for place in places)


def test_every_danger_says_where_it_is_reported() -> None:
    duties = office_of().law.procedure.file.dangers
    assert set(duties) == set(KINDS)
    for kind, duty in duties.items():
        named = {*duty.report, *duty.under_age, *duty.inform}
        assert duty.report and named <= set(DEPARTMENTS), kind
        assert all(office_of().law.cite(basis, date(2026, 3, 1)) for basis in duty.report.values())


def test_the_education_office_is_not_told_to_report_to_itself() -> None:
    assert urgent(ABSENT, danger("自伤自杀") + f"承办机关: {BUREAU}\n") == [
        "立即报告民政（自伤自杀）"
    ]
    assert TOWN not in urgent(ABSENT, danger("自伤自杀"))[0]


GONGAN = {"云岭县": "公安县", "青石镇": "劳动镇"}


def moved(text: str) -> str:
    """Move a text to a county and a town whose names sound like departments."""
    for here, there in GONGAN.items():
        text = text.replace(here, there)
    return text


@pytest.mark.parametrize("office", [TOWN, BUREAU])
def test_a_county_called_like_the_police_still_reports_to_them(office: str) -> None:
    more = danger("家庭暴力") + f"承办机关: {moved(office)}\n"
    told = urgent(moved(ABSENT), more, office=moved(OFFICE))
    assert told == ["立即报告公安（家庭暴力）"]
    labour = danger("非法招用") + f"承办机关: {moved(office)}\n"
    assert urgent(moved(ABSENT), labour, office=moved(OFFICE)) == ["立即报告公安、人社（非法招用）"]


@pytest.mark.parametrize(
    ("organ", "waiting", "asked"),
    [
        ("公安县民政局", True, 0),
        ("公安县公安局青石派出所", False, 0),
        ("公安县劳动镇人民政府", True, 1),
        ("青石警务室", True, 1),
    ],
)
def test_a_report_counts_by_what_the_organ_is(organ: str, waiting: bool, asked: int) -> None:
    told = REPORTED.replace("云岭县公安局青石派出所", organ) + ", 危险情形: 家庭暴力}"
    case = docket(f"{ABSENT}{told}", more=danger("家庭暴力"))
    assert bool(open_reports(case, date.fromisoformat(DAY))) is waiting
    assert [p.code for p in gaps(case, date.fromisoformat(DAY))].count("PAPR032") == asked


def test_a_letter_that_is_only_proposed_has_left_nobody_s_house() -> None:
    day = date.fromisoformat(DAY)
    made = "- {日期: 2026-03-11, 事项: 移送, 机关: 云岭县公安局, 方式: 函, 原因: 被殴打, 危险情形: 家庭暴力}\n"
    more = "危险情形: [{种类: 家庭暴力, 发现日期: 2026-03-10, 依据: 反映}, {种类: 无人照料, 发现日期: 2026-03-10, 依据: 反映}]\n"
    planned, _ = plan_case(Desk(office_of(), docket(ABSENT + made, more=more), day))
    letters = [paper.event for paper in planned if paper.document == "referral"]
    assert letters == ["2026-03-11", ""]
