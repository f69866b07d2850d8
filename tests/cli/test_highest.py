"""Numbers that are on paper are never given again, in whatever order they are typed."""

from kcbx_docs.cli.highest import numbers_told
from kcbx_docs.ledger.model import Series
from kcbx_docs.ledger.numbers import NumberParts

ORDERS = Series("青石镇人民政府", "青政责改", 2026)


def whose(parts: NumberParts) -> Series:
    return Series("青石镇人民政府", parts.word, parts.year)


def test_the_higher_of_two_numbers_counts() -> None:
    given = ("青政责改〔2026〕19号", "青政责改〔2026〕3号")
    assert numbers_told(given, {ORDERS: 2}) == {ORDERS: 19}
    assert numbers_told(given, {}, whose) == {ORDERS: 19}


def test_what_output_does_not_tell_may_be_told_besides() -> None:
    given = ("青政责改〔2026〕4号", "青政劝〔2026〕19号", "无")
    found = numbers_told(given, {ORDERS: 4}, whose)
    assert found == {ORDERS: 4, Series("青石镇人民政府", "青政劝", 2026): 19}
