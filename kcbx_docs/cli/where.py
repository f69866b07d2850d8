"""Which workspace and which packs a command looks at: those of the folder that it is started in."""

from collections.abc import Callable
from pathlib import Path

from kcbx_docs.case.files import LoadedWorkspace, find_workspace, load_workspace
from kcbx_docs.cli.show import print_problems, short
from kcbx_docs.office.opened import mended
from kcbx_docs.packs.broken import Shelf
from kcbx_docs.packs.chain import (
    LOCAL,
    NATIONAL,
    PackFolder,
    find_packs,
    pack_for_region,
    shipped_root,
)
from kcbx_docs.packs.library import Library, library_of, open_library
from kcbx_docs.problems import Problems, errors, raise_errors


def root() -> Path | None:
    """Find the workspace that the current folder is in, written in short."""
    found = find_workspace(Path.cwd())
    if found is None:
        return None
    print_problems(mended(found), err=True)
    return short(found)


def workspace() -> LoadedWorkspace | None:
    """Read the workspace of the current folder, if it is in one."""
    here = root()
    if here is None:
        return None
    loaded, found = load_workspace(here)
    raise_errors(found)
    return loaded


def pack_roots() -> tuple[Path, ...]:
    """Return the folders that hold packs: the workspace's own first."""
    here = root()
    if here and (here / "templates").is_dir():
        return here / "templates", shipped_root()
    return (shipped_root(),)


def packs(word: str = "", *, quiet: bool = False) -> dict[str, PackFolder]:
    """Read all packs that can be chosen here; raise the faults of those that ``word`` may mean, and
    tell of the others that cannot be read.
    """
    found, told = packs_and_broken(word)
    print_problems(() if quiet else told, err=True)
    return found


def packs_and_broken(word: str = "") -> tuple[dict[str, PackFolder], Problems]:
    """Read all packs that can be chosen here, and what is told of those that cannot be read."""
    roots = tuple(dict.fromkeys(path.resolve() for path in pack_roots()))
    found, problems = find_packs(roots)
    if not errors(problems):
        return found, ()
    return found, Shelf(roots, found).without_broken(word, problems)


def library_with(word: str) -> Callable[[PackFolder | None], Library]:
    """Open the packs of a region, with the pack of a workspace on top where one is given."""
    name, known = library(word).chain.folders[-1].id, packs()

    def opened(local: PackFolder | None) -> Library:
        return library_of(name, known, local)[0]

    return opened


def library(word: str | None) -> Library:
    """Open the packs of a region by id, name or code; none means the workspace's or nation's."""
    if word is None or word == LOCAL:
        own = workspace()
        if own:
            return open_library(own.workspace.region, own.root)[0]
        word = NATIONAL
    known = packs(word)
    name, found = pack_for_region(word, known)
    raise_errors(found)
    return library_of(name, known)[0]
