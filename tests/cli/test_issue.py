"""A clerk issues papers: numbered in order, frozen, known to everything else."""

import hashlib
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kcbx_docs.case.files import LoadedCase
from kcbx_docs.ledger.model import ISSUED
from kcbx_docs.office.book import book_of
from kcbx_docs.office.opened import open_office
from kcbx_docs.render.text import docx_paragraphs
from tests.cli.office import run, tree
from tests.kinds.world import ABSENT, FATHER, MOTHER, OFFICE, OVERDUE, case_text, workspace

pytestmark = pytest.mark.alike

ORDER = "order-to-correct"
DAY = ("--as-of", "2026-03-12")
CASE = "cases/案件.yaml"


@pytest.fixture(autouse=True)
def _word_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most of what is shown here needs no PDF."""
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Return an office with a case of two guardians that is ready for the order."""
    workspace(tmp_path, text=case_text(ABSENT, guardians=(FATHER, MOTHER)))
    return tmp_path


def issued(town: Path, *words: str, doc: str = ORDER) -> list[dict[str, Any]]:
    """Issue a paper, and return what is said of it."""
    done = run(town, "issue", CASE, "--doc", doc, *words, "--json")
    assert done.exit_code == 0, done.output
    told: list[dict[str, Any]] = json.loads(done.stdout)
    return told


def refused(town: Path, *words: str, doc: str = ORDER) -> str:
    """Return why a paper is not issued; nothing is recorded then."""
    done = run(town, "issue", CASE, "--doc", doc, *words)
    assert done.exit_code == 1
    return done.stderr


def numbers(told: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(one["guardian"], one["number"]) for one in told]


def test_each_guardian_gets_the_next_number_and_the_first_answer_stands(town: Path) -> None:
    told = issued(town, *DAY)
    assert numbers(told) == [(FATHER, "青政责改〔2026〕1号"), (MOTHER, "青政责改〔2026〕2号")]
    assert numbers(issued(town, "--to", MOTHER, *DAY)) == [(MOTHER, "青政责改〔2026〕2号")]
    assert issued(town, "--as-of", "2026-03-20") == told
    office = open_office(town)
    book = book_of(office.root, office.workspace)
    assert len(book.events(kinds=(ISSUED,))) == 2


def test_the_receipt_to_be_signed_bears_the_number(town: Path) -> None:
    done = run(town, "issue", CASE, "--doc", ORDER, "--to", MOTHER, *DAY)
    (shown,) = [line.strip() for line in done.stdout.splitlines() if "送达回证-" in line]
    text = "".join(docx_paragraphs((town / shown).read_bytes()))
    assert MOTHER in text and FATHER not in text and "青政责改〔2026〕1号" in text


def test_render_shows_the_bytes_that_were_issued(town: Path) -> None:
    (told, *_) = issued(town, *DAY)
    (file,) = told["files"]
    data = (town / file["file"]).read_bytes()
    assert hashlib.sha256(data).hexdigest() == file["sha256"]
    text = (town / CASE).read_text("utf-8")
    (town / CASE).write_text(text.replace("白沙村15号", "白沙村99号"), "utf-8")
    run(town, "render", CASE, "--as-of", "2026-03-30")
    assert (town / file["file"]).read_bytes() == data


def test_the_record_follows(town: Path) -> None:
    issued(town, "--to", FATHER, *DAY)
    told = run(town, "next", CASE, "--as-of", "2026-03-12").stdout
    assert told.count("责令待送达") == 1 and f"{FATHER}（父亲）：责令待送达" in told
    run(town, "render", CASE, "--doc", "送达回证", "--as-of", "2026-03-12")
    (receipt,) = (town / "output").rglob("*送达回证*普正华.docx")
    assert "青政责改〔2026〕1号" in "".join(docx_paragraphs(receipt.read_bytes()))


