"""A run that is cut off anywhere goes on from there: the same bytes, nothing twice, nothing lost."""

import json
import os
import shutil
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from kcbx_docs.batch import working
from kcbx_docs.batch.asked import BatchAsked, Watching
from kcbx_docs.batch.task import print_class
from kcbx_docs.filing import batch as filing
from kcbx_docs.filing.stage import FOLDER, Stage
from kcbx_docs.papers.press import UnwantedError
from kcbx_docs.problems import UserError
from kcbx_docs.render.text import docx_paragraphs
from tests.batch.conftest import DAY, Render
from tests.batch.test_preflight import change
from tests.batch.test_serials import kinds, printed, slips
from tests.cli.office import run

RESUMED = BatchAsked(resumed=True)


def killed(run: Callable[[], object], owner: object, name: str, call: int) -> None:
    """Run in a process of its own that is killed when a function is called for the n-th time."""
    child = os.fork()
    if child:
        assert os.WIFSIGNALED(os.waitpid(child, 0)[1]), "it came to its end"
        return
    real, left = getattr(owner, name), [call]

    def deadly(*args: object, **kwargs: object) -> object:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **kwargs)

    setattr(owner, name, deadly)
    try:
        run()
    finally:
        os._exit(0)


def papers(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix == ".docx"}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
@pytest.mark.parametrize(
    ("owner", "name", "call"),
    [
        (working, "print_class", 1),
        (working, "print_class", 2),
        (Stage, "keep", 2),
        (filing, "file_papers", 1),
        (filing, "record", 1),
        (Stage, "clear", 1),
    ],
)
def test_who_is_killed_goes_on_and_gets_the_same_bytes(
    render: Render, school: Path, owner: object, name: str, call: int
) -> None:
    killed(render, owner, name, call)
    folder = render(asked=RESUMED).folder
    resumed = papers(folder)
    assert len(resumed) == 4 and kinds(school) == ["建册", "备号", "印发"]
    shutil.rmtree(folder)
    assert papers(render().folder) == resumed
    assert len(printed(school)) == 5


