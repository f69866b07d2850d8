"""Make papers: fill, check, render; nothing is returned that is not complete."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from kcbx_docs.law.registry import Registry
from kcbx_docs.light import dataclass
from kcbx_docs.packs.chain import stamp_of
from kcbx_docs.packs.contract import syntax_problems
from kcbx_docs.packs.flatten import FlatTemplate
from kcbx_docs.packs.parameters import Parameters, parameters_of
from kcbx_docs.packs.structure import check_structure
from kcbx_docs.packs.typed import check_typed, forbidden_words
from kcbx_docs.papers.functions import Citer, Figures
from kcbx_docs.papers.lawful import placed
from kcbx_docs.papers.paper import Paper
from kcbx_docs.papers.sound import is_shipped, unsound
from kcbx_docs.papers.whereof import of_paper
from kcbx_docs.papers.wordtemplate import faults_of_word, unprinted_beside
from kcbx_docs.problems import Place, Problem, Problems, UserError, errors, problem, raise_errors
from kcbx_docs.render.compile import compile_docx
from kcbx_docs.render.docx import FilledWord, WordTemplate, load_template
from kcbx_docs.render.fill import Filled, FilledLightly, broken_lines, codes_of, fill, fill_on_trial
from kcbx_docs.render.joining import Joinable, section_of
from kcbx_docs.render.keeper import check_filled, read_word_file
from kcbx_docs.render.pictures import compare_codes
from kcbx_docs.render.static import Static
from kcbx_docs.render.styles import LAYOUTS, Layout
from kcbx_docs.render.text import lines, paragraphs, parts_of, tight
from kcbx_docs.render.unprinted import STOPS
from kcbx_docs.render.wordforms import FormSection, WordForm, word_form
from kcbx_docs.render.wordtraces import without_traces


@dataclass(frozen=True)
class Made:
    """A paper with its words, ready to be rendered; ``problems`` are warnings only."""

    paper: Paper
    filled: Filled | FilledLightly
    citer: Citer
    cited: tuple[str, ...]
    problems: Problems
    first: "Made | None" = None
    """The first of many papers that differ in their values only: it alone keeps all facts."""

    @property
    def layout(self) -> Layout:
        """Return the layout kind."""
        return LAYOUTS[self.paper.flat.front.layout]

    @property
    def context(self) -> Mapping[str, Any]:
        """Return what the paper is filled with, once more from its first mention of a statute; of
        many papers that differ in their values only, what the first was filled with.
        """
        paper = self.first.paper if self.first else self.paper
        return context_of(paper, self.citer.afresh())


def make(paper: Paper, registry: Registry) -> tuple[Made | None, Problems]:
    """Fill one paper and check its words; every fault at once.
    A template that would lose text, or types what comes from the law, is not filled.
    """
    template = _Template(paper.flat, False)
    lawful = _Lawful(template, registry)
    lost = (*errors(_grammar(template)), *_unsound(lawful, paper), *errors(_typed(lawful)))
    if lost:
        return None, tuple(dict.fromkeys(lost))
    citer, filled, found = _filled(paper, registry)
    if citer.problems:
        found = (*found, *placed(citer.problems, paper.flat, registry, paper.day))
    if filled is not None:
        found = (*found, *check_words(filled, paper, registry))
    if filled is None or errors(found):
        return None, found
    cited = tuple(dict.fromkeys((*(c.text for c in citer.cited), *_clause(paper, filled))))
    return Made(paper, filled, citer, cited, found), found


def _filled(paper: Paper, registry: Registry) -> tuple[Citer, Filled | None, Problems]:
    """Fill a paper on trial, and again if it names a statute: only then is known which of the
    mentions is the first and whether others follow.
    """
    trial = Citer(registry, paper.day, Place(paper.flat.files[0].shown), trial=True)
    context = context_of(paper, trial)
    filled, found = fill_on_trial(paper.flat, context)
    if filled is None:
        return trial, None, found
    if not trial.mentions:
        filled.keep_whole(context)
        return trial, filled, found
    citer = trial.afresh(trial.forms_in(paragraphs(filled.root)))
    return citer, *fill(paper.flat, context_of(paper, citer.afresh()))


def context_of(paper: Paper, citer: Citer) -> Mapping[str, Any]:
    """Return what a paper is filled with."""
    return {**paper.facts, "法条": citer, "规则": Figures(citer.registry, citer)}


def _clause(paper: Paper, filled: Filled) -> Iterator[str]:
    """Yield the clause on fines where the paper prints it."""
    if paper.clause and paper.clause in "".join(paragraphs(filled.root)):
        yield paper.clause


def check_words(filled: Filled, paper: Paper, registry: Registry) -> Iterator[Problem]:
    """Check that the required parts are there and the forbidden words are not."""
    front = paper.flat.front
    place = Place(paper.flat.most_special)
    parts = parts_of(filled.root)
    for name, basis in needed_parts(paper, registry).items():
        if not parts.get(name):
            yield problem("REND016", place, part=name, basis=basis)
    text = "".join(paragraphs(filled.root))
    for word in forbidden_words(registry, front):
        yield from _forbidden(word.word, word.reason, text, place, front.title)


def needed_parts(paper: Paper, registry: Registry) -> Mapping[str, str]:
    """Return the parts that a paper must have, with what they rest on."""
    needed = dict.fromkeys(paper.flat.front.required, "模板的必备内容")
    required = registry.document(paper.flat.front.id)
    for part in required.required if required else ():
        if not part.condition:
            citations, _ = registry.basis(part.basis, paper.day)
            needed[part.name] = "、".join(one.short for one in citations)
    return needed


def _forbidden(pattern: str, reason: str, text: str, place: Place, title: str) -> Iterator[Problem]:
    if match := re.search(pattern, tight(text)):
        yield problem("PAPR004", place, title=title, word=match.group(), reason=reason)


@lru_cache(maxsize=128)
def _compiled(hidden: "_Template") -> WordTemplate:
    flat = hidden.flat
    if foreign := _word_file(flat, hidden.draft):
        raise_errors(_word_faults(hidden))
        template = load_template(read_word_file(foreign))
        return replace(template, parts=without_traces(template.parts))
    return load_template(compile_docx(flat, LAYOUTS[flat.front.layout], draft=hidden.draft))


@lru_cache(maxsize=128)
def _word_faults(hidden: "_Template") -> Problems:
    return faults_of_word(hidden.flat, hidden.registry, hidden.parameters)


def _word_file(flat: FlatTemplate, draft: bool) -> Path | None:
    """Return the keeper's Word file; a draft bears the mark that only our own form has."""
    return None if draft else flat.word_file


