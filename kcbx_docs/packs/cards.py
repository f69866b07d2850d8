"""The cards of a chain's documents: the heads of their templates,
merged without reading what follows.
"""

import fnmatch
import itertools
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from kcbx_docs.case.workspace import SCHOOL
from kcbx_docs.light import dataclass, regex
from kcbx_docs.packs.chain import Chain, Stamp, inside, stamp_of
from kcbx_docs.packs.model import Card, Unit
from kcbx_docs.problems import Place, Problem, Problems, problem, raise_errors, stop
from kcbx_docs.reading import Loc, Source, parse_yaml, read_model, read_text
from kcbx_docs.words import advice_for_name

Stamped = tuple[Path, str, Stamp]
"""A file, its name for messages, and what changes when somebody edits it."""
Said = tuple[str, str | tuple[str, ...], Place]
"""A key of a card, its value and its place in a pack.yaml."""

_FOLDER = "documents"
_HEAD_ADVICE = "两行 --- 之间每行写一个键，例如「标题: 通知」，冒号后面空一格。"
_EVERY_PUPIL: Unit = "学生"
_HEAD = regex(r"\A---[ \t]*\n(.*?\n|)---[ \t]*(?:\n|\Z)", re.DOTALL)


@dataclass(frozen=True)
class Heading:
    """A document's card on one chain, where each value stands,
    and the titles that packs above gave it.
    """

    card: Card
    origins: dict[Loc, Place]
    titles: tuple[str, ...]

    def said_at(self, key: str) -> Place:
        """Return where a head, or a pack.yaml, says something, or where the card is."""
        return self.origins.get((key,)) or self.origins.get(("编号",), Place())


def every_document(chain: Chain) -> tuple[str, ...]:
    """List the documents of a chain, those that a pack put out of use too."""
    found: set[str] = set()
    for folder in chain.folders:
        with suppress(OSError), os.scandir(folder.path / _FOLDER) as entries:  # asked for often
            names = fnmatch.filter((one.name for one in entries), "*.html")
            found.update(name.rpartition(".")[0] for name in names)
    return tuple(sorted(found))


def document_ids(chain: Chain) -> tuple[str, ...]:
    """List the documents that a chain makes."""
    return tuple(name for name in every_document(chain) if name not in chain.pack.disabled)


def body_of(text: str) -> tuple[str, int]:
    """Return what follows the head of a template, and how many lines stand before it."""
    head = _HEAD.match(text)
    if head is None:
        return text, 0
    return text[head.end() :], text[: head.end()].count("\n")


def heading_of(chain: Chain, document: str) -> Heading:
    """Read a document's card along a chain; raise every problem of its heads at once."""
    files = tuple(stamped(chain, f"{_FOLDER}/{document}.html"))
    if not files:
        advice = advice_for_name(document, document_ids(chain))
        raise stop("PACK004", Place(), document=document, advice=advice)
    return _heading(document, files, tuple(_said_by_pack(chain, document)))


@lru_cache(maxsize=1024)
def _heading(document: str, files: tuple[Stamped, ...], said: tuple[Said, ...]) -> Heading:
    """Merge the heads of one document, once for all chains that say the same of it."""
    heads = [_read_head(*file) for file in files]
    raise_errors(itertools.chain.from_iterable(found for _, found in heads))
    if heads[0][0] is None:
        raise stop("READ015", Place(files[0][1], 1, 1))
    return _merged(document, [source for source, _ in heads if source], said)


def _merged(document: str, heads: Sequence[Source], said: Iterable[Said]) -> Heading:
    """Merge heads, general first; pack.yaml's titles, issuers and numbers win."""
    merged: dict[str, object] = {}
    origins: dict[Loc, Place] = {}
    titles: list[str] = []
    for head in heads:
        for key, value in (head.data or {}).items():
            merged[key] = value
            origins[(key,)] = head.place((key,))
        if "标题" in (head.data or {}):
            titles.append(str(head.data["标题"]))
    for key, worded, place in said:
        merged[key] = worded if isinstance(worded, str) else list(worded)
        origins[(key,)] = place
    card, found = read_model(Card, Source(heads[0].name, "", merged, {(): (0, 0)}))
    raise_errors(
        (
            *_placed(found, origins),
            *_misnamed(card, document, origins),
            *_missealed(card, origins),
        )
    )
    assert card is not None
    return Heading(card, origins, tuple(titles))


def _said_by_pack(chain: Chain, document: str) -> Iterator[Said]:
    pack = chain.pack
    tables = (
        ("标题", pack.titles),
        ("制发机关", pack.issuers),
        ("文号", pack.numbers),
        ("自定期限", pack.own_periods),
    )
    for key, said in tables:
        if document in said:
            yield key, said[document], chain.origin((key, document)) or Place()


def _placed(found: Problems, origins: dict[Loc, Place]) -> Iterator[Problem]:
    """Give each problem the place of the head or pack that supplied its key."""
    for wrong in found:
        key = re.split(r"[.\[]", wrong.place.path)[0]
        yield replace(wrong, place=origins.get((key,), wrong.place))


def _misnamed(card: Card | None, document: str, origins: dict[Loc, Place]) -> Iterator[Problem]:
    if card and card.id != document:
        place = origins.get(("编号",), Place())
        yield problem("PACK013", place, id=card.id, file=f"{document}.html")


def _missealed(card: Card | None, origins: dict[Loc, Place]) -> Iterator[Problem]:
    """Refuse a printed seal on all but what a school hands every pupil."""
    if card is None or not card.seal:
        return
    if card.unit != _EVERY_PUPIL or SCHOOL not in card.issuers or card.served or card.uncoded:
        yield problem("PACK037", origins.get(("印章",), Place()), title=card.title)


def heads_in(root: Path) -> Iterator[dict[str, object]]:
    """Yield what the heads of all documents below a folder say."""
    for path in sorted(root.rglob(f"{_FOLDER}/*.html")):
        source, _ = _read_head(path, path.name, stamp_of(path))
        if source and isinstance(source.data, dict):
            yield source.data


@lru_cache(maxsize=1024)
def _read_head(path: Path, shown: str, _stamp: Stamp) -> tuple[Source | None, Problems]:
    text, found = read_text(path, shown)
    if text is None:
        return None, found
    head = _HEAD.match(text)
    if head is None:
        return None, (problem("READ044", Place(shown, 1, 1)),) if text.startswith("---") else ()
    if not head.group(1).strip():
        return None, ()  # a child that changes no key
    source, found = parse_yaml(head.group(1), shown, 1)
    if not found and not isinstance(source.data, dict):
        found = (problem("TYPE003", source.place(), key="前置说明", advice=_HEAD_ADVICE),)
    return source, found


def files_of(chain: Chain, relative: str) -> Iterator[tuple[Path, str]]:
    """Yield a file of every pack of the chain that has it, general first,
    with its name for messages.
    """
    return ((path, shown) for path, shown, _ in stamped(chain, relative))


def stamped(chain: Chain, relative: str) -> Iterator[Stamped]:
    """Yield the same as it is now. Every command asks for every document: names before paths."""
    for folder in chain.folders:
        name = f"{folder.path}/{relative}"
        try:
            known = os.stat(name)  # noqa: PTH116 - a path costs more than the answer
        except (OSError, ValueError):
            continue
        path = Path(name)
        if stat.S_ISREG(known.st_mode) and inside(path, folder.path):
            yield path, f"{folder.id}/{relative}", (known.st_mtime_ns, known.st_size)
