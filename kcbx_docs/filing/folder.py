"""Put papers into their folder. What a person made or changed is kept aside and told, never lost.

A file is ours only as long as its hash is the manifest's. Everything else that stands in the place
of a paper goes to 人工修改/; papers that are not made any more go to 旧文书/;
drafts have a folder of their own.
"""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePath

from kcbx_docs.filing.lock import only_writer
from kcbx_docs.filing.manifest import (
    MANIFEST,
    NONE,
    Listed,
    Manifest,
    another_owner,
    read_manifest,
    write_manifest,
)
from kcbx_docs.filing.moves import RefusedError, Staging, hash_of, mend
from kcbx_docs.papers.files import Papers
from kcbx_docs.papers.make import Made
from kcbx_docs.papers.press import Progress, silent
from kcbx_docs.problems import Place, Problem, Problems, problem, stop
from kcbx_docs.writing import reason_of

DRAFTS, CHANGED, OLD = "草稿", "人工修改", "旧文书"


@dataclass(frozen=True)
class Written:
    """What was made, where it is, and what was to be said."""

    folder: Path
    files: tuple[Path, ...]
    made: tuple[Made, ...]
    problems: Problems


def file_papers(root: Path, papers: Papers, progress: Progress = silent) -> Written:
    """Write papers into their folder below ``root``:
    all of them, or a failure leaves all as it was.
    """
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


def _file(root: Path, folder: Path, papers: Papers) -> Written:
    """Do it while nobody else writes."""
    halves = mend(root, papers.folder, _aside_changed)
    mended = [problem("PAPR019", Place(), path=root / name) for name in halves]
    target = folder / DRAFTS if papers.draft else folder
    _check_way(root, folder)
    _check_owner(folder, papers)
    plan = _plan(target, papers)
    staging = Staging(root)
    try:
        for file, aside in plan.kept.items():
            staging.keep(file, aside)
        for file, sha256 in plan.dropped.items():
            staging.drop(file, sha256)
        for file, data in plan.put.items():
            staging.put(file, data)
        staging.carry_out()
    finally:
        staging.clean()
    names = sorted({*(file.name for file in papers.files), MANIFEST})
    found = (*papers.problems, *mended, *plan.problems)
    return Written(target, tuple(target / name for name in names), papers.made, found)


def _check_names(papers: Papers) -> None:
    """Refuse two papers that would be one file: Windows does not tell capital letters apart."""
    names = [file.name for file in papers.files]
    seen = Counter(name.casefold() for name in names)
    if same := dict.fromkeys(name for name in names if seen[name.casefold()] > 1):
        raise stop("PAPR021", Place(), files="、".join(same))


def _check_way(root: Path, folder: Path) -> None:
    """Refuse a folder that is a link: papers with personal data would be written somewhere else."""
    for path in (folder, *(folder / name for name in (DRAFTS, CHANGED, OLD))):
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


