"""The chain, read from its first byte to its last: what is 被改, 缺失, 断链 or 缺号."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import field
from datetime import date
from typing import Any

from kcbx_docs.clock import CHINA
from kcbx_docs.ledger.database import Connection
from kcbx_docs.ledger.model import (
    CONTINUED,
    ERASED,
    FORMAT,
    GENESIS,
    ISSUED,
    NAMING,
    RESTORED,
    STARTED,
    Attached,
    Head,
    Recorded,
    Series,
    hash_of,
    read_body,
    series_of,
)
from kcbx_docs.ledger.pen import event_row, is_given, lookups_of
from kcbx_docs.ledger.tables import EVENT, LOOKUPS, NUMBER
from kcbx_docs.light import dataclass
from kcbx_docs.problems import Place, Problem, problem

VERDICTS = {
    "LEDG030": "被改",
    "LEDG031": "断链",
    "LEDG032": "缺失",
    "LEDG033": "被改",
    "LEDG034": "缺失",
    "LEDG035": "被改",
    "LEDG036": "孤儿",
    "LEDG037": "缺号",
    "LEDG038": "无法核验",
    "LEDG039": "缺失",
    "LEDG040": "被改",
    "LEDG041": "被改",
    "LEDG042": "提醒",
    "LEDG043": "提醒",
    "LEDG044": "不符",
    "LEDG045": "提醒",
    "LEDG046": "被改",
    "LEDG047": "提醒",
    "LEDG048": "提醒",
}
"""The word for every kind of damage."""


@dataclass(frozen=True)
class Flaw:
    """One thing that is not as it was recorded: an event by its place, a file by its name."""

    code: str
    seq: int = 0
    name: str = ""
    facts: tuple[tuple[str, object], ...] = ()

    @property
    def verdict(self) -> str:
        """Return the word for it."""
        return VERDICTS[self.code]

    @property
    def problem(self) -> Problem:
        """Say it as a problem."""
        facts = {"seq": self.seq, "name": self.name, **dict(self.facts)}
        return problem(self.code, Place(), **facts)

    @property
    def wound(self) -> dict[str, Any]:
        """Set it down for the event that continues a damaged ledger."""
        return {"code": self.code, "seq": self.seq, "name": self.name}


def flaw(code: str, seq: int = 0, name: str = "", **facts: object) -> Flaw:
    """Make a flaw."""
    return Flaw(code, seq, name, tuple(facts.items()))


@dataclass
class EventChain:
    """What one reading of all events found."""

    flaws: list[Flaw] = field(default_factory=list)
    count: int = 0
    last: int = 0
    hash: str = GENESIS
    hashes: dict[int, str] = field(default_factory=dict)
    names: list[tuple[int, str]] = field(default_factory=list)
    """The names of the ledger, each with the event from which it bears it."""
    replaced: set[str] = field(default_factory=set)
    """Names of ledgers that stood in this one's place until a backup was restored."""
    attached: dict[str, tuple[int, Attached]] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    continued: list[Recorded] = field(default_factory=list)
    numbers: "Numbers" = field(default_factory=lambda: Numbers())
    lookups: dict[str, set[tuple[Any, ...]]] = field(default_factory=lambda: defaultdict(set))
    day: date | None = None


def read_chain(conn: Connection) -> EventChain:
    """Read every event, hash its stored bytes, and make again what is looked up."""
    chain = EventChain()
    for row in conn.stream(f"SELECT {EVENT.listed} FROM event ORDER BY seq"):
        _link(chain, row)
        made = _read(chain, row)
        if made:
            _learn(chain, row, made)
    if not chain.count:
        chain.flaws.append(flaw("LEDG032", 1, first=1, last=1))
    chain.flaws += list(_lookup_flaws(conn, chain))
    chain.flaws += chain.numbers.flaws()
    return chain


def _link(chain: EventChain, row: Any) -> None:
    """See whether an event hangs on the one before."""
    if row.seq != chain.last + 1:
        first, last = chain.last + 1, row.seq - 1
        chain.flaws.append(flaw("LEDG032", first, first=first, last=last))
    elif row.prev != chain.hash:
        chain.flaws.append(flaw("LEDG031", row.seq, before=row.seq - 1))
    chain.count += 1
    chain.last, chain.hash = row.seq, row.hash
    chain.hashes[row.seq] = row.hash


def _read(chain: EventChain, row: Any) -> Recorded | None:
    """Read the stored bytes of an event if they are those that were hashed."""
    if hash_of(row.prev, row.body) != row.hash:
        chain.flaws.append(flaw("LEDG030", row.seq))
        return None
    written = json.loads(row.body)["format"]
    if written > FORMAT:
        chain.flaws.append(flaw("LEDG038", row.seq, written=written, known=FORMAT))
        return None
    return read_body(row.seq, row.hash, row.body)


