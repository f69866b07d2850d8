"""What a Word template says, as a person reads it: its paragraphs with their tags, where each of
them stands, and the words that stand beside the text (headers, notes, boxes, remarks, pictures).
"""

import posixpath
from collections.abc import Iterator, Mapping

from lxml import etree

from kcbx_docs.light import dataclass
from kcbx_docs.render.text import tight
from kcbx_docs.render.word import R, W

DOCUMENT = "word/document.xml"
RELATIONS = "word/_rels/document.xml.rels"
BOXES = ("txbxContent",)
_UNREAD = frozenset(("Fallback", "delText", "instrText", "delInstrText", "moveFrom"))
"""What a person does not see: another form of the same, what was deleted, codes of fields."""
_PAGES = ("page", "column")
_STORIES = {"hdr": "页眉", "ftr": "页脚"}
_NOTES = {"footnotes": "脚注", "endnotes": "尾注", "comments": "批注"}
_NAMED = (("descr", "图片的替代文字"), ("title", "图片的标题"), ("string", "艺术字"))


@dataclass(frozen=True)
class Paragraph:
    """One paragraph that has words: where it stands, and what it says; lines end with ``\\n``."""

    where: str
    text: str
    element: etree._Element

    @property
    def tight(self) -> str:
        """Return its words without white space."""
        return tight(self.text)


def w(name: str) -> str:
    """Write the name of an element or attribute of Word."""
    return f"{{{W}}}{name}"


_P = w("p")


def body_of(root: etree._Element) -> tuple[Paragraph, ...]:
    """List the paragraphs of the text, without what stands in boxes."""
    return tuple(_numbered("", _paragraphs(root)))


def stories_of(trees: Mapping[str, etree._Element]) -> Iterator[tuple[str, tuple[Paragraph, ...]]]:
    """Yield the headers and footers with their paragraphs, boxes included, by their parts."""
    for part, root in sorted(trees.items()):
        if name := _STORIES.get(etree.QName(root).localname):
            yield part, tuple(_numbered(name, _paragraphs(root, boxes=True)))


def boxed_in(root: etree._Element) -> tuple[Paragraph, ...]:
    """List the paragraphs that stand in boxes of the text."""
    found: list[tuple[str, etree._Element]] = []
    for box in root.iter(*map(w, BOXES)):
        if not any(etree.QName(one).localname == "Fallback" for one in box.iterancestors()):
            found += _paragraphs(box)
    return tuple(_numbered("文本框", found))


def notes_of(trees: Mapping[str, etree._Element]) -> Iterator[Paragraph]:
    """Yield the footnotes, endnotes and remarks that have words."""
    for _part, root in sorted(trees.items()):
        if name := _NOTES.get(etree.QName(root).localname):
            yield from _numbered(name, _paragraphs(root, boxes=True))


def beside_pictures(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield what is said of pictures and tables to who cannot see them, and words drawn as art."""
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        if name in ("docPr", "cNvPr", "shape", "textpath"):
            for key, told in _NAMED:
                if text := element.get(key, "").strip():
                    yield told, text
        elif name in ("tblCaption", "tblDescription") and (text := element.get(w("val"), "")):
            yield "表格的替代文字", text


def first_header(trees: Mapping[str, etree._Element]) -> str:
    """Name the part that is the header of the first page alone, nothing if there is none."""
    root, listed = trees.get(DOCUMENT), trees.get(RELATIONS)
    section = next(root.iter(w("sectPr")), None) if root is not None else None
    if section is None or listed is None or section.find(w("titlePg")) is None:
        return ""
    for reference in section.iterchildren(w("headerReference")):
        if reference.get(w("type")) == "first":
            return _part_of(listed, reference.get(f"{{{R}}}id", ""))
    return ""


def _part_of(listed: etree._Element, name: str) -> str:
    for one in listed.iter("{*}Relationship"):
        if one.get("Id") == name:
            return posixpath.normpath(posixpath.join("/word", one.get("Target", ""))).lstrip("/")
    return ""


def _numbered(
    story: str, found: Iterator[tuple[str, etree._Element]] | list[tuple[str, etree._Element]]
) -> Iterator[Paragraph]:
    number = 0
    for text, element in found:
        if tight(text):
            number += 1
            yield Paragraph(f"{story}第{number}段", text, element)


def _paragraphs(
    root: etree._Element, *, boxes: bool = False
) -> Iterator[tuple[str, etree._Element]]:
    """Yield the paragraphs below an element with their words; those of boxes stand apart."""
    for paragraph in _below(root, boxes):
        yield "".join(_words(paragraph)), paragraph


def _below(element: etree._Element, boxes: bool) -> Iterator[etree._Element]:
    for child in element.iterchildren(etree.Element):
        name = etree.QName(child).localname
        if name == "Fallback" or (name in BOXES and not boxes):
            continue
        if child.tag == _P:
            yield child
        yield from _below(child, boxes)


def _words(element: etree._Element) -> Iterator[str]:
    for child in element.iterchildren(etree.Element):
        name = etree.QName(child).localname
        if name in BOXES or name in _UNREAD:
            continue
        if name == "t":
            yield child.text or ""
        elif name == "br":
            yield "" if child.get(w("type")) in _PAGES else "\n"
        elif name == "cr":
            yield "\n"
        elif name == "noBreakHyphen":
            yield "-"
        elif name == "sym":
            yield f"〔符号{child.get(w('char'), '')}〕"
        else:
            yield from _words(child)
