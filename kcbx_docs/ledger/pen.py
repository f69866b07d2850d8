"""Writing under the lock: numbers without a gap, and events onto the head of the chain."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from kcbx_docs.ledger.blobs import Blobs, keep_file
from kcbx_docs.ledger.database import Connection, Values
from kcbx_docs.ledger.model import (
    CONTINUED,
    GENESIS,
    ISSUED,
    KINDS,
    REASONED,
    STARTED,
    Attached,
    Draft,
    Head,
    Recorded,
    Series,
    Who,
    body_of,
    hash_of,
    read_body,
    series_of,
)
from kcbx_docs.ledger.model import (
    ERASED as ERASURE,
)
from kcbx_docs.ledger.numbers import normalise
from kcbx_docs.ledger.reading import head_of, newest, rows, trusted
from kcbx_docs.ledger.tables import ERASED, EVENT, NUMBER, SERIES_START, Table
from kcbx_docs.problems import Place, stop


class Pen:
    """What a writer may do while he has the ledger for himself."""

    mending = False
    """Damage is being set down: the end of the chain may itself be damaged."""

    def __init__(self, conn: Connection, blobs: Blobs, who: Who, clock: datetime) -> None:
        self.conn = conn
        self.blobs = blobs
        self.who = who
        self.clock = clock.astimezone(UTC).replace(microsecond=0)
        self.appended: list[Recorded] = []

    def rehearse(self) -> None:
        """Ask what is asked before an event is appended, of a number that is nobody's."""
        nobody = Series("", "", 0)
        self.known("-"), self.holder_of("-"), self.holder_of("-", "-")
        self.next_serial(nobody), self._end(), self._latest()

    def events(self, case: str) -> tuple[Recorded, ...]:
        """Return the events of a case as they stand while nobody else writes."""
        found = self.conn.execute(rows("case_id = :case"), {"case": case})
        return tuple(trusted(self.conn, found))

    def head(self) -> Head:
        """Tell where the chain ends while nobody else writes."""
        return head_of(self.conn)

    def known(self, key: str) -> Recorded | None:
        """Return the first answer to an act that is asked for again."""
        return newest(self.conn, "key = :key", {"key": key}) if key else None

    def holder(self, series: Series, serial: int) -> Recorded | None:
        """Return the issue that has a number of a series."""
        return self._numbered(f"{_IN} AND serial = :serial", {**_of(series), "serial": serial})

    def holder_of(self, number: str, issuer: str = "") -> Recorded | None:
        """Return the issue that has a number, however it is written; of an issuer, if given."""
        values = {"text": normalise(number), "issuer": issuer}
        return self._numbered(f"text = :text{' AND issuer = :issuer' if issuer else ''}", values)

    def next_serial(self, series: Series) -> int:
        """Return the number that is next: above every start, and no number given by others."""
        self._refuse_copied(series)
        return self.above(series)

    def above(self, series: Series) -> int:
        """Return the next number, whoever may use it."""
        own = f"SELECT max(serial) FROM number WHERE {_IN} AND given = 0"
        started = f"SELECT max(last) FROM series_start WHERE {_IN}"
        highest = (self.conn.scalar(query, _of(series)) or 0 for query in (own, started))
        serial = max(highest) + 1
        while self.holder(series, serial):
            serial += 1
        return serial

    def _refuse_copied(self, series: Series) -> None:
        """A copy goes on in a series of its own, or where it was told to start."""
        copied = newest(self.conn, "kind = :kind", {"kind": CONTINUED})
        if copied is None or not copied.data.get("copy_of"):
            return
        used = f"SELECT min(seq) FROM number WHERE {_IN} AND given = 0"
        started = f"SELECT max(seq) FROM series_start WHERE {_IN}"
        first, start = (self.conn.scalar(query, _of(series)) for query in (used, started))
        if first and first < copied.seq and (start or 0) < copied.seq:
            raise stop("LEDG021", Place(), series=series, ledger=copied.data["copy_of"])

    def keep(self, data: bytes, role: str, name: str) -> Attached:
        """Keep the bytes of a file that cannot be made before the lock; where a database holds
        them, together with what is recorded.
        """
        return keep_file(self.blobs, data, role, name, self.conn)

    def append(self, draft: Draft) -> Recorded:
        """Record an event as the last of the chain."""
        self._refuse(draft)
        seq, prev = self._end()
        latest = self._latest()
        clock_back = bool(latest and self.clock < latest)
        at = latest if latest and clock_back else self.clock
        body = body_of(draft, prev, at, clock_back, self.who)
        made = read_body(seq + 1, hash_of(prev, body), body)
        self.conn.execute(EVENT.insertion, event_row(made, body))
        for table, row in lookups_of(made):
            self.conn.execute(table.insertion, row)
        self.appended.append(made)
        return made

    def _refuse(self, draft: Draft) -> None:
        """Refuse what no careful caller asks for, and a number that is taken."""
        if draft.kind not in KINDS:
            raise ValueError(f"no kind of event: {draft.kind}")
        if draft.kind in REASONED and not draft.data.get("reason"):
            raise ValueError(f"{draft.kind} without a reason")
        for one in draft.attached:
            if self.blobs.size(one.sha256, self.conn) != one.size:
                raise ValueError(f"not kept before it is attached: {one.name}")
        if draft.kind == STARTED:
            self._refuse_start(draft)
        if draft.kind == ISSUED:
            self.refuse_taken(draft.data)
            self._refuse_gap(draft.data)

    def _refuse_start(self, draft: Draft) -> None:
        series = series_of(draft.data)
        if series is None:
            raise ValueError("a start without a series")
        least = self.above(series)
        if draft.data["last"] < least:
            raise stop("LEDG017", Place(), series=series, last=draft.data["last"], next=least)

    def refuse_taken(self, data: Mapping[str, Any]) -> None:
        """Refuse a number that is taken, best before the files of a paper are kept."""
        number, series = data.get("number") or "", series_of(data)
        held = self.holder_of(number, issuer_of(data)) if number else None
        if series and not held:
            held = self.holder(series, data["series"]["serial"])
        if held:
            title = held.data.get("title", "")
            facts = {"number": normalise(number), "seq": held.seq, "title": title}
            raise stop("LEDG010", Place(), **facts, case=held.case, day=held.day)

    def _refuse_gap(self, data: Mapping[str, Any]) -> None:
        series = series_of(data)
        if series and not is_given(data):
            serial, expected = data["series"]["serial"], self.next_serial(series)
            if serial != expected:
                raise ValueError(f"{series}: {serial} would leave a gap after {expected - 1}")

    def _end(self) -> tuple[int, str]:
        """Return the place and the stored hash of the last event, whatever was done to it."""
        last = "SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1"
        row = self.conn.execute(last).one_or_none()
        return (row.seq, row.hash) if row else (0, GENESIS)

    def _latest(self) -> datetime | None:
        """Return when the last event was recorded; unknown while damage is being set down."""
        if self.mending:
            return None
        last = self.appended[-1] if self.appended else newest(self.conn)
        return last.recorded_at if last else None

    def _numbered(self, where: str, values: Values) -> Recorded | None:
        found = f"SELECT seq FROM number WHERE {where} ORDER BY seq LIMIT 1"
        seq = self.conn.scalar(found, values)
        return newest(self.conn, "seq = :seq", {"seq": seq}) if seq else None


