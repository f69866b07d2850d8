"""A paper whose serial number is open: laid out before the register is asked, stamped afterwards.

The paper is filled twice, with two serials of as many digits. Where nothing but these digits
differs they may be any others: a Word file is stamped in its text, a PDF in its glyphs.
"""

from collections.abc import Sequence
from dataclasses import replace

from kcbx_docs.law.registry import Registry
from kcbx_docs.light import dataclass
from kcbx_docs.papers.files import File, about
from kcbx_docs.papers.formats import presses
from kcbx_docs.papers.make import Made, make
from kcbx_docs.papers.numbers import Numbering
from kcbx_docs.papers.paper import Paper
from kcbx_docs.papers.press import Opened, Press, Stamping
from kcbx_docs.problems import Problems, errors
from kcbx_docs.render.stamping import Serial
from kcbx_docs.render.text import paragraphs

_PAIRS = (("8", "7"), ("6", "5"), ("4", "3"), ("2", "9"))
"""Digits with which a paper is tried; some other number in it may look like the first."""


@dataclass(frozen=True)
class Stencil:
    """A paper with room for a serial of so many digits, in every format."""

    made: Made
    digits: int
    forms: tuple[tuple[str, Opened], ...]

    def files(self, serial: int) -> tuple[File, ...]:
        """Return its files with a serial."""
        known = about(self.made)
        return tuple(
            File(name, opened.stamp(str(serial)), known, opened.fonts)
            for name, opened in self.forms
        )


def numbered(paper: Paper, number: str) -> Paper:
    """Return a paper with a number."""
    own = {**paper.facts["文书"], "文号": number}
    return replace(paper, facts={**paper.facts, "文书": own})


def stencil(
    paper: Paper, number: Numbering, digits: int, registry: Registry, formats: Sequence[str]
) -> tuple[Stencil | None, Problems]:
    """Lay a paper out with an open serial; without a stencil and without an error it must be laid
    out again for its own number.
    """
    tried, found = _tried(paper, number, digits, registry)
    if tried is None:
        return None, found
    made, twin, serial = tried
    ready, more = presses(formats)
    found = (*found, *more)
    forms: list[tuple[str, Opened]] = []
    for press in ready:
        opened, more = _opened(press, made, twin, serial)
        found = (*found, *more)
        if opened is None:
            return None, found
        forms.append((f"{paper.name}{press.suffix}", opened))
    return Stencil(made, digits, tuple(forms)), found


def _opened(press: Press, made: Made, twin: Made, serial: Serial) -> tuple[Opened | None, Problems]:
    if not isinstance(press, Stamping):
        return None, ()
    return press.opened(made, twin, serial)


def _tried(
    paper: Paper, number: Numbering, digits: int, registry: Registry
) -> tuple[tuple[Made, Made, Serial] | None, Problems]:
    """Fill a paper with two serials that nothing else in it looks like."""
    for one, other in _PAIRS:
        written, again = number.text(one * digits), number.text(other * digits)
        made, found = make(numbered(paper, written), registry)
        twin, more = make(numbered(paper, again), registry)
        if made is None or twin is None:
            return None, tuple(dict.fromkeys((*found, *more)))
        words = [paragraphs(filled.filled.root) for filled in (made, twin)]
        if [text.replace(written, again) for text in words[0]] == list(words[1]):
            start = next(at for at, char in enumerate(written) if char != again[at])
            times = sum(text.count(written) for text in words[0])
            return (made, twin, Serial(written, start, digits, times)), errors(found) or found
    return None, ()
