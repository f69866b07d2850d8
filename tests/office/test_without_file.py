"""A case file that is deleted takes nothing with it: its papers are nobody else's, its number is
not given again, and the lists say that it is missing.
"""

from pathlib import Path

import pytest

from kcbx_docs.ledger.model import ISSUED, Draft, Who
from kcbx_docs.locking import OUTPUT
from kcbx_docs.office.book import book_of
from kcbx_docs.office.opened import Office, open_office
from kcbx_docs.office.without_file import numbers_used, without_file
from kcbx_docs.problems import Problem
from tests.kinds.world import ABSENT, case_text, workspace
from tests.office.test_book import NUMBER, ORDER, TODAY, opened, record


def issued_for(path: Path, pupil: str) -> None:
    told = {"document": "order-to-correct", "title": "责令", "pupil": pupil}
    record(path, ISSUED, {**ORDER, **NUMBER}, **told)


def others(path: Path) -> list[Problem]:
    return [one for one in opened(path)[1].clashes if one.code == "ISSU089"]


def test_a_brother_s_order_is_not_the_sister_s(tmp_path: Path) -> None:
    path = workspace(tmp_path, text=case_text(ABSENT))
    issued_for(path, "李大毛")
    (found,) = others(path)
    assert "在 李大毛 的案件里制发" in found.message
    assert found.is_error


@pytest.mark.parametrize("former", [False, True], ids=["原来的姓名", "改过的姓名"])
def test_the_child_s_own_papers_stay_its_own(tmp_path: Path, *, former: bool) -> None:
    path = workspace(tmp_path, text=case_text(ABSENT))
    name = opened(path)[1].case.pupil.name
    issued_for(path, name)
    if former:
        text = path.read_text("utf-8").replace(f"姓名: {name}", f"姓名: 改小名, 曾用名: {name}", 1)
        path.write_text(text, "utf-8")
        assert opened(path)[1].case.pupil.name == "改小名"
    assert others(path) == []


def lost(office: Office) -> list[str]:
    return [one.message for one in without_file(office.root, office.workspace)]


def test_a_case_without_its_file_is_told_and_its_number_is_used(tmp_path: Path) -> None:
    path = workspace(tmp_path, text=case_text(ABSENT))
    issued_for(path, "李小毛")
    office = open_office(path)
    with book_of(office.root, office.workspace).writing(Who("普文清")) as pen:
        pen.append(
            Draft(ISSUED, "公文/协查函", TODAY, {"number": "", "document": "x", "title": "y"})
        )
    assert lost(office) == []
    path.unlink()
    (told,) = lost(office)
    assert "台账里有案件 2026-001 " in told
    (tmp_path / OUTPUT / "2026-007").mkdir(parents=True)
    assert numbers_used(office.root, office.workspace) == {"2026-001", "2026-007"}