def test_everything_follows_what_was_issued_and_served(town: Path) -> None:
    """Nothing of the order is written in the case file: the ledger alone tells of it."""
    issued(town, "--to", FATHER, *DAY)
    served = ("--doc", ORDER, "--to", FATHER, "--method", "直接", "--day", "2026-03-13")
    assert run(town, "service", "record", CASE, *served).exit_code == 0
    today = ("--as-of", "2026-03-14")
    assert "2026-03-23" in run(town, "deadlines", "cases", *today).stdout
    assert "责令期内" in run(town, "status", "cases", *today).stdout
    assert run(town, "check", CASE).exit_code == 0
    assert run(town, "render", CASE, "--doc", "证据目录", *today).exit_code == 0
    (listed,) = (town / "output").rglob("*证据目录*.docx")
    assert "责令" in "".join(docx_paragraphs(listed.read_bytes()))
    after = ("render", CASE, "--doc", "核查记录", "--as-of", "2026-03-26")
    text = (town / CASE).read_text("utf-8")
    check = "  - {日期: 2026-03-25, 事项: 核查, 结果: 未返校, 承办人: [普文清, 段晓岚]}\n"
    (town / CASE).write_text(text + check, "utf-8")
    assert run(town, *after).exit_code == 0
    (record,) = (town / "output").rglob("*核查记录*.docx")
    words = "".join(docx_paragraphs(record.read_bytes()))
    assert "青政责改〔2026〕1号，2026年3月13日送达，2026年3月23日届满" in words


def test_what_the_law_forbids_takes_no_number(town: Path) -> None:
    said = refused(town, *DAY, doc="penalty-decision")
    assert "[PROC" in said and "法》第" in said
    assert not (town / "output").exists()
    assert numbers(issued(town, "--to", FATHER, *DAY)) == [(FATHER, "青政责改〔2026〕1号")]


def test_another_needs_a_reason_and_is_counted_on(town: Path) -> None:
    issued(town, "--to", FATHER, *DAY)
    assert "[ISSU004]" in refused(town, "--to", FATHER, *DAY, "--again")
    why = ("--reason", "普文清：住址写错，重新制发")
    again = issued(town, "--to", FATHER, *DAY, "--again", *why)
    assert numbers(again) == [(FATHER, "青政责改〔2026〕2号")]
    assert issued(town, "--to", FATHER, *DAY, "--again", *why) == again
    office = open_office(town)
    first, second = book_of(office.root, office.workspace).events(kinds=(ISSUED,))
    assert (first.data["reason"], second.data["reason"]) == ("", why[1])
    assert first.data["procedure"][0] in ("通过", "提醒")
    assert first.who.login and first.data["versions"]["pack"] and first.data["versions"]["law"]


def test_an_office_that_begins_in_the_middle_of_a_year(town: Path) -> None:
    start = ("number", "start", "青政责改", "2026")
    assert "青政责改〔2026〕13号" in run(town, *start, "13").stdout
    assert "[ISSU012]" in run(town, *start, "12").stderr
    assert run(town, *start, "13").exit_code == 0
    assert numbers(issued(town, "--to", FATHER, *DAY)) == [(FATHER, "青政责改〔2026〕13号")]
    assert "[ISSU013]" in run(town, "number", "start", "青政责", "2026", "13").stderr
    (row,) = json.loads(run(town, "number", "list", "--json").stdout)
    assert (row["issued"], row["number"]) == (1, "青政责改〔2026〕14号")


def test_a_number_that_the_case_file_used_is_not_given_again(tmp_path: Path) -> None:
    workspace(tmp_path, text=case_text(OVERDUE, guardians=(FATHER, MOTHER)))
    said = refused(tmp_path, "--to", MOTHER, "--as-of", "2026-03-26")
    assert "[ISSU009]" in said and "kcbx number start 青政责改 2026" in said
    assert run(tmp_path, "number", "start", "青政责改", "2026", "2").exit_code == 0
    told = issued(tmp_path, "--to", MOTHER, "--as-of", "2026-03-26")
    assert numbers(told) == [(MOTHER, "青政责改〔2026〕2号")]


def test_nor_is_one_that_another_file_of_the_office_used(town: Path) -> None:
    other = town / "cases/公文.yaml"
    other.write_text("公文: 通知\n发文字号: 青政责改[2026]第12号\n", "utf-8")
    said = refused(town, *DAY)
    assert "[ISSU009]" in said and "公文.yaml" in said and "第 12 号" in said
    other.write_text("公文: 通知\n发文字号: 青政责改〔2025〕12号\n", "utf-8")
    assert numbers(issued(town, "--to", FATHER, *DAY)) == [(FATHER, "青政责改〔2026〕1号")]


