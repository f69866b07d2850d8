"""Compile a flattened template to a docxtpl template: the same tags, carried into Word paragraphs.

Tags alone between blocks become ``{%p %}`` paragraphs, between rows ``{%tr %}`` rows, inside text
``{%r %}`` runs: docxtpl's own dialect, so a keeper can open the result in Word.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from xml.sax.saxutils import escape

from kcbx_docs.packs.flatten import FlatTemplate
from kcbx_docs.packs.language import BLANK_FILTER
from kcbx_docs.packs.markup import Element, Tag, Text, tidy
from kcbx_docs.packs.structure import PARAGRAPHS, holds_blocks
from kcbx_docs.render.styles import SIGNATURES, Layout, Rule, style_of
from kcbx_docs.render.word import (
    STANDARD_FONTS,
    border_xml,
    fonts_xml,
    frame_xml,
    from_mm,
    package,
    style_id,
    twips,
)

HEADER_STYLES = ("函头", "函头小", "函头长")


def compile_docx(flat: FlatTemplate, layout: Layout, *, draft: bool = False) -> bytes:
    """Return the Word template of a document; a draft says so on every page."""
    body = _Body(layout)
    head, rest = _split_header(flat.tree.children)
    header = "".join(body.blocks(head, _Around())) + _LETTER_RULE if head else None
    return package(
        layout,
        "".join(body.blocks(rest, _Around())) or "<w:p/>",
        flat.front.title,
        header,
        draft=draft,
    )


def _split_header(
    children: Sequence[Element | Text | Tag],
) -> tuple[list[Element | Text | Tag], list[Element | Text | Tag]]:
    """Separate the head of a 函, which stands in the page header of the first sheet, with its conditions."""
    last = -1
    for number, child in enumerate(children):
        if isinstance(child, Element) and child.attributes.get("class") in HEADER_STYLES:
            last = number
    if last < 0:
        return [], list(children)
    end = last + 1
    depth = 0
    for number, child in enumerate(children):
        if isinstance(child, Tag) and child.kind == "block":
            depth += (child.word in ("if", "for")) - (child.word in ("endif", "endfor"))
            if number > last and depth == 0:
                end = number + 1
                break
        elif number > last and depth == 0:
            break
    return list(children[:end]), list(children[end:])


_WIDE = from_mm((170 - 156) / 2)
_LETTER_RULE = (
    f"<w:p><w:pPr><w:pBdr>{border_xml('top', Rule(3.0, 'FF0000', 'thick-thin'))}</w:pBdr>"
    f'<w:spacing w:before="{twips(11.3)}" w:line="20" w:lineRule="exact"/><w:ind w:left="-{_WIDE}" w:right="-{_WIDE}"/></w:pPr></w:p>'
)


@dataclass(frozen=True)
class _Around:
    """What surrounds a block: the cell it stands in, whether it is kept with the next, or a signature follows."""

    inside: str | None = None
    style: str | None = None
    keep: bool = False
    width: float = 0.0
    signed: bool = False


@dataclass(frozen=True)
class _Look:
    """How a run looks beyond its paragraph's style."""

    bold: bool = False
    font: str | None = None
    underline: bool = False

    def xml(self) -> str:
        """Write the run properties."""
        font = fonts_xml(self.font) if self.font else '<w:rFonts w:hint="eastAsia"/>'
        return f'<w:rPr>{font}{"<w:b/>" if self.bold else ""}{"""<w:u w:val="single"/>""" if self.underline else ""}</w:rPr>'


