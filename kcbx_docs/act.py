"""Several files of a workspace change together or not at all, also where the run is killed.

What is to change is compared with what is there, staged in a hidden folder of the workspace,
and put in place by renames that can be undone: by this run, or by the next one that looks.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kcbx_docs.light import dataclass
from kcbx_docs.locking import OUTPUT, only_writer
from kcbx_docs.moves import RefusedError, Staging, cannot_be_followed, left_over, mend
from kcbx_docs.problems import Place, Problems, UserError, problem, stop
from kcbx_docs.writing import PRIVATE, reason_of

_OUTSIDE = "它不在工作目录里"


@dataclass(frozen=True)
class Put:
    """A file with what it is to hold."""

    path: Path
    data: bytes | Callable[[], bytes]
    before: bytes | None = None
    """What it must still hold; nothing where it must not be there yet."""
    mode: int = PRIVATE
    """Who may read a new file; one that is there already stays as it is."""


@dataclass(frozen=True)
class Away:
    """A file that goes to another name."""

    path: Path
    to: Path


Step = Put | Away


def together(root: Path, steps: Iterable[Step]) -> Problems:
    """Take all steps or none; raise what the user can mend. Tell of an earlier run, if one died."""
    try:
        with _alone(root):
            told = _mended(root)
            _carry_out(root, tuple(steps))
            return told
    except RefusedError as stuck:
        raise stop("PAPR007", Place(), path=stuck.file, reason=reason_of(stuck.error)) from stuck
    except OSError as error:
        at = error.filename or root
        raise stop("PAPR007", Place(), path=at, reason=reason_of(error)) from error


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Hold the lock of the workspace."""
    output = root / OUTPUT
    output.mkdir(mode=0o700, exist_ok=True)
    with only_writer(output, root.name):
        yield


def _carry_out(root: Path, steps: Iterable[Step]) -> None:
    staging = Staging(root.resolve())
    leaving: set[Path] = set()
    try:
        for step in steps:
            path = _inside(staging.root, step.path)
            if isinstance(step, Away):
                staging.keep(path, _inside(staging.root, step.to))
                leaving.add(path)
            elif step.before is not None:
                _replace(staging, path, step, step.before)
            elif os.path.lexists(path) and path not in leaving:
                raise stop("CLI002", Place(), path=step.path)
            else:
                staging.put(path, _data(step), step.mode)
        staging.carry_out()
    finally:
        staging.clean()


def _replace(staging: Staging, path: Path, step: Put, before: bytes) -> None:
    """Stage the new text of a file, unless somebody has changed it since it was read."""
    if path.read_bytes() != before:
        raise stop("CLI053", Place(str(step.path)))
    staging.drop(path, hashlib.sha256(before).hexdigest())
    staging.put(path, _data(step), path.stat().st_mode & 0o777)


def _data(step: Put) -> bytes:
    return step.data if isinstance(step.data, bytes) else step.data()


def _inside(root: Path, path: Path) -> Path:
    """Return where a file really lies; what lies outside the workspace cannot be undone."""
    real = path.resolve() if path.exists() else path.parent.resolve() / path.name
    if not real.is_relative_to(root):
        raise stop("PAPR007", Place(), path=path, reason=_OUTSIDE)
    return real


def mended(root: Path) -> Problems:
    """Undo what a killed run left half done in a workspace, unless another run is at work there."""
    if not left_over(root):
        return ()
    try:
        with suppress(UserError, OSError), only_writer(root / OUTPUT, "", patience=0):
            return _mended(root)
    except RefusedError as stuck:
        why = reason_of(stuck.error)
        return (problem("PAPR053", Place(), path=stuck.file, reason=why),)
    return ()


def _mended(root: Path) -> Problems:
    """Mend while nobody else writes; what cannot be mended stops whoever is to write."""
    names = mend(root, bool, _beside)
    told = [problem("PAPR029", Place(), files="、".join(names))] if names else []
    told += [problem("PAPR023", Place(), path=path) for path in cannot_be_followed(root)]
    return tuple(told)


def _beside(path: Path) -> Path:
    """Name a place for a file that somebody changed after the run had died."""
    free = (path.with_name(f"{path.name}.{number}.bak") for number in range(1, 1000))
    return next(one for one in free if not os.path.lexists(one))
