"""The slips of a text as problems, and the text as it is read on."""

from collections.abc import Iterable

from kcbx_docs.handwriting.block import LineByLine
from kcbx_docs.handwriting.handwritten import Handwritten, Mended, Patch, PenSlip
from kcbx_docs.light import dataclass
from kcbx_docs.problems import Mending, Place, Problem, Tally, problem, with_mending

SILENT = frozenset(f"READ{number:03}" for number in (17, 18, 19, 20, 21, 24, 26, 32, 35, 43))
"""Slips that YAML takes without a word, for something that was not meant."""

_GUESSED = frozenset(f"READ{number:03}" for number in (21, 24, 29, 31, 34, 43, 121))
"""Slips that are read on without knowing what the value is."""


@dataclass(frozen=True)
class SlipsFound:
    """What was found in a text: its slips, and the text with them mended."""

    slips: tuple[Problem, ...]
    mended: Mended
    doubtful: frozenset[int] = frozenset()
    """The lines, from one, of which it is not certain what was meant."""


def look(text: str, name: str, first_line: int, *, silent: bool) -> SlipsFound:
    """Find the slips of a text; ``silent`` asks only for those that YAML does not notice."""
    page = Handwritten(text)
    LineByLine(page).read()
    if silent:
        page.slips = [slip for slip in page.slips if slip.code in SILENT]
        page.patches = [slip.patch for slip in page.slips if slip.patch]
    tally = Tally(name)
    original, crowded = Handwritten(text), _crowded(page.patches)
    for slip in sorted(page.slips, key=lambda one: one.at):
        alone = slip.patch not in crowded
        tally.take(_told(original, slip, name, first_line, alone=alone))
    unsure = [slip for slip in page.slips if slip.code in _GUESSED and not slip.sure]
    doubtful = {page.where(slip.at)[0] + first_line + 1 for slip in unsure}
    original.patches = page.patches
    return SlipsFound(tally.told(), original.mended(), frozenset(doubtful))


def _crowded(patches: Iterable[Patch]) -> set[Patch]:
    """Return the patches that others overlap: together they are not the one right mending."""
    crowded: set[Patch] = set()
    outer: Patch | None = None
    for patch in sorted(set(patches), key=lambda one: (one.start, -one.end)):
        if outer and patch.start < outer.end:
            crowded |= {outer, patch}
        elif not outer or patch.end > outer.end:
            outer = patch
    return crowded


def _told(page: Handwritten, slip: PenSlip, name: str, first_line: int, *, alone: bool) -> Problem:
    line, column = page.where(slip.at)
    facts = dict(slip.facts)
    if isinstance(facts.get("line"), int):
        facts["line"] = facts["line"] + first_line + 1
    found = problem(slip.code, Place(name, first_line + line + 1, column + 1), **facts)
    if not (slip.sure and slip.patch and alone):
        return found
    start, end = slip.patch.start, slip.patch.end
    row, at = page.where(start)
    old = page.text[start:end]
    return with_mending(found, Mending(first_line + row + 1, at + 1, old, slip.patch.new))
