"""Flatten a chain's templates of one document to a single plain source.

A child template holds only the blocks that it changes; parts (``{% include "落款" %}``) are looked
up along the chain in the same way. After flattening there is neither block nor include nor super
left, and every character still knows the file that it came from.
"""

import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property, lru_cache
from pathlib import Path

from kcbx_docs.light import dataclass, regex
from kcbx_docs.packs.cards import Heading, body_of, files_of, heading_of
from kcbx_docs.packs.chain import Chain, inside
from kcbx_docs.packs.language import APART_FILTER
from kcbx_docs.packs.markup import (
    VALUED,
    Element,
    Locate,
    Piece,
    PieceKind,
    Tag,
    parse,
    place_in,
    scan,
)
from kcbx_docs.packs.model import Card
from kcbx_docs.problems import Place, Problem, Problems, UserError, problem, raise_errors
from kcbx_docs.reading import Loc, read_text
from kcbx_docs.words import advice_for_name, nearest

_SUPER = regex(r"^super\(\s*\)$")
_INCLUDE = regex(r"^include\s+(['\"])([^'\"]+)\1$")
_STATEMENTS = {
    "if",
    "elif",
    "else",
    "endif",
    "for",
    "endfor",
    "set",
    "block",
    "endblock",
    "include",
}
_BRACE = regex(r"[{}｛｝]")
_PART_NAME = regex(r"^[\w\u4e00-\u9fff-]+$")


@dataclass(frozen=True)
class Span:
    """A stretch of flattened text, data or one tag, and where it stands in its own file."""

    text: str
    file: "TemplateFile"
    offset: int
    kind: PieceKind


@dataclass(frozen=True)
class Block:
    """A named block: its own stretch of pieces, where nested blocks appear as Block again."""

    name: str
    items: "tuple[Piece | Block, ...]"
    offset: int


@dataclass(frozen=True)
class TemplateFile:
    """One template or part as it stands in one pack."""

    shown: str
    path: Path
    body: str
    first_line: int
    items: tuple[Piece | Block, ...]

    def place(self, offset: int) -> Place:
        """Return the place of an offset of the body."""
        return place_in(self.body, self.shown, self.first_line)(offset)

    def blocks(self) -> dict[str, Block]:
        """Return all blocks by name, nested ones too."""
        return self._blocks

    @cached_property
    def _blocks(self) -> dict[str, Block]:
        return {block.name: block for block in _walk_blocks(self.items)}


@dataclass(frozen=True)
class FlatTemplate:
    """One document of one chain: merged front matter, plain source, tree,
    and the origin of all of it.
    """

    front: Card
    source: str
    tree: Element
    spans: tuple[Span, ...]
    files: tuple[TemplateFile, ...]
    origins: Mapping[Loc, Place]
    blocks: Mapping[str, Place]
    starts: tuple[int, ...] = field(default=())
    word_file: Path | None = None  # a keeper's Word file that gives the DOCX its looks
    word_shown: str = ""  # what messages call it

    @property
    def most_special(self) -> str:
        """Name the file of the lowest pack that has a say in the text: what it adds is looked at
        first where the whole does not fit.
        """
        own = [file.shown for file in self.files if file.path.stem == self.front.id]
        return own[-1] if own else self.files[0].shown

    def said_at(self, key: str) -> Place:
        """Return where the head, or a pack.yaml, says something; else the document's file."""
        return self.origins.get((key,), Place(self.files[0].shown))

    def place(self, offset: int) -> Place:
        """Return the place in its own file of an offset of the flattened source."""
        return _place(self.spans, self.starts, offset)

    @cached_property
    def with_optional_blanks(self) -> str:
        """The source in which the value of a blank may be empty, to be filled in by hand, and there
        need be no code.
        """
        return self._with_blanks("{{ (%s)|默认 }}")

    @cached_property
    def with_values_apart(self) -> str | None:
        """The source that keeps the values of blanks apart from its text, if they stand alone."""
        if not all(map(_holds_a_value_alone, _blanks(self.tree))):
            return None
        return self._with_blanks("{{ (%%s)|%s }}" % APART_FILTER)

    def _with_blanks(self, printed: str) -> str:
        out, last = [], 0
        for tag in _blank_tags(self.tree):
            end = self.source.index("}}", tag.offset) + 2
            out += [self.source[last : tag.offset], printed % tag.code]
            last = end
        return "".join([*out, self.source[last:]])

    def place_of_line(self, line: int) -> Place:
        """Return the place of a line of the flattened source (Jinja knows lines only)."""
        lines = self.source.split("\n")
        offset = sum(len(text) + 1 for text in lines[: line - 1])
        body = lines[line - 1] if line <= len(lines) else ""
        first = offset + len(body) - len(body.lstrip())
        return self.place(min(first, max(len(self.source) - 1, 0)))


