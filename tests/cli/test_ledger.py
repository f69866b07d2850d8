"""``kcbx ledger`` as it is typed: what it prints, and how it ends."""

import json
import shutil

import pytest

from kcbx_docs.ledger.book import BLOBS, FILE, FOLDER
from kcbx_docs.ledger.model import Series
from tests.cli.office import run
from tests.ledger.test_verify import blob_of
from tests.ledger.world import CLERK, SERIES, issue, new_book

OFFICE = "云岭县青石镇人民政府"
"""Of the sample workspace."""


@pytest.fixture
def book(office):
    """Issue two papers in the sample workspace."""
    made = new_book(office)
    issue(made, data=b"one"), issue(made, data=b"two")
    return made


def test_a_sound_ledger(office, book):
    done = run(office, "ledger", "verify")
    assert (done.exit_code, done.stdout) == (
        0,
        f"完好。台账 {book.head().ledger}，3 条，2 个文件。\n",
    )
    quick = run(office, "ledger", "verify", "--quick").stdout
    assert "没有重读 2 个文件的内容" in quick


def test_the_head_tells_of_the_last_backup(office, book, tmp_path):
    before = json.loads(run(office, "ledger", "head", "--json").stdout)
    assert before["backup"] is None and "上次备份" not in run(office, "ledger", "head").stdout
    assert run(office, "ledger", "backup", str(tmp_path / "U盘")).exit_code == 0
    told = json.loads(run(office, "ledger", "head", "--json").stdout)
    assert (told["backup"]["count"], told["backup"]["ledger"]) == (3, told["ledger"])
    assert f"上次备份 {told['backup']['day']}，3 条" in run(office, "ledger", "head").stdout


def test_the_head_on_paper_is_compared(office, book):
    told = json.loads(run(office, "ledger", "head", "--json").stdout)
    assert (told["count"], told["hash"]) == (3, book.head().hash)
    printed = run(office, "ledger", "head").stdout
    assert told["ledger"] in printed and told["spoken"] in printed
    on_paper = f"{told['ledger']} 3 {told['hash'][:12]}"
    assert run(office, "ledger", "verify", "--against", on_paper).exit_code == 0
    wrong = run(office, "ledger", "verify", "--against", f"{told['ledger']} 3 000000000000")
    assert wrong.exit_code == 1 and "被改：[LEDG040]" in wrong.stdout


def test_lost_evidence_is_named_and_work_goes_on(office, book):
    blob_of(book, b"one").unlink()
    told = json.loads(run(office, "ledger", "verify", "--json").stdout)
    assert not told["ok"] and told["verdicts"] == ["缺失"]
    assert told["flaws"][0]["event"] == 2
    words = ("ledger", "continue", "--reason", "照片丢了")
    assert "[LEDG029]" in run(office, *words).output
    assert "已另起：第 4 条" in run(office, *words, "--highest", "青政〔2026〕2号").stdout
    after = run(office, "ledger", "verify")
    assert after.exit_code == 0 and "续册时已记明" in after.stdout and "完好" in after.stdout


def test_a_backup_comes_back(office, book):
    made = json.loads(run(office, "ledger", "backup", "U盘", "--json").stdout)
    issue(book)
    shutil.rmtree(office / FOLDER / BLOBS)
    assert run(office, "ledger", "verify").exit_code == 1
    path = office / made["path"]
    words = ("ledger", "restore", str(path), "--reason", "误删")
    unknown = run(office, *words, "--highest", "黄政〔2026〕2号")
    assert "[LEDG028]" in unknown.output and "青政〔2026〕" in unknown.output
    assert "已恢复：第 4 条" in run(office, *words, "--highest", "青政〔2026〕3号").stdout
    assert run(office, "ledger", "verify").exit_code == 0


def test_the_backup_of_another_office_is_not_taken_for_ones_own(office, book):
    made = json.loads(run(office, "ledger", "backup", "U盘", "--json").stdout)
    words = ("ledger", "restore", str(office / made["path"]), "--reason", "换电脑")
    settings, other = office / "kcbx.yaml", "云岭县湖滨街道办事处"
    settings.write_text(settings.read_text("utf-8").replace(OFFICE, other), "utf-8")
    asked = run(office, *words, "--highest", "青政〔2026〕2号", "--yes").output
    assert "[LEDG097]" in asked and OFFICE in asked and other in asked
    renamed = run(office, *words, "--highest", "青政〔2026〕2号", "--other-office")
    assert "已恢复" in renamed.stdout, "an office may have got another name"


