"""Kill writers in the middle of their work, a thousand times, and count what was lost: nothing.

    python -m benchmarks.kills                          # 1,000 kills, a ledger in a file
    python -m benchmarks.kills --place postgresql://…   # on a shared one, which must be empty

A child issues papers and records services. Before each step it says so in a pipe; at the step that
was chosen for it, it waits to be killed, or goes on and is killed at a random moment of the commit.
What it was told to be recorded it writes into a journal of its own, with fsync. After every kill a
process that was not there before reads the ledger: all that was acknowledged is there once, numbers
have no gap, and verify finds no damage. kill -9 leaves what the system holds in memory: it is not a
power cut, for which the order of fsync is tested (tests/ledger/test_faults.py).
"""

import argparse
import json
import os
import random
import select
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path

from kcbx_docs.ledger.book import FILE, FOLDER, Book, open_book
from kcbx_docs.ledger.model import Draft, Series, Who
from kcbx_docs.ledger.pen import Pen
from kcbx_docs.ledger.verify import verify

CLERK = Who("普文清")
SERIES = Series("青龙镇人民政府", "青政", 2026)
DAY = date(2026, 11, 27)
STEPS = ("file", "renaming", "naming", "kept", "locked", "appended", "commit", "committed", "done")
"""In their order: bytes written, synced, renamed; the event begun, appended, committed, told."""

FILES = STEPS[:3]
"""Steps that only a ledger in a file has."""

OPEN = ("locked", "appended", "commit")
"""Steps in which a transaction is open."""

PATIENCE = 60
"""Seconds in which a writer reaches the step at which it is to be killed."""

PAPERS = 40
"""Events after which a new ledger begins: verify reads all of it after every kill."""


