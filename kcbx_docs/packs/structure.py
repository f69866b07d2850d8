"""The grammar of a template's elements: what may stand where, so that no text can be lost."""

from collections.abc import Collection, Iterator

from kcbx_docs.packs.elements import instead_of
from kcbx_docs.packs.flatten import FlatTemplate
from kcbx_docs.packs.markup import Element, Tag, Text
from kcbx_docs.problems import Problem, Problems, problem
from kcbx_docs.words import advice_for_name

HEADINGS = ("h1", "h2", "h3", "h4")
PARAGRAPHS = (*HEADINGS, "p")
BLOCKS = (*PARAGRAPHS, "table", "div")
INLINE = ("b", "span", "br", "blank", "tab", "qr")
CELLS = ("td", "th")
NEW_PAGE, NEW_SHEET = ("1", "sheet")
"""How a paragraph starts: on a new page, or on a new sheet because it is handed back alone."""
SPAN_CLASSES = ("仿宋", "楷体", "黑体", "宋体", "小标宋", "下划线")

_CHILDREN = {
    "body": BLOCKS,
    "div": BLOCKS,
    "table": ("tr",),
    "tr": ("td", "th"),
    "td": (*BLOCKS, *INLINE),
    "th": (*BLOCKS, *INLINE),
    **dict.fromkeys(PARAGRAPHS, INLINE),
    "b": INLINE,
    "span": INLINE,
    "blank": (),
    "br": (),
    "tab": (),
    "qr": (),
}
_ATTRIBUTES = {
    **dict.fromkeys(PARAGRAPHS, ("class", "part", "newpage")),
    "div": ("class", "part", "keep", "foot"),
    "table": ("widths", "class", "part"),
    "tr": ("height", "part", "header"),
    "td": ("colspan", "rowspan", "class", "part", "top"),
    "th": ("colspan", "rowspan", "class", "part", "top"),
    "span": ("class", "part"),
    "b": ("part",),
    "blank": ("name", "width", "class", "part"),
    "br": (),
    "tab": (),
    "qr": ("size", "corner", "seal"),
}
_NEEDED = {
    "blank": (
        ("name", '写明填什么，例如 name="学生姓名"。'),
        ("width", '写明几个字宽，例如 width="8"。'),
    ),
    "table": (("widths", '写明各列宽度之比，例如 widths="2 3 2 3"。'),),
}
CLOSES = {"endif": "if", "endfor": "for"}
"""What ends a statement, and what it ends."""
BETWEEN = {"elif": ("if",), "else": ("if", "for")}
"""What stands within a statement only."""


def holds_blocks(cell: Element) -> bool:
    """Tell whether a cell holds paragraphs rather than plain text."""
    return any(child.name in BLOCKS for child in cell.elements())


def in_corner(code: Element) -> bool:
    """Tell whether a code stands in the upper corner of the sheet, where it takes no room."""
    return code.attributes.get("corner") == "1"


def is_sealed(code: Element) -> bool:
    """Tell whether what stands in the place of a code is a seal over signature and date."""
    return code.attributes.get("seal") == "1"


def takes_no_room(code: Element) -> bool:
    """Tell whether lines stand as if a code or a seal were not there."""
    return in_corner(code) or is_sealed(code)


def check_structure(flat: FlatTemplate, styles: Collection[str]) -> Problems:
    """Check every element of a template against the grammar."""
    return tuple(_Structure(flat, styles).element(flat.tree))


