"""kcbx check tells what in a history cannot be,
and which papers were made before the law allowed them.
"""

from datetime import date

import pytest

from kcbx_docs.office.check import check_files
from tests.cli.ladder import add_case, make_office
from tests.cli.office import run
from tests.procedure.world import DECIDED, FILED, ORDERED


@pytest.fixture
def office(tmp_path):
    return make_office(tmp_path)


def lines(office, text: str) -> int:
    """Find the line of an event."""
    return (office / "cases/2026-001.yaml").read_text("utf-8").split("\n").index(f"  {text}") + 1


def test_a_sound_ladder_is_clean(office):
    add_case(office, DECIDED)
    done = run(office, "check", "cases", "--as-of", "2026-04-08")
    assert (done.exit_code, done.stdout) == (0, "检查了 1 个文件，没有错误。\n")


def test_a_contradiction_is_an_error_at_its_event(office):
    late = "- {日期: 2026-01-10, 事项: 立案, 对象: 普正华}"
    wrong = "- {日期: 2026-01-08, 事项: 事先告知, 对象: 普正华, 金额: 500}"
    add_case(office, ORDERED + late + "\n" + wrong + "\n")
    done = run(office, "check", "cases", "--as-of", "2026-02-08")
    assert done.exit_code == 1
    assert (
        f"cases/2026-001.yaml:{lines(office, wrong)}:5: [PROC407] 普正华：「事先告知」2026-01-08 早于「立案」2026-01-10。"
        in done.stdout
    )


def test_a_decision_before_the_term_for_defence_was_over_is_told_with_the_article(office):
    """Served on 2 March, decided on 6 March: the term runs until 9 March."""
    told = FILED + (
        "- {日期: 2026-03-02, 事项: 事先告知, 对象: 普正华, 金额: 500}\n"
        "- {日期: 2026-03-02, 事项: 送达, 文书: 行政处罚事先告知书, 对象: 普正华, 方式: 直接}\n"
    )
    early = "- {日期: 2026-03-06, 事项: 处罚决定, 对象: 普正华, 金额: 500}"
    add_case(office, told + early + "\n")
    done = run(office, "check", "cases", "--as-of", "2026-03-08")
    assert done.exit_code == 1
    found = next(line for line in done.stdout.split("\n") if "[PROC421]" in line)
    assert found.startswith(f"cases/2026-001.yaml:{lines(office, early)}:5: [PROC421] 2026-03-06")
    assert "《行政处罚法》第四十四条" in found


def test_a_file_with_errors_is_not_judged_as_well(office):
    add_case(office, "- {日期: 2026-01-08, 事项: 处罚决定, 对象: 没这个人, 金额: 500}\n")
    done = run(office, "check", "cases", "--as-of", "2026-03-08")
    assert done.exit_code == 1
    assert "PROC4" not in done.stdout


@pytest.mark.parametrize(
    ("known", "future"),
    [(None, True), (date(2026, 4, 8), False), (date(2026, 1, 31), True)],
    ids=["当天", "今天在后面", "今天还没有到"],
)
def test_what_came_after_the_day_that_is_looked_at_is_no_fault(office, known, future):
    add_case(office, DECIDED)
    told = check_files([office / "cases/2026-001.yaml"], date(2026, 1, 20), known=known)
    assert ("CASE054" in {one.code for one in told}) is future
