"""One thing that a form asks, on a screen or on a page: what may be answered, and what is wrong
with an answer. Answers are told by where they stand in the file that will be written.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from kcbx_docs.light import dataclass
from kcbx_docs.problems import Problem
from kcbx_docs.reading import Loc
from kcbx_docs.words import spell

Answers = dict[Loc, str]
Check = Callable[[str], str]
"""How an answer is read; the ValueError says what is wrong with it."""


def as_given(text: str) -> str:
    """Accept any answer."""
    return text


def _same(answer: str) -> str:
    return answer


@dataclass(frozen=True)
class Asked:
    """What is asked, and where the answer goes."""

    loc: Loc
    label: str
    default: str = ""
    words: tuple[str, ...] = ()
    """What may be answered, also by its number."""
    open: bool = False
    """The words are proposals only."""
    check: Check = as_given
    needed: bool = False
    told: Callable[[str], str] = _same
    """How an answer is repeated, as it was understood."""
    also: tuple[Loc, ...] = ()
    """Other places at which the readers tell what is wrong with it."""
    listed: tuple[str, ...] = ()
    """What is shown above the question: the words with what each of them means."""

    def read(self, text: str) -> str:
        """Return an answer as it will be written; raise ``ValueError`` with what is wrong."""
        if not text:
            if self.needed:
                raise ValueError("不能空着，请写明。")
            return ""
        if not self.words:
            return self.check(text)
        if text.isdecimal() and 1 <= int(text) <= len(self.words):
            return self.words[int(text) - 1]
        if text in self.words:
            return text
        if self.open:
            return self.check(text)
        raise ValueError(f"「{text}」不在其中：{'、'.join(self.words)}。")

    def takes(self, answer: str) -> bool:
        """Tell whether an answer of before can stand, now that others may have changed."""
        closed = bool(self.words) and not self.open
        return (answer in self.words if closed else True) if answer else not self.needed

    def is_meant(self, found: Problem) -> bool:
        """Tell whether a problem stands at its answer, or inside it."""
        return any(_about(found, loc) for loc in (self.loc, *self.also))

    @property
    def short(self) -> str:
        """Return the question without what explains it."""
        return self.label.partition("（")[0]

    @property
    def asked(self) -> str:
        """Return the question with its words."""
        if self.listed:
            return self.label
        listed = "，".join(f"{number} {word}" for number, word in enumerate(self.words, 1))
        more = "，或者另写" if self.open and listed else ""
        return f"{self.label}（{listed}{more}）" if listed else self.label


Flow = Callable[[Mapping[Loc, str]], Iterator[Asked]]
"""Yields the next question from the answers so far."""
Judge = Callable[[Mapping[Loc, str]], Sequence[Problem]]
"""What the readers of the file say of it."""


def _about(found: Problem, loc: Loc) -> bool:
    """Tell whether a problem stands at an answer, or inside it."""
    path, place = spell(loc), found.place.path
    return place == path or place.startswith((f"{path}.", f"{path}["))
