"""The parts of a Word file that come from the table of styles: styles, page numbers, sections."""

import math
from collections.abc import Mapping

from kcbx_docs.render.styles import RED, Layout, RuledLine, Style
from kcbx_docs.xml_text import escape, quoteattr

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

STANDARD_FONTS: Mapping[str, str] = {
    "小标宋": "方正小标宋简体",
    "仿宋": "仿宋_GB2312",
    "楷体": "楷体_GB2312",
    "黑体": "黑体",
    "宋体": "宋体",
}


NEW_SHEET = "<kcbx:sheet/>"
"""Where a body goes on on a new sheet of paper, until the file is put together."""


def twips(points: float) -> int:
    """Convert points to twentieths of a point."""
    return round(points * 20)


def from_mm(mm: float) -> int:
    """Convert millimetres to twentieths of a point."""
    return round(mm / 25.4 * 1440)


BUILT_IN = {
    "标题": ("Title", "Title"),
    "一级标题": ("Heading1", "heading 1"),
    "二级标题": ("Heading2", "heading 2"),
    "三级标题": ("Heading3", "heading 3"),
}
"""Styles that Word knows by a name of its own: id and name; the Chinese one becomes an alias."""


def style_id(name: str) -> str:
    """Make the ASCII id of a style; Word shows its Chinese name."""
    if name in BUILT_IN:
        return BUILT_IN[name][0]
    return "K" + "".join(f"{ord(char):X}" for char in name)


def fonts_xml(role: str) -> str:
    """Name the standard font of a role in every slot."""
    font = quoteattr(STANDARD_FONTS[role])
    slots = f"w:ascii={font} w:hAnsi={font} w:eastAsia={font} w:cs={font}"
    return f'<w:rFonts {slots} w:hint="eastAsia"/>'


def tracking(style: Style) -> int:
    """Return the letter spacing in twips, rounded so that 28 characters still fit."""
    return math.floor(style.tracking * 20)


def border_xml(side: str, rule: RuledLine) -> str:
    """Write one border of a paragraph."""
    kind = "single" if rule.kind == "solid" else rule.kind
    size = max(2, round(rule.width * 8))
    return (
        f'<w:{side} w:val="{kind}" w:sz="{size}" w:space="{round(rule.space)}"'
        f' w:color="{rule.color}"/>'
    )


def double_rule(above: float, below: float, before: float = 0.0) -> str:
    """Write the red double rule of a 函: two rules around an empty line of one point.

    Readers do not agree which side of a double border is the thick one.
    """
    rules = border_xml("top", RuledLine(above, RED)) + border_xml("bottom", RuledLine(below, RED))
    wide = from_mm((170 - 156) / 2)
    return (
        f"<w:p><w:pPr><w:pBdr>{rules}</w:pBdr>"
        f'<w:spacing w:before="{twips(before)}" w:after="0" w:line="20" w:lineRule="exact"/>'
        f'<w:ind w:left="-{wide}" w:right="-{wide}"/></w:pPr></w:p>'
    )


def black_line(points: float, frame: str) -> str:
    """Write a rule as an empty line so high and black, in the frame of its neighbours."""
    return (
        f'<w:p><w:pPr>{frame}<w:shd w:val="clear" w:color="auto" w:fill="000000"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{twips(points)}" w:lineRule="exact"/>'
        f"<w:rPr>{_size(1)}</w:rPr></w:pPr></w:p>"
    )


# LibreOffice takes overflowPunct the other way round (DomainMapper.cxx): told 0 it hangs marks
# beyond the margin, and loses some of them. 1 is what Word takes where nothing is said.
_EAST_ASIAN = (
    '<w:overflowPunct w:val="1"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
    '<w:adjustRightInd w:val="0"/><w:snapToGrid w:val="0"/>'
)


def frame_xml(style: Style, layout: Layout) -> str:
    """Write the frame of a paragraph that stands at the head or the foot of the type area.

    It stands on the paragraph itself: LibreOffice does not take it from a style.
    """
    if not (style.foot or style.head):
        return ""
    edge = 'w:yAlign="bottom"' if style.foot else 'w:yAlign="top"'
    width, wrap = layout.text_width, "notBeside"
    if style.head and layout.letterhead:  # the number of a 函 stands beside it, on the same line
        width, wrap = 8 * style.em, "around"
    return (
        f'<w:framePr w:w="{twips(width)}" w:hSpace="0" w:wrap="{wrap}" '
        f'w:vAnchor="margin" w:hAnchor="margin" w:xAlign="left" {edge}/>'
    )


