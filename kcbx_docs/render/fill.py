"""Fill a flattened template: the strict pass that both DOCX and PDF rest on."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any

from jinja2 import Template
from jinja2.exceptions import SecurityError, TemplateError

from kcbx_docs.light import dataclass, regex
from kcbx_docs.packs.collecting import collecting
from kcbx_docs.packs.flatten import FlatTemplate
from kcbx_docs.packs.language import APART, MAX_OUTPUT
from kcbx_docs.packs.markup import VALUED, Element, Tag, Text, parse_plain, tidy
from kcbx_docs.packs.structure import CELLS
from kcbx_docs.packs.values import LINE, joined_lines
from kcbx_docs.problems import Place, Problem, Problems, in_chinese, problem
from kcbx_docs.render.qr import LONGEST, is_code
from kcbx_docs.render.settling import Settling, compiled
from kcbx_docs.render.static import Static, mark, static_of
from kcbx_docs.render.styles import LAYOUTS, Layout, style_of
from kcbx_docs.render.text import characters, paragraphs, tight, with_breaks
from kcbx_docs.render.titles import title_lines
from kcbx_docs.render.unprinted import STOPS, TaggedText, faults_of, place_of_stop
from kcbx_docs.render.wholes import broken_cells, keep_whole
from kcbx_docs.words import TAGS

TITLE, TITLES = "h1", ("附件标题", "表题")


@dataclass(frozen=True)
class Filled:
    """The words of one paper as a tree without tags."""

    flat: FlatTemplate
    root: Element

    @property
    def static(self) -> str:
        """Identify all but the contents of the blanks: alike in papers that differ there only."""
        return self._apart[0].key

    @property
    def values(self) -> tuple[str, ...]:
        """Return the contents of the blanks, in their order; ``\\n`` ends a line in a cell."""
        return self._apart[1]

    @property
    def characters(self) -> frozenset[str]:
        """Return every distinct character."""
        return frozenset(characters(self.root))

    @property
    def words(self) -> str:
        """Return the words without white space."""
        return "".join(paragraphs(self.root))

    def keep_whole(self, context: Mapping[str, Any]) -> None:
        """Break the lines of cells before what would be torn apart, once, before anybody looks."""
        keep_whole(self.root, LAYOUTS[self.flat.front.layout], context)

    @cached_property
    def _apart(self) -> tuple[Static, tuple[str, ...]]:
        return static_of(self.root)


@dataclass(frozen=True, slots=True)
class FilledLightly:
    """The words of one of many papers that have all but the contents of their blanks in common."""

    flat: FlatTemplate
    common: Static
    values: tuple[str, ...]

    @property
    def static(self) -> str:
        """Identify all but the contents of the blanks: alike in papers that differ there only."""
        return self.common.key

    @property
    def root(self) -> Element:
        """Build the tree; nobody keeps it."""
        return self.common.tree(self.values)

    @property
    def characters(self) -> frozenset[str]:
        """Return every distinct character."""
        return self.common.characters | self.own_characters

    @property
    def own_characters(self) -> frozenset[str]:
        """Return the characters of the values, which alone are not those of other papers."""
        codes = self.common.codes
        words = (value for n, value in enumerate(self.values) if n not in codes)
        return frozenset("").union(*words) - {"\n"}

    @property
    def words(self) -> str:
        """Return the words without white space."""
        return self.common.words(self.values)


def fill(flat: FlatTemplate, context: Mapping[str, Any]) -> tuple[Filled | None, Problems]:
    """Fill a template; every missing or unprintable value is reported at its line, all at once."""
    filled, found = fill_on_trial(flat, context)
    if filled is not None:
        filled.keep_whole(context)
    return filled, found


def unprinted_in(text: TaggedText, context: Mapping[str, Any]) -> Problems:
    """Report every value of a text that cannot be printed, at its line."""
    with collecting() as collected:
        try:
            _render(compiled(text.with_optional_blanks), context)
        except STOPS as error:
            return (*faults_of(text, collected, context), _stopped(text, error, context))
    return tuple(faults_of(text, collected, context))


def fill_on_trial(flat: FlatTemplate, context: Mapping[str, Any]) -> tuple[Filled | None, Problems]:
    """Fill a template as ``fill`` does, for its words alone: lines may tear dates and names."""
    with collecting() as collected:
        try:
            text = _render(compiled(flat.with_optional_blanks), context)
        except STOPS as error:
            return None, (*faults_of(flat, collected, context), _stopped(flat, error, context))
    found = tuple(faults_of(flat, collected, context))
    if found:
        return None, found
    root, found = parse_plain(text, flat.files[0].shown)
    if root is None:
        return None, found
    _tidy_below(root)
    unread = tuple(_take_codes(flat, root))
    found = (*unread, *_broken_sentences(flat, root), *_leftovers(flat, root))
    _break_lines(root, kept=False)
    _break_titles(root, LAYOUTS[flat.front.layout])
    return (None, found) if found else (Filled(flat, root), ())


def fill_apart(
    flat: FlatTemplate, context: Mapping[str, Any], settling: Settling | None = None
) -> tuple[str, tuple[str, ...]] | None:
    """Fill a template, the values of its blanks kept apart from its text; nothing where anything
    is wrong: ``fill`` tells what.
    """
    source = flat.with_values_apart
    if source is None:
        return None
    with collecting() as collected:
        try:
            ready = settling.template(source, context) if settling else compiled(source)
            text = _render(ready, context)
        except STOPS:
            return None
    values = tuple(collected.values)
    if collected.faults or text.count(APART) != len(values):
        return None
    return (text, values) if len(text) + sum(map(len, values)) <= MAX_OUTPUT else None


def parse_apart(flat: FlatTemplate, text: str) -> Static | None:
    """Build what papers with this text have in common; lines in cells are not broken yet."""
    root, _ = parse_plain(text, flat.files[0].shown)
    if root is None:
        return None
    blanks = [node for node in root.walk() if isinstance(node, Element) and node.name in VALUED]
    known = frozenset(n for n, blank in enumerate(blanks) if blank.text() == APART)
    if len(known) != text.count(APART):
        return None
    for number, blank in enumerate(blanks):
        blank.children[:] = [Text(mark(number), blank.offset)]
    _tidy_below(root)
    codes = frozenset(n for n, blank in enumerate(blanks) if blank.name == "qr")
    list(_take_codes(flat, root))  # that marks are no codes is known
    if any(_broken_sentences(flat, root)) or any(_leftovers(flat, root)):
        return None
    _break_lines(root, kept=False)
    _break_titles(root, LAYOUTS[flat.front.layout])
    return Static(root, len(blanks), known, codes)


def _render(template: Template, context: Mapping[str, Any]) -> str:
    out: list[str] = []
    size, chunks = 0, template.generate(context)
    while some := tuple(islice(chunks, _AT_ONCE)):
        size += sum(map(len, some))
        if size > MAX_OUTPUT:
            raise SecurityError("output is too large")
        out += some
    return _joined_once(tuple(out)) if len(out) < _AT_ONCE else "".join(out)


_AT_ONCE = 64
"""Pieces of output between two looks at how much it is."""


@lru_cache(maxsize=64)
def _joined_once(chunks: tuple[str, ...]) -> str:
    """Join the pieces of a text: many papers have one text, and it is hashed once."""
    return "".join(chunks)


def _stopped(flat: TaggedText, error: Exception, context: Mapping[str, Any]) -> Problem:
    line = _line_of(error)
    place = place_of_stop(flat, line, context) if line else flat.place_of_line(1)
    if "too large" in str(error) or "too long" in str(error) or "too many" in str(error):
        return problem("REND018", place)
    kinds = (words for kind, words in _SAID if isinstance(error, kind))
    return problem("REND014", place, detail=in_chinese(str(error), next(kinds)))


_SAID: tuple[tuple[type[Exception], str], ...] = (
    (SecurityError, "用了不许用的函数或者属性"),
    (TemplateError, "语句写得不对"),
    (ArithmeticError, "除数是零，或者数太大"),
    (RecursionError, "一层套一层太多"),
    (LookupError, "没有这个键"),
    (AttributeError, "这个值没有这一项"),
    (Exception, "这个值不能这样用，多半种类不对"),
)
"""What went wrong in a template, where only the engine's English says it."""


