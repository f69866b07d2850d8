"""What a press is: it makes one file of one paper, or of all papers that are printed in one go."""

from collections.abc import Callable
from itertools import chain
from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

from kcbx_docs.light import dataclass
from kcbx_docs.papers.make import Made
from kcbx_docs.problems import Problems
from kcbx_docs.render.fonts import FontSet, FontUsed

if TYPE_CHECKING:  # of PDF, which not every run makes
    from kcbx_docs.render.recipe import Recipe
    from kcbx_docs.render.stamping import Serial

Progress = Callable[[str], None]
"""Told what is being done; it may raise ``UnwantedError``, and the work leaves nothing behind."""


class UnwantedError(Exception):
    """Whoever watches long work wants none of it."""


def silent(_message: str) -> None:
    """Report progress to nobody."""


@dataclass(frozen=True)
class Rendered:
    """The bytes of a file, the fonts that it embeds, and if that is known, how many pages each
    paper has and how it came about: stamped, or laid out in full and why.
    """

    data: bytes
    fonts: tuple[FontUsed, ...] = ()
    page_counts: tuple[int, ...] = ()
    ways: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """What one pupil (or one class) gets within a job, copies repeated."""

    name: str
    papers: tuple[Made, ...]


@dataclass(frozen=True)
class Job:
    """Papers that are printed in one go; with ``duplex`` each of them starts on a front side."""

    title: str
    parts: tuple[Part, ...]
    duplex: bool = False
    draft: bool = False
    progress: Progress = silent

    @property
    def papers(self) -> tuple[Made, ...]:
        """List all papers in the order of printing."""
        return tuple(chain.from_iterable(part.papers for part in self.parts))


class Press(Protocol):
    """Makes files of one format. It is set up once for a whole run."""

    suffix: ClassVar[str]
    fonts: FontSet | None
    """The fonts that draw its characters, if it draws them itself."""

    def paper(self, made: Made, *, draft: bool) -> tuple[Rendered | None, Problems]:
        """Make the file of one paper."""

    def job(self, job: Job) -> tuple[Rendered | None, Problems]:
        """Make one file of many papers."""


@runtime_checkable
class Repeating(Protocol):
    """A press that can tell beforehand whether a file would be the same as an earlier one."""

    def recipe(self, made: Made, *, draft: bool) -> "Recipe | None":
        """Sum up all that the bytes of a paper's file depend on; nothing if that is not known."""


@dataclass(frozen=True)
class Opened:
    """A file whose serial is open: ``stamp`` returns its bytes with a serial."""

    stamp: Callable[[str], bytes]
    fonts: tuple[FontUsed, ...] = ()


@runtime_checkable
class Stamping(Protocol):
    """A press whose files may be laid out before their number is known."""

    def opened(self, made: Made, twin: Made, serial: "Serial") -> tuple[Opened | None, Problems]:
        """Make the file of a paper with an open serial; ``twin`` is the same paper with other
        digits there. Nothing, and no error, if it cannot be stamped.
        """