@dataclass
class _Plan:
    """What is to be done with a folder: what goes where, what is written,
    and what is said of it.
    """

    kept: dict[Path, Path] = field(default_factory=dict)
    dropped: dict[Path, str] = field(default_factory=dict)
    put: dict[Path, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def keep(self, file: Path, name: str) -> Path:
        """Have a file moved into a folder beside, under a name that nothing has."""
        aside = _aside(file, name, {*self.kept.values()})
        self.kept[file] = aside
        return aside


def _plan(target: Path, papers: Papers) -> _Plan:
    """Decide what becomes of every file that is there and of every one that was made."""
    plan = _Plan()
    known = read_manifest(target)
    listed = (known or NONE).files
    for file in papers.files:
        _make_room(plan, target / file.name, listed.get(file.name), file.data)
    leaving, staying = _sorted_out(papers, known or NONE)
    _take_away(plan, target, leaving, papers)
    if papers.extent == "一些格式" and (over := _not_made(papers, staying)):
        plan.problems.append(problem("PAPR015", Place(), path=target, files=_names(over)))
    manifest = write_manifest(papers.files, papers.run, staying)
    path = target / MANIFEST
    if known is None:
        _make_room(plan, path, None, manifest)
    elif not _holds(path, manifest):
        plan.put[path] = manifest
        if path.exists():
            plan.dropped[path] = hash_of(path)
    return plan


def _make_room(plan: _Plan, path: Path, known: Listed | None, data: bytes) -> None:
    """Have a new file written; what stands in its place is replaced if it is ours,
    else kept aside.
    """
    if _holds(path, data):
        return
    plan.put[path] = data
    if not os.path.lexists(path):
        return
    if known and hash_of(path) == known.sha256:
        plan.dropped[path] = known.sha256
        return
    code = "PAPR011" if known else "PAPR012"
    aside = plan.keep(path, CHANGED)
    plan.problems.append(problem(code, Place(), path=path, kept=_below(aside, path)))


def _sorted_out(papers: Papers, known: Manifest) -> tuple[list[Listed], list[Listed]]:
    """Divide what an earlier run made and this one did not: what leaves, and what stays as it is.

    Only a run that makes everything says that a paper is not made any more.
    A PDF that cannot be made on this machine stays beside its Word file.
    """
    made = {file.name for file in papers.files}
    rest = [one for name, one in known.files.items() if name not in made]
    leaving = [one for one in rest if one.name in papers.side_files]
    if papers.extent == "整套":
        suffixes = {PurePath(name).suffix for name in made}
        leaving += [one for one in rest if PurePath(one.name).suffix in suffixes]
        leaving += _not_made(papers, rest)
    names = {one.name: one for one in leaving}
    return list(names.values()), [one for one in rest if one.name not in names]


def _not_made(papers: Papers, listed: Sequence[Listed]) -> list[Listed]:
    """Keep the files of papers that were not made in any format."""
    made = {PurePath(file.name).stem for file in papers.files}
    return [one for one in listed if PurePath(one.name).stem not in made]


def _take_away(plan: _Plan, target: Path, leaving: Sequence[Listed], papers: Papers) -> None:
    """Have papers taken away that are not made any more; each is told by name."""
    ours: list[Listed] = []
    for one in leaving:
        path = target / one.name
        if hash_of(path) == one.sha256:
            ours.append(one)
        elif os.path.lexists(path):
            aside = plan.keep(path, CHANGED)
            plan.problems.append(problem("PAPR013", Place(), path=path, kept=_below(aside, path)))
    keeps_old = papers.keeps_old and not papers.draft
    for one in ours:
        if keeps_old and one.name not in papers.side_files:
            plan.keep(target / one.name, OLD)
        else:
            plan.dropped[target / one.name] = one.sha256
    if told := [one for one in ours if one.name not in papers.side_files]:
        code, place = ("PAPR014", target / OLD) if keeps_old else ("PAPR020", target)
        files = _names(told)
        plan.problems.append(problem(code, Place(), path=place, count=len(told), files=files))


def _holds(path: Path, data: bytes) -> bool:
    """Tell whether a plain file holds exactly these bytes."""
    with suppress(OSError):
        return not path.is_symlink() and path.is_file() and path.read_bytes() == data
    return False


def _names(listed: Sequence[Listed]) -> str:
    return "、".join(one.name for one in listed)


def _below(aside: Path, path: Path) -> str:
    return aside.relative_to(path.parent).as_posix()


def _aside_changed(path: Path) -> Path:
    return _aside(path, CHANGED, set())


def _aside(path: Path, folder: str, taken: set[Path]) -> Path:
    """Find a name that nothing has: that of the file with the day on which it was last changed."""
    day = date.fromtimestamp(path.lstat().st_mtime)
    return next(
        aside
        for name in _free_names(path, day)
        if not os.path.lexists(aside := path.parent / folder / name) and aside not in taken
    )


def _free_names(path: Path, day: date) -> Iterator[str]:
    yield f"{path.stem}（{day}）{path.suffix}"
    number = 2
    while True:
        yield f"{path.stem}（{day}-{number}）{path.suffix}"
        number += 1
