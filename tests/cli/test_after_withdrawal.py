"""What was done with a paper stays in the registers, whatever became of the paper or the name."""

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.cli.office import run
from tests.cli.test_issue import issued
from tests.cli.test_issue_letter import FILE, LETTER, NUMBER
from tests.kinds.world import ABSENT, FATHER, MOTHER, case_text, workspace

pytestmark = pytest.mark.alike

CASE, FIRST = "cases/案件.yaml", "青政责改〔2026〕1号"
WHY = ("--reason", "普文清：期限写错")
ORGAN = "临江市城东区教育局"
DAY = ("--as-of", "2026-03-20")


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")
    workspace(tmp_path, text=case_text(ABSENT, guardians=(FATHER, MOTHER)))
    (tmp_path / FILE).write_text(LETTER, "utf-8")
    return tmp_path


def done(town: Path, *words: str, ok: int = 0) -> str:
    told = run(town, *words)
    assert told.exit_code == ok, told.output
    return told.output


def states(town: Path, file: str) -> list[tuple[Any, str]]:
    rows = json.loads(done(town, "service", "list", file, "--json", *DAY))["services"]
    return [(one["seq"], one["state"]) for one in rows]


def test_the_services_of_a_withdrawn_letter_stay(town: Path) -> None:
    done(town, "issue", FILE)
    to = ("service", "record", FILE, "--to", ORGAN, "--method", "直接", "--day", "2026-03-11")
    done(town, *to, "签收人=李某", *DAY)
    assert [state for _, state in states(town, FILE)] == ["待送达", "已送达"]
    done(town, "paper", "withdraw", FILE, "--number", NUMBER, *WHY, "--day", "2026-03-16")
    assert [state for _, state in states(town, FILE)] == ["已送达（文书已撤回）"]
    assert "没有要送达的文书" in done(town, "service", "plan", FILE, *DAY)
    assert "[SERV061]" in done(town, *to, "签收人=李某", *DAY, ok=1), "it is brought to nobody now"
    ((seq, _),) = states(town, FILE)
    fix = ("service", "correct", FILE, str(seq), "签收人=王某", *WHY, *DAY)
    assert "已更正" in done(town, *fix)
    done(town, "ledger", "export", "--out", "册", "--format", "csv", *DAY)
    (register,) = (town / "册").rglob("*送达台账*.csv")
    assert ORGAN in register.read_text("utf-8-sig") and "王某" in register.read_text("utf-8-sig")


def served(town: Path) -> tuple[str, ...]:
    issued(town, "--to", FATHER, "--as-of", "2026-03-12")
    to = ("service", "record", CASE, "--number", FIRST, "--to", FATHER)
    missed = ("--method", "直接", "--day", "2026-03-13", "结果=未送达", "原因=不在家", "时间=09:00")
    done(town, *to, *missed, *DAY)
    by_hand = (*to, "--method", "直接", "--day", "2026-03-13", "承办人=普文清", "时间=15:00")
    done(town, *by_hand, *DAY)
    return by_hand


def test_a_service_of_a_withdrawn_paper_is_corrected_like_any(town: Path) -> None:
    served(town)
    fix = ("service", "correct", CASE, "4", "日期=2026-03-14", *WHY)
    assert "[SERV018]" in done(town, *fix, "--as-of", "2026-03-12", ok=1)
    done(town, "paper", "withdraw", CASE, "--number", FIRST, *WHY, "--day", "2026-03-16")
    told = done(town, *fix, *DAY)
    assert "已更正：台账第 4 条" in told and "起算" not in told.partition("送达日期")[0]
    assert (4, "已送达（文书已撤回）") in states(town, CASE)


def test_what_came_to_nothing_is_not_listed_as_done(town: Path) -> None:
    served(town)
    told = done(town, "service", "correct", CASE, "4", "日期=2026-03-14", *WHY, *DAY)
    assert "按原来的日期已经做了" not in told


def test_other_details_told_again_are_not_dropped(town: Path) -> None:
    by_hand = served(town)
    assert "登记过了" in done(town, *by_hand, *DAY)
    other = [word.replace("普文清", "段晓岚") for word in by_hand]
    said = done(town, *other, *DAY, ok=1)
    assert "[SERV005]" in said and "「承办人」记的是 普文清，这次说的是 段晓岚" in said


def test_who_is_called_otherwise_in_the_file_stays_in_the_list(town: Path) -> None:
    served(town)
    text = (town / CASE).read_text("utf-8")
    (town / CASE).write_text(text.replace(FATHER, "普振华"), "utf-8")
    rows = json.loads(run(town, "service", "list", CASE, "--json", *DAY).stdout)["services"]
    found = [(one["guardian"], one["state"]) for one in rows if one["seq"] == 4]
    assert found == [(FATHER, "已送达（案件文件里没有这个人）")]


def test_a_proof_tells_where_it_is_kept(town: Path) -> None:
    served(town)
    Image.new("RGB", (8, 8)).save(town / "回证.png")
    prove = ("service", "proof", CASE, "4", "--file", "送达回证=回证.png", *DAY)
    assert "补进台账第 4 条，证明记在第 5 条" in done(town, *prove)
    assert "没有再补" in done(town, *prove)
    seal = ("paper", "seal", CASE, "--number", FIRST, "--file", "回证.png")
    done(town, *seal)
    assert "盖章件（第 6 条）" in done(town, "paper", "list", CASE)


def test_a_letter_is_recorded_step_by_step_too(town: Path) -> None:
    done(town, "issue", FILE)
    asked = run(town, "service", "record", FILE, *DAY, answers="2\n直接\n1\n" + "\n" * 30)
    assert asked.exit_code == 0, asked.output
    assert f"送给 {ORGAN}" in asked.output
    assert "留置（" in asked.output and "公告（" not in asked.output, "an organ is not missing"
    assert "住在一起" not in asked.output, "nobody lives with an organ"
    assert [state for _, state in states(town, FILE)].count("已送达") == 1
