"""A year whose notice of days off nobody has: what is known of it all the same is heeded."""

from datetime import date

import pytest

from kcbx_docs.law.calendar import load_calendar
from kcbx_docs.law.feasts import LastDay, rolled
from tests.kinds.page import Kind
from tests.kinds.world import DECIDED, SERVED, codes, may, papers

KIND = Kind(
    "没有放假通知的年份",
    "按日、月计算的期限末日是星期六、星期日或者法定节日的，没有当年的日历也要顺延，"
    "不能当作已经届满；可能放假的日子等过了再办，文书里留空",
    (
        ("minshi-susong-fa", "85", "3"),
        ("minfadian", "203", "1"),
        ("fangjia-banfa", "2"),
    ),
)
CALENDAR, _ = load_calendar()


def decided(served: str) -> str:
    """Tell of a decision that was served later, with the demand already sent."""
    late = DECIDED.replace("2026-04-17", served)
    return late + (
        "- {日期: 2026-11-10, 事项: 催告, 对象: 普正华, 文书: 催告书, 文号: 青政催〔2026〕1号}\n"
        "- {日期: 2026-11-10, 事项: 送达, 文书: 催告书, 文号: 青政催〔2026〕1号, 对象: 普正华, "
        "方式: 直接, 承办人: [普文清, 段晓岚]}\n"
    )


@pytest.mark.parametrize(
    ("served", "refused", "allowed"),
    [
        # Six months end on Sunday 2027-02-28: the party may still sue on Monday.
        ("2026-08-31", "2027-03-01", "2027-03-02"),
        # On Saturday 2027-02-27.
        ("2026-08-27", "2027-03-01", "2027-03-02"),
        # On Wednesday 2027-02-24: nothing is rolled.
        ("2026-08-24", "2027-02-24", "2027-02-25"),
    ],
)
def test_the_court_waits_for_a_weekend(served: str, refused: str, allowed: str) -> None:
    early = may("enforcement-application", refused, decided(served))
    assert "PROC313" in codes(early, "禁止")
    later = may("enforcement-application", allowed, decided(served))
    assert later.verdict != "禁止" and not {"PROC313", "PROC500"} & {*codes(later)}


def test_new_years_day_needs_no_notice() -> None:
    """An order of 2026-12-22 with ten days ends on 2027-01-01, a feast; the next two days are a
    weekend, and whether Monday is off nobody knows before the notice.
    """
    order = SERVED.replace("2026-03-1", "2026-12-1").replace("12-13", "12-22")
    assert "PROC245" in codes(may("check-record", "2027-01-02", order)) + codes(
        may("case-filing", "2027-01-02", order)
    )
    late = order + "- {日期: 2027-01-11, 事项: 核查, 结果: 未返校, 承办人: [普文清, 段晓岚]}\n"
    assert "PROC245" not in codes(may("case-filing", "2027-01-12", late))


def test_a_day_that_a_notice_may_give_is_waited_for_with_a_reason_and_left_blank() -> None:
    """The suit period ends on Friday 2027-02-12, in the week of the Spring Festival."""
    answer = may("enforcement-application", "2027-02-15", decided("2026-08-12"))
    assert "PROC500" in codes(answer, "须说明理由")
    told = papers(
        "2027-02-15",
        decided("2026-08-12"),
        "enforcement-application",
        reason="已经问过法院",
    )
    text = "\n".join(told.values())
    assert "提起行政诉讼的期限至2027年2月12日" not in text
    assert may("enforcement-application", "2027-02-25", decided("2026-08-12")).verdict != "禁止"


def test_the_paper_names_the_day_to_which_it_was_rolled() -> None:
    told = papers("2027-03-02", decided("2026-08-31"), "enforcement-application", reason="已经问过")
    assert "提起行政诉讼的期限至2027年3月1日届满" in "\n".join(told.values())


def test_a_demand_near_the_end_of_the_window_asks_whether_its_days_fit() -> None:
    near, far = "2027-01-15", "2026-12-01"
    window = decided("2026-04-17").split("- {日期: 2026-11-10")[0]
    assert "PROC501" in codes(may("demand-letter", near, window), "须说明理由")
    assert "PROC501" not in codes(may("demand-letter", far, window))


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_every_day_off_of_the_known_years_lies_where_it_was_thought_possible(year: int) -> None:
    """What is foreseen without a notice is never less than what the notice then gave."""
    known = next(part for part in CALENDAR.years if part.year == year and not part.code)
    blank = type(CALENDAR)(())
    for feast in known.holidays:
        day = feast.start
        while day <= feast.end:
            assert rolled(day, blank, None).latest > day
            day = date.fromordinal(day.toordinal() + 1)
    for day in known.working:
        assert rolled(day, blank, None).exact is False


def test_far_from_feasts_a_weekend_is_certain() -> None:
    blank = type(CALENDAR)(())
    sunday, monday = date(2027, 2, 28), date(2027, 3, 1)
    assert rolled(sunday, blank, None) == LastDay(monday, monday, exact=True)
    assert rolled(date(2027, 3, 3), blank, None).exact
