"""Fill Word templates: docxtpl's own patching once per template, then only Jinja per paper."""

import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from itertools import accumulate, chain, zip_longest
from types import MappingProxyType
from typing import Any

from jinja2 import Template
from lxml import etree

from kcbx_docs.light import dataclass, regex
from kcbx_docs.packs.language import environment
from kcbx_docs.packs.values import joined_lines
from kcbx_docs.problems import Place, Problems, problem
from kcbx_docs.render.container import Packed, pack, write_container
from kcbx_docs.render.kepttemplates import template_of, text_of
from kcbx_docs.render.pictures import codes_in, drawn, with_pictures
from kcbx_docs.render.text import part_paragraphs, tight, tight_line
from kcbx_docs.render.wordfile import core_xml
from kcbx_docs.render.wordreading import DOCUMENT, RELATIONS, first_header
from kcbx_docs.render.wordruns import dressed
from kcbx_docs.xml_text import escape, unescape

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
CORE, FIRST_HEADER = "docProps/core.xml", "word/header_first.xml"
_EMPTY_TEXT = regex(r"<w:t(?: [^<>]*)?(?:/>|></w:t>)</w:r>")
_ONLY_LOOKS = regex(r"<w:r(?: [^<>]*)?>(?:<w:rPr>.*</w:rPr>)?")
_CELL_END = regex(r"(</w:p>|<w:p(?: [^<>]*)?/>)?</w:tc>")
_CELL_OR_TEXT = regex(r"</?w:tc(?: [^<>]*)?>|<w:t(?: [^<>]*)?>([^<>]*)</w:t>")
Broken = Mapping[str, Sequence[str]]
BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_PARAGRAPH = regex(r"<w:p(?: [^<>]*)?>(?:(?!<w:p[ >]).)*?</w:p>", re.DOTALL)
_TEXT = regex(r"<w:t(?: [^<>]*)?>([^<>]*)</w:t>")


@dataclass(frozen=True)
class WordTemplate:
    """A Word template with its tags patched and compiled; all else as it was, deflated once."""

    parts: Mapping[str, bytes]
    compiled: Mapping[str, Template]

    def fill(self, context: Mapping[str, Any]) -> bytes:
        """Return the filled Word file; the same context gives the same bytes."""
        return self.filled(context).data()

    def filled(
        self, context: Mapping[str, Any], broken: Broken = MappingProxyType({})
    ) -> "FilledWord":
        """Fill every part that holds tags; ``broken`` tells which paragraphs break, and where."""
        texts = {name: _tidy(part.render(context), broken) for name, part in self.compiled.items()}
        return FilledWord(self, texts)

    @cached_property
    def unchanged(self) -> tuple[Packed, ...]:
        """Return the parts without tags, deflated."""
        names = [name for name in self.parts if name not in self.compiled]
        return tuple(pack(name, self.parts[name], 9) for name in names)

    @cached_property
    def first_header(self) -> str:
        """Name the header of the first page alone; Word gives the parts that it saves other names
        than ours.
        """
        if FIRST_HEADER in self.parts or RELATIONS not in self.parts:
            return FIRST_HEADER
        if not any(name.startswith("word/header") for name in self.parts):
            return FIRST_HEADER
        names = (DOCUMENT, RELATIONS)
        return first_header({name: etree.fromstring(self.parts[name], _PARSER) for name in names})

    @cached_property
    def base(self) -> str:
        """Identify all but the text: documents with one base can be joined into one file."""
        digest = hashlib.sha256()
        for name in sorted(set(self.parts) - {DOCUMENT, CORE}):
            digest.update(f"{name}\0{len(self.parts[name])}\0".encode() + self.parts[name])
        return digest.hexdigest()


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
            line = error.lineno
            detail = f"标签放错了位置，文件已不完整（第 {line} 行）。"
            return (problem("REND017", Place(), detail=detail),)

    def paragraphs(self) -> tuple[str, ...]:
        """List the paragraphs: the first page's header, then the body."""
        found: list[str] = []
        for name in (self.template.first_header, DOCUMENT):
            if name in self.texts:
                found += part_paragraphs(etree.fromstring(self.texts[name].encode(), _PARSER))
            elif name in self.template.parts:
                found += part_paragraphs(etree.fromstring(self.template.parts[name], _PARSER))
        return tuple(found)

    @property
    def codes(self) -> tuple[str, ...]:
        """List the codes that it draws."""
        return tuple(chain.from_iterable(map(codes_in, self.texts.values())))

    def data(self, title: str = "", author: str = "", subject: str = "") -> bytes:
        """Return the Word file; with a title it says what it is, whose, and of which case."""
        texts = dict(self.texts)
        if title and CORE in self.template.parts:
            texts[CORE] = core_xml(title, author, subject)
        parts = with_pictures(texts, self.template.parts)
        kept = [part for part in self.template.unchanged if part.name not in parts]
        return write_container((*kept, *(pack(name, data) for name, data in parts.items())))


