"""Where a guardian stands, as a ladder: a mark on a rail for each rung, told apart by its shape."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Literal

from kcbx_docs.light import dataclass, regex
from kcbx_docs.procedure.ladder import Rung
from kcbx_docs.record.roads import CLIMBED, ROAD_OF
from kcbx_docs.words import days_left

Shape = Literal["full", "half", "late", "next"]
WIDTH = 360
_LINE, _GAP, _TOP = 20, 12, 14
_ROOM = 44
"""Half characters that a line of 360 units holds; a Chinese character takes two."""
_LATIN = 0x2E7F
_RUNS, _CLOSING = regex(r"[0-9A-Za-z.-]+|[^0-9A-Za-z.-]"), "〕）》」，。；：、"
_SHAPES: dict[str, Shape] = {"做了": "full", "期限": "half", "接下来": "next"}


@dataclass(frozen=True)
class LadderMark:
    """One mark with the lines beside it: where it stands and where each line begins."""

    shape: Shape
    y: int
    head: tuple[tuple[int, str], ...]
    lines: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Ladder:
    """A ladder as it is drawn, and the same in words."""

    height: int
    marks: tuple[LadderMark, ...]
    told: str


def ladder(rungs: Sequence[Rung], day: date) -> Ladder | None:
    """Place the rungs below one another; nothing where there are none."""
    if not rungs:
        return None
    marks: list[LadderMark] = []
    y = _TOP
    for rung in rungs:
        head = tuple(_placed([_head(rung, day)], y))
        below = y + _LINE * len(head)
        lines = tuple(_placed(rung.told, below))
        marks.append(LadderMark("late" if rung.over else _SHAPES[rung.kind], y, head, lines))
        y = below + _LINE * len(lines) + _GAP
    return Ladder(y - _GAP, tuple(marks), "；".join(_said(rung, day) for rung in rungs))


def _head(rung: Rung, day: date) -> str:
    if rung.kind == "做了":
        return f"{rung.day} {rung.name}"
    if rung.day is None:
        return f"接下来：{rung.name}"
    return f"{rung.day} {rung.name}（{days_left((rung.day - day).days)}）"


def _said(rung: Rung, day: date) -> str:
    """Say a rung in words: what its shape says, too."""
    done = "，已做" if rung.kind == "做了" else ""
    return "，".join((_head(rung, day) + done, *rung.told))


def _placed(texts: Sequence[str], y: int) -> Iterator[tuple[int, str]]:
    """Break texts into lines, each with the height at which it stands."""
    for number, line in enumerate(chain.from_iterable(map(_lines, texts))):
        yield y + _LINE * number, line


def _lines(text: str) -> Iterator[str]:
    """Break a text; no day, number or word is broken, and no line begins with what closes one."""
    line, wide = "", 0
    for run in _RUNS.findall(text):
        width = sum(2 if ord(sign) > _LATIN else 1 for sign in run)
        if line and wide + width > _ROOM and run not in _CLOSING:
            yield line
            line, wide = "", 0
        line, wide = line + run, wide + width
    yield line


@dataclass(frozen=True)
class Climb:
    """How far somebody has come in four bars, each higher than the one before."""

    reached: int
    told: str


def climb(state: str) -> Climb | None:
    """Tell how far a state is up the ladder; nothing where it is beside it."""
    road = ROAD_OF.get(state)
    if road not in CLIMBED:
        return None
    reached = CLIMBED.index(road) + 1
    return Climb(reached, f"第{reached}级，共{len(CLIMBED)}级：{road}")
