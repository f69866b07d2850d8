"""A public notice is issued before it is posted or, posted already, under the day of its posting."""

import json
from pathlib import Path

import pytest

from tests.cli.office import run
from tests.kinds.test_public_notice import NOT_HOME, NOTICE, RETURNED
from tests.kinds.world import FATHER, MADE, case_text, workspace

pytestmark = pytest.mark.alike

CASE = "cases/案件.yaml"
TRIED = MADE + NOT_HOME + RETURNED
POSTED = "2026-04-02"


@pytest.fixture(autouse=True)
def _word_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")


def issue(folder: Path, day: str) -> tuple[int, str]:
    done = run(folder, "issue", CASE, "--doc", "送达公告", "--to", FATHER, "--as-of", day)
    return done.exit_code, done.output


def test_the_notice_that_was_posted_can_be_issued_afterwards_under_its_day(tmp_path: Path) -> None:
    workspace(tmp_path, text=case_text(TRIED + NOTICE))
    code, said = issue(tmp_path, "2026-04-05")
    assert code == 1 and "[PROC488]" in said and f"--as-of {POSTED}" in said
    code, said = issue(tmp_path, POSTED)
    assert code == 0 and "[PROC560]" in said and "不是另外再公告" in said
    assert "以前已经制发" in issue(tmp_path, POSTED)[1]


def test_issued_first_and_then_recorded_it_is_found_again(tmp_path: Path) -> None:
    workspace(tmp_path, text=case_text(TRIED))
    assert issue(tmp_path, "2026-04-01")[0] == 0
    (tmp_path / CASE).write_text(case_text(TRIED + NOTICE), "utf-8")
    code, said = issue(tmp_path, POSTED)
    assert (code, "以前已经制发" in said) == (0, True)


def test_while_it_runs_nobody_is_told_to_post_another(tmp_path: Path) -> None:
    workspace(tmp_path, text=case_text(TRIED + NOTICE))
    day = ("--as-of", "2026-04-05", "--json")
    (waiting,) = json.loads(run(tmp_path, "service", "plan", CASE, *day).stdout)["waiting"]
    ways = {way["method"]: way for way in waiting["ways"]}
    assert not ways["公告"]["open"] and "正在公告" in ways["公告"]["why"]
    assert ways["直接"]["open"], "who is found meanwhile is handed the paper"
    shown = run(tmp_path, "next", CASE, "--as-of", "2026-04-05").stdout
    assert "公告送达" not in shown.partition("现在不能做")[0].partition("现在可以做")[2]


def test_before_it_was_posted_the_way_is_open_and_told(tmp_path: Path) -> None:
    workspace(tmp_path, text=case_text(TRIED))
    (waiting,) = json.loads(
        run(tmp_path, "service", "plan", CASE, "--as-of", "2026-04-01", "--json").stdout
    )["waiting"]
    assert {way["method"]: way["open"] for way in waiting["ways"]}["公告"]
