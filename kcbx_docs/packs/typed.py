"""What a template types although it must come from elsewhere: articles, titles and periods of the
law, words that its paper must not hold, who a child is on a paper that is made public.

What is typed stays when the law changes, and nobody finds it.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from kcbx_docs.law.model import Forbidden, Rule
from kcbx_docs.law.registry import Registry
from kcbx_docs.light import regex
from kcbx_docs.packs.contract import syntax_problems, variables
from kcbx_docs.packs.flatten import FlatTemplate
from kcbx_docs.packs.model import Card
from kcbx_docs.packs.own_periods import advice_in, advice_on, is_own, rules_used
from kcbx_docs.packs.persons import persons_in
from kcbx_docs.packs.public import may_name
from kcbx_docs.packs.stretches import VALUE, Stretch, plain_stretch, stretches_of
from kcbx_docs.packs.threats import threats_in
from kcbx_docs.problems import Place, Problem, Problems, problem
from kcbx_docs.words import parse_number

_N = r"(?:[0-9]{1,4}|[一二三四五六七八九十百千零〇两]+)"
_ALONE = r"(?<![0-9./〕第月年-])"
_DAYS = r"(?:个?工作日|日|天|个月|年)"
_TITLE = regex(rf"《([^《》{VALUE}\n]{{2,60}})》")
_ARTICLE = regex(rf"第({_N})条(?:之{_N})?(?:第({_N})款)?(?:第[（(]?({_N})[）)]?项)?", re.IGNORECASE)
_BARE = regex(rf"(?<![第0-9])({_N})条(?:第?({_N})款)?(?:第?[（(]?({_N})[）)]?项)?")
_OWN = regex(
    r"本(?:责任书|承诺书|协议书?|合同|制度|方案|办法|规定|须知|公约|意见|细则)[^，。；]{0,4}$"
)
"""What a paper calls itself: its own articles are not the law's."""
_LAWS = regex(r"(?:(?<![办做方书])法|条例|细则|法典|司法解释)(?:[（(][^）)]*[）)])?$")
_FIGURES = tuple(
    regex(pattern)
    for pattern in (
        rf"{_ALONE}{_N}{_DAYS}(?:以内|之内|内|期限|期满|届满|以上|以下)",
        rf"(?:之日起|届满|缺课|旷课|辍学|未满|不满|年满|已满|超过|逾期){_N}(?:{_DAYS}|周岁|岁)",
        rf"{_ALONE}{_N}(?:个工作日|周岁)",
        r"半个?(?:月|年)(?:以内|之内|内|期限|期满|届满)",
        rf"{_ALONE}{_N}元(?:以上|以下)",
        rf"(?:罚款|处以|加处|滞纳金)[^，。；\n{VALUE}]{{0,6}}?{_N}元",
        rf"(?:每日|按日|加处)[^，。；\n]{{0,8}}?(?:百分之{_N}|{_N}[%％])",
    )
)
_DEADLINE = regex(
    rf"(?:(?:[0-9]{{4}}|[一二三四五六七八九〇零]{{4}})年)?{_N}月{_N}[日号](?:以前|之前|前)"
)
"""A day of the calendar up to which something must be done: of one case, not of a template."""
_CLAUSE = "，。；：！？\n"


def check_typed(flat: FlatTemplate, registry: Registry) -> Problems:
    """Find what a template types and must not."""
    found: list[Problem] = []
    used = rules_used(flat.source, registry)
    for stretch in _tight(_Words(flat)):
        for code, at, facts in faults_in(stretch, registry, flat.front, used):
            found.append(problem(code, flat.place(stretch.offsets[at]), **facts))
    return (*dict.fromkeys(found), *_in_titles(flat, registry), *_told_of_a_child(flat))


class _Words:
    """A template as a cache key: its text decides what stands in it."""

    def __init__(self, flat: FlatTemplate) -> None:
        self.source, self.tree = flat.source, flat.tree

    def __hash__(self) -> int:
        return hash(self.source)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Words) and self.source == other.source


@lru_cache(maxsize=128)
def _tight(words: _Words) -> tuple[Stretch, ...]:
    """Return what a template says without white space, once for all places that say the same."""
    return tuple(one.tight for one in stretches_of(words.tree))


def _in_titles(flat: FlatTemplate, registry: Registry) -> Iterator[Problem]:
    """Find the same in the titles that its head or a pack.yaml gives it."""
    front = flat.front
    titles = (("标题", front.title), ("题名", front.heading or ""))
    for key, title in (*titles, *(("各题名", one) for one in front.headings.values())):
        place, stretch = flat.origins.get((key,), Place(flat.files[0].shown)), plain_stretch(title)
        for code, _, facts in faults_in(stretch, registry, front):
            yield problem(code, place, **facts)


def faults_in(
    stretch: Stretch, registry: Registry, card: Card, used: Sequence[Rule] = ()
) -> "Typed":
    """Yield all that a stretch of a document types and must not: code, place and facts. ``used``
    are the rules that the document prints: figures of theirs belong to it.
    """
    yield from _typed_for(stretch, registry, card, used)
    yield from persons_in(stretch.text)
    if card.served:
        for found in _DEADLINE.finditer(stretch.text):
            yield "TMPL053", found.start(), {"text": found[0]}
    yield from _not_to_be_said(stretch.text, registry, card)


