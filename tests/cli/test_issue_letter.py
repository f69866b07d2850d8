"""An official letter leaves the house like any paper: numbered, frozen, sealed, registered."""

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from kcbx_docs.case.letter import SAMPLE_TEXT
from tests.cli.office import run
from tests.kinds.world import ABSENT, BUREAU, FATHER, case_text, workspace

pytestmark = pytest.mark.alike

LETTER = f"""\
公文: 函
编号: 协查函
承办机关: {BUREAU}
标题: {BUREAU}关于商请协助查找外出儿童的函
主送: [临江市城东区教育局, 临江市公安局城东分局]
正文: 现商请协助查找。
成文日期: 2026-03-10
"""
NOTICE = LETTER.replace("公文: 函", "公文: 通知").replace("协查函", "通知")
FILE, NUMBER = "cases/协查函.yaml", "云教体函〔2026〕1号"


@pytest.fixture
def bureau(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")
    workspace(tmp_path, text=case_text(ABSENT))
    (tmp_path / FILE).write_text(LETTER, "utf-8")
    return tmp_path


def issued(folder: Path, *words: str, file: str = FILE) -> dict[str, Any]:
    done = run(folder, "issue", file, *words, "--json")
    assert done.exit_code == 0, done.output
    (told,) = json.loads(done.stdout)
    return told


def refused(folder: Path, *words: str) -> str:
    done = run(folder, "issue", FILE, *words)
    assert done.exit_code == 1
    return done.stderr


def test_it_takes_the_next_number_and_stays_as_it_was_issued(bureau: Path) -> None:
    told = issued(bureau)
    assert (told["number"], told["day"]) == (NUMBER, "2026-03-10")
    file = bureau / told["files"][0]["file"]
    data = file.read_bytes()
    assert hashlib.sha256(data).hexdigest() == told["files"][0]["sha256"]
    assert issued(bureau)["id"] == told["id"], "asked again it answers with the first"
    (bureau / FILE).write_text(LETTER.replace("现商请", "请"), "utf-8")
    done = run(bureau, "render", FILE)
    assert (done.exit_code, file.read_bytes()) == (0, data)
    assert "[ISSU063]" in done.stderr and "「正文」" in done.stderr


def test_a_file_that_was_changed_since_its_issue_is_told_by_the_check(bureau: Path) -> None:
    assert run(bureau, "check", FILE).exit_code == 0, "nothing was issued"
    issued(bureau)
    assert run(bureau, "check", FILE).output.count("ISSU06") == 0, "nothing was changed"
    changed = LETTER.replace("现商请", "请").replace("2026-03-10", "2026-03-12")
    (bureau / FILE).write_text(changed, "utf-8")
    done = run(bureau, "check", FILE)
    assert done.exit_code == 1 and "[ISSU063]" in done.output and "[ISSU064]" in done.output


def test_the_file_and_the_ledger_must_agree_on_number_and_day(bureau: Path) -> None:
    issued(bureau)
    typed = LETTER + "发文字号: 云教体函〔2026〕7号\n"
    (bureau / FILE).write_text(typed, "utf-8")
    assert "[ISSU064]" in run(bureau, "render", FILE).stderr
    (bureau / FILE).write_text(typed.replace("〔2026〕7号", "〔2026〕1号"), "utf-8")
    assert run(bureau, "render", FILE, "--format", "docx").stderr == ""


def test_a_number_that_the_office_gave_is_kept_and_passed_over(bureau: Path) -> None:
    (bureau / FILE).write_text(LETTER + "发文字号: 云教体函〔2026〕1号\n", "utf-8")
    assert "[ISSU061]" in refused(bureau, "--number", "云教体函〔2026〕2号")
    assert issued(bureau)["number"] == NUMBER
    (bureau / "cases/另函.yaml").write_text(LETTER.replace("编号: 协查函", "编号: 另函"), "utf-8")
    assert issued(bureau, file="cases/另函.yaml")["number"] == "云教体函〔2026〕2号"
    (bureau / "cases/通知.yaml").write_text(NOTICE, "utf-8")
    assert issued(bureau, file="cases/通知.yaml")["number"] == "云教体发〔2026〕1号"


def test_whom_and_what_a_letter_is_its_file_says(bureau: Path) -> None:
    assert "[ISSU060]" in refused(bureau, "--to", FATHER)
    assert "[ISSU062]" in refused(bureau, "--doc", "通知")
    assert "[ISSU006]" in run(bureau, "issue", FILE, "--as-of", "2099-01-01").stderr
    assert issued(bureau, "--doc", "函")["number"] == NUMBER
    done = run(bureau, "issue", "cases/案件.yaml")
    assert done.exit_code == 2 and "--doc" in done.stderr


@pytest.mark.parametrize("text", [SAMPLE_TEXT, "现商请协助查找。\n1.分条写的内容。"])
def test_the_words_of_a_new_file_are_told_and_never_issued(bureau: Path, text: str) -> None:
    body = "".join(f"\n  {line}" for line in text.splitlines())
    (bureau / FILE).write_text(LETTER.replace(" 现商请协助查找。", f" |{body}"), "utf-8")
    checked = run(bureau, "check", FILE)
    assert (checked.exit_code, "[WORK013] 提醒：" in checked.output) == (0, True)
    assert "[WORK013]" in run(bureau, "render", FILE, "--draft").output
    assert "[ISSU082]" in refused(bureau)
    assert "还没有" in run(bureau, "number", "list").output
    (bureau / FILE).write_text(LETTER, "utf-8")
    assert issued(bureau)["number"] == NUMBER, "no number was used up"


def test_sealed_withdrawn_and_made_anew(bureau: Path) -> None:
    issued(bureau)
    Image.new("RGB", (40, 60), "white").save(bureau / "盖章件.png")
    about = ("--number", NUMBER)
    assert run(bureau, "paper", "seal", FILE, *about, "--file", "盖章件.png").exit_code == 0
    assert "盖章件原样" in run(bureau, "verify", "盖章件.png").stdout
    assert "本册文号，有效" in run(bureau, "verify", NUMBER).stdout
    why = ("--reason", "普文清：主送写错")
    assert run(bureau, "paper", "void", FILE, *about, *why).exit_code == 0
    assert "已作废" in run(bureau, "verify", NUMBER).stdout
    assert issued(bureau)["number"] == "云教体函〔2026〕2号"


def test_the_registers_list_it_and_no_case_is_made_of_it(bureau: Path) -> None:
    issued(bureau, "--signed-by", "方志远")
    out = ("--format", "csv", "--json")
    done = run(bureau, "ledger", "export", "文号登记簿", "案件台账", *out)
    assert done.exit_code == 0, done.output
    paths = map(Path, json.loads(done.stdout)["files"])
    numbers, cases = ((bureau / path).read_text("utf-8-sig") for path in paths)
    row = next(csv.DictReader(numbers.splitlines()))
    assert row["文号"].strip() == NUMBER and row["签发人"] == "方志远"
    assert row["受送达人、主送"] == "临江市城东区教育局、临江市公安局城东分局"
    assert "协查函" not in cases
