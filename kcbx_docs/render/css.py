"""A layout kind as a style sheet, made from the table of styles and the fonts of this machine."""

from collections.abc import Callable, Iterator

from kcbx_docs.packs.structure import SPAN_CLASSES
from kcbx_docs.render.html import is_mark, style_class
from kcbx_docs.render.justify import ASCENT, DESCENT
from kcbx_docs.render.qr import CORNER
from kcbx_docs.render.seals import ASIDE
from kcbx_docs.render.styles import DRAFT, PITCH, RED, SIZE, Layout, RuledLine, Style

Stack = Callable[[str], str]
MM = 72 / 25.4
GLYPH_TOP = 0.85  # ems from the baseline to the top of a Han character
GLYPH_BOTTOM = 0.09  # ems from the baseline to its foot
LETTERHEAD_RULE = 170  # mm, the red double rules of a 函
DOUBLE_RULE = 3.65  # pt, the thickness of such a rule
_ROLES = sorted(frozenset(SPAN_CLASSES) - {"下划线"})


def draft_mark(layout: Layout, stack: Stack) -> str:
    """Write the rule that puts the mark of a draft on every page."""
    style = layout.style("草稿")
    look = (
        f"font: {style.size}pt/1 {stack(style.font)}; color: #{style.color}; vertical-align: middle"
    )
    return f'@page {{ @top-right {{ content: "{DRAFT}"; {look} }} }}\n'


def stylesheet(layout: Layout, stack: Stack) -> str:
    """Write the CSS of a layout kind; ``stack`` gives the font families of a role."""
    styles = [_style(layout, style, stack) for style in layout.styles.values()]
    roles = (f".f{number} {{ font-family: {stack(role)} }}" for number, role in enumerate(_ROLES))
    pages = "\n".join(_page(layout, stack("宋体")))
    return "\n".join((pages, _COMMON, *roles, *styles, *_regions(layout)))


def _page(layout: Layout, numbers: str) -> Iterator[str]:
    top, right, bottom, left = layout.margins
    wide, high = layout.sheet
    font = f"font-family: {numbers}; font-size: 14pt; line-height: 20pt"
    yield (
        f"@page {{ size: {wide}mm {high}mm; margin: {top}mm {right}mm {bottom}mm {left}mm;"
        " @footnote { border: none; margin: 0; padding: 0 } }"
    )
    if layout.page_numbers == "outside":
        box = f'content: "— " counter(page) " —"; {font}; vertical-align: top; padding: 3mm 14pt 0'
        yield f"@page :right {{ @bottom-right {{ {box} }} }}"
        yield f"@page :left {{ @bottom-left {{ {box} }} }}"
    elif layout.page_numbers == "of":
        yield f"@page {{ @bottom-center {{ {_page_of_pages(layout, font)} }} }}"
    elif layout.page_numbers == "centre":
        yield f'@page {{ @bottom-center {{ content: "— " counter(page) " —"; {font} }} }}'
    yield "@page :blank { @bottom-right { content: none } @bottom-left { content: none } }"
    if not layout.first_numbered:
        yield "@page :first { @bottom-right { content: none } @bottom-left { content: none } }"


def _page_of_pages(layout: Layout, font: str) -> str:
    """Write 第 x 页　共 y 页, below the line that everybody signs where the layout has one."""
    content = '"第 " counter(page) " 页　共 " counter(pages) " 页"'
    look = f"{font}; font-size: 10.5pt"
    if layout.signed:
        content = f'"{layout.signed}" "\\A" {content}'
        look += "; line-height: 28pt; white-space: pre; vertical-align: top"
    return f"content: {content}; {look}"


_COMMON = """
html { font-size: 16pt; orphans: 2; widows: 2; hyphens: none; overflow-wrap: anywhere }
body, p, h1, h2, h3, h4, table, td, th { margin: 0; padding: 0 }
p, h1, h2, h3, h4 { font-weight: normal; bookmark-level: none }
td p, th p { orphans: 1; widows: 1 }
span { overflow-wrap: normal }
.k { display: inline-block; width: 0; height: 0 }
.u, .long { text-decoration: underline; text-underline-offset: 0.14em;
  text-decoration-thickness: 0.6pt }
.line { display: inline-block; text-align: center; text-indent: 0; line-height: 1.3em;
  white-space: nowrap; border-bottom: 0.6pt solid #000 }
svg { vertical-align: middle }
.tab::before { content: leader(" ") }
.keep { break-inside: avoid }
.kept { break-after: avoid }
.newpage { break-before: page }
.newsheet { break-before: right }
table { width: 100%; table-layout: fixed; border-collapse: collapse; border: 1pt solid #000 }
td, th { border: 0.5pt solid #000; padding: 1pt 4.25pt; vertical-align: middle;
  font-weight: normal }
table.plain, .plain td, .plain th { border: none }
tr { break-inside: avoid }
.foot { float: footnote; footnote-display: block; display: block }
.foot::footnote-call, .foot::footnote-marker { content: none }
.head { position: absolute; left: 0; top: 0; width: 100% }
"""


