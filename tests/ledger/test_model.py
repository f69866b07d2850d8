"""An event is stored as bytes that every program writes alike."""

from datetime import UTC, date, datetime

import pytest

from kcbx_docs.ledger.model import (
    GENESIS,
    Attached,
    Draft,
    Who,
    body_of,
    canonical,
    hash_of,
    read_body,
)

DRAFT = Draft(
    "制发",
    "到责令",
    date(2026, 11, 27),
    {"number": "青政〔2026〕1号", "serial": 1, "given": False, "none": None, "list": ["䶮", 2]},
    (Attached("pdf", "责令.pdf", "sha256:" + "0" * 64, 4),),
)
AT = datetime(2026, 11, 27, 4, tzinfo=UTC)
BODY = body_of(DRAFT, GENESIS, AT, False, Who("普文清"))


def test_the_bytes_of_format_1_never_change():
    """A golden value: where it must change, the format gets a new number."""
    assert hash_of(GENESIS, BODY) == (
        "b5e647b38c52db73102f3b9d47a6b3e6b6fcc30244bec0979a62a487a6c66b2a"
    )
    assert BODY.startswith('{"attached":[{"name":"责令.pdf","role":"pdf"'.encode())


def test_what_was_written_is_read():
    read = read_body(1, hash_of(GENESIS, BODY), BODY)
    assert (read.data, read.attached, read.day) == (DRAFT.data, DRAFT.attached, DRAFT.day)
    assert (read.recorded_at, read.who.name) == (AT, "普文清")


def test_what_a_later_program_added_is_passed_over():
    body = BODY.replace(b'"who":{', b'"new":1,"who":{"also":"x",')
    assert read_body(1, "", body).who == Who("普文清")


@pytest.mark.parametrize(
    "value", [1.0, float("nan"), {1: "x"}, date(2026, 1, 1), b"x", {"a": [0.5]}]
)
def test_what_two_programs_write_differently_is_refused(value):
    with pytest.raises(ValueError, match=r"neither|not every"):
        canonical(value)


def test_half_a_character_is_refused():
    with pytest.raises(UnicodeEncodeError):
        canonical("\ud842")
