"""``kcbx pack confirm``: a clause on fines goes into kcbx.yaml,
and its article into the workspace's own law.

Everything is prepared and proved in memory; then all files are written or none.
"""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from kcbx_docs.act import Put, together
from kcbx_docs.case.clause_words import contradictions_of, maker, told_of
from kcbx_docs.case.fields import safe_name
from kcbx_docs.case.files import LoadedWorkspace, load_workspace
from kcbx_docs.case.office_checks import check_workspace
from kcbx_docs.case.workspace import PenaltyBasis, Workspace
from kcbx_docs.law.model import Article, Statute
from kcbx_docs.law.registry import load_registry
from kcbx_docs.light import dataclass, regex
from kcbx_docs.office.clause import ArticleNumber, ConfirmedClause, free_id, parse_article
from kcbx_docs.office.confirmer import check_confirmer, doubts_of
from kcbx_docs.office.opened import open_law
from kcbx_docs.office.yamledit import block, put_item, read_original
from kcbx_docs.packs.chain import LOCAL, shipped_root
from kcbx_docs.packs.library import Library, open_library
from kcbx_docs.problems import Place, Problem, problem, raise_errors, stop
from kcbx_docs.procedure.penalties import may_set_fines
from kcbx_docs.reading import Source, parse_yaml, read_model, read_yaml
from kcbx_docs.writing import PUBLIC

FOLDER, LAW, PACK, SECTION, STATUTES = "附件", "law.yaml", "pack.yaml", "处罚依据", "法律法规"
MAX_ATTACHMENT = 100_000_000
_SUFFIX = regex(r"\.[A-Za-z0-9]{1,8}")


@dataclass(frozen=True)
class Change:
    """A file to be written, and what it was before."""

    path: Path
    data: bytes
    before: bytes | None = None


@dataclass(frozen=True)
class Confirmation:
    """A clause ready to be written: how it will be cited, and every file that changes."""

    root: Path
    basis: PenaltyBasis
    citation: str
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...] = ()
    """What is still wrong: the other clauses of a statute whose name was typed wrongly."""


@dataclass(frozen=True)
class ConfirmedBefore:
    """A clause as it was confirmed before: typed wrongly, or followed by a new version."""

    basis: PenaltyBasis
    wrong: bool


def registered(root: Path) -> tuple[PenaltyBasis, ...]:
    """List the clauses that were confirmed before."""
    office = load_workspace(root)[0]
    return office.workspace.penalties if office else ()


def said_before(root: Path, basis: PenaltyBasis) -> dict[str, str]:
    """Return what was answered when a clause was confirmed, by the keys of the questions."""
    said: dict[str, str] = {}
    for key, value in _values(basis):
        said[key] = "、".join(value) if isinstance(value, list) else value
    statute = _own_statute(root / "templates" / LAW, basis.statute)
    start = str(basis.in_force) if basis.in_force else None
    versions = statute.get("版本") or ()
    version: Mapping[str, Any] = next((v for v in versions if v.get("施行") == start), {})
    told = {"层级": statute.get("层级"), "通过日期": version.get("通过")}
    return said | {key: text for key, text in told.items() if text}


def confirmation_of(
    root: Path,
    clause: ConfirmedClause,
    attachment: Path | None,
    today: date,
    former: ConfirmedBefore | None = None,
    called: str = "",
) -> Confirmation:
    """Work out every change and prove it; raise why it cannot be registered here."""
    office, found = load_workspace(root)
    raise_errors(found)
    assert office is not None
    library = open_library(office.workspace.region, office.root)[0]
    _allowed_here(office, library, clause)
    check_confirmer(clause, office.workspace)
    known = library.registry.find(clause.statute)
    _may_fine(office, library, clause, known)
    copied = _attached(office.root, attachment, Path(called or str(attachment)))
    clause = _completed(clause, known, copied, office.root, today)
    clause = clause.model_copy(update={"id": free_id(clause, office.workspace.penalties)})
    basis = clause.basis()
    pack = _pack(office, clause, today)
    law = _law(office, clause, known, copied, former)
    sheet = _workspace(office, basis)
    citation = _proved(library, clause, law, sheet)
    changes = [change for change in (copied, pack, law, sheet) if change]
    changed = tuple(change for change in changes if change.data != change.before)
    doubts = doubts_of(basis, office.workspace, copied.data if copied else b"")
    left = (*_like_it(office, basis, former), *doubts)
    return Confirmation(office.root, basis, citation, changed, left)