def paragraph_xml(style: Style, layout: Layout) -> str:
    """Write the paragraph properties of a style, in the order of the schema."""
    parts = []
    if style.keep_next:
        parts.append("<w:keepNext/>")
    if style.keep_lines:
        parts.append("<w:keepLines/>")
    parts.append("<w:widowControl/>")
    borders = _borders(style)
    if borders:
        parts.append(f"<w:pBdr>{borders}</w:pBdr>")
    parts.append(_EAST_ASIAN)
    parts.append(
        f'<w:spacing w:before="{twips(style.before)}" w:after="{twips(style.after)}" '
        f'w:line="{twips(style.line)}" w:lineRule="exact"/>'
    )
    parts.append(_indent(style))
    align = {"justify": "both", "left": "left", "center": "center", "right": "right"}[style.align]
    parts.append(f'<w:jc w:val="{align}"/>')
    if style.outline is not None:
        parts.append(f'<w:outlineLvl w:val="{style.outline}"/>')
    return "".join(parts)


def _borders(style: Style) -> str:
    borders = border_xml("top", style.above) if style.above else ""
    if style.below:
        borders += border_xml("bottom", style.below)
    return borders


def _indent(style: Style) -> str:
    left, right = twips(style.left * style.em), twips(style.right * style.em)
    first = f'w:firstLine="{twips(style.indent * style.em)}"'
    if style.hanging:
        first = f'w:hanging="{twips(style.hanging * style.em)}"'
    return f'<w:ind w:left="{left}" w:right="{right}" {first}/>'


def run_xml(style: Style) -> str:
    """Write the character properties of a style."""
    color = "" if style.color == "000000" else f'<w:color w:val="{style.color}"/>'
    return (
        f'{fonts_xml(style.font)}{color}<w:spacing w:val="{tracking(style)}"/><w:kern w:val="0"/>'
        f"{_size(style.size)}"
    )


def _size(points: float) -> str:
    half_points = round(points * 2)
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def styles_xml(layout: Layout) -> str:
    """Write styles.xml of a layout kind."""
    base = layout.style("正文")
    looks = f'{fonts_xml(base.font)}<w:snapToGrid w:val="0"/>{_size(base.size)}{_LANGUAGE}'
    out = [
        f"{HEAD}<w:styles {NAMESPACES}><w:docDefaults>"
        f"<w:rPrDefault><w:rPr>{looks}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr>{_EAST_ASIAN}</w:pPr></w:pPrDefault></w:docDefaults>",
        _NORMAL,
        _NORMAL_TABLE,
    ]
    for style in layout.styles.values():
        out.append(
            f'<w:style w:type="paragraph"{_names(style)}<w:basedOn w:val="Normal"/><w:qFormat/>'
            f"<w:pPr>{paragraph_xml(style, layout)}</w:pPr>"
            f"<w:rPr>{run_xml(style)}</w:rPr></w:style>"
        )
    return "".join([*out, "</w:styles>"])


def _names(style: Style) -> str:
    """Write the id and the names of a style, after its type."""
    own = quoteattr("文书 " + style.name)
    if style.name in BUILT_IN:
        known, name = BUILT_IN[style.name]
        return f' w:styleId="{known}"><w:name w:val="{name}"/><w:aliases w:val={own}/>'
    return f' w:customStyle="1" w:styleId="{style_id(style.name)}"><w:name w:val={own}/>'


_LANGUAGE = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
_NORMAL = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    "<w:qFormat/></w:style>"
)
_NORMAL_TABLE = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
    '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr></w:style>"
)


