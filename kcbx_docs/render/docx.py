"""Fill Word templates: docxtpl's own patching once per template, then only Jinja per paper."""

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from docxtpl import DocxTemplate
from jinja2 import Template
from lxml import etree

from kcbx_docs.packs.language import environment
from kcbx_docs.problems import Place, Problems, problem, stop
from kcbx_docs.render.container import Packed, pack, write_container
from kcbx_docs.render.text import part_paragraphs, tight
from kcbx_docs.render.word import W, core_xml

_BODY, _P, _PPR, _CHANGE, _SECT = (f"{{{W}}}{name}" for name in ("body", "p", "pPr", "pPrChange", "sectPr"))
_TYPE, _PAGE, _NUMBERS = f"{{{W}}}type", f"{{{W}}}pgSz", f"{{{W}}}pgNumType"
_BEFORE_NUMBERS = tuple(f"{{{W}}}{name}" for name in ("pgMar", "paperSrc", "pgBorders", "lnNumType"))
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_DOCUMENT, _CORE, _FIRST_HEADER = "word/document.xml", "docProps/core.xml", "word/header_first.xml"
_KIND, _CUT = "kind", ("cut", "here")
_LAST_LINE = b'<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/>', b"</w:pPr></w:p>"
_EMPTY_RUNS = etree.XPath(
    "//w:r[not(w:t/text()) and not(*[not(self::w:rPr or self::w:t)])]", namespaces={"w": W}
)
_OPEN_CELLS = etree.XPath("//w:tc[not(*[last()][self::w:p])]", namespaces={"w": W})


@dataclass(frozen=True)
class WordTemplate:
    """A Word template with its tags patched and compiled; everything else as it was, deflated once."""

    parts: Mapping[str, bytes]
    compiled: Mapping[str, Template]

    def fill(self, context: Mapping[str, Any]) -> bytes:
        """Return the filled Word file; the same context gives the same bytes."""
        return self.filled(context).data()

    def filled(self, context: Mapping[str, Any]) -> "FilledWord":
        """Fill every part that holds tags."""
        return FilledWord(self, {name: self._part(name, context) for name in self.compiled})

    def _part(self, name: str, context: Mapping[str, Any]) -> etree._Element:
        text = self.compiled[name].render(context)
        if "\n" in text or "\t" in text:
            text = _PATCHER.resolve_listing(text)
        root = etree.fromstring(text.encode(), _PARSER)
        _tidy(root)
        return root

    @cached_property
    def unchanged(self) -> tuple[Packed, ...]:
        """Return the parts without tags, deflated."""
        return tuple(pack(name, data, 9) for name, data in self.parts.items() if name not in self.compiled)

    @cached_property
    def base(self) -> str:
        """Identify all but the text: documents of templates with one base can be joined into one file."""
        digest = hashlib.sha256()
        for name in sorted(set(self.parts) - {_DOCUMENT, _CORE}):
            digest.update(f"{name}\0{len(self.parts[name])}\0".encode() + self.parts[name])
        return digest.hexdigest()


@dataclass(frozen=True)
class Section:
    """A filled document as one section of a larger file; ``cut`` is where its last paragraph takes the properties."""

    template: WordTemplate
    opening: bytes
    content: bytes
    cut: int | None
    properties: bytes
    closing: bytes
    headers: Mapping[str, bytes]

    def text(self, kind: str, *, last: bool) -> bytes:
        """Return the content with its section properties; those of the last section close the body."""
        properties = self.properties.replace(f'"{_KIND}"'.encode(), f'"{kind}"'.encode(), 1)
        if last:
            return self.content + properties
        if self.cut is None:
            return properties.join((self.content + _LAST_LINE[0], _LAST_LINE[1]))
        return properties.join((self.content[: self.cut], self.content[self.cut :]))


