"""A number or a name that is changed after papers went out makes nothing vanish unseen."""

from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.case.files import LoadedCase
from kcbx_docs.ledger.model import ISSUED
from kcbx_docs.office.check import check_files
from kcbx_docs.office.known_otherwise import renamed, renumbered
from kcbx_docs.office.opened import open_office
from kcbx_docs.office.outlook import outlooks
from tests.kinds.world import ABSENT, FATHER, MOTHER, OFFICE, case_text, workspace
from tests.office.test_book import NUMBER, ORDER, TODAY, record

PUPIL = "普云飞"
SERIES = {"issuer": "云岭县青石镇人民政府", "word": "青政责改", "year": 2026, "serial": 1}
PAPER = {"document": "order-to-correct", "title": "责令限期改正通知书", "pupil": PUPIL}
PAPER |= {"guardian": FATHER, "series": SERIES, "issuer": SERIES["issuer"], "number": "1"}


def issued(path: Path, **more: object) -> None:
    record(path, ISSUED, {**ORDER, **NUMBER}, **{**PAPER, **more})


def told(path: Path) -> list[str]:
    office = open_office(path)
    loaded, _ = office.read(path, date(2027, 1, 1))
    assert isinstance(loaded, LoadedCase)
    return [f"{one.code} {one.message}{one.hint}" for one in renumbered(office, loaded)]


def test_a_case_that_is_numbered_anew_is_told_where_its_papers_are(tmp_path: Path) -> None:
    path = workspace(tmp_path, text=case_text(ABSENT))
    issued(path)
    assert told(path) == []
    path.write_text(path.read_text("utf-8").replace("2026-001", "2026-01"), "utf-8")
    (found,) = told(path)
    assert "LEDG102" in found and "编号: 2026-001" in found
    assert "LEDG102" in [one.code for one in check_files([path], TODAY)]
    (case,) = outlooks([path], TODAY, TODAY, judged=True).cases
    assert case.problems[0].code == "LEDG102"


@pytest.mark.parametrize(
    ("history", "more", "guardian"),
    [
        (ABSENT, {"pupil": "李小毛"}, FATHER),
        (ABSENT, {}, MOTHER),
        (ABSENT.replace("2026-03", "2026-11"), {}, FATHER),
    ],
    ids=["别的孩子", "同名、别的家长", "以后另立的一件"],
)
def test_another_case_whose_file_is_gone_is_not_this_one(
    history: str, more: dict[str, object], guardian: str, tmp_path: Path
) -> None:
    path = workspace(tmp_path, text=case_text(history, guardians=(guardian,)))
    issued(path, **more)
    path.write_text(path.read_text("utf-8").replace("2026-001", "2026-01"), "utf-8")
    assert told(path) == []


@pytest.mark.parametrize(
    ("issuer", "mine"),
    [("云岭县青石中学", True), ("云岭县白沙小学", False), ("云岭县青石镇人民政府", False)],
)
def test_a_paper_without_a_guardian_is_this_childs_where_its_school_issued_it(
    issuer: str, mine: bool, tmp_path: Path
) -> None:
    path = workspace(tmp_path, text=case_text(ABSENT).replace("2026-001", "2026-01"))
    issued(path, guardian="", series=None, issuer=issuer)
    assert [one[:7] for one in told(path)] == ["LEDG102"] * mine


@pytest.mark.parametrize(
    ("now", "issuer", "spoken"),
    [
        (OFFICE.replace("青石镇人民政府, 类型", "青石乡人民政府, 类型"), {}, True),
        (OFFICE.replace("青石镇人民政府, 类型", "青石街道办事处, 类型"), {}, True),
        (OFFICE, {}, False),
        (OFFICE, {"issuer": "云岭县教育体育局", "series": None}, False),
        (OFFICE, {"issuer": "云岭县白沙镇人民政府", "series": None}, False),
    ],
    ids=["镇改乡", "镇改街道", "没有改", "其他机关的", "合用台账的别的镇"],
)
def test_an_office_that_its_last_paper_calls_otherwise_is_asked_about(
    now: str, issuer: dict[str, object], spoken: bool, tmp_path: Path
) -> None:
    path = workspace(tmp_path, office=now, text=case_text(ABSENT))
    issued(path, **issuer)
    assert [one.code for one in renamed(open_office(path))] == ["LEDG103"] * spoken