@lru_cache(maxsize=128)
def _grammar(hidden: "_Template") -> Problems:
    flat = hidden.flat
    return check_structure(flat, tuple(LAYOUTS[flat.front.layout].styles))


@lru_cache(maxsize=128)
def _typed(hidden: "_Lawful") -> Problems:
    if syntax_problems(hidden.template.flat):
        return ()
    return check_typed(hidden.template.flat, hidden.registry)


def _unsound(lawful: "_Lawful", paper: Paper) -> Problems:
    if is_shipped(paper.flat):
        return ()
    place: Mapping[str, object] = paper.facts.get("地方") or {}
    return _unsound_on(lawful, parameters_of(place), paper.day)


@lru_cache(maxsize=128)
def _unsound_on(lawful: "_Lawful", parameters: Parameters, day: date) -> Problems:
    return unsound(lawful.template.flat, lawful.registry, parameters, day)


class _Template:
    """A template as a cache key: what decides its Word form."""

    def __init__(
        self,
        flat: FlatTemplate,
        draft: bool,
        registry: Registry | None = None,
        parameters: Parameters = (),
    ) -> None:
        self.flat, self.draft = flat, draft
        self.registry, self.parameters = registry or Registry(()), parameters
        word: object = None
        if flat.word_file:  # the law is held here, so that no other gets its id
            stamp = stamp_of(flat.word_file)
            word = (flat.word_file, stamp, id(registry), self.parameters)
        front = flat.front
        self._key = (flat.source, front.id, front.layout, front.title, front.required, word, draft)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Template) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)


