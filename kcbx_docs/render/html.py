"""A paper's tree of elements as HTML, and a layout kind as CSS: what WeasyPrint lays out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from html import escape
from itertools import chain, groupby

from kcbx_docs.light import dataclass, regex
from kcbx_docs.packs.language import CODE_SIZE
from kcbx_docs.packs.markup import Element, Tag, Text, tidy
from kcbx_docs.packs.structure import (
    HEADINGS,
    PARAGRAPHS,
    SPAN_CLASSES,
    holds_blocks,
    in_corner,
    is_sealed,
)
from kcbx_docs.problems import Place, Problem, Problems, problem
from kcbx_docs.render.qr import svg_of
from kcbx_docs.render.seals import BELOW, room_of
from kcbx_docs.render.styles import Layout, Style, style_of
from kcbx_docs.render.together import kept_with_next, starts_page, starts_sheet, stays_whole

MAX_DEPTH = 40
CELL_PADDING = 2  # pt above and below the text of a cell together
LONG_VALUE = 12  # ems; a longer value that outgrows its blank may break across lines
LINE, CELL, TAIL, CODE, TEXT = "line", "cell", "tail", "code", "text"
"""How a blank is set."""

PAGE_NUMBER_TEXT = "—0123456789第页共"

_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_BEFORE_QUOTE = regex(f"(?<=[{_HAN}，。、；：])(?=[“‘])")
_AFTER_QUOTE = regex(f"(?<=[”’])(?=[{_HAN}（《〈〔【“‘])")
_NOT_AT_LINE_START = regex("(?=[·～])")
_WITH_UNIT = regex("(?<=[0-9])(?=[年月日时分元号条款项班级人次份页岁])")
_DATE = regex("[0-9]{4}年[0-9]{1,2}月(?:[0-9]{1,2}日)?|[0-9]{1,2}月[0-9]{1,2}日")
_ROLES = frozenset(SPAN_CLASSES) - {"下划线"}

_Node = Element | Text | Tag


@dataclass(frozen=True)
class BlankLook:
    """How a blank is set: on a line of so many characters, alone in a cell whose lines do not
    stretch, at the tail of such a line, as a code, or in running text; and the role of its font.
    """

    kind: str
    role: str
    name: str = ""
    ems: float = 0.0
    points: float = 0.0


@dataclass(frozen=True)
class Page:
    """The HTML of one paper, the characters that it sets by font role, and its blanks in order:
    the box of each bears its number.
    """

    html: str
    texts: Mapping[str, str]
    blanks: tuple[BlankLook, ...] = ()


@dataclass(frozen=True)
class _Around:
    """What surrounds a block: the cell it stands in, the style that the cell names."""

    inside: str | None = None
    style: str | None = None


@dataclass
class _Writer:
    layout: Layout
    place: Place
    characters: dict[str, set[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    kept: frozenset[int] = frozenset()
    whole_dates: bool = False
    codes: bool = True
    blanks: list[BlankLook] = field(default_factory=list)
    kinds: dict[int, str] = field(default_factory=dict)  # of the paragraph's blanks in no line


def to_html(
    tree: Element, layout: Layout, place: Place, *, codes: bool = True
) -> tuple[Page | None, Problems]:
    """Write a tree without tags as the HTML of one paper; without its ``codes`` if told so."""
    if _depth(tree) > MAX_DEPTH:
        return None, (problem("REND101", place, limit=MAX_DEPTH),)
    writer = _Writer(layout, place, kept=kept_with_next(tree.children, layout), codes=codes)
    inside = "".join(_blocks(writer, tree.children, _Around()))
    if layout.page_numbers != "none":
        _note(writer, "宋体", PAGE_NUMBER_TEXT + layout.signed)
    if writer.problems:
        return None, tuple(writer.problems)
    # Sorted: the same paper must give the same bytes in every run.
    texts = {role: "".join(sorted(chars)) for role, chars in sorted(writer.characters.items())}
    return Page(_frame(layout) + inside, texts, tuple(writer.blanks)), ()


def document(body: str, *, title: str, author: str, subject: str = "") -> str:
    """Put the HTML of a paper into a whole document, which claims no date for itself."""
    return (
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title>"
        f'<meta name="author" content="{escape(author)}">'
        '<meta name="generator" content="kcbx-docs">'
        f'<meta name="description" content="{escape(subject)}">'
        f"</head><body>{body}</body></html>"
    )


def is_mark(style: Style) -> bool:
    """Tell whether a style sets the name of the office at the head of the sheet."""
    return style.name.startswith(("机关标志", "函头"))


def style_class(layout: Layout, name: str) -> str:
    """Return the CSS class of a style: a number, whatever its name."""
    return f"s{list(layout.styles).index(name)}"


def _depth(tree: Element) -> int:
    """Count the levels of a tree, one by one: a hostile template must not exhaust the stack."""
    depth, level = 0, [tree]
    while level and depth <= MAX_DEPTH:
        level = [*chain.from_iterable(element.elements() for element in level)]
        depth += 1
    return depth


def _frame(layout: Layout) -> str:
    if not layout.letterhead:
        return ""
    return '<div class="rule-head"></div><div class="rule-foot"></div>'


def _note(writer: _Writer, role: str, text: str) -> None:
    writer.characters.setdefault(role, set()).update(text)


# ---- blocks ---------------------------------------------------------------------------------


def _blocks(writer: _Writer, children: Sequence[_Node], around: _Around) -> Iterator[str]:
    elements: list[Element] = []
    for child in children:
        if isinstance(child, Element):
            elements.append(child)
        elif isinstance(child, Tag):
            _refuse(writer, child.code)
        elif child.text.strip():
            _refuse(writer, child.text)
    for kind, group in groupby(elements, lambda element: _region(writer.layout, element)):
        inside = "".join(_block(writer, element, around) for element in group)
        yield f'<div class="{kind}">{inside}</div>' if kind else inside


def _region(layout: Layout, element: Element) -> str:
    """Name the region of the sheet where a block stands: its head, its foot, or the flow."""
    if element.name == "div":
        return "foot slip" if element.attributes.get("foot") == "1" else ""
    style = layout.styles.get(element.attributes.get("class", ""))
    if style is None or element.name not in PARAGRAPHS:
        return ""
    if style.foot:
        return "foot"
    return "head" if style.head else ""


def _block(writer: _Writer, element: Element, around: _Around) -> str:
    if element.name in PARAGRAPHS:
        return _paragraph(writer, element, around)
    if element.name == "table":
        return _table(writer, element)
    if element.name == "div":
        inside = "".join(_blocks(writer, element.children, around))
        classes = [*_div_classes(element), *_breaks(writer, element)]
        return f'<div class="{" ".join(classes)}">{inside}</div>'
    _refuse(writer, f"<{element.name}>")
    return ""


def _div_classes(element: Element) -> list[str]:
    classes = ["keep"] if stays_whole(element) else []
    if element.attributes.get("class") == "回执":
        classes.append("receipt")
    return classes


def _breaks(writer: _Writer, element: Element) -> list[str]:
    """Name the classes that break the page before a block, or forbid it after."""
    classes = ["kept"] if id(element) in writer.kept else []
    if starts_page(element):
        classes.append("newsheet" if starts_sheet(element) else "newpage")
    return classes


def _paragraph(writer: _Writer, element: Element, around: _Around) -> str:
    given = element.attributes.get("class")
    if not given and element.name == "p":
        given = around.style  # the cell's class is that of its paragraphs
    name = style_of(element.name, given, around.inside)
    style = writer.layout.styles.get(name)
    if style is None:
        _refuse(writer, name)
        return ""
    writer.whole_dates = style.align != "justify"
    children = _trimmed(element.children)
    writer.kinds = _kinds(children, style)
    inside = "".join(_inline(writer, children, style, style.font))
    classes = [style_class(writer.layout, name), *_breaks(writer, element)]
    if any(child.name == "tab" for child in element.elements()):
        classes.append("tabbed")
    tag = element.name if element.name in HEADINGS else "p"
    return f'<{tag} class="{" ".join(classes)}">{inside or _STRUT}</{tag}>'


_STRUT = '<span class="k"></span>'


def _table(writer: _Writer, table: Element) -> str:
    shares = [_number(part, 1) for part in table.attributes.get("widths", "").split()] or [1]
    columns = "".join(f'<col style="width:{share / sum(shares):.4%}">' for share in shares)
    rows = [row for row in table.elements() if row.name == "tr"]
    heads = 0
    while heads < len(rows) and rows[heads].attributes.get("header") == "1":
        heads += 1
    head = "".join(_row(writer, row) for row in rows[:heads])
    body = "".join(_row(writer, row) for row in rows[heads:])
    names = _breaks(writer, table)
    if table.attributes.get("class") == "无框":
        names.insert(0, "plain")
    return (
        f'<table class="{" ".join(names)}"><colgroup>{columns}</colgroup>'
        f"<thead>{head}</thead><tbody>{body}</tbody></table>"
    )


def _row(writer: _Writer, row: Element) -> str:
    lines = row.attributes.get("height")
    cells = [cell for cell in row.elements() if cell.name in ("td", "th")]
    heads = row.attributes.get("header") == "1"
    inside = "".join(_cell(writer, cell, lines, heads=heads) for cell in cells)
    return f'<tr class="kept">{inside}</tr>' if id(row) in writer.kept else f"<tr>{inside}</tr>"


def _cell(writer: _Writer, cell: Element, row_lines: str | None, *, heads: bool) -> str:
    around = _Around(cell.name, cell.attributes.get("class"))
    if holds_blocks(cell):
        inside = "".join(_blocks(writer, cell.children, around))
    else:
        inside = _paragraph(writer, replace(cell, name="p", attributes={}), around)
    given = cell.attributes
    opening = cell.name
    if cell.name == "th" and not heads:
        opening += ' scope="row"'
    for name in ("colspan", "rowspan"):
        if name in given:
            opening += f' {name}="{_number(given[name], 1):.0f}"'
    looks = []
    if lines := _number(given.get("height") or row_lines or "", 0):
        height = lines * writer.layout.style("表文").line - CELL_PADDING
        looks.append(f"height:{height:.2f}pt")
    if given.get("top") == "1":
        looks.append("vertical-align:top")
    if looks:
        opening += f' style="{";".join(looks)}"'
    return f"<{opening}>{inside}</{cell.name}>"


# ---- inside paragraphs ----------------------------------------------------------------------


def _inline(writer: _Writer, children: Sequence[_Node], style: Style, role: str) -> Iterator[str]:
    for child in children:
        if isinstance(child, Text):
            yield _text(writer, child.text, role)
        elif isinstance(child, Tag):
            _refuse(writer, child.code)
        else:
            yield _inline_element(writer, child, style, role)


def _inline_element(writer: _Writer, element: Element, style: Style, role: str) -> str:
    if element.name == "br":
        return "<br>"
    if element.name == "tab":
        return '<span class="tab"></span>'
    if element.name == "blank":
        return _blank(writer, element, style, role)
    if element.name == "qr":
        return _code(writer, element)
    if element.name in ("b", "span"):
        given = "黑体" if element.name == "b" else element.attributes.get("class", "")
        role = given if given in _ROLES else role
        inside = "".join(_inline(writer, element.children, style, role))
        return f'<span class="{_span_class(given)}">{inside}</span>'
    _refuse(writer, f"<{element.name}>")
    return ""


def _code(writer: _Writer, element: Element) -> str:
    """Draw a code; its text is printed where the template says so, too."""
    code, number = element.attributes.get("code", ""), _count(writer, BlankLook(CODE, ""))
    if not code or not writer.codes:
        return ""
    size = _number(element.attributes.get("size", ""), CODE_SIZE)
    drawing = room_of(size) if is_sealed(element) else svg_of(code, size)
    drawing = drawing.replace("<svg", f"<svg{number}", 1)
    if is_sealed(element):
        up = f'<svg style="position:relative;top:{BELOW - size / 2:g}mm"'
        return f'<span class="seal">{drawing.replace("<svg", up, 1)}</span>'
    return f'<span class="corner">{drawing}</span>' if in_corner(element) else drawing


def _span_class(given: str) -> str:
    if given == "下划线":
        return "u"
    return f"f{sorted(_ROLES).index(given)}" if given in _ROLES else ""


def _blank(writer: _Writer, element: Element, style: Style, role: str) -> str:
    name = element.attributes.get("name", "")
    if element.attributes.get("class") == "格":
        number = _count(writer, BlankLook(writer.kinds.get(id(element), TEXT), role, name))
        inside = "".join(_inline(writer, _trimmed(element.children), style, role))
        return f'<span class="blank"{number}>{inside}</span>'
    value = tidy(element.text()).strip()
    width = _number(element.attributes.get("width", ""), 1)
    points = round(width * style.em, 2)
    kind = writer.kinds.get(id(element), LINE)
    number = _count(writer, BlankLook(kind, role, name, width, points))
    inside = _text(writer, value, role)
    if is_long(value, width):
        return f'<span class="blank long"{number}>{inside}</span>'
    look = f"min-width:{points:.2f}pt"
    return f'<span class="blank line"{number} style="{look}">{inside or _STRUT}</span>'


def _kinds(children: Sequence[_Node], style: Style) -> dict[int, str]:
    """Tell of a paragraph's blanks how they are set where that is special."""
    blanks = [one for one in children if isinstance(one, Element) and one.name == "blank"]
    if style.outline is not None:  # what they hold becomes a part of a bookmark
        return dict.fromkeys(map(id, blanks), TEXT)
    if not blanks or blanks[-1] is not children[-1] or blanks[-1].attributes.get("class") != "格":
        return {}
    if len(children) == 1 and style.align in ("left", "center"):
        return {id(blanks[0]): CELL}
    return {id(blanks[-1]): TAIL} if style.align == "left" else {}


