"""What a report covers, when it is due, and the file of work that it makes."""

from datetime import date

import pytest

from kcbx_docs.case.files import LoadedWork, load_file
from kcbx_docs.case.work_text import work_text
from kcbx_docs.listing.children import CaseChild, DaySpan
from kcbx_docs.listing.counting import monthly_title
from kcbx_docs.listing.figures import figures_of
from kcbx_docs.listing.report import duty_of, work_values
from kcbx_docs.listing.spans import month_span, term_span, week_span
from kcbx_docs.office.book import event_in
from kcbx_docs.office.works import keys_of
from kcbx_docs.problems import Place, UserError
from kcbx_docs.record.docket import docket_of
from kcbx_docs.record.entry import Entry
from tests.kinds.world import FATHER, MADE, MOTHER, docket, office_of
from tests.listing.world import school

LIUJIANG = "地区: '450206'\n机关: {名称: 某镇中学, 类型: 学校}\n"
LATER = date(2027, 6, 1)


@pytest.mark.parametrize(
    ("text", "whole", "first", "last"),
    [
        ("2026秋", "2026年秋季学期", "2026-08-01", "2027-01-31"),
        ("2026年秋季学期", "2026年秋季学期", "2026-08-01", "2027-01-31"),
        ("2027年春季", "2027年春季学期", "2027-02-01", "2027-06-01"),
    ],
)
def test_a_term_until_today(text, whole, first, last):
    name, span = term_span(text, LATER)
    assert (name, str(span.first), str(span.last)) == (whole, first, last)


def test_a_month_and_a_week_until_today():
    assert str(month_span("2026-02", LATER).last) == "2026-02-28"
    assert str(month_span("2026-11", date(2026, 11, 20)).last) == "2026-11-20"
    week = week_span(date(2026, 11, 18), LATER)
    assert (str(week.first), str(week.last)) == ("2026-11-16", "2026-11-22")


@pytest.mark.parametrize(
    ("read", "text", "code"),
    [
        (term_span, "去年", "LIST001"),
        (term_span, "2027秋", "LIST002"),
        (month_span, "11月", "LIST003"),
        (month_span, "2026-13", "LIST003"),
        (month_span, "2027-07", "LIST002"),
    ],
)
def test_what_is_no_term_or_month_or_has_not_come(read, text, code):
    with pytest.raises(UserError) as refused:
        read(text, LATER)
    assert refused.value.problems[0].code == code


def test_the_report_of_liujiang_is_due_on_the_day_of_its_own_step():
    law = office_of(LIUJIANG).law
    due = [duty_of(law, month, date(2026, 11, 1)).by for month in ("2026-10", "2026-11")]
    assert [str(day) for day in due] == ["2026-10-22", "2026-11-20"], "the 22nd is a Sunday"


def test_where_no_day_is_known_none_is_told():
    duty = duty_of(school().office.law, "2026-11", date(2026, 11, 1))
    assert duty.by is None and duty.kind


def test_the_file_of_work_reads_and_says_what_the_figures_say(tmp_path):
    told = school()
    duty = duty_of(told.office.law, "2026-11", told.span.last)
    typical = next(child for child in told.children if child.case.id == "2026-02")
    figures = figures_of(told.children, told.leads)
    values = work_values(duty, "2026-11", figures, told.span.last, typical)
    path = tmp_path / "月报.yaml"
    path.write_text(work_text(values, duty.kind, keys_of(duty.kind, told.office)), "utf-8")
    loaded, _ = load_file(path, told.span.last)
    assert isinstance(loaded, LoadedWork)
    numbers = {one.name: one.value for one in loaded.work.figures}
    assert numbers["在校学生数"] == "未知", "no case tells it"
    assert (numbers["期初未到校"], numbers["本期新增"], numbers["期末未到校"]) == (
        "5人",
        "4人次",
        "5人",
    )
    assert "月初有5名孩子未到校，本月新增4人次，返校2人次" in loaded.work.done
    assert "2026年11月9日返校，安置：回原班。" in loaded.work.typical.told
    assert not any("厌学" in name for name in numbers)
    assert "周二" not in loaded.work.typical.told and "普正华" not in loaded.work.typical.told


NOTICE = {"日期": "2026-03-11", "事项": "劝返通知", "文书": "劝返通知书", "对象": [MOTHER]}


def test_every_paper_that_left_the_house_is_counted_numbered_or_not() -> None:
    hers = "- {日期: 2026-03-12, 事项: 制发, 文书: 责令限期改正通知书, 对象: 李桂仙}\n"
    case = docket(MADE + hers, guardians=(FATHER, MOTHER))
    entry = Entry(event_in(NOTICE), Place(), seq=3)
    march = DaySpan(date(2026, 3, 31), date(2026, 3, 1))
    told = CaseChild(docket_of(case.case, case.law, case.source, [entry]), march).acts
    assert [act.document for act in told] == ["urge-notice", "order-to-correct", "order-to-correct"]


def test_a_call_written_into_a_case_is_a_lead_of_the_month_and_one_of_a_list_is_not_counted_twice():
    calls = "- {日期: 2026-03-03, 事项: 接到线索, 来源: 群众}\n"
    calls += "- {日期: 2026-03-04, 事项: 接到线索, 来源: 学校, 线索: X2026-001}\n"
    calls += "- {日期: 2026-02-25, 事项: 接到线索, 来源: 群众}\n"
    child = CaseChild(docket(MADE + calls), month_span("2026-03", LATER))
    told = {one.number: one for one in figures_of([child])}
    assert [(one.day, one.what) for one in told["14"].counted] == [(date(2026, 3, 3), "记在案件里")]


def test_a_month_that_is_not_over_says_so_within_the_name_of_a_sheet() -> None:
    half = monthly_title("2026-11", DaySpan(date(2026, 11, 28), date(2026, 11, 1)))
    whole = monthly_title("2026-11", DaySpan(date(2026, 11, 30), date(2026, 11, 1)))
    assert half == "2026-11 控辍保学月报表（截至11月28日，未满月）" and len(half) <= 31
    assert whole == "2026-11 控辍保学月报表"
