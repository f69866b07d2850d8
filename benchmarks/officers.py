"""A hundred officers issue a real paper at once: is anybody refused, how long does the last wait?

``python -m benchmarks.officers [--officers 100] [--word-only]``; each officer is a process, each
with a case of his own, all numbers of one series. Meanwhile one more process asks for the lock for
itself again and again, as who records a service does: what it waits is told too.
"""

import argparse
import os
import shutil
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median

from kcbx_docs.issuing.issue import issue
from kcbx_docs.issuing.to_issue import ToIssue
from kcbx_docs.ledger.verify import verify
from kcbx_docs.ledger.who import at_this_machine
from kcbx_docs.office.book import book_of
from kcbx_docs.office.opened import open_office
from tests.kinds.world import ABSENT, case_text, workspace

DAY = date(2026, 3, 12)


def main() -> None:
    """Set the office up, let everybody go at once, and tell what came of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--officers", type=int, default=100)
    parser.add_argument("--word-only", action="store_true")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="kcbx-officers-"))
    try:
        _run(folder, asked.officers, ("docx",) if asked.word_only else ("docx", "pdf"))
    finally:
        shutil.rmtree(folder)


def _run(folder: Path, officers: int, formats: tuple[str, ...]) -> None:
    cases = list(_cases(folder, officers + 1))
    _issue(cases.pop(), formats)  # everything is loaded before the processes part
    office = open_office(folder)
    book = book_of(office.root, office.workspace)
    started = time.monotonic() + 2
    children = [_fork(case, formats, started, folder / f"{n}.time") for n, case in enumerate(cases)]
    waits = []
    while any(os.waitpid(child, os.WNOHANG)[0] == 0 for child in children[-1:]):
        before = time.monotonic()
        with book.writing(at_this_machine()):
            waits.append(time.monotonic() - before)
        time.sleep(0.05)
    failed = [child for child in children[:-1] if os.waitpid(child, 0)[1]]
    times = [float(path.read_text("utf-8")) for path in folder.glob("*.time")]
    serials = [one.data["series"]["serial"] for one in book.events(kinds=("制发",))]
    print(f"{officers} 人同时制发（{'、'.join(formats)}）：{len(failed)} 人没有成")
    print(f"每人等：中位 {median(times):.1f} 秒，最久 {max(times):.1f} 秒")
    whole = sorted(serials) == list(range(1, len(serials) + 1))
    print(f"文号：1 到 {max(serials)}，{'没有缺号' if whole else '有缺号'}")
    print(f"别人等锁 {len(waits)} 次：中位 {median(waits):.3f} 秒，最久 {max(waits):.3f} 秒")
    print(f"核验：{'、'.join(verify(book).verdicts)}")


def _cases(folder: Path, count: int) -> list[Path]:
    text = case_text(ABSENT)
    workspace(folder, text=text)
    paths = []
    for number in range(count):
        path = folder / "cases" / f"{number}.yaml"
        path.write_text(text.replace("2026-001", f"2026-{number + 100}"), "utf-8")
        paths.append(path)
    return paths


def _issue(path: Path, formats: tuple[str, ...]) -> None:
    office = open_office(path)
    loaded, _ = office.read(path, date.today())
    issue(office, loaded, ToIssue("order-to-correct", DAY, date.today(), formats=formats))  # type: ignore[arg-type]


def _fork(path: Path, formats: tuple[str, ...], started: float, told: Path) -> int:
    child = os.fork()
    if child:
        return child
    try:
        time.sleep(max(started - time.monotonic(), 0))
        before = time.monotonic()
        _issue(path, formats)
        told.write_text(str(time.monotonic() - before), "utf-8")
    except BaseException as error:  # noqa: BLE001
        print(error)
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main()
