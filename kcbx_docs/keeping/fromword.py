"""A Word file that a keeper edited, taken over into a pack: the words into the block of its text,
the looks beside it. Nothing is proposed that does not read, once written, exactly as in Word.
"""

import bisect
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from kcbx_docs.keeping.foreign import files_of_pack
from kcbx_docs.keeping.lint import lint_document
from kcbx_docs.keeping.wordedits import SourceEdit, WordChange, WordEdits
from kcbx_docs.light import dataclass
from kcbx_docs.office.setting import set_values
from kcbx_docs.office.yamledit import read_original
from kcbx_docs.packs.chain import LOCAL, PackFolder, read_pack
from kcbx_docs.packs.flatten import Block, FlatTemplate, Span, TemplateFile, read_template
from kcbx_docs.packs.library import Library, library_of
from kcbx_docs.packs.markup import Piece
from kcbx_docs.packs.persons import NOBODY, KnownPeople
from kcbx_docs.packs.typed import plain_periods
from kcbx_docs.papers.wordtemplate import worded
from kcbx_docs.problems import Problem, Problems, UserError, errors, raise_errors
from kcbx_docs.render.keeper import read_word_file

PACK_FILE = "pack.yaml"
OWN_PERIODS = "自定期限"
_NOTE = "{# 文字取自维护人改好的 Word 文件 #}\n"
_PARTS = "写在几种文书共用的片段里"
_NO_BLOCK = "上级没有把它写在块里"
_TWICE = "本级已经整块改写过"
_NOT_ALIKE = "照这样写，印出来和 Word 里不一样"


@dataclass(frozen=True)
class FromWord:
    """What a Word file would change in a pack, and what speaks against it."""

    document: str
    changes: tuple[WordChange, ...]
    files: Mapping[str, bytes]
    """The files of the pack that would be written, by their paths in it."""
    problems: Problems = ()
    """What ``kcbx pack lint`` would say then and does not say now."""
    before: Mapping[str, bytes] = field(default_factory=dict)
    """The files of the document that the pack had when it was looked at."""
    periods: tuple[str, ...] = ()
    """What the office may call its own periods in it: then they may stand there plainly."""

    @property
    def can_be_written(self) -> bool:
        """Tell whether anything is left that speaks against it."""
        return bool(self.files) and not errors(self.problems) and not self.by_hand

    @property
    def by_hand(self) -> tuple[WordChange, ...]:
        """List the changes that somebody has to write into the text."""
        return tuple(one for one in self.changes if one.why)


