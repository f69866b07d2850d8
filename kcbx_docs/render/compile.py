"""Compile a flattened template to a docxtpl template: the same tags, carried into Word paragraphs.

Tags alone between blocks become ``{%p %}`` paragraphs, between rows ``{%tr %}`` rows, inside text
``{%r %}`` runs: docxtpl's own dialect, so a keeper can open the result in Word.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from kcbx_docs.light import dataclass
from kcbx_docs.packs.flatten import FlatTemplate
from kcbx_docs.packs.language import BLANK_FILTER, CODE_FILTER, CODE_SIZE
from kcbx_docs.packs.markup import Element, Tag, Text, tidy
from kcbx_docs.packs.structure import PARAGRAPHS, holds_blocks, in_corner, takes_no_room
from kcbx_docs.render.grid import CELL_MARGINS, column_widths, placed
from kcbx_docs.render.styles import Layout, RuledLine, Style, style_of
from kcbx_docs.render.text import tight
from kcbx_docs.render.together import kept_with_next, starts_page, starts_sheet, stays_whole
from kcbx_docs.render.word import (
    NEW_SHEET,
    STANDARD_FONTS,
    black_line,
    border_xml,
    double_rule,
    fonts_xml,
    frame_xml,
    style_id,
    twips,
)
from kcbx_docs.render.wordfile import package
from kcbx_docs.xml_text import escape, quoteattr

HEADER_STYLES = ("函头", "函头小", "函头长")

_Node = Element | Text | Tag


def compile_docx(flat: FlatTemplate, layout: Layout, *, draft: bool = False) -> bytes:
    """Return the Word template of a document; a draft says so on every page."""
    writer = _Body(layout, kept_with_next(flat.tree.children, layout), codes=not draft)
    head, rest = _split_header(flat.tree.children)
    header = None
    if head:
        header = "".join(writer.blocks(head, _Around())) + double_rule(2, 0.75, before=11.3)
    body = "".join(writer.blocks(rest, _Around())) or "<w:p/>"
    return package(layout, body, flat.front.title, header, draft=draft)


def _split_header(children: Sequence[_Node]) -> tuple[list[_Node], list[_Node]]:
    """Separate the head of a 函, which stands in the page header of the first sheet."""
    last = -1
    for number, child in enumerate(children):
        if isinstance(child, Element) and child.attributes.get("class") in HEADER_STYLES:
            last = number
    end = _outside_blocks(children, last) if last >= 0 else 0
    return list(children[:end]), list(children[end:])


def _outside_blocks(children: Sequence[_Node], last: int) -> int:
    """Return where the blocks (if, for) end that are open at a child: they are not torn apart."""
    depth = 0
    for number, child in enumerate(children):
        depth += (step := _step(child))
        if step and number > last and depth == 0:
            return number + 1
        if not step and number > last and depth == 0:
            return last + 1
    return last + 1


_BLOCK_STEPS = {"if": 1, "for": 1, "endif": -1, "endfor": -1}


def _step(node: _Node) -> int:
    """Tell whether a tag opens or closes a block."""
    is_block = isinstance(node, Tag) and node.kind == "block"
    return _BLOCK_STEPS.get(node.word, 0) if is_block and isinstance(node, Tag) else 0


@dataclass(frozen=True)
class _Around:
    """What surrounds a block: its cell, whether it belongs to a group that no page break parts,
    and whether it is kept with what comes next.
    """

    inside: str | None = None
    style: str | None = None
    keep: bool = False
    next: bool = False
    width: float = 0.0


@dataclass(frozen=True)
class _Look:
    """How a run looks beyond its paragraph's style."""

    bold: bool = False
    font: str | None = None
    underline: bool = False

    def xml(self) -> str:
        """Write the run properties."""
        looks = fonts_xml(self.font) if self.font else '<w:rFonts w:hint="eastAsia"/>'
        if self.bold:
            looks += "<w:b/>"
        if self.underline:
            looks += '<w:u w:val="single"/>'
        return f"<w:rPr>{looks}</w:rPr>"