def _like_it(
    office: LoadedWorkspace, basis: PenaltyBasis, former: ConfirmedBefore | None
) -> Iterator[Problem]:
    """Tell of every other clause that names the statute as wrongly as this one did."""
    if former is None or not former.wrong or former.basis.statute == basis.statute:
        return
    for number, other in enumerate(office.workspace.penalties):
        if other.id != former.basis.id and other.statute == former.basis.statute:
            place = office.source.place((SECTION, number, "法规"), value=True)
            told = {"id": other.id, "wrong": other.statute, "right": basis.statute}
            yield problem("LAW029", place, **told)


def _completed(
    clause: ConfirmedClause, known: Statute | None, copied: Change | None, root: Path, today: date
) -> ConfirmedClause:
    """Add what nobody need say: the registered title, the day, where the copied text lies."""
    values: dict[str, object] = {"confirmed_on": clause.confirmed_on or today}
    if known:
        values["statute"] = known.title
    if copied:
        values["attachment"] = copied.path.relative_to(root).as_posix()
    return clause.model_copy(update=values)


def write(confirmation: Confirmation) -> None:
    """Write all files or none; what is replaced stays beside it as ``.bak``."""
    steps: list[Put] = []
    for change in confirmation.changes:
        if change.before is not None:
            kept = change.path.with_name(f"{change.path.name}.bak")
            older = kept.read_bytes() if kept.exists() else None
            steps.append(Put(kept, change.before, older, change.path.stat().st_mode & 0o777))
        steps.append(Put(change.path, change.data, change.before, PUBLIC))
    together(confirmation.root, steps)


def _allowed_here(office: LoadedWorkspace, library: Library, clause: ConfirmedClause) -> None:
    """A pack that comes with the program is nobody's own;
    a sample clause belongs into a sample workspace.
    """
    own = office.root / "templates"
    if own.resolve() == shipped_root().resolve():
        raise stop("CLI027", Place(str(own)))
    if clause.sample and not library.chain.pack.is_sample:
        raise stop("CLI028", Place(str(own / PACK)))


def _may_fine(
    office: LoadedWorkspace, library: Library, clause: ConfirmedClause, known: Statute | None
) -> None:
    """A text that cannot set fines is not registered,
    nor one whose level differs from what is known of it.
    """
    law, _ = open_law(library, office.workspace, office.root)
    basis = clause.basis()
    if not may_set_fines(basis, law):
        raise stop("PROC233", Place(), id=basis.id, statute=basis.statute, article=basis.article)
    if maker(basis) == "不能":
        raise stop("PROC515", Place(), **told_of(basis))
    if any(contradictions_of(basis)):
        raise stop("PROC518", Place(), **told_of(basis))
    if known and known.level != clause.level:
        raise stop("CLI030", Place(), title=known.title, known=known.level, level=clause.level)


def _attached(root: Path, attachment: Path | None, called: Path) -> Change | None:
    """Copy the text of the regulation into the workspace; another file of the same name is kept."""
    if attachment is None:
        return None
    try:
        data = attachment.read_bytes()
    except OSError as error:
        raise stop("READ001", Place(str(attachment)), file=attachment) from error
    if not 0 < len(data) <= MAX_ATTACHMENT:
        limit = MAX_ATTACHMENT // 1_000_000
        raise stop("CLI031", Place(str(attachment)), size=len(data), limit=limit)
    suffix = called.suffix.lower() if _SUFFIX.fullmatch(called.suffix) else ""
    stem = safe_name(called.stem)
    path = root / FOLDER / f"{stem}{suffix}"
    if path.exists() and path.read_bytes() != data:
        path = path.with_name(f"{stem}-{_hash(data)[:8]}{suffix}")
    return Change(path, data, path.read_bytes() if path.exists() else None)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _pack(office: LoadedWorkspace, clause: ConfirmedClause, today: date) -> Change | None:
    """Make the workspace's own pack if it has none."""
    path = office.root / "templates" / PACK
    if path.exists():
        return None
    source = f"{clause.confirmed_by}对照原文登记的处罚依据"
    values = {"名称": office.workspace.office.name, "版本": "1", "来源": source}
    values["核对日期"] = str(today)
    lines = [_schema_line("pack"), "# 本单位的模板包：只写与上级不同的内容。", *block(values)]
    return Change(path, ("\n".join(lines) + "\n").encode())


