"""The list of doubts about a roster that goes back to the class teachers, as a table for Excel."""

import csv
import io
from collections.abc import Sequence

from kcbx_docs.problems import Problem

NAME = "名单检查.csv"
_HEADER = ("位置", "问题", "怎么办")
_FORMULA = ("=", "+", "-", "@", "\t")


def doubts_of(found: Sequence[Problem]) -> tuple[Problem, ...]:
    """Keep what somebody at the school should look at."""
    return tuple(dict.fromkeys(one for one in found if one.severity == "warning"))


def table_of(doubts: Sequence[Problem]) -> bytes:
    """Write the list as CSV that Excel and WPS open as UTF-8; nothing in it is a formula."""
    out = io.StringIO(newline="")
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(_HEADER)
    for one in doubts:
        lines.writerow(map(_plain, (one.place.path or one.place.file, one.message, one.hint)))
    return out.getvalue().encode("utf-8-sig")


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