def test_the_year_of_the_series_is_that_of_the_paper(tmp_path: Path) -> None:
    text = case_text(ABSENT.replace("2026-03", "2025-12"), guardians=(FATHER, MOTHER))
    workspace(tmp_path, text=text)
    old = issued(tmp_path, "--to", FATHER, "--as-of", "2025-12-31")
    new = issued(tmp_path, "--to", MOTHER, "--as-of", "2026-01-02")
    assert numbers(old) == [(FATHER, "青政责改〔2025〕1号")]
    assert numbers(new) == [(MOTHER, "青政责改〔2026〕1号")]


def test_a_number_given_by_others_is_used_once(town: Path) -> None:
    given = ("--number", "青政责改[2026]第007号")
    assert numbers(issued(town, "--to", FATHER, *DAY, *given)) == [(FATHER, "青政责改〔2026〕7号")]
    assert "[LEDG010]" in refused(town, "--to", MOTHER, *DAY, "--number", "青政责改〔2026〕7号")
    assert "[ISSU007]" in refused(town, *DAY, "--number", "青政责改〔2026〕8号")
    doubted = (
        ("党政办八十八号", "ISSU080"),
        ("青政办〔2025〕88号", "ISSU081"),
        ("青政办〔2026〕88号", ""),
    )
    for number, code in doubted:
        again = ("--again", "--reason", "普文清：原来的一份污损了", "--number", number)
        done = run(town, "issue", CASE, "--doc", ORDER, "--to", FATHER, *DAY, *again)
        assert done.exit_code == 0 and ("[ISSU08" in done.stderr) == bool(code)
        assert code in done.stderr
    assert numbers(issued(town, "--to", MOTHER, *DAY)) == [(MOTHER, "青政责改〔2026〕1号")]


def test_what_is_no_paper_of_its_own_is_not_issued(town: Path) -> None:
    assert "[ISSU015]" in refused(town, *DAY, doc="送达回证")
    (town / "cases/通知.yaml").write_text("公文: 通知\n标题: 通知\n", "utf-8")
    done = run(town, "issue", "cases/通知.yaml", "--doc", ORDER)
    assert done.exit_code == 1 and not (town / "台账").exists()


def test_a_paper_of_tomorrow_is_not_issued(town: Path) -> None:
    assert "[ISSU006]" in refused(town, "--as-of", "2099-03-12")


def test_withdrawn_and_voided_papers_keep_their_numbers(town: Path) -> None:
    issued(town, *DAY)
    why = ("--reason", "普文清：姓名写错了", "--day", "2026-03-12")
    done = run(town, "paper", "void", CASE, "--doc", ORDER, "--to", FATHER, *why)
    assert done.exit_code == 0, done.output
    assert numbers(issued(town, "--to", FATHER, *DAY)) == [(FATHER, "青政责改〔2026〕3号")]
    gone = run(town, "paper", "void", CASE, "--number", "青政责改〔2026〕1号", *why)
    assert gone.exit_code == 0 and "台账第" in gone.stdout  # said again: the first answer
    other = ("--reason", "普文清：另一个理由", "--day", "2026-03-12")
    again = run(town, "paper", "withdraw", CASE, "--number", "青政责改〔2026〕1号", *other)
    assert "[ISSU042]" in again.stderr
    rows = json.loads(run(town, "paper", "list", CASE, "--json").stdout)
    assert [row["later"] for row in rows] == [["作废"], [], []]


def test_what_was_served_is_withdrawn_not_voided(tmp_path: Path) -> None:
    workspace(tmp_path, text=case_text(OVERDUE))
    issued(tmp_path, "--as-of", "2026-03-26")
    why = ("--number", "青政责改〔2026〕1号", "--reason", "普文清：期限写错", "--day", "2026-03-26")
    assert "[ISSU043]" in run(tmp_path, "paper", "void", CASE, *why).stderr
    assert run(tmp_path, "paper", "withdraw", CASE, *why).exit_code == 0
    state = run(tmp_path, "next", CASE, "--as-of", "2026-03-27").stdout
    assert "责令期满" not in state


