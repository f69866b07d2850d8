"""核对 and 备份 on pages: the same verdicts as the commands, nothing written but what was asked."""

import io
import json
import shutil
import zipfile

import pytest
from openpyxl import load_workbook

from kcbx_docs.desk.screens import looking_up
from kcbx_docs.problems import Place, stop
from tests.cli.office import run
from tests.desk.conftest import DAY, OWN, SAMPLES, desk_at, let_in, words
from tests.desk.test_jobs import wait

NUMBER = "青政责改〔2026〕1号"


@pytest.fixture(scope="module")
def issued(tmp_path_factory):
    """An office that has issued an order, and its Word file."""
    root = tmp_path_factory.mktemp("issued")
    (root / "cases").mkdir()
    for name in ("kcbx.yaml", "cases/到责令.yaml"):
        shutil.copy(SAMPLES / name, root / name)
    order = ("issue", "cases/到责令.yaml", "--doc", "order-to-correct", "--to", "李桂仙")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KCBX_NO_WEASYPRINT", "1")
        done = run(root, *order, "--signed-by", "普文清", "--as-of", str(DAY), "--json")
    assert done.exit_code == 0, done.stderr
    return root


@pytest.fixture(scope="module")
def browser(issued):
    return let_in(desk_at(issued))


@pytest.fixture(scope="module")
def paper(issued):
    return next(one for one in (issued / "output").rglob("*.docx") if "回证" not in one.name)


def send(browser, address, **told):
    return browser.post(address, data=told, headers=OWN, content_type="multipart/form-data")


def number_on(issued) -> str:
    told = json.loads(run(issued, "ledger", "export", "文号登记簿", "--json").stdout)
    sheet = load_workbook(told["files"][0]).worksheets[0]
    rows = [*sheet.values]
    return str(rows[1][rows[0].index("文号")])


def test_a_number_a_code_and_a_file_are_what_the_command_says(issued, browser, paper) -> None:
    number = number_on(issued)
    code = json.loads(run(issued, "verify", number, "--json").stdout)
    assert code["ok"]
    for what in (number, "青政责改〔2026〕99号", "AAAA-BBBB-CCCC", str(paper)):
        said = [*filter(None, run(issued, "verify", what).output.splitlines())]
        if what == str(paper):
            data = {"files": (io.BytesIO(paper.read_bytes()), "带回来的.docx")}
        else:
            data = {"what": what}
        answer = send(browser, "/lists/verify", **data)
        assert answer.status_code == 200
        lost = [line for line in said if words(line) not in words(answer.text)]
        assert lost == [], what
        sound = run(issued, "verify", what).exit_code == 0
        assert ("可以照用" in answer.text) == sound
    assert not [*(issued / "output").glob(".desk-*/*.docx")]


@pytest.mark.parametrize(
    ("name", "data"), [("图.jpg", b"<html>"), ("纸.docx", b"PK\x03\x04"), ("x.exe", b"MZ")]
)
def test_what_is_no_paper_is_refused_with_its_name(browser, name, data) -> None:
    answer = send(browser, "/lists/verify", files=(io.BytesIO(data), name))
    assert answer.status_code == 422
    assert name in answer.text


def test_a_list_that_was_changed_by_hand_is_laid_beside_the_cases(
    issued, browser, tmp_path
) -> None:
    file = tmp_path / "改过.xlsx"
    run(issued, "register", "辍学台账", "--out", str(file), "--as-of", str(DAY))
    same = send(browser, "/lists/check", files=(io.BytesIO(file.read_bytes()), "辍学台账.xlsx"))
    assert "没有不同" in same.text
    book = load_workbook(file)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("原因") + 1).value = "家里有事"
    book.save(file)
    before = {path: path.read_bytes() for path in (issued / "cases").iterdir()}
    answer = send(browser, "/lists/check", files=(io.BytesIO(file.read_bytes()), "辍学台账.xlsx"))
    told = json.loads(run(issued, "register", "check", str(file), "--json").stdout)
    assert not told["ok"]
    assert told["problems"]
    for one in told["problems"]:
        assert words(one["message"]) in words(answer.text)
    assert "没有不同" not in answer.text
    assert {path: path.read_bytes() for path in (issued / "cases").iterdir()} == before


def test_the_ledger_is_told_whole_and_backed_up_once_it_is_asked(issued, tmp_path) -> None:
    desk = desk_at(issued)
    browser = let_in(desk)
    head = json.loads(run(issued, "ledger", "head", "--json").stdout)
    text = browser.get("/lists/ledger").text
    assert "完好" in text
    assert "没有记过备份" in text
    assert head["hash"] in text
    assert head["spoken"] in text
    begun = send(browser, "/lists/ledger/backup", folder=str(tmp_path / "U盘"))
    assert begun.status_code == 303
    job = desk.jobs.named(begun.location.rpartition("/")[2])
    wait(lambda: job.over)
    assert job.state == "做完了", job.problems
    (made,) = (tmp_path / "U盘").iterdir()
    assert zipfile.is_zipfile(made)
    after = browser.get("/lists/ledger").text
    assert made.name in after
    assert "没有记过备份" not in after
    assert str(tmp_path) not in after
    whole = send(browser, "/lists/ledger/verify")
    assert "每个字节都重读过" in whole.text


def test_an_office_without_a_ledger_is_told_what_to_do(desk) -> None:
    answer = let_in(desk).get("/lists/ledger")
    assert answer.status_code == 422
    assert "LEDG001" in answer.text


@pytest.mark.parametrize(
    ("address", "reader", "name"),
    [("/lists/verify", "of_file", "责令.docx"), ("/lists/check", "compared_list", "台账.csv")],
)
def test_what_was_refused_does_not_lie_about(
    issued, paper, monkeypatch, address: str, reader: str, name: str
) -> None:
    def refuse(*_, **__):
        raise stop("LIST008", Place(name))

    desk = desk_at(issued)
    monkeypatch.setattr(looking_up, reader, refuse)
    data = paper.read_bytes() if name.endswith("docx") else "姓名,班级\n".encode()
    answer = send(let_in(desk), address, files=(io.BytesIO(data), name))
    assert answer.status_code == 422
    assert desk.waiting._kept == {}
