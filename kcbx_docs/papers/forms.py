"""Make many papers of a few templates: what they have in common is made and checked once.

Every paper is filled, its values apart from its text. Papers with one text have one form: its tree,
citations and words are those that ``make`` made of the first of them. Of the others only the values
are checked. What is not plain is made by ``make``, so both ways give equal papers.
"""

import re
from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from kcbx_docs.law.registry import Registry
from kcbx_docs.light import dataclass, regex
from kcbx_docs.packs.contract import only_prints
from kcbx_docs.packs.markup import Element, Text
from kcbx_docs.packs.typed import forbidden_words
from kcbx_docs.papers.functions import Citer, Figures, Mentions
from kcbx_docs.papers.make import Made, context_of, make, needed_parts
from kcbx_docs.papers.paper import Paper
from kcbx_docs.problems import Place, Problems
from kcbx_docs.render.fill import FilledLightly, fill_apart, parse_apart
from kcbx_docs.render.qr import is_code
from kcbx_docs.render.settling import Settling
from kcbx_docs.render.static import MARK, Static, number_of, static_of
from kcbx_docs.render.styles import LAYOUTS
from kcbx_docs.render.text import parts_of
from kcbx_docs.render.wholes import Names, Wholes, keep_whole

KEPT = 64
"""How many forms are remembered at a time."""

_ENDS = "".join(f"{chr(last - 1)}-{chr(last)}" for last in range(0xFFFF, 0x110000, 0x10000))
_SHOWN = regex(r"[{}｛｝]|^[^\S\n]|[^\S\n]$", re.MULTILINE)
_MENTIONS = Mentions()
_BRACKETS = regex("[（）]")


@dataclass(frozen=True)
class Form:
    """Papers that have everything but their values in common, with what was found about it."""

    static: Static
    first: Made
    wholes: Wholes
    citer: Citer
    cited: tuple[str, ...]
    problems: Problems
    open_parts: tuple[frozenset[int], ...]
    """The blanks of each required part that has no words but theirs."""
    forbidden: tuple[re.Pattern[str], ...]


class Forms:
    """Makes the papers of a run, and remembers the forms that it met last."""

    def __init__(
        self, registry: Registry, kept: int = KEPT, settling: Settling | None = None
    ) -> None:
        self.registry, self.kept = registry, kept
        self._forms: OrderedDict[object, Form | None] = OrderedDict()
        self._names, self.settling = Names(), settling or Settling()
        self._statics: OrderedDict[str, Static] = OrderedDict()
        self._firsts: Counter[str] = Counter()
        """How many papers of a document in turn were the first of their form: one whose every paper
        has its own is not worth the trouble.
        """

    def make(self, paper: Paper) -> tuple[Made | None, Problems]:
        """Make one paper as ``make`` does."""
        probed = self._probed(paper)
        if probed is None:
            return make(paper, self.registry)
        text, values = probed
        key = _key(paper, text)
        if key not in self._forms:
            self._firsts[paper.flat.front.id] += 1
            return self._first(key, paper, values)
        form = self._met_again(key, paper)
        made = self._lightly(form, paper, values) if form else None
        return (made, made.problems) if made else make(paper, self.registry)

    def words(self, paper: Paper) -> str:
        """Return the words of one paper without white space, nothing where it cannot be made."""
        probed = self._probed(paper)
        key = _key(paper, probed[0]) if probed else None
        form = self._met_again(key, paper) if key in self._forms else None
        values = self._values(form, probed[1]) if probed and form else None
        if form and values is not None and (text := self._text(form, values)):
            return text
        made, _ = self.make(paper)
        return made.filled.words if made else ""

    def _met_again(self, key: object, paper: Paper) -> Form | None:
        self._forms.move_to_end(key)
        self._firsts[paper.flat.front.id] = 0
        return self._forms[key]

    def _probed(self, paper: Paper) -> tuple[str, tuple[str, ...]] | None:
        """Fill a paper with its citations named only; nothing if it must be made alone."""
        if self._firsts[paper.flat.front.id] >= self.kept or not only_prints(
            paper.flat.source, "法条"
        ):
            return None
        citer = Citer(self.registry, paper.day, Place())
        own = {"法条": _MENTIONS, "规则": Figures(self.registry, citer)}
        probed = fill_apart(paper.flat, {**paper.facts, **own}, self.settling)
        if probed is None or citer.problems or Mentions.mark in "".join(probed[1]):
            return None
        return probed

    def _first(
        self, key: object, paper: Paper, values: Sequence[str]
    ) -> tuple[Made | None, Problems]:
        """Make the first paper of a form in full; the form must give the same."""
        made, found = make(paper, self.registry)
        if made is None:
            return None, found
        form = self._form(made)
        light = self._lightly(form, paper, values) if form else None
        if form and light is None and not self._plain(form, values):
            return made, found  # this paper tells nothing about the form
        same = light is not None and is_same(light.filled.root, made.filled.root)
        _keep(self._forms, key, form if same else None, self.kept)
        return (light if same else made), found

    def _form(self, made: Made) -> Form | None:
        """Learn what the papers of a form have in common from one of them."""
        paper = made.paper
        filled = fill_apart(paper.flat, context_of(paper, made.citer.afresh()))
        static = parse_apart(paper.flat, filled[0]) if filled else None
        if static is None:
            return None
        words = forbidden_words(self.registry, paper.flat.front)
        return Form(
            static=_keep(self._statics, static.key, static, self.kept),
            first=made,
            wholes=Wholes(static, LAYOUTS[paper.flat.front.layout]),
            citer=made.citer,
            cited=tuple(dict.fromkeys(c.text for c in made.citer.cited)),
            problems=made.problems,
            open_parts=tuple(_open_parts(static, needed_parts(paper, self.registry))),
            forbidden=tuple(re.compile(word.word) for word in words),
        )

    def _lightly(self, form: Form, paper: Paper, values: Sequence[str]) -> Made | None:
        """Make a paper of a known form; nothing where it must be made in full."""
        everything = self._values(form, values)
        if everything is None or not (text := self._text(form, everything)):
            return None
        filled = self._filled(form, paper, everything)
        clause = (paper.clause,) if paper.clause and paper.clause in text else ()
        cited = tuple(dict.fromkeys((*form.cited, *clause)))
        if filled.common is form.static:
            paper, first = paper.lean(), form.first
        else:
            first = None
        return Made(paper, filled, form.citer, cited, form.problems, first)

    def _values(self, form: Form, values: Sequence[str]) -> tuple[str, ...] | None:
        """Return the value of every blank; nothing where any is more than text in one line."""
        return _every(form.static, values) if self._plain(form, values) else None

    def _text(self, form: Form, everything: Sequence[str]) -> str:
        """Return the words of a paper of a known form; nothing where it must be made in full."""
        text = form.static.words(everything)
        if any(word.search(text) for word in form.forbidden):
            return ""
        for part in form.open_parts:
            if not any(everything[number] for number in part):
                return ""
        return text

    def _plain(self, form: Form, values: Sequence[str]) -> bool:
        """Tell whether values are nothing but text that stands in one line."""
        joined = "\n".join(values)
        if len(values) != len(form.static.known) or _is_strange(joined):
            return False
        if joined.count("\n") >= max(len(values), 1):
            return False
        if form.static.codes and not all(map(_may_be_code, _codes(form.static, values))):
            return False
        # A citation in brackets is worded otherwise: no value may open or close any.
        if not _BRACKETS.search(joined):
            return True
        return all(map(_closes_brackets, values))

    def _filled(self, form: Form, paper: Paper, values: tuple[str, ...]) -> FilledLightly:
        broken = form.wholes.broken(values, lambda: self._names.of(paper.facts))
        if broken is not None:
            return FilledLightly(paper.flat, form.static, broken)
        tree = form.static.tree(values)
        keep_whole(tree, LAYOUTS[paper.flat.front.layout], paper.facts)
        static, values = static_of(tree, form.static.known, form.static.codes)
        return FilledLightly(
            paper.flat, _keep(self._statics, static.key, static, self.kept), values
        )