@dataclass(frozen=True)
class WordTaker:
    """A pack of a workspace into which Word files are taken."""

    library: Library
    home: PackFolder
    """The last pack of the chain, which is written; it need not be there yet."""
    day: date
    known: Callable[[], KnownPeople] = lambda: NOBODY
    """Gathers who stands in the cases and rosters of the office, whom no template may name; that
    reads them all, and nobody asks before a file was brought.
    """

    def look(self, document: str, path: Path, *, looks: bool, own: Sequence[str] = ()) -> FromWord:
        """Tell what a Word file would change; raise where it is no harmless document. ``looks``
        are taken in any case where no word was changed; ``own`` are the periods that somebody says
        are the office's own.
        """
        before = self._files_of(document)
        found = self._found(document, path, looks, tuple(own))
        if PACK_FILE not in found.files:
            before = {name: data for name, data in before.items() if name != PACK_FILE}
        return replace(found, before=before)

    def _files_of(self, document: str) -> Mapping[str, bytes]:
        names = (PACK_FILE, *(f"documents/{document}{ending}" for ending in (".html", ".docx")))
        there = {name: self.home.path / name for name in names}
        return {name: path.read_bytes() for name, path in there.items() if path.is_file()}

    def _found(self, document: str, path: Path, looks: bool, own: tuple[str, ...]) -> FromWord:
        data = read_word_file(path)
        flat, said = self.library.document(document), worded(data)
        changes = tuple(WordEdits(flat, said).changes())
        files: dict[str, bytes] = {}
        if changes:
            changes, text = self._text(flat, changes)
            files = {} if text is None else {f"documents/{document}.html": text}
        if looks or not changes:
            files[f"documents/{document}.docx"] = data
        if any(one.why for one in changes):
            alone = {f"documents/{document}.docx": data}
            return FromWord(document, changes, {}, self._said(document, alone))
        with self._tried(files) as after:
            alike = _reads_as(after, document, said)
            periods = self._periods(after, document) if alike else ()
        if not alike:
            changes = tuple(replace(one, why=_NOT_ALIKE) for one in changes)
            files = {f"documents/{document}.docx": data}
        elif called := tuple(one for one in periods if one in own):
            files[PACK_FILE] = self._calling_own(document, called)
        told = self._said(document, files)
        return FromWord(document, changes, files if alike else {}, told, periods=periods)

    def _periods(self, after: Library, document: str) -> tuple[str, ...]:
        """List the periods that the paper would state plainly and that may be the office's own."""
        known = self.library.card(document).own_periods.split("、")
        found = plain_periods(after.document(document), after.registry)
        return tuple(one for one in found if one not in known)

    def _calling_own(self, document: str, periods: Sequence[str]) -> bytes:
        """Write the pack.yaml that says of periods of a document that they are the office's own."""
        path = self.home.path / PACK_FILE
        there = path.is_file()
        text = read_original(path).text if there else first_pack(self.home)
        known = self.home.pack.own_periods.get(document, "") if there else ""
        whole = "、".join(dict.fromkeys((*filter(None, known.split("、")), *periods)))
        changed = set_values(text, self.home.shown(path), (OWN_PERIODS,), {document: whole})
        return read_original(path).encode(changed) if there else changed.encode()

    def _text(
        self, flat: FlatTemplate, changes: Sequence[WordChange]
    ) -> tuple[tuple[WordChange, ...], bytes | None]:
        """Return the new text of the pack's own file, or why there can be none."""
        own = OwnText(self.home, flat)
        told: list[WordChange] = []
        for one in changes:
            why = one.why or next(filter(None, map(own.take, one.edits)), "")
            told.append(replace(one, why=why))
        return tuple(told), None if any(one.why for one in told) else own.data()

    def _said(self, document: str, files: Mapping[str, bytes]) -> Problems:
        """List what lint says of the document with some files, and does not say without them."""
        before = {*self._faults(self.library, document)}
        with self._tried(files) as after:
            return tuple(one for one in self._faults(after, document) if one not in before)

    def _faults(self, library: Library, document: str) -> Iterator[Problem]:
        try:
            flat = library.document(document)
        except UserError as error:
            yield from error.problems
        else:
            yield from lint_document(flat, library, self.day, set(), self.known())

    def _tried(self, files: Mapping[str, bytes]) -> "_Trial":
        return _Trial(self.library, self.home, files)


def _reads_as(library: Library, document: str, said: Sequence[tuple[str, str]]) -> bool:
    try:
        flat = library.document(document)
    except UserError:
        return False
    return not [*WordEdits(flat, tuple(said)).changes()]


class _Trial:
    """The same packs with some files of the last one changed, laid out elsewhere for a while."""

    def __init__(self, library: Library, home: PackFolder, files: Mapping[str, bytes]) -> None:
        self.library, self.home, self.files = library, home, files
        self.folder = tempfile.TemporaryDirectory(prefix="kcbx-word-")

    def __enter__(self) -> Library:
        place, home = Path(self.folder.name), self.home
        there = files_of_pack(home.path) if home.path.is_dir() else ()
        whole = {name: (home.path / name).read_bytes() for name in there}
        for name, data in (whole | {**self.files}).items():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes(data)
        if not (place / "pack.yaml").is_file():
            (place / "pack.yaml").write_text(first_pack(home), "utf-8")
        last, found = read_pack(place, home.id)
        raise_errors(found)
        assert last is not None
        upper = [one for one in self.library.chain.folders if one.id != home.id]
        if home.id == LOCAL:
            return library_of(upper[-1].id, {one.id: one for one in upper}, last)[0]
        return library_of(home.id, {one.id: one for one in (*upper, last)})[0]

    def __exit__(self, *_: object) -> None:
        self.folder.cleanup()


