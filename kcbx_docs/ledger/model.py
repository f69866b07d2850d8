"""What the ledger stores: events in a chain, and the bytes by which they are hashed.

The body of an event is written once, as canonical JSON, and never again: it is verified over the
stored bytes. There are no fractions in it, which no two programs write alike.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

from kcbx_docs.light import dataclass

FORMAT = 1
"""Of the stored body; a reader of today reads all formats up to this one."""

OPENED, STARTED, ISSUED, SEALED = "建册", "起号", "制发", "盖章件"
SERVED, SERVICE_MENDED, PROVED = "送达", "更正送达", "补证据"
WITHDRAWN, VOIDED, COMPLETED, CORRECTED = "撤回", "作废", "补正", "更正"
DETACHED = "取下"
"""Of files that were attached where they do not belong: they are kept, and count no longer."""
RESTORED, CONTINUED, ERASED, MOVED = "恢复", "续册", "销毁", "迁移处所"
RESERVED, PRINTED, RETURNED, REMINDED = "备号", "印发", "回执", "催收"
"""Of a school's batch: serials given to pupils before printing, what was printed, what came back
of it, and who was reminded.
"""
KINDS = (
    *(OPENED, STARTED, ISSUED, SEALED, SERVED, SERVICE_MENDED, PROVED),
    *(WITHDRAWN, VOIDED, COMPLETED, CORRECTED, RESTORED, CONTINUED, ERASED, MOVED),
    *(RESERVED, PRINTED, RETURNED, REMINDED, DETACHED),
)
REASONED = (
    *(STARTED, SERVICE_MENDED, WITHDRAWN, VOIDED, COMPLETED, CORRECTED),
    *(RESTORED, CONTINUED, ERASED, DETACHED),
)
"""Kinds of events that say why in ``data["reason"]``."""

NAMING = (OPENED, CONTINUED, RESTORED)
"""Kinds of events that give the ledger its name in ``data["ledger"]``."""

PLACING = (*NAMING, MOVED)
"""Kinds of events that say in ``data["place"]`` where it lies from then on."""

GENESIS = "0" * 64
"""What the first event has for a predecessor."""


@dataclass(frozen=True)
class Who:
    """Who did it, as text: people and programs change, what they did stays."""

    name: str = ""
    post: str = ""
    login: str = ""
    machine: str = ""
    program: str = ""
    pack: str = ""


@dataclass(frozen=True)
class Attached:
    """A file that belongs to an event, kept by its hash."""

    role: str
    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Draft:
    """An event to be recorded."""

    kind: str
    case: str
    day: date
    data: Mapping[str, Any]
    attached: tuple[Attached, ...] = ()
    key: str = ""
    """Of an act that may be asked for twice: the second time the first answer is found by it."""


@dataclass(frozen=True)
class Recorded:
    """An event as it stands in the ledger."""

    seq: int
    prev: str
    hash: str
    kind: str
    case: str
    day: date
    recorded_at: datetime
    clock_back: bool
    """The clock stood before the event before: ``recorded_at`` is that one's."""
    who: Who
    data: Mapping[str, Any]
    attached: tuple[Attached, ...] = ()
    key: str = ""


@dataclass(frozen=True)
class Series:
    """Numbers that run without a gap: those of one issuer, one word and one year."""

    issuer: str
    word: str
    year: int

    def __str__(self) -> str:
        return f"{self.issuer} {self.word}〔{self.year}〕"


@dataclass(frozen=True)
class Head:
    """Where the chain ends: whoever holds it on paper sees a cut or rewritten chain."""

    ledger: str
    count: int
    hash: str
    day: date

    @property
    def spoken(self) -> str:
        """Return eight digits of the hash, to be compared by telephone."""
        digits = f"{int(self.hash[:15], 16) % 10**8:08d}"
        return f"{digits[:4]}-{digits[4:]}"

    def __str__(self) -> str:
        return f"{self.ledger} {self.count} {self.hash} {self.day}"


def canonical(value: Any) -> bytes:
    """Write a value in the only way in which it is stored; refuse what has no such way."""
    _refuse(value)
    text = json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return text.encode("utf-8")  # a lone surrogate is refused here


def _refuse(value: Any) -> None:
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise ValueError(f"not every key is text: {value!r}")
        value = list(value.values())
    if isinstance(value, list | tuple):
        for one in value:
            _refuse(one)
    elif not (value is None or isinstance(value, str | int)):
        raise ValueError(f"neither text nor a whole number: {value!r}")


def hash_of(prev: str, body: bytes) -> str:
    """Return the hash of an event: over its predecessor's hash and its own stored bytes."""
    return hashlib.sha256(prev.encode("ascii") + body).hexdigest()


def body_of(draft: Draft, prev: str, at: datetime, clock_back: bool, who: Who) -> bytes:
    """Write the body of an event."""
    return canonical(
        {
            "format": FORMAT,
            "prev": prev,
            "kind": draft.kind,
            "case": draft.case,
            "day": draft.day.isoformat(),
            "recorded_at": at.isoformat(timespec="seconds"),
            "clock_back": clock_back,
            "who": asdict(who),
            "data": draft.data,
            "attached": [asdict(one) for one in draft.attached],
            "key": draft.key,
        }
    )


def read_body(seq: int, digest: str, body: bytes) -> Recorded:
    """Read an event; what a later format added is passed over."""
    told = json.loads(body)
    return Recorded(
        seq,
        told["prev"],
        digest,
        told["kind"],
        told["case"],
        date.fromisoformat(told["day"]),
        datetime.fromisoformat(told["recorded_at"]),
        told["clock_back"],
        Who(**_known(Who, told["who"])),
        told["data"],
        tuple(Attached(**_known(Attached, one)) for one in told["attached"]),
        told["key"],
    )


def _known(kind: type[Who | Attached], told: Mapping[str, Any]) -> dict[str, Any]:
    return {field.name: told[field.name] for field in fields(kind) if field.name in told}


def series_of(data: Mapping[str, Any]) -> Series | None:
    """Return the series that an event gives a number of, or starts."""
    told = data.get("series")
    return Series(told["issuer"], told["word"], told["year"]) if told else None
