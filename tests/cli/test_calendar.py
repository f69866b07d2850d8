"""kcbx calendar: a year with its source, a new file that cannot do harm,
and what is still wrong with it.
"""

import json

import pytest

from tests.cli.ladder import make_office
from tests.cli.office import run
from tests.cli.test_period import YEAR


@pytest.fixture
def office(tmp_path):
    return make_office(tmp_path)


def test_a_year_with_its_source(office):
    shown = run(office, "calendar", "show", "2026").stdout
    assert "放假      国庆节  2026-10-01  2026-10-07  7\n" in shown
    assert "2026 年共 248 个工作日。" in shown
    assert "全国：国务院办公厅2025-11-04通知" in shown
    assert "三月三" not in shown


def test_a_province_adds_its_own_days(office):
    told = json.loads(
        run(office, "calendar", "show", "2025", "--region", "广西壮族自治区", "--json").stdout
    )
    assert told["region"] == "45"
    assert (
        told["workdays"]
        == json.loads(run(office, "calendar", "show", "2025", "--json").stdout)["workdays"] - 2
    )
    assert [source["region"] for source in told["sources"]] == ["全国", "广西"]


def test_a_year_that_nobody_has_says_how_to_add_it(office):
    done = run(office, "calendar", "show", "2027")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "[CAL001]" in done.stderr
    assert "kcbx calendar add 2027" in done.stderr


def test_a_new_file_changes_nothing_until_it_is_filled_in(office):
    """The Spring Festival must not become working days because somebody made a file."""
    before = run(office, "period", "review-60", "2026-12-10").stdout
    done = run(office, "calendar", "add", "2027")
    assert (done.exit_code, done.stdout) == (0, "calendar/2027.yaml\n")
    assert "kcbx calendar check" in done.stderr
    after = run(office, "period", "review-60", "2026-12-10")
    assert after.stdout == before
    assert (
        "[CAL011] 提醒：日历 2027.yaml 没有写全（春节、清明节、劳动节、端午节、中秋节、国庆节）"
        in after.stderr
    )
    assert "[CAL001]" in run(office, "period", "hearing-request", "2026-12-30").stderr


def test_check_tells_each_mistake_with_its_place(office):
    assert run(office, "calendar", "check").stdout == "没有自己的日历文件，用的都是随程序的。\n"
    run(office, "calendar", "add", "2027")
    done = run(office, "calendar", "check")
    assert done.exit_code == 1
    found = [
        line.split("]")[0] + "]"
        for line in done.stdout.splitlines()
        if line.startswith("calendar/")
    ]
    assert found == [
        "calendar/2027.yaml:4:5: [CAL012]",
        "calendar/2027.yaml:5:5: [CAL010]",
        "calendar/2027.yaml:7:1: [CAL011]",
    ]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (
            "自: 2027-05-01, 至: 2027-05-05",
            "自: 2027-05-05, 至: 2027-05-01",
            "calendar/2027.yaml:8:5: [CAL009]",
        ),
        ("调休上班: []", "调休上班: [2027-02-08]", "calendar/2027.yaml:11:8: [CAL008]"),
        ("调休上班: []", "调休上班: [2027-03-01]", "calendar/2027.yaml:11:8: [CAL004]"),
        (
            "自: 2027-06-09, 至: 2027-06-09",
            "自: 2026-06-09, 至: 2026-06-09",
            "calendar/2027.yaml:9:5: [CAL003]",
        ),
        ("节日: 春节", "节曰: 春节", "calendar/2027.yaml:6:6: [TYPE002]"),
    ],
)
def test_a_filled_file_is_checked_too(office, old, new, found):
    (office / "calendar").mkdir()
    (office / "calendar/2027.yaml").write_text(YEAR, "utf-8")
    assert run(office, "calendar", "check").stdout == "检查了 1 个日历文件，没有错误。\n"
    (office / "calendar/2027.yaml").write_text(YEAR.replace(old, new), "utf-8")
    done = run(office, "calendar", "check")
    assert done.exit_code == 1
    assert found in done.stdout


def test_nothing_is_overwritten(office):
    run(office, "calendar", "add", "2027")
    mine = office / "calendar/2027.yaml"
    mine.write_text(YEAR, "utf-8")
    done = run(office, "calendar", "add", "2027")
    assert done.exit_code == 1
    assert "[CLI002]" in done.stderr
    assert mine.read_text("utf-8") == YEAR
    mine.rename(office / "calendar/我的.yaml")
    assert "我的.yaml" in run(office, "calendar", "add", "2027").stderr


@pytest.mark.parametrize("region", ["45", "广西", "广西壮族自治区"])
def test_a_province_by_code_or_name(office, region):
    """The hint of a doubtful feast names the region as the calendar does."""
    assert (
        run(office, "calendar", "add", "2027", "--region", region).stdout
        == "calendar/45-2027.yaml\n"
    )
    done = run(office, "calendar", "check")
    assert "[CAL013]" in done.stdout
    assert "它不起作用" in done.stdout


def test_a_year_out_of_reach_is_wrong_usage(office):
    assert run(office, "calendar", "add", "1999").exit_code == 2


def test_check_of_all_files_leaves_calendars_to_their_own_command(office):
    run(office, "calendar", "add", "2027")
    done = run(office, "check", ".")
    assert "calendar/2027.yaml" not in done.stdout
    assert "WORK001" not in done.stdout


def test_outside_of_a_workspace_nothing_is_written(tmp_path):
    done = run(tmp_path, "calendar", "add", "2027")
    assert done.exit_code == 1
    assert "[PAPR009]" in done.stderr
    assert list(tmp_path.iterdir()) == []
