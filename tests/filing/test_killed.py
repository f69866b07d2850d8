"""A run is killed before each of its calls that change the disk:
the next run mends all, and no word of a person is lost.
"""

import os
import random
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.filing.folder import tidy
from kcbx_docs.filing.render import render_file
from kcbx_docs.locking import only_writer
from kcbx_docs.papers.files import Wanted, whose
from kcbx_docs.problems import UserError
from tests.cli.office import tree
from tests.filing.papers import CASE, codes, left_over, put
from tests.killing import Run, killed, left_by
from tests.papers.probe import CASE as A_CASE
from tests.papers.probe import workspace

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="这里不能复制进程")

HUMAN = ("改过的责令", "改过的旧报告", "扫描", "别处来的")
OLD = {"责令.docx": "责令1", "回证.docx": "回证1", "报告.docx": "报告1", "旧报告.docx": "旧1"}
NEW = {"责令.docx": "责令2", "回证.docx": "回证1", "催告.docx": "催告2", "新.docx": "新2"}
BATCH = {"folder": CASE, "owner": whose("批次", CASE), "keeps_old": False}


def first(root: Path, **more: object) -> Path:
    """Write the papers of an earlier run, and what people did with them since."""
    put(root, OLD, **more)
    edited = {
        "责令.docx": HUMAN[0],
        "旧报告.docx": HUMAN[1],
        "扫描.pdf": HUMAN[2],
        "催告.docx": HUMAN[3],
    }
    for name, text in edited.items():
        path = root / CASE / name
        path.write_text(text, "utf-8")
        os.utime(path, (1_795_000_000, 1_795_000_000))
    return root


RUNS: dict[str, tuple[dict[str, object], Run]] = {
    "整套": ({}, lambda root: put(root, NEW, run="二")),
    "批次": (BATCH, lambda root: put(root, NEW, run="二", **BATCH)),
    "一份": ({}, lambda root: put(root, {"责令.docx": "责令2"}, "一些文书", run="二")),
    "草稿": ({}, lambda root: put(root, NEW, run="二", draft=True)),
}


def texts(root: Path) -> set[str]:
    return {data.decode("utf-8", "replace") for data in tree(root).values()}


def papers_in(root: Path) -> dict[str, bytes]:
    """Return what is there, but for the lock, whose text is of no account."""
    return {name: data for name, data in tree(root).items() if name != ".kcbx-lock"}


def shapes(root: Path) -> list[tuple[str, bytes]]:
    """Return what is there, but for the lock; a run's own folder has another name each time."""
    found = papers_in(root).items()
    return sorted((re.sub(r"\.kcbx-\w+", "自己的", name), data) for name, data in found)


@pytest.mark.parametrize("kind", RUNS)
def test_the_next_run_makes_what_a_run_that_was_never_killed_makes(tmp_path, kind):
    more, run = RUNS[kind]
    whole = first(tmp_path / "whole", **more)
    left = left_by(run, whole)
    assert len(left) > 20
    for at, root in enumerate(left):
        assert set(HUMAN) <= texts(root), f"lost when killed before call {at}"
        run(root)
        assert papers_in(root) == papers_in(whole), f"killed before call {at}"
        assert left_over(root) == []


