"""All documents of one chain of packs, with the law that they may cite, each read once."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import field, replace
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from kcbx_docs.law.registry import Registry, load_registry
from kcbx_docs.light import dataclass
from kcbx_docs.packs.cards import Heading, document_ids, every_document, heading_of, heads_in
from kcbx_docs.packs.chain import (
    LOCAL,
    Chain,
    PackFolder,
    Stamp,
    chain_of,
    find_packs,
    pack_for_region,
    read_pack,
    shipped_root,
    stamped_files,
)
from kcbx_docs.packs.model import Card, Role, Unit
from kcbx_docs.packs.parameters import Parameters, as_template_sees, coded_in, parameters_of
from kcbx_docs.packs.regions import check_codes, misnamed_files, passed_over, told_passed_over
from kcbx_docs.problems import Place, Problem, Problems, UserError, errors, raise_errors, stop
from kcbx_docs.reading import Source, read_yaml
from kcbx_docs.words import did_you_mean

if TYPE_CHECKING:
    from kcbx_docs.packs.flatten import FlatTemplate


@dataclass(frozen=True)
class Library:
    """A chain with its registry; documents are flattened when first asked for."""

    chain: Chain
    registry: Registry
    has_own: bool = False
    """Whether the workspace has packs of its own in the chain: nobody tested them."""
    passed_over: tuple[PackFolder, ...] = ()
    """Packs of the workspace that its region does not reach."""
    _flat: "dict[str, FlatTemplate]" = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """List the documents by their order in a full set."""
        return tuple(
            sorted(document_ids(self.chain), key=lambda name: (self.card(name).order, name))
        )

    def ids_of(self, unit: Unit) -> tuple[str, ...]:
        """List the documents of which there is one for each of something."""
        return tuple(name for name in self.ids if self.card(name).unit == unit)

    def ids_of_work(self, kind: str) -> tuple[str, ...]:
        """List the documents of a kind of work."""
        return tuple(name for name in self.ids if self.card(name).work == kind)

    def ids_as(self, role: Role) -> tuple[str, ...]:
        """List the documents that serve as something."""
        return tuple(name for name in self.ids if self.card(name).role == role)

    @cached_property
    def _headings(self) -> dict[str, Heading]:
        return {}

    def heading(self, name: str) -> Heading:
        """Return a document's card with the origin of its values;
        the template itself is not read.
        """
        if name not in self._headings:
            self._headings[name] = heading_of(self.chain, name)
        return self._headings[name]

    def card(self, name: str) -> Card:
        """Return the card of a document by its id."""
        return self.heading(name).card

    def cards(self) -> tuple[dict[str, Card], Problems]:
        """Return every card of the chain, also of documents out of use,
        and what is wrong with the others.
        """
        cards: dict[str, Card] = {}
        found: list[Problem] = []
        for name in every_document(self.chain):
            try:
                cards[name] = self.card(name)
            except UserError as error:
                found += error.problems
        return cards, tuple(found)

    @cached_property
    def parameters(self) -> Parameters:
        """Name what the packs offer under 地方, and what each is."""
        return parameters_of(self.chain.pack.values)

    def document(self, name: str) -> "FlatTemplate":
        """Return a flattened document by its id."""
        from kcbx_docs.packs.flatten import flatten  # reads templates, which few commands need

        if name not in self._flat:
            self._flat[name] = flatten(self.chain, name)
        return self._flat[name]

    def find(self, word: str) -> "FlatTemplate":
        """Return a document by its id or its Chinese title, the common title included."""
        known = document_ids(self.chain)
        if word in known:
            return self.document(word)
        named = [name for name in known if word == self.card(name).title]
        named = named or [name for name in known if word in self.names(name)]
        if len(named) > 1:
            raise stop("PACK052", Place(), title=word, ids="、".join(named))
        if named:
            return self.document(named[0])
        names = [*chain.from_iterable(map(self.names, known))]
        advice = self._disabled(word) or self._passed_over(word) or self._called_elsewhere(word)
        raise stop("PACK004", Place(), document=word, advice=advice or did_you_mean(word, names))

    def _disabled(self, word: str) -> str:
        """Say that a document is out of use here."""
        for name in self.chain.pack.disabled:
            if name in every_document(self.chain) and word in self.names(name):
                return f"本地停用了它：见 pack.yaml 的「停用文书」（{name}）。"
        return ""

    def _called_elsewhere(self, word: str) -> str:
        """Say what a document is called here that another place calls so."""
        here = document_ids(self.chain)
        for folder in find_packs([shipped_root()])[0].values():
            for name, title in folder.pack.titles.items():
                if title == word and name in here:
                    own = self.card(name).title
                    return f"这是{folder.pack.name}的叫法，本地叫《{own}》。"
        return ""

    def _passed_over(self, word: str) -> str:
        """Say which pack out of reach has a document."""
        for folder in self.passed_over:
            if any(word in (head.get("编号"), head.get("标题")) for head in heads_in(folder.path)):
                return (
                    f"模板包「{folder.id}」里有它，可是本单位的「地区」用不到这个模板包；"
                    "请核对 kcbx.yaml 的「地区」和那个 pack.yaml 的「行政区划代码」。"
                )
        return ""

    def words_of(self, told: Iterable[str]) -> tuple[str, ...]:
        """Divide lists of documents at the pause mark, which stands in some titles, too."""
        names = set(chain.from_iterable(map(self.names, document_ids(self.chain))))
        words: list[str] = []
        for word in told:
            words += [word] if word in names else word.split("、")
        return tuple(filter(None, map(str.strip, words)))

    def names(self, name: str) -> tuple[str, ...]:
        """List every name of a document: id, title here, titles in the packs above,
        title in the law's list.
        """
        heading, required = self.heading(name), self.registry.document(name)
        listed = (required.title,) if required else ()
        return tuple(dict.fromkeys((name, heading.card.title, *heading.titles, *listed)))

    @property
    def coded(self) -> tuple[str, ...]:
        """List the documents that bear a code here, by their ids."""
        return coded_in(self.chain.pack.values)

    def place_facts(self) -> Mapping[str, object]:
        """Return what templates see under 地方."""
        values = self.chain.pack.values.items()
        seen = {name: as_template_sees(value) for name, value in values}
        return {"名称": self.chain.pack.name, **seen}


def open_library(region: str, workspace: Path | None = None) -> tuple[Library, Problems]:
    """Open the library of a region; the workspace's own pack comes on top."""
    own = workspace / "templates" if workspace else None
    shipped = shipped_root()
    if own is None or own == shipped or not own.is_dir():
        return _shipped(region, shipped, tuple(_stamps_below(shipped)))
    return _opened(region, own)