def test_a_correction_moves_the_period(town: Path) -> None:
    issued(town, "--to", FATHER, *DAY)
    why = ("--reason", "普文清：期限写错", "--day", "2026-03-13")
    fix = ("paper", "correct", CASE, "--doc", ORDER, "--to", FATHER, *why)
    assert run(town, *fix, "--set", "期限=2026-04-20").exit_code == 0
    assert "[ISSU045]" in run(town, *fix, "--set", "文号=青政责改〔2026〕5号").stderr
    office = open_office(town)
    loaded, _ = office.read(town / CASE, date(2026, 4, 1))
    assert isinstance(loaded, LoadedCase)
    act = office.docket(loaded).issued(ORDER, date(2026, 4, 1))
    assert act and act.period and act.period.day == date(2026, 4, 20)


def test_a_reason_of_a_stranger_changes_nothing(town: Path) -> None:
    issued(town, "--to", FATHER, *DAY)
    before = tree(town)
    assert "[CLI041]" in refused(town, "--to", MOTHER, *DAY, "--reason", "路人甲：随便写的")
    assert tree(town) == before


def reworded(file: Path, *pairs: tuple[str, str]) -> Path:
    """Write a Word file with other words beside it, as a leader changes a draft."""
    changed = file.with_name("".join(after for _, after in pairs) + ".docx")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            data = old.read(name).decode() if name.endswith(".xml") else ""
            for before, after in pairs:
                data = data.replace(before, after)
            new.writestr(name, data or old.read(name))
    return changed


