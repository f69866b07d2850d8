"""Mend in files what can be meant in one way only; every other byte stays as it is.

What is wrong is found as ``kcbx check`` finds it. A mended text is read again, since one mistake
can hide another, until nothing more carries a mending.
"""

import codecs
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from kcbx_docs.case.files import (
    WORKSPACE_FILE,
    LoadedWorkspace,
    find_workspace,
    load_source,
    load_workspace,
    workspace_of,
)
from kcbx_docs.case.ids import mask_numbers
from kcbx_docs.case.workspace import Workspace
from kcbx_docs.handwriting.encodings import decode
from kcbx_docs.light import dataclass
from kcbx_docs.locking import OUTPUT
from kcbx_docs.office.rewriting import rewrite
from kcbx_docs.office.yamledit import encoding_of
from kcbx_docs.problems import Mending, Problems
from kcbx_docs.reading import MAX_BYTES, Source, parse_yaml

ROUNDS = 50
"""Readings after which no more is looked for: of each mistake twenty are told at a time."""


@dataclass(frozen=True)
class Fixed:
    """A file with its mistakes mended, as far as they can be; nothing is written yet."""

    path: Path
    before: bytes
    data: bytes
    text: str
    """As it was."""
    mended: str

    @property
    def changed(self) -> bool:
        """Tell whether there is anything to write."""
        return self.data != self.before


@dataclass(frozen=True)
class MendedLine:
    """A line as it was and as it is; identity numbers are masked."""

    line: int
    before: str
    after: str


def mended_lines(one: Fixed) -> Iterator[MendedLine]:
    """Yield the lines that differ."""
    before, after = (mask_numbers(text).split("\n") for text in (one.text, one.mended))
    for number, (old, new) in enumerate(zip(before, after, strict=True), 1):
        if old != new:
            yield MendedLine(number, old, new)


def fixed_files(paths: Sequence[Path], today: date) -> tuple[Fixed, ...]:
    """Mend files in memory; what cannot be read as text is left out: the check tells it.

    The office's own file comes first: what is said of a case rests on it.
    """
    done: dict[Path, Fixed] = {}
    offices: dict[Path | None, Workspace | None] = {None: None}
    for path in sorted(paths, key=lambda one: one.name != WORKSPACE_FILE):
        root = find_workspace(path)
        if path.name != WORKSPACE_FILE and root not in offices and root:
            loaded, _ = load_workspace(root)
            offices[root] = loaded.workspace if loaded else None
        reader = _Reader(path, today, offices.get(root))
        if (fixed := reader.fixed()) is None:
            continue
        done[path] = fixed
        if reader.office and root:
            offices[root] = reader.office.workspace
    return tuple(done[path] for path in paths if path in done)


class _Reader:
    """Reads a text as that of a file, whether or not it is on the disk yet."""

    def __init__(self, path: Path, today: date, workspace: Workspace | None) -> None:
        self.path, self.today, self.workspace = path, today, workspace
        self.office: LoadedWorkspace | None = None

    def read(self, text: str) -> tuple[Source, Problems]:
        source, found = parse_yaml(text, str(self.path))
        if self.path.name != WORKSPACE_FILE:
            return source, load_source(self.path, source, found, self.today, self.workspace)[1]
        self.office, found = workspace_of(self.path, source, found)
        return source, found

    def fixed(self) -> Fixed | None:
        try:
            raw = self.path.read_bytes()
        except OSError:
            return None
        whole = decode(raw) if len(raw) <= MAX_BYTES else None
        if whole is None:
            return None
        first = text = whole.replace("\r\n", "\n")
        source, found = self.read(text)
        for _ in range(ROUNDS):
            mended = apply(text, (p.mending for p in found if p.place.file == str(self.path)))
            if mended == text:
                break
            again, further = self.read(mended)
            if source.data is not None and again.data is None:  # worse than it was
                break
            text, source, found = mended, again, further
        data = _written(raw, first, text)
        if data is None:
            return Fixed(self.path, raw, raw, first, first)
        return Fixed(self.path, raw, data, first, text)


def apply(text: str, mendings: Iterable[Mending | None]) -> str:
    """Put mendings into a text; where two of them overlap, neither is the one right mending."""
    lines = text.split("\n")
    wanted = {one for one in mendings if one and _fits(one, lines)}
    alone = (one for one in wanted if not _overlaps(one, wanted))
    for one in sorted(alone, key=lambda it: (it.line, it.column, len(it.old)), reverse=True):
        line, start = lines[one.line - 1], one.column - 1
        rest = line[start + len(one.old) :]
        new = one.new if rest else one.new.rstrip(" ")  # a blank at the end is not seen
        lines[one.line - 1] = line[:start] + new + rest
    return "\n".join(lines)


def _fits(one: Mending, lines: Sequence[str]) -> bool:
    """Tell whether a mending stays in its line and finds there what it replaces."""
    if not 0 < one.line <= len(lines) or "\n" in one.old + one.new or "\r" in one.new:
        return False
    line = lines[one.line - 1]
    return 0 < one.column <= len(line) + 1 and line.startswith(one.old, one.column - 1)


def _overlaps(one: Mending, all_: Collection[Mending]) -> bool:
    return any(one != other and _overlap(one, other) for other in all_)


def _overlap(one: Mending, other: Mending) -> bool:
    """Tell whether two mendings touch the same characters, or come into the same gap."""
    if one.line != other.line:
        return False
    ends = (one.column + len(one.old), other.column + len(other.old))
    return one.column == other.column or (one.column < ends[1] and other.column < ends[0])


def _written(raw: bytes, before: str, after: str) -> bytes | None:
    """Return the bytes with the changed lines in them; nothing where they would be read otherwise.

    A line break is one byte in UTF-8 and in GB18030, and no part of any character.
    """
    codec = encoding_of(raw).removesuffix("-sig")
    lines = raw.split(b"\n")
    for number, (old, new) in enumerate(zip(before.split("\n"), after.split("\n"), strict=True)):
        if old != new:
            first = codecs.BOM_UTF8 if not number and raw.startswith(codecs.BOM_UTF8) else b""
            inside = number < len(lines) - 1 and lines[number].endswith(b"\r")
            lines[number] = first + new.encode(codec) + (b"\r" if inside else b"")
    data = b"\n".join(lines)
    return data if (decode(data) or "").replace("\r\n", "\n") == after else None


def write(fixed: Fixed) -> None:
    """Write a mended file unless somebody changed it since it was read."""
    root = find_workspace(fixed.path)
    rewrite(root / OUTPUT if root else None, fixed.path, fixed.before, fixed.data)