def _line_of(error: Exception) -> int | None:
    trace = error.__traceback__
    line = None
    while trace is not None:
        template = trace.tb_frame.f_globals.get("__jinja_template__")
        if isinstance(template, Template):
            line = template.get_corresponding_lineno(trace.tb_lineno)
        elif trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _tidy_below(element: Element) -> None:
    for number, child in enumerate(element.children):
        if isinstance(child, Text):
            element.children[number] = Text(tidy(child.text), child.offset)
        elif isinstance(child, Element):
            _tidy_below(child)


def _take_codes(flat: FlatTemplate, root: Element) -> Iterator[Problem]:
    """Take the texts of codes out of the words: they are drawn, and printed nowhere else."""
    for node in root.walk():
        if isinstance(node, Element) and node.name == "qr":
            code = node.text().strip()
            node.attributes["code"] = code
            node.children.clear()
            if code and not is_code(code):
                yield problem("REND230", Place(flat.files[0].shown), code=code[:40], most=LONGEST)


def codes_of(root: Element) -> tuple[str, ...]:
    """List the codes that a filled tree draws, in reading order."""
    found = (node for node in root.walk() if isinstance(node, Element) and node.name == "qr")
    return tuple(node.attributes["code"] for node in found if node.attributes["code"])


_LISTED = regex(r"\s*([（(]?([0-9]{1,2}|[一二三四五六七八九十]{1,3})[）).．、]|[①-⑳]|$)")


