"""Long work: one piece at a time, how far it is, how to stop it, what a dead desk leaves."""

import os
import stat
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event

import pytest

from kcbx_docs.batch.asked import Watching
from kcbx_docs.desk.apart import apart, here
from kcbx_docs.desk.jobs import FOLDER, OVER, Jobs, LongJob, LongWork
from kcbx_docs.problems import Place, UserError, stop
from tests.desk.conftest import OWN, let_in
from tests.desk.long_work import counted, deaf, dying, employing, endless

FILE = "cases/开学.yaml"
PRINT = LongWork(
    "印开学告知", f"kcbx render {FILE}", "/notices/", f"kcbx render {FILE} --resume", FILE
)


def faulty(_watching: Watching) -> None:
    raise stop("BTCH020", Place("名册.csv", path="七年级1班!E4"), count=2)


def ended(job: LongJob) -> LongJob:
    wait(lambda: job.over)
    return job


def wait(for_what: Callable[[], object]) -> None:
    until = time.monotonic() + 20
    while not for_what():
        assert time.monotonic() < until, "it never comes"
        time.sleep(0.01)


@pytest.fixture
def jobs(tmp_path: Path) -> Jobs:
    return Jobs(tmp_path, here)


def test_work_tells_how_far_it_is_and_what_came_of_it(jobs: Jobs) -> None:
    job = ended(jobs.begin(PRINT, counted))
    assert (job.state, job.result) == ("做完了", "三个班")
    assert (job.far.done, job.far.total, job.far.what) == (3, 3, "七年级3班")
    assert jobs.unfinished == jobs.broken_off() == ()


def test_a_fault_is_a_problem_with_its_cell(jobs: Jobs) -> None:
    job = ended(jobs.begin(PRINT, faulty))
    assert job.state == "没有做成"
    assert [one.place.path for one in job.problems] == ["七年级1班!E4"]


def test_one_at_a_time_two_wait_and_no_more(jobs: Jobs) -> None:
    first = jobs.begin(PRINT, endless)
    wait(lambda: first.far.done)
    second, third = (jobs.begin(PRINT, counted) for _ in range(2))
    with pytest.raises(UserError, match="2 件事在等着做"):
        jobs.begin(PRINT, counted)
    assert (second.state, third.state) == ("等着", "等着")
    jobs.cancel(third.call)
    assert third.state == "停下了", "what waits is never begun"
    jobs.cancel(first.call)
    assert ended(first).state == "停下了"
    assert ended(second).state == "做完了"


def test_in_a_process_of_its_own_it_is_heard_stopped_and_missed(tmp_path: Path) -> None:
    jobs = Jobs(tmp_path, apart)
    running, employer = jobs.begin(PRINT, endless), jobs.begin(PRINT, employing)
    wait(lambda: running.far.total)
    jobs.cancel(running.call)
    assert ended(running).state == "停下了"
    assert ended(employer).result > os.nice(0), "which has processes of its own: pages go first"
    assert ended(jobs.begin(PRINT, lambda _: None)).state == "没有做成", "it cannot be sent there"
    dead = ended(jobs.begin(PRINT, dying))
    assert dead.state == "没有做成"
    assert "--resume" in dead.problems[0].hint


