"""The number of a paper: the pattern of its card, and the series in which its serial runs."""

import datetime
import re
import string
from collections.abc import Iterator
from functools import lru_cache

from kcbx_docs.case.workspace import SCHOOL, Organ
from kcbx_docs.light import dataclass, regex
from kcbx_docs.packs.model import Card
from kcbx_docs.problems import Place, Problem, problem, raise_errors, stop, with_subject

BLANK = "\u2003\u2003"
"""Room for a serial that is not known yet."""

_NOWHERE = Place()
_SIGNS = regex(r"[〔〕\[\]【】（）()第号\s]")


_BRACKETED = regex(r"[\[（(【〈〔［]\s*\{年\}\s*[\])）】〉〕］]")
PLACEHOLDERS = ("机关代字", "年", "序号")


def pattern_problems(pattern: str, place: Place) -> Iterator[Problem]:
    """Say what is wrong with how numbers are written."""
    try:
        parts = [*string.Formatter().parse(pattern)]
    except ValueError:
        names = ["…"]
    else:
        names = [name for _, name, _, _ in parts if name is not None]
    known = "、".join("{%s}" % name for name in PLACEHOLDERS)
    for name in names:
        if name not in PLACEHOLDERS:
            yield problem("PACK016", place, pattern=pattern, name=name, known=known)
    if "序号" not in names:
        yield problem("PACK020", place, pattern=pattern)
    elif "年" in names and "〔{年}〕" not in pattern and _BRACKETED.search(pattern):
        yield problem("PACK029", place, pattern=pattern, meant=_BRACKETED.sub("〔{年}〕", pattern))


@lru_cache
def _sound(pattern: str, title: str, place: Place) -> None:
    """Refuse a pattern by which no number can be written, as lint does."""
    found = pattern_problems(pattern, place)
    raise_errors([with_subject(one, f"《{title}》") for one in found])


@dataclass(frozen=True)
class Numbering:
    """How a document of an organ is numbered in a year."""

    pattern: str
    organ: str
    code_word: str
    year: int

    def text(self, serial: int | str = BLANK) -> str:
        """Write a number with a serial; without one with room for it."""
        return self.pattern.format_map(
            {"机关代字": self.code_word, "年": self.year, "序号": serial}
        )

    @property
    def word(self) -> str:
        """Return what stands before the year: of one word, papers are numbered together."""
        bare = self.pattern.format_map({"机关代字": self.code_word, "年": "", "序号": ""})
        return _SIGNS.sub("", bare)

    def serial_of(self, number: str) -> int | None:
        """Read the serial of a number of this series; nothing if it is of another."""
        form = re.escape(self.text("\0")).replace("\0", "0*([1-9][0-9]*)")
        found = re.fullmatch(form, number)
        return int(found[1]) if found else None

    def found_in(self, text: str) -> str:
        """Find a number of this series in a text, however its brackets are written."""
        serials = self.serials_in(text)
        return self.text(serials[0]) if serials else ""

    def serials_in(self, text: str) -> tuple[int, ...]:
        """List the serials of this series that stand in a text."""
        head, _, tail = self.text("\0").partition("\0")
        signs = {"〔": r"[〔\[(（【﹝［]", "〕": r"[〕\])）】﹞］]第?"}
        form = "".join(signs.get(char, re.escape(char)) for char in head)
        found = re.findall(f"{form}0*([1-9][0-9]*){re.escape(tail)}", text)
        return tuple(map(int, found))


def numbering(
    card: Card, issuer: Organ, day: datetime.date, at: Place = _NOWHERE
) -> Numbering | None:
    """Tell how a document is numbered, by what is written ``at`` a place; nothing for those that
    bear no number.
    """
    if not card.number:
        return None
    _sound(card.number, card.title, at)
    if "{机关代字}" in card.number and not issuer.code_word:
        raise stop("PAPR003", Place(), office=issuer.name, title=card.title)
    return Numbering(card.number, issuer.name, issuer.code_word, day.year)


def number_text(card: Card, issuer: Organ, day: datetime.date, at: Place = _NOWHERE) -> str | None:
    """Write a document number whose serial is left open for the register.

    The word of a school that another office's case only names is not known: room is left for it.
    """
    if issuer.kind == SCHOOL and not issuer.code_word:
        issuer = issuer.model_copy(update={"code_word": BLANK})
    told = numbering(card, issuer, day, at)
    return told.text() if told else None
