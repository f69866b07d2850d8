"""A guardian whose name is put right later still got what was issued to him and served."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.office import run
from tests.kinds.world import ABSENT, FATHER, MOTHER, PEOPLE, case_text, workspace

pytestmark = pytest.mark.alike

CASE, ORDER = "cases/案件.yaml", "责令限期改正通知书"
RIGHT = "普政华"
NUMBER = "青政责改〔2026〕1号"
VISIT = ("--method", "直接", "--day", "2026-03-13", f"签收人={FATHER}", "承办人=普文清、段晓岚")
DAY = ("--as-of", "2026-03-14")


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The father's order was issued and served under a name with a wrong character."""
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")
    workspace(tmp_path, text=case_text(ABSENT, guardians=(FATHER, MOTHER)))
    words = ("--doc", ORDER, "--to", FATHER)
    assert run(tmp_path, "issue", CASE, *words, "--as-of", "2026-03-12").exit_code == 0
    assert run(tmp_path, "service", "record", CASE, *words, *VISIT, *DAY).exit_code == 0
    return tmp_path


def renamed(folder: Path, former: str = "") -> None:
    father = PEOPLE[FATHER].replace(FATHER, RIGHT)
    if former:
        father = father.removesuffix("}") + f", 曾用姓名: [{former}]}}"
    text = case_text(ABSENT, guardians=(father, MOTHER))
    (folder / CASE).write_text(text, "utf-8")


def test_who_is_called_otherwise_is_told_with_what_settles_it(town: Path) -> None:
    renamed(town)
    for words in (("check", CASE), ("render", CASE, *DAY)):
        done = run(town, *words)
        assert done.exit_code == 1 and "[ISSU067]" in done.output
        assert f"曾用姓名: [{FATHER}]" in done.output and "台账第 2、3 条" in done.output
    assert "[ISSU067]" in run(town, "next", CASE, *DAY).output


def test_with_the_former_name_nothing_is_lost(town: Path) -> None:
    before = run(town, "deadlines", "cases", *DAY).stdout
    renamed(town, FATHER)
    assert "ISSU067" not in run(town, "check", CASE).output
    assert f"{RIGHT}（父亲）：责令期内" in run(town, "next", CASE, *DAY).stdout
    assert run(town, "deadlines", "cases", *DAY).stdout == before.replace(FATHER, RIGHT)
    again = run(town, "issue", CASE, "--doc", ORDER, "--to", RIGHT, *DAY, "--json")
    (told,) = json.loads(again.stdout)
    assert (told["number"], told["guardian"], told["id"]) == (NUMBER, RIGHT, 2)
    visit = (word.replace(FATHER, RIGHT) for word in VISIT)
    words = ("service", "record", CASE, "--doc", ORDER, "--to", RIGHT, *visit, *DAY, "--json")
    assert json.loads(run(town, *words).stdout)["again"]
    assert run(town, "ledger", "verify").exit_code == 0


def test_a_name_that_another_guardian_bears_now_is_his(town: Path) -> None:
    mother = PEOPLE[MOTHER].removesuffix("}") + f", 曾用姓名: [{FATHER}]}}"
    (town / CASE).write_text(case_text(ABSENT, guardians=(FATHER, mother)), "utf-8")
    shown = run(town, "next", CASE, *DAY).stdout
    assert f"{FATHER}（父亲）：责令期内" in shown and f"{MOTHER}（母亲）：已报告" in shown


def test_what_was_withdrawn_is_nobodys(town: Path) -> None:
    why = ("--reason", "普文清：给错了人")
    words = ("--number", NUMBER, *why, "--day", "2026-03-14")
    assert run(town, "paper", "withdraw", CASE, *words).exit_code == 0
    (town / CASE).write_text(case_text(ABSENT, guardians=(MOTHER,)), "utf-8")
    assert "ISSU067" not in run(town, "next", CASE, *DAY).output


def test_what_the_file_says_otherwise_since_is_told_when_somebody_asks_again(town: Path) -> None:
    asked = ("issue", CASE, "--doc", ORDER, "--to", FATHER, *DAY)
    assert "ISSU083" not in run(town, *asked).output
    file = town / CASE
    text = file.read_text("utf-8")
    place = re.findall(r"住址: ([^,}\n]+)", text)[0]
    file.write_text(text.replace(place, "云岭县青石镇新村9号"), "utf-8")
    said = run(town, *asked).output
    assert "[ISSU083]" in said and "paper correct" in said and "以前已经制发" in said
