"""The registry of statutes, rules and required contents; it resolves each citation by its day."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any

from kcbx_docs.law.bounds import rules_outside
from kcbx_docs.law.citation import Citation, Part, bracketed, plain_title
from kcbx_docs.law.files import read_law_file, shipped_files
from kcbx_docs.law.model import (
    Article,
    BaselessThreat,
    Basis,
    DocumentRequirement,
    Forbidden,
    LawFile,
    OwnPapers,
    Rule,
    Statute,
    Version,
    WordList,
)
from kcbx_docs.light import dataclass
from kcbx_docs.problems import (
    Place,
    Problem,
    Problems,
    UserError,
    errors,
    problem,
    raise_errors,
    stop,
)
from kcbx_docs.reading import Source
from kcbx_docs.words import did_you_mean, nearest

_UNREAD = "未核对"
"""What nobody held against its text cannot be cited."""


@dataclass(frozen=True)
class Registry:
    """All that may be cited, computed and required; made by ``load_registry``."""

    statutes: tuple[Statute, ...]
    rules: tuple[Rule, ...] = ()
    documents: tuple[DocumentRequirement, ...] = ()
    checked: Mapping[str, date] = field(default_factory=dict)
    """Level of statute -> the day up to which it was checked."""
    word_lists: Mapping[str, WordList] = field(default_factory=dict)
    own_papers: tuple[OwnPapers, ...] = ()
    threats: tuple[BaselessThreat, ...] = ()

    @cached_property
    def _by_name(self) -> dict[str, Statute]:
        found: dict[str, Statute] = {}
        for statute in self.statutes:
            found.update(dict.fromkeys(map(plain_title, statute.names), statute))
        return found

    @cached_property
    def _rules(self) -> dict[str, Rule]:
        found: dict[str, Rule] = {}
        for rule in self.rules:
            found.update(dict.fromkeys((*rule.aliases, rule.name, rule.id), rule))
        return found

    @cached_property
    def _documents(self) -> dict[str, DocumentRequirement]:
        found: dict[str, DocumentRequirement] = {}
        for document in self.documents:
            found.update(dict.fromkeys((document.title, document.id), document))
        return found

    @cached_property
    def _resolved(
        self,
    ) -> dict[tuple[tuple[Basis, ...], date], tuple[tuple[Citation, ...], Problems]]:
        return {}

    def find(self, title: str) -> Statute | None:
        """Find a statute by full title, short title, alias or id, with or without 《》."""
        bare = plain_title(title)
        return self._by_name.get(bare) or self._by_name.get(bare.removeprefix("中华人民共和国"))

    def statutes_in_force(self, on: date) -> tuple[tuple[Statute, Version], ...]:
        """List what is in force and may be cited on a day, with its version."""
        found: list[tuple[Statute, Version]] = []
        for statute in self.statutes:
            version = _version_on(statute, on)
            if version and not statute.banned and version.verification != _UNREAD:
                found.append((statute, version))
        return tuple(found)

    @cached_property
    def complete_from(self) -> date:
        """Return the first day of which every registered statute can be cited, if it ever can."""
        starts = [first for statute in self.statutes if (first := _first_day(statute))]
        return max(starts, default=date.min)

    def citable(self, title: str, on: date) -> bool:
        """Tell whether a version of a statute that was in force on a day is registered, and was
        held against its text.
        """
        statute = self.find(title)
        version = _version_on(statute, on) if statute else None
        return statute is None or (version is not None and version.verification != _UNREAD)

    def cite(
        self,
        title: str,
        article: int | None = None,
        paragraph: int | None = None,
        item: int | None = None,
        *,
        on: date,
    ) -> Citation:
        """Resolve a citation for a day; raise the reasons if it may not be cited."""
        citation, found = self.check_citation(title, article, paragraph, item, on=on)
        raise_errors(found)
        assert citation
        return citation

    def check_citation(
        self,
        title: str,
        article: int | None = None,
        paragraph: int | None = None,
        item: int | None = None,
        *,
        on: date,
        place: Place | None = None,
    ) -> tuple[Citation | None, Problems]:
        """Resolve a citation for a day; give every reason and warning instead of raising."""
        statute = self.find(title)
        if statute is None:
            return None, (self._unknown_title(title, place),)
        if statute.banned:
            return None, (problem("LAW004", place, title=statute.title, reason=statute.banned),)
        version = _version_on(statute, on)
        if version is None:
            spans = "；".join(version.span for version in statute.versions)
            return None, (problem("LAW003", place, title=statute.title, day=on, spans=spans),)
        citation = Citation(statute, version, on, article, paragraph, item)
        found = tuple(_citation_problems(citation, place))
        return (None if errors(found) else citation), found

    def _unknown_title(self, title: str, place: Place | None) -> Problem:
        bare = plain_title(title)
        near = nearest(bare, [*self._by_name])
        advice = "请核对名称，或者在模板包的 law.yaml 中登记。"
        if near:
            advice = f"是不是{bracketed(near)}？"
        return problem("LAW001", place, title=bare, advice=advice)

    def check_basis(self, basis: Basis, on: date) -> tuple[Citation | None, Problems]:
        """Resolve the article to which a rule or document refers."""
        return self.check_citation(basis.statute, basis.article, basis.paragraph, basis.item, on=on)

    def rule(self, name: str) -> Rule:
        """Find a rule by its id or Chinese name; raise with the nearest name otherwise."""
        if rule := self._rules.get(name):
            return rule
        raise unknown_rule(name, self._rules)

    def rule_parts(self, name: str, on: date) -> tuple[tuple[str, tuple[Part, ...]], ...]:
        """Return what a rule rests on on a day, by statute; raise if that is nothing."""
        rule = self.rule(name)
        found: dict[str, list[Part]] = {}
        for basis in rule.basis:
            if basis.covers(on):
                part = (basis.article, basis.paragraph, basis.item)
                found.setdefault(basis.statute, []).append(part)
        if not found:
            raise stop("LAW026", name=rule.name, day=on)
        return tuple((statute, tuple(parts)) for statute, parts in found.items())

    def figure(self, name: str) -> int:
        """Return the number of a rule; a rule without one is a fault of the data, never guessed."""
        rule = self.rule(name)
        if rule.value is None:
            raise stop("LAW025", name=rule.name)
        return rule.value

    def words(self, name: str) -> WordList:
        """Return a list of words by its id."""
        return self.word_lists[name]

    def document(self, name: str) -> DocumentRequirement | None:
        """Find what the law asks of a document, by its id or its common title."""
        found = self._documents.get(name)
        other = self._documents.get(found.issuers_as) if found else None
        if found is None or other is None:
            return found
        return found.model_copy(update={"issuers": other.issuers, "barred": other.barred})

    def forbidden(
        self, name: str, role: str | None, issuers: tuple[str, ...]
    ) -> tuple[Forbidden, ...]:
        """List what a document must not say; one that is not registered, what its kind must not."""
        if found := self._documents.get(name):
            return found.forbidden
        kinds = [one for one in self.own_papers if one.holds(role, issuers)]
        same = [known for one in kinds if (known := self._documents.get(one.as_in))]
        words = [*(one.forbidden for one in same), *(one.forbidden for one in kinds)]
        return tuple(chain.from_iterable(words))

    def basis(self, entries: Iterable[Basis], on: date) -> tuple[tuple[Citation, ...], Problems]:
        """Resolve the bases that apply on a day, each once; what cannot be resolved is reported."""
        key = (tuple(entries), on)
        if key not in self._resolved:
            self._resolved[key] = self._resolve(dict.fromkeys(key[0]), on)
        return self._resolved[key]

    def _resolve(self, entries: Iterable[Basis], on: date) -> tuple[tuple[Citation, ...], Problems]:
        citations: list[Citation] = []
        found: list[Problem] = []
        for entry in entries:
            if not entry.covers(on):
                continue
            citation, problems = self.check_basis(entry, on)
            found += problems
            if citation:
                citations.append(citation)
        return tuple(citations), tuple(found)


def unknown_rule(name: str, known: Iterable[str]) -> UserError:
    """Say that there is no such rule, with the name that was probably meant."""
    advice = did_you_mean(name, [*known]) or "用 kcbx law list 可以查看。"
    return stop("LAW013", name=name, advice=advice)


def _first_day(statute: Statute) -> date | None:
    """Return the day on which the oldest version that can be cited came into force."""
    read = [version for version in statute.versions if version.verification != _UNREAD]
    return min((version.start for version in read if version.start), default=None)


def _version_on(statute: Statute, on: date) -> Version | None:
    return next((v for v in reversed(statute.versions) if v.covers(on)), None)


def _citation_problems(citation: Citation, place: Place | None) -> Iterator[Problem]:
    if citation.version.verification != _UNREAD:
        yield from _part_problems(citation, place)
    if citation.verification == _UNREAD:
        title, note = citation.statute.title, citation.version.note
        yield problem("LAW005", place, title=title, note=note)
        return
    for warning in citation.warnings:
        yield replace(warning, place=place or warning.place)


def _part_problems(citation: Citation, place: Place | None) -> Iterator[Problem]:
    """Check that the article, paragraph and item exist in the version of the day."""
    if citation.article is None:
        if citation.paragraph or citation.item:
            yield problem("LAW009", place, title=citation.statute.short, what="条号")
    elif citation.entry is None:
        yield _missing_article(citation, place)
    elif fault := _misplaced(citation, citation.entry, place):
        yield fault


def _misplaced(citation: Citation, entry: Article, place: Place | None) -> Problem | None:
    """Find a paragraph or item that the article does not have, or that is not told apart."""
    title, number = citation.statute.short, citation.article
    paragraph, item = citation.paragraph, citation.item
    count = entry.paragraph_count or 1
    if paragraph is not None and not 1 <= paragraph <= count:
        facts = {"article": number, "paragraph": paragraph, "count": count}
        return problem("LAW007", place, title=title, **facts)
    if paragraph == 1 and count == 1:
        return problem("LAW010", place, title=title, article=number)
    if item is None:
        return None
    if paragraph is None and count > 1:
        return problem("LAW009", place, title=title, what=f"第{number}条的款数")
    known = entry.item_counts.get(paragraph or 1, 0)
    if not 1 <= item <= known:
        return problem("LAW008", place, title=title, part=citation.part, count=known)
    return None


def _missing_article(citation: Citation, place: Place | None) -> Problem:
    statute, number = citation.statute, citation.article or 0
    for version in statute.versions:
        if version is not citation.version and number in statute.articles_of(version):
            span = f"{version.span}；{citation.on}施行的是{citation.version.span}的版本"
            return problem("LAW017", place, title=statute.short, article=number, span=span)
    known = statute.articles_of(citation.version)
    near = sorted(known, key=lambda other: (abs(other - number), other))[:5]
    advice = "这部法律还没有登记条文"
    if near:
        advice = "相近的已登记条文：" + "、".join(f"第{other}条" for other in sorted(near))
    return problem("LAW002", place, title=statute.short, article=number, advice=advice)


def load_registry(*extra: Source) -> tuple[Registry, Problems]:
    """Load the shipped registry and further law files (a pack's law.yaml), each adding to it."""
    read = [*shipped_files(), *((source, *read_law_file(source)) for source in extra)]
    found: list[Problem] = []
    for _, _, problems in read:
        found += problems
    files = [(source, file) for source, file, _ in read if file]
    statutes: dict[str, Statute] = {}
    names: dict[str, str] = {}
    rules: dict[str, Rule] = {}
    documents: dict[str, DocumentRequirement] = {}
    word_lists: dict[str, WordList] = {}
    own_papers: dict[str, OwnPapers] = {}
    threats: dict[str, BaselessThreat] = {}
    checked: dict[str, date] = {}
    for source, file in files:
        found += _add_statutes(statutes, names, source, file)
        found += _add_unique(rules, source, file.rules, "规则")
        found += rules_outside(source, file.rules)
        found += _add_unique(documents, source, file.documents, "文书要求")
        found += _add_unique(own_papers, source, file.own_papers, "没有登记的文书")
        found += _add_unique(threats, source, file.threats, "没有依据的后果")
        found += _add_unique(word_lists, source, file.word_lists, "词表")
        _add_checked(checked, file)
    registry = Registry(
        tuple(statutes.values()),
        tuple(rules.values()),
        tuple(documents.values()),
        checked,
        word_lists,
        tuple(own_papers.values()),
        tuple(threats.values()),
    )
    for source, file in files:
        found += _unresolved(registry, source, file)
    return registry, tuple(found)


def _add_checked(checked: dict[str, date], file: LawFile) -> None:
    """Keep the earliest day of check for each level that a file holds."""
    if file.checked is None:
        return
    for statute in file.statutes:
        checked[statute.level] = min(file.checked, checked.get(statute.level, date.max))


def _add_statutes(
    statutes: dict[str, Statute],
    names: dict[str, str],
    source: Source,
    file: LawFile,
) -> Iterator[Problem]:
    for number, statute in enumerate(file.statutes):
        place = source.place(("法律法规", number))
        known = statutes.get(statute.id)
        if statute.supplement and known:
            statutes[statute.id] = _merged(known, statute)
            continue
        own = dict.fromkeys(map(plain_title, statute.names), statute.id)
        taken = [name for name in own if names.get(name, statute.id) != statute.id]
        if known or taken:
            name = taken[0] if taken else statute.id
            yield problem("LAW011", place, what=f"法律「{name}」")
            continue
        statutes[statute.id] = statute
        names.update(own)
        yield from _version_order(statute, place)


def _merged(known: Statute, more: Statute) -> Statute:
    """Add a supplement's articles and versions.

    They replace versions that start on the same day or whose start is unknown.
    """
    starts = {version.start for version in more.versions}
    kept = [version for version in known.versions if version.start and version.start not in starts]
    versions = sorted([*kept, *more.versions], key=lambda version: version.start or date.min)
    return known.model_copy(
        update={
            "versions": tuple(versions),
            "articles": {**known.articles, **more.articles},
            "number": more.number or known.number,
        }
    )


def _version_order(statute: Statute, place: Place) -> Iterator[Problem]:
    for earlier, later in zip(statute.versions, statute.versions[1:], strict=False):
        if earlier.end is None or later.start is None or earlier.end >= later.start:
            yield problem(
                "LAW018", place, title=statute.title, first=earlier.span, second=later.span
            )


def _add_unique(
    known: dict[str, Any], source: Source, entries: Iterable[Any], key: str
) -> Iterator[Problem]:
    for number, entry in enumerate(entries):
        if entry.id in known:
            yield problem("LAW011", source.place((key, number)), what=f"{key}「{entry.id}」")
        else:
            known[entry.id] = entry


def _unresolved(registry: Registry, source: Source, file: LawFile) -> Iterator[Problem]:
    """Report bases of rules, documents and word lists that resolve on no day."""
    for key, name, number, bases in _bases(file):
        for basis in bases:
            if bad := never_resolves(registry, basis):
                place = source.place((key, number))
                yield problem("LAW012", place, name=name, basis=basis, reason=bad)


def _bases(file: LawFile) -> Iterator[tuple[str, str, int, tuple[Basis, ...]]]:
    for number, rule in enumerate(file.rules):
        yield "规则", rule.name, number, rule.basis
    for number, document in enumerate(file.documents):
        yield "文书要求", document.title, number, document.all_basis
    for number, own in enumerate(file.own_papers):
        bases = tuple(chain.from_iterable(word.basis for word in own.forbidden))
        yield "没有登记的文书", own.id, number, bases
    for number, threat in enumerate(file.threats):
        yield "没有依据的后果", threat.id, number, threat.basis
    for number, words in enumerate(file.word_lists):
        yield "词表", words.name, number, words.basis


def never_resolves(registry: Registry, basis: Basis) -> str:
    """Say why a basis cannot be cited on the latest day on which it should."""
    citation, found = registry.check_basis(basis, _latest_day(registry, basis))
    return "" if citation else found[0].message


def _latest_day(registry: Registry, basis: Basis) -> date:
    if basis.end:
        return basis.end
    statute = registry.find(basis.statute)
    starts = [basis.start, statute.versions[-1].start if statute else None]
    return max((day for day in starts if day), default=date.max)