@dataclass(frozen=True)
class FilledWord:
    """A filled Word document: the trees of the parts that hold tags in its template."""

    template: WordTemplate
    roots: Mapping[str, etree._Element]

    def paragraphs(self) -> tuple[str, ...]:
        """List the paragraphs: the first page's header, then the body."""
        names = [name for name in (_FIRST_HEADER, _DOCUMENT) if name in self.template.parts]
        return tuple(text for name in names for text in part_paragraphs(self._root(name)))

    def data(self) -> bytes:
        """Return the Word file."""
        changed = (pack(name, _serial(root)) for name, root in self.roots.items())
        return write_container((*self.template.unchanged, *changed))

    def section(self) -> Section:
        """Return the document as a section beside which others can stand."""
        root = deepcopy(self._root(_DOCUMENT))
        body = root.find(_BODY)
        assert body is not None and body[-1].tag == _SECT
        _restart(body[-1])
        holder = _holder(body)
        if holder is not None:
            holder.append(etree.PI(*_CUT))
        body[-1].addprevious(etree.PI(*_CUT))
        body.insert(0, etree.PI(*_CUT))
        body.append(etree.PI(*_CUT))
        opening, *content, properties, closing = _serial(root).split(b"<?%s %s?>" % tuple(map(str.encode, _CUT)))
        headers = {name: _serial(part) for name, part in self.roots.items() if name != _DOCUMENT}
        cut = len(content[0]) if len(content) > 1 else None
        return Section(self.template, opening, b"".join(content), cut, properties, closing, headers)

    def _root(self, name: str) -> etree._Element:
        return self.roots[name] if name in self.roots else etree.fromstring(self.template.parts[name], _PARSER)


class _Patcher(DocxTemplate):
    """docxtpl's text functions without a document."""

    def __init__(self) -> None:  # no document is opened: only the functions on text are used
        self.docx = None


_PATCHER = _Patcher()


def load_template(data: bytes) -> WordTemplate:
    """Read a Word template and compile the parts that hold tags."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    compiled = {}
    for name, content in parts.items():
        if name == _DOCUMENT or (name.startswith(("word/header", "word/footer")) and b"{" in content):
            source = etree.tostring(etree.fromstring(content, _PARSER), encoding="unicode")
            compiled[name] = environment.from_string(_PATCHER.patch_xml(source))
    return WordTemplate(parts, compiled)


def _tidy(root: etree._Element) -> None:
    """Drop the empty runs that statements leave behind; a cell must end with a paragraph."""
    for run in cast(list[etree._Element], _EMPTY_RUNS(root)):
        parent = run.getparent()
        assert parent is not None
        parent.remove(run)
    for cell in cast(list[etree._Element], _OPEN_CELLS(root)):
        etree.SubElement(cell, _P)


def _serial(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _restart(section: etree._Element) -> None:
    """Make page numbers start anew, and mark where the kind of the section is written."""
    kind = section.find(_TYPE)
    if kind is None:
        kind = etree.Element(_TYPE)
        section.insert(next((n for n, child in enumerate(section) if child.tag == _PAGE), len(section)), kind)
    kind.set(f"{{{W}}}val", _KIND)
    numbers = section.find(_NUMBERS)
    if numbers is None:
        numbers = etree.Element(_NUMBERS)
        section.insert(max((n for n, child in enumerate(section) if child.tag in _BEFORE_NUMBERS), default=-1) + 1, numbers)
    numbers.set(f"{{{W}}}start", "1")


def _holder(body: etree._Element) -> etree._Element | None:
    """Return the properties of the last paragraph if they can take those of the section."""
    last = body[-2] if len(body) > 1 else None
    properties = last.find(_PPR) if last is not None and last.tag == _P else None
    return properties if properties is not None and properties.find(_CHANGE) is None else None


def merge(sections: Sequence[Section], *, duplex: bool, title: str) -> bytes:
    """Join filled documents of templates with one base into one Word file; page numbers start anew in each.

    With ``duplex`` every document starts on an odd page, so the back of a slip stays blank.
    """
    first = sections[0]
    if any(section.headers != first.headers for section in sections):
        raise stop("REND040", Place(), title=title)
    last = len(sections) - 1
    kinds = ("nextPage", *["oddPage" if duplex else "nextPage"] * last)
    texts = (section.text(kinds[number], last=number == last) for number, section in enumerate(sections))
    whole = b"".join([first.opening, *texts, first.closing])
    unchanged = [part for part in first.template.unchanged if part.name != _CORE]
    changed = {_CORE: core_xml(title).encode(), **first.headers, _DOCUMENT: whole}
    return write_container((*unchanged, *(pack(name, data) for name, data in changed.items())))


def compare(expected: Sequence[str], actual: Sequence[str]) -> Problems:
    """Say where the words of a Word file differ from the source text."""
    for number in range(max(len(expected), len(actual))):
        wanted = tight(expected[number]) if number < len(expected) else "（没有）"
        found = tight(actual[number]) if number < len(actual) else "（没有）"
        if wanted != found:
            detail = f"第 {number + 1} 段应为「{_shorten(wanted)}」，实为「{_shorten(found)}」。"
            return (problem("REND017", Place(), detail=detail),)
    return ()


def _shorten(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}……"
