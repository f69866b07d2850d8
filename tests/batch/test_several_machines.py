"""A batch printed by several machines: the same bytes, nothing lost and nothing twice, whoever is
killed; and what goes over the wire.
"""

import asyncio
import os
import pickle
import shutil
import signal
import time
import warnings
import zipfile
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from kcbx_docs.batch.asked import EVERYBODY, BatchAsked
from kcbx_docs.batch.contents import names_in
from kcbx_docs.batch.lean import lean
from kcbx_docs.batch.run import prepare, tasks_of, unnumbered
from kcbx_docs.case.files import LoadedBatch
from kcbx_docs.cli import kcbx
from kcbx_docs.filing.parcel import Parcel, parcel_of, print_away
from kcbx_docs.filing.stage import Stage
from kcbx_docs.office.opened import open_office
from kcbx_docs.papers.files import Wanted
from kcbx_docs.problems import UserError
from tests.batch.conftest import DAY, Render
from tests.batch.test_preflight import change
from tests.batch.test_processes import polled
from tests.batch.test_resume import killed, papers
from tests.batch.test_serials import kinds, printed

needs_dask = pytest.mark.skipif(find_spec("distributed") is None, reason="没有装 dask")


def parcel_and_tasks(school: Path) -> tuple[Parcel, list]:
    office = open_office(school / "cases/开学.yaml")
    loaded, _ = office.read(school / "cases/开学.yaml", DAY)
    assert isinstance(loaded, LoadedBatch)
    run = prepare(office, loaded, Wanted(DAY, formats=("docx",)), EVERYBODY)
    names = names_in([made.flat for made in run.bench.chosen])
    tasks = [lean(task, names) for task in tasks_of(run, unnumbered(run), False)]
    return parcel_of(office, loaded, ("docx",)), tasks


def test_who_is_sent_everything_makes_the_same_bytes(render: Render, school: Path) -> None:
    change(school / "cases/名册.csv", "白沙村3号", "白沙村3号\U0003ffff")
    away = render(asked=BatchAsked(executor=lambda: ThreadPoolExecutor(2)), draft=True)
    there, told = papers(away.folder), (away.folder / "manifest.json").read_bytes()
    here = render(draft=True)
    assert papers(here.folder) == there and len(there) == 4
    assert (here.folder / "manifest.json").read_bytes() == told
    assert here.problems == away.problems and "王䶮" in str(here.problems)


def test_what_no_paper_prints_is_not_sent(school: Path) -> None:
    """The papers print addresses and no number of a child; the ledger's password stays here."""
    roster = school / "cases/名册.csv"
    lines = roster.read_text("utf-8").splitlines()
    more = ["身份证号,民族", *["11010120120307001X,傈僳族"] * 5]
    roster.write_text("\n".join(map(",".join, zip(lines, more, strict=True))), "utf-8")
    with (school / "kcbx.yaml").open("a", encoding="utf-8") as file:
        file.write("登记簿: postgresql://kcbx:secret@10.0.0.9/kcbx\n")
    parcel, tasks = parcel_and_tasks(school)
    sent = pickle.dumps((parcel.batch, parcel.made_with, tasks)).decode("utf-8", "ignore")
    archive = zipfile.ZipFile(BytesIO(parcel.office))
    sent += "".join(archive.read(name).decode() for name in archive.namelist())
    assert "白沙村1号" in sent and "普大明" in sent
    for kept in ("11010120120307001X", "傈僳族", "secret", str(school)):
        assert kept not in sent
    assert "cases/名册.csv" not in archive.namelist()


def test_a_machine_that_would_make_other_bytes_refuses(school: Path) -> None:
    parcel, (first, *_) = parcel_and_tasks(school)
    other = {**dict(parcel.made_with), "docxtpl": "0.19.0", "字体1": "simfang.ttf（FangSong，ab）"}
    with pytest.raises(UserError) as stopped:
        print_away(replace(parcel, made_with=tuple(other.items())), first)
    (told,) = stopped.value.problems
    assert "docxtpl 要 0.19.0，那里是 0.20" in told.message
    assert "字体1 要 simfang.ttf（FangSong，ab），那里是 没有" in told.message
    assert told.code == "RUN063" and "requirements/user.txt" in told.hint


