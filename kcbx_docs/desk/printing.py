"""The printing of a batch as long work: what ``kcbx render`` does."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path

from kcbx_docs.batch.asked import BatchAsked, Watching
from kcbx_docs.desk.apart import Work
from kcbx_docs.desk.jobs import LongWork
from kcbx_docs.desk.uploads import Upload
from kcbx_docs.filing.render import render_file
from kcbx_docs.light import dataclass
from kcbx_docs.papers.files import Wanted
from kcbx_docs.papers.formats import FORMATS
from kcbx_docs.problems import Problems, UserError

Undo = Callable[[], Problems]
"""Puts back what was done before the printing, and says so."""


@dataclass(frozen=True)
class PrintedBatch:
    """What a run made, and what is to be said of it."""

    folder: Path
    names: tuple[str, ...]
    problems: Problems


@dataclass(frozen=True)
class PrintWish:
    """What is wanted of a batch: in which formats, of whom, once more and why."""

    formats: tuple[str, ...] = tuple(FORMATS)
    only: tuple[str, ...] = ()
    fresh: bool = False
    resumed: bool = False
    again: bool = False
    dry: bool = False
    reason: str = ""
    listed: Upload | None = None
    """A list of pupils on which those who are wanted are ticked."""

    @property
    def words(self) -> Sequence[str]:
        """Return the options of the command that does the same."""
        flags = {"--new": self.fresh, "--again": self.again, "--dry-run": self.dry}
        said = [*chain.from_iterable(("--only", one) for one in self.only)]
        said += [flag for flag, wanted in flags.items() if wanted]
        said += ["--reason", self.reason] if self.reason else []
        said += ["--list", self.listed.name] if self.listed else []
        said += ["--format", ",".join(self.formats)] if self.formats != tuple(FORMATS) else []
        return said

    def work(self, path: Path, today: date, undo: Undo | None = None) -> Work:
        """Return the work that does it; ``undo`` is called where nothing comes of it."""
        wanted = Wanted(today, formats=self.formats, today=today, reason=self.reason)
        asked = BatchAsked(
            self.only,
            self.listed.path if self.listed else None,
            again=self.again,
            fresh=self.fresh,
            resumed=self.resumed,
            dry=self.dry,
        )
        work = partial(print_batch, path, wanted, asked, self.listed)
        return partial(print_or_undo, work, undo) if undo else work


def print_batch(
    path: Path, wanted: Wanted, asked: BatchAsked, listed: Upload | None, watching: Watching
) -> PrintedBatch:
    """Print a batch and put its files away; a list that came in is called as it came."""

    def named(found: Problems) -> Problems:
        return tuple(map(listed.named, found)) if listed else found

    try:
        written = render_file(path, wanted, watching=watching, asked=asked)
    except UserError as error:
        raise UserError(named(error.problems)) from error
    names = tuple(file.name for file in written.files)
    return PrintedBatch(written.folder, names, named(written.problems))


def print_or_undo(work: Work, undo: Undo, watching: Watching) -> PrintedBatch:
    """Print after a roster was replaced; put the one before back where nothing was printed."""
    try:
        done: PrintedBatch = work(watching)
    except UserError as error:
        raise UserError((*error.problems, *undo())) from error
    except BaseException:  # also where somebody stops it
        undo()
        raise
    return done


SCREEN = "/notices/"
"""Where the batches stand, each by its call."""


def about_printing(name: str, file: str, command: str) -> LongWork:
    """Say what the printing of a batch is called, and how it goes on if it is broken off."""
    return LongWork(f"印 {name}", command, SCREEN, f"{command} --resume", file)
