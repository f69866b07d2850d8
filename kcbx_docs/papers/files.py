"""Papers as bytes: what was asked for, what came out, and what is to be said of it.
Nothing here knows a disk.
"""

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Any, Literal, Protocol

import kcbx_docs
from kcbx_docs.light import dataclass
from kcbx_docs.packs.library import Library
from kcbx_docs.packs.model import RECEIPT
from kcbx_docs.papers.formats import FORMATS
from kcbx_docs.papers.make import Made
from kcbx_docs.problems import Problems
from kcbx_docs.render.fonts import FontUsed
from kcbx_docs.render.text import paragraphs

MADE_FROM = "made_from"
"""What the manifest says of a file that need not be made again from the same recipe."""


class Standing(Protocol):
    """What an earlier run has left in a folder."""

    def data(self, folder: str, name: str, key: str, *, draft: bool) -> bytes | None:
        """Return the bytes of a file that was made from the same recipe and is untouched."""

    def stands(self, folder: str, name: str, issued: str) -> bool:
        """Tell whether a file that went out with an issued paper is there, untouched."""


def seal(key: str, sha256: str) -> str:
    """Bind a recipe to the bytes that came of it: of either alone the manifest proves nothing."""
    return hashlib.sha256(f"{key} {sha256}".encode()).hexdigest()


@dataclass(frozen=True)
class Wanted:
    """What the user asked for: the papers' day, documents (none: all that fit), formats, draft.

    ``today`` is the real day where papers are made as of an earlier one: later events are no
    mistake then. ``reason`` is what a named officer gives for a paper that the procedure allows
    only with a reason. ``guardian`` is whose papers only are wanted.
    """

    day: datetime.date
    documents: tuple[str, ...] = ()
    formats: tuple[str, ...] = tuple(FORMATS)
    draft: bool = False
    today: datetime.date | None = None
    reason: str = ""
    guardian: str = ""
    public: bool = False
    """Whether only what everybody may read is wanted."""
    standing: Standing | None = field(default=None, compare=False)
    """What need not be made again; without it everything is made."""
    within: tuple[str, ...] = ()
    """Of what is made unasked these documents alone; all of it where none is named."""

    @property
    def known(self) -> datetime.date:
        """Return the day until which events may have happened."""
        return max(self.day, self.today or self.day)

    @property
    def extent(self) -> "Extent":
        """Tell how much of what belongs together is made in one run."""
        if self.documents or self.guardian or self.within:
            return "一些文书"
        return "整套" if set(self.formats) == set(FORMATS) else "一些格式"


Extent = Literal["整套", "一些格式", "一些文书"]


@dataclass(frozen=True)
class File:
    """One file: its name, its bytes, and what the manifest says of it."""

    name: str
    data: bytes
    about: Mapping[str, Any]
    fonts: tuple[FontUsed, ...] = ()
    staged: Path | None = None
    """Where its bytes lie until it is put away, if they are not in memory."""

    def read(self) -> bytes:
        """Return its bytes."""
        return self.staged.read_bytes() if self.staged else self.data


@dataclass(frozen=True)
class Papers:
    """All papers that one run made of a case, a batch or a letter,
    and how their folder is called.
    """

    folder: str
    files: tuple[File, ...]
    run: Mapping[str, Any]
    """What the manifest says of the whole run."""
    extent: Extent = "整套"
    draft: bool = False
    keeps_old: bool = True
    """Whether papers that are not made any more may have been handed out, so that they are kept."""
    side_files: tuple[str, ...] = ()
    """Files that are no papers: every run, however small, decides anew whether they are needed."""
    made: tuple[Made, ...] = field(default=(), compare=False)
    problems: Problems = ()


def about(made: Made) -> dict[str, Any]:
    """Describe one paper for the manifest."""
    files = [f.shown for f in made.paper.flat.files]
    known = {"issued": made.paper.issued, "event": made.paper.event}
    return {
        "document": made.paper.document,
        "title": made.paper.title,
        "guardian": made.paper.guardian or None,
        "day": made.paper.day.isoformat(),
        "templates": files,
        "cited": list(made.cited),
        "words": words_of(made),
        **({"receipt": True} if made.paper.flat.front.unit == RECEIPT else {}),
        **{key: value for key, value in known.items() if value},
    }


def words_of(made: Made) -> str:
    """Return the hash of the words of a paper: its bytes change with every new program."""
    return hashlib.sha256("\n".join(paragraphs(made.filled.root)).encode()).hexdigest()


def about_run(
    library: Library, sha256: str, day: datetime.date, whose: Mapping[str, Any], **more: Any
) -> dict[str, Any]:
    """Describe a run for the manifest: all that its files depend on;
    ``more`` stands beside the source.
    """
    packs = [
        {"id": f.id, "name": f.pack.name, "version": f.pack.version} for f in library.chain.folders
    ]
    checked = sorted(library.registry.checked.items())
    return {
        "kcbx": kcbx_docs.__version__,
        "as_of": day.isoformat(),
        "packs": packs,
        "source_sha256": sha256,
        "whose": dict(whose),
        **more,
        "law_checked": {level: day.isoformat() for level, day in checked},
    }


def whose(kind: str, number: str, *marks: str) -> dict[str, Any]:
    """Tell to whom a folder belongs without naming anybody: a hash of each mark of a pupil.

    One mark that is the same is enough, so that a name or an identity number may be put right
    later.
    """
    written = (mark for mark in marks if mark)
    hashed = [hashlib.sha256(f"{number}\n{mark}".encode()).hexdigest()[:16] for mark in written]
    return {"kind": kind, "marks": hashed}