def _learn(chain: EventChain, row: Any, made: Recorded) -> None:
    """Take from a sound event what the rest is compared with."""
    if event_row(made, row.body) != row._asdict():
        chain.flaws.append(flaw("LEDG033", row.seq, table="event"))
    for table, found in lookups_of(made):
        chain.lookups[table.name].add(tuple(found[column] for column in table.columns))
    for one in made.attached:
        chain.attached.setdefault(one.sha256, (made.seq, one))
    if made.kind in NAMING:
        chain.names.append((made.seq, made.data["ledger"]))
    if made.kind == RESTORED and made.data["replaced"]:
        chain.replaced.add(made.data["replaced"]["ledger"])
    if made.kind == ERASED:
        chain.erased.update(made.data["sha256"])
    if made.kind == CONTINUED:
        chain.continued.append(made)
    chain.numbers.take(made)
    chain.day = made.recorded_at.astimezone(CHINA).date()


def _lookup_flaws(conn: Connection, chain: EventChain) -> Iterator[Flaw]:
    """Compare what is looked up with what the events say; nothing else is believed."""
    for table in LOOKUPS:
        stored = {tuple(row) for row in conn.execute(f"SELECT {table.listed} FROM {table.name}")}
        place = table.columns.index("seq")
        differing = stored ^ chain.lookups[table.name]
        excused = {row for row in differing if _excused(chain, row[place])}
        for seq in sorted({row[place] for row in differing - excused}):
            yield flaw("LEDG033", seq, table=table.name)
        if table is NUMBER:
            chain.numbers.had(excused)


def _excused(chain: EventChain, seq: int) -> bool:
    """A changed, missing or newer event is told already: what was made from it cannot be seen."""
    told = {one.seq for one in chain.flaws if one.code in ("LEDG030", "LEDG038")}
    return seq in told or seq not in chain.hashes


class Numbers:
    """The own series, followed number by number in the order of recording."""

    def __init__(self) -> None:
        self.current: dict[Series, int] = defaultdict(int)
        self.given: dict[Series, set[int]] = defaultdict(set)
        self.missing: dict[tuple[Series, int], int] = {}
        self.days: dict[Series, date] = {}
        self.late: list[Flaw] = []

    def take(self, made: Recorded) -> None:
        """Follow an event."""
        series = series_of(made.data)
        if series is None:
            return
        if made.kind == STARTED:
            self.current[series] = max(self.current[series], made.data["last"])
        elif made.kind == ISSUED and is_given(made.data):
            self.given[series].add(made.data["series"]["serial"])
        elif made.kind == ISSUED:
            self._own(series, made)

    def _own(self, series: Series, made: Recorded) -> None:
        serial = made.data["series"]["serial"]
        for absent in range(self.current[series] + 1, serial):
            self.missing[series, absent] = made.seq
        self.current[series] = max(self.current[series], serial)
        if made.day < self.days.get(series, made.day):
            facts = {"number": made.data["number"], "day": made.day}
            self.late.append(flaw("LEDG048", made.seq, **facts, before=self.days[series]))
        self.days[series] = max(made.day, self.days.get(series, made.day))

    def had(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Take numbers that belong to events which can no longer be read."""
        for _, _, issuer, word, year, serial, _ in rows:
            self.given[Series(issuer, word, year)].add(serial)

    def flaws(self) -> Iterator[Flaw]:
        """Tell which numbers are missing, and which papers bear a later number than their day."""
        for (series, serial), seq in self.missing.items():
            if serial not in self.given[series]:
                yield flaw("LEDG037", seq, series=series, serial=serial)
        yield from self.late


def head_flaws(chain: EventChain, heads: Iterable[Head]) -> Iterator[Flaw]:
    """Compare the chain with where it is known to have ended."""
    for head in heads:
        code = _against(chain, head)
        if code:
            yield flaw(code, head.count, count=chain.last, day=head.day, ledger=head.ledger)


def _against(chain: EventChain, head: Head) -> str:
    spans = dict(_spans(chain))
    if head.ledger not in spans:
        return "LEDG045" if head.ledger in chain.replaced else "LEDG044"
    if spans[head.ledger] and head.count >= spans[head.ledger]:
        return "LEDG045"  # what followed under this name is not in this chain, as an event says
    if head.count > chain.last:
        return "LEDG039"
    return "" if chain.hashes.get(head.count, "").startswith(head.hash) else "LEDG040"


def _spans(chain: EventChain) -> Iterator[tuple[str, int]]:
    """Yield each name of the ledger with the event that ended it; 0 for the name of today."""
    ends = [seq for seq, _ in chain.names[1:]]
    for (_, name), end in zip(chain.names, [*ends, 0], strict=False):
        yield name, end