def test_a_sound_ledger_is_not_given_up_by_mistake_and_its_numbers_are_known(office, book):
    made = json.loads(run(office, "ledger", "backup", "U盘", "--json").stdout)
    words = ("ledger", "restore", str(office / made["path"]), "--reason", "试试")
    with_number = (*words, "--highest", "青政〔2026〕2号")
    assert "已恢复" in run(office, *with_number).stdout, "nothing is lost by it"
    issue(new_book(office))
    asked = run(office, *with_number)
    assert "[LEDG092]" in asked.output and "2 条登记是这份备份里没有的" in asked.output
    assert "[LEDG091]" in run(office, *with_number, "--yes").output, "number 3 went out"
    assert "已恢复" in run(office, *words, "--highest", "青政〔2026〕3号", "--yes").stdout
    with new_book(office).writing(CLERK) as pen:
        assert pen.next_serial(SERIES) == 4


def test_destruction_needs_the_order(office, book):
    words = ("ledger", "erase", "2", "--reason", "当事人申请")
    ordered = (*words, "--order", "青政办〔2026〕3号", "--yes")
    assert run(office, *words).exit_code == 2
    assert "[LEDG053]" in run(office, *words, "--order", "无", "--yes").output
    asked = run(office, *ordered[:-1])
    assert asked.exit_code == 1 and "[LEDG054]" in asked.output
    assert "第 2 条制发" in asked.output and "责令.pdf" in asked.output
    assert run(office, "ledger", "verify").exit_code == 0, "nothing is destroyed unseen"
    assert "[LEDG051]" in run(office, *ordered, "--file", "别的.jpg").output
    assert "已销毁 1 个文件（第 4 条）" in run(office, *ordered, "--file", "责令.pdf").stdout
    assert "依令销毁的文件 1 个" in run(office, "ledger", "verify").stdout
    assert "以前登记过" in run(office, *ordered).stdout
    assert "[LEDG051]" in run(office, *ordered[:2], "1", *ordered[3:]).output


def test_a_moved_workspace_is_asked_about(office, book, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "工作目录"
    assert "位置没有变" in run(office, "ledger", "moved").stdout
    shutil.copytree(office, elsewhere)
    assert "[LEDG013]" in run(elsewhere, "ledger", "moved").output
    assert "已另起（第 4 条）" in run(elsewhere, "ledger", "copied", "--reason", "学校另用").stdout


def test_without_a_ledger_it_says_how_one_begins(office):
    assert "[LEDG001]" in run(office, "ledger", "head").output
    assert "1 条" in run(office, "ledger", "create").stdout
    assert "[LEDG018]" in run(office, "ledger", "allow", "clerk").output


def test_of_a_ledger_that_cannot_be_read_the_numbers_are_asked(office, book):
    (office / FOLDER / FILE).write_bytes(b"\0" * 5000)
    words = ("ledger", "continue", "--reason", "磁盘坏了")
    assert "[LEDG006]" in run(office, "ledger", "verify").output
    assert "[LEDG052]" in run(office, *words).output
    assert "[LEDG028]" in run(office, *words, "--highest", "二号").output
    assert "已另起：第 1 条" in run(office, *words, "--highest", "青政〔2026〕9号").stdout
    with new_book(office).writing(CLERK) as pen:
        assert pen.next_serial(Series(OFFICE, "青政", 2026)) == 10


def test_of_a_ledger_that_was_cut_off_what_is_left_tells_the_numbers(office, book):
    for _ in range(30):
        issue(book)
    file = office / FOLDER / FILE
    file.write_bytes(file.read_bytes()[:-8192])
    words = ("ledger", "continue", "--reason", "断电")
    assert "[LEDG029]" in run(office, *words).output
    assert "已另起" in run(office, *words, "--highest", "青政〔2026〕32号").stdout
