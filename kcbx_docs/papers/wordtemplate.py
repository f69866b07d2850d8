"""A keeper's Word file beside the text of its document: looks may differ, words may not.

Lint and render ask here, and here only: what one of them says, the other says.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Any

from jinja2.exceptions import TemplateError
from lxml import etree

from kcbx_docs.law.registry import Registry
from kcbx_docs.packs.contract import check_names
from kcbx_docs.packs.flatten import FlatTemplate
from kcbx_docs.packs.markup import chinese_jinja_error
from kcbx_docs.packs.own_periods import rules_used
from kcbx_docs.packs.parameters import Parameters
from kcbx_docs.packs.schema import Variable
from kcbx_docs.packs.stretches import plain_stretch
from kcbx_docs.packs.typed import faults_in
from kcbx_docs.papers.context import context_schema
from kcbx_docs.papers.lawful import law_faults
from kcbx_docs.problems import Place, Problem, Problems, UserError, errors, problem
from kcbx_docs.render.docx import load_template
from kcbx_docs.render.fill import unprinted_in
from kcbx_docs.render.keeper import read_word_file
from kcbx_docs.render.wordlooks import Looks, tracked_in
from kcbx_docs.render.wordreading import (
    DOCUMENT,
    Paragraph,
    beside_pictures,
    body_of,
    boxed_in,
    first_header,
    notes_of,
    stories_of,
)
from kcbx_docs.render.wordtags import WordText
from kcbx_docs.render.wordwording import differences, plain_tags, static_paragraphs

Trees = Mapping[str, etree._Element]
_NOTES = {"批注": "TMPL042"}
_WORDS = 30


def faults_of_word(flat: FlatTemplate, registry: Registry, parameters: Parameters) -> Problems:
    """Say all that is wrong with the Word file of a document; ``parameters`` are the names that
    its packs offer under 地方.
    """
    assert flat.word_file is not None
    place = Place(flat.word_shown)
    try:
        data = read_word_file(flat.word_file)
    except UserError as error:
        return tuple(replace(found, place=place) for found in error.problems)
    trees = _trees(data)
    found = [*_carried(trees, place), *_words(flat, trees, parameters, registry)]
    found += _typed_beside(flat, trees, registry)
    if not found:
        found += _unread(data, place)
    return tuple(dict.fromkeys(found))


def unprinted_beside(flat: FlatTemplate, context: Mapping[str, Any]) -> Problems:
    """Say what the headers and footers of the Word file name and this paper has not: nobody has
    proved them, for the text has none.
    """
    assert flat.word_file is not None
    trees = _trees(read_word_file(flat.word_file))
    texts = (WordText(flat.word_shown, story) for _, story in stories_of(trees))
    return tuple(chain.from_iterable(unprinted_in(text, context) for text in texts))


def _trees(data: bytes) -> Trees:
    """Parse the parts that are text; whoever made them, they were looked at before."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        return {name: etree.fromstring(archive.read(name), parser) for name in names}


def _carried(trees: Trees, place: Place) -> Iterator[Problem]:
    """Report what would go out with every paper: changes, remarks, notes, boxes, hidden words."""
    if changes := tracked_in(trees):
        facts = {"count": changes.count, "who": changes.who or "作者不明"}
        yield problem("TMPL041", place, **facts, first=changes.first or "只改了样子")
    for note in notes_of(trees):
        facts = {"kind": note.where[:2], "text": note.tight[:_WORDS]}
        yield problem(_NOTES.get(note.where[:2], "TMPL043"), place, **facts)
    body = body_of(trees[DOCUMENT])
    for box in boxed_in(trees[DOCUMENT]):
        yield problem("TMPL044", place, text=box.tight[:_WORDS])
    looks = Looks(trees)
    beside = chain.from_iterable(story for _, story in stories_of(trees))
    for paragraph in (*body, *beside):
        for look, text in looks.faults(paragraph):
            yield _at(paragraph, problem("TMPL045", place, text=text[:_WORDS], look=look))
    for paragraph in body:
        if looks.is_numbered(paragraph):
            yield _at(paragraph, problem("TMPL046", place, text=paragraph.tight[:_WORDS]))


def _at(paragraph: Paragraph, found: Problem) -> Problem:
    return replace(found, place=replace(found.place, path=paragraph.where))


def _words(
    flat: FlatTemplate, trees: Trees, parameters: Parameters, registry: Registry
) -> Iterator[Problem]:
    """Check the tags of every story; where they can be read, their names and the words."""
    body = body_of(trees[DOCUMENT])
    stories = [body, *(story for _, story in stories_of(trees))]
    texts = [WordText(flat.word_shown, story) for story in stories]
    slips = [*chain.from_iterable(text.faults() for text in texts)]
    if slips:
        yield from slips
        return
    schema = _schema(parameters)
    unknown = [*chain.from_iterable(check_names(text, schema) for text in texts)]
    yield from unknown
    for text in texts[1:]:  # what the text itself cites is judged in its source
        yield from errors(law_faults(text, registry, date.max))
    wrong = {found.place.path for found in unknown}
    head = dict(stories_of(trees)).get(first_header(trees), ())
    for found in _differing(flat, (*head, *body)):
        if found.place.path not in wrong:
            yield found


@lru_cache(maxsize=8)
def _schema(parameters: Parameters) -> Variable:
    return context_schema(parameters)


def worded(data: bytes) -> tuple[tuple[str, str], ...]:
    """List what a harmless Word file says, as the text source writes it: where, which words."""
    trees = _trees(data)
    head = dict(stories_of(trees)).get(first_header(trees), ())
    told = ((one.where, plain_tags(one.text)) for one in (*head, *body_of(trees[DOCUMENT])))
    return tuple((where, text) for where, text in told if text)


def _differing(flat: FlatTemplate, paragraphs: Sequence[Paragraph]) -> Iterator[Problem]:
    """Report the paragraphs in which the Word file says something else than the source."""
    pairs = [(text, one) for one in paragraphs if (text := plain_tags(one.text))]
    ours, theirs = static_paragraphs(flat.tree), [text for text, _ in pairs]
    for one in differences(ours, theirs):
        where = pairs[one.number][1].where if one.number < len(pairs) else "末尾"
        told = f"{where}之前" if one.missing and where != "末尾" else where
        yield problem("PACK026", Place(flat.word_shown, path=told), detail=one.detail)


def _typed_beside(flat: FlatTemplate, trees: Trees, registry: Registry) -> Iterator[Problem]:
    """Report what headers, footers and pictures say although it comes from the law, or must not
    be said; what the text says is judged in its source.
    """
    used = rules_used(flat.source, registry)
    for where, text in _beside(trees):
        stretch = plain_stretch(text)
        place = Place(flat.word_shown, path=where)
        for code, _, facts in faults_in(stretch, registry, flat.front, used):
            yield problem(code, place, **facts)


def _beside(trees: Trees) -> Iterator[tuple[str, str]]:
    for one in chain.from_iterable(story for _, story in stories_of(trees)):
        yield one.where, one.text
    for root in trees.values():
        yield from beside_pictures(root)


def _unread(data: bytes, place: Place) -> Iterator[Problem]:
    """Report what only the filling of the whole shows to be unreadable."""
    try:
        load_template(data)
    except TemplateError as error:
        yield problem("PACK027", place, detail=chinese_jinja_error(error.message or ""))
