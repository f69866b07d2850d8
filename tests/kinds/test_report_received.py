"""A school's report goes to the bureau by law and to whom else the place wants, and reaches each."""

from dataclasses import replace

import pytest

from kcbx_docs.issuing.told import event_of
from kcbx_docs.papers.desk import Desk
from kcbx_docs.papers.plan import plan_case
from kcbx_docs.record.entry import Entry
from kcbx_docs.record.organs import organs_waiting, papers_made
from kcbx_docs.record.reporting import receivers, reports_short
from tests.kinds import Kind
from tests.kinds.world import ABSENT, BUREAU, OFFICE, TOWN, docket, office_of, papers

KIND = Kind(
    "书面报告送给谁",
    "当地通知写的收文单位没有印上；只送到一家就当作都送到了；制发以后没有人知道还要送",
    (("weichengnianren-baohu-fa", "28", "2"),),
)
CENTRE = "青石片区教育管理中心"
WITH_CENTRE = OFFICE.replace(
    "执法人员:", f"  - {{名称: {CENTRE}, 类型: 其他, 当地称呼: 片区教育管理中心}}\n执法人员:"
)
PERSUADED = "".join(line for line in ABSENT.splitlines(keepends=True) if "书面报告" not in line)


def place(told: list[str] | None, office: str = OFFICE, history: str = PERSUADED):
    """Read a case where the place says to whom a school reports."""
    case = docket(history, office)
    values = {**case.law.pack.values, **({"报告对象": told} if told is not None else {})}
    law = replace(case.law, pack=case.law.pack.model_copy(update={"values": values}))
    return replace(case, law=law)


@pytest.mark.parametrize(
    ("told", "office", "names"),
    [
        (None, OFFICE, [BUREAU, TOWN]),
        (["属地政府", "教育行政部门"], OFFICE, [TOWN, BUREAU]),
        (["属地政府"], OFFICE, [BUREAU, TOWN]),
        (["属地政府", "片区教育管理中心"], WITH_CENTRE, [BUREAU, TOWN, CENTRE]),
        (["属地政府", "片区教育管理中心"], OFFICE, [BUREAU, TOWN, ""]),
        (["教育行政部门"], OFFICE, [BUREAU]),
    ],
    ids=["没有核对", "柳江", "南安", "开州", "没有写是哪个单位", "只报教育局"],
)
def test_the_law_and_the_place_say_to_whom(told, office, names) -> None:
    assert [one.name for one in receivers(place(told, office).law)] == names


@pytest.mark.parametrize(
    ("written", "told", "codes"),
    [
        (f"[{BUREAU}, {TOWN}]", ["属地政府"], []),
        (f"[{TOWN}]", ["属地政府"], ["PAPR034"]),
        (f"[{BUREAU}]", ["属地政府", "教育行政部门"], ["PAPR036"]),
        (f"[{BUREAU}]", None, []),
        (f"[{BUREAU}]", ["教育行政部门"], []),
        (f"[{BUREAU}, {TOWN}, 云岭县人民政府]", ["属地政府"], []),
    ],
    ids=["都报了", "只报镇", "只报局", "当地没有核对", "当地只要局", "多报一家"],
)
def test_who_was_left_out_is_told(written, told, codes) -> None:
    report = f"- {{日期: 2026-03-09, 事项: 书面报告, 对象: {written}}}\n"
    case = place(told, history=PERSUADED + report)
    assert [one.code for one in reports_short(case, case.events[-1].day)] == codes


def issued(told: list[str] | None, office: str = WITH_CENTRE):
    """Return the event that the issue of a report records, in a docket that holds it."""
    case = place(told, office)
    desk = Desk(office_of(office), case, case.events[-1].day)
    (paper,), _ = plan_case(desk, ("dropout-report",))
    event, _ = event_of(paper, case, "青中报〔2026〕1号")
    assert event is not None
    return case, event


def served(organ: str, kind: str = "方式: 直接, 签收人: 收发室") -> str:
    return (
        f"- {{日期: 2026-03-10, 事项: 送达, 文书: 学校书面报告, 文号: 青中报〔2026〕1号, "
        f"对象: {organ}, {kind}}}\n"
    )


@pytest.mark.parametrize(
    ("told", "brought", "left"),
    [
        (["属地政府", "教育行政部门"], "", [TOWN, BUREAU]),
        (["属地政府", "教育行政部门"], served(TOWN), [BUREAU]),
        (["属地政府", "教育行政部门"], served(TOWN) + served(BUREAU), []),
        (["属地政府", "片区教育管理中心"], served(BUREAU) + served(TOWN), [CENTRE]),
    ],
)
def test_each_of_them_gets_it(told, brought, left) -> None:
    case, event = issued(told)
    told_later = docket(PERSUADED + brought, WITH_CENTRE).entries if brought else ()
    entries = (Entry(event, case.place(event), seq=1), *told_later)
    made = tuple(papers_made(entries, case.law, event.day.replace(day=30)))
    waiting = organs_waiting(made, event.day.replace(day=30))
    assert [one.organ for one in waiting] == left


def test_the_paper_is_addressed_to_them() -> None:
    (text,) = papers("2026-03-09", PERSUADED, "dropout-report").values()
    assert f"{BUREAU}、{TOWN}：" in text
