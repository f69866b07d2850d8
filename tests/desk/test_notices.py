"""发告知书 on pages: from a dropped roster to printed files, the same as the commands make."""

import io
import re
import shutil

import pytest
from openpyxl import load_workbook

from kcbx_docs.desk.screens import notices
from tests.cli.office import run
from tests.desk.conftest import OWN, SAMPLES, desk_at, let_in
from tests.desk.test_jobs import ended

ROSTER = (
    "班级,姓名,现住址,父亲姓名,父亲电话\n"
    "七年级1班,普云飞,白沙村1号,普大明,13800000101\n"
    "七年级1班,王小芳,白沙村2号,王国良,1380000010\n"
    "七年级2班,李喆,白沙村3号,李志远,13800000103\n"
    "七年级2班,,白沙村4号,周明,13800000104\n"
)
LATER = ROSTER + "七年级2班,周晓云,白沙村5号,周大明,13800000105\n"
CHOICES = {
    "name": "开学告知",
    "term": "2026年秋季学期",
    "school": "云岭县青石中学",
    "copies-liability-notice": "1",
    "copies-commitment": "2",
    "format": "docx",
}


@pytest.fixture
def desk(tmp_path):
    shutil.copy(SAMPLES / "kcbx.yaml", tmp_path)
    (tmp_path / "cases").mkdir()
    return desk_at(tmp_path)


@pytest.fixture(autouse=True)
def words_alone(monkeypatch) -> None:
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")


def drop(browser, address: str, text: str, **told: str):
    data = {**told, "files": (io.BytesIO(text.encode()), "名册.csv")}
    return browser.post(address, data=data, headers=OWN)


def text(answer) -> str:
    return answer.get_data(as_text=True)


def done(desk, answer) -> str:
    """Wait for the work that an answer leads to; return the address of its screen."""
    assert answer.status_code == 303, text(answer)
    job = ended(desk.jobs.named(answer.headers["Location"].rpartition("/")[2]))
    assert job.problems == (), job.problems
    return desk.screen_of(job.about)


def folder(desk, name: str = "开学告知") -> dict[str, bytes]:
    files = (desk.root / "output" / name).glob("*.docx")
    return {path.name: path.read_bytes() for path in files}


def printed(desk, browser) -> str:
    """Drop the roster and print it; return the address of its batch."""
    read = drop(browser, "/notices", ROSTER).headers["Location"]
    return done(desk, browser.post(read, data=CHOICES, headers=OWN))


def test_what_was_read_is_shown_with_every_cell(desk) -> None:
    browser = let_in(desk)
    read = drop(browser, "/notices", ROSTER).headers["Location"]
    page = text(browser.get(read))
    assert "可以印 3 名，暂缓 0 名，跳过 1 行" in page
    assert "名册.csv E3" in text(browser.get(f"{read}/doubts"))
    assert str(desk.root) not in page
    assert browser.get(f"{read}/marked").data[:2] == b"PK"
    assert [*(desk.root / "cases").iterdir()] == [], "to look writes nothing"


def test_many_doubts_are_shown_page_by_page(desk, monkeypatch) -> None:
    monkeypatch.setattr(notices, "PAGE", 1)
    browser = let_in(desk)
    read = drop(browser, "/notices", ROSTER).headers["Location"]
    assert "第 1 页，共 2 页" in text(browser.get(f"{read}/doubts"))
    assert browser.get(f"{read}/doubts?page=2").status_code == 200
    assert browser.get(f"{read}/doubts?page=3").status_code == 404


def test_the_files_are_those_of_the_command(desk) -> None:
    """The same text as ``kcbx new``, and the same bytes as ``kcbx render`` over the same ledger."""
    browser = let_in(desk)
    batch = printed(desk, browser)
    made = folder(desk)
    assert len(made) == 6
    path = desk.root / "cases/开学告知.yaml"
    page = text(browser.get(batch))
    assert "kcbx render cases/开学告知.yaml" in page
    ours = path.read_text("utf-8")
    path.unlink()
    roster = ("--名册", "cases/开学告知名册.csv", "--school", "云岭县青石中学")
    run(desk.root, "new", "批次", "--id", "开学告知", "--term", "2026年秋季学期", *roster, "--yes")
    assert path.read_text("utf-8") == ours
    shutil.rmtree(desk.root / "output/开学告知")
    asked = ("--format", "docx", "--as-of", desk.today().isoformat())
    assert run(desk.root, "render", str(path), *asked).exit_code == 0
    assert folder(desk) == made


def test_files_lie_by_class_and_are_handed_out(desk) -> None:
    browser = let_in(desk)
    batch = printed(desk, browser)
    page = text(browser.get(batch))
    rows = re.findall(r'<td data-label="班级">(.*?)</td>', page)
    assert rows == ["发印单、名单", "七年级1班", "七年级2班"]
    (link,) = re.findall(r'href="([^"]*)">01-七年级1班-1[^<]*<', page)
    with browser.get(link) as handed:
        assert handed.data[:2] == b"PK"
    assert "读到 4 行" in page, "what was told of the run stands there"


def test_who_came_later_is_printed_alone(desk) -> None:
    browser = let_in(desk)
    batch = printed(desk, browser)
    before = folder(desk)
    page = text(drop(browser, f"{batch}/roster", LATER, format="docx"))
    assert "少了 0 名，多了 1 名" in page
    assert "周晓云" in page
    assert done(desk, replaced(browser, batch, page)) == batch
    assert [name for name in folder(desk) if "补印" in name and "-1" in name]
    assert before.items() <= folder(desk).items()
    old = desk.root / "cases/旧名册/开学告知名册-1.csv"
    assert old.read_text("utf-8") == ROSTER, "the roster before is kept"


