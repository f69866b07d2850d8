"""Print files: the papers of a class or a whole school in one PDF, stamped where they are alike.

Pages are written as they are composed: memory does not grow with the pupils. What two pages have
in common stands in the file once.
"""

import gc
import hashlib
from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import chain
from typing import Any

from kcbx_docs.light import dataclass
from kcbx_docs.problems import Problem, Problems, errors, with_subject
from kcbx_docs.render.composing import Alike, Composed, Composer
from kcbx_docs.render.drawing import Unfit
from kcbx_docs.render.fonts import FontSet, FontUsed, css_families
from kcbx_docs.render.justify import justifying
from kcbx_docs.render.native import engine_alone
from kcbx_docs.render.pdf import LayoutRun, logged
from kcbx_docs.render.pdffile import QUICK, Outline, Pages, PdfFile, number, references, text
from kcbx_docs.render.plates import Plate
from kcbx_docs.render.printfonts import Face, embed
from kcbx_docs.render.seals import is_seal, seal_of
from kcbx_docs.render.setting import Drawing, SetRun
from kcbx_docs.render.stampedpage import Set, page_head, page_operators

A4 = (595.275591, 841.889764)
STATES = b"/ExtGState<</a1.0<</ca 1>>/A1.0<</CA 1>>>>"
MOST_KINDS = 2  # of a template in a file: what is more is laid out, not tried for its likes
RECENT = 16  # papers of which a copy may follow


@dataclass(frozen=True)
class PrintedFile:
    """A print file, the pages of each paper in it, how each came about, and its fonts."""

    data: bytes
    page_counts: tuple[int, ...]
    ways: tuple[str, ...]
    fonts: tuple[FontUsed, ...]


@dataclass(frozen=True)
class About:
    """What a print file says of itself, and how it is printed."""

    title: str
    author: str
    duplex: bool = False
    draft: bool = False


@engine_alone()
def print_papers(
    papers: Iterable[Alike], fonts: FontSet, about: About, composer: Composer
) -> tuple[PrintedFile | None, Problems]:
    """Write papers into one file; every fault of all of them, or the file. The papers are asked for
    twice.

    Raise ``Unfit`` where this cannot be done here: then they are laid out one by one.
    """
    with justifying(), _swept(composer), logged() as log:
        run = LayoutRun(fonts, about.author, (), log, draft=about.draft, tagged=False, serial=None)
        writer = _Writer(about)
        found: list[Problem] = []
        alone = _alone(papers)
        for paper in papers:
            composed = writer.copy_of(paper) or composer.compose(
                paper, run, duplex=about.duplex, alone=paper.static in alone
            )
            if isinstance(composed, Composed):
                found += [with_subject(one, paper.subject) for one in composed.problems]
                writer.write(paper, composed)
            else:
                found += composed
        found += (*run.complaints(), *composer.refusals())
        composer.typecase.keep()
        if errors(found) or not writer.counts:
            return None, tuple(found)
        return _finished(writer, composer, fonts), tuple(found)


@contextmanager
def _swept(composer: Composer) -> Iterator[None]:
    """Have what layouts leave behind swept away without a look at what was there before them."""
    gc.freeze()
    try:
        yield
        composer.sweep()
    finally:
        gc.unfreeze()


def _alone(papers: Iterable[Alike]) -> frozenset[str]:
    """Find the papers whose fixed words are their own, where a template has many such papers."""
    counts = Counter((paper.template, paper.static) for paper in papers)
    kinds = Counter(template for template, _ in counts)
    return frozenset(
        static
        for (template, static), count in counts.items()
        if count == 1 and kinds[template] > MOST_KINDS
    )


def _finished(writer: "_Writer", composer: Composer, fonts: FontSet) -> PrintedFile:
    faces = {name: composer.typecase.face(name) for name in writer.drawn}
    data = writer.finish(faces)
    families = {face.family for face in faces.values() if face}
    files = tuple(font for font in fonts.used() if families & set(css_families(font)))
    return PrintedFile(data, tuple(writer.counts), tuple(writer.ways), fonts.manifest(files))