def _count(writer: _Writer, blank: BlankLook) -> str:
    """Number a blank, so that its box is found on the page."""
    writer.blanks.append(blank)
    return f' data-blank="{len(writer.blanks) - 1}"'


def is_long(value: str, width: float) -> bool:
    """Tell whether a value runs on like text, underlined, instead of standing on its line."""
    return ems(value) > max(width, LONG_VALUE)


def _trimmed(children: Sequence[_Node]) -> list[_Node]:
    """Take the white space off both ends of a paragraph."""
    out = list(children)
    if out and isinstance(first := out[0], Text):
        out[0] = Text(first.text.lstrip(" \t\r\n"), first.offset)
    if out and isinstance(last := out[-1], Text):
        out[-1] = Text(last.text.rstrip(" \t\r\n"), last.offset)
    return out


def _text(writer: _Writer, text: str, role: str) -> str:
    text = tidy(text)
    _note(writer, role, text)
    return escape(with_joints(text, whole_dates=writer.whole_dates))


def with_joints(text: str, *, whole_dates: bool) -> str:
    """Write into a text where its lines may end and where they must not."""
    # Pango takes “” for Western marks and breaks no line beside them; · may not begin one.
    text = _BEFORE_QUOTE.sub("\u200b", text)
    text = _AFTER_QUOTE.sub("\u200b", text)
    text = _NOT_AT_LINE_START.sub("\u2060", text)
    # A number keeps its unit; a date stays whole where no line is stretched, as in cells.
    if whole_dates:
        text = _DATE.sub(lambda found: "\u2060".join(found[0]), text)
    return _WITH_UNIT.sub("\u2060", text)


def ems(text: str) -> float:
    """Estimate the width of a text in ems: half for Latin letters and digits."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def _number(text: str, default: float) -> float:
    if not re.fullmatch(r"\d+(\.\d+)?", text, re.ASCII):
        return default
    return min(float(text), 100.0)


def _refuse(writer: _Writer, found: str) -> None:
    writer.problems.append(problem("REND102", writer.place, found=found.strip()[:30]))
