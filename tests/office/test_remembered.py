"""Case files are read once, and again as soon as anything that their answers rest on changes."""

import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from kcbx_docs.ledger.model import ISSUED
from kcbx_docs.office import opened
from kcbx_docs.office.files import files_below
from kcbx_docs.office.outlook import FileReader, Outlooks, outlooks
from kcbx_docs.office.remembered import RememberedFiles
from kcbx_docs.problems import Place, stop
from tests.issuing.forked import fork, worked
from tests.kinds.world import ABSENT, PACK, SERVED, case_text, workspace
from tests.office.test_book import NUMBER, ORDER, record

DAY = date(2026, 3, 20)
FIRST, SECOND = "cases/案件.yaml", "cases/别的.yaml"
OFF = """\
年份: 2026
来源: 县里的通知
核对: 已核对
放假: [{节日: 泼水节, 自: 2026-03-23, 至: 2026-03-23}]
调休上班: []
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Write an office with two cases: one waits for an order, one for its last day."""
    workspace(tmp_path, text=case_text(ABSENT))
    other = case_text(SERVED).replace("2026-001", "2026-002").replace("普云飞", "普云龙")
    (tmp_path / SECOND).write_text(other, "utf-8")
    return tmp_path


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the files that are really read, one after the other."""
    names: list[str] = []
    reading = FileReader.read
    monkeypatch.setattr(
        FileReader, "read", lambda self, path: names.append(path.name) or reading(self, path)
    )
    return names


def told(root: Path, memory: RememberedFiles | None = None, day: date = DAY) -> Outlooks:
    files = files_below([root / "cases"])
    if memory is None:
        return outlooks(files, day, day)
    memory.forget_others(files)
    return outlooks(files, day, day, workers=1, reading=memory.reading)


def rewritten(path: Path, old: str, new: str) -> None:
    """Change a file so that neither its size nor its time tell of it."""
    known, text = path.stat(), path.read_text("utf-8")
    assert len(old.encode()) == len(new.encode()) and old in text
    path.write_text(text.replace(old, new), "utf-8")
    os.utime(path, ns=(known.st_atime_ns, known.st_mtime_ns))


def in_another_process(root: Path) -> None:
    """Issue an order of the first case while nobody here looks."""
    told = {**ORDER, **NUMBER}
    path = root / FIRST
    child = fork(lambda: record(path, ISSUED, told, document="order-to-correct", title="责令"))
    assert worked(child)


def calendar(root: Path) -> None:
    (root / "calendar").mkdir()
    (root / "calendar/2026.yaml").write_text(OFF, "utf-8")


def test_what_did_not_change_is_not_read_again(root: Path, read: list[str]) -> None:
    memory = RememberedFiles()
    first = told(root, memory)
    assert sorted(read) == ["别的.yaml", "案件.yaml"]
    read.clear()
    assert told(root, memory) == first == told(root)
    assert sorted(read) == ["别的.yaml", "案件.yaml"]  # by the one without memory


@pytest.mark.parametrize(
    ("change", "anew"),
    [
        (lambda root: rewritten(root / FIRST, "普云飞", "普云凤"), [FIRST]),
        (lambda root: (root / FIRST).unlink(), []),
        (lambda root: (root / FIRST).rename(root / "cases/改名.yaml"), ["cases/改名.yaml"]),
        (lambda root: (root / FIRST).write_text("案件: [", "utf-8"), [FIRST]),
        (lambda root: rewritten(root / "kcbx.yaml", "青石镇人民", "白石镇人民"), [FIRST, SECOND]),
        (lambda root: (root / "kcbx.yaml").write_text("地区: 无", "utf-8"), [FIRST, SECOND]),
        (
            lambda root: (root / "templates/pack.yaml").write_text(f"{PACK}错: 1", "utf-8"),
            [FIRST, SECOND],
        ),
        (calendar, [FIRST, SECOND]),
        (in_another_process, [FIRST]),
    ],
    ids=["字", "删", "改名", "写坏", "机关", "机关写坏", "模板包", "自己的日历", "台账"],
)
def test_whatever_an_answer_rests_on_is_read_again(
    root: Path, read: list[str], change: Callable[[Path], None], anew: list[str]
) -> None:
    memory = RememberedFiles()
    before = told(root, memory)
    change(root)
    read.clear()
    after = told(root, memory)
    assert sorted(read) == sorted(name.removeprefix("cases/") for name in anew)
    assert after == told(root)
    assert after != before


def test_after_midnight_all_is_another_day(root: Path, read: list[str]) -> None:
    memory = RememberedFiles()
    before = told(root, memory)
    after = told(root, memory, DAY + timedelta(days=4))
    assert read == ["别的.yaml", "案件.yaml"] * 2
    assert after == told(root, day=DAY + timedelta(days=4)) != before


def test_a_number_that_a_new_file_has_as_well_is_told_of_both(root: Path) -> None:
    memory = RememberedFiles()
    assert len(told(root, memory).cases) == 2
    (root / "cases/又一份.yaml").write_text(case_text(ABSENT), "utf-8")
    assert [case.case_id for case in told(root, memory).cases] == ["2026-002"]
    (root / "cases/又一份.yaml").unlink()
    assert len(told(root, memory).cases) == 2


def test_a_ledger_out_of_reach_is_asked_again_and_heard_once_it_is_back(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise stop("LEDG001", Place(), place="台账")

    memory = RememberedFiles()
    before = told(root, memory)
    with monkeypatch.context() as broken:
        broken.setattr(opened, "register_of", away)
        assert told(root, memory).cases == ()
    assert told(root, memory) == before


def test_work_is_read_each_time_for_its_roster_may_be_another(root: Path, read: list[str]) -> None:
    text = "批次: 开学\n学校: 云岭县青石中学\n名册: 名册.xlsx\n文书: [入学通知书]\n"
    (root / "cases/批次.yaml").write_text(text, "utf-8")
    memory = RememberedFiles()
    before = told(root, memory)
    (root / "cases/名册.xlsx").write_bytes(b"")
    read.clear()
    assert told(root, memory) != before
    assert read == ["批次.yaml"]