_IN = "issuer = :issuer AND word = :word AND year = :year"


def _of(series: Series) -> dict[str, Any]:
    return {"issuer": series.issuer, "word": series.word, "year": series.year}


def event_row(made: Recorded, body: bytes) -> dict[str, Any]:
    """Return the row of an event."""
    told = {"seq": made.seq, "prev": made.prev, "hash": made.hash, "kind": made.kind}
    return {**told, "case_id": made.case, "key": made.key, "body": body}


def lookups_of(made: Recorded) -> Sequence[tuple[Table, dict[str, Any]]]:
    """Return what is looked up of an event: rows of other tables, made from it alone."""
    data = made.data
    if made.kind == ISSUED and data.get("number"):
        return [(NUMBER, _number_row(made))]
    if made.kind == STARTED:
        told = data["series"]
        series = {"issuer": told["issuer"], "word": told["word"], "year": told["year"]}
        return [(SERIES_START, {"seq": made.seq, **series, "last": data["last"]})]
    if made.kind == ERASURE:
        return [(ERASED, {"sha256": name, "seq": made.seq}) for name in data["sha256"]]
    return []


def _number_row(made: Recorded) -> dict[str, Any]:
    told = made.data.get("series") or {}
    return {
        "seq": made.seq,
        "text": normalise(made.data["number"]),
        "issuer": issuer_of(made.data),
        "word": told.get("word", ""),
        "year": told.get("year", 0),
        "serial": told.get("serial", 0),
        "given": int(is_given(made.data)),
    }


def issuer_of(data: Any) -> str:
    """Return whose number a paper bears."""
    return str((data.get("series") or {}).get("issuer") or data.get("issuer") or "")


def is_given(data: Any) -> bool:
    """Tell whether others gave the number, or it was given before the tool."""
    return bool(data.get("given") or data.get("existing"))
