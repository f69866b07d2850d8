"""What is to become of a folder's files: pure looking, nothing is changed here."""

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import field
from datetime import date
from pathlib import Path, PurePath
from typing import Any

from kcbx_docs.filing.manifest import (
    NONE,
    Listed,
    read_manifest,
    write_manifest,
)
from kcbx_docs.light import dataclass
from kcbx_docs.moves import hash_of
from kcbx_docs.office.handed_out import MANIFEST
from kcbx_docs.papers.files import File, Papers
from kcbx_docs.problems import Place, Problem, problem

CHANGED, OLD = "人工修改", "旧文书"


@dataclass
class Changes:
    """What is to be done with a folder: what goes where, what is written, what is said of it."""

    kept: dict[Path, Path] = field(default_factory=dict)
    dropped: dict[Path, str] = field(default_factory=dict)
    put: dict[Path, File | bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _taken: set[Path] = field(default_factory=set)

    @property
    def none(self) -> bool:
        """Tell whether everything is already as it should be."""
        return not (self.kept or self.dropped or self.put)

    def keep(self, file: Path, name: str) -> Path:
        """Have a file moved into a folder beside, under a name that nothing has."""
        aside = _aside(file, name, self._taken)
        self.kept[file] = aside
        self._taken.add(aside)
        return aside


def decide(target: Path, papers: Papers) -> Changes:
    """Decide what becomes of every file that is there and of every one that was made."""
    changes = Changes()
    known = read_manifest(target)
    listed = (known or NONE).files
    keeps_old = papers.keeps_old and not papers.draft
    _keep_recorded(changes, target, papers.files if keeps_old else (), listed)
    for file in papers.files:
        _make_room(changes, target / file.name, listed.get(file.name), file)
    there = [one for one in listed.values() if os.path.lexists(target / one.name)]
    leaving, staying = _sorted_out(papers, there, listed)
    _take_away(changes, target, leaving, papers)
    over = _not_made(papers, staying) if papers.extent == "一些格式" else []
    over += _outdated(papers, staying, listed) if papers.extent == "一些格式" else []
    if over:
        changes.problems.append(problem("PAPR015", Place(), path=target, files=_names(over)))
    manifest = write_manifest(papers.files, papers.run, staying)
    path = target / MANIFEST
    if known is None:
        _make_room(changes, path, None, manifest)
    elif not _holds(path, manifest):
        changes.put[path] = manifest
        if path.exists():
            changes.dropped[path] = hash_of(path)
    return changes


def _keep_recorded(
    changes: Changes, target: Path, files: Sequence[File], listed: Mapping[str, Listed]
) -> None:
    """Keep the old one of every paper that may have left the house and now reads otherwise."""
    kept: list[Listed] = []
    for file in files:
        path, known = target / file.name, listed.get(file.name)
        if known is None or _holds(path, file.read()) or hash_of(path) != known.sha256:
            continue
        if _left_the_house(known, file):
            changes.keep(path, OLD)
            kept.append(known)
    _tell(changes, "PAPR040", target / OLD, [one for one in kept if _is_print_file(one)])
    receipts = {file.name for file in files if file.about.get("receipt")}
    papers = [one for one in kept if not _is_print_file(one)]
    _tell(changes, "PAPR022", target / OLD, [one for one in papers if one.name not in receipts])
    _tell(changes, "PAPR049", target / OLD, [one for one in papers if one.name in receipts])


def _tell(changes: Changes, code: str, place: Path, those: Sequence[Listed]) -> None:
    if those:
        facts = {"path": place, "count": len(those), "files": _names(those)}
        changes.problems.append(problem(code, Place(), **facts))


def _left_the_house(known: Listed, file: File) -> bool:
    """Tell whether a file holds an issued paper, the record of another event, or what was printed
    for a class and is not what is printed now.
    """
    if _is_print_file(known) and _says_otherwise(known, file, True):
        return True
    if known.entry.get("issued") and not _of_the_same_words(known, file):
        return True
    event = known.entry.get("event")
    return bool(event) and event != file.about.get("event")


def _of_the_same_words(known: Listed, file: File) -> bool:
    """Tell whether only bytes differ, as after a new program; older manifests know no words."""
    words = known.entry.get("words")
    return bool(words) and words == file.about.get("words")


def _make_room(changes: Changes, path: Path, known: Listed | None, data: File | bytes) -> None:
    """Have a new file written; what is in its place is replaced if it is ours, else kept aside."""
    if _holds(path, data.read() if isinstance(data, File) else data):
        return
    changes.put[path] = data
    if path in changes.kept or not os.path.lexists(path):
        return
    if known and hash_of(path) == known.sha256:
        changes.dropped[path] = known.sha256
        return
    code = "PAPR011" if known else "PAPR012"
    aside = changes.keep(path, CHANGED)
    changes.problems.append(problem(code, Place(), path=path, kept=_below(aside, path)))


def _is_print_file(known: Listed) -> bool:
    return bool(known.entry.get("papers"))


def _says_otherwise(known: Listed, file: File, changed: bool) -> bool:
    """Tell whether a new file says something else than a known one, also in another format.

    What pupils get is known by serials and words; of other papers only whether they ``changed``.
    """
    before, now = _words_in(known.entry), _words_in(file.about)
    return before != now if before and now else changed


def _words_in(entry: Mapping[str, Any]) -> list[tuple[str, str]]:
    """List serials with their words; nothing where words are not known."""
    told = [(one.get("serial"), one.get("content")) for one in entry.get("papers", ())]
    return told if all(content for _, content in told) else []


def _outdated(
    papers: Papers, listed: Sequence[Listed], before: Mapping[str, Listed]
) -> list[Listed]:
    """List what this run made in another format only, with other words than are there."""
    made = {PurePath(file.name).stem: file for file in papers.files}
    found: list[Listed] = []
    for one in listed:
        file = made.get(PurePath(one.name).stem)
        if file is None or file.name == one.name:
            continue
        known = before.get(file.name)
        changed = known is not None and known.sha256 != hashlib.sha256(file.read()).hexdigest()
        if _says_otherwise(one, file, changed):
            found.append(one)
    return found


def _sorted_out(
    papers: Papers, there: Sequence[Listed], before: Mapping[str, Listed]
) -> tuple[list[Listed], list[Listed]]:
    """Divide what an earlier run made and this one did not: what leaves, and what stays as it is.

    Only a run that makes everything says that a paper is not made any more. A PDF that cannot be
    made on this machine stays beside its Word file.
    """
    made = {file.name for file in papers.files}
    rest = [one for one in there if one.name not in made]
    leaving = [one for one in rest if one.name in papers.side_files]
    if papers.extent == "整套":
        suffixes = {PurePath(name).suffix for name in made}
        leaving += [one for one in rest if PurePath(one.name).suffix in suffixes]
        leaving += _not_made(papers, rest)
    leaving += filter(_is_print_file, _outdated(papers, rest, before))
    names = {one.name: one for one in leaving}
    return list(names.values()), [one for one in rest if one.name not in names]


def _not_made(papers: Papers, listed: Sequence[Listed]) -> list[Listed]:
    """Keep the files of papers that were not made in any format."""
    made = {PurePath(file.name).stem for file in papers.files}
    return [one for one in listed if PurePath(one.name).stem not in made]


def _take_away(changes: Changes, target: Path, leaving: Sequence[Listed], papers: Papers) -> None:
    """Have papers taken away that are not made any more; each is told by name."""
    ours: list[Listed] = []
    for one in leaving:
        path = target / one.name
        if hash_of(path) == one.sha256:
            ours.append(one)
        else:
            aside = changes.keep(path, CHANGED)
            changes.problems.append(
                problem("PAPR013", Place(), path=path, kept=_below(aside, path))
            )
    keeps_old = papers.keeps_old and not papers.draft
    for one in ours:
        if keeps_old and one.name not in papers.side_files:
            changes.keep(target / one.name, OLD)
        else:
            changes.dropped[target / one.name] = one.sha256
    told = [one for one in ours if one.name not in papers.side_files]
    if not keeps_old:
        _tell(changes, "PAPR020", target, told)
        return
    _tell(changes, "PAPR040", target / OLD, [one for one in told if _is_print_file(one)])
    _tell(changes, "PAPR014", target / OLD, [one for one in told if not _is_print_file(one)])


def _holds(path: Path, data: bytes) -> bool:
    """Tell whether a plain file holds exactly these bytes."""
    with suppress(OSError):
        return not path.is_symlink() and path.is_file() and path.read_bytes() == data
    return False


def _names(listed: Sequence[Listed]) -> str:
    return "、".join(one.name for one in listed)


def _below(aside: Path, path: Path) -> str:
    return aside.relative_to(path.parent).as_posix()


def aside_changed(path: Path) -> Path:
    """Name a place for a file that a person has changed."""
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