def _is_strange(text: str) -> bool:
    """Tell whether lines hold what templates may mistake, or white space at their ends."""
    if _SHOWN.search(text):
        return True
    return not text.replace("\n", "").isprintable() and bool(_unseen().search(text))


@cache
def _unseen() -> re.Pattern[str]:
    """Return what finds signs that mean something here; to read it takes longer than a paper."""
    known = "\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\uf8ff\ufdd0-\ufdef"
    return re.compile(f"[{known}{_ENDS}]")


def _key(paper: Paper, text: str) -> object:
    front = paper.flat.front
    own = (front.id, front.title, front.layout, tuple(front.required), paper.day)
    return (text, paper.flat.source, paper.flat.files[0].shown, *own)


def _keep(store: OrderedDict[Any, Any], key: object, new: Any, most: int) -> Any:
    """Remember something, and forget what was not used for longest; return what was known."""
    known = store.setdefault(key, new)
    store.move_to_end(key)
    if len(store) > most:
        store.popitem(last=False)
    return known


def _every(static: Static, values: Sequence[str]) -> tuple[str, ...]:
    """Give every blank its value; those that no template fills in are empty."""
    if len(values) == static.count:
        return tuple(values)
    known = iter(values)
    return tuple(next(known) if n in static.known else "" for n in range(static.count))


def _codes(static: Static, values: Sequence[str]) -> Iterator[str]:
    everything = _every(static, values)
    yield from (everything[number] for number in static.codes)


def _may_be_code(value: str) -> bool:
    return not value or is_code(value)


def _closes_brackets(value: str) -> bool:
    return value.count("（") == value.count("）")


def _open_parts(static: Static, needed: Iterable[str]) -> Iterable[frozenset[int]]:
    parts = parts_of(static.root)
    for name in needed:
        words = parts.get(name, "")
        if not MARK.sub("", words):
            yield frozenset(number_of(found[1]) for found in MARK.finditer(words))


def is_same(one: Element, other: Element) -> bool:
    """Tell whether two trees are equal, wherever in their sources they stood."""
    if (one.name, one.attributes) != (other.name, other.attributes):
        return False
    if len(one.children) != len(other.children):
        return False
    return all(map(_is_same_node, one.children, other.children))


def _is_same_node(one: Any, other: Any) -> bool:
    if isinstance(one, Element) and isinstance(other, Element):
        return is_same(one, other)
    return isinstance(one, Text) and isinstance(other, Text) and one.text == other.text