def test_a_killed_process_leaves_what_was_copied(tmp_path):
    """The other tests copy what lies there before a call; here processes really die."""
    more, run = RUNS["整套"]
    start = first(tmp_path / "start", **more)
    left = left_by(run, shutil.copytree(start, tmp_path / "whole"))
    for at in (len(left) // 3, len(left) - 3):
        root = shutil.copytree(start, tmp_path / f"killed-{at}")
        killed(run, root, at)
        assert shapes(root) == shapes(left[at])
        run(root)
        assert left_over(root) == []


def test_a_run_that_is_killed_while_it_mends_does_no_harm(tmp_path):
    more, run = RUNS["整套"]
    whole = first(tmp_path / "whole", **more)
    left, chance = left_by(run, whole), random.Random(6)
    for cut_off in left[len(left) // 3 :: 4]:
        root = cut_off
        for _ in range(3):
            (root,) = left_by(run, root, {chance.randrange(len(left))}) or (root,)
            assert set(HUMAN) <= texts(root)
        run(root)
        assert papers_in(root) == papers_in(whole)
        assert left_over(root) == []


def half_done(root: Path) -> Path:
    """Leave a folder as a run leaves it that is killed in the middle of its renames."""
    run = RUNS["整套"][1]
    for copy in left_by(run, first(root), range(20, 60)):
        if (copy / CASE / "新.docx").exists() and left_over(copy):
            return copy
    raise AssertionError("no run was caught half done")


def test_the_next_run_says_that_one_was_cut_off(tmp_path):
    root = half_done(tmp_path / "output")
    assert "PAPR019" in codes(put(root, NEW, run="二"))


def test_a_run_for_another_case_mends_as_well_and_leaves_no_personal_data(tmp_path):
    root = half_done(tmp_path / "output")
    told = put(
        root, {"别的.docx": "别的"}, folder="2026-002", owner=whose("案件", "2026-002", "岩温")
    )
    assert codes(told) == ["PAPR019"]
    assert left_over(root) == []
    whole = first(tmp_path / "whole")
    assert papers_in(root).items() >= papers_in(whole).items()


def test_a_run_that_fails_mends_as_well(tmp_path):
    """The case is wrong, nothing is made;
    but what the killed run left is gone, and that is told.
    """
    office = workspace(
        tmp_path, "<p>{{ 学生.姓名 }}</p>", A_CASE.replace("情形: 辍学", "情形: 休学")
    ).parent.parent
    half_done(tmp_path / "half").rename(office / "output")
    with pytest.raises(UserError) as stopped:
        render_file(office / "cases/案件.yaml", Wanted(date(2026, 10, 8), formats=("docx",)))
    told = [one.code for one in stopped.value.problems]
    assert "PAPR019" in told and "TYPE007" in told
    assert left_over(office / "output") == []


def test_a_run_that_is_still_at_work_is_not_mended(tmp_path):
    root = half_done(tmp_path / "output")
    before = tree(root)
    with only_writer(root, CASE):
        assert tidy(root) == ()
    assert papers_in(root) == {name: data for name, data in before.items() if name != ".kcbx-lock"}


def test_what_a_person_changed_after_the_run_was_cut_off_is_not_taken_back(tmp_path):
    root = half_done(tmp_path / "output")
    path = root / CASE / "新.docx"
    path.write_text("断了以后改的", "utf-8")
    os.utime(path, (1_795_000_000, 1_795_000_000))
    put(root, NEW, run="二")
    assert (root / CASE / "人工修改/新（2026-11-18）.docx").read_text("utf-8") == "断了以后改的"
    assert path.read_text("utf-8") == "新2"


@pytest.mark.parametrize(
    "journal",
    ["[", "{}", '[["../../x", "2026-001/y", ""]]', '[["2026-001/报告.docx", "/tmp/x", ""]]'],
)
def test_a_journal_that_leads_elsewhere_is_not_followed(tmp_path, journal):
    root = first(tmp_path / "output")
    (root / ".kcbx-evil").mkdir()
    (root / ".kcbx-evil/journal.json").write_text(journal, "utf-8")
    (tmp_path / "x").write_text("别处", "utf-8")
    put(root, NEW, run="二")
    assert (tmp_path / "x").read_text("utf-8") == "别处"
    assert set(HUMAN) <= texts(root)


def test_a_journal_that_cannot_be_read_is_told_at_every_run_and_its_files_stay(tmp_path):
    root = first(tmp_path / "output")
    (root / ".kcbx-dead").mkdir()
    (root / ".kcbx-dead/journal.json").write_text("[", "utf-8")
    (root / ".kcbx-dead/0000").write_text("要找回的", "utf-8")
    told = [put(root, NEW, run=run).problems for run in ("二", "三")]
    for problems in told:
        (found,) = (one for one in problems if one.code == "PAPR023")
        assert str(root / ".kcbx-dead") in found.message
    assert (root / ".kcbx-dead/0000").read_text("utf-8") == "要找回的"


def test_a_single_file_of_a_killed_run_is_removed_but_not_what_people_put_there(tmp_path):
    root = first(tmp_path / "output")
    (root / ".kcbx-a1b2c3d4").write_text("有身份证号", "utf-8")
    (root / ".kcbx-我的备忘.txt").write_text("留着", "utf-8")
    put(root, NEW, run="二")
    assert not (root / ".kcbx-a1b2c3d4").exists()
    assert (root / ".kcbx-我的备忘.txt").read_text("utf-8") == "留着"
