"""Put papers into their folder. What a person made or changed is kept aside and told, never lost.

A file is ours only as long as its hash is the manifest's. Everything else that stands in the place
of a paper goes to 人工修改/; papers that are not made any more go to 旧文书/;
drafts have a folder of their own.
"""

from collections import Counter
from contextlib import suppress
from pathlib import Path

from kcbx_docs.filing.changes import CHANGED, OLD, Changes, aside_changed, decide
from kcbx_docs.filing.manifest import NONE, another_owner, read_manifest
from kcbx_docs.light import dataclass
from kcbx_docs.locking import only_writer
from kcbx_docs.moves import (
    RefusedError,
    Staging,
    cannot_be_followed,
    left_over,
    mend,
    remove_staged_files,
)
from kcbx_docs.office.handed_out import MANIFEST
from kcbx_docs.papers.files import File, Papers
from kcbx_docs.papers.make import Made
from kcbx_docs.papers.press import Progress, silent
from kcbx_docs.problems import Place, Problems, UserError, problem, stop
from kcbx_docs.writing import reason_of

DRAFTS = "草稿"


@dataclass(frozen=True)
class Written:
    """What was made, where it is, and what was to be said."""

    folder: Path
    files: tuple[Path, ...]
    made: tuple[Made, ...]
    problems: Problems
    unchanged: frozenset[Path] = frozenset()
    """Those of the files that were there already, byte for byte."""


def file_papers(root: Path, papers: Papers, progress: Progress = silent) -> Written:
    """Write all papers into their folder below ``root``; a failure leaves everything as it was."""
    _check_names(papers)
    folder = root / papers.folder
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        with only_writer(root, papers.folder, progress):
            return _file(root, folder, papers)
    except RefusedError as stuck:
        reason = reason_of(stuck.error)
        raise stop("PAPR007", Place(), path=stuck.file, reason=reason) from stuck
    except OSError as error:
        raise stop("PAPR007", Place(), path=folder, reason=reason_of(error)) from error


def tidy(root: Path) -> Problems:
    """Mend what killed runs left below ``root``, unless another run is at work there."""
    if not left_over(root):
        return ()
    with suppress(UserError, OSError), only_writer(root, "", patience=0):
        return _mended(root, "")
    return ()


def _mended(root: Path, folder: str) -> Problems:
    """Mend, and say which folders are as they were before a run that was cut off."""
    remove_staged_files(root)
    files = mend(root, lambda names: folder in map(_top, names), aside_changed)
    halves = dict.fromkeys(map(_top, files))
    told = [problem("PAPR019", Place(), path=root / name) for name in halves]
    told += [problem("PAPR023", Place(), path=path) for path in cannot_be_followed(root)]
    return tuple(told)


def _top(name: str) -> str:
    return name.partition("/")[0]


def _file(root: Path, folder: Path, papers: Papers) -> Written:
    """Do it while nobody else writes."""
    mended = _mended(root, papers.folder)
    _check_way(root, folder)
    _check_owner(folder, papers)
    target = folder / DRAFTS if papers.draft else folder
    changes = decide(target, papers)
    _carry_out(root, changes)
    names = sorted({*(file.name for file in papers.files), MANIFEST})
    found = (*papers.problems, *mended, *changes.problems)
    files = tuple(target / name for name in names)
    return Written(target, files, papers.made, found, frozenset(files) - set(changes.put))


def _carry_out(root: Path, changes: Changes) -> None:
    if changes.none:
        return
    staging = Staging(root)
    try:
        for file, aside in changes.kept.items():
            staging.keep(file, aside)
        for file, sha256 in changes.dropped.items():
            staging.drop(file, sha256)
        for file, data in changes.put.items():
            staging.put(file, data.read() if isinstance(data, File) else data)
        staging.carry_out()
    finally:
        staging.clean()


def _check_names(papers: Papers) -> None:
    """Refuse two papers that would be one file: Windows does not tell capital letters apart."""
    names = [file.name for file in papers.files]
    seen = Counter(name.casefold() for name in names)
    if same := dict.fromkeys(name for name in names if seen[name.casefold()] > 1):
        raise stop("PAPR021", Place(), files="、".join(same))


def _check_way(root: Path, folder: Path) -> None:
    """Refuse a folder that is a link: papers with personal data would be written somewhere else."""
    for place in (folder, folder / DRAFTS):
        for path in (place, place / CHANGED, place / OLD):
            if path.is_symlink() or (path.exists() and not path.is_dir()):
                raise stop("PAPR017", Place(), path=path)
    if not folder.resolve().is_relative_to(root.resolve()):
        raise stop("PAPR017", Place(), path=folder)


def _check_owner(folder: Path, papers: Papers) -> None:
    """Refuse a folder in which the papers of somebody else are."""
    for place in (folder, folder / DRAFTS):
        known = read_manifest(place) or NONE
        if another_owner(known.run, papers.run):
            raise stop("PAPR016", Place(), path=folder)