def _typed_for(stretch: Stretch, registry: Registry, card: Card, used: Sequence[Rule]) -> "Typed":
    """Yield what is typed of the law, with what can be done about it in this very document."""
    for code, at, facts in typed_in(stretch, registry):
        if code != "TMPL048":
            yield code, at, facts
            continue
        text, beside = facts["text"], _clause_at(stretch.text, at)
        if not is_own(text, beside, card, registry, used):
            advice = advice_in(text, beside, registry, card, used)
            yield code, at, {"text": text, **advice}


def _not_to_be_said(text: str, registry: Registry, card: Card) -> "Typed":
    """Yield the words that the document must not hold, then its threats, each place once."""
    told: list[tuple[int, int]] = []
    for word in forbidden_words(registry, card):
        for found in re.finditer(word.word, text):
            if VALUE not in found[0] and "\n" not in found[0]:
                facts = {"title": card.title, "word": found[0], "reason": word.reason}
                told.append(found.span())
                yield "PAPR004", found.start(), facts
    for threat in threats_in(text, registry, card):
        if all(threat.start >= end or threat.end <= start for start, end in told):
            yield "TMPL062", threat.start, {"title": card.title, **threat.facts}


def _clause_at(text: str, at: int) -> str:
    """Return the clause of a text in which a character stands, to the end of its sentence."""
    start = max(text.rfind(sign, 0, at) for sign in _CLAUSE) + 1
    end = min((n for sign in "。；\n" if (n := text.find(sign, at)) >= 0), default=len(text))
    return text[start:end]


def plain_periods(flat: FlatTemplate, registry: Registry) -> tuple[str, ...]:
    """List the periods that a template types and that its office may call its own."""
    used, found = rules_used(flat.source, registry), dict[str, None]()
    for stretch in _tight(_Words(flat)):
        for code, at, facts in typed_in(stretch, registry):
            text, beside = facts.get("text", ""), _clause_at(stretch.text, at)
            own = flat.front.model_copy(update={"own_periods": text})
            if code == "TMPL048" and is_own(text, beside, own, registry, used):
                found[text] = None
    return tuple(found)


def forbidden_words(registry: Registry, card: Card) -> tuple[Forbidden, ...]:
    """List what a document must not say."""
    return registry.forbidden(card.id, card.role, card.issuers)


def typed_in(stretch: Stretch, registry: Registry) -> Iterator[tuple[str, int, dict[str, str]]]:
    """Yield the code, the place and the facts of what a stretch types of the law."""
    yield from _articles(stretch.text, registry)
    taken: list[tuple[int, int]] = []
    for pattern in _FIGURES:
        for found in pattern.finditer(stretch.text):
            if all(found.start() >= end or found.end() <= start for start, end in taken):
                taken.append(found.span())
                advice = advice_on(found[0], registry)
                yield "TMPL048", found.start(), {"text": found[0], "advice": advice}


Typed = Iterator[tuple[str, int, dict[str, str]]]


def _articles(text: str, registry: Registry) -> Typed:
    yield from _titled(text, registry)
    yield from _bare(text, registry)
    for found in _ARTICLE.finditer(text):
        before = text[: found.start()]
        if before.endswith("》") and _TITLE.search(before):
            continue
        if not before or before.endswith("\n") or _OWN.search(before):
            continue
        name = _named_before(before, registry)
        advice = _expression(name or "法律的名称", found, known=True)
        yield "TMPL047", found.start() - len(name), {"text": name + found[0], "advice": advice}


def _titled(text: str, registry: Registry) -> Typed:
    """Yield statutes in title marks, with their articles."""
    for found in _TITLE.finditer(text):
        article = _ARTICLE.match(text, found.end())
        statute = registry.find(found[1])
        if statute is None and not article and not _LAWS.search(found[1]):
            continue
        if statute and _BARE.match(text, found.end()):
            continue  # told with its article
        name = statute.short or statute.title if statute else found[1]
        typed = text[found.start() : article.end() if article else found.end()]
        advice = _expression(name, article, known=statute is not None)
        yield "TMPL047", found.start(), {"text": typed, "advice": advice}


def _bare(text: str, registry: Registry) -> Typed:
    """Yield articles without 第 behind the name of a registered law: 义务教育法五十八条."""
    for found in _BARE.finditer(text):
        before = text[: found.start()]
        name = _named_before(before.removesuffix("》"), registry)
        if name:
            advice = _expression(name, found, known=True)
            start = before.rindex(name) - before.endswith("》")
            yield "TMPL047", start, {"text": text[start : found.end()], "advice": advice}


def _named_before(text: str, registry: Registry) -> str:
    """Return the name of a statute that stands at the end of a text."""
    names = chain.from_iterable((one.title, one.short) for one in registry.statutes)
    return max((name for name in names if name and text.endswith(name)), key=len, default="")


def _expression(name: str, article: re.Match[str] | None, *, known: bool) -> str:
    numbers = (
        [parse_number(part) if part else None for part in article.groups()] if article else [1]
    )
    while numbers and numbers[-1] is None:
        numbers.pop()
    shown = ", ".join([f'"{name}"', *("None" if n is None else str(n) for n in numbers)])
    first = "" if known else f"先在 law.yaml 的「法律法规」里登记《{name}》，再"
    which = "" if article else "（写明第几条）"
    return f"请{first}写 {{{{ 法条({shown}) }}}}{which}，印出来的是当天有效的条文。"


def _told_of_a_child(flat: FlatTemplate) -> Iterator[Problem]:
    """Yield what tells who a child is on a paper that everybody may read."""
    if not flat.front.public or syntax_problems(flat):
        return
    for name in variables(flat):
        if not may_name(name, flat.front.role):
            place = flat.place(max(flat.source.find(name), 0))
            yield problem("TMPL049", place, title=flat.front.title, name=name)
