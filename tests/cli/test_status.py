"""kcbx status: one line a case, the most urgent first; broken files last;
thousands of cases in several processes.
"""

import json
import sys
from datetime import date

import pytest

from benchmarks.status import DAY, make_cases
from kcbx_docs.cli import options
from kcbx_docs.office import outlook
from kcbx_docs.office.outlook import outlooks
from tests.cli.ladder import add_case, make_office
from tests.cli.office import run
from tests.cli.test_next import Screen
from tests.procedure.world import ABSENT, DECIDED, DEMANDED, FATHER, FILED, MOTHER, ORDERED

CLOSED = (
    ABSENT + "- {日期: 2026-01-20, 事项: 返校}\n- {日期: 2026-01-30, 事项: 结案, 结果: 已返校}\n"
)


@pytest.fixture
def office(tmp_path):
    """Late: the court's window is over; soon: the ninety days end; then others;
    the closed one last.
    """
    folder = make_office(tmp_path)
    add_case(folder, CLOSED, "2026-001")
    add_case(folder, DEMANDED, "2026-002")
    add_case(
        folder,
        FILED.replace("2026-01-27", "2026-09-20").replace("〔2026〕1号", "〔2026〕2号"),
        "2026-003",
    )
    add_case(folder, ORDERED, "2026-004", guardians=(FATHER, MOTHER))
    return folder


def rows(shown: str) -> list[str]:
    return [
        line for line in shown.split("\n")[1:] if "2026-0" in line and not line.startswith("截至")
    ]


def test_the_most_urgent_case_comes_first(office):
    done = run(office, "status", "--as-of", "2026-12-14")
    assert (done.exit_code, done.stderr) == (0, "")
    assert [
        next(word for word in row.split() if word.startswith("2026-00"))
        for row in rows(done.stdout)
    ] == [
        "2026-002",
        "2026-003",
        "2026-004",
        "2026-001",
    ]


def test_a_line_says_what_is_due_when_and_by_whom(office):
    line = rows(run(office, "status", "--as-of", "2026-12-14").stdout)[1]
    assert line.split("  ")[0] == "2026-12-19"
    for text in ("还有5天", "机关", "立案到处罚决定", "普云飞", "已立案"):
        assert text in line


def test_guardians_in_different_states_are_named(office):
    shown = run(office, "status", "--as-of", "2026-01-20").stdout
    line = next(row for row in rows(shown) if "2026-004" in row)
    assert f"{FATHER} 责令期内；{MOTHER} 责令待送达" in line


def test_broken_files_come_last_and_stop_nobody(office):
    (office / "cases/坏.yaml").write_text("案件: 控辍个案\n编号: 甲\n情形: 休学\n", "utf-8")
    (office / "cases/空.yaml").write_text("", "utf-8")
    done = run(office, "status", "--as-of", "2026-12-14")
    assert done.exit_code == 1
    assert len(rows(done.stdout)) == 4
    assert "2 个文件有错误" in done.stdout
    assert "cases/坏.yaml:3:5: [TYPE007]" in done.stderr
    assert "cases/空.yaml: [READ013]" in done.stderr


def test_an_office_that_cannot_be_opened_breaks_only_its_own_cases(office):
    other = make_office(office / "cases" / "别处")
    add_case(other, ABSENT, "2026-009")
    (other / "kcbx.yaml").write_text('地区: "530499"\n', "utf-8")
    done = run(office, "status", "--as-of", "2026-12-14")
    assert (done.exit_code, len(rows(done.stdout))) == (1, 4)
    assert "cases/别处/kcbx.yaml:1:1: [TYPE001]" in done.stderr


def test_contradictions_are_counted_in_the_line(office):
    add_case(
        office,
        ORDERED + "- {日期: 2026-01-12, 事项: 处罚决定, 对象: 普正华, 金额: 500}\n",
        "2026-005",
    )
    line = next(
        row
        for row in rows(run(office, "status", "--as-of", "2026-03-20").stdout)
        if "2026-005" in row
    )
    assert "处" in line.split()[-1]


def test_batches_and_letters_are_no_cases(office):
    (office / "cases/通知.yaml").write_text(
        "公文: 通知\n编号: 通知一\n标题: 云岭县青石镇人民政府关于开学的通知\n正文: 各校按时开学。\n",
        "utf-8",
    )
    assert len(rows(run(office, "status", "--as-of", "2026-12-14").stdout)) == 4


def test_folders_may_be_named(office):
    assert (
        run(office, "status", "cases/2026-001.yaml", "--as-of", "2026-12-14").stdout.count(
            "2026-00"
        )
        == 1
    )
    assert rows(run(office, "status", "2026-003", "--as-of", "2026-12-14").stdout)
    assert "[NEXT002]" in run(office, "status", "没有", "--as-of", "2026-12-14").stderr
    assert "[READ001]" in run(office, "status", "cases/没有", "--as-of", "2026-12-14").stderr


def test_json_for_programs(office):
    told = json.loads(run(office, "status", "--as-of", "2026-12-14", "--json").stdout)
    assert [case["case"] for case in told["cases"]] == [
        "2026-002",
        "2026-003",
        "2026-004",
        "2026-001",
    ]
    assert told["cases"][1]["next"]["by"] == "2026-12-19"
    assert told["cases"][1]["next"]["days_left"] == 5
    assert (told["ok"], told["broken"]) == (True, [])
    assert "530499" not in json.dumps(told)