def _blanks(element: Element) -> Iterator[Element]:
    for node in element.walk():
        if isinstance(node, Element) and node.name in VALUED:
            yield node


def _blank_tags(element: Element) -> Iterator[Tag]:
    for blank in _blanks(element):
        yield from (child for child in blank.children if isinstance(child, Tag))


def _holds_a_value_alone(blank: Element) -> bool:
    kinds = [child.kind for child in blank.children if isinstance(child, Tag)]
    return len(kinds) == len(blank.children) and kinds in ([], ["variable"])


def flatten(chain: Chain, document: str) -> FlatTemplate:
    """Flatten one document; every problem of its files is raised at once."""
    heading, doubts = _heading(chain, document)
    files, found = _files(chain, f"documents/{document}.html", with_head=True)
    if found or not files:
        raise_errors(dict.fromkeys((*doubts, *found)))
    flat = _Flattener(chain)
    spans = tuple(flat.document(files))
    source = "".join(span.text for span in spans)
    starts = tuple(_starts(spans))
    raise_errors((*doubts, *flat.problems))
    tree = _tree(source, _pieces(spans, starts), lambda offset: _place(spans, starts, offset))
    assert heading is not None
    word_file, word_shown = _word_file(chain, document)
    return FlatTemplate(
        front=heading.card,
        source=source,
        tree=tree,
        spans=spans,
        files=tuple(flat.used),
        origins=heading.origins,
        blocks=flat.chosen,
        starts=starts,
        word_file=word_file,
        word_shown=word_shown,
    )


def _pieces(spans: Sequence[Span], starts: Sequence[int]) -> tuple[Piece, ...] | None:
    """Return the pieces that were cut in their files, as they stand now; None where text of two
    files could have become a tag.
    """
    if any(span.kind == "data" and _BRACE.search(span.text) for span in spans):
        return None
    return tuple(
        Piece(span.kind, span.text, start) for span, start in zip(spans, starts, strict=True)
    )


def _tree(source: str, pieces: tuple[Piece, ...] | None, locate: Locate) -> Element:
    """Build the tree of a flattened source; raise where it is no template."""
    if pieces is None:
        pieces, found = scan(source, locate)
        raise_errors(found)
    elif known := _sound_tree(source, pieces):
        return known
    tree, found = parse(source, pieces, locate)
    raise_errors(found)
    assert tree is not None
    return tree


@lru_cache(maxsize=256)
def _sound_tree(source: str, pieces: tuple[Piece, ...]) -> Element | None:
    """Build the tree of a source once, for all packs that say the same; nobody changes it."""
    return parse(source, pieces, lambda _: Place())[0]


def _heading(chain: Chain, document: str) -> tuple[Heading | None, Problems]:
    try:
        return heading_of(chain, document), ()
    except UserError as error:
        return None, error.problems


