"""The registry as people read it: records for ``kcbx law show``, ``law list``, docs/法律依据.md."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Any

from kcbx_docs.law.citation import Citation, bracketed
from kcbx_docs.law.model import (
    Article,
    Basis,
    DocumentRequirement,
    Forbidden,
    Rule,
    Statute,
    Version,
)
from kcbx_docs.law.registry import Registry, unknown_rule
from kcbx_docs.light import dataclass
from kcbx_docs.problems import Problems
from kcbx_docs.words import amount_in_words, article_in_words

LEVELS = (
    "法律",
    "行政法规",
    "司法解释",
    "司法文件",
    "部门规章",
    "地方性法规",
    "地方政府规章",
    "规范性文件",
    "示例",
)


@dataclass(frozen=True)
class ArticleRow:
    """One line of a registered article: its place and what it says."""

    place: str
    gist: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class StatuteRow:
    """One statute as it stands on a day."""

    id: str
    title: str
    short: str
    level: str
    number: str
    start: date | None
    end: date | None
    verification: str
    articles: int
    source: str
    note: str


def statute_rows(registry: Registry, on: date) -> tuple[StatuteRow, ...]:
    """List what may be cited on a day, by level and then as registered."""
    rows = (_row(statute, version) for statute, version in registry.statutes_in_force(on))
    return tuple(sorted(rows, key=lambda row: LEVELS.index(row.level)))


def _row(statute: Statute, version: Version) -> StatuteRow:
    return StatuteRow(
        statute.id,
        statute.title,
        statute.short,
        statute.level,
        statute.number,
        version.start,
        version.end,
        version.verification,
        len(statute.articles_of(version)),
        version.source,
        version.note or statute.note,
    )


def show(
    registry: Registry,
    title: str,
    article: int | None,
    on: date,
) -> tuple[Citation | None, tuple[ArticleRow, ...], Problems]:
    """Give a citation with the lines of its article, or of all articles when none is named."""
    citation, found = registry.check_citation(title, article, on=on)
    if citation is None:
        return None, (), found
    entries = citation.statute.articles_of(citation.version)
    wanted = {article: entries[article]} if article else entries
    return citation, _rows_of(wanted), found


def _rows_of(articles: Mapping[int, Article]) -> tuple[ArticleRow, ...]:
    rows: list[ArticleRow] = []
    for number, entry in sorted(articles.items()):
        rows += article_rows(number, entry)
    return tuple(rows)


def article_rows(number: int, entry: Article) -> Iterator[ArticleRow]:
    """List an article, its paragraphs and its items."""
    yield ArticleRow(article_in_words(number), entry.gist, entry.tags)
    several = (entry.paragraph_count or 1) > 1
    items = _items_by_paragraph(entry)
    for paragraph in sorted({*entry.paragraphs, *items}):
        own = paragraph if several else None
        if paragraph in entry.paragraphs:
            yield ArticleRow(article_in_words(number, own), entry.paragraphs[paragraph])
        for item, gist in sorted(items.get(paragraph, ())):
            yield ArticleRow(article_in_words(number, own, item), gist)


def _items_by_paragraph(entry: Article) -> dict[int, list[tuple[int, str]]]:
    """Group the items, whose keys are written as paragraph.item."""
    found: dict[int, list[tuple[int, str]]] = {}
    for key, gist in entry.items.items():
        paragraph, item = map(int, key.split("."))
        found.setdefault(paragraph, []).append((item, gist))
    return found


def rule_rows(registry: Registry, name: str = "") -> tuple[tuple[Rule, ...], Problems]:
    """List the rules whose id or name contains a word; none is a problem with the nearest name."""
    rows = tuple(rule for rule in registry.rules if name in rule.id or name in rule.name)
    if rows:
        return rows, ()
    known = chain.from_iterable((rule.id, rule.name) for rule in registry.rules)
    return (), unknown_rule(name, known).problems


def rule_figure(rule: Rule) -> str:
    """Write the number of a rule as people read it."""
    number = rule.value if rule.value is not None else rule.default
    if rule.unit in ("及时", "是否"):
        return {"及时": "及时", "是否": "是"}[rule.unit]
    if number is None:
        return "法律未规定"
    before = "提前" if number < 0 else ""
    advised = "（建议）" if rule.value is None else ""
    return f"{before}{amount_in_words(number, rule.unit)}{advised}"


def rule_data(rule: Rule) -> dict[str, Any]:
    """Return a rule as plain data, its figure as people read it."""
    return {**rule.model_dump(mode="json", by_alias=True), "数": rule_figure(rule)}


def basis_text(registry: Registry, basis: Iterable[Basis], on: date) -> str:
    """Write the articles of a rule in short form, those not citable on the day plainly."""
    texts: list[str] = []
    for entry in basis:
        if not entry.covers(on):
            continue
        citation, _ = registry.check_basis(entry, on)
        text = citation.short if citation else str(entry)
        if text not in texts:
            texts.append(text)
    return "、".join(texts)


def markdown(registry: Registry, on: date) -> str:
    """Write docs/法律依据.md: statutes by level with their versions, rules, required contents."""
    parts = (
        _head(registry, on),
        *_statute_parts(registry),
        _rule_part(registry, on),
        _document_part(registry, on),
    )
    return "\n\n".join(parts) + "\n"


def _head(registry: Registry, on: date) -> str:
    levels = [level for level in LEVELS if level in registry.checked]
    checked = "；".join(f"{level} {registry.checked[level]}" for level in levels)
    lines = (
        "# 法律依据",
        "",
        "本页由程序按登记数据生成（`kcbx_docs/law/reference.py`），不要手工改；"
        "测试保证它与数据一致。",
        "要旨是编者的概括，不是法条原文，引用前请对照公布的文本。",
        "",
        f"- 列出的是 {on} 可以引用的依据。",
        f"- 法律依据核对至：{checked}。此后的修改没有核对。",
        "- 核对：「已核对」可以引用；「部分」可以引用，但会提醒；「未核对」不能引用。",
    )
    return "\n".join(lines)


def _statute_parts(registry: Registry) -> Iterator[str]:
    for level in LEVELS:
        statutes = [statute for statute in registry.statutes if statute.level == level]
        if statutes:
            yield "\n\n".join([f"## {level}", *map(_statute_part, statutes)])


def _statute_part(statute: Statute) -> str:
    number = f"（{statute.number}）" if statute.number else ""
    lines = [
        f"### {bracketed(statute.title)}{number}",
        "",
        f"简称：{statute.short}　编号：`{statute.id}`",
        "",
    ]
    if statute.banned:
        return "\n".join([*lines, f"**禁止引用**：{statute.banned}。"])
    lines += ["| 施行 | 失效 | 核对 | 来源 | 说明 |", "|---|---|---|---|---|"]
    lines += map(_version_line, statute.versions)
    for heading, entries in _article_groups(statute):
        lines += ["", heading, "", "| 条款项 | 要旨 |", "|---|---|"]
        lines += [f"| {row.place} | {row.gist} |" for row in _rows_of(entries)]
    return "\n".join(lines)


def _version_line(version: Version) -> str:
    start, end = version.start or "未核对", version.end or "—"
    return f"| {start} | {end} | {version.verification} | {version.source} | {version.note} |"


def _article_groups(statute: Statute) -> Iterator[tuple[str, Mapping[int, Article]]]:
    if statute.articles:
        several = len(statute.versions) > 1
        yield "各版本通用的条文：" if several else "已登记的条文：", statute.articles
    for version in statute.versions:
        if version.articles:
            yield f"只属于 {version.span} 版本的条文：", version.articles


def _rule_part(registry: Registry, on: date) -> str:
    lines = [
        "## 期限和数字",
        "",
        "| 编号 | 名称 | 数 | 起算 | 约束 | 依据 | 核对 | 说明 |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for rule in registry.rules:
        law = basis_text(registry, rule.basis, on) or "—"
        lines.append(
            f"| `{rule.id}` | {rule.name} | {rule_figure(rule)} | {rule.event or '—'} "
            f"| {rule.bound} | {law} | {rule.verification} | {rule.note} |"
        )
    return "\n".join(lines)


def _document_part(registry: Registry, on: date) -> str:
    parts = ["## 文书必备内容"]
    for document in registry.documents:
        parts.append("\n".join(_document_lines(registry, document, on)))
    parts.append("\n".join(_own_lines(registry)))
    parts.append("\n".join(_threat_lines(registry)))
    return "\n\n".join(parts)


def _document_lines(registry: Registry, document: DocumentRequirement, on: date) -> Iterator[str]:
    yield f"### {document.title}（`{document.id}`）"
    yield ""
    for part in document.required:
        condition = f"（{part.condition}）" if part.condition else ""
        yield f"- 必备：{part.name}{condition} — {basis_text(registry, part.basis, on)}"
    if document.advisable:
        yield f"- 宜有：{'、'.join(document.advisable)}"
    yield from map(_forbidden_line, document.forbidden)
    if document.note:
        yield f"- 说明：{document.note}"


def _own_lines(registry: Registry) -> Iterator[str]:
    """List what papers must not say that are not in the list above."""
    yield "### 上面没有的文书"
    for own in registry.own_papers:
        known = registry.document(own.as_in)
        yield ""
        yield f"{own.id}：{f'与{known.title}相同。' if known else ''}"
        yield from map(_forbidden_line, own.forbidden)


def _threat_lines(registry: Registry) -> Iterator[str]:
    """List with what no paper may threaten people, and what it may say instead."""
    yield "### 没有依据的后果"
    yield ""
    yield "各种文书的模板都看。前面说了「不得」「严禁」的、说它违法的，不算。"
    yield ""
    for one in registry.threats:
        plain = [word for word in one.unless if word.isalnum()]  # patterns are for no reader
        more = "等" if len(plain) < len(one.unless) else ""
        unless = f"同一句里前面说到{'、'.join(plain)}{more}的不算。" if plain else ""
        only = f"只看{'、'.join(one.issuers)}的文书。" if one.issuers else ""
        yield f"- {one.id}：{one.reason}。{only}{unless}{one.instead}"


def _forbidden_line(word: Forbidden) -> str:
    return f"- 不得有：`{word.word}` — {word.reason}".replace("|", "\\|")
