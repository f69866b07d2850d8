"""kcbx period: any rule as a calculator that explains itself."""

import json

import pytest

from tests.cli.ladder import make_office
from tests.cli.office import run

YEAR = """\
年份: 2027
来源: 示例通知
核对: 已核对
放假:
  - {节日: 元旦, 自: 2027-01-01, 至: 2027-01-03}
  - {节日: 春节, 自: 2027-02-05, 至: 2027-02-13}
  - {节日: 清明节, 自: 2027-04-03, 至: 2027-04-05}
  - {节日: 劳动节, 自: 2027-05-01, 至: 2027-05-05}
  - {节日: 端午节, 自: 2027-06-09, 至: 2027-06-09}
  - {节日: 中秋节、国庆节, 自: 2027-10-01, 至: 2027-10-07}
调休上班: []
"""


@pytest.fixture
def office(tmp_path):
    return make_office(tmp_path)


def test_every_step_is_explained(office):
    """Told on 28 September: National Day is skipped, the make-up Saturday counts."""
    done = run(office, "period", "hearing-request", "2026-09-28")
    assert done.stdout.splitlines() == [
        "申请听证（5个工作日，《行政处罚法》第六十四条第（一）项、《行政处罚法》第八十五条）：2026年10月10日（星期六）",
        "  2026年9月28日（星期一）事先告知书送达，当天不计，从2026年9月29日起算",
        *(f"  2026年10月{day}日国庆节放假，不计" for day in range(1, 8)),
        "  2026年10月10日星期六，调休上班，计入",
        "  第5个工作日为2026年10月10日（星期六）",
        "  期限过后的第一天：2026-10-11",
    ]


@pytest.mark.parametrize(
    ("rule", "end"),
    [("pay-15", "2026-03-25"), ("缴纳罚款", "2026-03-25"), ("直接起诉", "2026-09-10")],
)
def test_a_rule_by_id_or_name(office, rule, end):
    told = json.loads(run(office, "period", rule, "2026-03-10", "--json").stdout)
    assert told["end"] == end


def test_json_has_what_a_program_needs(office):
    told = json.loads(run(office, "period", "suit-6m", "2026-03-10", "--json").stdout)
    assert {"rule", "start", "end", "earliest_next", "steps", "basis", "warnings"} <= set(told)
    assert (told["rule"]["id"], told["start"], told["earliest_next"]) == (
        "suit-6m",
        "2026-03-10",
        "2026-09-11",
    )
    assert told["basis"][0]["short"] == "《行政诉讼法》第四十六条第一款"
    assert told["steps"][0]["kind"] == "起算"


def test_a_year_without_a_calendar_gives_calendar_days_unrolled_and_says_so(office):
    done = run(office, "period", "review-60", "2026-12-10")
    assert done.exit_code == 0
    assert "2027年2月8日" in done.stdout
    assert "提醒：缺少 2027 年的工作日历（2027.yaml），2027-02-08 是未经顺延的日期。" in done.stdout
    assert (
        "办法：末日遇法定休假日的要顺延；请用 kcbx calendar add 2027 补上日历后再算。"
        in done.stdout
    )


def test_working_days_into_a_year_without_a_calendar_are_refused_with_the_file(office):
    done = run(office, "period", "hearing-request", "2026-12-30")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "[CAL001] 缺少 2027 年的工作日历（2027.yaml），无法计算工作日。" in done.stderr
    assert "kcbx calendar add 2027" in done.stderr


def test_a_calendar_of_the_workspace_is_used(office):
    """31 December, then 4 to 7 January; 60 days from 10 December end in the Spring Festival and
    roll to Monday 15 February.
    """
    (office / "calendar").mkdir()
    (office / "calendar/2027.yaml").write_text(YEAR, "utf-8")
    assert (
        json.loads(run(office, "period", "hearing-request", "2026-12-30", "--json").stdout)["end"]
        == "2027-01-07"
    )
    assert (
        json.loads(run(office, "period", "review-60", "2026-12-10", "--json").stdout)["end"]
        == "2027-02-15"
    )


def test_a_region_has_its_own_holidays(office):
    """三月三 2025: two more days off in 广西."""
    there = json.loads(
        run(
            office, "period", "hearing-request", "2025-03-26", "--region", "450206", "--json"
        ).stdout
    )
    here = json.loads(run(office, "period", "hearing-request", "2025-03-26", "--json").stdout)
    assert (here["end"], there["end"]) == ("2025-04-02", "2025-04-07")
    assert "壮族三月三放假" in "".join(step["text"] for step in there["steps"])


def test_a_number_for_what_the_law_leaves_open(office):
    done = run(office, "period", "order-deadline", "2026-09-20", "--value", "10")
    assert "责令改正期限（10日，" in done.stdout
    assert "2026年9月30日" in done.stdout
    done = run(office, "period", "order-deadline", "2026-09-20")
    assert done.exit_code == 1
    assert "[LAW014]" in done.stderr
    assert "--value 10" in done.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("review-6", "2026-01-01"), "是不是「review-60」？"),
        (("申请行政复仪", "2026-01-01"), "是不是「申请行政复议」？"),
        (("order-deadline", "2026-01-01", "--value", "99999"), "[LAW024]"),
        (("surcharge", "2026-01-01"), "[LAW015]"),
    ],
)
def test_what_cannot_be_counted_says_why(office, words, says):
    done = run(office, "period", *words)
    assert (done.exit_code, done.stdout) == (1, "")
    assert says in done.stderr


def test_without_a_rule_it_says_how(office):
    done = run(office, "period", "review-60")
    assert done.exit_code == 2
    assert "kcbx period --list" in done.stderr


def test_all_rules_are_listed(office):
    shown = run(office, "period", "--list").stdout
    assert "defence-window" in shown
    assert "surcharge" not in shown
    told = json.loads(run(office, "period", "--list", "--json").stdout)
    assert len(told) == len(shown.splitlines()) - 1
    assert {"编号", "名称", "数"} <= set(told[0])


def test_outside_of_a_workspace(tmp_path):
    assert "2026年3月25日" in run(tmp_path, "period", "pay-15", "2026-03-10").stdout