def test_the_signed_off_version_is_kept_and_its_differences_told(
    town: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    draft = tmp_path_factory.mktemp("draft")
    workspace(draft, text=(town / CASE).read_text("utf-8"))
    (ours,) = issued(draft, "--to", FATHER, *DAY)
    final = reworded(
        draft / ours["files"][0]["file"], ("〔2026〕1号", "〔2026〕5号"), ("受送达人", "被送达人")
    )
    done = run(town, "issue", CASE, "--doc", ORDER, "--to", FATHER, *DAY, "--file", str(final))
    assert done.exit_code == 0 and "青政责改〔2026〕5号" in done.stdout
    assert "[ISSU029]" in done.stderr and "生成的是「受」，定稿是「被」" in done.stderr
    assert (town / ours["files"][0]["file"]).read_bytes() == final.read_bytes()
    office = open_office(town)
    (kept,) = book_of(office.root, office.workspace).events(kinds=(ISSUED,))
    assert kept.data["differences"] and kept.data["given"] and kept.data["number"].endswith("5号")
    assert "[ISSU032]" in refused(town, "--to", MOTHER, *DAY, "--file", str(final))
    hers = reworded(
        draft / ours["files"][0]["file"], ("〔2026〕1号", "〔2026〕5号"), (FATHER, MOTHER)
    )
    assert "[LEDG010]" in refused(town, "--to", MOTHER, *DAY, "--file", str(hers))
    blank = reworded(
        draft / ours["files"][0]["file"], ("〔2026〕1号", "〔2026〕　号"), (FATHER, MOTHER)
    )
    assert "[ISSU030]" in refused(town, "--to", MOTHER, *DAY, "--file", str(blank))
    wrong = ("--number", "青政责改〔2026〕9号", "--file", str(hers))
    assert "[ISSU031]" in refused(town, "--to", MOTHER, *DAY, *wrong)
    assert numbers(issued(town, "--to", MOTHER, *DAY)) == [(MOTHER, "青政责改〔2026〕1号")]


def test_a_paper_older_than_the_ledger_is_taken_in(tmp_path: Path) -> None:
    workspace(tmp_path, text=case_text(OVERDUE))
    scan = tmp_path / "责令.png"
    scan.write_bytes(b"\x89PNG\r\n\x1a\n")
    old = ("--existing", str(scan), "--day")
    assert "[ISSU008]" in refused(tmp_path, *old, "2026-03-11")
    assert "[ISSU014]" in refused(tmp_path, *old[:2])
    (told,) = issued(tmp_path, *old, "2026-03-12")
    assert (told["number"], told["day"]) == ("青政责改〔2026〕1号", "2026-03-12")
    assert (tmp_path / told["files"][0]["file"]).read_bytes() == scan.read_bytes()
    shown = run(tmp_path, "render", CASE, "--doc", ORDER, "--as-of", "2026-03-26")
    assert "ISSU010" in shown.stderr and shown.exit_code == 0
    assert run(tmp_path, "check", CASE).exit_code == 0
    second = (
        "--number",
        "青政责改〔2026〕2号",
        "--again",
        "--reason",
        "普文清：登记丢了，照原件补录",
    )
    (told,) = issued(tmp_path, *old, "2026-03-20", *second)
    assert (told["number"], told["day"]) == ("青政责改〔2026〕2号", "2026-03-20"), "another paper"


def test_an_older_paper_of_a_school_asks_for_no_word_of_ours_and_is_another_file(
    tmp_path: Path,
) -> None:
    school = "{名称: 云岭县青石中学, 类型: 初级中学}"
    workspace(tmp_path, text=case_text(ABSENT, school=school))
    report, talk = (tmp_path / name for name in ("报告.png", "劝返.png"))
    for number, scan in enumerate((report, talk)):
        scan.write_bytes(b"\x89PNG\r\n\x1a\n%d" % number)
    old = ("--existing", str(report), "--number", "青中报〔2026〕5号", "--day", "2026-03-09")
    (told,) = issued(tmp_path, *old, doc="dropout-report")
    assert told["number"] == "青中报〔2026〕5号"
    words = ("issue", CASE, "--doc", "visit-record", "--day", "2026-03-05", "--existing")
    assert "[SERV090]" in run(tmp_path, *words, str(report)).stderr, "the scan of another paper"


def test_one_number_that_the_file_wrote_for_both_parents_serves_both(tmp_path: Path) -> None:
    history = ABSENT + "- {日期: 2026-03-11, 事项: 劝返通知, 文号: 青政劝〔2026〕3号}\n"
    workspace(tmp_path, text=case_text(history, guardians=(FATHER, MOTHER)))
    first = run(tmp_path, "issue", CASE, "--doc", "urge-notice", *DAY)
    assert "[ISSU099]" in first.stderr, "the paper is one that bears no number"
    told = issued(tmp_path, *DAY, doc="urge-notice")
    assert numbers(told) == [(FATHER, "青政劝〔2026〕3号"), (MOTHER, "青政劝〔2026〕3号")]
    assert issued(tmp_path, *DAY, doc="urge-notice") == told


OF_THE_SCHOOL = OFFICE.replace(
    "机关: {名称: 云岭县青石镇人民政府, 类型: 乡镇人民政府, 机关代字: 青政",
    "机关: {名称: 云岭县青石中学, 类型: 学校, 机关代字: 青中",
)


@pytest.mark.parametrize(
    ("named", "words", "code"),
    [
        ("", (), "ISSU091"),
        ("", ("--number", "云教体责改〔2026〕9号"), ""),
        ("", ("--reason", "普文清：局里委托学校代为取号"), ""),
        ("承办机关: 云岭县教育体育局\n", (), ""),
    ],
    ids=["没有说", "由它给号", "写明代办", "案件写明由它承办"],
)
def test_no_number_of_another_office_is_taken_without_a_word(
    tmp_path: Path, named: str, words: tuple[str, ...], code: str
) -> None:
    """A school issued the order of the bureau under a number that the bureau gives, too."""
    workspace(tmp_path, OF_THE_SCHOOL, text=case_text(ABSENT, more=named))
    done = run(tmp_path, "issue", CASE, "--doc", ORDER, *words, *DAY)
    assert done.exit_code == (1 if code else 0), done.output
    assert ("[ISSU091]" in done.output) == (bool(code) or "--reason" in words), "told, or refused"


def test_a_town_that_became_a_sub_district_made_its_papers_lawfully(tmp_path: Path) -> None:
    """Its order was called unlawful, and one reason took a number of the bureau's besides."""
    workspace(tmp_path, text=case_text(ABSENT))
    issued(tmp_path, *DAY)
    now = OFFICE.replace(
        "云岭县青石镇人民政府, 类型: 乡镇人民政府", "云岭县青石街道办事处, 类型: 街道办事处"
    )
    (tmp_path / "kcbx.yaml").write_text(now, "utf-8")
    later = ("--as-of", "2026-03-16")
    told = run(tmp_path, "check", CASE, *later)
    assert told.exit_code == 0 and "PROC421" not in told.output
    why = ("--again", "--reason", "普文清：改名以后重发")
    said = refused(tmp_path, *why, *later)
    assert "[ISSU104]" in said and "云岭县教育体育局" in said
    given = issued(tmp_path, *why, "--number", "云教体责改〔2026〕9号", *later)
    assert numbers(given) == [(FATHER, "云教体责改〔2026〕9号")]


@pytest.mark.parametrize(
    ("bureau", "code"), [(True, "ISSU091"), (False, "PAPR001")], ids=["写了教育局", "只有学校"]
)
def test_who_may_not_make_a_paper_is_told_so_and_not_what_it_lacks(
    tmp_path: Path, bureau: bool, code: str
) -> None:
    """A school that asked for an order was sent to write down the organ that reviews it."""
    office = OF_THE_SCHOOL if bureau else OF_THE_SCHOOL.partition("其他机关:")[0]
    workspace(tmp_path, office, text=case_text(ABSENT).replace("\n责令:", "\n# 责令:"))
    said = refused(tmp_path, *DAY)
    assert f"[{code}]" in said and "PAPR002" not in said and "教育" in said


def test_who_may_make_a_paper_is_told_what_it_lacks(tmp_path: Path) -> None:
    workspace(tmp_path, text=case_text(ABSENT).replace("\n责令:", "\n# 责令:"))
    assert "[PAPR002]" in refused(tmp_path, *DAY)


TWICE = """\
- {日期: 2026-03-02, 事项: 首次缺课}
- {日期: 2026-03-05, 事项: 劝返, 时间: "10:00", 方式: 约谈, 对象: 普正华, 承办人: 施文, 结果: 未表态}
- {日期: 2026-03-05, 事项: 劝返, 时间: "19:30", 方式: 家访, 对象: 普正华, 承办人: 施文, 结果: 拒绝}
"""


def test_of_two_visits_on_one_day_each_original_is_kept_by_its_time(tmp_path: Path) -> None:
    workspace(tmp_path, text=case_text(TWICE))
    scans = [tmp_path / "上午.png", tmp_path / "晚上.png"]
    for number, scan in enumerate(scans):
        scan.write_bytes(b"\x89PNG\r\n\x1a\n%d" % number)
    old = ("--day", "2026-03-05", "--existing")
    told = refused(tmp_path, *old, str(scans[0]), doc="visit-record")
    assert "[ISSU094]" in told and "普正华 10:00、普正华 19:30" in told
    for scan, begun in zip(scans, ("10:00", "晚上7点半"), strict=True):
        (kept,) = issued(tmp_path, *old, str(scan), "--time", begun, doc="visit-record")
        assert kept["day"] == "2026-03-05"
    assert "[ISSU095]" in refused(tmp_path, *old, str(scan), "--time", "早上", doc="visit-record")


def test_no_number_without_a_serial_is_recorded(tmp_path: Path) -> None:
    school = "{名称: 云岭县青石中学, 类型: 初级中学}"
    workspace(tmp_path, text=case_text(ABSENT, school=school))
    day = ("--as-of", "2026-03-12")
    told = refused(tmp_path, *day, doc="dropout-report")
    assert "[ISSU091]" in told and "PAPR003" not in told, "its word is nothing to be written here"
    assert "[ISSU092]" in refused(
        tmp_path, *day, "--number", "青中报〔2026〕号", doc="dropout-report"
    )
    scan = tmp_path / "报告.png"
    scan.write_bytes(b"\x89PNG\r\n\x1a\n")
    old = ("--existing", str(scan), "--day", "2026-03-09")
    assert "[ISSU093]" in refused(tmp_path, *old, doc="dropout-report")
    reason = ("--reason", "普文清：原件上没有文号")
    (told,) = issued(tmp_path, *old, *reason, doc="dropout-report")
    assert not told["number"], "what truly bears none is kept without"


def test_what_would_be_issued_can_be_looked_at_and_nothing_is_issued(town: Path) -> None:
    shown = issued(town, *DAY, "--dry-run")
    assert [one["guardian"] for one in shown] and not (town / "台账").exists()
    done = issued(town, *DAY)
    told = [[one[key] for key in ("guardian", "number", "day")] for one in shown]
    assert [[one[key] for key in ("guardian", "number", "day")] for one in done] == told
    assert len({number for _, number, _ in told}) == len(told) == 2
    again = run(town, "issue", CASE, "--doc", ORDER, *DAY, "--dry-run")
    assert "以前已经制发" in again.stdout


def test_a_dry_run_says_of_file_and_signatory_what_issuing_says(town: Path) -> None:
    case = town / CASE
    case.write_text(
        case.read_text("utf-8").replace('身份证号: "530499198807234021", ', ""), "utf-8"
    )
    words = ("issue", CASE, "--doc", ORDER, "--to", MOTHER, *DAY, "--signed-by", "张三三")
    dry, done = run(town, *words, "--dry-run"), run(town, *words)
    assert dry.exit_code == done.exit_code == 0
    for told in (dry.stderr, done.stderr):
        assert told.count("[CASE037]") == 1 and told.count("[ISSU098]") == 1


def test_the_day_of_an_older_paper_is_never_passed_over(town: Path) -> None:
    one = ("--to", FATHER, *DAY)
    told = refused(town, *one, "--day", "2026-03-10")
    assert "[ISSU100]" in told and "--existing" in told and "--as-of" in told
    assert "[ISSU006]" in refused(town, *one, "--day", "2126-03-10")
    (paper,) = issued(town, *one, "--day", "2026-03-12")  # the same day said twice is no doubt
    assert (paper["number"], paper["day"]) == ("青政责改〔2026〕1号", "2026-03-12")


def test_what_stands_against_a_number_is_told_before_it_is_taken(town: Path) -> None:
    """A number in use, of no known shape, for two people at once: looked at and issued alike."""
    (first,) = issued(town, "--to", FATHER, *DAY)
    mother = ("--to", MOTHER, *DAY)
    for words, code in (
        ((*mother, "--number", first["number"]), "LEDG010"),
        (("--again", "--reason", "普文清：再发一份", *DAY, "--number", "青政改1号"), "ISSU007"),
    ):
        told = [refused(town, *words, *dry) for dry in ((), ("--dry-run",))]
        assert all(f"[{code}]" in one for one in told), told
    odd = ("issue", CASE, "--doc", ORDER, *mother, "--number", "青政改一")
    assert all("[ISSU080]" in run(town, *odd, *dry).stderr for dry in (("--dry-run",), ()))


def test_on_a_terminal_reminders_are_answered_before_a_number_is_taken(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda self: True)
    words = ("issue", CASE, "--doc", ORDER, "--to", MOTHER, *DAY, "--signed-by", "张三三")
    no = run(town, *words, answers="n\n")
    assert no.exit_code == 1 and "[ISSU098]" in no.stderr and not (town / "台账").exists()
    done = run(town, *words, answers="y\n")
    assert done.exit_code == 0 and done.stderr.count("[ISSU098]") == 1


def word_files(town: Path) -> dict[str, bytes]:
    return {name: data for name, data in tree(town / "output").items() if name.endswith(".docx")}


def test_a_lost_file_of_an_issued_paper_comes_back_and_nothing_else_moves(town: Path) -> None:
    """The receipt that went along is not filled anew because the paper was served since."""
    one = ("--to", FATHER, *DAY)
    issued(town, *one)
    visit = ("--method", "直接", "--day", "2026-03-13", "承办人=普文清、段晓岚")
    assert run(town, "service", "record", CASE, "--doc", ORDER, *one[:2], *visit).exit_code == 0
    before = word_files(town)
    (lost,) = (town / "output").glob("*/310-*.docx")
    lost.unlink()
    done = run(town, "render", CASE, "--doc", ORDER, "--format", "docx", "--as-of", "2026-03-20")
    assert done.exit_code == 0 and "PAPR022" not in done.stderr
    assert before.items() <= word_files(town).items()
    again = run(
        town, "render", CASE, "--doc", "送达回证", "--format", "docx", *DAY[:1], "2026-03-20"
    )
    assert "[PAPR049]" in again.stderr and "[PAPR022]" not in again.stderr
