"""kcbx next: for each guardian what may be done, what not and why, and what is due,
readable by a clerk.
"""

import io
import json
import sys
from datetime import date

import click
import pytest

from kcbx_docs.cli import next_steps as command
from kcbx_docs.cli import terminal
from kcbx_docs.cli.chinese import cells
from kcbx_docs.office.outlook import outlooks
from tests.cli.ladder import add_case, make_office
from tests.cli.office import run
from tests.procedure.world import ABSENT, DECIDED, FATHER, FILED, MOTHER, ORDERED, TOLD

DAY = date(2026, 3, 5)


@pytest.fixture
def office(tmp_path):
    return make_office(tmp_path)


def tell(office, history, day, *words, **changes):
    add_case(office, history, **changes)
    return run(office, "next", "cases/2026-001.yaml", "--as-of", day, *words)


def part(shown: str, heading: str) -> str:
    """Cut out what stands below a heading."""
    lines = shown.split("\n")
    at = next(n for n, line in enumerate(lines) if line.strip() == heading)
    depth = len(lines[at]) - len(lines[at].lstrip())
    end = next(
        (
            n
            for n in range(at + 1, len(lines))
            if lines[n].strip() and len(lines[n]) - len(lines[n].lstrip()) <= depth
        ),
        len(lines),
    )
    return "\n".join(lines[at + 1 : end])


def test_a_term_for_defence_that_still_runs(office):
    """Told on 2 March: the decision waits until the five working days are over;
    who, until when, which article.
    """
    done = tell(office, TOLD, "2026-03-05")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "普正华（父亲）：申辩期内" in done.stdout
    refused = part(done.stdout, "现在不能做：")
    assert "处罚决定 → 《行政处罚决定书》　2026-03-10 起　最迟 2026-04-27" in refused
    assert "禁止：事先告知书 2026年3月2日 送达，陈述申辩期到 2026年3月9日" in refused
    due = part(done.stdout, "到期：")
    assert "2026-03-09（还有4天）　当事人：陈述申辩" in due
    assert "依据：" not in done.stdout
    fully = tell(office, TOLD, "2026-03-05", "--why").stdout
    refused, due = part(fully, "现在不能做："), part(fully, "到期：")
    assert "处罚决定 → 《行政处罚决定书》，由云岭县青石镇人民政府制发" in refused
    assert "2026-03-10 起才可以做（申辩期满），最迟 2026-04-27（立案到处罚决定）" in refused
    assert "依据：《行政处罚法》第四十四条、《行政处罚法》第六十二条" in due


def test_what_may_be_done_comes_with_the_command_that_makes_it(office):
    done = tell(office, ORDERED + "- {日期: 2026-01-26, 事项: 核查, 结果: 未返校}\n", "2026-01-27")
    assert "立案 → 《立案审批表》" in part(done.stdout, "现在可以做：")
    assert "kcbx render cases/2026-001.yaml --doc 立案审批表" in part(done.stdout, "点名才做的：")


def test_what_is_made_unasked_is_told_with_the_plain_command(office):
    """After the school's report the order is next; everything else is named by people."""
    done = tell(office, ABSENT, "2026-01-12")
    heading = "不点名就做的（连同经过里已有的）：《责令送被监护人接受义务教育通知书》"
    assert part(done.stdout, heading).strip() == "kcbx render cases/2026-001.yaml"


def test_what_needs_a_reason_stands_apart(office):
    done = tell(office, DECIDED, "2026-04-08")
    assert "须说明理由：经过里没有当事人申请延期或分期" in done.stdout
    _, _, told = done.stdout.partition("写明理由才做的，引号里换成执法人员或负责人的姓名、为什么")
    assert '--doc 延期（分期）缴纳罚款批准书 --reason "姓名：理由"' in told


def test_guardians_stand_apart(office):
    """The mother was never served: for her nothing runs."""
    done = tell(office, ORDERED, "2026-01-15", guardians=(FATHER, MOTHER))
    father, mother = done.stdout.split("李桂仙（母亲）：")
    assert "普正华（父亲）：责令期内" in father
    assert "2026-01-23（还有8天）　当事人：改正期限" in father
    assert mother.startswith("责令待送达")
    assert "改正期限" not in mother


def test_without_a_clause_the_penalty_is_refused_with_the_way_out(tmp_path):
    office = make_office(tmp_path, clause=False)
    done = tell(office, ORDERED + "- {日期: 2026-01-26, 事项: 核查, 结果: 未返校}\n", "2026-01-27")
    assert "禁止：没有登记本地的处罚依据" in part(done.stdout, "现在不能做：")
    assert "用 kcbx pack confirm 登记" in done.stdout


