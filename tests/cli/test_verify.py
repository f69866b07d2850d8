"""``kcbx verify``: what somebody brings is compared with what left the house."""

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from kcbx_docs.ledger.book import open_book
from kcbx_docs.ledger.codes import SIGNS, new_code, read_code
from kcbx_docs.render.text import docx_paragraphs
from tests.cli.office import run
from tests.kinds.world import ABSENT, FATHER, MOTHER, case_text, workspace

CASE = "cases/案件.yaml"
ORDER = "责令限期改正通知书"
NUMBER = "青政责改〔2026〕1号"


@pytest.fixture(autouse=True)
def _word_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An order for each of two guardians as Word files."""
    folder = tmp_path_factory.mktemp("office")
    workspace(folder, text=case_text(ABSENT, guardians=(FATHER, MOTHER)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KCBX_NO_WEASYPRINT", "1")
        done = run(folder, "issue", CASE, "--doc", ORDER, "--as-of", "2026-03-12", "--json")
    for told, name in zip(json.loads(done.stdout), ("一.docx", "二.docx"), strict=True):
        shutil.copy(folder / told["files"][0]["file"], folder / name)
    return folder


def verified(folder: Path, what: str) -> tuple[int, str, str]:
    done = run(folder, "verify", what, "--json")
    (found,) = json.loads(done.stdout)["found"]
    return done.exit_code, found["verdict"], found["standing"]


def rewritten(folder: Path, old: str, new: str) -> str:
    """Save the first order again as Word does, with other words if they differ."""
    path = folder / "另存.docx"
    with zipfile.ZipFile(folder / "一.docx") as read, zipfile.ZipFile(path, "w") as write:
        for name in read.namelist():
            data = read.read(name)
            if name == "word/document.xml":
                data = data.replace(old.encode(), new.encode())
            write.writestr(name, data)
    return path.name


def test_a_file_is_what_was_issued_or_says_the_same_or_is_changed(issued: Path) -> None:
    assert verified(issued, "一.docx") == (0, "原样", "有效")
    assert verified(issued, rewritten(issued, FATHER, FATHER)) == (0, "同文不同字节", "有效")
    assert verified(issued, rewritten(issued, FATHER, "普正明")) == (1, "文字不同", "有效")
    done = run(issued, "verify", "另存.docx")
    assert "制发时是「华」，这里是「明」" in done.stdout and NUMBER in done.stdout


def test_what_is_not_ours_or_cannot_be_read(issued: Path) -> None:
    Image.new("1", (9, 9)).save(issued / "照片.png")
    assert verified(issued, "照片.png") == (1, "读不出文字", None)
    assert verified(issued, "青政责改〔2026〕77号") == (1, "不是本册", None)
    assert "[ISSU023]" in run(issued, "verify", "没有.pdf").output


def test_a_number_is_found_however_it_is_written_and_says_what_became_of_it(issued: Path) -> None:
    second = NUMBER.replace("1号", "2号")
    assert verified(issued, "青政责改[2026]第02号") == (0, "本册文号", "有效")
    for act, doc, word in (("void", "二.docx", "已作废"), ("withdraw", "一.docx", "已撤回")):
        number = second if act == "void" else NUMBER
        why = ("--reason", "普文清：期限写错", "--day", "2026-03-13")
        assert run(issued, "paper", act, CASE, "--number", number, *why).exit_code == 0
        assert verified(issued, doc) == (1, "原样", word)
        assert "期限写错" in run(issued, "verify", number).stdout


def test_a_paper_is_found_by_the_code_that_is_printed_on_it(issued: Path) -> None:
    words = ("issue", CASE, "--doc", "送达地址确认书", "--to", FATHER, "--as-of", "2026-03-12")
    (told,) = json.loads(run(issued, *words, "--json").stdout)
    path = issued / told["files"][0]["file"]
    printed = "".join(docx_paragraphs(path.read_bytes()))
    event = next(one for one in open_book(issued / "台账").events() if one.seq == told["id"])
    code = event.data["code"]
    assert f"核验码：{code}" in printed and len(code.replace("-", "")) == 21
    assert not set(code) & set("01IO") and code.startswith(open_book(issued / "台账").head().ledger)
    assert verified(issued, code.lower().replace("-", " ")) == (0, "本册核验码", "有效")
    assert verified(issued, new_code("AAAA-AAAA")) == (1, "不是本册", None)
    assert json.loads(run(issued, *words, "--json").stdout) == [told], "the first answer stands"
    assert not any(
        one.data["code"]
        for one in open_book(issued / "台账").events(kinds=("制发",))
        if one.seq != told["id"]
    )


def test_a_code_is_not_recorded_that_the_paper_does_not_show(issued: Path, tmp_path: Path) -> None:
    workspace(tmp_path, text=case_text(ABSENT))
    pack = tmp_path / "templates/pack.yaml"
    said = pack.read_text("utf-8")
    pack.write_text(said.replace("示例: 是", "示例: 是, 核验码: [order-to-correct]"), "utf-8")
    done = run(tmp_path, "issue", CASE, "--doc", ORDER, "--as-of", "2026-03-12")
    assert done.exit_code == 1 and "[ISSU046]" in done.output and "{% include" in done.output
    assert not (tmp_path / "台账").exists()


def test_a_code_that_was_copied_wrong_is_none() -> None:
    code = new_code("2345-6789")
    assert read_code(code) == code
    signs = code.replace("-", "")
    for at, sign in enumerate(signs):
        other = next(one for one in SIGNS if one != sign)
        assert read_code(signs[:at] + other + signs[at + 1 :]) == ""
        turned = signs[:at] + signs[at : at + 2][::-1] + signs[at + 2 :]
        assert turned == signs or read_code(turned) == ""
