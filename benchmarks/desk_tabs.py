"""A school's whole stack through the desk, with twenty tabs open, and killed in the middle:
python -m benchmarks.desk_tabs [pupils].
"""

import csv
import io
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from benchmarks.status import ROOT
from tests.desk.on_its_own import DeskOnItsOwn
from tests.desk.test_every_page import LARGEST

TABS, EACH = 20, 2.0
"""Tabs, and seconds for which each rests between two pages."""
PAGES = ("/", "/cases", "/days", "/notices", "/slips", "/lists", "/machine")
CHOICES = (
    ("name", "全校告知"),
    ("term", "2026年秋季学期"),
    ("school", "云岭县青石中学"),
    ("copies-liability-notice", "1"),
    ("copies-commitment", "2"),
    ("format", "pdf"),
)


def roster(pupils: int) -> bytes:
    """Invent the pupils of sixty classes; of every thirtieth a telephone number is too short."""
    chance, out = random.Random(1), io.StringIO()
    lines = csv.writer(out)
    lines.writerow(("班级", "姓名", "现住址", "父亲姓名", "父亲电话"))
    for number in range(pupils):
        place = number * 60 // pupils
        label = f"{'七八九'[place // 20]}年级{place % 20 + 1}班"
        name = "普李张杨王罗段白"[number % 8] + "".join(chance.choices("云飞晓岚文清正宁玉芬", k=2))
        phone = f"1380{number:07d}" if number % 30 else "138000"
        lines.writerow((label, name, f"白沙村{number}号", "普大明", phone))
    return out.getvalue().encode()


def waited(desk: DeskOnItsOwn, job: str, done: int) -> dict[str, object]:
    """Wait until so many pupils are printed, or it is over."""
    while True:
        far = desk.far(job)
        if far["over"] or int(str(far["done"])) >= done:
            return far
        time.sleep(0.2)


@contextmanager
def opened(root: Path) -> Iterator[DeskOnItsOwn]:
    """Open a desk as a user does."""
    command = [sys.executable, "-m", "kcbx_docs", "desk", str(root), "--no-browser"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT
    ) as running:
        assert running.stdout
        found = re.search(r"http\S+", running.stdout.readline())
        assert found
        try:
            yield DeskOnItsOwn(running, found[0])
        finally:
            running.kill()


def tab(desk: DeskOnItsOwn, first: int, times: dict[str, list[float]], over: Event) -> None:
    """Open one page after another until it is over."""
    number = first
    while not over.is_set():
        address = PAGES[number % len(PAGES)]
        begun = time.perf_counter()
        said = desk.page(address)
        times.setdefault(address, []).append(time.perf_counter() - begun)
        assert len(said.encode()) < LARGEST, address
        number += 1
        over.wait(EACH)


def cold(root: Path) -> None:
    """Open twenty tabs at once, the moment the desk says its address."""
    took: list[tuple[float, str]] = []

    def ask(desk: DeskOnItsOwn, address: str) -> None:
        begun = time.perf_counter()
        desk.page(address)
        took.append((time.perf_counter() - begun, address))

    with opened(root) as desk:
        tabs = [Thread(target=ask, args=(desk, PAGES[n % len(PAGES)])) for n in range(TABS)]
        for one in tabs:
            one.start()
        for one in tabs:
            one.join()
    print(f"刚打开，{TABS} 个标签页一起：最慢 {max(took)[0]:.2f} s（{max(took)[1]}）")


def main(pupils: int = 3000) -> None:
    """Print for a school; then once more, killed in the middle and gone on with."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(ROOT / "cases", root / "cases")
        shutil.copy(ROOT / "kcbx.yaml", root)
        cold(root)
        with opened(root) as desk:
            for address in PAGES:  # the tabs have been open for a while
                desk.page(address)
            read = desk.drop("/notices", "big.csv", roster(pupils))
            begun, job = time.perf_counter(), desk.send(read, CHOICES)
            times: dict[str, list[float]] = {}
            over = Event()
            tabs = [Thread(target=tab, args=(desk, n, times, over)) for n in range(TABS)]
            for one in tabs:
                one.start()
            print(f"{pupils} 名学生：{waited(desk, job, pupils + 1)['state']}", end="")
            print(f"，{time.perf_counter() - begun:.1f} s")
            over.set()
            for one in tabs:
                one.join()
            for address, took in times.items():
                middle = statistics.median(took)
                print(f"  {address:10} {len(took)} 次，最慢 {max(took):.2f} s，中间 {middle:.2f} s")
        shutil.rmtree(root / "output/全校告知")
        with opened(root) as desk:
            path = batch_of(desk)
            job = desk.send(f"{path}/print", [("how", "all"), ("format", "pdf")])
            print("  杀掉时：", waited(desk, job, pupils // 3)["done"])
            desk.process.kill()
        left = [one.name for one in (root / "output/全校告知").iterdir()]
        print("  留下：", left)
        with opened(root) as desk:
            job = desk.send(f"{batch_of(desk)}/print", [("how", "resume"), ("format", "pdf")])
            begun = time.perf_counter()
            print("  接着印：", waited(desk, job, pupils + 1)["state"], end="")
            print(f"，{time.perf_counter() - begun:.1f} s")


def batch_of(desk: DeskOnItsOwn) -> str:
    """Find the page of the batch."""
    found = re.search(r'href="(/notices/[0-9a-f]+)">全校告知</a>', desk.page("/notices"))
    assert found
    return found[1]


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
