"""The wording of templates before they are filled: the text source against Word templates."""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from jinja2.exceptions import TemplateError
from lxml import etree

from kcbx_docs.packs.chain import Chain
from kcbx_docs.packs.flatten import FlatTemplate
from kcbx_docs.packs.language import CODE_FILTER
from kcbx_docs.packs.markup import Element, Tag, Text, chinese_jinja_error
from kcbx_docs.packs.structure import CELLS, PARAGRAPHS, holds_blocks
from kcbx_docs.problems import Place, Problem, UserError, problem
from kcbx_docs.render.compile import compile_docx
from kcbx_docs.render.docx import check_template, load_template
from kcbx_docs.render.keeper import read_word_file
from kcbx_docs.render.styles import LAYOUTS
from kcbx_docs.render.text import docx_paragraphs, tight

_STATEMENT = re.compile(r"\{%(?:p|tr|tc|r)(?=(?:if|elif|else|endif|for|endfor|set))")
_BLANK = re.compile(r"\{\{\(((?:(?!\}\}).)*)\)\|_blank\([0-9.]+\)\}\}")
_CODE = re.compile(r"\{\{\(?((?:(?!\}\}).)*?)\)?\|%s(?:\(-?[0-9.]+\))?\}\}" % CODE_FILTER)


def check_compiled(flat: FlatTemplate) -> Iterator[Problem]:
    """Compile a document for Word and look for words that were lost on the way."""
    place = Place(flat.files[0].shown)
    try:
        data = compile_docx(flat, LAYOUTS[flat.front.layout])
        check_template(data)  # its filters and names are those of the source, checked before
    except (TemplateError, etree.LxmlError, ValueError, KeyError, IndexError) as error:
        yield problem("PACK024", place, detail=str(error).split("\n")[0])
        return
    for _, detail in differences(flat, data):
        yield problem("PACK025", place, detail=detail)


def check_keeper(flat: FlatTemplate, chain: Chain) -> Iterator[Problem]:
    """Report where a keeper's Word file cannot be used, or says something else than the source."""
    path = flat.word_file
    if path is None:
        return
    shown = _shown(path, chain)
    try:
        data = read_word_file(path)
        load_template(data)
        for number, detail in differences(flat, data):
            yield problem("PACK026", Place(shown, path=f"第{number}段"), detail=detail)
    except UserError as error:
        yield from (replace(found, place=Place(shown)) for found in error.problems)
    except TemplateError as error:
        yield problem("PACK027", Place(shown), detail=chinese_jinja_error(error.message or ""))


def _shown(path: Path, chain: Chain) -> str:
    """Name a Word file by the most particular pack that it lies in."""
    for folder in reversed(chain.folders):
        if path.is_relative_to(folder.path):
            return folder.shown(path)
    return path.name


def differences(flat: FlatTemplate, word: bytes) -> Iterator[tuple[int, str]]:
    """List the paragraphs, counted in the Word file, in which it differs from the source."""
    ours = static_paragraphs(flat.tree)
    theirs = tuple(filter(None, map(plain_tags, docx_paragraphs(word))))
    matcher = difflib.SequenceMatcher(None, ours, theirs, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind != "equal":
            wanted, found = _joined(ours[start:end]), _joined(theirs[first:last])
            yield first + 1, f"应为「{wanted}」，实为「{found}」"


def _joined(texts: Sequence[str]) -> str:
    text = " / ".join(texts) or "（没有）"
    return text if len(text) <= 60 else f"{text[:60]}……"


def plain_tags(text: str) -> str:
    """Write the tags of a Word template as the text source writes them, without white space."""
    bare = _STATEMENT.sub("{%", tight(text))
    return _CODE.sub(r"{{\1}}", _BLANK.sub(_plain_blank, bare))


def _plain_blank(blank: re.Match[str]) -> str:
    # An empty blank holds no variable: the source has no words there.
    return "" if blank[1] == "none" else "{{%s}}" % blank[1]


def static_paragraphs(root: Element) -> tuple[str, ...]:
    """List the paragraphs of a template in reading order with their tags, without white space."""
    return tuple(filter(None, map(tight, _paragraphs(root))))


def _paragraphs(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, Tag):
            yield _tag(child)
        elif isinstance(child, Element):
            if child.name in PARAGRAPHS or (child.name in CELLS and not holds_blocks(child)):
                yield "".join(_inline(child))
            else:
                yield from _paragraphs(child)


def _inline(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, Text):
            yield child.text
        elif isinstance(child, Tag):
            yield _tag(child)
        else:
            yield from _inline(child)


def _tag(tag: Tag) -> str:
    return "{{%s}}" % tag.code if tag.kind == "variable" else "{%%%s%%}" % tag.code