def _schema_line(kind: str) -> str:
    """Return the first line of a file in templates/, by which an editor finds its schema."""
    return f"# yaml-language-server: $schema=../schema/{kind}.json"


def _law(
    office: LoadedWorkspace,
    clause: ConfirmedClause,
    known: Statute | None,
    copied: Change | None,
    former: ConfirmedBefore | None,
) -> Change:
    """Register the article in the workspace's own law file."""
    path = office.root / "templates" / LAW
    original = read_original(path)
    own = _own_statute(path, clause.statute) or _misnamed(path, clause, known, former)
    # What the workspace wrote in full itself is no supplement to the law above it.
    above = known if not own or own.get("补充") == "是" else None
    item = _statute(clause, above, own, _hash(copied.data) if copied else "", former)
    head = f"{_schema_line('law')}\n# 本单位登记的法规，用 kcbx pack confirm 写入。\n"
    before = original.text or head
    text = put_item(before, str(path), STATUTES, "编号", item)
    return Change(path, original.encode(text), original.raw if path.exists() else None)


def _misnamed(
    path: Path, clause: ConfirmedClause, known: Statute | None, former: ConfirmedBefore | None
) -> dict[str, Any]:
    """Return the workspace's own statute whose name was typed wrongly, with the right one."""
    if known or former is None or not former.wrong:
        return {}
    own = _own_statute(path, former.basis.statute)
    if not own or own.get("补充") == "是":
        return {}
    return {**own, "名称": clause.statute, "简称": clause.short or clause.statute}


def _own_statute(path: Path, name: str) -> dict[str, Any]:
    """Return what the workspace's own law says of a statute, nothing if it is not there."""
    if not path.exists():
        return {}
    source, found = read_yaml(path)
    raise_errors(found)
    for statute in (source.data or {}).get(STATUTES) or ():
        if name in (statute.get("名称"), statute.get("简称")):
            return dict(statute)
    return {}


def _statute(
    clause: ConfirmedClause,
    known: Statute | None,
    own: Mapping[str, Any],
    digest: str,
    former: ConfirmedBefore | None,
) -> dict[str, Any]:
    """Return the entry of the statute: what the workspace's own law already says,
    with this version and article.
    """
    base = own or _new_statute(clause, known)
    versions = list(base.get("版本") or ())
    replaced = [one for one in versions if _same_version(one, clause, former)]
    articles = _articles_above(known, clause)
    version: dict[str, Any] = {}
    for one in replaced:
        articles |= _without(one.get("条文") or {}, clause, former)
        version |= {key: value for key, value in one.items() if key != "条文"}
    number = clause.number
    entry = articles.get(str(number.article)) or _entry_above(known, number)
    articles[str(number.article)] = _article(clause, number, entry)
    version |= {**_version(clause, digest), "条文": articles}
    kept = [_ended(one, clause, former) for one in versions if one not in replaced]
    return {**base, "版本": sorted([*kept, version], key=lambda one: one.get("施行") or "")}


def _same_version(
    one: Mapping[str, Any], clause: ConfirmedClause, former: ConfirmedBefore | None
) -> bool:
    """Tell whether it is the version that is confirmed now, its first day unknown or wrong."""
    starts = {clause.in_force, former.basis.in_force if former and former.wrong else None, None}
    return one.get("施行") in {str(day) if day else None for day in starts}


def _without(
    articles: Mapping[str, Any], clause: ConfirmedClause, former: ConfirmedBefore | None
) -> dict[str, Any]:
    """Leave out the article that was registered for this clause by a slip of the pen."""
    number = parse_article(former.basis.article) if former and former.wrong else None
    wrong = str(number.article) if number and number.article != clause.number.article else ""
    gist = str((articles.get(wrong) or {}).get("要旨", ""))
    ours = former is not None and f"「{former.basis.id}」" in gist
    return {key: entry for key, entry in articles.items() if key != wrong or not ours}


def _ended(
    one: Mapping[str, Any], clause: ConfirmedClause, former: ConfirmedBefore | None
) -> Mapping[str, Any]:
    """Let the version before a new one end on the day before that begins."""
    if former is None or former.wrong or clause.in_force is None or one.get("失效"):
        return one
    before = one.get("施行") == str(former.basis.in_force)
    return {**one, "失效": str(clause.in_force - timedelta(days=1))} if before else one