def test_contradictions_have_their_places_and_fail_the_command(office):
    """The decision bears a day before the notice; the line of the file is shown."""
    wrong = (
        TOLD.replace("2026-03-02, 事项: 送达", "2026-03-03, 事项: 送达")
        + "- {日期: 2026-02-20, 事项: 处罚决定, 对象: 普正华, 金额: 500}\n"
    )
    done = tell(office, wrong, "2026-03-12")
    assert done.exit_code == 1
    second = done.stdout.split("\n")[1]
    assert second == "经过里的违法和矛盾，请先改正："
    line = next(line for line in done.stdout.split("\n") if "[PROC407]" in line)
    number = (office / "cases/2026-001.yaml").read_text("utf-8").split("\n").index(
        "  - {日期: 2026-02-20, 事项: 处罚决定, 对象: 普正华, 金额: 500}"
    ) + 1
    assert line.startswith(f"cases/2026-001.yaml:{number}:5: [PROC407]")


def test_json_holds_everything_for_a_program(office):
    told = json.loads(tell(office, TOLD, "2026-03-05", "--json").stdout)
    assert (told["ok"], told["as_of"]) == (True, "2026-03-05")
    person = told["cases"][0]["guardians"][0]
    assert (person["name"], person["state"]) == (FATHER, "申辩期内")
    decision = next(option for option in person["blocked"] if option["step"] == "decision")
    assert decision["from"]["day"] == "2026-03-10"
    assert decision["documents"] == [{"id": "penalty-decision", "title": "行政处罚决定书"}]
    assert {finding["verdict"] for finding in decision["findings"]} == {"禁止"}
    assert person["due"][0]["days_left"] == 4
    assert told["cases"][0]["file"] == "cases/2026-001.yaml"


def test_events_after_the_day_are_not_known_yet(office):
    """Looked at as of January, the papers of March are neither counted nor called mistakes."""
    done = tell(office, DECIDED, "2026-01-10")
    assert done.exit_code == 0
    assert "普正华（父亲）：已报告" in done.stdout
    assert "行政处罚决定" not in part(done.stdout, "现在可以做：")


def test_several_files_and_a_broken_one(office):
    add_case(office, ABSENT, "2026-001")
    add_case(office, FILED, "2026-002")
    (office / "cases/坏.yaml").write_text("案件: 控辍个案\n编号: 甲\n情形: 休学\n", "utf-8")
    done = run(office, "next", "cases", "--as-of", "2026-02-02")
    assert done.exit_code == 1
    assert "案件 2026-001　普云飞" in done.stdout
    assert "案件 2026-002　普云飞" in done.stdout
    assert "cases/坏.yaml:3:5: [TYPE007]" in done.stderr


@pytest.mark.parametrize(
    "history",
    ["", "- {日期: 2026-01-05, 事项: 结案, 结果: 无}\n", "- {日期: 2026-03-01, 事项: 返校}\n"],
)
def test_odd_histories_never_crash(office, history):
    done = tell(office, history, "2026-03-05")
    assert "CLI001" not in done.output
    assert "普正华（父亲）：" in done.stdout or done.exit_code == 1


def test_no_identity_number_is_shown(office):
    assert "530499" not in tell(office, DECIDED, "2026-04-08").output


class Screen(io.StringIO):
    """A terminal without colours."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("coloured", [True, False])
def test_on_a_terminal_lines_are_broken_where_it_ends_but_commands_are_whole(
    office, monkeypatch, coloured
):
    case = outlooks([add_case(office, TOLD)], DAY, DAY, judged=True).cases[0]
    screen = Screen()
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm" if coloured else "dumb")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(sys, "stdout", terminal.Screen(screen))
    command.print_lines(command.Shape(why=True).lines(case))
    shown = screen.getvalue()
    assert ("\x1b[" in shown) is coloured
    lines = [click.unstyle(line) for line in shown.split("\n")]
    assert all(cells(line) <= 82 for line in lines if "kcbx " not in line)
    assert any(cells(line) > 82 for line in lines if line.startswith("  kcbx "))


def test_a_case_without_a_history_is_told_what_comes_first(office):
    first = tell(office, "[]", "2026-03-12").output
    assert "经过里还没有记什么：有人反映的先记「接到线索」" in first
    assert "还没有记什么" not in tell(office, ABSENT, "2026-03-12").output
    a_year_too_early = tell(office, ABSENT, "2025-03-12").output
    assert "都在 2025-03-12 以后，最早的是 2026-" in a_year_too_early
    assert "还没有记什么" not in a_year_too_early
