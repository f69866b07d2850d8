"""What a pack says and where it comes from: every value, block, line, variable and citation with its file and line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kcbx_docs.law.figures import figure_text
from kcbx_docs.packs.cards import document_ids
from kcbx_docs.packs.chain import NATIONAL, PackFolder
from kcbx_docs.packs.contract import calls, variables
from kcbx_docs.packs.flatten import FlatTemplate
from kcbx_docs.packs.library import Library
from kcbx_docs.problems import Place, UserError
from kcbx_docs.reading import spell


@dataclass(frozen=True)
class Row:
    """One value and the place that supplied it."""

    name: str
    value: str
    place: str


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
    return tuple(
        PackRow(
            f.id,
            f.pack.name,
            f.pack.code or "",
            f.pack.version,
            f.pack.checked_on,
            len(list((f.path / "documents").glob("*.html"))),
            f.pack.source or "",
        )
        for f in sorted(packs.values(), key=lambda f: (f.id != NATIONAL, f.id))
    )


def document_rows(library: Library) -> tuple[DocumentRow, ...]:
    """List the documents of a chain in the order of a full set."""
    cards = (library.card(name) for name in library.ids)
    return tuple(
        DocumentRow(f.id, f.title, f.unit, f.layout, f.issuers, f.served, f.note or "")
        for f in cards
    )


def value_rows(library: Library) -> tuple[Row, ...]:
    """List every value of a chain with the place that supplied it."""
    chain = library.chain
    rows = (
        Row(spell(loc), _words(_value_at(chain.folders, loc)), str(place))
        for loc, place in chain.origins.items()
    )
    return (
        *rows,
        *(
            Row("文书", name, _own_files(library.document(name))[-1])
            for name in document_ids(chain)
        ),
    )


def _own_files(flat: FlatTemplate) -> tuple[str, ...]:
    """List the files of a document itself, without the parts that it includes."""
    return tuple(file.shown for file in flat.files if file.path.parent.name == "documents")


def _value_at(folders: tuple[PackFolder, ...], loc: tuple[int | str, ...]) -> object:
    """Return what the most particular pack that has a key says there."""
    for folder in reversed(folders):
        data = folder.source.data
        for part in loc:
            data = data.get(part) if isinstance(data, dict) else None
        if data is not None:
            return data
    return None


def _words(value: object) -> str:
    if isinstance(value, list):
        return "、".join(map(_words, value))
    return "" if value is None else str(value).strip()


def document_view(library: Library, flat: FlatTemplate, day: date) -> DocumentView:
    """Tell where everything in a document comes from, with its citations of a day."""
    front = flat.front.model_dump(by_alias=True, exclude_unset=True)
    heads = (
        Row(key, _front_text(value), str(flat.origins.get((key,), "")))
        for key, value in front.items()
    )
    blocks = (Row(name, "", str(place)) for name, place in flat.blocks.items())
    return DocumentView(
        flat.front.id,
        flat.front.title,
        tuple(file.shown for file in flat.files),
        tuple(heads),
        tuple(blocks),
        variables(flat),
        tuple(_citations(library, flat, day)),
        tuple(_rules(library, flat)),
        tuple(_lines(flat)),
    )


def _front_text(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _citations(library: Library, flat: FlatTemplate, day: date) -> Iterator[Row]:
    for call in calls(flat, "法条")[0]:
        citation, found = library.registry.check_citation(*call.arguments, on=day, place=call.place)  # type: ignore[arg-type]
        yield Row(
            citation.text if citation else found[0].message,
            citation.gist if citation else "",
            str(call.place),
        )


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