def test_what_is_there_whole_is_not_printed_again(
    render: Render, school: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = render()
    made: list[str] = []

    def seen(task, progress):
        made.append(task.name)
        return print_class(task, progress)

    monkeypatch.setattr(working, "print_class", seen)
    render(asked=RESUMED)
    assert made == []
    first.files[0].write_bytes(b"half")
    render(asked=RESUMED)
    assert made == ["七年级2班"], "a damaged file is printed again"
    change(school / "cases/名册.csv", "白沙村5号", "青石街5号")
    render(asked=RESUMED)
    assert made == ["七年级2班", "七年级10班"], "and a class that changed"


def test_a_draft_that_goes_on_has_no_class_with_old_words(
    render: Render, school: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A draft has no serials from the ledger: its words tell whether a class may stay."""
    with monkeypatch.context() as patch:
        patch.setattr(filing, "file_papers", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            render(draft=True)
    change(school / "cases/名册.csv", "白沙村5号", "青石街5号")
    files = render(draft=True, asked=RESUMED).files
    (path,) = (one for one in files if "10班-1" in one.name)
    assert "青石街5号" in "".join(docx_paragraphs(path.read_bytes()))


def test_without_being_asked_it_begins_anew_and_says_so(
    render: Render, school: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(task, progress):
        if task.name == "七年级10班":
            raise KeyboardInterrupt
        return print_class(task, progress)

    with monkeypatch.context() as patch:
        patch.setattr(working, "print_class", stopped)
        with pytest.raises(KeyboardInterrupt):
            render()
    folder = school / "output/开学"
    assert papers(folder) == {}, "no class is put away before all are printed"
    assert list((folder / FOLDER).glob("*.json"))
    told = [one.message for one in render().problems if one.code == "BTCH030"]
    assert told == ["上次没有印完，从头印起；印好的 1 个班没有用。"]


@pytest.mark.parametrize("stop_at", ["七年级2班", "放进文件夹"])
def test_who_wants_it_no_more_is_left_nothing(render: Render, school: Path, stop_at: str) -> None:
    """Unlike a run that is cut off: no class waits, no folder stands; serials stay reserved."""

    def unwanted(*told: object) -> None:
        if told[-1] == stop_at:
            raise UnwantedError

    with pytest.raises(UnwantedError):
        render(watching=Watching(unwanted, unwanted))
    assert not (school / "output/开学").exists()
    assert "印发" not in kinds(school)
    render()
    assert printed(school)["李喆"].endswith("七10-003"), "the numbers are those of the first try"


def test_what_lay_there_before_stays_where_a_run_is_unwanted(render: Render, school: Path) -> None:
    before = papers(render().folder)
    change(school / "cases/名册.csv", "白沙村5号", "青石街5号")

    def unwanted(done: int, everybody: int, _what: str) -> None:
        if done == everybody:
            raise UnwantedError

    with pytest.raises(UnwantedError):
        render(watching=Watching(meter=unwanted))
    assert papers(school / "output/开学") == before
    assert list((school / "output/开学" / FOLDER).glob("*.0")) == []


def test_a_full_disk_is_told_and_loses_nothing(
    render: Render, school: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = papers(render().folder)
    change(school / "cases/名册.csv", "白沙村5号", "青石街5号")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("kcbx_docs.filing.stage.write_whole", full)
        with pytest.raises(UserError, match="磁盘已满"):
            render()
    assert papers(school / "output/开学") == before
    assert kinds(school)[-1] == "备号", "nothing is recorded that was not put away"
    render()
    assert printed(school)["李喆"] == "青石中学26秋七10-004"


def test_two_at_once_print_one_after_the_other(
    render: Render, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kcbx_docs.locking.PATIENCE", 0.1)
    refused: list[str] = []

    def another(task, progress):
        if not refused:
            with pytest.raises(UserError) as stopped:
                render()
            refused.append(stopped.value.problems[0].code)
        return print_class(task, progress)

    monkeypatch.setattr(working, "print_class", another)
    render()
    assert refused == ["PAPR018"]


def test_several_processes_make_the_same_bytes(render: Render, school: Path) -> None:
    alone = papers(render().folder)
    shutil.rmtree(school / "output")
    assert papers(render(asked=BatchAsked(jobs=2)).folder) == alone


def test_the_manifest_tells_the_hash_of_every_pupil(render: Render) -> None:
    listed = json.loads((render().folder / "manifest.json").read_text("utf-8"))["files"]
    entries = listed[0]["papers"]
    assert {len(entry["content"]) for entry in entries} == {64}


def test_who_stops_it_is_told_how_to_go_on(school: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(task, progress):
        raise KeyboardInterrupt

    monkeypatch.setattr(working, "print_class", stopped)
    done = run(school, "render", "cases/开学.yaml", "--format", "docx", "--only", "七2")
    assert done.exit_code == 130
    assert "kcbx render cases/开学.yaml --format docx --only 七2 --resume" in done.output


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
@pytest.mark.parametrize("asked", [BatchAsked(), RESUMED])
def test_after_a_kill_a_changed_pupil_is_told_as_without_it(
    render: Render, school: Path, asked: BatchAsked
) -> None:
    """Whose guardian and class changed is not missing: the old serial is void, and it is said."""
    render()
    change(school / "cases/名册.csv", "李喆,白沙村5号,李志远", "李喆,白沙村5号,李志勇")
    killed(render, working, "print_class", 1)
    told = {one.code: one.message for one in render(asked=asked).problems}
    assert "BTCH024" not in told
    assert "-003→" in told["BTCH026"]
    assert printed(school)["李喆"].endswith("-004")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_kill_and_another_day_still_end_the_old_serial(render: Render, school: Path) -> None:
    render()
    change(school / "cases/名册.csv", "李喆,白沙村5号,李志远", "李喆,白沙村5号,李志勇")
    killed(render, working, "print_class", 1)
    told = {one.code for one in render(day=DAY + timedelta(days=1)).problems}
    assert "BTCH026" in told and "BTCH024" not in told
    assert [s.state for s in slips(school).values() if s.serial.endswith("10-003")] == ["作废"]
