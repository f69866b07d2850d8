"""The page of kinds is fresh, its articles are registered, and every kind is tried enough."""

from datetime import date

import pytest

from kcbx_docs.law.registry import load_registry
from tests.kinds.page import PAGE, held, page

FEWEST = 4
"""The example that was found, and three situations of our own."""


def test_the_page_is_fresh(update_golden: bool) -> None:
    text = page(load_registry()[0], date(2026, 11, 27))
    if update_golden:
        PAGE.write_text(text, "utf-8")
    assert PAGE.read_text("utf-8") == text, "请运行 pytest tests/kinds --update-golden"


@pytest.mark.parametrize("kind", list(held()), ids=lambda one: one.module)
def test_every_kind_is_tried_with_neighbours(kind) -> None:
    assert kind.situations >= FEWEST