class _Lawful:
    """A template beside the law as a cache key: what decides what it must not type."""

    def __init__(self, template: _Template, registry: Registry) -> None:
        self.template, self.registry = template, registry

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Lawful):
            return False
        return self.registry is other.registry and self.template == other.template

    def __hash__(self) -> int:
        return hash(self.template)


class _First:
    """The first of many papers as a cache key: what decides their Word form."""

    def __init__(self, made: Made, common: Static, template: _Template) -> None:
        self.made, self.common, self.template = made, common, template
        self._key = (common.key, tuple(common.known), template)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _First) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)


@lru_cache(maxsize=64)
def _formed(first: _First) -> WordForm | None:
    draft = first.template.draft
    return word_form(_compiled(first.template), first.common, first.made.context, draft=draft)


def word_template(made: Made, *, draft: bool = False) -> WordTemplate:
    """Return the compiled Word template of a document, made once per process."""
    whole = (made.first or made).paper
    place: Mapping[str, object] = whole.facts.get("地方") or {}
    parameters = parameters_of(place)
    return _compiled(_Template(made.paper.flat, draft, made.citer.registry, parameters))


def to_word(made: Made, *, draft: bool = False) -> tuple[FilledWord | None, Problems]:
    """Fill the Word template and prove that its words are those of the source."""
    if form := _word_form(made, draft):
        return form.filled(made.filled.values), ()
    try:
        template = word_template(made, draft=draft)
    except UserError as error:
        return None, error.problems
    try:
        word = template.filled(made.context, broken_lines(made.filled.root))
    except STOPS:
        flat = made.paper.flat
        if _word_file(flat, draft) and (found := unprinted_beside(flat, made.context)):
            return None, found
        raise
    codes = () if draft else codes_of(made.filled.root)
    found = (*word.compare(lines(made.filled.root)), *compare_codes(codes, word.codes))
    if foreign := _word_file(made.paper.flat, draft):
        place = Place(made.paper.flat.word_shown)
        found = tuple(replace(one, place=place) for one in found)
        found = found or tuple(check_filled(word.texts, Place(str(foreign))))
    return (None, found) if found else (word, ())


def to_section(made: Made, *, draft: bool = False) -> tuple[Joinable | None, Problems]:
    """Return a paper as a section of a Word file of many, proven in the same way."""
    if form := _word_form(made, draft):
        return FormSection(form, made.filled.values), ()
    word, found = to_word(made, draft=draft)
    return (section_of(word) if word else None), found


def _word_form(made: Made, draft: bool) -> WordForm | None:
    """Return what the Word files of papers have in common, if these have anything in common."""
    filled, flat = made.filled, made.paper.flat
    if isinstance(filled, Filled) or _word_file(flat, draft):
        return None
    return _formed(_First(made, filled.common, _Template(flat, draft)))


def to_docx(made: Made, *, draft: bool = False) -> tuple[bytes | None, Problems]:
    """Render the Word file."""
    word, found = to_word(made, draft=draft)
    return (word.data(*about_word(made)) if word else None), found


def about_word(made: Made) -> tuple[str, str, str]:
    """Return what a Word file says of itself: title, organ, case."""
    paper = made.paper
    return paper.full_title, paper.issuer.name, paper.case


def make_all(
    papers: Sequence[Paper], registry: Registry, file: str = ""
) -> tuple[tuple[Made, ...], Problems]:
    """Make several papers of a file; the faults of all of them at once."""
    done: list[Made] = []
    found: list[Problem] = []
    for paper in papers:
        made, problems = make(paper, registry)
        found += of_paper(problems, paper, file)
        if made:
            done.append(made)
    return tuple(done), tuple(dict.fromkeys(found))
