"""The words of a paper, from its source text and from a Word file: what must be the same."""

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from kcbx_docs.light import regex
from kcbx_docs.packs.markup import Element, Text
from kcbx_docs.packs.structure import PARAGRAPHS, holds_blocks
from kcbx_docs.render.word import W, style_id

_SPACE = regex(r"\s+")
_P, _STYLE, _T, _BR, _HYPHEN, _VAL, _TYPE = (
    f"{{{W}}}{name}" for name in ("p", "pStyle", "t", "br", "noBreakHyphen", "val", "type")
)


def tight(text: str) -> str:
    """Take all white space out: layouts may space words differently, never lose one."""
    return _SPACE.sub("", text)


def tight_line(text: str) -> str:
    """Take the white space out of a text; its line breaks stay."""
    return "\n".join(map(tight, text.split("\n")))


def lines(root: Element) -> tuple[str, ...]:
    """List the paragraphs of a filled tree as ``paragraphs`` does, with their line breaks."""
    return tuple(text for text in map(tight_line, _paragraphs(root)) if text.strip())


def paragraphs(root: Element) -> tuple[str, ...]:
    """List the paragraphs of a filled tree in reading order, without white space or empty ones."""
    return tuple(filter(None, map(tight, _paragraphs(root))))


def _paragraphs(element: Element) -> Iterator[str]:
    for child in element.elements():
        if child.name in PARAGRAPHS or (child.name in ("td", "th") and not holds_blocks(child)):
            yield "".join(with_breaks(child))
        else:
            yield from _paragraphs(child)


def with_breaks(element: Element) -> Iterator[str]:
    """Yield the texts of a paragraph and the line breaks between them."""
    for node in element.walk():
        if isinstance(node, Text):
            yield node.text
        elif isinstance(node, Element) and node.name == "br":
            yield "\n"


def docx_paragraphs(data: bytes) -> tuple[str, ...]:
    """List the paragraphs of a Word file: the first page's header, then the body."""
    texts: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        for name in ("word/header_first.xml", "word/document.xml"):
            if name in names:
                texts += xml_paragraphs(archive.read(name))
    return tuple(texts)


def xml_paragraphs(part: bytes) -> tuple[str, ...]:
    """List the paragraphs of one part of a Word file."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return tuple(map(tight, part_paragraphs(etree.fromstring(part, parser))))


def part_paragraphs(root: etree._Element) -> tuple[str, ...]:
    """List the paragraphs of a parsed part of a Word file, with their line breaks; the mark of a
    draft is none.
    """
    texts: list[list[str]] = [[]]
    draft = style_id("草稿")
    marks: list[int] = []
    for node in root.iter(_P, _STYLE, _T, _BR, _HYPHEN):
        if node.tag == _P:
            texts.append([])
        elif node.tag == _T:
            texts[-1].append(node.text or "")
        elif node.tag == _BR:
            texts[-1].append("" if node.get(_TYPE) in ("page", "column") else "\n")
        elif node.tag == _HYPHEN:
            texts[-1].append("-")
        elif node.get(_VAL) == draft:
            marks.append(len(texts) - 1)
    for number in marks:
        texts[number].clear()
    found = (tight_line("".join(runs)) for runs in texts)
    return tuple(text for text in found if text.strip())


def parts_of(root: Element) -> dict[str, str]:
    """Return the text of every part that is marked: name -> words."""
    found: dict[str, str] = {}
    for node in root.walk():
        if isinstance(node, Element) and (name := node.attributes.get("part")):
            for single in name.split():
                found[single] = found.get(single, "") + tight(node.text())
    return found


def characters(root: Element) -> str:
    """Return every distinct character of a filled tree."""
    found: set[str] = set()
    for node in root.walk():
        if isinstance(node, Text):
            found.update(node.text)
    return "".join(sorted(found))
