"""Of a paper that left the house something else is said later: nothing is dropped in silence, and
nothing is recorded for good that an issue would refuse.
"""

from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from kcbx_docs.ledger.model import CORRECTED, Draft
from kcbx_docs.ledger.who import at_this_machine
from kcbx_docs.office.book import book_of
from kcbx_docs.office.opened import open_office
from tests.cli.office import run, tree
from tests.cli.test_issue import CASE, DAY, issued, refused
from tests.kinds.world import ABSENT, FATHER, MOTHER, case_text, workspace

pytestmark = pytest.mark.alike

FIRST = "青政责改〔2026〕1号"
WHY = ("--reason", "普文清：期限写错")
CORRECT = ("paper", "correct", CASE, "--number", FIRST, *WHY, "--day", "2026-03-13")
SERVED = ("service", "record", CASE, "--number", FIRST, "--to", FATHER, "--method", "直接")


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an office whose order was issued to the father."""
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")
    workspace(tmp_path, text=case_text(ABSENT, guardians=(FATHER, MOTHER)))
    issued(tmp_path, "--to", FATHER, *DAY)
    return tmp_path


@pytest.mark.parametrize(
    ("pair", "code"),
    [
        ("期限=2026-03-01", "ISSU047"),
        ("期限=2026-03-12", "ISSU047"),
        ("日期=2026-03-10", "ISSU045"),
    ],
)
def test_a_correction_is_asked_what_an_issue_is_asked(town: Path, pair: str, code: str) -> None:
    before = tree(town)
    done = run(town, *CORRECT, "--set", pair)
    assert done.exit_code == 1 and f"[{code}]" in done.stderr, done.output
    assert tree(town) == before


def test_an_issued_paper_is_shown_as_issued_whatever_was_recorded_since(town: Path) -> None:
    """Older ledgers hold corrections that nobody looked at: a period that was over at once."""
    (told,) = issued(town, "--to", FATHER, *DAY)
    office = open_office(town)
    book = book_of(office.root, office.workspace)
    kept = book.event(told["id"])
    assert kept is not None
    wrong = {
        "issue": kept.seq,
        "reason": "x",
        "event": {**kept.data["event"], "期限": "2026-03-01"},
    }
    with book.writing(at_this_machine("")) as pen:
        pen.append(Draft(CORRECTED, kept.case, date(2026, 3, 13), wrong))
    (again,) = issued(town, "--to", FATHER, *DAY)
    assert again == told
    file = town / told["files"][0]["file"]
    data = file.read_bytes()
    file.unlink()
    shown = run(town, "render", CASE, "--doc", "order-to-correct", "--guardian", FATHER, *DAY)
    assert file.read_bytes() == data
    assert shown.exit_code == 1 and "[PROC415]" in shown.stderr, "the history is told as in check"


def test_a_lawful_correction_is_taken_and_must_be_served_too(town: Path) -> None:
    assert run(town, *CORRECT, "--set", "期限=2026-04-10").stderr == "", "nobody has it yet"
    assert run(town, *SERVED, "--day", "2026-03-13", "--as-of", "2026-03-14").exit_code == 0
    done = run(town, *CORRECT, "--content", "更正报到地点")
    assert done.exit_code == 0 and "[ISSU048]" in done.stderr and "更正的内容" in done.stderr
    done = run(town, *CORRECT, "--set", "期限=2026-04-20")
    assert done.exit_code == 0 and "[ISSU048]" in done.stderr and "2026-03-13" in done.stderr


def test_another_number_file_or_signature_is_no_second_telling(town: Path, tmp_path: Path) -> None:
    before = tree(town)
    said = refused(town, "--to", FATHER, *DAY, "--number", "青政责改〔2026〕9号")
    assert "[ISSU016]" in said and FIRST in said and "〔2026〕9号" in said
    assert "[ISSU016]" in refused(town, "--to", FATHER, *DAY, "--signed-by", "段晓岚")
    scan = tmp_path / "扫描.png"
    Image.new("RGB", (8, 8)).save(scan)
    assert "[ISSU017]" in refused(town, "--to", FATHER, *DAY, "--file", str(scan))
    scan.unlink()
    assert tree(town) == before
    same = issued(town, "--to", FATHER, *DAY, "--number", "青政责改[2026]1号")
    assert [one["number"] for one in same] == [FIRST], "the number that it has, however written"


def test_nothing_is_issued_anew_for_a_day_on_which_the_first_still_stood(town: Path) -> None:
    gone = ("paper", "withdraw", CASE, "--number", FIRST, *WHY, "--day", "2026-03-16")
    assert run(town, *gone).exit_code == 0
    said = refused(town, "--to", FATHER, "--as-of", "2026-03-15")
    assert "[ISSU018]" in said and "2026-03-16" in said and "[LEDG010]" not in said
    (told,) = issued(town, "--to", FATHER, "--as-of", "2026-03-16")
    assert told["number"] == "青政责改〔2026〕2号"


def test_what_is_refused_leaves_no_file_behind(town: Path) -> None:
    before = tree(town)
    said = refused(town, "--to", MOTHER, *DAY, "--number", FIRST)
    assert "[LEDG010]" in said and tree(town).keys() == before.keys()
    scan = town / "盖章.png"
    Image.new("RGB", (8, 8)).save(scan)
    gone = ("paper", "withdraw", CASE, "--number", FIRST, *WHY, "--day", "2026-03-13")
    assert run(town, *gone).exit_code == 0 == run(town, *gone).exit_code
    late = run(town, "paper", "seal", CASE, "--number", FIRST, "--file", "盖章.png")
    assert "[ISSU042]" in late.stderr
    assert run(town, "ledger", "verify").exit_code == 0