@cache
def _patcher() -> Callable[[str], str]:
    """Return docxtpl's function on text; no document is opened."""
    from docxtpl import DocxTemplate  # loads all of python-docx

    template = DocxTemplate.__new__(DocxTemplate)
    template.docx = None
    patch: Callable[[str], str] = template.patch_xml
    return patch


def _patch(source: str) -> str:
    return _patcher()(source)


def load_template(data: bytes) -> WordTemplate:
    """Read a Word template and compile the parts that hold tags."""
    parts = _parts(data)
    compiled = {name: template_of(source) for name, source in _patched(parts)}
    return WordTemplate(parts, compiled)


@lru_cache(maxsize=128)
def check_template(data: bytes) -> None:
    """Read the tags of a Word template as if to fill it; raise where they cannot be read."""
    for _, source in _patched(_parts(data)):
        environment.parse(source)


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def _patched(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Yield the parts that hold tags, patched by docxtpl."""
    for name, content in parts.items():
        if _holds_tags(name, content):
            source = etree.tostring(etree.fromstring(content, _PARSER), encoding="unicode")
            yield name, text_of(source, _patch, "docxtpl")


def _holds_tags(name: str, content: bytes) -> bool:
    if name == DOCUMENT:
        return True
    return name.startswith(("word/header", "word/footer")) and b"{" in content


def _tidy(text: str, broken: Broken) -> str:
    """Drop the empty runs that statements leave behind; a cell must end with a paragraph."""
    if "\n" in text:
        text = "".join(_lines_broken(text))
    if broken:
        text = "".join(_broken_as_told(text, broken))
    text = drawn(dressed("".join(_without_empty_runs(text))))
    if text.count("</w:tc>") != text.count("</w:p></w:tc>"):
        text = _CELL_END.sub(lambda end: end[0] if end[1] else f"<w:p/>{end[0]}", text)
    return _HEAD + text


def _broken_as_told(text: str, broken: Broken) -> Iterator[str]:
    """Break the titles and cells that the source text breaks."""
    last = 0
    for paragraph in _PARAGRAPH.finditer(text):
        texts = list(_TEXT.finditer(text, *paragraph.span()))
        lines = broken.get(tight(unescape("".join(found[1] for found in texts))))
        if not lines:
            continue
        ends = set(accumulate(len(tight(line)) for line in lines[:-1]))
        count = 0
        for found in texts:
            yield text[last : found.start(1)]
            for char in unescape(found[1]):
                if char.isspace():
                    yield char
                    continue
                yield (BREAK if count in ends else "") + escape(char)
                ends -= {count}
                count += 1
            last = found.end(1)
    yield text[last:]


def _lines_broken(text: str) -> Iterator[str]:
    """Keep the line breaks of values in the cells of tables, join the lines elsewhere."""
    last = depth = 0
    for found in _CELL_OR_TEXT.finditer(text):
        if found[1] is None:
            depth += -1 if found[0].startswith("</") else 1
        elif "\n" in found[1]:
            lines = found[1].split("\n")
            yield text[last : found.start(1)]
            yield BREAK.join(lines) if depth else joined_lines(lines)
            last = found.end(1)
    yield text[last:]


def _without_empty_runs(text: str) -> Iterator[str]:
    last = 0
    for empty in _EMPTY_TEXT.finditer(text):
        end = empty.start()
        start = max(text.rfind("<w:r>", last, end), text.rfind("<w:r ", last, end))
        if start >= 0 and _ONLY_LOOKS.fullmatch(text, start, end):
            yield text[last:start]
            last = empty.end()
    yield text[last:]


def compare(expected: Sequence[str], actual: Sequence[str]) -> Problems:
    """Say where the words of a Word file differ from the source text."""
    pairs = zip_longest(map(tight_line, expected), map(tight_line, actual), fillvalue="（没有）")
    for number, (wanted, found) in enumerate(pairs, 1):
        if wanted != found:
            detail = f"第 {number} 段应为「{_shorten(wanted)}」，实为「{_shorten(found)}」。"
            return (problem("REND017", Place(), detail=detail),)
    return ()


def _shorten(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}……"