def test_several_processes_tell_the_same_as_one(office, monkeypatch):
    """Chunks of two files in two processes, broken files among them."""
    (office / "cases/坏.yaml").write_text("案件: 控辍个案\n编号: 甲\n情形: 休学\n", "utf-8")
    add_case(office, DECIDED, "2026-006")
    paths = sorted((office / "cases").glob("*.yaml"))
    day, seen = date(2026, 12, 14), []
    alone = outlooks(paths, day, day, judged=True, workers=1)
    monkeypatch.setattr(outlook, "MANY", 2)
    monkeypatch.setattr(outlook, "CHUNK", 2)
    together = outlooks(
        paths, day, day, lambda done, total: seen.append((done, total)), judged=True, workers=2
    )
    assert together == alone
    assert seen == [(2, 6), (4, 6), (6, 6)]
    assert together.broken == (str(office / "cases/坏.yaml"),)


def test_the_cases_of_the_benchmark_are_sound(tmp_path):
    """What is measured is real work: every generated case is read, at every step of the ladder."""
    make_cases(tmp_path / "office", 160)
    day = date.fromisoformat(DAY)
    told = outlooks(sorted((tmp_path / "office/cases").glob("*.yaml")), day, day, workers=1)
    assert (len(told.cases), told.broken) == (160, ())
    assert len({state for case in told.cases for _, state in case.states}) > 12


def test_on_a_terminal_a_bar_counts_the_files(office, monkeypatch):
    screen = Screen()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(outlook, "CHUNK", 2)
    with options.counted(quiet=False) as progress:
        outlooks(
            sorted((office / "cases").glob("*.yaml")),
            date(2026, 12, 14),
            date(2026, 12, 14),
            progress,
        )
    assert "读取案件" in screen.getvalue()
    assert "2/4" in screen.getvalue()
    with options.counted(quiet=True) as progress:
        progress(1, 2)


def test_without_cases_the_list_is_empty(tmp_path):
    done = run(make_office(tmp_path), "status", "--as-of", "2026-12-14")
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (
        0,
        "截至 2026-12-14：0 个案件，0 个已过期。",
    )


def test_what_was_unlawful_is_counted_among_the_contradictions(tmp_path):
    office = make_office(tmp_path)
    higher = DECIDED.replace(
        "文号: 青政罚决〔2026〕1号, 金额: 500", "文号: 青政罚决〔2026〕1号, 金额: 900"
    )
    assert higher != DECIDED
    add_case(office, higher, "2026-001")
    (row,) = rows(run(office, "status", "--as-of", "2026-04-08").stdout)
    assert row.rstrip().endswith("1处")


def test_the_office_reads_of_its_own_next_act(tmp_path):
    """The father's term runs, the mother's order was never served: that is what is to be done."""
    office = make_office(tmp_path)
    add_case(office, ORDERED, "2026-004", guardians=(FATHER, MOTHER))
    (row,) = rows(run(office, "status", "--as-of", "2026-01-20").stdout)
    assert row.split()[:3] == ["现在", "机关", f"送达责令（{MOTHER}）"]
    told = json.loads(run(office, "status", "--as-of", "2026-01-20", "--json").stdout)
    (first, later) = told["cases"][0]["todos"]
    assert (first["what"], first["when"], first["guardian"]) == ("送达责令", "现在", MOTHER)
    assert (later["what"], later["when"], later["from"]) == ("期满核查", "以后", "2026-01-24")


def test_what_may_be_done_later_is_told_with_its_day(tmp_path):
    office = make_office(tmp_path)
    add_case(office, ORDERED, "2026-004")
    (row,) = rows(run(office, "status", "--as-of", "2026-01-20").stdout)
    assert row.split()[:4] == ["2026-01-24起", "还有4天", "机关", "期满核查"]


@pytest.mark.parametrize("command", ["status", "deadlines"])
def test_outside_a_workspace_nothing_is_walked_through(command, tmp_path):
    make_office(tmp_path / "甲镇")
    done = run(tmp_path, command)
    assert done.exit_code == 1 and done.stderr.startswith("[NEXT004] 这里不是工作目录")
    assert run(tmp_path, command, "甲镇").exit_code == 0


def test_a_day_that_counts_from_a_doubtful_service_is_marked_everywhere(tmp_path):
    office = make_office(tmp_path)
    unsure = ORDERED.replace("方式: 直接}", "方式: 直接, 签收人: 白沙村村民委员会}")
    case = str(add_case(office, unsure, "2026-004"))
    mark = "（送达有疑问）"
    said = [run(office, *words, "--as-of", "2026-01-20").stdout for words in _OF_DAYS]
    assert [text.count(mark) for text in said] == [1, 1]
    shown = run(office, "next", case, "--as-of", "2026-01-20").stdout.splitlines()
    first = next(line for line in shown if line.startswith("今天要做"))
    nearest = next(line for line in shown if line.startswith("最近期限"))
    assert f"期满核查{mark}" in first and f"改正期限{mark}" in nearest
    planned = run(office, "service", "plan", case, "--as-of", "2026-01-20").stdout
    assert "查明：" in planned and "或者再送一次：直接" in planned


_OF_DAYS = (("status",), ("deadlines",))
