"""How long the desk takes to show its first page, and its lists over a thousand cases:
python -m benchmarks.desk [number].

Seconds of the processor stand beside those of the clock: on a busy machine only they can be
compared.
"""

import argparse
import http.client
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks.status import ROOT, make_cases
from kcbx_docs.case.files import load_workspace
from kcbx_docs.desk.app import create_app
from kcbx_docs.desk.door import Door
from kcbx_docs.desk.opened import OpenDesk
from kcbx_docs.ledger.model import Draft, Who
from kcbx_docs.office.book import book_of

DAY = date(2026, 12, 1)
HOST = "localhost"
ADDRESSES = {"今日": "/", "案件": "/cases", "期限日历": "/days"}


def told(what: str, act: Callable[[], object]) -> None:
    """Do something and print what it took."""
    clock, processor = time.perf_counter(), time.process_time()
    act()
    seconds, used = time.perf_counter() - clock, time.process_time() - processor
    print(f"  {what:24} {seconds:6.2f} s（处理器 {used:.2f} s）")


def first_page(folder: Path) -> None:
    """Run the command as a user does, and print when its first page is there."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "kcbx_docs", "desk", str(folder), "--no-browser"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=ROOT, stderr=subprocess.DEVNULL
    ) as running:
        assert running.stdout
        found = re.search(r"http://([^/]+)(/\S+)", running.stdout.readline())
        assert found
        connection = http.client.HTTPConnection(found[1])
        connection.request("GET", found[2])
        entered = connection.getresponse()
        entered.read()
        cookie = str(entered.getheader("Set-Cookie")).split(";")[0]
        status = 0
        while status != 200:
            connection.request("GET", "/", headers={"Cookie": cookie})
            shown = connection.getresponse()
            shown.read()
            after, status = time.perf_counter() - begun, shown.status
            print(f"  kcbx desk → 今日 {after:6.2f} s（{'列表' if status == 200 else '正在读'}）")
        running.terminate()


def lists(folder: Path) -> None:
    """Print what the lists take: cold, warm, after one change."""
    desk = OpenDesk(folder, Door(frozenset({HOST}), "desk"), today=lambda: DAY)
    browser = create_app(desk).test_client()
    browser.set_cookie("desk", desk.door.badge)

    def shown(address: str) -> None:
        assert browser.get(address).status_code == 200

    told("今日，第一次", lambda: shown("/"))
    for name, address in ADDRESSES.items():
        told(name, lambda address=address: shown(address))
    case = desk.cases[len(desk.cases) // 2]
    case.write_text(f"{case.read_text('utf-8')}# 改\n", "utf-8")
    told("今日，改了一个案件", lambda: shown("/"))
    loaded, _ = load_workspace(folder)
    assert loaded
    for what in ("建了台账", "台账加了一条"):
        with book_of(folder, loaded.workspace, create=True).writing(Who("测量")) as pen:
            if what != "建了台账":
                pen.append(Draft("催收", "2026-00001", DAY, {"items": []}))
        told(f"今日，{what}", lambda: shown("/"))


def main() -> None:
    """Make the cases and print what is to be told."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", type=int, nargs="?", default=1000)
    number = parser.parse_args().number
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "示例"
        folder.mkdir()
        for one in ("kcbx.yaml", "cases/到责令.yaml", "cases/两位监护人.yaml"):
            (folder / one).parent.mkdir(exist_ok=True)
            shutil.copy(ROOT / one, folder / one)
        print("两个案件")
        first_page(folder)
        folder = Path(name) / "许多"
        folder.mkdir()
        make_cases(folder, number)
        print(f"{number} 个案件")
        first_page(folder)
        lists(folder)


if __name__ == "__main__":
    main()
