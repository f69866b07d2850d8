"""The words of a paper, from its source text and from a Word file: what must be the same."""

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from kcbx_docs.packs.markup import Element, Text
from kcbx_docs.packs.structure import PARAGRAPHS, holds_blocks
from kcbx_docs.render.word import W, style_id

_SPACE = re.compile(r"\s+")
_P, _STYLE, _T, _VAL = (f"{{{W}}}{name}" for name in ("p", "pStyle", "t", "val"))


def tight(text: str) -> str:
    """Take all white space out: layouts may space words differently, never lose one."""
    return _SPACE.sub("", text)


def paragraphs(root: Element) -> tuple[str, ...]:
    """List the paragraphs of a filled tree in reading order, without white space and without empty ones."""
    return tuple(text for text in map(tight, _paragraphs(root)) if text)


def _paragraphs(element: Element) -> Iterator[str]:
    for child in element.elements():
        if child.name in PARAGRAPHS or (child.name in ("td", "th") and not holds_blocks(child)):
            yield child.text()
        else:
            yield from _paragraphs(child)


def docx_paragraphs(data: bytes) -> tuple[str, ...]:
    """List the paragraphs of a Word file: the first page's header, then the body."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        parts = [n for n in ("word/header_first.xml", "word/document.xml") if n in names]
        texts = [text for name in parts for text in xml_paragraphs(archive.read(name))]
    return tuple(texts)


def xml_paragraphs(part: bytes) -> tuple[str, ...]:
    """List the paragraphs of one part of a Word file."""
    return part_paragraphs(
        etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
    )


def part_paragraphs(root: etree._Element) -> tuple[str, ...]:
    """List the paragraphs of one part of a Word file that is already parsed; the mark of a draft is none."""
    texts: list[list[str]] = [[]]
    draft = style_id("草稿")
    marks = []
    for node in root.iter(_P, _STYLE, _T):
        if node.tag == _P:
            texts.append([])
        elif node.tag == _T:
            texts[-1].append(node.text or "")
        elif node.get(_VAL) == draft:
            marks.append(len(texts) - 1)
    found = (tight("".join(runs)) for number, runs in enumerate(texts) if number not in marks)
    return tuple(text for text in found if text)


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
    return "".join(sorted(set("".join(n.text for n in root.walk() if isinstance(n, Text)))))
