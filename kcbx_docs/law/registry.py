"""The registry of statutes, rules and required contents; every citation is resolved here by its day."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from kcbx_docs.law.files import read_law_file, shipped_files
from kcbx_docs.law.model import (
    Article,
    Basis,
    DocumentRequirement,
    LawFile,
    Rule,
    Statute,
    Verification,
    Version,
)
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
from kcbx_docs.reading import Source, did_you_mean, nearest
from kcbx_docs.words import article_in_words

_NUMBERED_LEVELS = ("司法解释", "司法文件", "规范性文件")
_RANK = {"已核对": 0, "部分": 1, "未核对": 2}


@dataclass(frozen=True)
class Citation:
    """A reference to a statute or one of its articles in the wording of a given day."""

    statute: Statute
    version: Version
    on: date
    article: int | None = None
    paragraph: int | None = None
    item: int | None = None

    @property
    def text(self) -> str:
        """Write it in full: 《中华人民共和国义务教育法》第五十八条."""
        number = (
            f"（{self.statute.number}）"
            if self.statute.level in _NUMBERED_LEVELS and self.statute.number
            else ""
        )
        return f"{bracketed(self.statute.title)}{number}{self.part}"

    @cached_property
    def short(self) -> str:
        """Write it with the short title: 《义务教育法》第五十八条."""
        return f"{bracketed(self.statute.short)}{self.part}"

    @property
    def part(self) -> str:
        """Write the article, paragraph and item: 第五条第二款第（三）项."""
        return article_in_words(self.article, self.paragraph, self.item)

    @property
    def entry(self) -> Article | None:
        """Return the registered article."""
        return self.statute.articles_of(self.version).get(self.article) if self.article else None

    @property
    def gist(self) -> str:
        """Say in our own words what the cited place rules."""
        if not (entry := self.entry):
            return ""
        place = entry.items.get(f"{self.paragraph or 1}.{self.item}", "") if self.item else ""
        return place or entry.paragraphs.get(self.paragraph or 0, "") or entry.gist

    @property
    def verification(self) -> Verification:
        """Return the weaker of what is known of the version and of the article."""
        entry = self.entry
        states = [
            self.version.verification,
            *([entry.verification] if entry and entry.verification else []),
        ]
        return max(states, key=_RANK.__getitem__)

    @property
    def warnings(self) -> Problems:
        """Warn where the text was only partly checked."""
        if self.verification == "已核对":
            return ()
        note = self.version.note or self.version.source
        return (problem("LAW006", title=self.statute.short, part=self.part, note=note),)

    def as_dict(self) -> dict[str, Any]:
        """Return plain data for ``--json``."""
        return {
            "text": self.text,
            "short": self.short,
            "gist": self.gist,
            "verification": self.verification,
        }


def bracketed(title: str) -> str:
    """Put a title in 《》; titles inside it get 〈〉."""
    return f"《{title.replace('《', '〈').replace('》', '〉')}》"


def plain_title(title: str) -> str:
    """Reduce a title to its bare form for comparison."""
    bare = re.sub(r"\s", "", title).replace("〈", "《").replace("〉", "》")
    if bare.startswith("《") and bare.endswith("》"):
        bare = bare[1:-1]
    return bare


@dataclass(frozen=True)
class Registry:
    """All that may be cited, computed and required; made by ``load_registry``."""

    statutes: tuple[Statute, ...]
    rules: tuple[Rule, ...] = ()
    documents: tuple[DocumentRequirement, ...] = ()
    checked: Mapping[str, date] = field(default_factory=dict)
    """Level of statute -> the day up to which it was checked."""

    @cached_property
    def _by_name(self) -> dict[str, Statute]:
        return {plain_title(name): statute for statute in self.statutes for name in statute.names}

    @cached_property
    def _rules(self) -> dict[str, Rule]:
        return {name: rule for rule in self.rules for name in (*rule.aliases, rule.name, rule.id)}

    @cached_property
    def _documents(self) -> dict[str, DocumentRequirement]:
        return {
            name: document for document in self.documents for name in (document.title, document.id)
        }

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
        pairs = ((s, _version_on(s, on)) for s in self.statutes if not s.banned)
        return tuple((s, v) for s, v in pairs if v and v.verification != "未核对")

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
            near = nearest(plain_title(title), [*self._by_name])
            advice = (
                f"是不是{bracketed(near)}？"
                if near
                else "请核对名称，或者在模板包的 law.yaml 中登记。"
            )
            return None, (problem("LAW001", place, title=plain_title(title), advice=advice),)
        if statute.banned:
            return None, (problem("LAW004", place, title=statute.title, reason=statute.banned),)
        version = _version_on(statute, on)
        if version is None:
            spans = "；".join(v.span for v in statute.versions)
            return None, (problem("LAW003", place, title=statute.title, day=on, spans=spans),)
        citation = Citation(statute, version, on, article, paragraph, item)
        found = (
            *(() if version.verification == "未核对" else _part_problems(citation, place)),
            *_doubts(citation, place),
        )
        return (None if errors(found) else citation), found

    def rule(self, name: str) -> Rule:
        """Find a rule by its id or Chinese name; raise with the nearest name otherwise."""
        if rule := self._rules.get(name):
            return rule
        raise unknown_rule(name, self._rules)

    def figure(self, name: str) -> int:
        """Return the number of a rule; a rule without one is a fault of the data, never guessed."""
        rule = self.rule(name)
        if rule.value is None:
            raise stop("LAW025", name=rule.name)
        return rule.value

    def document(self, name: str) -> DocumentRequirement | None:
        """Find what the law asks of a document, by its id or its common title."""
        found = self._documents.get(name)
        other = self._documents.get(found.issuers_as) if found else None
        if found is None or other is None:
            return found
        return found.model_copy(update={"issuers": other.issuers, "barred": other.barred})

    def basis(self, entries: Iterable[Basis], on: date) -> tuple[tuple[Citation, ...], Problems]:
        """Resolve the bases that apply on a day, each once; what cannot be resolved is reported."""
        key = (tuple(entries), on)
        if key not in self._resolved:
            done = [
                self.check_citation(b.statute, b.article, b.paragraph, b.item, on=on)
                for b in dict.fromkeys(key[0])
                if b.covers(on)
            ]
            self._resolved[key] = (
                tuple(c for c, _ in done if c),
                tuple(p for _, found in done for p in found),
            )
        return self._resolved[key]


def unknown_rule(name: str, known: Iterable[str]) -> UserError:
    """Say that there is no such rule, with the name that was probably meant."""
    advice = did_you_mean(name, [*known]) or "用 kcbx law list 可以查看。"
    return stop("LAW013", name=name, advice=advice)


def _version_on(statute: Statute, on: date) -> Version | None:
    return next((v for v in reversed(statute.versions) if v.covers(on)), None)


def _doubts(citation: Citation, place: Place | None) -> Problems:
    if citation.verification == "未核对":
        return (problem("LAW005", place, title=citation.statute.title, note=citation.version.note),)
    return tuple(replace(p, place=place or p.place) for p in citation.warnings)


def _part_problems(citation: Citation, place: Place | None) -> Iterator[Problem]:
    """Check that the article, paragraph and item exist in the version of the day."""
    title, number = citation.statute.short, citation.article
    if number is None:
        if citation.paragraph or citation.item:
            yield problem("LAW009", place, title=title, what="条号")
        return
    entry = citation.entry
    if entry is None:
        yield _missing_article(citation, place)
        return
    count, paragraph, item = entry.paragraph_count or 1, citation.paragraph, citation.item
    if paragraph is not None and not 1 <= paragraph <= count:
        yield problem(
            "LAW007", place, title=title, article=number, paragraph=paragraph, count=count
        )
    elif paragraph == 1 and count == 1:
        yield problem("LAW010", place, title=title, article=number)
    elif item is not None and paragraph is None and count > 1:
        yield problem("LAW009", place, title=title, what=f"第{number}条的款数")
    elif item is not None and not 1 <= item <= (known := entry.item_counts.get(paragraph or 1, 0)):
        yield problem("LAW008", place, title=title, part=citation.part, count=known)


def _missing_article(citation: Citation, place: Place | None) -> Problem:
    statute, number = citation.statute, citation.article or 0
    for version in statute.versions:
        if version is not citation.version and number in statute.articles_of(version):
            span = f"{version.span}；{citation.on}施行的是{citation.version.span}的版本"
            return problem("LAW017", place, title=statute.short, article=number, span=span)
    known = sorted(statute.articles_of(citation.version), key=lambda n: (abs(n - number), n))[:5]
    advice = (
        "相近的已登记条文：" + "、".join(f"第{n}条" for n in sorted(known))
        if known
        else "这部法律还没有登记条文"
    )
    return problem("LAW002", place, title=statute.short, article=number, advice=advice)


def load_registry(*extra: Source) -> tuple[Registry, Problems]:
    """Load the shipped registry and further law files (a pack's law.yaml), the later ones adding to the earlier."""
    read = [*shipped_files(), *((source, *read_law_file(source)) for source in extra)]
    found: list[Problem] = [p for _, _, problems in read for p in problems]
    statutes: dict[str, Statute] = {}
    names: dict[str, str] = {}
    rules: dict[str, Rule] = {}
    documents: dict[str, DocumentRequirement] = {}
    checked: dict[str, date] = {}
    for source, file, _ in read:
        if file is None:
            continue
        found += _add_statutes(statutes, names, source, file)
        found += _add_unique(rules, source, file.rules, "规则")
        found += _add_unique(documents, source, file.documents, "文书要求")
        for level in {statute.level for statute in file.statutes} if file.checked else ():
            checked[level] = min(file.checked or date.max, checked.get(level, date.max))
    registry = Registry(
        tuple(statutes.values()), tuple(rules.values()), tuple(documents.values()), checked
    )
    for source, file, _ in read:
        found += _unresolved(registry, source, file) if file else ()
    return registry, tuple(found)


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
        taken = [
            name
            for name in map(plain_title, {*statute.names})
            if names.get(name, statute.id) != statute.id
        ]
        if known or taken:
            yield problem("LAW011", place, what=f"法律「{taken[0] if taken else statute.id}」")
            continue
        statutes[statute.id] = statute
        names.update(dict.fromkeys(map(plain_title, statute.names), statute.id))
        yield from _version_order(statute, place)


def _merged(known: Statute, more: Statute) -> Statute:
    """Add a supplement's articles; its versions replace those that start on the same day or whose start is unknown."""
    kept = [
        v for v in known.versions if v.start and v.start not in {m.start for m in more.versions}
    ]
    versions = sorted([*kept, *more.versions], key=lambda v: v.start or date.min)
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
    """Report bases of rules and documents that resolve on no day."""
    for number, rule in enumerate(file.rules):
        for basis in rule.basis:
            if bad := _never_resolves(registry, basis):
                yield problem(
                    "LAW012",
                    source.place(("规则", number)),
                    name=rule.name,
                    basis=basis,
                    reason=bad,
                )
    for number, document in enumerate(file.documents):
        for basis in document.all_basis:
            if bad := _never_resolves(registry, basis):
                yield problem(
                    "LAW012",
                    source.place(("文书要求", number)),
                    name=document.title,
                    basis=basis,
                    reason=bad,
                )


def _never_resolves(registry: Registry, basis: Basis) -> str:
    statute = registry.find(basis.statute)
    last = statute.versions[-1] if statute else None
    starts = [day for day in (basis.start, last.start if last else None) if day]
    day = basis.end or max(starts, default=date.max)
    citation, found = registry.check_citation(
        basis.statute, basis.article, basis.paragraph, basis.item, on=day
    )
    return "" if citation else found[0].message
