"""文号 are compared as people mean them."""

import pytest

from kcbx_docs.ledger.numbers import NumberParts, normalise, parts_of


@pytest.mark.parametrize(
    "written",
    [
        "青政〔2026〕12号", "青政（2026）12号", "青政[2026]12号", "青政【2026】第12号", "青政 ﹝2026﹞ 012 号",
        "青政［２０２６］１２号", "青政(2026年)12", "青政〔2026〕第0012号",
    ],
)  # fmt: skip
def test_one_number_is_written_in_many_ways(written):
    assert normalise(written) == "青政〔2026〕12号"
    assert parts_of(written) == NumberParts("青政", 2026, 12)


@pytest.mark.parametrize(
    "other",
    [
        "青政字〔2026〕12号",
        "青政〔2025〕12号",
        "青政〔2026〕120号",
        "青政罚决〔2026〕12号",
        "青政〔2026〕12-1号",
    ],
)
def test_these_are_other_numbers(other):
    assert normalise(other) != normalise("青政〔2026〕12号")


@pytest.mark.parametrize("odd", ["", "无", "2026-12", "〔2026〕12号", "青政〔2026〕12-1号"])
def test_a_number_of_another_shape_is_kept_whole(odd):
    assert normalise(odd) == odd
    assert parts_of(odd) is None