def _word_file(chain: Chain, document: str) -> tuple[Path | None, str]:
    """Find the most particular Word file of a document, and its name for messages."""
    for folder in reversed(chain.folders):
        path = folder.path / "documents" / f"{document}.docx"
        if path.is_file() and inside(path, folder.path):
            return path, folder.shown(path)
    return None, ""


def _starts(spans: Sequence[Span]) -> Iterator[int]:
    size = 0
    for span in spans:
        yield size
        size += len(span.text)


def _place(spans: Sequence[Span], starts: Sequence[int], offset: int) -> Place:
    if not spans:
        return Place()
    at = max(bisect.bisect_right(starts, offset) - 1, 0)
    return spans[at].file.place(spans[at].offset + offset - starts[at])


def read_template(
    path: Path, shown: str, *, with_head: bool
) -> tuple[TemplateFile | None, Problems]:
    """Read one template or part without its head, which the card tells of: body and blocks."""
    stat = path.stat()
    return _read(path, shown, with_head, (stat.st_mtime_ns, stat.st_size))


@lru_cache(maxsize=512)
def _read(
    path: Path, shown: str, with_head: bool, _stamp: tuple[int, int]
) -> tuple[TemplateFile | None, Problems]:
    text, found = read_text(path, shown)
    if text is None:
        return None, found
    body, first_line = text, 0
    if with_head:
        body, first_line = body_of(text)
        if body.startswith("---"):
            return None, ()  # a head without an end, of which the card tells
    locate = place_in(body, shown, first_line)
    pieces, found = scan(body, locate)
    if found:
        return None, found
    items, problems = _nest(pieces, shown, locate)
    return TemplateFile(shown, path, body, first_line, items), tuple(problems)


def _files(chain: Chain, relative: str, *, with_head: bool) -> tuple[list[TemplateFile], Problems]:
    """Read a template's file of every pack of the chain that has it, general first."""
    files: list[TemplateFile] = []
    found: list[Problem] = []
    for path, shown in files_of(chain, relative):
        file, problems = read_template(path, shown, with_head=with_head)
        found += problems
        if file:
            files.append(file)
    return files, tuple(found)


def _nest(
    pieces: Sequence[Piece], shown: str, locate: Locate
) -> tuple[tuple[Piece | Block, ...], list[Problem]]:
    found: list[Problem] = []
    names: set[str] = set()
    stack: list[tuple[str, int, list[Piece | Block]]] = [("", 0, [])]
    for piece in pieces:
        word = piece.word if piece.kind == "block" else ""
        if word and word not in _STATEMENTS:
            found.append(problem("PACK011", locate(piece.offset), word=word, advice=_meant(word)))
        elif word == "block":
            name = piece.code.removeprefix("block").strip()
            if not _PART_NAME.match(name):
                found.append(problem("PACK028", locate(piece.offset), block=name))
            elif name in names:
                found.append(problem("PACK008", locate(piece.offset), block=name))
            names.add(name)
            stack.append((name, piece.offset, []))
        elif word == "endblock":
            if len(stack) == 1:
                found.append(problem("PACK007", locate(piece.offset), block=piece.code))
                continue
            name, offset, items = stack.pop()
            stack[-1][2].append(Block(name, tuple(items), offset))
        else:
            stack[-1][2].append(piece)
    found += [problem("PACK007", locate(offset), block=name) for name, offset, _ in stack[1:]]
    return tuple(stack[0][2]), found


_MEANT = {
    **dict.fromkeys(("elseif", "elsif", "否则如果"), "elif"),
    **dict.fromkeys(("如果", "若"), "if"),
    "否则": "else",
    **dict.fromkeys(("结束", "完", "end", "fi"), "endif 或者 endfor"),
    **dict.fromkeys(("循环", "foreach", "each"), "for"),
    **dict.fromkeys(("设", "let", "var"), "set"),
}


def _meant(word: str) -> str:
    """Say which statement was meant by a word that is none."""
    near = _MEANT.get(word) or nearest(word, sorted(_STATEMENTS))
    return f"是不是 {near}？" if near else ""