def _new_statute(clause: ConfirmedClause, known: Statute | None) -> dict[str, Any]:
    """Begin an entry of our own, or one that supplements a statute known above."""
    if known is None:
        return {
            "编号": f"local-{_hash(clause.statute.encode())[:8]}",
            "名称": clause.statute,
            "简称": clause.short or clause.statute,
            "层级": clause.level,
        }
    return {
        "编号": known.id,
        "名称": clause.statute,
        "简称": clause.short or known.short,
        "层级": clause.level,
        "补充": "是",
    }


def _version(clause: ConfirmedClause, digest: str) -> dict[str, Any]:
    """Describe the version that lay at hand; what nobody knows is not written."""
    values = {
        "通过": str(clause.adopted or ""),
        "施行": str(clause.in_force or ""),
        "失效": str(clause.until or ""),
        "核对": "已核对" if clause.in_force else "部分",
        "来源": "本单位对照原文核对",
        "确认人": clause.confirmed_by,
        "确认日期": str(clause.confirmed_on),
        "附件": clause.attachment,
        "说明": f"附件的 sha256：{digest}" if digest else "",
    }
    return {key: value for key, value in values.items() if value}


def _articles_above(known: Statute | None, clause: ConfirmedClause) -> dict[str, Any]:
    """List the articles of the version that ours replaces."""
    for version in known.versions if known else ():
        if version.start == clause.in_force:
            return {str(number): _written(entry) for number, entry in version.articles.items()}
    return {}


def _entry_above(known: Statute | None, number: ArticleNumber) -> Mapping[str, Any]:
    entry = known.articles.get(number.article) if known else None
    return _written(entry) if entry else {}


def _written(article: Article) -> dict[str, Any]:
    """Write a registered article as texts."""
    values = article.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {key: _texts(value) for key, value in values.items()}


def _texts(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _texts(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_texts(inner) for inner in value]
    return str(value)


def _article(
    clause: ConfirmedClause, number: ArticleNumber, known: Mapping[str, Any]
) -> dict[str, Any]:
    """Describe the article; it has at least as many paragraphs and items as the clause names."""
    gist = f"对不送孩子入学的监护人的罚款，见处罚依据「{clause.id or clause.article}」"
    entry: dict[str, Any] = {"要旨": gist, **known}
    paragraphs = int(known.get("款数", 1))
    if number.paragraph:
        # An article whose first paragraph is cited by number has more than one.
        paragraphs = max(paragraphs, number.paragraph, 2)
    if paragraphs > 1:
        entry["款数"] = str(paragraphs)
    items = dict(known.get("项数") or {})
    if number.item:
        key = str(number.paragraph or 1)
        items[key] = str(max(int(items.get(key, 0)), number.item))
    if items:
        entry["项数"] = items
    return entry


def _workspace(office: LoadedWorkspace, basis: PenaltyBasis) -> Change:
    """Write the clause into kcbx.yaml; every other line stays as it is."""
    original = read_original(office.path)
    text = put_item(original.text, str(office.path), SECTION, "编号", dict(_values(basis)))
    return Change(office.path, original.encode(text), original.raw)


def _values(basis: PenaltyBasis) -> Iterator[tuple[str, Any]]:
    for name, info in type(basis).model_fields.items():
        value = getattr(basis, name)
        if isinstance(value, tuple) and value:
            yield str(info.alias), list(value)
        elif value not in (None, "", ()):
            yield str(info.alias), _text(value)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _reread(change: Change) -> Source:
    text = change.data.decode(read_original(change.path).encoding).replace("\r\n", "\n")
    source, found = parse_yaml(text, str(change.path))
    raise_errors(found)
    return source


def _proved(library: Library, clause: ConfirmedClause, law: Change, sheet: Change) -> str:
    """Read the new texts as the program will; return how the article is cited."""
    source = _reread(sheet)
    workspace, typed = read_model(Workspace, source)
    raise_errors(typed)
    if workspace:
        raise_errors(check_workspace(workspace, source))
    above: list[Source] = []
    for folder in library.chain.folders:
        path = folder.path / LAW
        if folder.id != LOCAL and path.is_file():
            above.append(read_yaml(path, folder.shown(path))[0])
    registry, found = load_registry(*above, _reread(law))
    raise_errors(found)
    number, day = clause.number, clause.in_force or clause.confirmed_on or date.max
    return registry.cite(clause.statute, number.article, number.paragraph, number.item, on=day).text
