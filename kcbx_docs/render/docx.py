"""Fill Word templates: docxtpl's own patching once per template, then only Jinja per paper."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Template
from lxml import etree

from kcbx_docs.packs.language import environment
from kcbx_docs.problems import Place, Problems, problem
from kcbx_docs.render.text import tight
from kcbx_docs.render.word import W, write_zip

_BODY, _P, _PPR, _R, _T, _TC, _SECT = (f"{{{W}}}{name}" for name in ("body", "p", "pPr", "r", "t", "tc", "sectPr"))
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_DOCUMENT = "word/document.xml"


@dataclass(frozen=True)
class WordTemplate:
    """A Word template with its tags patched and compiled; everything else as it was."""

    parts: Mapping[str, bytes]
    compiled: Mapping[str, Template]

    def fill(self, context: Mapping[str, Any]) -> bytes:
        """Return the filled Word file; the same context gives the same bytes."""
        return write_zip({**self.parts, **{name: _serial(self.part(name, context)) for name in self.compiled}})

    def part(self, name: str, context: Mapping[str, Any]) -> etree._Element:
        """Fill one part, strictly parsed and tidied."""
        text = self.compiled[name].render(context)
        if "\n" in text or "\t" in text:
            text = _PATCHER.resolve_listing(text)
        root = etree.fromstring(text.encode(), _PARSER)
        _tidy(root)
        return root


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
    for run in list(root.iter(_R)):
        content = [child for child in run if not child.tag.endswith("}rPr")]
        if all(child.tag == _T and not child.text for child in content):
            run.getparent().remove(run)
    for cell in root.iter(_TC):
        if len(cell) == 0 or cell[-1].tag != _P:
            etree.SubElement(cell, _P)


def _serial(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def merge(template: WordTemplate, bodies: Sequence[etree._Element], *, duplex: bool) -> bytes:
    """Join filled documents of one layout kind into one Word file, each a section of its own.

    ``bodies`` are document parts as ``WordTemplate.part`` gives them; page numbers start anew in each.
    With ``duplex`` every section starts on an odd page, so the back of a slip stays blank.
    """
    kind = "oddPage" if duplex else "nextPage"
    merged = bodies[0]
    body = merged.find(_BODY)
    assert body is not None
    for number, document in enumerate(bodies):
        source = document.find(_BODY)
        assert source is not None
        section = source.find(_SECT)
        assert section is not None
        _start_section(section, kind if number else "nextPage")
        source.remove(section)
        if number:
            body.extend(list(source))
        if number < len(bodies) - 1:
            _end_section(body, section)
        else:
            body.append(section)
    return write_zip({**template.parts, **_headers(template), _DOCUMENT: _serial(merged)})


def _headers(template: WordTemplate) -> dict[str, bytes]:
    return {name: template.parts[name] for name in template.compiled if name != _DOCUMENT}


def _start_section(section: etree._Element, kind: str) -> None:
    kind_element = section.find(f"{{{W}}}type")
    assert kind_element is not None
    kind_element.set(f"{{{W}}}val", kind)
    if section.find(f"{{{W}}}pgNumType") is None:
        numbers = etree.Element(f"{{{W}}}pgNumType", {f"{{{W}}}start": "1"})
        margins = section.find(f"{{{W}}}pgMar")
        assert margins is not None
        margins.addnext(numbers)


def _end_section(body: etree._Element, section: etree._Element) -> None:
    """Hang a section's properties on its last paragraph."""
    last = body[-1]
    if last.tag != _P:
        last = etree.SubElement(body, _P)
        properties = etree.SubElement(last, _PPR)
        etree.SubElement(properties, f"{{{W}}}spacing", {f"{{{W}}}line": "20", f"{{{W}}}lineRule": "exact"})
    else:
        found = last.find(_PPR)
        properties = etree.Element(_PPR) if found is None else found
        if found is None:
            last.insert(0, properties)
    properties.append(section)


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