def _field(code: str) -> str:
    parts = (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {code} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>1</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
    return "".join(f"<w:r>{part}</w:r>" for part in parts)


def _footer(align: str, indent: str, inside: str, signed: str = "", size: float = 14) -> str:
    font = fonts_xml("宋体")
    mark = (
        f'<w:pPr><w:spacing w:line="400" w:lineRule="exact"/><w:ind {indent} w:firstLine="0"/>'
        f'<w:jc w:val="{align}"/><w:rPr>{font}{_size(size)}</w:rPr></w:pPr>'
    )
    runs = inside.replace("<w:r>", f"<w:r><w:rPr>{font}{_size(size)}</w:rPr>")
    return f"{HEAD}<w:ftr {NAMESPACES}>{_signed(signed)}<w:p>{mark}{runs}</w:p></w:ftr>"


def _signed(text: str) -> str:
    """Write the line that everybody signs at the foot of every page."""
    if not text:
        return ""
    look = f"<w:rPr>{fonts_xml('宋体')}{_size(10.5)}</w:rPr>"
    return (
        '<w:p><w:pPr><w:spacing w:after="120" w:line="480" w:lineRule="exact"/>'
        '<w:jc w:val="center"/></w:pPr>'
        f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    )


def text_run(text: str) -> str:
    """Write a run of plain text."""
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def footers(layout: Layout) -> dict[str, str]:
    """Write the footers of a layout kind by type: default (odd), even, first."""
    if layout.page_numbers == "none":
        return {}
    if layout.page_numbers == "of":
        page, pages = _field("PAGE"), _field("NUMPAGES")
        inside = f"{text_run('第 ')}{page}{text_run(' 页　共 ')}{pages}{text_run(' 页')}"
        return {"default": _footer("center", "", inside, layout.signed, size=10.5)}
    inside = f"{text_run('— ')}{_field('PAGE')}{text_run(' —')}"
    found = {
        "default": _footer("right", 'w:right="280"', inside),
        "even": _footer("left", 'w:left="280"', inside),
    }
    if not layout.first_numbered:
        found["first"] = _letter_footer()
    return found


def _letter_footer() -> str:
    """Write the first page's foot of a 函: the double red rule 20 mm above the paper's edge."""
    return f"{HEAD}<w:ftr {NAMESPACES}>{double_rule(0.75, 2)}</w:ftr>"


def section_xml(
    layout: Layout, relations: Mapping[str, str], *, kind: str = "nextPage", further: bool = False
) -> str:
    """Write the section properties: sheet, margins, page numbers.

    ``relations`` gives the ids of headers and footers; a ``further`` section goes on with the
    page numbers, and no page of it is the first of the paper.
    """
    top, right, bottom, left = (from_mm(value) for value in layout.margins)
    references = ""
    for name, target in sorted(relations.items()):
        part, page = name.split("-")
        references += f'<w:{part}Reference w:type="{page}" r:id="{target}"/>'
    title = "" if layout.first_numbered or further else "<w:titlePg/>"
    return (
        f'<w:sectPr>{references}<w:type w:val="{kind}"/>{_sheet(layout)}'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" '
        f'w:header="{from_mm(28)}" w:footer="{_foot(layout)}" w:gutter="0"/>'
        f"{title}{_grid(layout)}</w:sectPr>"
    )


def _sheet(layout: Layout) -> str:
    """Tell Word the sheet: A4, upright or laid across."""
    wide, high = layout.sheet
    if wide > high:
        return '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    return '<w:pgSz w:w="11906" w:h="16838"/>'


_LOWER = 2.8  # mm, by which the digits stand lower in their line than in a browser


def _grid(layout: Layout) -> str:
    """Tell Word the lines of prose pages, of which 22 fill the type area.

    The styles keep to them, and to 28 characters, by themselves: they do not snap to a grid, which
    readers do differently. Told of characters too, LibreOffice loses the last line of a page.
    """
    if not layout.grid:
        return ""
    return f'<w:docGrid w:type="lines" w:linePitch="{twips(layout.style("正文").line)}"/>'


def _foot(layout: Layout) -> int:
    """Return the distance of the footer from the paper's edge, in twips."""
    if layout.signed:
        return from_mm(12.4)
    if not layout.first_numbered:
        return from_mm(20)
    if layout.page_numbers == "outside":
        # Its dashes stand 7 mm below the type area, in a line of 20 pt.
        return from_mm(layout.margins[2] - 7 + 1.5 * _LOWER) - 400
    return from_mm(layout.margins[2] / 2 - _LOWER)