def replaced(browser, batch: str, page: str, then: str = "print"):
    """Press a button of the page that compares two rosters."""
    fields = dict(re.findall(r'name="(files-kept|seen|format)" value="([^"]*)"', page))
    return browser.post(f"{batch}/roster", data={**fields, "then": then}, headers=OWN)


FEWER = "\n".join(line for line in ROSTER.splitlines() if "七年级1班" not in line) + "\n"


def test_a_roster_that_lost_a_class_is_seen_first_and_put_back_if_nobody_is_new(desk) -> None:
    browser = let_in(desk)
    batch = printed(desk, browser)
    lying = desk.root / "cases/开学告知名册.csv"
    page = text(drop(browser, f"{batch}/roster", FEWER, format="docx"))
    assert "少了 2 名，多了 0 名" in page
    assert "七年级1班 普云飞" in page
    assert "第3行" in page, "the row that is passed over or held back is named"
    assert lying.read_text("utf-8") == ROSTER
    answer = replaced(browser, batch, page)
    job = ended(desk.jobs.named(answer.headers["Location"].rpartition("/")[2]))
    assert "BTCH052" in [one.code for one in job.problems]
    assert lying.read_text("utf-8") == ROSTER
    assert not [*(desk.root / "cases/旧名册").glob("*")]
    page = text(drop(browser, f"{batch}/roster", FEWER, format="docx"))
    assert replaced(browser, batch, page, "alone").headers["Location"] == batch
    assert lying.read_text("utf-8") == FEWER
    assert replaced(browser, batch, page).status_code == 422, "what was dropped is used once"


def test_a_paper_that_was_lost_is_given_again_in_two_steps(desk) -> None:
    browser = let_in(desk)
    batch = printed(desk, browser)
    lost = {"who": "李喆", "reason": "一套丢失", "format": "docx"}
    asked = browser.post(f"{batch}/again", data=lost, headers=OWN)
    assert "--only 李喆 --again --reason 一套丢失 --format docx" in text(asked)
    assert len(folder(desk)) == 6, "one click makes nothing void"
    form = re.findall('name="form" value="([^"]+)"', text(asked))[0]
    nameless = browser.post(f"{batch}/again", data={**lost, "sure": "1"}, headers=OWN)
    assert nameless.status_code == 200, "what no page sent is asked again"
    sure = {**lost, "sure": "1", "form": form}
    done(desk, browser.post(f"{batch}/again", data=sure, headers=OWN))
    assert "旧编号作废（一套丢失）" in text(browser.get(batch))


def test_a_run_on_trial_writes_the_list_that_is_printed_by(desk) -> None:
    browser = let_in(desk)
    batch = printed(desk, browser)
    shutil.rmtree(desk.root / "output/开学告知")
    done(desk, browser.post(f"{batch}/print", data={"how": "dry", "format": "docx"}, headers=OWN))
    page = text(browser.get(batch))
    assert "试算，没有印" in page
    assert folder(desk) == {}
    (link,) = re.findall(r'href="([^"]*)">勾选名单', page)
    with browser.get(link) as handed:
        book = load_workbook(io.BytesIO(handed.data))
    cells = {cell.value: cell for row in book.active.iter_rows() for cell in row}
    for head, value in (("印不印", "暂缓"), ("理由", "家长改日来领")):
        book.active.cell(cells["李喆"].row, cells[head].column).value = value
    out = io.BytesIO()
    book.save(out)
    data = {"files": (io.BytesIO(out.getvalue()), "改好的.xlsx"), "format": "docx"}
    done(desk, browser.post(f"{batch}/list", data=data, headers=OWN))
    assert "改好的.xlsx" in text(browser.get(batch)), "what is told names the list as it came"
    assert {name[:2] for name in folder(desk)} == {"00", "01"}, "his class has nobody else"


def test_a_roster_without_pupils_leaves_nothing(desk) -> None:
    browser = let_in(desk)
    refused = drop(browser, "/notices", "标题\n\n")
    read = browser.get(refused.headers["Location"])
    assert "第二步" not in text(read)
    batch = printed(desk, browser)
    before = (desk.root / "cases/开学告知名册.csv").read_bytes()
    assert drop(browser, f"{batch}/roster", "标题\n\n").status_code == 422
    assert (desk.root / "cases/开学告知名册.csv").read_bytes() == before


def test_a_column_that_is_not_known_and_a_class_may_be_said(desk) -> None:
    browser = let_in(desk)
    read = drop(browser, "/notices", "孩子,家住\n普云飞,白沙村1号\n").headers["Location"]
    assert "在这里说" in text(browser.get(read))
    said = {"column": "孩子", "label": "七年级1班"}
    assert "可以印 1 名" in text(browser.get(read, query_string=said))
    done(desk, browser.post(read, data={**CHOICES, **said}, headers=OWN))
    assert any(name.startswith("01-七年级1班") for name in folder(desk))


def test_wrong_choices_are_told_and_write_nothing(desk) -> None:
    browser = let_in(desk)
    read = drop(browser, "/notices", ROSTER).headers["Location"]
    none = {"copies-liability-notice": "0", "copies-commitment": "0"}
    for wrong, code in (({"name": "../开学"}, ""), (none, "DESK082"), ({"format": []}, "DESK081")):
        answer = browser.post(read, data={**CHOICES, **wrong}, headers=OWN)
        assert answer.status_code == 422
        assert "没有照办" in text(answer)
        assert code in text(answer)
        assert ".yaml" not in text(answer).partition("等于命令")[0], "no file is there yet"
    assert "没有选文件" in text(browser.post("/notices", data={}, headers=OWN))
    assert [*(desk.root / "cases").iterdir()] == []
