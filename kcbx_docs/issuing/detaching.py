"""A scan or a proof that was attached where it does not belong is taken off again, with a reason.

Nothing is deleted: what attached it and its bytes stay in the ledger, and no account counts it.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import PurePath
from typing import Any

from kcbx_docs.issuing.clerk import (
    Clerk,
    append_once,
    kept_attempt,
    key_of_act,
    lacking_of,
    refuse_earlier,
    steadily,
)
from kcbx_docs.ledger.model import (
    COMPLETED,
    CORRECTED,
    DETACHED,
    ISSUED,
    PROVED,
    SEALED,
    SERVED,
    SERVICE_MENDED,
    Attached,
    Draft,
    Recorded,
)
from kcbx_docs.light import dataclass, regex
from kcbx_docs.office.detached import Mark, mark_of, taken_off
from kcbx_docs.office.reason import check_reason
from kcbx_docs.papers.issued import SCAN
from kcbx_docs.problems import Place, UserError, stop

PAPER, SERVICE = "paper", "service"
"""Whose files: those of an issued paper, or those that prove an attempt to serve one."""

_OF_PAPER = (SEALED, COMPLETED, CORRECTED)
_OF_SERVICE = (SERVED, SERVICE_MENDED, PROVED)
_FEWEST_SIGNS, _SIGNS = 8, 12
"""Of a hash that is written to tell two files of one name apart."""
_QUALIFIED = regex(r"(?:(\d+)[:：])?(?:([^=]+)=)?(.+)")
"""A file with the event that attached it, and its role: one photograph may prove two things."""


@dataclass(frozen=True)
class Detachable:
    """A file that may be taken off, and the event that attached it."""

    one: Recorded
    file: Attached

    @property
    def mark(self) -> Mark:
        """Return what tells it from every other."""
        return mark_of(self.one.seq, self.file)

    @property
    def word(self) -> str:
        """Write it so that no other file is meant."""
        return f"{self.one.seq}:{self.file.role}={_digest(self.file)[:_SIGNS]}"

    def as_data(self) -> dict[str, Any]:
        """Return what the ledger says of it."""
        file = self.file
        told = {"role": file.role, "name": file.name, "sha256": file.sha256}
        return {"entry": self.one.seq, **told}

    def __str__(self) -> str:
        return f"{self.file.role} {self.file.name}"


@dataclass(frozen=True)
class Detached:
    """What was taken off, and what is lacking without it."""

    seq: int
    """Of the paper or the attempt that had it."""
    entry: int
    """Where the ledger holds that it was taken off."""
    files: tuple[Detachable, ...]
    again: bool = False
    lacking: tuple[tuple[str, ...], ...] = ()


def detach(clerk: Clerk, seq: int, words: Sequence[str], reason: str, whose: str) -> Detached:
    """Record that files were attached where they do not belong; told again it is answered so."""
    _check(clerk, reason)
    return steadily(clerk, lambda now: _detach(now, seq, words, reason.strip(), whose))


def to_detach(clerk: Clerk, seq: int, words: Sequence[str], reason: str, whose: str) -> Detached:
    """Tell which files would be taken off, and take off none; raise what speaks against it."""
    _check(clerk, reason)
    return _meant_to_detach(clerk, seq, words, whose)


def may_be_detached(clerk: Clerk, seq: int, whose: str) -> tuple[Detachable, ...]:
    """List the files of a paper or an attempt that may be taken off."""
    events = clerk.book().events(clerk.matter) if clerk.recorded else []
    try:
        root = _root(clerk, events, seq, whose)
    except UserError:
        return ()
    gone = taken_off(events)
    return tuple(one for one in _files(events, root.seq, root) if one.mark not in gone)


def _check(clerk: Clerk, reason: str) -> None:
    if not reason.strip():
        raise stop("ISSU044")
    check_reason(reason, clerk.office.workspace)


def _meant_to_detach(clerk: Clerk, seq: int, words: Sequence[str], whose: str) -> Detached:
    """Find the files that are meant: those that were not taken off before, if there are any."""
    events = clerk.book().events(clerk.matter)
    root = _root(clerk, events, seq, whose)
    known = tuple(_files(events, seq, root))
    if not known and seq == root.seq and root.kind == ISSUED:
        raise stop("ISSU079", Place(), seq=seq)
    if not known:
        raise _nothing(events, seq, whose)
    gone = taken_off(events)
    chosen = _chosen(seq, known, words, gone)
    fresh = tuple(one for one in chosen if one.mark not in gone)
    if not fresh:
        return Detached(root.seq, gone[chosen[0].mark], chosen, again=True)
    for one in fresh:
        refuse_earlier(clerk, one.one)
    return Detached(root.seq, 0, fresh)


def _detach(clerk: Clerk, seq: int, words: Sequence[str], reason: str, whose: str) -> Detached:
    meant = _meant_to_detach(clerk, seq, words, whose)
    if meant.again:
        return meant
    book = clerk.book()
    root = next(one for one in book.events(clerk.matter) if one.seq == meant.seq)
    told = {"detaches": root.seq, "files": [one.as_data() for one in meant.files]}
    own = {"issue": root.seq} if root.kind == ISSUED else {}
    key = key_of_act(DETACHED, clerk.matter, told)
    body = {**told, **own, "reason": reason}
    draft = Draft(DETACHED, clerk.matter, clerk.today, body, (), key)
    entry, again = append_once(clerk, book, draft)
    left = _lacking(clerk.afresh(), root) if whose == SERVICE else ()
    return Detached(root.seq, entry, meant.files, again, left)


def _lacking(clerk: Clerk, root: Recorded) -> tuple[tuple[str, ...], ...]:
    return lacking_of(clerk, clerk.book(), root.seq, kept_attempt(clerk, root.seq)[1])


def _root(clerk: Clerk, events: Sequence[Recorded], seq: int, whose: str) -> Recorded:
    """Return the paper or the attempt to which an event attached files."""
    known = {one.seq: one for one in events}
    one = known.get(seq)
    root = known.get(_about(one)) if one else None
    kind = {ISSUED: PAPER, SERVED: SERVICE}.get(root.kind if root else "")
    if root is None or kind is None:
        raise _nothing(events, seq, whose)
    if kind != whose:
        raise stop("ISSU076", Place(), seq=seq, command=f"kcbx {kind} detach")
    return root


def _nothing(events: Sequence[Recorded], seq: int, whose: str) -> UserError:
    listed = "、".join(map(str, _entries(events, whose)))
    known = f"存过文件的是第 {listed} 条" if listed else "本案还没有存过这样的文件"
    return stop("ISSU073", Place(), seq=seq, known=known)


def _about(one: Recorded) -> int:
    """Return where the paper or the attempt stands to which an event belongs; of its own else."""
    if one.kind in _OF_PAPER or _is_pdf(one):
        return int(one.data["issue"])
    return int(one.data.get("corrects") or one.data.get("proves") or one.seq)


def _is_pdf(one: Recorded) -> bool:
    """Tell whether an event added the PDF of a paper: its words were compared with the paper's."""
    return bool(one.data.get("rendition"))


