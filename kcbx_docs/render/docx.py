"""Fill Word templates: docxtpl's own patching once per template, then only Jinja per paper."""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Template
from lxml import etree

from kcbx_docs.packs.language import environment
from kcbx_docs.problems import Place, Problems, problem, stop
from kcbx_docs.render.container import Packed, pack, write_container
from kcbx_docs.render.text import part_paragraphs, tight
from kcbx_docs.render.word import core_xml

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DOCUMENT, _CORE, _FIRST_HEADER = "word/document.xml", "docProps/core.xml", "word/header_first.xml"
_EMPTY_TEXT = re.compile(r"<w:t(?: [^<>]*)?(?:/>|></w:t>)</w:r>")
_ONLY_LOOKS = re.compile(r"<w:r(?: [^<>]*)?>(?:<w:rPr>.*</w:rPr>)?")
_CELL_END = re.compile(r"(</w:p>|<w:p(?: [^<>]*)?/>)?</w:tc>")
_KIND = re.compile(r"<w:type [^<>]*/>")
_NUMBERS = re.compile(r"<w:pgNumType[^<>]*/>")
_BEFORE_NUMBERS = re.compile(r"<w:(?:pgMar|paperSrc|lnNumType)\b[^<>]*/>|</w:pgBorders>")
_SECTION_CHANGE = re.compile(r"<w:sectPrChange .*?</w:sectPrChange>")
_A4 = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
_LAST_LINE = '<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/>', "</w:pPr></w:p>"


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
        return FilledWord(
            self, {name: _tidy(part.render(context)) for name, part in self.compiled.items()}
        )

    @cached_property
    def unchanged(self) -> tuple[Packed, ...]:
        """Return the parts without tags, deflated."""
        return tuple(
            pack(name, data, 9) for name, data in self.parts.items() if name not in self.compiled
        )

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
    opening: str
    content: str
    cut: int | None
    properties: str
    headers: Mapping[str, str]

    def text(self, kind: str, *, last: bool) -> str:
        """Return the content with its section properties; those of the last section close the body."""
        start = self.properties.index("<w:pgSz")
        properties = f'{self.properties[:start]}<w:type w:val="{kind}"/>{self.properties[start:]}'
        if last:
            return self.content + properties
        if self.cut is None:
            return properties.join((self.content + _LAST_LINE[0], _LAST_LINE[1]))
        return properties.join((self.content[: self.cut], self.content[self.cut :]))


@dataclass(frozen=True)
class FilledWord:
    """A filled Word document: the texts of the parts that hold tags in its template."""

    template: WordTemplate
    texts: Mapping[str, str]

    def compare(self, expected: Sequence[str]) -> Problems:
        """Say where the words differ from the source text; what is not XML any more is said too."""
        try:
            return compare(expected, self.paragraphs())
        except etree.XMLSyntaxError as error:
            return (
                problem(
                    "REND017", Place(), detail=f"标签放错了位置，文件已不完整（{error.msg}）。"
                ),
            )

    def paragraphs(self) -> tuple[str, ...]:
        """List the paragraphs: the first page's header, then the body."""
        names = [name for name in (_FIRST_HEADER, _DOCUMENT) if name in self.template.parts]
        parts = (
            self.texts[name].encode() if name in self.texts else self.template.parts[name]
            for name in names
        )
        return tuple(
            text for part in parts for text in part_paragraphs(etree.fromstring(part, _PARSER))
        )

    def data(self) -> bytes:
        """Return the Word file."""
        return write_container(
            (*self.template.unchanged, *(pack(name, text) for name, text in self.texts.items()))
        )

    def section(self) -> Section:
        """Return the document as a section beside which others can stand."""
        text = _SECTION_CHANGE.sub("", self.texts[_DOCUMENT])
        start, end = text.index("<w:body>") + len("<w:body>"), text.rindex("</w:body>")
        last = text.rindex("<w:sectPr") if text[:end].endswith("</w:sectPr>") else end
        content, properties = text[start:last], text[last:end] or _A4
        headers = {name: part for name, part in self.texts.items() if name != _DOCUMENT}
        return Section(
            self.template, text[:start], content, _cut(content), _restarted(properties), headers
        )


class _Patcher(DocxTemplate):  # type: ignore[misc]
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
        if name == _DOCUMENT or (
            name.startswith(("word/header", "word/footer")) and b"{" in content
        ):
            source = etree.tostring(etree.fromstring(content, _PARSER), encoding="unicode")
            compiled[name] = environment.from_string(_PATCHER.patch_xml(source))
    return WordTemplate(parts, compiled)


def _tidy(text: str) -> str:
    """Drop the empty runs that statements leave behind; a cell must end with a paragraph."""
    if "\n" in text or "\t" in text:
        text = _PATCHER.resolve_listing(text)
    text = "".join(_without_empty_runs(text))
    if text.count("</w:tc>") != text.count("</w:p></w:tc>"):
        text = _CELL_END.sub(lambda end: end[0] if end[1] else f"<w:p/>{end[0]}", text)
    return _HEAD + text


def _without_empty_runs(text: str) -> Iterator[str]:
    last = 0
    for empty in _EMPTY_TEXT.finditer(text):
        start = max(
            text.rfind("<w:r>", last, empty.start()), text.rfind("<w:r ", last, empty.start())
        )
        if start >= 0 and _ONLY_LOOKS.fullmatch(text, start, empty.start()):
            yield text[last:start]
            last = empty.end()
    yield text[last:]


def _restarted(properties: str) -> str:
    """Make page numbers start anew; the kind of section is left open."""
    numbers = _NUMBERS.search(properties)
    if numbers is None:
        at = max(
            (found.end() for found in _BEFORE_NUMBERS.finditer(properties)),
            default=properties.index(">") + 1,
        )
        properties = f'{properties[:at]}<w:pgNumType w:start="1"/>{properties[at:]}'
    elif "w:start=" not in numbers[0]:
        properties = properties.replace("<w:pgNumType", '<w:pgNumType w:start="1"', 1)
    return _KIND.sub("", properties)


def _cut(content: str) -> int | None:
    """Find the end of the properties of the last paragraph, if it is a plain one that has some."""
    start = max(content.rfind("<w:p>"), content.rfind("<w:p "))
    last = content[start:]
    end = last.find("</w:pPr>")
    plain = content.endswith("</w:p>") and last.count("</w:p>") == 1 and "<w:pPrChange" not in last
    return start + end if plain and end >= 0 else None


def merge(sections: Sequence[Section], *, duplex: bool, title: str) -> bytes:
    """Join filled documents of templates with one base into one Word file; page numbers start anew in each.

    With ``duplex`` every document starts on an odd page, so the back of a slip stays blank.
    """
    first, last = sections[0], len(sections) - 1
    if any(section.headers != first.headers for section in sections):
        raise stop("REND040", Place(), title=title)
    kinds = ("nextPage", *["oddPage" if duplex else "nextPage"] * last)
    texts = (
        section.text(kinds[number], last=number == last) for number, section in enumerate(sections)
    )
    whole = "".join([first.opening, *texts, "</w:body></w:document>"])
    feet = {  # in one file of many, 共 x 页 counts the pages of each section
        name: data.replace(b" NUMPAGES ", b" SECTIONPAGES ")
        for name, data in first.template.parts.items()
        if b" NUMPAGES " in data
    }
    changed: dict[str, str | bytes] = {
        _CORE: core_xml(title),
        **feet,
        **first.headers,
        _DOCUMENT: whole,
    }
    unchanged = [part for part in first.template.unchanged if part.name not in changed]
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