class _Structure:
    def __init__(self, flat: FlatTemplate, styles: Collection[str]) -> None:
        self.flat, self.styles = flat, styles

    def element(self, element: Element) -> Iterator[Problem]:
        """Check one element and all below it."""
        yield from self.attributes(element)
        yield from self.statements(element)
        if element.name in ("blank", "qr"):
            yield from self.blank(element)
        if element.name == "qr" and self.flat.front.uncoded:
            title = self.flat.front.title
            yield problem("REND234", self.flat.place(element.offset), title=title)
        if is_sealed(element) and not self.flat.front.seal:
            title = self.flat.front.title
            yield problem("REND242", self.flat.place(element.offset), title=title)
        if element.name == "table":
            yield from self.columns(element)
        if element.name in CELLS:
            yield from self.astray(element)
        allowed = _CHILDREN.get(element.name, ())
        for child in element.children:
            if isinstance(child, Element):
                yield from self.child(child, element, allowed)
            else:
                yield from self.loose(child, element)

    def child(self, child: Element, parent: Element, allowed: Collection[str]) -> Iterator[Problem]:
        if child.name not in _CHILDREN:
            known = sorted(set(_CHILDREN) - {"body"})
            place, advice = self.flat.place(child.offset), instead_of(child.name, known)
            yield problem("TMPL026", place, name=child.name, advice=advice)
            return
        # A cell holds either paragraphs or plain text: what stands between paragraphs is lost.
        between = parent.name in CELLS and child.name in INLINE and holds_blocks(parent)
        if child.name not in allowed or between:
            place = self.flat.place(child.offset)
            yield problem("TMPL028", place, name=child.name, parent=parent.name)
        yield from self.element(child)

    def loose(self, node: Text | Tag, parent: Element) -> Iterator[Problem]:
        """Find text and variables where no paragraph would print them."""
        if isinstance(node, Tag):
            yield from self.tag(node, parent)
        elif node.text.strip() and not _prints_text(parent):
            lead = len(node.text) - len(node.text.lstrip())
            place = self.flat.place(node.offset + lead)
            if "＜" in node.text:
                yield problem("TMPL006", place, detail="尖括号是全角的，要用英文的 < >")
                return
            yield problem("TMPL025", place, text=node.text.strip()[:20])

    def tag(self, tag: Tag, parent: Element) -> Iterator[Problem]:
        at = tag.offset
        quotes = [sign for sign in tag.code if sign in "“”‘’"]
        if quotes:
            yield problem("TMPL031", self.flat.place(at), found=quotes[0])
        if tag.kind == "variable":
            if not _prints_text(parent):
                yield problem("TMPL034", self.flat.place(at), code=tag.code)
            return
        # docxtpl's patterns take such a sign for the end of the tag.
        if "%" in tag.code or "}" in tag.code:
            yield problem("TMPL030", self.flat.place(at))
        if parent.name == "tr":
            yield problem("TMPL028", self.flat.place(at), name=tag.word, parent="tr")

    def statements(self, element: Element) -> Iterator[Problem]:
        """Check that statements open and close among the children of one element."""
        opened: list[Tag] = []
        astray: list[Tag] = []
        for tag in element.children:
            if not isinstance(tag, Tag) or tag.kind != "block":
                continue
            inside = opened[-1].word if opened else ""
            if tag.word in ("if", "for"):
                opened.append(tag)
            elif tag.word in CLOSES and inside == CLOSES[tag.word]:
                opened.pop()
            elif tag.word in CLOSES or inside not in BETWEEN.get(tag.word, (inside,)):
                astray.append(tag)
        for tag in (*astray, *opened):
            yield self.unpaired(tag)

    def unpaired(self, tag: Tag) -> Problem:
        """Say of a statement whether its other half is missing, or stands elsewhere."""
        place, ends = self.flat.place(tag.offset), f"end{tag.word}"
        if tag.word in CLOSES.values() and self.count(tag.word) > self.count(ends):
            written = f"{{% {tag.code} %}}"
            return problem("TMPL040", place, tag=written, wanted=f"{{% {ends} %}}")
        if tag.word in CLOSES and self.count(CLOSES[tag.word]) < self.count(tag.word):
            wanted = f"{{% {CLOSES[tag.word]} … %}}"
            return problem("TMPL040", place, tag=f"{{% {tag.code} %}}", wanted=wanted)
        return problem("TMPL029", place, word=tag.word)

    def count(self, word: str) -> int:
        """Count the statements that begin with a word."""
        tags = (node for node in self.flat.tree.walk() if isinstance(node, Tag))
        return len([tag for tag in tags if tag.kind == "block" and tag.word == word])

    def attributes(self, element: Element) -> Iterator[Problem]:
        yield from self.attribute_names(element)
        yield from self.numbers(element)
        yield from self.page(element)
        style = element.attributes.get("class")
        if not style:
            return
        known: tuple[str, ...] = (style,)
        if element.name in (*PARAGRAPHS, *CELLS):
            known = tuple(sorted(self.styles))
        elif element.name == "span":
            known = SPAN_CLASSES
        if style not in known:
            place = self.flat.place(element.offset)
            yield problem("TMPL027", place, style=style, advice=advice_for_name(style, known))

    def attribute_names(self, element: Element) -> Iterator[Problem]:
        known = _ATTRIBUTES.get(element.name, ())
        for name in element.attributes:
            if element.name != "body" and name not in known:
                yield self.attribute("TMPL035", element, name, advice_for_name(name, known))
        for name, advice in _NEEDED.get(element.name, ()):
            if name not in element.attributes:
                yield self.attribute("TMPL032", element, name, advice)

    def attribute(self, code: str, element: Element, name: str, advice: str) -> Problem:
        """Say what is wrong with an attribute; most have nothing, and their place is not asked."""
        place = self.flat.place(element.offset)
        return problem(code, place, name=element.name, attribute=name, advice=advice)

    def numbers(self, element: Element) -> Iterator[Problem]:
        for name in ("colspan", "rowspan", "width", "height", "widths", "size"):
            value = element.attributes.get(name)
            if value is not None and not all(map(_is_number, value.split() or [""])):
                yield self.attribute("TMPL061", element, name, value)

    def page(self, element: Element) -> Iterator[Problem]:
        value = element.attributes.get("newpage", NEW_PAGE)
        if value not in (NEW_PAGE, NEW_SHEET):
            advice = f'另起一页写 newpage="{NEW_PAGE}"，另起一张纸写 newpage="{NEW_SHEET}"。'
            facts = {"name": element.name, "attribute": "newpage"}
            yield problem("TMPL032", self.flat.place(element.offset), **facts, advice=advice)

    def blank(self, element: Element) -> Iterator[Problem]:
        """Check that a blank holds one variable or nothing; a code is that of a variable."""
        inside = [child for child in element.children if not _is_space(child)]
        place = self.flat.place(element.offset)
        if len(inside) > 1 or not all(map(_is_variable, inside)):
            yield problem("TMPL028", place, name="其他内容", parent=element.name)
        if element.name == "qr" and not inside:
            yield problem("REND232", place)

    def astray(self, cell: Element) -> Iterator[Problem]:
        """Find codes in a cell that are to stand in the corner of the sheet: Word's stays in."""
        for node in cell.walk():
            if isinstance(node, Element) and node.name == "qr" and takes_no_room(node):
                yield problem("REND235", self.flat.place(node.offset))

    def columns(self, table: Element) -> Iterator[Problem]:
        """Check that every row fills the columns, cells that span rows included."""
        widths = table.attributes.get("widths", "").split()
        reach: list[int] = [0] * len(widths)
        for row in table.elements():
            if row.name != "tr":
                continue
            taken = len([left for left in reach if left > 0])
            cells = [cell for cell in row.elements() if cell.name in CELLS]
            count = taken + sum(_span(cell, "colspan") for cell in cells)
            if count != len(widths):
                place = self.flat.place(row.offset)
                yield problem("TMPL033", place, cells=count, columns=len(widths))
                return
            reach = _reach(reach, cells)


def _prints_text(parent: Element) -> bool:
    if parent.name in CELLS:
        return not holds_blocks(parent)
    return parent.name in (*PARAGRAPHS, "b", "span", "blank", "qr")


def _is_space(node: Element | Text | Tag) -> bool:
    return isinstance(node, Text) and not node.text.strip()


def _is_variable(node: Element | Text | Tag) -> bool:
    return isinstance(node, Tag) and node.kind == "variable"


def _reach(reach: list[int], cells: list[Element]) -> list[int]:
    """Count for each column how many more rows are covered from above."""
    out = [max(left - 1, 0) for left in reach]
    free = [column for column, left in enumerate(reach) if left == 0]
    for cell in cells:
        for _ in range(_span(cell, "colspan")):
            out[free.pop(0)] = _span(cell, "rowspan") - 1
    return out


def _span(cell: Element, name: str) -> int:
    value = cell.attributes.get(name, "1")
    return int(value) if value.isdigit() else 1


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit() and 0 < float(text) <= 100