class _Writer:
    """Writes composed papers into a file."""

    def __init__(self, about: About) -> None:
        self.about, self.file = about, PdfFile()
        self.pages, self.outline = Pages(self.file), Outline(self.file)
        self.counts: list[int] = []
        self.ways: list[str] = []
        self.drawn: dict[str, dict[int, tuple[str, int]]] = {}
        self._met: set[Drawing] = set()
        self.pieces: dict[bytes, int] = {}
        self.seals: dict[str, int] = {}
        self.resources = self.file.reserve()
        self._recent: OrderedDict[Any, tuple[Composed, list[Sequence[int]]]] = OrderedDict()
        self._heads: dict[bytes, int] = {}
        self._plates: OrderedDict[int, tuple[Plate, dict[tuple[int, int, int], bytes]]]
        self._plates = OrderedDict()

    def copy_of(self, paper: Alike) -> Composed | None:
        """Return what was composed for the same paper just before."""
        found = self._recent.get((paper.static, paper.values))
        return found[0] if found else None

    def write(self, paper: Alike, composed: Composed) -> None:
        """Write the pages of a paper."""
        plate, key = composed.plate, (paper.static, paper.values)
        if self.about.duplex and self.pages.count % 2:
            self._add_page((), A4)
        if key not in self._recent:
            self._recent[key] = composed, self._contents(composed)
            if len(self._recent) > RECENT:
                self._recent.popitem(last=False)
        leaves = [
            self._add_page(contents, (sheet.width, sheet.height))
            for sheet, contents in zip(plate.sheets, self._recent[key][1], strict=True)
        ]
        for _, target, *_ in plate.bookmarks[:1]:  # the headings in it are the same in all
            self.outline.add(paper.label, _target(target, leaves))
        self.counts.append(len(leaves))
        self.ways.append(composed.way)

    def _contents(self, composed: Composed) -> list[Sequence[int]]:
        """Write what stands on each page of a paper, and return the streams of each."""
        plate = composed.plate
        self._note_plate(plate)
        self._note_values(composed)
        name = partial(self._named, plate)
        found: list[Sequence[int]] = []
        for at, sheet in enumerate(plate.sheets):
            data = b"\n".join(page_operators(plate, composed.lines, at, name))
            found.append((self._head(sheet.height), self.file.add_stream(data, level=QUICK)))
        return found

    def _head(self, height: float) -> int:
        head = page_head(height)
        if head not in self._heads:
            self._heads[head] = self.file.add_stream(head)
        return self._heads[head]

    def _note_plate(self, plate: Plate) -> None:
        """Remember what a plate draws; it lives as long as its pieces are known by it."""
        if id(plate) not in self._plates:
            self._plates[id(plate)] = plate, {}
            for face, glyphs in plate.drawn.items():
                known = self.drawn.setdefault(face, {})
                for glyph, facts in glyphs.items():
                    known.setdefault(glyph, facts)
            if len(self._plates) > RECENT:
                self._plates.popitem(last=False)
        self._plates.move_to_end(id(plate))

    def _named(self, plate: Plate, sheet: int, start: int, end: int) -> bytes:
        """Return the name of some pieces of a sheet, written together and once."""
        known = self._plates[id(plate)][1]
        if (sheet, start, end) not in known:
            pieces = plate.sheets[sheet].pieces[start:end]
            drawn = b"\n".join(chain.from_iterable(piece.drawn for piece in pieces))
            known[sheet, start, end] = self._piece(drawn) if drawn else b""
        return known[sheet, start, end]

    def _piece(self, drawn: bytes) -> bytes:
        key = hashlib.sha256(drawn).digest()
        if key not in self.pieces:
            extra = b"/Type/XObject/Subtype/Form/BBox[-200 -200 2000 2000]/Resources %d 0 R"
            self.pieces[key] = self.file.add_stream(drawn, extra % self.resources)
        return b"x%d" % self.pieces[key]

    def _note_values(self, composed: Composed) -> None:
        for value in composed.lines.values():
            if isinstance(value, str) and is_seal(value) and value not in self.seals:
                self.seals[value] = self._add_seal(value)
            for one in _glyphs_of(value):
                if not one <= self._met:
                    self._note_glyphs(one)

    def _note_glyphs(self, glyphs: frozenset[Drawing]) -> None:
        self._met |= glyphs
        for face, glyph, words, width in sorted(glyphs):
            self.drawn.setdefault(face, {}).setdefault(glyph, (words, width))

    def _add_seal(self, name: str) -> int:
        """Write the picture of a seal, once for all pages."""
        seal = seal_of(name)
        head = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace"
        head %= seal.side, seal.side
        cover = self.file.add_stream(seal.cover, head + b"/DeviceGray")
        return self.file.add_stream(seal.colours, head + b"/DeviceRGB/SMask %d 0 R" % cover)

    def _add_page(self, contents: Sequence[int], size: tuple[float, float]) -> int:
        body = b"/Contents[%b]" % references(contents) if contents else b""
        if any(abs(one - usual) > 0.01 for one, usual in zip(size, A4, strict=True)):
            body += _box(size)
        return self.pages.add(body)

    def finish(self, faces: Mapping[str, Face | None]) -> bytes:
        """Write the fonts and all that holds the file together."""
        if self.about.duplex and self.pages.count % 2:
            self._add_page((), A4)
        fonts = b""
        for name, glyphs in sorted(self.drawn.items()):
            face = faces.get(name)
            at = embed(self.file, face, glyphs) if face else None
            if at is None:
                raise Unfit("有字体不能只取一部分")
            fonts += b"/%b %d 0 R" % (name.encode(), at)
        pieces = b"".join(b"/x%d %d 0 R" % (at, at) for at in self.pieces.values())
        pieces += b"".join(b"/%b %d 0 R" % (k.encode(), at) for k, at in self.seals.items())
        known = b"<</Font<<%b>>/XObject<<%b>>%b>>" % (fonts, pieces, STATES)
        self.file.add(known, self.resources)
        shared = b"%b/Resources %d 0 R" % (_box(A4), self.resources)
        pages, outline = self.pages.finish(shared), self.outline.finish()
        more = b"/Outlines %d 0 R" % outline if outline else b""
        root = self.file.add(
            b"<</Type/Catalog/Pages %d 0 R/Lang%b%b>>" % (pages, text("zh-CN"), more)
        )
        return self.file.finish(root, self.file.add(b"<<%b>>" % self._info()))

    def _info(self) -> bytes:
        facts = {"Title": self.about.title, "Author": self.about.author, "Creator": "kcbx-docs"}
        told = (b"/%b%b" % (name.encode(), text(words)) for name, words in facts.items() if words)
        return b"".join(told)


def _glyphs_of(value: Set) -> Iterator[frozenset[Drawing]]:
    """Yield what is drawn of each line of a value."""
    if isinstance(value, SetRun):
        yield value.drawn
    elif not isinstance(value, str):
        yield from (line.drawn for line in value)


def _box(size: tuple[float, float]) -> bytes:
    return b"/MediaBox[0 0 %b %b]" % (number(size[0]), number(size[1]))


def _target(target: tuple[int, float, float], leaves: Sequence[int]) -> bytes:
    page, x, y = target
    return b"[%d 0 R/XYZ %b %b 0]" % (leaves[page], number(round(x, 2)), number(round(y, 2)))