class _Body:
    """Write the elements of one layout kind as WordprocessingML."""

    def __init__(self, layout: Layout, kept: frozenset[int], *, codes: bool = True) -> None:
        self.layout, self.kept, self.codes = layout, kept, codes

    def blocks(self, children: Sequence[_Node], around: _Around) -> Iterator[str]:
        """Write what stands between paragraphs."""
        last = next((c for c in reversed(children) if isinstance(c, Element)), None)
        start, end = self.imprint_in(children)
        for number, child in enumerate(children):
            if start <= number < end:
                if number == start:
                    yield from self.imprint(children[start:end], around)
            elif isinstance(child, Tag):
                yield f"<w:p>{_run(_statement(child, 'p'), _Look())}</w:p>"
            elif isinstance(child, Element):
                then = around.next if child is last else around.keep
                then = then or id(child) in self.kept
                yield from self.block(child, replace(around, next=then))

    def imprint_in(self, children: Sequence[_Node]) -> tuple[int, int]:
        """Tell where the lines of the 版记 begin and end, with the tags around them."""
        feet = [number for number, child in enumerate(children) if self.is_foot(child)]
        if not feet or not self.layout.foot_rules:
            return 0, 0
        start, end = feet[0], feet[-1] + 1
        while sum(map(_step, children[start:end])) < 0:
            start -= 1
        while sum(map(_step, children[start:end])) > 0:
            end += 1
        return start, end

    def is_foot(self, node: _Node) -> bool:
        if not isinstance(node, Element) or node.name not in PARAGRAPHS:
            return False
        style = self.layout.styles.get(node.attributes.get("class", ""))
        return bool(style and style.foot)

    def imprint(self, lines: Sequence[_Node], around: _Around) -> Iterator[str]:
        """Write the 版记: rules above, between and below its lines, as wide as the type area.

        The rules are black lines of their own: Word draws the borders of paragraphs as short as
        they are indented, and LibreOffice leaves out those between them.
        """
        last = next(line for line in reversed(lines) if isinstance(line, Element))
        frame = frame_xml(self.layout.style(last.attributes["class"]), self.layout)
        yield black_line(_THICK, frame)
        for line in lines:
            if isinstance(line, Tag):
                yield f"<w:p>{_run(_statement(line, 'p'), _Look())}</w:p>"
            elif isinstance(line, Element):
                yield self.paragraph(line, around)
                yield black_line(_THICK if line is last else _THIN, frame)

    def block(self, element: Element, around: _Around) -> Iterator[str]:
        if element.name == "div":
            keep = around.keep or stays_whole(element)
            yield from self.blocks(element.children, replace(around, keep=keep))
        elif element.name == "table":
            yield from self.table(element, around)
        elif element.name in PARAGRAPHS:
            yield self.paragraph(element, around)

    def paragraph(self, element: Element, around: _Around) -> str:
        given = element.attributes.get("class")
        if not given and element.name == "p":
            given = around.style  # the cell's class is that of its paragraphs
        style = self.layout.style(style_of(element.name, given, around.inside))
        own = "<w:keepNext/>" if around.next else ""
        if around.keep:
            own += "<w:keepLines/>"
        if starts_page(element) and not starts_sheet(element):
            own += "<w:pageBreakBefore/>"
        own += frame_xml(style, self.layout)
        tabs, placing = "", ""
        if any(child.name == "tab" for child in element.elements()):
            tabs, placing = _tabs(style, self.layout)
        if self.codes and any(_is_code(node) for node in element.walk()):
            tabs, placing = tabs + _AS_HIGH_AS_NEEDED, placing + _MIDDLE
        runs = "".join(self.inline(element.children, _Look()))
        sheet = NEW_SHEET if starts_sheet(element) else ""
        look = f'<w:pPr><w:pStyle w:val="{style_id(style.name)}"/>{own}{tabs}{placing}</w:pPr>'
        return f"{sheet}<w:p>{look}{runs}</w:p>"

    def inline(self, children: Sequence[_Node], look: _Look) -> Iterator[str]:
        """Write what stands inside a paragraph."""
        for child in children:
            if isinstance(child, Element):
                yield from self.inline_element(child, look)
            elif isinstance(child, Tag) and child.kind == "variable":
                yield _run(_variable(child), look)
            elif isinstance(child, Tag):
                yield _run(_statement(child, "r"), look)
            elif text := tidy(child.text):
                yield _run(escape(text), look)

    def inline_element(self, element: Element, look: _Look) -> Iterator[str]:
        if element.name == "br":
            yield f"<w:r>{look.xml()}<w:br/></w:r>"
        elif element.name == "tab":
            yield f"<w:r>{look.xml()}<w:tab/></w:r>"
        elif element.name == "blank":
            yield self.blank(element, look)
        elif element.name == "qr":
            yield from self.code(element) if self.codes else ()
        elif element.name == "b":
            yield from self.inline(element.children, replace(look, bold=True))
        else:
            name = element.attributes.get("class")
            if name == "下划线":
                look = replace(look, underline=True)
            elif name in STANDARD_FONTS:
                look = replace(look, font=name)
            yield from self.inline(element.children, look)

    def blank(self, element: Element, look: _Look) -> str:
        """Write a named place: its value centred in underlined spaces, or the spaces alone."""
        variable = next((c for c in element.children if isinstance(c, Tag)), None)
        in_cell = element.attributes.get("class") == "格"
        ems = 0.0 if in_cell else float(element.attributes["width"])
        if variable is None and in_cell:
            return ""
        value = escape(variable.code) if variable else "none"
        if not in_cell:
            look = replace(look, underline=True)
        return _run("{{ (%s)|%s(%s) }}" % (value, BLANK_FILTER, ems), look)

    def code(self, element: Element) -> Iterator[str]:
        """Write where a code is drawn."""
        size = "-" * in_corner(element) + element.attributes.get("size", str(CODE_SIZE))
        for tag in element.children:
            if isinstance(tag, Tag):
                yield _run("{{ (%s)|%s(%s) }}" % (escape(tag.code), CODE_FILTER, size), _Look())

    def table(self, table: Element, around: _Around) -> Iterator[str]:
        """Write a table of fixed column widths."""
        total = around.width or self.layout.text_width
        columns = [twips(width) for width in column_widths(table, total)]
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
        borders = "" if table.attributes.get("class") == "无框" else _TABLE_BORDERS
        width = f'<w:tblW w:w="{sum(columns)}" w:type="dxa"/>'
        yield (
            f'<w:tbl><w:tblPr>{width}<w:jc w:val="center"/>{borders}'
            f'<w:tblLayout w:type="fixed"/>{_CELL_MARGINS}{_caption(table)}</w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>"
        )
        covered = [0] * len(columns)
        last = next((row for row in reversed(table.children) if isinstance(row, Element)), None)
        for child in table.children:
            if isinstance(child, Tag):
                statement = f"<w:p>{_run(_statement(child, 'tr'), _Look())}</w:p>"
                yield f"<w:tr><w:tc>{_cell_head(sum(columns))}{statement}</w:tc></w:tr>"
            elif isinstance(child, Element):
                then = around.next if child is last else around.keep or id(child) in self.kept
                yield self.row(child, columns, covered, then)
        yield "</w:tbl>"

    def row(self, row: Element, columns: Sequence[int], covered: list[int], keep: bool) -> str:
        lines = row.attributes.get("height")
        style = self.layout.style("表文")
        height = ""
        if lines:
            least = twips(style.line * float(lines))
            height = f'<w:trHeight w:val="{least}" w:hRule="atLeast"/>'
        head = "<w:tblHeader/>" if row.attributes.get("header") == "1" else ""
        cells = "".join(self.cells(list(row.elements()), columns, covered, keep or bool(head)))
        return f"<w:tr><w:trPr><w:cantSplit/>{height}{head}</w:trPr>{cells}</w:tr>"

    def cells(
        self, cells: list[Element], columns: Sequence[int], covered: list[int], keep: bool
    ) -> Iterator[str]:
        """Write the cells of a row; columns covered from above continue their merged cell."""
        for cell, column, span in placed(cells, covered):
            if cell is None:
                yield f"<w:tc>{_cell_head(columns[column], '<w:vMerge/>')}<w:p/></w:tc>"
                continue
            down = int(cell.attributes.get("rowspan", "1"))
            yield self.cell(cell, sum(columns[column : column + span]), span, down, keep)

    def cell(self, cell: Element, width: int, span: int, down: int, keep: bool) -> str:
        more = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        if down > 1:
            more += '<w:vMerge w:val="restart"/>'
        upright = "top" if cell.attributes.get("top") == "1" else "center"
        head = _cell_head(width, f'{more}<w:vAlign w:val="{upright}"/>')
        # A table inside has the cell's width in points, less its margins of 85 twips a side.
        around = _Around(
            cell.name, cell.attributes.get("class"), keep, keep, width / 20 - CELL_MARGINS
        )
        if holds_blocks(cell):
            return f"<w:tc>{head}{''.join(self.blocks(cell.children, around))}</w:tc>"
        paragraph = self.paragraph(Element("p", {}, cell.offset, cell.children), around)
        return f"<w:tc>{head}{paragraph}</w:tc>"


