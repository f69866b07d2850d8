"""Papers as PDF: one body one paper, several bodies one print file."""

import atexit
import logging
import re
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache, cached_property, lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from kcbx_docs.light import dataclass, regex
from kcbx_docs.packs.markup import Element
from kcbx_docs.problems import Place, Problem, Problems, errors, problem, with_subject
from kcbx_docs.render import cascade
from kcbx_docs.render.archive import VARIANT, write_archive
from kcbx_docs.render.css import draft_mark, stylesheet
from kcbx_docs.render.embedding import write_packed
from kcbx_docs.render.fonts import FontSet, FontUsed
from kcbx_docs.render.html import Page, document, to_html
from kcbx_docs.render.justify import cjk_justification
from kcbx_docs.render.native import (
    engine_alone,
    load_weasyprint,
    new_font_configuration,
    swept_here,
)
from kcbx_docs.render.pagecheck import check_pages
from kcbx_docs.render.stamping import DrawnLine, OpenPdf, Serial, open_lines, opened
from kcbx_docs.render.styles import DRAFT, Layout

DRAFT_TEXT = {"黑体": DRAFT}
_ADDED = regex(r"^(?:::|@counter-style ).*\n", re.MULTILINE)
_EMPTY = regex("<((?:br|col|meta)(?: [^<>]*)?)>")
_NOWHERE = "kcbx:/"
_NOTDEF = regex(r'\.notdef glyph .*"(.*)" \(U\+([0-9A-F]+)\)', re.DOTALL)


@dataclass(frozen=True)
class Body:
    """One paper to be printed: its filled tree, its layout kind, its title and its day.

    Problems name the template ``name``, and the paper ``subject`` where several are printed.
    A file is entitled ``title`` and says which ``case`` it belongs to; the first bookmark of the
    paper is its ``label``.
    """

    tree: Element
    layout: Layout
    title: str
    day: date
    name: str = ""
    page_limit: int | None = None
    subject: str = ""
    case: str = ""
    label: str = ""

    @property
    def place(self) -> Place:
        """Return the place of what is wrong with it."""
        return Place(self.name)

    def told(self, found: Iterable[Problem]) -> Iterator[Problem]:
        """Say of problems that they are about this paper."""
        return (with_subject(one, self.subject) for one in found)


@dataclass(frozen=True)
class Pdf:
    """A PDF file, the number of pages of each paper in it, and the fonts that it embeds;
    ``open`` if its serial can be stamped.
    """

    data: bytes
    page_counts: tuple[int, ...]
    fonts: tuple[FontUsed, ...]
    open: OpenPdf | None = None


@engine_alone()
@swept_here()
def render_pdf(
    bodies: Sequence[Body],
    fonts: FontSet,
    *,
    title: str = "",
    author: str = "",
    duplex: bool = False,
    folders: Sequence[Path] = (),
    draft: bool = False,
    tagged: bool = False,
    serial: Serial | None = None,
) -> tuple[Pdf | None, Problems]:
    """Lay out one paper or several in one file; ``duplex`` starts every paper on a front side.

    A ``draft`` says so on every page. A ``tagged`` file keeps PDF/A-2a and PDF/UA-1.
    ``serial`` tells which digits of the number are to be stamped later.
    Whatever the layout engine complains about is a problem, and then there is no PDF.
    """
    pages, found = _pages(bodies, codes=not draft)
    missing = tuple(_missing(bodies, pages, fonts))
    if found or missing:
        return None, (*found, *missing)
    with cjk_justification(), logged() as log:
        run = LayoutRun(
            fonts, author, tuple(folders), log, draft=draft, tagged=tagged, serial=serial
        )
        return run.print(bodies, pages, title, duplex)


def _pages(bodies: Sequence[Body], *, codes: bool) -> tuple[list[Page], Problems]:
    pages: list[Page] = []
    problems: list[Problem] = []
    for body in bodies:
        page, found = to_html(body.tree, body.layout, body.place, codes=codes)
        problems.extend(body.told(found))
        if page:
            pages.append(page)
    return pages, tuple(problems)


def _missing(bodies: Sequence[Body], pages: Sequence[Page], fonts: FontSet) -> Iterator[Problem]:
    for body, page in zip(bodies, pages, strict=False):
        lost = {role: fonts.missing(text, role) for role, text in page.texts.items()}
        yield from missing_glyphs(body, lost)


