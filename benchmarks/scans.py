"""How many codes are read from pages that telephones, scanners and pockets had in hand.

``python -m benchmarks.scans``: every kind of harm, one code and four on a page, with the longest
time that a page took. What is harmed, and how, stands in tests/scans/degraded.py.
"""

import time
from collections.abc import Sequence
from itertools import product
from random import Random

from kcbx_docs.ledger.codes import SIGNS
from kcbx_docs.scans.codes import look
from tests.scans.degraded import KINDS, Degrade, sheet

Place = tuple[float, float]
_PLACES: tuple[tuple[Place, ...], ...] = (
    ((160, 20),),
    ((25, 20), (165, 95), (25, 165), (165, 240)),
)


def main() -> None:
    """Print a table: harm, codes read of those on the pages, wrong ones, the slowest page."""
    random, tried = Random(7), []
    print("| 伤损 | 读出 | 读错 | 最慢一页（秒） |\n|---|---|---|---|")
    for kind, harms in KINDS.items():
        pages = [_tried(harm, places, random) for harm, places in product(harms, _PLACES)]
        _tell(kind, pages)
        tried += pages
    _tell("合计", tried)


def _tried(harm: Degrade, places: Sequence[Place], random: Random) -> tuple[int, int, int, float]:
    codes = {place: _code(random) for place in places}
    page, began = harm(sheet(codes)), time.perf_counter()
    found = {text for text, _ in look(page, len(codes))[0]}
    wanted = set(codes.values())
    return len(found & wanted), len(wanted), len(found - wanted), time.perf_counter() - began


def _tell(kind: str, pages: Sequence[tuple[int, int, int, float]]) -> None:
    read, there, wrong = (sum(page[at] for page in pages) for at in range(3))
    print(f"| {kind} | {read}/{there} | {wrong} | {max(page[3] for page in pages):.2f} |")


def _code(random: Random) -> str:
    groups = ("".join(random.choices(SIGNS, k=count)) for count in (4, 4, 4, 4, 4, 1))
    return "-".join(groups)


if __name__ == "__main__":
    main()