def _entries(events: Sequence[Recorded], whose: str) -> Iterator[int]:
    kinds = _OF_PAPER if whose == PAPER else _OF_SERVICE
    for one in events:
        if one.kind in kinds and one.attached and not _is_pdf(one):
            yield one.seq


def _files(events: Sequence[Recorded], seq: int, root: Recorded) -> Iterator[Detachable]:
    """Yield the files that may be taken off: those of one event, or all of a paper, an attempt."""
    for one in events:
        own = _about(one) == root.seq and not _is_pdf(one)
        for file in one.attached if own and seq in (one.seq, root.seq) else ():
            if one.kind != ISSUED or file.role == SCAN:
                yield Detachable(one, file)


def _chosen(
    seq: int, known: Sequence[Detachable], words: Sequence[str], gone: dict[Mark, int]
) -> tuple[Detachable, ...]:
    """Choose the files that are meant; the only one need not be named."""
    if words:
        meant = chain.from_iterable(_meant(seq, known, word, gone) for word in words)
        return tuple({one.mark: one for one in meant}.values())
    left = [one for one in known if one.mark not in gone]
    if len(left) > 1:
        raise _several(seq, left)
    return tuple(left) or tuple(known)


def _meant(
    seq: int, known: Sequence[Detachable], word: str, gone: dict[Mark, int]
) -> tuple[Detachable, ...]:
    fitting = [one for one in known if _is(one, word)]
    if not fitting:
        raise stop("ISSU075", Place(), seq=seq, word=word, files="、".join(map(str, known)))
    left = [one for one in fitting if one.mark not in gone] or fitting[-1:]
    if len({one.mark for one in left}) > 1:
        raise _several(seq, left)
    return tuple(left)


def _is(one: Detachable, word: str) -> bool:
    told = _QUALIFIED.fullmatch(word)
    if told is None or _fits(one.file, word):
        return told is not None
    entry, role, name = told.groups()
    same = entry in (None, str(one.one.seq)) and role in (None, one.file.role)
    return same and _fits(one.file, name)


def _digest(file: Attached) -> str:
    return file.sha256.rpartition(":")[2]


def _fits(file: Attached, word: str) -> bool:
    named = word.rpartition(":")[2].lower()
    short = len(named) >= _FEWEST_SIGNS and _digest(file).startswith(named)
    return short or word == file.role or PurePath(word).name == file.name


def _several(seq: int, files: Sequence[Detachable]) -> UserError:
    listed = "、".join(f"{one}（{one.word}）" for one in files)
    return stop("ISSU074", Place(), seq=seq, files=listed)