@lru_cache(maxsize=16)
def _shipped(
    region: str, _root: Path, _stamps: tuple[tuple[str, int, int], ...]
) -> tuple[Library, Problems]:
    """Open what every workspace of a region without packs of its own shares, as it is now."""
    return _opened(region, None)


def _stamps_below(root: Path) -> Iterator[tuple[str, int, int]]:
    """Yield every file below a folder with what changes when somebody edits it."""
    for folder, _, names in os.walk(root):
        for name in names:
            path = f"{folder}/{name}"
            with suppress(OSError):  # deleted since it was listed
                known = os.stat(path)  # noqa: PTH116 - a path costs more than the answer
                yield path, known.st_mtime_ns, known.st_size


def _opened(region: str, own: Path | None) -> tuple[Library, Problems]:
    roots = [root for root in (own, shipped_root()) if root and root.is_dir()]
    packs, found = find_packs(list(dict.fromkeys(roots)))
    faults = (*found, *_misread(own, packs))
    if errors(faults):
        from kcbx_docs.packs.broken import Shelf  # nearly nobody's

        others = Shelf(roots, packs).without_broken(region, faults)
        found = (*others, *(one for one in found if one not in errors(found)))
    pack_id, more = pack_for_region(region, packs)
    local, faults = _local(own)
    raise_errors(faults)
    library, problems = library_of(pack_id, packs, local)
    over = passed_over(region, pack_id, packs, _own_packs(own, packs))
    told = told_passed_over(region, pack_id, over)
    library = replace(library, has_own=_has_own(own, library.chain), passed_over=over)
    if library.has_own:
        from kcbx_docs.packs.said import check_said  # of the workspace's packs alone

        more = (*more, *errors(tuple(check_said(library.chain))))
    return library, (*found, *more, *told, *problems)


def _has_own(own: Path | None, chain: Chain) -> bool:
    if own is None or own == shipped_root():
        return False
    return any(folder.path.is_relative_to(own) for folder in chain.folders)


def _misread(own: Path | None, packs: Mapping[str, PackFolder]) -> Problems:
    """List what keeps the workspace's packs from being found; the shipped ones are tested."""
    if own is None or own == shipped_root() or not own.is_dir():
        return ()
    return (*misnamed_files(own), *errors(tuple(check_codes(packs, _own_packs(own, packs)))))


def _own_packs(own: Path | None, packs: Mapping[str, PackFolder]) -> tuple[str, ...]:
    """Name the packs that lie in the workspace."""
    if own is None or own == shipped_root():
        return ()
    return tuple(name for name, one in packs.items() if one.path.is_relative_to(own))


def library_of(
    pack_id: str, packs: Mapping[str, PackFolder], local: PackFolder | None = None
) -> tuple[Library, Problems]:
    """Join a pack's chain with the law files of all its members."""
    chain = chain_of(pack_id, packs, local)
    registry, found = _registry(stamped_files(chain, "law.yaml"))
    return Library(chain, registry), found


def _local(own: Path | None) -> tuple[PackFolder | None, Problems]:
    """Read the workspace's own pack, if it has one."""
    if own is None or own == shipped_root() or not (own / "pack.yaml").is_file():
        return None, ()
    return read_pack(own, LOCAL)


@lru_cache(maxsize=16)
def _registry(files: tuple[tuple[Path, str, Stamp], ...]) -> tuple[Registry, Problems]:
    """Join the law files of packs with the shipped law; raise what cannot be used.
    Files that have not changed on disk are not read again.
    """
    sources: list[Source] = []
    found: list[Problem] = []
    for path, shown, _ in files:
        source, problems = read_yaml(path, shown)
        found += problems
        if not errors(problems):
            sources.append(source)
    registry, problems = load_registry(*sources)
    return registry, raise_errors((*found, *problems))