def missing_glyphs(body: Body, lost: Mapping[str, str]) -> Problems:
    """Say which characters of a paper no font of their role draws."""
    found: list[Problem] = []
    for role, chars in lost.items():
        if chars:
            spelled = "、".join(f"{char}（U+{ord(char):04X}）" for char in chars)
            found.append(problem("FONT003", body.place, role=role, chars=spelled))
    return tuple(body.told(found))


class LayoutRun:
    """One run of the layout engine."""

    def __init__(
        self,
        fonts: FontSet,
        author: str,
        folders: tuple[Path, ...],
        log: list[str],
        *,
        draft: bool,
        tagged: bool,
        serial: Serial | None,
    ) -> None:
        self.fonts, self.author, self.log = fonts, author, log
        self.draft, self.tagged, self.serial = draft, tagged, serial
        self._folders = folders

    @cached_property
    def fetcher(self) -> Any:
        """Return what reads files below the folders of the fonts."""
        return scoped_fetcher((*self.fonts.folders(), *self._folders))

    @property
    def config(self) -> Any:
        """Return the fonts that the engine knows."""
        return font_configuration()

    def print(
        self, bodies: Sequence[Body], pages: Sequence[Page], title: str, duplex: bool
    ) -> tuple[Pdf | None, Problems]:
        """Lay papers out and write them into one file."""
        texts = texts_of(pages, DRAFT_TEXT if self.draft else {})
        self.load_fonts(texts)
        documents = self._laid_out(bodies, pages)
        found: list[Problem] = []
        for body, done in zip(bodies, documents, strict=True):
            found += _check(body, done, duplex)
        whole = documents[0].copy(list(self._in_order(documents, duplex)))
        if title:
            whole.metadata.title = title
        lines = open_lines(whole, self.serial) if self.serial else ()
        data, shown = (b"", ()) if errors(found) else self._written(whole, lines)
        found += self.complaints()
        if errors(found):
            return None, tuple(found)
        counts = tuple(len(done.pages) for done in documents)
        used = self.fonts.manifest(self.fonts.used(texts))
        return Pdf(data, counts, used, opened(data, shown)), tuple(found)

    def _written(
        self, whole: Any, lines: Sequence[DrawnLine]
    ) -> tuple[bytes, tuple[DrawnLine, ...]]:
        """Write a paper of a case for archives; a print file is made fast."""
        if self.tagged:
            return write_archive(whole, lines)
        return write_packed(whole), ()

    def _laid_out(self, bodies: Sequence[Body], pages: Sequence[Page]) -> list[Any]:
        """Lay out every paper once; a second copy has the same pages."""
        done: dict[tuple[Any, ...], Any] = {}
        documents = []
        for body, page in zip(bodies, pages, strict=True):
            key = (id(body.tree), body.layout.name, body.title, body.label)
            if key not in done:
                done[key] = self.lay_out(body, page)
            documents.append(done[key])
        return documents

    def lay_out(self, body: Body, page: Page) -> Any:
        """Lay out one paper."""
        html = document(page.html, title=body.title, author=self.author, subject=body.case)
        done = self._lay_out_html(html, body.layout)
        if body.label:
            _label(done.pages[0].bookmarks, body.label)
        return done

    def _lay_out_html(self, html: str, layout: Layout) -> Any:
        source = _plain_html()(html, self.fetcher)
        mark = mark_of(layout, self.fonts, draft=self.draft)
        sheet = _compiled(stylesheet(layout, self.fonts.stack) + mark)
        options = {"pdf_variant": VARIANT} if self.tagged else {}
        return source.render(font_config=self.config, stylesheets=[sheet], **options)

    def load_fonts(self, texts: Mapping[str, str]) -> None:
        """Make the fonts of these characters known to the engine."""
        self.load_faces(self.fonts.css(texts))

    def load_faces(self, faces: str) -> None:
        """Make fonts known to the engine by their rules."""
        load_weasyprint().CSS(string=faces, font_config=self.config, url_fetcher=self.fetcher)

    def _in_order(self, documents: Sequence[Any], duplex: bool) -> Iterator[Any]:
        blank = self._empty_page() if duplex else None
        for done in documents:
            yield from done.pages
            if duplex and len(done.pages) % 2:
                yield blank

    def _empty_page(self) -> Any:
        source = load_weasyprint().HTML(string='<html lang="zh-CN">', url_fetcher=self.fetcher)
        sheet = _compiled("@page { size: 210mm 297mm }")
        return source.render(font_config=self.config, stylesheets=[sheet]).pages[0]

    def complaints(self) -> Iterator[Problem]:
        """Tell what the engine complained about."""
        for message in dict.fromkeys(self.log):
            if match := _NOTDEF.search(message):
                yield problem("FONT003", role="文书", chars=f"{match[1]}（U+{match[2]}）")
            else:
                yield problem("REND104", detail=message)


