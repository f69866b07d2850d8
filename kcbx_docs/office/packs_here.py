"""The packs that can be chosen at a place: those of a workspace before the shipped ones."""

from collections.abc import Callable
from pathlib import Path

from kcbx_docs.case.files import LoadedWorkspace, load_workspace
from kcbx_docs.light import dataclass
from kcbx_docs.packs.broken import Shelf
from kcbx_docs.packs.chain import (
    LOCAL,
    NATIONAL,
    PackFolder,
    find_packs,
    pack_for_region,
    read_pack,
    shipped_root,
)
from kcbx_docs.packs.library import Library, library_of, open_library
from kcbx_docs.problems import Problems, errors, raise_errors

TEMPLATES = "templates"
Packs = dict[str, PackFolder]


@dataclass(frozen=True)
class PacksHere:
    """The packs of a workspace, or of none."""

    root: Path | None

    @property
    def roots(self) -> tuple[Path, ...]:
        """Return the folders that hold packs: the workspace's own first."""
        if self.root and (self.root / TEMPLATES).is_dir():
            return self.root / TEMPLATES, shipped_root()
        return (shipped_root(),)

    def workspace(self) -> LoadedWorkspace | None:
        """Read the workspace, if there is one."""
        if self.root is None:
            return None
        loaded, found = load_workspace(self.root)
        raise_errors(found)
        return loaded

    def read(self, word: str = "") -> tuple[Packs, Problems]:
        """Read all packs, and what is told of those that cannot be read; raise the faults of those
        that ``word`` may mean.
        """
        roots = tuple(dict.fromkeys(path.resolve() for path in self.roots))
        found, problems = find_packs(roots)
        if not errors(problems):
            return found, ()
        return found, Shelf(roots, found).without_broken(word, problems)

    def local(self) -> PackFolder | None:
        """Read what the workspace says itself on top of its place; nothing where it cannot be."""
        own = self.root / TEMPLATES if self.root else None
        if own is None or own.resolve() == shipped_root().resolve():
            return None
        return read_pack(own, LOCAL)[0] if (own / "pack.yaml").is_file() else None

    def library(self, word: str | None) -> tuple[Library, Problems]:
        """Open the packs of a region by id, name or code; none means the workspace's or nation's.
        What is told of other packs comes with it.
        """
        if word is None or word == LOCAL:
            own = self.workspace()
            if own:
                return open_library(own.workspace.region, own.root)[0], ()
            word = NATIONAL
        known, told = self.read(word)
        name, found = pack_for_region(word, known)
        raise_errors(found)
        return library_of(name, known)[0], told

    def library_with(self, word: str) -> Callable[[PackFolder | None], Library]:
        """Open the packs of a region, with the pack of a workspace on top where one is given; what
        this workspace says itself stands in place of any other's.
        """
        folders, known = self.library(word)[0].chain.folders, self.read()[0]
        mine = folders[-1] if folders[-1].id == LOCAL else None
        name = folders[-2 if mine else -1].id

        def opened(local: PackFolder | None) -> Library:
            return library_of(name, known, mine or local)[0]

        return opened
