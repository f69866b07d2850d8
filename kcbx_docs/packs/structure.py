"""The grammar of a template's elements: what may stand where, so that no text can be lost."""

from collections.abc import Collection, Iterator

from kcbx_docs.packs.flatten import FlatTemplate
from kcbx_docs.packs.markup import Element, Tag, Text
from kcbx_docs.problems import Problem, Problems, problem
from kcbx_docs.reading import advice_for_name

HEADINGS = ("h1", "h2", "h3", "h4")
PARAGRAPHS = (*HEADINGS, "p")
BLOCKS = (*PARAGRAPHS, "table", "div")
INLINE = ("b", "span", "br", "blank", "tab")
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
}
_NEEDED = {
    "blank": (
        ("name", '写明填什么，例如 name="学生姓名"。'),
        ("width", '写明几个字宽，例如 width="8"。'),
    ),
    "table": (("widths", '写明各列宽度之比，例如 widths="2 3 2 3"。'),),
}
_CLOSES = {"endif": "if", "endfor": "for"}
_BETWEEN = {"elif": ("if",), "else": ("if", "for")}


def holds_blocks(cell: Element) -> bool:
    """Tell whether a cell holds paragraphs rather than plain text."""
    return any(child.name in BLOCKS for child in cell.elements())


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
        if element.name == "blank":
            yield from self.blank(element)
        if element.name == "table":
            yield from self.columns(element)
        allowed = _CHILDREN.get(element.name, ())
        for child in element.children:
            if isinstance(child, Element):
                yield from self.child(child, element, allowed)
            else:
                yield from self.loose(child, element)

    def child(self, child: Element, parent: Element, allowed: Collection[str]) -> Iterator[Problem]:
        place = self.flat.place(child.offset)
        if child.name not in _CHILDREN:
            yield problem(
                "TMPL026",
                place,
                name=child.name,
                advice=advice_for_name(child.name, sorted(set(_CHILDREN) - {"body"})),
            )
            return
        if child.name not in allowed or (
            parent.name in ("td", "th") and child.name in INLINE and holds_blocks(parent)
        ):
            yield problem("TMPL028", place, name=child.name, parent=parent.name)
        yield from self.element(child)

    def loose(self, node: Text | Tag, parent: Element) -> Iterator[Problem]:
        """Find text and variables where no paragraph would print them."""
        inline = parent.name in (*PARAGRAPHS, "b", "span", "blank") or (
            parent.name in ("td", "th") and not holds_blocks(parent)
        )
        if isinstance(node, Text):
            if not inline and node.text.strip():
                lead = len(node.text) - len(node.text.lstrip())
                yield problem(
                    "TMPL025", self.flat.place(node.offset + lead), text=node.text.strip()[:20]
                )
            return
        place = self.flat.place(node.offset)
        if any(sign in node.code for sign in "“”‘’"):
            yield problem(
                "TMPL031", place, found=next(sign for sign in node.code if sign in "“”‘’")
            )
        if node.kind == "variable" and not inline:
            yield problem("TMPL034", place, code=node.code)
        if node.kind == "block" and ("%" in node.code or "}" in node.code):
            yield problem("TMPL030", place)
        if node.kind == "block" and parent.name == "tr":
            yield problem("TMPL028", place, name=node.word, parent="tr")

    def statements(self, element: Element) -> Iterator[Problem]:
        """Check that statements open and close among the children of one element."""
        stack: list[Tag] = []
        for tag in (c for c in element.children if isinstance(c, Tag) and c.kind == "block"):
            if tag.word in ("if", "for"):
                stack.append(tag)
            elif tag.word in _BETWEEN and not (stack and stack[-1].word in _BETWEEN[tag.word]):
                yield problem("TMPL029", self.flat.place(tag.offset), word=tag.word)
            elif tag.word in _CLOSES:
                if stack and stack[-1].word == _CLOSES[tag.word]:
                    stack.pop()
                else:
                    yield problem("TMPL029", self.flat.place(tag.offset), word=tag.word)
        for tag in stack:
            yield problem("TMPL029", self.flat.place(tag.offset), word=tag.word)

    def attributes(self, element: Element) -> Iterator[Problem]:
        place = self.flat.place(element.offset)
        known = _ATTRIBUTES.get(element.name, ())
        for name in element.attributes:
            if element.name != "body" and name not in known:
                yield problem(
                    "TMPL035",
                    place,
                    name=element.name,
                    attribute=name,
                    advice=advice_for_name(name, known),
                )
        for name, advice in _NEEDED.get(element.name, ()):
            if name not in element.attributes:
                yield problem("TMPL032", place, name=element.name, attribute=name, advice=advice)
        yield from self.numbers(element)
        style = element.attributes.get("class")
        if style and element.name in (*PARAGRAPHS, "td", "th") and style not in self.styles:
            yield problem(
                "TMPL027", place, style=style, advice=advice_for_name(style, sorted(self.styles))
            )
        if style and element.name == "span" and style not in SPAN_CLASSES:
            yield problem(
                "TMPL027", place, style=style, advice=advice_for_name(style, SPAN_CLASSES)
            )

    def numbers(self, element: Element) -> Iterator[Problem]:
        for name in ("colspan", "rowspan", "width", "height", "widths"):
            value = element.attributes.get(name)
            if value is not None and not all(_is_number(part) for part in value.split() or [""]):
                yield problem(
                    "TMPL032",
                    self.flat.place(element.offset),
                    name=element.name,
                    attribute=name,
                    advice="这里要写数字。",
                )

    def blank(self, element: Element) -> Iterator[Problem]:
        inside = [c for c in element.children if not (isinstance(c, Text) and not c.text.strip())]
        if len(inside) > 1 or any(
            not (isinstance(c, Tag) and c.kind == "variable") for c in inside
        ):
            place = self.flat.place(element.offset)
            yield problem("TMPL028", place, name="其他内容", parent="blank")

    def columns(self, table: Element) -> Iterator[Problem]:
        """Check that every row fills the columns, cells that span rows included."""
        widths = table.attributes.get("widths", "").split()
        reach: list[int] = [0] * len(widths)
        for row in table.elements():
            if row.name != "tr":
                continue
            taken = sum(1 for left in reach if left > 0)
            cells = [c for c in row.elements() if c.name in ("td", "th")]
            count = taken + sum(_span(cell, "colspan") for cell in cells)
            if count != len(widths):
                yield problem(
                    "TMPL033", self.flat.place(row.offset), cells=count, columns=len(widths)
                )
                return
            reach = _reach(reach, cells)


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