def _broken_sentences(flat: FlatTemplate, element: Element) -> Iterator[Problem]:
    """Find paragraphs and lists that were written where a sentence has one place to fill."""
    for child in element.children:
        if isinstance(child, Element) and child.name not in (*CELLS, TITLE):
            yield from _broken_sentences(flat, child)
        elif isinstance(child, Text) and any(map(_LISTED.match, child.text.split(LINE)[1:])):
            text = child.text.replace(LINE, "⏎")[:40]
            yield problem("REND019", Place(flat.files[0].shown), text=text)


def _break_lines(element: Element, *, kept: bool) -> None:
    """Keep the line breaks of values in the cells of tables, join the lines elsewhere."""
    if element.name == "blank":
        kept = False
    children: list[Element | Text | Tag] = []
    for child in element.children:
        if isinstance(child, Element):
            _break_lines(child, kept=kept or child.name in (*CELLS, TITLE))
            children.append(child)
        elif isinstance(child, Text) and LINE in child.text:
            lines = child.text.split(LINE)
            children += _broken(lines, child.offset) if kept else [_joined(lines, child.offset)]
        else:
            children.append(child)
    element.children[:] = children


def _break_titles(root: Element, layout: Layout) -> None:
    """Break titles that are longer than a line; those that were written in lines keep theirs."""
    for title in root.walk():
        if not isinstance(title, Element) or not _is_title(title):
            continue
        text = title.text().strip()
        name = style_of(title.name, title.attributes.get("class"))
        lines = title_lines(text, int(layout.text_width / layout.style(name).em))
        if len(lines) > 1 and not list(title.elements()):
            title.children[:] = _broken(lines, title.offset)


def _is_title(element: Element) -> bool:
    return element.name == TITLE or element.attributes.get("class") in TITLES


def broken_lines(root: Element) -> dict[str, tuple[str, ...]]:
    """Return the lines of the titles and cells that are broken: words without spaces -> lines."""
    found = broken_cells(root)
    for title in root.walk():
        if isinstance(title, Element) and _is_title(title):
            lines = "".join(with_breaks(title)).split("\n")
            if len(lines) > 1:
                found[tight("".join(lines))] = tuple(lines)
    return found


def _joined(lines: Sequence[str], offset: int) -> Text:
    return Text(joined_lines(lines), offset)


def _broken(lines: Sequence[str], offset: int) -> list[Element | Text | Tag]:
    out: list[Element | Text | Tag] = [Text(lines[0], offset)]
    for line in lines[1:]:
        out += [Element("br", {}, offset), Text(line, offset)]
    return out


def _leftovers(flat: FlatTemplate, root: Element) -> Iterator[Problem]:
    for node in root.walk():
        if isinstance(node, Text):
            for mark in TAGS:
                if mark in node.text:
                    yield problem("REND015", Place(flat.files[0].shown), found=mark)