def _tabs(style: Style, layout: Layout) -> tuple[str, str]:
    """Write the stop at the right edge; of a centred line both ends keep off the edges, which
    is told apart.
    """
    aside = style.em if style.align == "center" else 0.0
    edge = twips(layout.text_width - style.right * style.em - aside)
    stop = f'<w:tabs><w:tab w:val="right" w:pos="{edge}"/></w:tabs>'
    if not aside:
        return stop, ""
    first = twips(aside)  # an indent of the whole paragraph would shorten the rule below it
    return stop, f'<w:ind w:left="0" w:right="0" w:firstLine="{first}"/><w:jc w:val="left"/>'


_CELL_MARGINS = (
    '<w:tblCellMar><w:top w:w="20" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
    '<w:bottom w:w="20" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
)
_THICK, _THIN = 1.0, 0.75  # pt, the rules of a 版记
_RULES = {"top": 1.0, "left": 1.0, "bottom": 1.0, "right": 1.0, "insideH": 0.5, "insideV": 0.5}
_SIDES = "".join(border_xml(side, RuledLine(width)) for side, width in _RULES.items())
_TABLE_BORDERS = f"<w:tblBorders>{_SIDES}</w:tblBorders>"


def _is_code(node: _Node) -> bool:
    return isinstance(node, Element) and node.name == "qr" and not takes_no_room(node)


_AS_HIGH_AS_NEEDED = '<w:spacing w:line="240" w:lineRule="auto"/>'
"""A line of a fixed height would cut a code off."""
_MIDDLE = '<w:textAlignment w:val="center"/>'
"""Words beside a code stand at the height of its middle."""


def _caption(table: Element) -> str:
    """Tell a reader who cannot see the table what it holds: its part, else its heads."""
    cells = chain.from_iterable(row.elements() for row in table.elements())
    heads = [cell for cell in cells if cell.name == "th"]
    told = table.attributes.get("part") or "、".join(tight(cell.text()) for cell in heads[:4])
    return f"<w:tblCaption w:val={quoteattr(told)}/>" if told else ""


def _cell_head(width: int, more: str = "") -> str:
    return f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}</w:tcPr>'


def _variable(tag: Tag) -> str:
    return "{{ %s }}" % escape(tag.code)


def _run(text: str, look: _Look) -> str:
    return f'<w:r>{look.xml()}<w:t xml:space="preserve">{text}</w:t></w:r>'


def _statement(tag: Tag, where: str) -> str:
    return "{%%%s %s %%}" % (where, escape(tag.code))
