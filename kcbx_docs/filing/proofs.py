"""Proofs kept in a workspace, each beside the ones before it: nothing of them is written over."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from kcbx_docs.batch.asked import Watching
from kcbx_docs.filing.newcomer import free_name
from kcbx_docs.filing.proof import proof_of
from kcbx_docs.locking import OUTPUT
from kcbx_docs.office.packs_here import PacksHere
from kcbx_docs.problems import Place, stop
from kcbx_docs.writing import PUBLIC, reason_of, write_whole

FOLDER = "审定样本"
_WHOLE = 2
"""To make the papers takes half of the time; then all are laid out at once, which tells nothing on
the way.
"""


def proofs_of(root: Path, name: str) -> tuple[Path, ...]:
    """List the proofs of a pack that are kept, the oldest first."""
    found = (root / OUTPUT / FOLDER).glob(f"{_stem(name)}@*.pdf")
    return tuple(sorted((path for path in found if path.is_file()), key=_age))


def _age(path: Path) -> tuple[int, str]:
    return path.stat().st_mtime_ns, path.name


def _stem(name: str) -> str:
    return name.replace("/", "-")


def keep_proofs(root: Path, names: Sequence[str], day: date, watching: Watching) -> tuple[str, ...]:
    """Print the proofs of packs and keep them; one that cannot be printed stops the rest."""
    here, kept = PacksHere(root), list[str]()
    sizes = [len(here.library(name)[0].ids) * _WHOLE for name in names]
    for number, name in enumerate(names):
        told = _counted(watching, sum(sizes[:number]), sum(sizes))
        told("读样例案件")
        made = proof_of(here.library_with(name), told)
        path = free_name(root / OUTPUT / FOLDER / f"{_stem(name)}@{day}.pdf")
        watching.meter(sum(sizes[: number + 1]) - 1, sum(sizes), "存放")
        try:
            write_whole(path, made.data, PUBLIC)
        except OSError as error:
            raise stop("PAPR007", Place(), path=path, reason=reason_of(error)) from error
        kept.append(path.name)
    return tuple(kept)


def _counted(watching: Watching, before: int, whole: int) -> Callable[[str], None]:
    """Return what is told of each document and counts them."""
    count = before

    def told(what: str) -> None:
        nonlocal count
        watching.meter(count, whole, what)
        count += 1

    return told
