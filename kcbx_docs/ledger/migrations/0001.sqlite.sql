-- Version 1. The chain, and what is looked up in it; nothing is ever changed or removed.
CREATE TABLE event (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    prev TEXT NOT NULL CHECK (length(prev) = 64),
    hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
    kind TEXT NOT NULL,
    case_id TEXT NOT NULL,
    key TEXT NOT NULL,
    body BLOB NOT NULL
) STRICT;

CREATE INDEX event_case ON event (case_id, seq);

CREATE INDEX event_kind ON event (kind, seq);

CREATE UNIQUE INDEX event_key ON event (key) WHERE key <> '';

-- Numbers that papers bear; serial is 0 where a number has none that we could read.
CREATE TABLE number (
    seq INTEGER PRIMARY KEY REFERENCES event (seq),
    text TEXT NOT NULL CHECK (text <> ''),
    issuer TEXT NOT NULL,
    word TEXT NOT NULL,
    year INTEGER NOT NULL,
    serial INTEGER NOT NULL CHECK (serial >= 0),
    given INTEGER NOT NULL CHECK (given IN (0, 1))
) STRICT;

CREATE UNIQUE INDEX number_text ON number (issuer, text);

CREATE UNIQUE INDEX number_serial ON number (issuer, word, year, serial) WHERE serial > 0;

-- The last number that was used on paper before a series was kept here.
CREATE TABLE series_start (
    seq INTEGER NOT NULL REFERENCES event (seq),
    issuer TEXT NOT NULL,
    word TEXT NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL CHECK (last >= 0),
    PRIMARY KEY (issuer, word, year, last)
) STRICT;

-- Files that were destroyed on lawful order.
CREATE TABLE erased (
    sha256 TEXT PRIMARY KEY,
    seq INTEGER NOT NULL REFERENCES event (seq)
) STRICT;

CREATE TRIGGER event_in_order BEFORE INSERT ON event
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM event)
    OR NEW.prev IS NOT coalesce(
        (SELECT hash FROM event ORDER BY seq DESC LIMIT 1),
        '0000000000000000000000000000000000000000000000000000000000000000')
    OR EXISTS (SELECT 1 FROM event WHERE hash = NEW.hash)
    OR (NEW.key <> '' AND EXISTS (SELECT 1 FROM event WHERE key = NEW.key))
BEGIN SELECT RAISE(ABORT, 'kcbx: 只能接在最后一条之后'); END;

CREATE TRIGGER event_no_update BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'kcbx: 登记了的不能改'); END;

CREATE TRIGGER event_no_delete BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'kcbx: 登记了的不能删'); END;

CREATE TRIGGER number_in_order BEFORE INSERT ON number
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
    OR EXISTS (SELECT 1 FROM number WHERE seq = NEW.seq
        OR (issuer = NEW.issuer AND text = NEW.text))
    OR (NEW.serial > 0 AND EXISTS (
        SELECT 1 FROM number WHERE issuer = NEW.issuer AND word = NEW.word
            AND year = NEW.year AND serial = NEW.serial))
BEGIN SELECT RAISE(ABORT, 'kcbx: 文号只能由最后一条登记，不能重'); END;

CREATE TRIGGER number_no_update BEFORE UPDATE ON number
BEGIN SELECT RAISE(ABORT, 'kcbx: 登记了的不能改'); END;

CREATE TRIGGER number_no_delete BEFORE DELETE ON number
BEGIN SELECT RAISE(ABORT, 'kcbx: 登记了的不能删'); END;

CREATE TRIGGER series_start_in_order BEFORE INSERT ON series_start
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
    OR EXISTS (SELECT 1 FROM series_start WHERE issuer = NEW.issuer AND word = NEW.word
        AND year = NEW.year AND last >= NEW.last)
BEGIN SELECT RAISE(ABORT, 'kcbx: 起号只能往上，由最后一条登记'); END;

CREATE TRIGGER series_start_no_update BEFORE UPDATE ON series_start
BEGIN SELECT RAISE(ABORT, 'kcbx: 登记了的不能改'); END;

CREATE TRIGGER series_start_no_delete BEFORE DELETE ON series_start
BEGIN SELECT RAISE(ABORT, 'kcbx: 登记了的不能删'); END;

CREATE TRIGGER erased_in_order BEFORE INSERT ON erased
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
    OR EXISTS (SELECT 1 FROM erased WHERE sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'kcbx: 销毁只能由最后一条登记'); END;

CREATE TRIGGER erased_no_update BEFORE UPDATE ON erased
BEGIN SELECT RAISE(ABORT, 'kcbx: 登记了的不能改'); END;

CREATE TRIGGER erased_no_delete BEFORE DELETE ON erased
BEGIN SELECT RAISE(ABORT, 'kcbx: 登记了的不能删'); END;