def test_what_writes_at_its_end_alone_is_stopped_in_the_middle_of_its_laying_out(
    tmp_path: Path,
) -> None:
    told = tmp_path / "pid"
    jobs = Jobs(tmp_path, apart)
    job = jobs.begin(replace(PRINT, at_once=True), partial(deaf, file=str(told)))
    wait(lambda: job.far.total)
    begun = time.monotonic()
    jobs.cancel(job.call)
    assert ended(job).state == "停下了"
    assert time.monotonic() - begun < 3
    with pytest.raises(ProcessLookupError):
        os.kill(int(told.read_text()), 0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_desk_that_dies_leaves_word_of_what_it_was_doing(desk) -> None:
    child = os.fork()
    if not child:  # a desk that is killed in the middle
        job = Jobs(desk.root, here).begin(PRINT, endless)
        wait(lambda: job.far.done)
        os._exit(9)
    os.waitpid(child, 0)
    browser = let_in(desk)
    assert "上次没有做完就断了" in browser.get("/machine").get_data(as_text=True)
    (broken,) = desk.jobs.broken_off()
    page = browser.get(f"/jobs/{broken.call}").get_data(as_text=True)
    assert "kcbx render cases/开学.yaml --resume" in page
    assert "http-equiv" not in page, "nothing will change any more"
    assert f'href="/notices/{desk.called(desk.root / FILE)}"' in page, "its screen, as called now"
    ended(desk.jobs.begin(PRINT, counted))
    assert desk.jobs.broken_off() == (), "what is done now is said to be broken off no more"


def test_what_another_desk_is_doing_is_not_broken_off(jobs: Jobs, tmp_path: Path) -> None:
    job = jobs.begin(PRINT, endless)
    wait(lambda: job.far.done)
    assert Jobs(tmp_path, here).broken_off() == ()
    assert stat.S_IMODE((tmp_path / FOLDER.parent).stat().st_mode) == 0o700
    jobs.cancel(job.call)
    ended(job)


def test_its_page_renews_itself_tells_the_script_and_stops_it(desk) -> None:
    browser = let_in(desk)
    go = Event()

    def work(watching: Watching) -> None:
        watching.meter(1, 4, "七年级1班")
        watching.meter(2, 4, "七年级2班")
        go.wait(20)
        watching.meter(3, 4, "七年级3班")

    job = desk.jobs.begin(PRINT, work)
    wait(lambda: job.far.done == 2)
    page = browser.get(f"/jobs/{job.call}").get_data(as_text=True)
    assert '<meta http-equiv="refresh" content="2">' in page
    assert 'value="2" max="4"' in page
    told = browser.get(f"/jobs/{job.call}/far").json
    assert told.pop("left")
    assert told == {"state": "正在做", "over": False, "done": 2, "total": 4, "what": "七年级2班"}
    assert f"/jobs/{job.call}" in browser.get("/machine").get_data(as_text=True)
    browser.post(f"/jobs/{job.call}/cancel", headers=OWN)
    go.set()
    assert ended(job).state == "停下了"
    assert "没有留下没做完的文件" in browser.get(f"/jobs/{job.call}").get_data(as_text=True)


def test_what_is_done_leads_to_its_screen(desk) -> None:
    job = ended(desk.jobs.begin(PRINT, partial(counted, pupils=1)))
    assert let_in(desk).get(f"/jobs/{job.call}").headers["Location"] == desk.screen_of(PRINT)
    assert "做完了" in OVER


@pytest.mark.parametrize("what", ["_written_down", "_forget_like"])
def test_a_fault_beside_the_work_holds_up_nothing_behind_it(
    jobs: Jobs, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_about: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as once:
        once.setattr(jobs, what, broken)
        first = ended(jobs.begin(PRINT, counted))
        assert first.state == ("没有做成" if what == "_written_down" else "做完了")
        wait(lambda: not jobs._works)
    assert ended(jobs.begin(PRINT, counted)).state == "做完了"


def test_a_kept_place_is_nobody_elses_and_is_free_again_if_it_is_not_used(jobs: Jobs) -> None:
    """A batch was saved, then there was no place to print it: the second try met its own file."""
    go_on = Event()
    first = jobs.begin(PRINT, lambda _: go_on.wait(20))
    wait(lambda: first.state == "正在做")
    second = jobs.begin(PRINT, counted)
    with jobs.place():
        with ThreadPoolExecutor(1) as other, pytest.raises(UserError, match="DESK020"):
            other.submit(jobs.begin, PRINT, counted).result()
        third = jobs.begin(PRINT, counted)
    with pytest.raises(UserError, match="DESK020"), jobs.place():
        pytest.fail("there was no place")
    go_on.set()
    assert {ended(one).state for one in (first, second, third)} == {"做完了"}
    for _ in range(3):
        with jobs.place():
            pass
    assert ended(jobs.begin(PRINT, counted)).state == "做完了"
