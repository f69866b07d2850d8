"""Changes of a folder as renames that are written down first, so that each of them can be undone.

New files are staged in a hidden folder beside the target. A journal lists every rename in its
order; then they are done; then the journal is removed, which is the moment when the change counts.
If anything fails, or a run is killed, the journal tells how to go back,
and doing so twice does no harm: of the two names of a rename exactly one exists.
"""

import errno
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from kcbx_docs.light import dataclass, regex
from kcbx_docs.writing import PRIVATE, PUBLIC, STAGED, keep_names, write_new, write_whole

JOURNAL = "journal.json"
Aside = Callable[[Path], Path]
"""Chooses a free name for a file that a person has changed."""
Names = tuple[str, ...]
"""Files, as paths below a root."""


@dataclass(frozen=True)
class Move:
    """One rename, both names below the root;
    ``sha256`` is that of a new file, none of an old one.
    """

    source: str
    target: str
    sha256: str = ""

    @property
    def shown(self) -> str:
        """Return the name that the user knows: the one outside the staging folder."""
        return self.target if self.sha256 else self.source


class RefusedError(Exception):
    """A rename was refused by the system; everything is again as it was."""

    def __init__(self, file: Path, error: OSError) -> None:
        super().__init__(str(error))
        self.file, self.error = file, error