def _style(layout: Layout, style: Style, stack: Stack) -> str:
    name = f".{style_class(layout, style.name)}"
    rules = f"{name} {{ {'; '.join(_declarations(style, stack))} }}"
    if style.align == "center":
        rules += f"\n{name}.tabbed {{ text-align: left; padding: 0 {style.em:.2f}pt }}"
    if is_mark(style) and not layout.letterhead:
        rules += _mark(layout, style)
    return rules


def _declarations(style: Style, stack: Stack) -> Iterator[str]:
    first = -style.hanging if style.hanging else style.indent
    yield f"font-family: {stack(style.font)}; font-size: {style.size}pt; color: #{style.color}"
    yield (
        f"letter-spacing: {style.tracking - 0.006:.3f}pt; text-align: {style.align};"
        f" text-indent: {first * style.em:.2f}pt"
    )
    yield f"padding: 0 {style.right * style.em:.2f}pt 0 {style.left * style.em:.2f}pt"
    yield f"margin: {style.before:.2f}pt 0 {style.after:.2f}pt; line-height: {style.line}pt"
    if style.above:
        room = _distance(style, style.above)
        yield f"border-top: {_border(style.above)}; padding-top: {room:.2f}pt"
    if style.below:
        room = _distance(style, style.below)
        yield f"border-bottom: {_border(style.below)}; padding-bottom: {room:.2f}pt"
    if style.keep_next:
        yield "break-after: avoid"
    if style.keep_lines:
        yield "break-inside: avoid"
    if style.outline is not None:
        yield f"bookmark-level: {style.outline + 1}; bookmark-label: content()"


def _border(rule: RuledLine) -> str:
    kind = "dashed" if rule.kind == "dashed" else "solid"
    return f"{rule.width}pt {kind} #{rule.color}"


def _distance(style: Style, rule: RuledLine) -> float:
    """Return the padding between line box and rule: part of the distance is leading already."""
    return max(rule.space - (style.line - style.size) / 2, 0.0)


def glyph_top(style: Style) -> float:
    """Return how far below the top of its line a Han character begins, in pt."""
    return (style.line + (ASCENT - DESCENT) * style.size) / 2 - GLYPH_TOP * style.size


def _mark(layout: Layout, style: Style) -> str:
    """Place the name of the office by its glyphs: their top stands where the standard wants it."""
    name = f".{style_class(layout, style.name)}"
    up = glyph_top(style)
    return (
        f"\n{name} {{ margin-top: 0; padding-top: {style.before - up:.2f}pt;"
        f" margin-bottom: {style.after + up:.2f}pt }}"
        f"\n{name} + {name} {{ padding-top: 0 }}"
    )


def _regions(layout: Layout) -> Iterator[str]:
    up = layout.margins[0] - CORNER
    yield f".corner {{ position: absolute; right: 0; top: -{up}mm; text-indent: 0 }}"
    yield f".seal {{ position: absolute; right: {ASIDE}mm; text-indent: 0 }}"
    if layout.foot_rules:
        yield ".foot:not(.slip) > p { border-top: 0.7pt solid #000 }"
        yield ".foot:not(.slip) > p:first-child { border-top-width: 1pt }"
        yield ".foot:not(.slip) > p:last-child { border-bottom: 1pt solid #000 }"
    if layout.letterhead:
        yield from _letterhead(layout)


def _letterhead(layout: Layout) -> Iterator[str]:
    """Write the frame of a 函: mark at 30 mm, red rules 4 mm below it and 20 mm above the foot."""
    left = (210 - LETTERHEAD_RULE) / 2 - layout.margins[3]
    marks = [style for style in layout.styles.values() if is_mark(style)]
    down = (30 - layout.margins[0]) * MM
    top = down + max(style.size for style in marks) * (GLYPH_TOP + GLYPH_BOTTOM) + 4 * MM
    foot = (297 - 20 - layout.margins[0]) * MM - DOUBLE_RULE
    rule = f"position: absolute; left: {left}mm; width: {LETTERHEAD_RULE}mm; height: 0.9pt"
    red = f"border: 0 solid #{RED}"
    yield f".rule-head {{ {rule}; top: {top:.2f}pt; {red}; border-width: 2pt 0 0.75pt }}"
    yield f".rule-foot {{ {rule}; top: {foot:.2f}pt; {red}; border-width: 0.75pt 0 2pt }}"
    for style in marks:
        up = glyph_top(style)
        room = top + DOUBLE_RULE - down + up - style.line
        yield (
            f".{style_class(layout, style.name)} {{ margin: {down - up:.2f}pt 0 0; padding-top: 0;"
            f" padding-bottom: {max(room, 0):.2f}pt }}"
        )
    yield f".head {{ top: {top + DOUBLE_RULE + SIZE * 7 / 8 - (PITCH - SIZE) / 2:.2f}pt }}"