def _walk_blocks(items: Sequence[Piece | Block]) -> Iterator[Block]:
    for item in items:
        if isinstance(item, Block):
            yield item
            yield from _walk_blocks(item.items)


class _Flattener:
    """Resolve blocks to their most particular version and parts to their text,
    collecting problems.
    """

    def __init__(self, chain: Chain) -> None:
        self.chain = chain
        self.problems: list[Problem] = []
        self.used: list[TemplateFile] = []
        self.chosen: dict[str, Place] = {}
        self.including: list[str] = []

    def document(self, files: Sequence[TemplateFile]) -> Iterator[Span]:
        """Yield the text of a base file with the blocks of its children in place."""
        self.used += files
        known = set(files[0].blocks())
        for file in files[1:]:
            self._check_child(file, known)
            known |= set(file.blocks())
        yield from self._items(files[0].items, 0, files, None)

    def _check_child(self, file: TemplateFile, known: set[str]) -> None:
        for item in file.items:
            if isinstance(item, Block) and item.name not in known:
                advice = advice_for_name(item.name, sorted(known))
                self.problems.append(
                    problem("PACK005", file.place(item.offset), block=item.name, advice=advice)
                )
            elif isinstance(item, Piece) and item.kind != "comment" and item.text.strip():
                lead = len(item.text) - len(item.text.lstrip())
                shown = item.text.strip().split("\n")[0][:20]
                self.problems.append(problem("PACK006", file.place(item.offset + lead), text=shown))

    def _items(
        self,
        items: Sequence[Piece | Block],
        level: int,
        files: Sequence[TemplateFile],
        block: str | None,
    ) -> Iterator[Span]:
        file = files[level]
        for item in items:
            if isinstance(item, Block):
                yield from self._block(item.name, len(files) - 1, files)
            elif item.kind == "comment":
                continue
            elif item.kind == "variable" and _SUPER.match(item.code):
                yield from self._super(item, level, files, block)
            elif item.kind == "block" and item.word == "include":
                yield from self._include(item, file)
            else:
                yield Span(item.text, file, item.offset, item.kind)

    def _block(self, name: str, top: int, files: Sequence[TemplateFile]) -> Iterator[Span]:
        for level in range(top, -1, -1):
            if chosen := files[level].blocks().get(name):
                # Below the top a super() is asking, which chooses nothing for the document.
                if top == len(files) - 1:
                    self.chosen[name] = files[level].place(chosen.offset)
                yield from self._items(chosen.items, level, files, name)
                return

    def _super(
        self, item: Piece, level: int, files: Sequence[TemplateFile], block: str | None
    ) -> Iterator[Span]:
        if block is None or not any(block in files[lower].blocks() for lower in range(level)):
            self.problems.append(problem("PACK012", files[level].place(item.offset)))
            return
        yield from self._block(block, level - 1, files)

    def _include(self, item: Piece, file: TemplateFile) -> Iterator[Span]:
        match = _INCLUDE.match(item.code)
        if not match or not _PART_NAME.match(match.group(2)):
            self.problems.append(problem("PACK015", file.place(item.offset)))
            return
        name = match.group(2)
        if name in self.including:
            self.problems.append(problem("PACK010", file.place(item.offset), part=name))
            return
        files, found = _files(self.chain, f"parts/{name}.html", with_head=False)
        self.problems += found
        if not files and not found:
            place, advice = file.place(item.offset), advice_for_name(name, part_names(self.chain))
            self.problems.append(problem("PACK009", place, part=name, advice=advice))
        elif files:
            self.including.append(name)
            yield from self.document(files)
            self.including.pop()


def part_names(chain: Chain) -> list[str]:
    """List the parts that a chain offers."""
    found: set[str] = set()
    for folder in chain.folders:
        found.update(path.stem for path in (folder.path / "parts").glob("*.html"))
    return sorted(found)
