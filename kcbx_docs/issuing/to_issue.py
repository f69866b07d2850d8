"""What somebody asks to have issued."""

from datetime import date, time
from pathlib import Path

from kcbx_docs.light import dataclass
from kcbx_docs.papers.formats import FORMATS


@dataclass(frozen=True)
class ToIssue:
    """A document of a case to be issued on a day: for whom, under which number, from which file."""

    document: str
    day: date
    today: date
    guardian: str = ""
    clock: time | None = None
    """At which time that began which it records, where there are several of a day."""
    number: str = ""
    final: Path | None = None
    existing: Path | None = None
    reason: str = ""
    again: bool = False
    by: str = ""
    signatory: str = ""
    formats: tuple[str, ...] = tuple(FORMATS)