def _label(bookmarks: list[Any], label: str) -> None:
    """Name the first bookmark of a paper, and make one where it has no heading."""
    if bookmarks and bookmarks[0][0] == 1:
        bookmarks[0] = (1, label, *bookmarks[0][2:])
    else:
        bookmarks.insert(0, (1, label, (0, 0), "open"))


def mark_of(layout: Layout, fonts: FontSet, *, draft: bool) -> str:
    """Return the styles that a draft has besides those of its layout."""
    return draft_mark(layout, fonts.stack) if draft else ""


def texts_of(pages: Sequence[Page], more: Mapping[str, str]) -> Mapping[str, str]:
    """Join the characters of all papers by role, sorted: the same papers load the same fonts."""
    found: dict[str, set[str]] = {}
    for texts in (*(page.texts for page in pages), more):
        for role, text in texts.items():
            found.setdefault(role, set()).update(text)
    return {role: "".join(sorted(chars)) for role, chars in sorted(found.items())}


def _check(body: Body, done: Any, duplex: bool) -> Iterator[Problem]:
    found = check_pages(done.pages, body.layout, body.place, limit=body.page_limit, duplex=duplex)
    return body.told(found)


@cache
def font_configuration() -> Any:
    """Return the fonts that the engine knows in this process."""
    # Its own clean-up fails once Python shuts down.
    atexit.register(font_configuration.cache_clear)
    return new_font_configuration()


@lru_cache(maxsize=32)
def _compiled(sheet: str) -> Any:
    return load_weasyprint().CSS(string=sheet)


@cache
def _plain_html() -> type[Any]:
    """Return WeasyPrint's HTML without the marks that a browser adds to lists and notes: no paper
    has them, and the rules for them computed six more styles for every element.
    """
    engine, own = load_weasyprint(), import_module("weasyprint.html")
    wrapper: Any = import_module("cssselect2").ElementWrapper
    cascade.install()
    rules = engine.CSS(string=_ADDED.sub("", own.UA))

    class PlainHTML(engine.HTML):  # type: ignore[misc, name-defined]
        def __init__(self, html: str, fetcher: Any) -> None:
            if "<svg" in html:
                super().__init__(string=html, base_url=_NOWHERE, url_fetcher=fetcher)
                return
            # Our own HTML is read as XML, ten times as fast.
            tree = ElementTree.fromstring(_EMPTY.sub(r"<\1/>", html))
            self.base_url, self.url_fetcher, self.media_type = _NOWHERE, fetcher, "print"
            self.wrapper_element = wrapper.from_html_root(tree, content_language=None)
            self.etree_element = tree

        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            return [rules]

    return PlainHTML


def scoped_fetcher(folders: Sequence[Path]) -> Any:
    """Return a fetcher that reads files below the folders: no other file, no network."""
    load_weasyprint()
    fetcher_type: type[Any] = import_module("weasyprint.urls").URLFetcher
    allowed = tuple(folder.resolve() for folder in folders)

    class ScopedFetcher(fetcher_type):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            path = _local_path(url)
            if path is None or not any(path.is_relative_to(folder) for folder in allowed):
                raise ValueError(f"不允许读取 {url[:200]}")
            return super().fetch(path.as_uri(), headers)

    return ScopedFetcher(allowed_protocols=("file",), allow_redirects=False)


def _local_path(url: str) -> Path | None:
    from urllib.parse import urlsplit
    from urllib.request import url2pathname

    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
        return None
    return Path(url2pathname(parts.path)).resolve()


@contextmanager
def logged() -> Iterator[list[str]]:
    """Collect what the engine complains about in this thread while the context lasts."""
    messages: list[str] = []
    thread = threading.get_ident()

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.thread == thread:
                messages.append(record.getMessage())

    collector = Collector(logging.WARNING)
    logger = logging.getLogger("weasyprint")
    logger.addHandler(collector)
    try:
        yield messages
    finally:
        logger.removeHandler(collector)