@dataclass(frozen=True)
class Machines:
    """A scheduler and two processes that print."""

    address: str
    folder: Path

    def be_deadly(self) -> None:
        """Have whichever process prints first be killed by it, once."""
        from distributed import Client

        flag = self.folder / f"killed {time.monotonic_ns()}"
        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
            client.run(exec, DEADLY.format(flag=str(flag)), {})


DEADLY = """
import os, signal
from kcbx_docs.filing import parcel
real = parcel.print_class
def deadly(task):
    try:
        os.close(os.open({flag!r}, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return real(task)
    os.kill(os.getpid(), signal.SIGKILL)
parcel.print_class = deadly
"""


async def schedule(folder: Path) -> None:
    from distributed import Scheduler

    async with Scheduler(host="127.0.0.1", port=0, dashboard_address="127.0.0.1:0") as scheduler:
        (folder / "began").write_text(scheduler.address)
        (folder / "began").rename(folder / "address")
        await scheduler.finished()


async def work(address: str, folder: Path) -> None:
    from distributed import Worker

    async with Worker(address, nthreads=1, local_directory=str(folder)) as worker:
        await worker.finished()


def address_in(folder: Path) -> str:
    with suppress(FileNotFoundError):
        return (folder / "address").read_text()
    return ""


def begin(program: Coroutine[None, None, None]) -> int:
    """Begin a process of its own; it has the program already, so that it costs little."""
    if child := os.fork():
        program.close()
        return child
    try:
        warnings.simplefilter("ignore")
        asyncio.run(program)
    finally:
        os._exit(0)


@pytest.fixture
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    import distributed  # noqa: F401  (once, before the processes part)

    folder = tmp_path_factory.mktemp("machines")
    with ExitStack() as stack:

        def run(program: Coroutine[None, None, None]) -> None:
            child = begin(program)
            stack.callback(os.waitpid, child, 0)
            stack.callback(os.kill, child, signal.SIGKILL)

        run(schedule(folder))
        address = next(text for text in polled(lambda: address_in(folder)) if text)
        for name in ("1", "2"):
            run(work(address, folder / name))
        yield Machines(address, folder)


@needs_dask
@pytest.mark.long
@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_whoever_is_killed_nothing_is_lost_and_nothing_twice(
    machines: Machines, render: Render, school: Path
) -> None:
    """The asking process is killed when one class is kept, and then one of two that print."""
    killed(lambda: render(asked=BatchAsked(cluster=machines.address)), Stage, "keep", 2)
    machines.be_deadly()
    done = render(asked=BatchAsked(resumed=True, cluster=machines.address))
    told = [one.code for one in done.problems]
    assert "BTCH031" in told and "RUN068" in told
    there = papers(done.folder)
    assert len(there) == 4 and len(printed(school)) == 5
    assert kinds(school) == ["建册", "备号", "印发"]
    shutil.rmtree(done.folder)
    assert papers(render().folder) == there


@needs_dask
def test_nobody_there_is_told_with_the_command_that_goes_on(
    school: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kcbx_docs.filing.cluster._CONNECTING", 0.3)
    words = ["render", str(school / "cases/开学.yaml"), "--executor", "dask=tcp://127.0.0.1:9"]
    done = CliRunner().invoke(kcbx, [*words, "--format", "docx"])
    assert done.exit_code == 1
    assert "[RUN064] 连不上集群 tcp://127.0.0.1:9：没有回答。" in done.stderr
    assert f"{words[-1]} --format docx --resume" in done.stderr


@needs_dask
def test_without_a_certificate_it_is_told_at_once(render: Render) -> None:
    with pytest.raises(UserError, match=r"tls://\S+：证书没有配好"):
        render(asked=BatchAsked(cluster="tls://127.0.0.1:9"))
