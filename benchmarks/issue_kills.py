"""Kill an officer's computer in the middle of issuing, a thousand times: is a number lost?

``python -m benchmarks.issue_kills [--kills 1000]``. Each time a process issues a paper of a case of
its own and is killed at a random moment; it notes in a file what it was told (an acknowledgement)
and, in shared memory, whether it holds the ledger's lock. Then a fresh process issues the same
paper again. In the end every case must have one number, acknowledged ones the number that was
told, without a gap, and the ledger must be sound.
"""

import argparse
import mmap
import os
import random
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from kcbx_docs.issuing.issue import issue
from kcbx_docs.issuing.to_issue import ToIssue
from kcbx_docs.ledger.book import Book
from kcbx_docs.ledger.model import ISSUED
from kcbx_docs.ledger.verify import verify
from kcbx_docs.office.book import book_of
from kcbx_docs.office.opened import open_office
from tests.kinds.world import ABSENT, case_text, workspace

DAY = date(2026, 3, 12)


def main() -> None:
    """Kill as often as asked, and tell what came of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="kcbx-kills-"))
    try:
        _run(folder, asked.kills, random.Random(asked.seed))
    finally:
        shutil.rmtree(folder)


def _run(folder: Path, kills: int, chance: random.Random) -> None:
    text = case_text(ABSENT)
    workspace(folder, text=text)
    held = mmap.mmap(-1, 1)
    _mark(held)
    number(folder / "cases/案件.yaml")  # everything is loaded
    other = folder / "cases/又一件.yaml"
    other.write_text(text.replace("2026-001", "2026-002"), "utf-8")
    began = time.monotonic()
    _fresh(other, folder / "again")
    whole = time.monotonic() - began
    hits = done = acknowledged = 0
    for turn in range(kills):
        path = folder / "cases" / f"{turn}.yaml"
        path.write_text(text.replace("2026-001", f"2026-{turn + 1000}"), "utf-8")
        told = folder / "told"
        told.unlink(missing_ok=True)
        open_write, killed = _killed(path, told, held, chance.uniform(0, whole * 1.1))
        hits += open_write
        done += killed
        again = _fresh(path, folder / "again")
        if told.exists() and (known := told.read_text("utf-8")):
            acknowledged += 1
            assert known == again, f"{known} was acknowledged, {again} is recorded"
    _tell(folder, kills, done, hits, acknowledged)


def _tell(folder: Path, kills: int, done: int, hits: int, acknowledged: int) -> None:
    office = open_office(folder)
    book = book_of(office.root, office.workspace)
    events = book.events(kinds=(ISSUED,))
    serials = [one.data["series"]["serial"] for one in events]
    assert serials == list(range(1, kills + 3)), "a number is missing or doubled"
    assert len({one.case for one in events}) == kills + 2, "a case has two numbers"
    print(f"{kills} 次，{done} 次杀在中途，其中 {hits} 次正持锁写入")
    print(f"{acknowledged} 次已告诉文号，都算数")
    print(f"文号 1 到 {kills + 2}，不缺不重；核验：{'、'.join(verify(book).verdicts)}")


def number(path: Path) -> str:
    """Issue the paper of a case; return its number."""
    office = open_office(path)
    loaded, _ = office.read(path, date.today())
    wanted = ToIssue("order-to-correct", DAY, date.today(), formats=("docx",))
    (issued,), _ = issue(office, loaded, wanted)  # type: ignore[arg-type]
    return issued.issue.number


def _mark(held: mmap.mmap) -> None:
    """Note in shared memory while the lock is held."""
    writing = Book.writing

    @contextmanager
    def noted(self: Book, *words: Any, **named: Any) -> Iterator[Any]:
        with writing(self, *words, **named) as pen:
            held[0] = 1
            yield pen
        held[0] = 0

    Book.writing = noted  # type: ignore[method-assign]


def _killed(path: Path, told: Path, held: mmap.mmap, after: float) -> tuple[bool, bool]:
    held[0] = 0
    child = _fork(path, told)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return bool(held[0]) and os.WIFSIGNALED(status), os.WIFSIGNALED(status)


def _fork(path: Path, told: Path) -> int:
    child = os.fork()
    if child:
        return child
    with told.open("w", encoding="utf-8") as file:
        file.write(number(path))
        file.flush()
        os.fsync(file.fileno())
    os._exit(0)


def _fresh(path: Path, told: Path) -> str:
    _, status = os.waitpid(_fork(path, told), 0)
    assert status == 0, "the second run did not succeed"
    return told.read_text("utf-8")


if __name__ == "__main__":
    main()
