"""Whether a document's text is whole in the Word file that the compiler makes of it."""

from collections.abc import Iterator

from jinja2.exceptions import TemplateError
from lxml import etree

from kcbx_docs.packs.flatten import FlatTemplate
from kcbx_docs.problems import Place, Problem, problem
from kcbx_docs.render.compile import compile_docx
from kcbx_docs.render.docx import check_template
from kcbx_docs.render.styles import LAYOUTS
from kcbx_docs.render.text import docx_paragraphs
from kcbx_docs.render.wordwording import differences, plain_tags, static_paragraphs


def check_compiled(flat: FlatTemplate) -> Iterator[Problem]:
    """Compile a document for Word and look for words that were lost on the way."""
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
