"""Word files joined section by section: the papers of a class in one file, written as they come."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from kcbx_docs.light import dataclass, regex
from kcbx_docs.problems import Place, stop
from kcbx_docs.render.container import Packing, pack, write_container
from kcbx_docs.render.docx import CORE, FilledWord, WordTemplate
from kcbx_docs.render.pictures import Pictures
from kcbx_docs.render.wordfile import core_xml
from kcbx_docs.render.wordreading import DOCUMENT

_KIND = regex(r"<w:type [^<>]*/>")
_NUMBERS = regex(r"<w:pgNumType[^<>]*/>")
_BEFORE_NUMBERS = regex(r"<w:(?:pgMar|paperSrc|lnNumType)\b[^<>]*/>|</w:pgBorders>")
_SECTION_CHANGE = regex(r"<w:sectPrChange .*?</w:sectPrChange>")
_A4 = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
_LAST_LINE = '<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/>', "</w:pPr></w:p>"


class Joinable(Protocol):
    """A filled document that can stand in one file with others."""

    @property
    def template(self) -> WordTemplate:
        """Return the template that it was filled from."""

    @property
    def opening(self) -> str:
        """Return what stands before the body."""

    @property
    def headers(self) -> Mapping[str, str]:
        """Return the other parts that were filled."""

    def text(self, kind: str, *, last: bool) -> str:
        """Return the content with its section properties; the last section's close the body."""


@dataclass(frozen=True)
class Section:
    """A filled document as one section of a larger file.

    ``cut`` is where its last paragraph takes the section's properties.
    """

    template: WordTemplate
    opening: str
    content: str
    cut: int | None
    properties: str
    headers: Mapping[str, str]

    def text(self, kind: str, *, last: bool) -> str:
        """Return the content with its section properties; the last section's close the body."""
        start = self.properties.index("<w:pgSz")
        properties = f'{self.properties[:start]}<w:type w:val="{kind}"/>{self.properties[start:]}'
        if last:
            return self.content + properties
        if self.cut is None:
            return properties.join((self.content + _LAST_LINE[0], _LAST_LINE[1]))
        return properties.join((self.content[: self.cut], self.content[self.cut :]))


def section_of(word: FilledWord) -> Section:
    """Return a document as a section beside which others can stand."""
    text = _SECTION_CHANGE.sub("", word.texts[DOCUMENT])
    start, end = text.index("<w:body>") + len("<w:body>"), text.rindex("</w:body>")
    last = text.rindex("<w:sectPr") if text[:end].endswith("</w:sectPr>") else end
    content, properties = text[start:last], text[last:end] or _A4
    return Section(
        template=word.template,
        opening=text[:start],
        content=content,
        cut=_cut(content),
        properties=_restarted(properties),
        headers={name: part for name, part in word.texts.items() if name != DOCUMENT},
    )


def _restarted(properties: str) -> str:
    """Make page numbers start anew; the kind of section is left open."""
    numbers = _NUMBERS.search(properties)
    if numbers is None:
        # The schema fixes the order of the properties: after the last that stands before numbers.
        at = properties.index(">") + 1
        for found in _BEFORE_NUMBERS.finditer(properties):
            at = found.end()
        properties = f'{properties[:at]}<w:pgNumType w:start="1"/>{properties[at:]}'
    elif "w:start=" not in numbers[0]:
        properties = properties.replace("<w:pgNumType", '<w:pgNumType w:start="1"', 1)
    return _KIND.sub("", properties)


def _cut(content: str) -> int | None:
    """Find the end of the properties of the last paragraph, if it is a plain one that has some."""
    start = max(content.rfind("<w:p>"), content.rfind("<w:p "))
    last = content[start:]
    end = last.find("</w:pPr>")
    if end < 0 or not content.endswith("</w:p>"):
        return None
    # A text box holds paragraphs of its own; a tracked change holds properties of its own.
    if last.count("</w:p>") > 1 or "<w:pPrChange" in last:
        return None
    return start + end


class Joined:
    """A Word file to which documents of templates with one base are added, one after another.

    Page numbers start anew in each. With ``duplex`` every document starts on an odd page, so the
    back of a slip stays blank. Only what is deflated is kept.
    """

    def __init__(self, *, duplex: bool, title: str, author: str = "") -> None:
        self.title, self.author = title, author
        self.following = "oddPage" if duplex else "nextPage"
        self.document = Packing(DOCUMENT)
        self.pictures = Pictures()
        self.count = 0
        self.first: Joinable | None = None
        self._held: Joinable | None = None

    def add(self, section: Joinable) -> None:
        """Add a document; the one before it is written, for now it is known not to be the last."""
        if self.first is None:
            self.first = section
            self.document.add(section.opening)
        if section.headers != self.first.headers:
            raise stop("REND040", Place(), title=self.title)
        if self._held is not None:
            self._write(self._held, last=False)
        self._held = section

    def _write(self, section: Joinable, *, last: bool) -> None:
        kind = self.following if self.count else "nextPage"
        self.count += 1
        self.document.add(self.pictures.numbered(section.text(kind, last=last)))

    def data(self) -> bytes:
        """Return the file."""
        assert self.first is not None and self._held is not None
        self._write(self._held, last=True)
        self.document.add("</w:body></w:document>")
        template = self.first.template
        changed: dict[str, str | bytes] = {
            CORE: core_xml(self.title, self.author),
            **(_feet_by_section(template) if self.count > 1 else {}),
            **self.first.headers,
        }
        more = self.pictures.parts(DOCUMENT, template.parts)
        names = {*changed, *more, DOCUMENT}
        unchanged = [part for part in template.unchanged if part.name not in names]
        packed = [pack(name, data) for name, data in changed.items()]
        pictures = (pack(name, data) for name, data in more.items())
        return write_container((*unchanged, *packed, self.document.packed(), *pictures))


def join_sections(
    sections: Iterable[Joinable], *, duplex: bool, title: str, author: str = ""
) -> bytes:
    """Join filled documents into one Word file."""
    file = Joined(duplex=duplex, title=title, author=author)
    for section in sections:
        file.add(section)
    return file.data()


def _feet_by_section(template: WordTemplate) -> dict[str, bytes]:
    """Make 共 x 页 count the pages of each section: in one file of many it would count all.

    LibreOffice knows the pages of the whole file alone: a file of one paper counts those.
    """
    feet: dict[str, bytes] = {}
    for name, data in template.parts.items():
        if b" NUMPAGES " in data:
            feet[name] = data.replace(b" NUMPAGES ", b" SECTIONPAGES ")
    return feet
