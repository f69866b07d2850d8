"""What is wrong only because it is not known what was meant in a line: not told beside the slip."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from pydantic_core import ErrorDetails

from kcbx_docs.problems import Problem


def without_echoes(
    found: Iterable[Problem], text: str, doubtful: Collection[int]
) -> Iterator[Problem]:
    """Leave out what stands in a doubtful line, and keys called missing that are written in one."""
    lines = text.split("\n")
    unsure = [lines[number - 1] for number in doubtful if number <= len(lines)]
    for one in found:
        missing = one.place.path.rpartition(".")[2] if one.code == "TYPE001" else ""
        if one.place.line in doubtful and one.code != "TYPE001":
            continue
        if not (missing and any(missing in line for line in unsure)):
            yield one


def without_second_faults(found: Iterable[Problem], told: Iterable[Problem]) -> Iterator[Problem]:
    """Leave out what else is wrong with a value that is told already as no value at all."""
    places = {(one.place.line, one.place.column) for one in told if one.code in _NO_VALUE}
    return (one for one in found if (one.place.line, one.place.column) not in places)


_NO_VALUE = ("CASE095", "READ122")
"""A piece of a template, a number in Chinese quotes: none of the words that may be written."""


def without_short_lists(details: Sequence[ErrorDetails]) -> list[ErrorDetails]:
    """Drop a list that counts as too short only because an item of it is faulty."""
    faulty_inside: set[tuple[int | str, ...]] = set()
    for detail in details:
        loc = detail["loc"]
        faulty_inside.update(loc[:end] for end in range(len(loc)))
    kept: list[ErrorDetails] = []
    for detail in details:
        if detail["type"] != "too_short" or detail["loc"] not in faulty_inside:
            kept.append(detail)
    return kept