class _Body:
    """Write the elements of one layout kind as WordprocessingML."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout

    def blocks(self, children: Sequence[Element | Text | Tag], around: _Around) -> Iterator[str]:
        """Write what stands between paragraphs."""
        elements = [child for child in children if isinstance(child, Element)]
        signed = {
            id(one)
            for one, then in pairwise(elements)
            if then.attributes.get("class") in SIGNATURES
        }
        for child in children:
            if isinstance(child, Tag):
                yield f"<w:p>{_run(_statement(child, 'p'), _Look())}</w:p>"
            elif isinstance(child, Element):
                yield from self.block(child, replace(around, signed=id(child) in signed))

    def block(self, element: Element, around: _Around) -> Iterator[str]:
        if element.name == "div":
            keep = around.keep or element.attributes.get("keep") == "1"
            yield from self.blocks(element.children, replace(around, keep=keep))
        elif element.name == "table":
            yield from self.table(element, around)
        elif element.name in PARAGRAPHS:
            yield self.paragraph(element, around)

    def paragraph(self, element: Element, around: _Around) -> str:
        given = element.attributes.get("class") or (around.style if element.name == "p" else None)
        style = self.layout.style(style_of(element.name, given, around.inside))
        own = (
            "<w:keepNext/><w:keepLines/>"
            if around.keep
            else "<w:keepNext/>"
            if around.signed
            else ""
        )
        own += "<w:pageBreakBefore/>" if element.attributes.get("newpage") == "1" else ""
        own += frame_xml(style, self.layout)
        tabs = ""
        if any(child.name == "tab" for child in element.elements()):
            edge = twips(self.layout.text_width - style.right * style.em)
            tabs = f'<w:tabs><w:tab w:val="right" w:pos="{edge}"/></w:tabs>'
        runs = "".join(self.inline(element.children, _Look()))
        return (
            f'<w:p><w:pPr><w:pStyle w:val="{style_id(style.name)}"/>{own}{tabs}</w:pPr>{runs}</w:p>'
        )

    def inline(self, children: Sequence[Element | Text | Tag], look: _Look) -> Iterator[str]:
        """Write what stands inside a paragraph."""
        for child in children:
            if isinstance(child, Text):
                text = tidy(child.text)
                if text:
                    yield _run(escape(text), look)
            elif isinstance(child, Tag):
                yield (
                    _run("{{ %s }}" % escape(child.code), look)
                    if child.kind == "variable"
                    else _run(_statement(child, "r"), look)
                )
            else:
                yield from self.inline_element(child, look)

    def inline_element(self, element: Element, look: _Look) -> Iterator[str]:
        if element.name == "br":
            yield f"<w:r>{look.xml()}<w:br/></w:r>"
        elif element.name == "tab":
            yield f"<w:r>{look.xml()}<w:tab/></w:r>"
        elif element.name == "blank":
            yield self.blank(element, look)
        elif element.name == "b":
            yield from self.inline(element.children, replace(look, bold=True))
        else:
            name = element.attributes.get("class")
            changed = (
                replace(look, underline=True)
                if name == "下划线"
                else replace(look, font=name if name in STANDARD_FONTS else look.font)
            )
            yield from self.inline(element.children, changed)

    def blank(self, element: Element, look: _Look) -> str:
        """Write a named place: its value centred in underlined spaces, or the spaces alone."""
        variable = next((c for c in element.children if isinstance(c, Tag)), None)
        in_cell = element.attributes.get("class") == "格"
        ems = 0.0 if in_cell else float(element.attributes["width"])
        if variable is None and in_cell:
            return ""
        value = escape(variable.code) if variable else "none"
        return _run(
            "{{ (%s)|%s(%s) }}" % (value, BLANK_FILTER, ems),
            look if in_cell else replace(look, underline=True),
        )

    def table(self, table: Element, around: _Around) -> Iterator[str]:
        """Write a table of fixed column widths."""
        shares = [float(part) for part in table.attributes["widths"].split()]
        total = around.width or self.layout.text_width
        columns = [twips(total * share / sum(shares)) for share in shares]
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
        plain = table.attributes.get("class") == "无框"
        yield (
            f'<w:tbl><w:tblPr><w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:jc w:val="center"/>{"" if plain else _TABLE_BORDERS}'
            f'<w:tblLayout w:type="fixed"/>{_CELL_MARGINS}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        )
        covered = [0] * len(columns)
        for child in table.children:
            if isinstance(child, Tag):
                yield f'<w:tr><w:tc><w:tcPr><w:tcW w:w="{sum(columns)}" w:type="dxa"/></w:tcPr><w:p>{_run(_statement(child, "tr"), _Look())}</w:p></w:tc></w:tr>'
            elif isinstance(child, Element):
                yield self.row(child, columns, covered, around.keep)
        yield "</w:tbl>"

    def row(self, row: Element, columns: Sequence[int], covered: list[int], keep: bool) -> str:
        lines = row.attributes.get("height")
        style = self.layout.style("表文")
        height = (
            f'<w:trHeight w:val="{twips(style.line * float(lines))}" w:hRule="atLeast"/>'
            if lines
            else ""
        )
        head = "<w:tblHeader/>" if row.attributes.get("header") == "1" else ""
        cells = "".join(self.cells(list(row.elements()), columns, covered, keep or bool(head)))
        return f"<w:tr><w:trPr><w:cantSplit/>{height}{head}</w:trPr>{cells}</w:tr>"

    def cells(
        self, cells: list[Element], columns: Sequence[int], covered: list[int], keep: bool
    ) -> Iterator[str]:
        """Write the cells of a row; columns covered from above continue their merged cell."""
        column, waiting = 0, list(cells)
        while column < len(columns):
            if covered[column] > 0:
                covered[column] -= 1
                yield f'<w:tc><w:tcPr><w:tcW w:w="{columns[column]}" w:type="dxa"/><w:vMerge/></w:tcPr><w:p/></w:tc>'
                column += 1
                continue
            cell = waiting.pop(0)
            span, down = (
                int(cell.attributes.get("colspan", "1")),
                int(cell.attributes.get("rowspan", "1")),
            )
            width = sum(columns[column : column + span])
            for at in range(column, column + span):
                covered[at] = down - 1
            yield self.cell(cell, width, span, down, keep)
            column += span

    def cell(self, cell: Element, width: int, span: int, down: int, keep: bool) -> str:
        merged = (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "") + (
            '<w:vMerge w:val="restart"/>' if down > 1 else ""
        )
        across = "top" if cell.attributes.get("top") == "1" else "center"
        head = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}<w:vAlign w:val="{across}"/></w:tcPr>'
        around = _Around(cell.name, cell.attributes.get("class"), keep, width / 20 - 8.5)
        if holds_blocks(cell):
            return f"<w:tc>{head}{''.join(self.blocks(cell.children, around))}</w:tc>"
        paragraph = self.paragraph(Element("p", {}, cell.offset, cell.children), around)
        return f"<w:tc>{head}{paragraph}</w:tc>"


_CELL_MARGINS = (
    '<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
)
_TABLE_BORDERS = (
    "<w:tblBorders>"
    + "".join(
        border_xml(side, Rule(width))
        for side, width in (
            ("top", 1.0),
            ("left", 1.0),
            ("bottom", 1.0),
            ("right", 1.0),
            ("insideH", 0.5),
            ("insideV", 0.5),
        )
    )
    + "</w:tblBorders>"
)


def _run(text: str, look: _Look) -> str:
    return f'<w:r>{look.xml()}<w:t xml:space="preserve">{text}</w:t></w:r>'


def _statement(tag: Tag, where: str) -> str:
    return "{%%%s %s %%}" % (where, escape(tag.code))
