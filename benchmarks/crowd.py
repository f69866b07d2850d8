"""A hundred officers issue papers in the same moment: none is refused, no number is lost or double.

    python -m benchmarks.crowd                          # a ledger in a file
    python -m benchmarks.crowd --place postgresql://…   # a shared one, which must be empty

Each officer is a process. It waits for the signal, keeps the files of a paper (a PDF of 90 KB and
a Word file of 30 KB), takes the next number and records the issue, so many times as is said. Told
is too how long the slowest waited for his turn, and past how many of those who came later.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.kills import CLERK, SERIES, in_process, learn, paper
from kcbx_docs.ledger.book import FOLDER, open_book
from kcbx_docs.ledger.verify import verify

SIZES = (90_000, 30_000)


def main() -> None:
    """Let them all in at once; print the figures as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--officers", type=int, default=100)
    parser.add_argument("--papers", type=int, default=5)
    parser.add_argument("--place", default="")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KCBX_LEDGERS"] = f"{folder}/remembered"
        place = options.place or Path(folder) / FOLDER
        learn(Path(folder), options.place)
        in_process(lambda: open_book(place, create=True, who=CLERK))
        found = crowd(place, options.officers, options.papers)
    print(json.dumps(found, ensure_ascii=False))
    sys.exit(not found["sound"])


def crowd(place: Path | str, officers: int, papers: int) -> dict[str, object]:
    """Start the officers, give the signal, and count."""
    waiting, signal = os.pipe()
    reports, report = os.pipe()
    for _ in range(officers):
        if not os.fork():
            os.close(signal)
            try:
                os.read(waiting, 1)  # ends when the signal's pipe is closed
                os.write(report, b"".join(act(place) for _ in range(papers)))
            finally:
                os._exit(0)
    os.close(report)
    began = time.time()
    os.close(signal)
    with os.fdopen(reports) as stream:
        lines = [line.split() for line in stream]
    for _ in range(officers):
        os.wait()
    seconds = time.time() - began
    waits, locked = sorted(float(line[1]) for line in lines), [float(line[2]) for line in lines]
    turns = sorted((float(line[3]), float(line[4])) for line in lines)
    told = in_process(lambda: look(place))
    return {
        "place": "postgresql" if str(place).startswith("postgresql") else "sqlite",
        "officers": officers,
        "wanted": officers * papers,
        "issued": len(lines),
        "seconds": round(seconds, 2),
        "median_ms": round(waits[len(waits) // 2]),
        "slowest_ms": round(waits[-1]),
        "longest_wait_ms": round(max(held - came for came, held in turns) * 1000),
        "most_overtaken": most_overtaken(turns),
        "median_under_lock_ms": round(sorted(locked)[len(locked) // 2], 1),
        **told,
        "sound": told["sound"] and len(lines) == told["numbers"] == officers * papers,
    }


def act(place: Path | str) -> bytes:
    """Issue one paper; report how long it took, and how long the others were kept waiting."""
    began = time.time()
    book = open_book(place)
    kept = tuple(book.keep(os.urandom(size), "pdf", "责令.pdf") for size in SIZES)
    came = time.time()
    with book.writing(CLERK) as pen:
        held = time.time()
        made = pen.append(paper(pen.next_serial(SERIES), kept))
    done = time.time()
    book.database.dispose()
    spans = f"{(done - began) * 1000:.1f} {(done - held) * 1000:.2f}"
    return f"{made.seq} {spans} {came:.6f} {held:.6f}\n".encode()


def most_overtaken(turns: list[tuple[float, float]]) -> int:
    """Return how many of those who came later went before one of them, at the worst."""
    return max(
        sum(held < own for _, held in turns[place + 1 :]) for place, (_, own) in enumerate(turns)
    )


def look(place: Path | str) -> dict[str, int]:
    """Read the ledger again."""
    book = open_book(place)
    numbers = {event.data["number"] for event in book.events(kinds=("制发",))}
    return {"numbers": len(numbers), "sound": verify(book).sound}


if __name__ == "__main__":
    main()
