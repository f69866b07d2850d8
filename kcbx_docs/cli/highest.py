"""The highest number of each series on paper, which a lost ledger must not give again."""

import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import click

from kcbx_docs.problems import Place, problem, raise_errors, stop

if TYPE_CHECKING:
    from kcbx_docs.ledger.model import Series
    from kcbx_docs.ledger.numbers import NumberParts


Owner = Callable[["NumberParts"], "Series"]


def numbers_told(
    given: tuple[str, ...], series: Mapping["Series", int], owner: Owner | None = None
) -> dict["Series", int]:
    """Return the highest number of each series: given, or asked for.

    Where the ledger itself tells none, ``owner`` says whose a number is that is not among them.
    """
    known: dict[Series, int] = {}
    for text in given:
        if not (owner and text == _NONE):
            _take(text, known, series, owner)
    unknown = {one: highest for one, highest in series.items() if one not in known}
    if not sys.stdin.isatty():
        raise_errors(
            problem("LEDG029", Place(), series=one, highest=highest)
            for one, highest in unknown.items()
        )
    return known | {one: _ask(one, highest) for one, highest in unknown.items()}


def _take(
    text: str, known: dict["Series", int], series: Mapping["Series", int], owner: Owner | None
) -> None:
    """Take one number that was given. Of two of one series the higher went out last, whichever
    was typed last.
    """
    from kcbx_docs.ledger.numbers import parts_of

    parts = parts_of(text)
    fitting = _fitting(parts, series, owner)
    if not parts or not fitting:
        raise stop("LEDG028", Place(), number=text, series="、".join(map(str, series)) or "无")
    least = max(series.get(one, 0) for one in fitting)
    if least > parts.serial:
        raise stop("LEDG091", Place(), number=text, highest=least)
    known |= {one: max(parts.serial, known.get(one, 0)) for one in fitting}


def _fitting(
    parts: "NumberParts | None", series: Mapping["Series", int], owner: Owner | None
) -> list["Series"]:
    """List the series of which a number may be."""
    if parts is None:
        return []
    found = [one for one in series if _is_of(one, parts)]
    return found or ([owner(parts)] if owner else [])


_BRACKETS = str.maketrans("", "", "〔〕")


def _is_of(series: "Series", parts: "NumberParts") -> bool:
    """Tell whether a number is of a series, whose word stands without the signs of a number."""
    word = parts.word.translate(_BRACKETS)
    return (series.word, series.year) in ((parts.word, parts.year), (word, parts.year))


_NONE = "无"


def _ask(series: "Series", highest: int) -> int:
    label = f"{series} 纸面登记簿上最大的号（台账里是 {highest}）"
    least = click.IntRange(0)
    return int(click.prompt(label, default=highest, type=least, prompt_suffix="：", err=True))
