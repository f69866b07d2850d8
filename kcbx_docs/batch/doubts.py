"""The list of doubts about a roster that goes back to the class teachers, as a table for Excel."""

from collections.abc import Sequence

from kcbx_docs.office.spreadsheet import csv_of
from kcbx_docs.problems import Problem

NAME = "名单检查.csv"
_HEADER = ("位置", "问题", "怎么办")


def doubts_of(found: Sequence[Problem]) -> tuple[Problem, ...]:
    """Keep what somebody at the school should look at."""
    return tuple(dict.fromkeys(one for one in found if one.severity == "warning"))


def table_of(doubts: Sequence[Problem]) -> bytes:
    """Write the list as CSV that Excel and WPS open as UTF-8; nothing in it is a formula."""
    rows = ((one.place.path or one.place.file, one.message, one.hint) for one in doubts)
    return csv_of((_HEADER, *rows))
