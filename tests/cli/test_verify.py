"""``kcbx verify``: what somebody brings is compared with what left the house."""

import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from docx import Document
from PIL import Image

from kcbx_docs.ledger.book import open_book
from kcbx_docs.ledger.codes import SIGNS, new_code, read_code
from kcbx_docs.render.text import docx_paragraphs
from tests.cli.office import run
from tests.kinds.world import ABSENT, FATHER, MOTHER, case_text, workspace
from tests.scans.degraded import dark, sheet, turned

pytestmark = pytest.mark.alike

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


def test_the_receipt_of_a_paper_bears_its_code_and_the_paper_itself_none(issued: Path) -> None:
    run(issued, "render", CASE, "--doc", "送达回证", "--format", "docx", "--as-of", "2026-03-12")
    codes = {
        one.data["guardian"]: one.data["code"]
        for one in open_book(issued / "台账").events(kinds=("制发",))
        if one.data["document"] == "order-to-correct"
    }
    assert len(set(codes.values())) == 2
    for name, order in ((FATHER, "一.docx"), (MOTHER, "二.docx")):
        (receipt,) = (issued / "output").rglob(f"*送达回证*{name}.docx")
        told = f"文书核验码：{codes[name]}"
        assert told in "".join(docx_paragraphs(receipt.read_bytes()))
        assert codes[name] not in (issued / order).read_bytes().decode("latin-1")
        assert codes[name] not in "".join(docx_paragraphs((issued / order).read_bytes()))
        with zipfile.ZipFile(receipt) as file:
            (picture,) = [one for one in file.namelist() if one.endswith(".png")]
            (issued / "回证.png").write_bytes(file.read(picture))
        done = run(issued, "verify", "回证.png", "--json")
        (found,) = json.loads(done.stdout)["found"]
        assert (found["guardian"], found["verdict"]) == (name, "本册核验码")


def test_what_is_not_ours_or_cannot_be_read(issued: Path) -> None:
    Image.new("1", (9, 9)).save(issued / "照片.png")
    assert verified(issued, "照片.png") == (1, "读不出文字", None)
    assert verified(issued, "青政责改〔2026〕77号") == (1, "不是本册", None)
    assert "照纸面写全" in run(issued, "verify", "青政责改2026-1").stderr, "not: another office's"
    assert "有 20 个字，应是 21 个" in run(issued, "verify", "89QW-VZMW-GA25-4SZ3-B9AA").stderr
    assert "[ISSU023]" in run(issued, "verify", "没有.pdf").output
    word = Document()
    word.add_paragraph("关于开展秋季检查的通知")
    word.save(str(issued / "别的.docx"))
    assert verified(issued, "别的.docx") == (1, "不是本册", None), (
        "and no photo that cannot be opened"
    )


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


@pytest.fixture(scope="module")
def coded(issued: Path) -> str:
    """Issue a paper that bears a code; return the code."""
    words = ("issue", CASE, "--doc", "送达地址确认书", "--to", FATHER, "--as-of", "2026-03-12")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KCBX_NO_WEASYPRINT", "1")
        (told,) = json.loads(run(issued, *words, "--json").stdout)
    shutil.copy(issued / told["files"][0]["file"], issued / "确认书.docx")
    events = open_book(issued / "台账").events()
    return str(next(one for one in events if one.seq == told["id"]).data["code"])


def photographed(folder: Path, *codes: str, name: str = "照片.jpg") -> str:
    """Take a picture of a page with codes, a little aslant and dark."""
    page = sheet({(25.0, 20.0 + 60 * at): code for at, code in enumerate(codes)}, dots=110)
    turned(dark(page, 0.5), 6).save(folder / name)
    return name


def test_the_code_of_a_scan_is_read_and_says_what_became_of_the_paper(
    issued: Path, coded: str
) -> None:
    photo = photographed(issued, coded)
    assert verified(issued, photo) == (0, "本册核验码", "有效")
    Image.open(issued / photo).save(issued / "扫描.tif")
    Image.open(issued / photo).save(issued / "扫描.pdf")
    assert verified(issued, "扫描.tif") == verified(issued, "扫描.pdf") == (0, "本册核验码", "有效")
    done = run(issued, "verify", photo)
    assert "《送达地址确认书》" in done.stdout and coded in done.stdout
    assert "码可以抄到别的纸上" in done.output


def test_two_codes_on_a_page_are_told_apart(issued: Path, coded: str) -> None:
    foreign = new_code("AAAA-AAAA")
    done = run(issued, "verify", photographed(issued, coded, foreign), "--json")
    found = [(one["code"], one["verdict"]) for one in json.loads(done.stdout)["found"]]
    assert found == [(coded, "本册核验码"), (foreign, "不是本册")] and done.exit_code == 1


def test_a_wrong_sign_is_told_as_such_and_what_others_print_says_nothing(
    issued: Path, coded: str
) -> None:
    wrong = ("A" if coded[0] != "A" else "B") + coded[1:]
    for what in (wrong, photographed(issued, wrong)):
        done = run(issued, "verify", what)
        assert done.exit_code == 1 and "不是本册" in done.stdout and "有一个字不对" in done.output
    hostile = photographed(issued, "HTTPS://PAY.EXAMPLE/9", name="付款码.png")
    assert verified(issued, hostile) == (1, "读不出文字", None)
    assert "PAY" not in run(issued, "verify", hostile).output


def test_a_code_that_was_copied_to_other_words_does_not_make_them_ours(
    issued: Path, coded: str
) -> None:
    with (
        zipfile.ZipFile(issued / "确认书.docx") as read,
        zipfile.ZipFile(issued / "仿.docx", "w") as write,
    ):
        for name in read.namelist():
            data = read.read(name)
            if name == "word/document.xml":
                text = re.sub(
                    r"(?<=>)[^<>]*[\u4e00-\u9fff][^<>]*(?=</w:t>)",
                    "请向这个账户缴款",
                    data.decode(),
                )
                data = text.encode()
            write.writestr(name, data)
    assert verified(issued, "仿.docx") == (1, "文字不同", "有效")


def test_without_the_reader_the_message_says_what_to_install(
    issued: Path, coded: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = photographed(issued, coded)
    monkeypatch.setattr("kcbx_docs.scans.codes.find_spec", lambda name: None)
    done = run(issued, "verify", photo)
    assert done.exit_code == 1 and "[SCAN010]" in done.output and "kcbx-docs[scan]" in done.output


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