def first_pack(home: PackFolder) -> str:
    """Write the pack.yaml of an office that had no words of its own."""
    return f'名称: {home.pack.name}\n版本: "{home.pack.version}"\n'


class _Cut(NamedTuple):
    """A stretch of a file and what stands there instead."""

    start: int
    end: int
    text: str


class OwnText:
    """The file of a document in one pack, with the changes that were taken into it so far."""

    def __init__(self, home: PackFolder, flat: FlatTemplate) -> None:
        self.flat, self.path = flat, home.path / "documents" / f"{flat.front.id}.html"
        shown = home.shown(self.path)
        there = self.path.is_file()
        self.file = read_template(self.path, shown, with_head=True)[0] if there else None
        self.own: list[_Cut] = []
        self.above: dict[tuple[int, str], tuple[TemplateFile, Block, list[_Cut]]] = {}

    def take(self, edit: SourceEdit) -> str:
        """Take a change in; return why it cannot be, if it cannot."""
        span, start = _span_at(self.flat, edit.anchor)
        offset = span.offset + edit.start - start
        cut = _Cut(offset, offset + edit.end - edit.start, edit.text)
        if edit.start < start or edit.end > start + len(span.text):
            return _NOT_ALIKE
        if span.file.path == self.path:
            self.own.append(cut)
            return ""
        if span.file.path.parent.name == "parts":
            return _PARTS
        block = _innermost(span.file, span.file.items, offset)
        if block is None:
            return _NO_BLOCK
        if self._is_written(block.name) and self._asks_above(block.name) is None:
            return _TWICE
        key = (id(span.file), block.name)
        self.above.setdefault(key, (span.file, block, []))[2].append(cut)
        return ""

    def _is_written(self, block: str) -> bool:
        return self.file is not None and block in self.file.blocks()

    def _asks_above(self, block: str) -> Piece | None:
        """Find where the pack's own block says what the one above it says."""
        items = self.file.blocks()[block].items if self.file else ()
        asking = (one for one in items if isinstance(one, Piece) and one.code == "super()")
        return next(asking, None)

    def data(self) -> bytes:
        """Return the whole file, written in the way of the one that is there."""
        body = self.file.body if self.file else _NOTE
        original = read_original(self.path)
        whole = original.text if self.file else _NOTE
        cuts, added = [*self.own], list[str]()
        for file, block, inside in self.above.values():
            start, end = _content(block, file.body)
            content = _cut(file.body[start:end], inside, start)
            asking = self._asks_above(block.name) if self._is_written(block.name) else None
            if asking:
                cuts.append(_Cut(asking.offset, asking.offset + len(asking.text), content.strip()))
            else:
                added.append(f"{{% block {block.name} %}}{content}{{% endblock %}}\n")
        head = whole.removesuffix(body)
        told = _cut(body, cuts, 0)
        room = "" if not added or told.endswith("\n") else "\n"
        return original.encode(head + told + room + "".join(added))


def _span_at(flat: FlatTemplate, offset: int) -> tuple[Span, int]:
    """Return the stretch in which a character of the source stands, and where it begins."""
    at = max(bisect.bisect_right(flat.starts, offset) - 1, 0)
    return flat.spans[at], flat.starts[at]


def _cut(text: str, cuts: Sequence[_Cut], start: int) -> str:
    """Change stretches of a text that begins at an offset, the last one first."""
    for one in sorted(cuts, reverse=True):
        text = text[: one.start - start] + one.text + text[one.end - start :]
    return text


def _innermost(file: TemplateFile, items: Sequence[Piece | Block], offset: int) -> Block | None:
    for block in _blocks(items):
        start, end = _content(block, file.body)
        if start <= offset < end:
            return _innermost(file, block.items, offset) or block
    return None


def _blocks(items: Sequence[Piece | Block]) -> Iterator[Block]:
    return (one for one in items if isinstance(one, Block))


def _content(block: Block, body: str) -> tuple[int, int]:
    """Return where the content of a block begins and ends in its file."""
    start = body.index("%}", block.offset) + 2
    if not block.items:
        return start, start
    last = block.items[-1]
    if isinstance(last, Piece):
        return start, last.offset + len(last.text)
    return start, body.index("%}", _content(last, body)[1]) + 2
