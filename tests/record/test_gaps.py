"""What the file leaves open is told at the line that leaves it open."""

from datetime import date

from kcbx_docs.record.gaps import gaps
from tests.kinds.world import ABSENT, read

EVIDENCE = "证据:\n  - {名称: 户口簿, 日期: 2026-03-01}\n  - {名称: 学籍卡}\n"


def test_evidence_without_a_day_is_told_where_it_stands() -> None:
    case, _ = read(ABSENT, more=EVIDENCE)
    (told,) = gaps(case, date(2026, 3, 12))
    assert case.source is not None
    assert (told.code, told.place.line) == ("PAPR030", line_of(case.source.text, "学籍卡"))


def line_of(text: str, word: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if word in line)
