"""What the law asks a paper to say is not frozen as a blank; what is written by hand may be open."""

import zipfile
from pathlib import Path
from typing import Any

import pytest

from kcbx_docs.ledger.book import open_book
from kcbx_docs.ledger.model import ISSUED
from tests.cli.office import run
from tests.kinds.world import OVERDUE, TOLD, case_text, workspace

pytestmark = pytest.mark.alike

CASE = "cases/案件.yaml"
WHY = ("--reason", "普文清：负责人批准当天手写日期")
FILED = (
    "- {日期: 2026-03-27, 事项: 立案, 文号: 青政罚立〔2026〕1号, 对象: 普正华, "
    "承办人: [普文清, 段晓岚]}\n"
)
NOTICE = (
    "- {日期: 2026-04-07, 事项: 事先告知, 对象: 普正华, 金额: 600, 告知听证: 是, "
    "承办人: [普文清, 段晓岚]}\n"
)
TALK = "- {日期: 2026-03-30, 事项: 询问, 对象: 普正华, 内容: 问答, 承办人: [普文清, 段晓岚]}\n"


@pytest.fixture(autouse=True)
def _word_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")


def issue(folder: Path, history: str, doc: str, day: str, *words: str) -> tuple[int, str]:
    if not (folder / CASE).exists():
        workspace(folder, text=case_text(history))
    (folder / CASE).write_text(case_text(history), "utf-8")
    done = run(folder, "issue", CASE, "--doc", doc, "--as-of", day, *words)
    return done.exit_code, done.output


def recorded(folder: Path) -> list[Any]:
    return [one.data for one in open_book(folder / "台账").events(kinds=(ISSUED,))]


def test_a_notice_without_its_amount_is_refused_whatever_the_reason(tmp_path: Path) -> None:
    for words in ((), WHY):
        code, said = issue(tmp_path, OVERDUE + FILED, "行政处罚事先告知书", "2026-04-07", *words)
        assert code == 1 and "[ISSU066]" in said and "拟罚款" in said
    assert not (tmp_path / "台账").exists()
    assert (
        issue(tmp_path, OVERDUE + FILED + NOTICE, "行政处罚事先告知书", "2026-04-07", *WHY)[0] == 0
    )
    assert recorded(tmp_path)[0]["event"]["金额"] == "600"


SPOT = "- {日期: 2026-03-27, 事项: 当场处罚, 对象: 普正华, 金额: 200, 承办人: [普文清, 段晓岚]}\n"


def test_a_fine_on_the_spot_without_its_amount_is_refused_whatever_the_reason(
    tmp_path: Path,
) -> None:
    """The place and the time may be written by hand where the fine is imposed; the fine not."""
    for words in ((), WHY):
        code, said = issue(tmp_path, OVERDUE, "当场行政处罚决定书", "2026-03-27", *words)
        assert code == 1 and "[ISSU066]" in said and "罚款大写" in said, said
    assert not (tmp_path / "台账").exists()
    code, said = issue(tmp_path, OVERDUE + SPOT, "当场行政处罚决定书", "2026-03-27", *WHY)
    assert code == 0, said
    (told,) = recorded(tmp_path)
    assert told["event"]["金额"] == "200" and "blanks" not in told


def test_a_form_without_its_day_needs_a_reason_and_the_ledger_says_what_was_open(
    tmp_path: Path,
) -> None:
    code, said = issue(tmp_path, OVERDUE, "立案审批表", "2026-03-27")
    assert code == 1 and "「立案日期」还空着：立案日期（《行政处罚法》第五十四条第二款" in said
    assert issue(tmp_path, OVERDUE, "立案审批表", "2026-03-27", *WHY)[0] == 0
    (told,) = recorded(tmp_path)
    assert "立案日期" in told["blanks"] and told["reason"] == WHY[1]


def test_once_it_is_recorded_no_reason_is_asked(tmp_path: Path) -> None:
    code, said = issue(tmp_path, OVERDUE + FILED, "立案审批表", "2026-03-27")
    assert (code, "ISSU06" in said) == (0, False)
    assert "blanks" not in recorded(tmp_path)[0]


@pytest.mark.parametrize(
    ("history", "doc", "day"),
    [
        (OVERDUE, "送达地址确认书", "2026-03-27"),
        (OVERDUE + FILED + TALK, "询问笔录", "2026-03-30"),
        (TOLD, "行政处罚审批表", "2026-04-16"),
        (OVERDUE, "劝返记录", "2026-03-27"),
        (OVERDUE, "核查记录", "2026-03-27"),
    ],
)
def test_what_is_signed_or_written_on_paper_may_be_open(
    tmp_path: Path, history: str, doc: str, day: str
) -> None:
    assert "[ISSU06" not in issue(tmp_path, history, doc, day)[1]
    assert len(recorded(tmp_path)) >= 1


def test_who_filled_it_in_his_own_version_is_not_asked(tmp_path: Path) -> None:
    history = OVERDUE + FILED
    workspace(tmp_path, text=case_text(history))
    words = ("--doc", "行政处罚事先告知书", "--draft", "--format", "docx", "--as-of", "2026-04-07")
    assert run(tmp_path, "render", CASE, *words).exit_code == 0
    (draft,) = (tmp_path / "output").rglob("450-*.docx")
    final = tmp_path / "定稿.docx"
    with zipfile.ZipFile(draft) as read, zipfile.ZipFile(final, "w") as write:
        for name in read.namelist():
            data = read.read(name)
            if name == "word/document.xml":
                data = data.replace("罚告〔2026〕".encode(), "罚告〔2026〕1号".encode(), 1)
                data = data.replace("处以罚款".encode(), "处以罚款六百元，即600".encode(), 1)
            write.writestr(name, data)
    words = ("--file", str(final), "--number", "青政罚告〔2026〕1号", *WHY)
    assert "ISSU066" not in issue(tmp_path, history, "行政处罚事先告知书", "2026-04-07", *words)[1]
