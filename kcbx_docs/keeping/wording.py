"""Whether a document's text is whole in the Word file that the compiler makes of it."""

from collections.abc import Iterator
from functools import lru_cache

from jinja2.exceptions import TemplateError
from lxml import etree

from kcbx_docs.packs.flatten import FlatTemplate
from kcbx_docs.problems import Place, Problem, Problems, problem
from kcbx_docs.render.compile import compile_docx
from kcbx_docs.render.docx import check_template
from kcbx_docs.render.styles import LAYOUTS
from kcbx_docs.render.text import docx_paragraphs
from kcbx_docs.render.wordwording import differences, plain_tags, static_paragraphs


def check_compiled(flat: FlatTemplate) -> Problems:
    """Compile a document for Word and look for words that were lost on the way; what packs of
    several places say alike is compiled once.
    """
    return _faults(_Text(flat))


class _Text:
    """A template as a cache key: what decides its Word file, and what messages call it."""

    def __init__(self, flat: FlatTemplate) -> None:
        self.flat: FlatTemplate | None = flat
        self.key = (flat.source, flat.front.layout, flat.files[0].shown)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Text) and self.key == other.key

    def taken(self) -> FlatTemplate:
        """Return the template, which the cache need not keep."""
        assert self.flat
        flat, self.flat = self.flat, None
        return flat


@lru_cache(maxsize=256)
def _faults(text: _Text) -> Problems:
    return tuple(_lost(text.taken()))


def _lost(flat: FlatTemplate) -> Iterator[Problem]:
    place = Place(flat.files[0].shown)
    try:
        data = compile_docx(flat, LAYOUTS[flat.front.layout])
        check_template(data)  # its filters and names are those of the source, checked before
    except (TemplateError, etree.LxmlError, ValueError, KeyError, IndexError) as error:
        yield problem("PACK024", place, detail=str(error).split("\n")[0])
        return
    theirs = tuple(filter(None, map(plain_tags, docx_paragraphs(data))))
    for one in differences(static_paragraphs(flat.tree), theirs):
        yield problem("PACK025", place, detail=one.detail)
