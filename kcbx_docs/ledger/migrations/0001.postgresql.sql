-- Version 1, the same tables as in a file; the guards hold for replicas and owners, too.
CREATE SCHEMA kcbx;

CREATE TABLE event (
    seq BIGINT PRIMARY KEY CHECK (seq > 0),
    prev TEXT NOT NULL CHECK (length(prev) = 64),
    hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
    kind TEXT NOT NULL,
    case_id TEXT NOT NULL,
    key TEXT NOT NULL,
    body BYTEA NOT NULL
);

CREATE INDEX event_case ON event (case_id, seq);

CREATE INDEX event_kind ON event (kind, seq);

CREATE UNIQUE INDEX event_key ON event (key) WHERE key <> '';

CREATE TABLE number (
    seq BIGINT PRIMARY KEY REFERENCES event (seq),
    text TEXT NOT NULL CHECK (text <> ''),
    issuer TEXT NOT NULL,
    word TEXT NOT NULL,
    year INTEGER NOT NULL,
    serial INTEGER NOT NULL CHECK (serial >= 0),
    given INTEGER NOT NULL CHECK (given IN (0, 1))
);

CREATE UNIQUE INDEX number_text ON number (issuer, text);

CREATE UNIQUE INDEX number_serial ON number (issuer, word, year, serial) WHERE serial > 0;

CREATE TABLE series_start (
    seq BIGINT NOT NULL REFERENCES event (seq),
    issuer TEXT NOT NULL,
    word TEXT NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL CHECK (last >= 0),
    PRIMARY KEY (issuer, word, year, last)
);

CREATE TABLE erased (
    sha256 TEXT PRIMARY KEY,
    seq BIGINT NOT NULL REFERENCES event (seq)
);

-- The files, which a ledger in a file keeps beside it.
CREATE TABLE blob (
    sha256 TEXT PRIMARY KEY,
    data BYTEA NOT NULL CHECK (length(data) > 0),
    CHECK (sha256 = 'sha256:' || encode(sha256(data), 'hex'))
);

ALTER TABLE blob ALTER COLUMN data SET STORAGE EXTERNAL;

CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN RAISE EXCEPTION 'kcbx: 登记了的不能清空'; END IF;
    RAISE EXCEPTION 'kcbx: 登记了的不能改，也不能删';
END $$;

CREATE FUNCTION event_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last kcbx.event;
BEGIN
    SELECT * INTO last FROM kcbx.event ORDER BY seq DESC LIMIT 1;
    IF NEW.seq <> coalesce(last.seq, 0) + 1 OR NEW.prev <> coalesce(last.hash, repeat('0', 64)) THEN
        RAISE EXCEPTION 'kcbx: 只能接在最后一条之后';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION by_the_last_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seq <> (SELECT max(seq) FROM kcbx.event) THEN
        RAISE EXCEPTION 'kcbx: 只能由最后一条登记';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION upwards_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM kcbx.series_start s WHERE s.issuer = NEW.issuer
        AND s.word = NEW.word AND s.year = NEW.year AND s.last >= NEW.last) THEN
        RAISE EXCEPTION 'kcbx: 起号只能往上';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION only_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM kcbx.erased e WHERE e.sha256 = OLD.sha256) THEN
        RAISE EXCEPTION 'kcbx: 没有登记销毁的文件不能删';
    END IF;
    RETURN OLD;
END $$;

CREATE TRIGGER event_in_order BEFORE INSERT ON event
FOR EACH ROW EXECUTE FUNCTION event_in_order();

CREATE TRIGGER number_in_order BEFORE INSERT ON number
FOR EACH ROW EXECUTE FUNCTION by_the_last_event();

CREATE TRIGGER series_start_in_order BEFORE INSERT ON series_start
FOR EACH ROW EXECUTE FUNCTION by_the_last_event();

CREATE TRIGGER series_start_upwards BEFORE INSERT ON series_start
FOR EACH ROW EXECUTE FUNCTION upwards_only();

CREATE TRIGGER erased_in_order BEFORE INSERT ON erased
FOR EACH ROW EXECUTE FUNCTION by_the_last_event();

CREATE TRIGGER event_fixed BEFORE UPDATE OR DELETE OR TRUNCATE ON event
FOR EACH STATEMENT EXECUTE FUNCTION refuse();

CREATE TRIGGER number_fixed BEFORE UPDATE OR DELETE OR TRUNCATE ON number
FOR EACH STATEMENT EXECUTE FUNCTION refuse();

CREATE TRIGGER series_start_fixed BEFORE UPDATE OR DELETE OR TRUNCATE ON series_start
FOR EACH STATEMENT EXECUTE FUNCTION refuse();

CREATE TRIGGER erased_fixed BEFORE UPDATE OR DELETE OR TRUNCATE ON erased
FOR EACH STATEMENT EXECUTE FUNCTION refuse();

CREATE TRIGGER blob_fixed BEFORE UPDATE OR TRUNCATE ON blob
FOR EACH STATEMENT EXECUTE FUNCTION refuse();

CREATE TRIGGER blob_only_erased BEFORE DELETE ON blob
FOR EACH ROW EXECUTE FUNCTION only_erased();

ALTER TABLE event ENABLE ALWAYS TRIGGER event_in_order;

ALTER TABLE event ENABLE ALWAYS TRIGGER event_fixed;

ALTER TABLE number ENABLE ALWAYS TRIGGER number_in_order;

ALTER TABLE number ENABLE ALWAYS TRIGGER number_fixed;

ALTER TABLE series_start ENABLE ALWAYS TRIGGER series_start_in_order;

ALTER TABLE series_start ENABLE ALWAYS TRIGGER series_start_upwards;

ALTER TABLE series_start ENABLE ALWAYS TRIGGER series_start_fixed;

ALTER TABLE erased ENABLE ALWAYS TRIGGER erased_in_order;

ALTER TABLE erased ENABLE ALWAYS TRIGGER erased_fixed;

ALTER TABLE blob ENABLE ALWAYS TRIGGER blob_fixed;

ALTER TABLE blob ENABLE ALWAYS TRIGGER blob_only_erased;

REVOKE ALL ON SCHEMA kcbx FROM PUBLIC;

REVOKE ALL ON event, number, series_start, erased, blob FROM PUBLIC;
