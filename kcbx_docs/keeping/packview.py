"""What a pack says and where: every value, block, line, variable and citation with its place."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain

from kcbx_docs.law.figures import figure_text
from kcbx_docs.light import dataclass
from kcbx_docs.packs.cards import document_ids, files_of
from kcbx_docs.packs.chain import NATIONAL, PackFolder, find_packs, shipped_root
from kcbx_docs.packs.contract import calls, variables
from kcbx_docs.packs.flatten import FlatTemplate
from kcbx_docs.packs.library import Library
from kcbx_docs.packs.model import Card
from kcbx_docs.packs.sources import TABLES, Provenance, provenance, value_in
from kcbx_docs.papers.functions import Citer
from kcbx_docs.problems import Place, UserError
from kcbx_docs.reading import Loc
from kcbx_docs.words import spell

SOURCES = "各项来源"
"""What is said of values, and no value itself."""
OF_THE_FILE = frozenset(("名称", "行政区划代码", "版本", "来源", "核对日期", "说明", SOURCES))
"""What a pack.yaml says of itself."""


@dataclass(frozen=True)
class Row:
    """One value and the place that supplied it."""

    name: str
    value: str
    place: str


@dataclass(frozen=True)
class ValueRow(Row):
    """One value of a pack with where it comes from and when that was checked."""

    source: str
    checked_on: date | None
    note: str = ""


@dataclass(frozen=True)
class PackRow:
    """One pack for lists."""

    id: str
    name: str
    code: str
    version: str
    checked_on: date | None
    documents: int
    source: str
    comes: str
    """Whether it came with the program or lies in the workspace, and what it stands in place of."""


@dataclass(frozen=True)
class DocumentRow:
    """One document of a chain for lists."""

    id: str
    title: str
    unit: str
    layout: str
    issuers: tuple[str, ...]
    served: bool
    note: str
    packs: tuple[str, ...]
    """The packs that write it, general first."""


@dataclass(frozen=True)
class DocumentView:
    """One flattened document with the origin of all of it."""

    id: str
    title: str
    files: tuple[str, ...]
    front: tuple[Row, ...]
    blocks: tuple[Row, ...]
    variables: tuple[str, ...]
    citations: tuple[Row, ...]
    rules: tuple[Row, ...]
    lines: tuple[Row, ...]


def pack_rows(packs: Mapping[str, PackFolder]) -> tuple[PackRow, ...]:
    """List packs with the number of documents that each writes or changes itself."""
    ordered = sorted(packs.values(), key=lambda folder: (folder.id != NATIONAL, folder.id))
    shipped, _ = find_packs([shipped_root()])
    return tuple(_pack_row(folder, shipped) for folder in ordered)


def _pack_row(folder: PackFolder, shipped: Mapping[str, PackFolder]) -> PackRow:
    pack, same = folder.pack, shipped.get(folder.id)
    comes = "工作目录，代替随程序的" if same else "工作目录"
    return PackRow(
        id=folder.id,
        name=pack.name,
        code=pack.code or "",
        version=pack.version,
        checked_on=pack.checked_on,
        documents=len(list((folder.path / "documents").glob("*.html"))),
        source=pack.source or "",
        comes="随程序" if same and same.path.samefile(folder.path) else comes,
    )


def document_rows(library: Library) -> tuple[DocumentRow, ...]:
    """List the documents of a chain in the order of a full set."""
    return tuple(_document_row(library, library.card(name)) for name in library.ids)


def chain_in_words(library: Library) -> str:
    """Name the packs of a chain, general first."""
    return " → ".join(f"{one.pack.name}（{one.id}）" for one in library.chain.folders)


def _document_row(library: Library, card: Card) -> DocumentRow:
    files = (f"documents/{card.id}{ending}" for ending in (".html", ".docx"))
    written = chain.from_iterable(files_of(library.chain, name) for name in files)
    homes = {path.parent.parent for path, _ in written}
    own = [one for one in library.chain.folders if one.path in homes]
    return DocumentRow(
        id=card.id,
        title=card.title,
        unit=card.unit,
        layout=card.layout,
        issuers=card.issuers,
        served=card.served,
        note=card.note or "",
        packs=tuple(one.id for one in own),
    )


def value_rows(library: Library) -> tuple[ValueRow, ...]:
    """List every value of a chain with the place that supplied it and where it comes from."""
    folders = library.chain.folders
    rows: list[ValueRow] = []
    for loc, place in library.chain.origins.items():
        if loc[0] != SOURCES:
            rows.append(_value_row(loc, str(place), folders))
    for name in document_ids(library.chain):
        rows.append(ValueRow("文书", name, _own_files(library.document(name))[-1], "", None))
    return tuple(rows)


def _value_row(loc: Loc, place: str, folders: tuple[PackFolder, ...]) -> ValueRow:
    saying = (one for one in reversed(folders) if value_in(one.source.data, loc) is not None)
    giver = next(saying, folders[-1])
    data = giver.source.data
    known = provenance(giver.pack, data, loc) if loc[0] in TABLES else Provenance("", None)
    told = known.source, known.checked_on, known.note
    return ValueRow(spell(loc), _words(value_in(data, loc)), place, *told)


def _own_files(flat: FlatTemplate) -> tuple[str, ...]:
    """List the files of a document itself, without the parts that it includes."""
    return tuple(file.shown for file in flat.files if file.path.parent.name == "documents")


def _words(value: object) -> str:
    if isinstance(value, list):
        mark = "；" if any(isinstance(item, dict) for item in value) else "、"
        return mark.join(map(_words, value))
    if isinstance(value, dict):
        return "，".join(f"{key} {_words(item)}" for key, item in value.items())
    return "" if value is None else str(value).strip()


def document_view(library: Library, flat: FlatTemplate, day: date) -> DocumentView:
    """Tell where everything in a document comes from, with its citations of a day."""
    front = flat.front.model_dump(by_alias=True, exclude_unset=True)
    heads: list[Row] = []
    for key, value in front.items():
        heads.append(Row(key, _front_text(value), str(flat.origins.get((key,), ""))))
    return DocumentView(
        id=flat.front.id,
        title=flat.front.title,
        files=tuple(file.shown for file in flat.files),
        front=tuple(heads),
        blocks=tuple(Row(name, "", str(place)) for name, place in flat.blocks.items()),
        variables=variables(flat),
        citations=tuple(_citations(library, flat, day)),
        rules=tuple(_rules(library, flat)),
        lines=tuple(_lines(flat)),
    )


def _front_text(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    return str(value)


def _citations(library: Library, flat: FlatTemplate, day: date) -> Iterator[Row]:
    for call in calls(flat, "法条")[0]:
        citer = Citer(library.registry, day, call.place)
        citer(*call.arguments, **dict(call.named))  # type: ignore[arg-type]
        for citation in citer.cited:
            yield Row(citation.text, citation.gist, str(call.place))
        if not citer.cited:
            yield Row(citer.problems[0].message, "", str(call.place))


def _rules(library: Library, flat: FlatTemplate) -> Iterator[Row]:
    for call in calls(flat, "规则")[0]:
        name = str(call.arguments[0])
        try:
            yield Row(name, figure_text(library.registry.rule(name)), str(call.place))
        except UserError as error:
            yield Row(name, error.problems[0].message, str(call.place))


def _lines(flat: FlatTemplate) -> Iterator[Row]:
    """Number the flattened source by the lines that it was written in."""
    offset = 0
    for line in flat.source.split("\n"):
        place = flat.place(min(offset, max(len(flat.source) - 1, 0)))
        if line.strip():
            yield Row("", line, str(Place(place.file, place.line)))
        offset += len(line) + 1


def without_source(view: DocumentView) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """Return the tables of a document before its source, with their headings."""
    names = tuple(Row(name, "", "") for name in view.variables)
    tables = (
        ("前置说明", view.front),
        ("模板块", view.blocks),
        ("变量", names),
        ("引用", view.citations),
        ("数字", view.rules),
    )
    return tuple((heading, rows) for heading, rows in tables if rows)
