"""What the ledger holds of a school's batches: every serial, whose it is, and what became of it.

The name of a child is in no event, which could never be taken back: it stands in the list that
is attached where serials are given, and that may be erased.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any

from kcbx_docs.ledger.model import ERASED, PRINTED, RESERVED, VOIDED, Recorded
from kcbx_docs.light import dataclass

if TYPE_CHECKING:
    from kcbx_docs.ledger.book import Book

LIST = "名单"
"""The role of the file that says whose the serials are."""


@dataclass(frozen=True)
class Slip:
    """What one pupil was given under one serial; ``state`` is 备号, 印发 or 作废."""

    serial: str
    code: str
    name: str
    class_name: str
    papers: tuple[str, ...]
    day: date
    state: str
    batch: str = ""
    school: str = ""
    term: str = ""
    key: str = ""
    """What tells the pupil from others, as a hash."""
    content: str = ""
    """The hash of what was printed; nothing before."""
    pages: int | None = None
    replaces: str = ""
    """The serial in whose place it was given."""
    reason: str = ""
    """Why it is void."""
    back: tuple[str, ...] = ()
    """Which of the papers come back."""
    seq: int = 0
    """Where the ledger says that it was printed."""


def slips_of(
    book: "Book", batch: str = "", *, school: str = "", term: str = ""
) -> tuple[Slip, ...]:
    """List the serials of a batch, or of all batches of a school and term, as they were given."""
    found: dict[tuple[str, str], Slip] = {}
    gone = _erased(book)
    for one in book.events(kinds=(RESERVED, PRINTED, VOIDED)):
        its_school = one.data.get("school")
        if not its_school or school not in ("", its_school):
            continue  # the end of an issued paper, which is no pupil's slip
        if one.kind == RESERVED:
            for slip in _reserved(one, _names(book, one, gone)):
                found[its_school, slip.serial] = slip
            continue
        for told in one.data["items"]:
            if known := found.get((its_school, told["serial"])):
                found[its_school, told["serial"]] = _later(known, one, told)
    wanted = (slip for slip in found.values() if term in ("", slip.term))
    return tuple(slip for slip in wanted if batch in ("", slip.batch))


def _erased(book: "Book") -> frozenset[str]:
    """Name the files that were erased on purpose."""
    told = (one.data["sha256"] for one in book.events(kinds=(ERASED,)))
    return frozenset(chain.from_iterable(told))


def _names(book: "Book", given: Recorded, gone: Collection[str]) -> Mapping[str, Mapping[str, str]]:
    """Read whose the serials are; nobody's, where the list was erased. One that is lost or was
    changed stops the work: taken for erased, everybody would be given a second serial.
    """
    for file in given.attached:
        if file.role == LIST and file.sha256 not in gone:
            return {one["serial"]: one for one in json.loads(book.bytes_of(file.sha256))}
    return {}


def _reserved(given: Recorded, names: Mapping[str, Mapping[str, str]]) -> Iterator[Slip]:
    data = given.data
    for told in data["items"]:
        whose = names.get(told["serial"], {})
        yield Slip(
            serial=told["serial"],
            code=told["code"],
            name=whose.get("name", ""),
            class_name=told["class"],
            papers=tuple(told["papers"]),
            back=tuple(told.get("back", told["papers"])),
            day=date.fromisoformat(told["day"]),
            state=RESERVED,
            batch=data["batch"],
            school=data["school"],
            term=data["term"],
            key=whose.get("key", ""),
            replaces=told["replaces"],
        )


def _later(slip: Slip, event: Recorded, told: Mapping[str, Any]) -> Slip:
    """Return what became of a serial."""
    if event.kind == VOIDED:
        return replace(slip, state=VOIDED, reason=str(event.data["reason"]))
    if event.kind == PRINTED and slip.state != VOIDED:
        printed = {"content": told["content"], "pages": told["pages"], "seq": event.seq}
        return replace(slip, state=PRINTED, batch=event.data["batch"], **printed)
    return slip
