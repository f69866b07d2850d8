"""Files that were attached where they do not belong: taken off again, with a reason.

What attached them stays in the ledger as it is, and so do the bytes; no account counts them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kcbx_docs.ledger.model import DETACHED, Attached, Recorded

Mark = tuple[int, str, str]
"""What tells one attached file from another: the event that attached it, its role, its hash."""


def mark_of(seq: int, file: Attached) -> Mark:
    """Return what tells a file of an event from every other."""
    return seq, file.role, file.sha256


def marks_of(one: Recorded) -> Iterator[Mark]:
    """Yield the files that an event takes off."""
    for file in one.data["files"] if one.kind == DETACHED else ():
        yield file["entry"], file["role"], file["sha256"]


def taken_off(events: Sequence[Recorded]) -> dict[Mark, int]:
    """Return which files were taken off, each with the event that says so."""
    gone: dict[Mark, int] = {}
    for one in events:
        gone |= dict.fromkeys(marks_of(one), one.seq)
    return gone


def as_attached_now(events: Sequence[Recorded]) -> tuple[Recorded, ...]:
    """Return events without the files that were taken off since."""
    gone = taken_off(events)
    return tuple(_rest(one, gone) if gone else one for one in events)


def _rest(one: Recorded, gone: Mapping[Mark, int]) -> Recorded:
    left = tuple(file for file in one.attached if mark_of(one.seq, file) not in gone)
    return one if left == one.attached else replace(one, attached=left)


def key_again(events: Sequence[Recorded], key: str) -> str:
    """Return the key of an act, another where a file of the act of this key was taken off."""
    entries = {entry for entry, _, _ in taken_off(events)}
    spent = {one.key for one in events if one.seq in entries}
    while key in spent:
        key += " 再"
    return key


def told_of_detached(events: Sequence[Recorded], seq: int) -> Iterator[str]:
    """Say which files of a paper or an attempt were taken off, and why."""
    for one in events:
        if one.kind == DETACHED and one.data["detaches"] == seq:
            names = "、".join(f"{file['role']} {file['name']}" for file in one.data["files"])
            yield f"取下过 {names}：{one.data['reason']}（第 {one.seq} 条）"
