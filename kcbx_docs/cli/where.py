"""Which workspace and which packs a command looks at: those of the folder that it is started in."""

from collections.abc import Callable
from pathlib import Path

from kcbx_docs.case.files import LoadedWorkspace, find_workspace
from kcbx_docs.cli.show import print_problems, short
from kcbx_docs.office.opened import mended
from kcbx_docs.office.packs_here import PacksHere
from kcbx_docs.packs.chain import PackFolder
from kcbx_docs.packs.library import Library
from kcbx_docs.problems import Problems


def root() -> Path | None:
    """Find the workspace that the current folder is in, written in short."""
    found = find_workspace(Path.cwd())
    if found is None:
        return None
    print_problems(mended(found), err=True)
    return short(found)


def workspace() -> LoadedWorkspace | None:
    """Read the workspace of the current folder, if it is in one."""
    return PacksHere(root()).workspace()


def pack_roots() -> tuple[Path, ...]:
    """Return the folders that hold packs: the workspace's own first."""
    return PacksHere(root()).roots


def packs(word: str = "", *, quiet: bool = False) -> dict[str, PackFolder]:
    """Read all packs that can be chosen here; raise the faults of those that ``word`` may mean, and
    tell of the others that cannot be read.
    """
    found, told = packs_and_broken(word)
    print_problems(() if quiet else told, err=True)
    return found


def packs_and_broken(word: str = "") -> tuple[dict[str, PackFolder], Problems]:
    """Read all packs that can be chosen here, and what is told of those that cannot be read."""
    return PacksHere(root()).read(word)


def library_with(word: str) -> Callable[[PackFolder | None], Library]:
    """Open the packs of a region, with the pack of a workspace on top where one is given."""
    library(word)  # tells of what cannot be read
    return PacksHere(root()).library_with(word)


def library(word: str | None) -> Library:
    """Open the packs of a region by id, name or code; none means the workspace's or nation's."""
    opened, told = PacksHere(root()).library(word)
    print_problems(told, err=True)
    return opened
