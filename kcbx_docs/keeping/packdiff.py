"""What two places say otherwise: values, steps, titles, documents, wording block by block."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from difflib import SequenceMatcher

from kcbx_docs.keeping.packview import OF_THE_FILE, ValueRow, value_rows
from kcbx_docs.keeping.readable import BODY, Reader, Wording
from kcbx_docs.light import dataclass
from kcbx_docs.packs.library import Library

_DOCUMENT = "文书"


@dataclass(frozen=True)
class ValueDifference:
    """One value that differs; an empty text is one that is not there."""

    name: str
    before: str
    after: str
    source_before: str = ""
    source_after: str = ""


@dataclass(frozen=True)
class BlockDifference:
    """One block of a document whose words differ."""

    block: str
    before: tuple[Wording, ...]
    after: tuple[Wording, ...]


@dataclass(frozen=True)
class DocumentDifference:
    """One document that both places have, and say otherwise."""

    id: str
    title_before: str
    title_after: str
    blocks: tuple[BlockDifference, ...]


@dataclass(frozen=True)
class PackDifference:
    """All that two places say otherwise."""

    before: str
    after: str
    values: tuple[ValueDifference, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    documents: tuple[DocumentDifference, ...]
    law_before: tuple[str, ...]
    """Statutes that only the first may cite."""
    law_after: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Tell whether nothing differs."""
        return not (self.values or self.documents or self.only_before or self.only_after)


def difference(
    before: Library, after: Library, day: date, only: Iterable[str] = ()
) -> PackDifference:
    """Compare two places; ``only`` names the documents that are wanted, all of them otherwise."""
    mine, theirs = set(before.ids), set(after.ids)
    wanted = set(only) or mine | theirs
    common = [name for name in before.ids if name in theirs & wanted]
    documents = (_document(before, after, name, day) for name in common)
    first, second = (_statutes(one, day) for one in (before, after))
    return PackDifference(
        before.chain.pack.name,
        after.chain.pack.name,
        () if only else tuple(_values(before, after)),
        tuple(before.card(name).title for name in before.ids if name in wanted - theirs),
        tuple(after.card(name).title for name in after.ids if name in wanted - mine),
        tuple(one for one in documents if one is not None),
        tuple(first[name] for name in first if name not in second),
        tuple(second[name] for name in second if name not in first),
    )


def _values(before: Library, after: Library) -> Iterator[ValueDifference]:
    first, second = (_rows(one) for one in (before, after))
    for name in dict.fromkeys((*first, *second)):
        one, other = first.get(name), second.get(name)
        if (one and one.value) != (other and other.value):
            yield ValueDifference(
                name,
                one.value if one else "",
                other.value if other else "",
                _source(one),
                _source(other),
            )


def _rows(library: Library) -> Mapping[str, ValueRow]:
    rows = {row.name: row for row in value_rows(library) if row.name != _DOCUMENT}
    return {name: row for name, row in rows.items() if name not in OF_THE_FILE}


def _source(row: ValueRow | None) -> str:
    if row is None:
        return ""
    checked = f"（{row.checked_on} 核对）" if row.checked_on else ""
    return f"{row.source}{checked}" if row.source else row.place


def _statutes(library: Library, day: date) -> Mapping[str, str]:
    found = library.registry.statutes_in_force(day)
    return {statute.id: statute.title for statute, _ in found}


def _document(before: Library, after: Library, name: str, day: date) -> DocumentDifference | None:
    first, second = before.document(name), after.document(name)
    same_title = first.front.title == second.front.title
    if first.source == second.source and same_title:
        return None
    one, other = (
        _by_block(Reader(library, flat, day).wordings())
        for library, flat in ((before, first), (after, second))
    )
    blocks = tuple(_blocks(one, other))
    if not blocks and same_title:
        return None
    return DocumentDifference(name, first.front.title, second.front.title, blocks)


def _by_block(wordings: Iterable[Wording]) -> dict[str, tuple[Wording, ...]]:
    blocks: dict[str, tuple[Wording, ...]] = {}
    for one in wordings:
        blocks[one.block] = (*blocks.get(one.block, ()), one)
    return blocks


def _blocks(
    before: Mapping[str, tuple[Wording, ...]], after: Mapping[str, tuple[Wording, ...]]
) -> Iterator[BlockDifference]:
    for name in dict.fromkeys((*before, *after)):
        one, other = before.get(name, ()), after.get(name, ())
        if [wording.text for wording in one] != [wording.text for wording in other]:
            yield BlockDifference(name or BODY, one, other)


@dataclass(frozen=True)
class Stretches:
    """A paragraph of one place beside that of another, cut where they part."""

    pieces: tuple[tuple[bool, str, str], ...]
    """Whether a stretch is the same, and what each says."""


def beside(block: BlockDifference) -> Iterator[Stretches]:
    """Yield the paragraphs of a block side by side, what is the same marked as such."""
    one, other = _texts(block.before), _texts(block.after)
    for how, i, j, k, m in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if how == "equal":
            yield from (Stretches(((True, text, text),)) for text in one[i:j])
        elif how == "replace" and j - i == m - k:
            yield from (stretches(*pair) for pair in zip(one[i:j], other[k:m], strict=True))
        else:
            yield from (Stretches(((False, text, ""),)) for text in one[i:j])
            yield from (Stretches(((False, "", text),)) for text in other[k:m])


def _texts(side: Iterable[Wording]) -> list[str]:
    return [one.text for one in side]


_ALIKE = 0.4
"""Below it two paragraphs are two: marking single characters in them helps nobody."""


def stretches(before: str, after: str) -> Stretches:
    """Cut two paragraphs where they part."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return Stretches(((False, before, after),))
    return Stretches(
        tuple(
            (how == "equal", before[i:j], after[k:m]) for how, i, j, k, m in matcher.get_opcodes()
        )
    )
