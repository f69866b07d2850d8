"""A ledger that grows from a hundred papers to ten thousand: does it stay as quick?

    python -m benchmarks.ledger                          # in a file
    python -m benchmarks.ledger --place postgresql://…   # shared, in a database that is empty

At 100, 1,000 and 10,000 papers: the median time of an issue (two files of 40 KB and 20 KB kept,
the number taken, the event committed), of asking for the events of one case, of taking all events,
the size, and the time in which verify reads every byte again. The papers in between are put in
without waiting for the disk.
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from unittest import mock

from benchmarks.kills import CLERK, SERIES, paper
from kcbx_docs.ledger.backup import back_up
from kcbx_docs.ledger.book import FILE, FOLDER, Book, open_book
from kcbx_docs.ledger.database import transaction
from kcbx_docs.ledger.model import Draft
from kcbx_docs.ledger.verify import verify

SIZES = (40_000, 20_000)
STAGES = (100, 1_000, 10_000)
ROUNDS = 30
AT_ONCE = 100


def main() -> None:
    """Fill and measure; print a line for each stage."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--place", default="")
    parser.add_argument("--most", type=int, default=STAGES[-1])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KCBX_LEDGERS"] = f"{folder}/remembered"
        book = open_book(options.place or Path(folder) / FOLDER, create=True, who=CLERK)
        for stage in (stage for stage in STAGES if stage <= options.most):
            fill(book, stage)
            print(json.dumps(measure(book, Path(folder), stage), ensure_ascii=False), flush=True)


def fill(book: Book, papers: int) -> None:
    """Put papers in until there are so many."""
    there = len(book.events(kinds=("制发",)))
    with mock.patch.object(os, "fsync", lambda handle: None):
        while there < papers:
            several = [keep(book) for _ in range(min(AT_ONCE, papers - there))]
            with book.writing(CLERK) as pen:
                for kept in several:
                    there += 1
                    pen.append(of_case(paper(pen.next_serial(SERIES), kept), there))


def keep(book: Book) -> tuple:
    """Keep the files of a paper."""
    return tuple(book.keep(os.urandom(size), "pdf", "责令.pdf") for size in SIZES)


def of_case(draft: Draft, number: int) -> Draft:
    """Give a paper to a case: each case has ten."""
    return Draft(draft.kind, f"案件{number // 10}", draft.day, draft.data, draft.attached)


def issue(book: Book) -> None:
    """Issue one paper as an officer does."""
    kept = keep(book)
    with book.writing(CLERK) as pen:
        pen.append(of_case(paper(pen.next_serial(SERIES), kept), 5))


def measure(book: Book, folder: Path, stage: int) -> dict[str, object]:
    """Take the times of one stage."""
    told = {"place": book.database.kind, "papers": stage}
    found = {
        "issue_ms": round(median(timed(lambda: issue(book)) for _ in range(ROUNDS)) * 1000, 1),
        "case_ms": round(
            median(timed(lambda: book.events("案件3")) for _ in range(ROUNDS)) * 1000, 1
        ),
        "all_ms": round(timed(book.events) * 1000),
        "verify_s": round(timed(lambda: verify(book)), 2),
        "quick_s": round(timed(lambda: verify(book, quick=True)), 2),
    }
    if stage == STAGES[-1]:
        found["backup_s"] = round(timed(lambda: back_up(book, folder / "out")), 1)
    return {
        **told,
        **found,
        "database_mb": round(size_of(book) / 2**20, 2),
        "sound": verify(book).sound,
    }


def size_of(book: Book) -> int:
    """Return the size of the database without the files."""
    if isinstance(book.place, Path):
        return (book.place / FILE).stat().st_size
    tables = ("event", "number", "series_start", "erased")
    with transaction(book.database) as conn:
        sizes = (f"pg_total_relation_size('kcbx.{table}')" for table in tables)
        return int(conn.run(f"SELECT {' + '.join(sizes)}").scalar_one())


def timed(act: Callable[[], object]) -> float:
    """Return how many seconds something takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