class Staging:
    """A hidden folder beside the target: what is new waits in it, what is replaced goes into it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = Path(tempfile.mkdtemp(prefix=STAGED, dir=root))
        self.moves: list[Move] = []
        self.known: dict[Move, str] = {}

    def put(self, target: Path, data: bytes, mode: int = PRIVATE) -> None:
        """Stage a new file that is to be in ``target``."""
        staged = self._next()
        write_new(staged, data)
        staged.chmod(mode)
        self._add(staged, target, hashlib.sha256(data).hexdigest())

    def keep(self, file: Path, aside: Path) -> None:
        """Have a file moved to a name beside."""
        self._add(file, aside)

    def drop(self, file: Path, sha256: str) -> None:
        """Have a file removed, once everything else is done;
        it must still be the one with this hash.
        """
        self._add(file, self._next())
        self.known[self.moves[-1]] = sha256

    def carry_out(self) -> None:
        """Do all renames, or none."""
        journal = self.folder / JOURNAL
        moves = [[move.source, move.target, move.sha256] for move in self.moves]
        write_whole(journal, json.dumps(moves, ensure_ascii=False).encode())
        keep_names(self.root)
        at = self.folder.name
        try:
            for move in self.moves:
                at = move.shown
                _carry_out(self.root, move)
                self._look_again(move)
            for folder in {(self.root / move.target).parent for move in self.moves}:
                keep_names(folder)
            journal.unlink()
        except BaseException as error:  # also where the user stops it: the folder must be whole
            roll_back(self.root, self.folder, self.moves)
            if isinstance(error, OSError):
                raise RefusedError(self.root / at, error) from error
            raise

    def _look_again(self, move: Move) -> None:
        """Make sure that nobody has saved a file since we looked:
        it would be removed with his words.
        """
        if move in self.known and hash_of(self.root / move.target) != self.known[move]:
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(self.root / move.source))

    def clean(self) -> None:
        """Remove the staging folder, unless it is still needed to go back."""
        if not (self.folder / JOURNAL).exists():
            shutil.rmtree(self.folder, ignore_errors=True)

    def _next(self) -> Path:
        return self.folder / f"{len(self.moves):04d}"

    def _add(self, source: Path, target: Path, sha256: str = "") -> None:
        one, other = (path.relative_to(self.root).as_posix() for path in (source, target))
        self.moves.append(Move(one, other, sha256))


def _carry_out(root: Path, move: Move) -> None:
    source, target = root / move.source, root / move.target
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    make_folder(root, target.parent, _folder_mode(source))
    if move.sha256:
        source.replace(target)
    else:
        source.rename(target)


def _folder_mode(file: Path) -> int:
    """Let those into a new folder who may read what comes into it."""
    return 0o755 if file.lstat().st_mode & PUBLIC == PUBLIC else 0o700


def make_folder(root: Path, folder: Path, mode: int = 0o700) -> None:
    """Make a folder and those above it, up to the root, for their owner only unless asked."""
    if folder in (root, *root.parents) or folder.is_dir():
        return
    make_folder(root, folder.parent, mode)
    folder.mkdir(mode=mode)


def roll_back(root: Path, staging: Path, moves: Sequence[Move], aside: Aside | None = None) -> None:
    """Undo whatever was done of some renames, the last first;
    then the journal is not needed any more.

    A new file that somebody has changed since is no longer ours to take back:
    ``aside`` names a place for it.
    """
    for move in reversed(moves):
        source, target = root / move.source, root / move.target
        if os.path.lexists(target) and not os.path.lexists(source):
            _take_back(root, move, aside)
    for move in reversed(moves):  # not before: an old file may go back into an empty folder
        _remove_empty((root / move.target).parent, root)
    (staging / JOURNAL).unlink(missing_ok=True)


def _take_back(root: Path, move: Move, aside: Aside | None) -> None:
    source, target = root / move.source, root / move.target
    if aside and move.sha256 and hash_of(target) != move.sha256:
        source = aside(target)
        make_folder(root, source.parent)
    target.rename(source)


def _remove_empty(folder: Path, root: Path) -> None:
    """Remove folders that nothing is in any more."""
    while folder != root and folder.is_relative_to(root):
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def left_over(root: Path) -> tuple[Path, ...]:
    """List the staging folders below a root."""
    found = sorted(root.glob(f"{STAGED}*"))
    return tuple(path for path in found if path.is_dir() and not path.is_symlink())


_STAGED_FILE = regex(re.escape(STAGED) + "[a-z0-9_]{8}")
"""How tempfile calls what it makes; whatever people put there is called otherwise."""


def cannot_be_followed(root: Path) -> tuple[Path, ...]:
    """List the staging folders that hold files of a cut-off run but no journal to go back by."""
    return tuple(path for path in left_over(root) if _journal(root, path) is None)


def remove_staged_files(root: Path) -> None:
    """Remove single files that a killed run had not put in place yet: their owners are dead."""
    for path in root.glob(f"{STAGED}*"):
        if _STAGED_FILE.fullmatch(path.name) and path.is_file() and not path.is_symlink():
            with suppress(OSError):
                path.unlink()


def mend(root: Path, stops: Callable[[Names], bool], aside: Aside) -> Names:
    """Undo what killed runs left half done, remove the rest, and name the files concerned.

    Only whoever holds the lock may do this: then every staging folder is of a process that is dead.
    What cannot be undone stops the work if ``stops`` says so of its files; else it waits.
    """
    concerned: dict[str, None] = {}
    for staging in left_over(root):
        moves = _journal(root, staging)
        if moves is None:
            continue  # somebody else's: it cannot be followed, and its files may be wanted
        files = tuple(move.shown for move in moves)
        try:
            roll_back(root, staging, moves, aside)
        except OSError as error:
            if stops(files):
                raise RefusedError(Path(error.filename or staging), error) from error
            continue
        concerned |= dict.fromkeys(files)
        shutil.rmtree(staging, ignore_errors=True)
    return tuple(concerned)


def _journal(root: Path, staging: Path) -> tuple[Move, ...] | None:
    """Read a journal: no moves where there is none yet, nothing where it leads out of the root."""
    try:
        moves = [Move(*line) for line in json.loads((staging / JOURNAL).read_bytes())]
        paths: list[Path] = []
        for move in moves:
            paths += (root / move.source, root / move.target)
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, TypeError):
        return None
    whole = root.resolve()
    inside = all(path.parent.resolve().is_relative_to(whole) for path in paths)
    return tuple(moves) if inside else None


def hash_of(path: Path) -> str:
    """Return the hash of a plain file; nothing for anything else."""
    with suppress(OSError):
        if path.is_file() and not path.is_symlink():
            return hashlib.sha256(path.read_bytes()).hexdigest()
    return ""
