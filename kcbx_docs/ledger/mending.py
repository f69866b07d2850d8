"""After damage, after an order to destroy, after a move: what happened is set down as an event."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from kcbx_docs.ledger.backup import head_data, retire, series_in, start_above
from kcbx_docs.ledger.blobs import FileBlobs
from kcbx_docs.ledger.book import BLOBS, FILE, HEADS, Book, Clock, new_name, now, place_data, today
from kcbx_docs.ledger.chain import read_chain
from kcbx_docs.ledger.copying import Stored, salvage, swap, write_file
from kcbx_docs.ledger.database import SqliteFile, transaction
from kcbx_docs.ledger.gate import place_of
from kcbx_docs.ledger.heads import Heads
from kcbx_docs.ledger.model import (
    CONTINUED,
    ERASED,
    ISSUED,
    MOVED,
    STARTED,
    Attached,
    Draft,
    Recorded,
    Series,
    Who,
    hash_of,
    read_body,
    series_of,
)
from kcbx_docs.ledger.place import doubts_of, here, same_place
from kcbx_docs.ledger.reading import head_of, newest_sound
from kcbx_docs.ledger.verify import Verified, verify
from kcbx_docs.problems import Place, UserError, raise_errors, stop
from kcbx_docs.writing import STAGED

_REBUILD = ("LEDG033", "LEDG041", "LEDG046")
"""Damage of tables and guards, which are made anew; the events in them are kept."""


def carry_on(
    book: Book, who: Who, reason: str, highest: Mapping[Series, int], label: str = "损坏"
) -> Recorded:
    """Set down the damage of a ledger, and go on the same day under a new name.

    Sound events stay as they are and where they are; what is changed or lost is named, and
    nobody takes it for a proof any more.
    """
    folder = book.folder
    found, report = _look(book)
    if found and found.sound:
        raise stop("LEDG026")
    kept = ""
    if folder is not None and _must_rebuild(found):
        retire(folder / FILE, who, book.clock)
        kept = _rebuild(folder, label)
        book = damaged_book(folder, book.clock)  # its file may not have been there
        found = verify(book)
        report += [*([f"原来的文件留存为 {kept}"] if kept else []), *_loose(book)]
    wounds = [one.wound for one in found.flaws if one.problem.is_error] if found else []
    with book.writing(who, mending=True) as pen:
        before = newest_sound(pen.conn)
        data: dict[str, Any] = {
            "ledger": new_name(),
            "reason": reason,
            "wounds": wounds,
            "report": report,
        }
        data |= {"before": _before(book, before), "kept": kept, **place_data(folder)}
        made = pen.append(Draft(CONTINUED, "", today(book.clock), data))
        start_above(pen, highest, f"台账损坏（第 {made.seq} 条）", today(book.clock))
    return made


def _loose(book: Book) -> Iterator[str]:
    """Tell of files that may be all that is left of lost events, and what to do with them."""
    with transaction(book.database) as conn:
        read = read_chain(conn)
    loose = book.blobs.sizes().keys() - read.attached.keys()
    if loose:
        where = f"{BLOBS} 文件夹里有 {len(loose)} 个文件没有登记对应，多半属于丢失的登记"
        yield f"{where}：请逐个打开看文号，用 kcbx issue --existing 补录"


def _look(book: Book) -> tuple[Verified | None, list[str]]:
    """Verify as far as that is possible, and say in words what was found."""
    if book.folder and not (book.folder / FILE).exists():
        return None, ["台账文件不见了"]
    try:
        found = verify(book)
    except UserError as error:
        return None, [one.message for one in error.problems]
    return found, [one.message for one in found.problems if one.is_error]


def _must_rebuild(found: Verified | None) -> bool:
    return found is None or any(one.code in _REBUILD for one in found.flaws)


def _rebuild(folder: Path, label: str) -> str:
    """Write what can be read into a new file with sound tables and guards; keep the old one."""
    file, fresh = folder / FILE, folder / f"{STAGED}rebuilt.db"
    fresh.unlink(missing_ok=True)
    write_file(fresh, salvage(file) if file.exists() else ())
    return swap(fresh, file, label)


def _before(book: Book, last: Recorded | None) -> dict[str, str | int]:
    """Name the ledger that was, and its last sound event; of nothing, the last known head."""
    known = book.heads.last()
    name = known.ledger if known else ""
    if last is None:
        return head_data(known) if known else {"ledger": "", "count": 0, "hash": ""}
    return {"ledger": name, "count": last.seq, "hash": last.hash}


def erase(
    book: Book, names: Sequence[str], who: Who, reason: str, order: str, day: date
) -> Recorded | None:
    """Destroy files on lawful order: the event first, then the bytes; again after a kill."""
    told = (event.data["sha256"] for event in book.events(kinds=(ERASED,)))
    done = set(chain.from_iterable(told))
    fresh = [name for name in names if name not in done]
    for name in fresh:
        if book.blobs.size(name) is None:
            raise stop("LEDG011", Place(), name=name)
    made = None
    if fresh:
        with book.writing(who) as pen:
            data = {"sha256": fresh, "reason": reason, "order": order}
            made = pen.append(Draft(ERASED, "", day, data))
    for name in names:
        book.blobs.remove(name)
    return made


def holders(book: Book, names: Sequence[str]) -> Iterator[tuple[Recorded, Attached]]:
    """Yield every event that holds one of some files, be it another than the one that is named."""
    for event in book.events():
        for file in event.attached:
            if file.sha256 in names:
                yield event, file


def moved(book: Book, who: Who, *, risk: bool = False) -> Recorded | None:
    """Set down that the ledger lies here from now on, and nowhere else."""
    folder, told = _placed(book)
    if same_place(told, here(folder)):
        return None
    old = Path(told.get("path", "")) / FILE
    if told.get("machine") == here(folder)["machine"] and old.exists():
        raise stop("LEDG013", Place(), place=told["path"])
    if not risk:
        raise_errors(doubts_of(folder))
    with book.writing(who, anywhere=True) as pen:
        data = {"from": told, **place_data(folder, risk)}
        return pen.append(Draft(MOVED, "", today(book.clock), data))


def copied(book: Book, who: Who, reason: str, *, risk: bool = False) -> Recorded:
    """Set down that this is a copy: it gets a name of its own, and no number of the old series."""
    folder, told = _placed(book)
    if same_place(told, here(folder)):
        raise stop("LEDG050", Place(), place=folder)
    if not risk:
        raise_errors(doubts_of(folder))
    with book.writing(who, anywhere=True) as pen:
        head = head_of(pen.conn)
        data = {"ledger": new_name(), "copy_of": head.ledger, "before": head_data(head)}
        data |= {"reason": reason, "from": told, **place_data(folder, risk)}
        return pen.append(Draft(CONTINUED, "", today(book.clock), data))


def _placed(book: Book) -> tuple[Path, dict[str, str]]:
    if book.folder is None:
        raise stop("LEDG027")
    with transaction(book.database) as conn:
        return book.folder, place_of(conn)


def damaged_book(folder: Path, clock: Clock = now) -> Book:
    """Open a ledger that cannot be opened, in order to mend it."""
    file = folder / FILE
    if not (file.exists() or folder.exists()):
        raise stop("LEDG001", Place(), place=folder)
    blobs = FileBlobs(folder / BLOBS)
    return Book(folder, SqliteFile(file), blobs, Heads(folder / HEADS), clock)


def highest_known(book: Book) -> dict[Series, int] | None:
    """Return the own series that can still be read; nothing where none of the file can be read."""
    try:
        with transaction(book.database) as conn:
            return series_in(conn)
    except UserError:
        if book.folder is None:
            raise
    file = book.folder / FILE
    readable = salvage(file) if file.exists() else []
    return _series_of_stored(readable) if readable else None


def _series_of_stored(events: Iterable[Stored]) -> dict[Series, int]:
    found: dict[Series, int] = {}
    for one in events:
        if hash_of(one["prev"], one["body"]) != one["hash"]:
            continue
        data = read_body(one["seq"], one["hash"], one["body"]).data
        series = series_of(data)
        if series and one["kind"] in (ISSUED, STARTED):
            last = data["last"] if one["kind"] == STARTED else data["series"]["serial"]
            found[series] = max(last, found.get(series, 0))
    return found