def main() -> None:
    """Kill and count; print the figures as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--place", default="")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KCBX_LEDGERS"] = f"{folder}/remembered"
        learn(Path(folder), options.place)
        found = kill_all(options.place, Path(folder), options.kills, random.Random(options.seed))
    print(json.dumps(found, ensure_ascii=False))
    sys.exit(bool(found["lost"] or found["doubled"] or found["damaged"]))


SHARED = ("kcbx_docs.ledger.postgres", "psycopg", "sqlalchemy.dialects.postgresql.psycopg")
"""What a process loads for its first connection to a shared ledger."""


def learn(folder: Path, place: str) -> None:
    """Write one paper in a ledger that nobody else sees: what a process loads and prepares for its
    first one, each of those that are forked from here would do again.
    """
    for name in SHARED if place else ():
        import_module(name)
    book = open_book(folder / "learning" / FOLDER, create=True, who=CLERK)
    with book.writing(CLERK) as pen:
        pen.append(paper(pen.next_serial(SERIES), (book.keep(b"%PDF", "pdf", "责令.pdf"),)))
    verify(book)
    book.database.dispose()


def kill_all(place: str, folder: Path, kills: int, chance: random.Random) -> dict[str, object]:
    """Kill as often as wanted; return what was counted."""
    counts: Counter[str] = Counter(kills=0, lost=0, doubled=0, damaged=0, open=0, journals=0)
    steps: Counter[str] = Counter()
    possible = STEPS[len(FILES) :] if place else STEPS
    began = time.time()
    root = folder
    for turn in range(kills):
        if turn % PAPERS == 0 and not (place and turn):
            root = folder / str(turn)
            root.mkdir()
            in_process(partial(open_book, place or root / FOLDER, create=True, who=CLERK))
        where, journal = place or root / FOLDER, root / "journal"
        reached = kill_one(where, journal, possible[turn % len(possible)], chance)
        steps[reached] += 1
        counts["kills"] += 1
        counts["open"] += reached in OPEN
        counts["journals"] += Path(root / FOLDER / f"{FILE}-journal").exists()
        counts.update(in_process(partial(look, where, journal)))
    told = {"place": "postgresql" if place else "sqlite", "seconds": round(time.time() - began)}
    return {**told, **counts, "steps": dict(steps)}


def kill_one(place: Path | str, journal: Path, step: str, chance: random.Random) -> str:
    """Start a writer, kill it at a step, and tell which step it had reached last."""
    delay = chance.uniform(0, 0.012)
    passes = chance.randrange(3)
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        try:
            work(place, journal, step, passes, writer)
        except BaseException:
            traceback.print_exc()  # nobody else hears why it never came to commit
            raise
        finally:
            os._exit(1)
    os.close(writer)
    said = b""
    while not said.endswith(b"!"):
        ready, _, _ = select.select([reader], [], [], PATIENCE)
        more = os.read(reader, 1) if ready else b""
        if not more:
            os.kill(child, signal.SIGKILL)
            raise SystemExit(f"the writer never came to {step}: {said.decode()!r}")
        said += more
    if step == "commit":
        time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(reader, 4096):
        said += more
    os.close(reader)
    return [word for word in said.decode().replace("!", "").split(",") if word][-1]


def work(place: Path | str, journal: Path, step: str, passes: int, pipe: int) -> None:
    """Issue and serve without end; stop at the chosen step, to be killed there."""
    turn = 0

    def reached(name: str) -> None:
        os.write(pipe, f"{name},".encode())
        if name == step and turn >= passes:
            os.write(pipe, b"!")
            if name != "commit":
                time.sleep(30)

    tell_steps(reached)
    book = open_book(place)
    handle = os.open(journal, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    while True:
        made = one_event(book, turn, reached)
        os.write(handle, made)
        real_fsync(handle)
        reached("done")
        turn += 1


real_fsync = os.fsync


def tell_steps(reached: Callable[[str], None]) -> None:
    """Have the steps of keeping a file tell when they are reached."""
    real_replace, real_append = os.replace, Pen.append

    def fsync(handle: int) -> None:
        name = Path(f"/proc/self/fd/{handle}").readlink().name
        if name.startswith(".kcbx-"):
            reached("file")
            real_fsync(handle)
            reached("renaming")
        else:
            real_fsync(handle)

    def replace(*paths: object) -> None:
        real_replace(*paths)  # type: ignore[arg-type]
        reached("naming")

    def append(self: Pen, draft: Draft) -> object:
        reached("locked")
        made = real_append(self, draft)
        reached("appended")
        return made

    os.fsync, os.replace = fsync, replace  # type: ignore[assignment]
    Pen.append = append  # type: ignore[method-assign, assignment]


def one_event(book: Book, turn: int, reached: Callable[[str], None]) -> bytes:
    """Record an issue or a service; return what stands in the journal of it."""
    kept = book.keep(os.urandom(3000), "pdf", "责令.pdf")
    reached("kept")
    with book.writing(CLERK) as pen:
        if turn % 2:
            data = {"issue": None, "event": {"事项": "送达"}}
            made = pen.append(Draft("送达", "到责令", DAY, data, (kept,)))
        else:
            serial = pen.next_serial(SERIES)
            made = pen.append(paper(serial, (kept,)))
        reached("commit")
    reached("committed")
    return f"{made.seq} {made.hash}\n".encode()


def paper(serial: int, attached: tuple) -> Draft:
    """Write down a paper of the series."""
    told = {"issuer": SERIES.issuer, "word": SERIES.word, "year": SERIES.year, "serial": serial}
    data = {"document": "order-to-correct", "number": f"青政〔2026〕{serial}号", "series": told}
    return Draft("制发", "到责令", DAY, data, attached)


def look(place: Path | str, journal: Path) -> dict[str, int]:
    """Read the ledger in a fresh process and compare it with the journal."""
    book = open_book(place)
    stored = Counter(f"{event.seq} {event.hash}" for event in book.events())
    lines = journal.read_text().splitlines() if journal.exists() else []
    told = [line for line in lines if len(line.split()) == 2 and len(line.split()[1]) == 64]
    numbers = Counter(event.data["number"] for event in book.events(kinds=("制发",)))
    lost = sum(1 for line in told if not stored[line])
    doubled = sum(count - 1 for count in (stored + numbers).values())
    quick = isinstance(place, str)  # a shared ledger grows over all kills
    return {"lost": lost, "doubled": doubled, "damaged": not verify(book, quick=quick).sound}


def in_process(act: Callable[[], object]) -> dict[str, int]:
    """Do something in a process of its own; return what it returned."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        try:
            found = act()
            os.write(writer, json.dumps(found if isinstance(found, dict) else {}).encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as stream:
        text = stream.read()
    os.waitpid(child, 0)
    if not text:
        raise SystemExit("the process that reads failed")
    return dict(json.loads(text))


if __name__ == "__main__":
    main()
