"""The manifest of a folder: every file with its hash, and the run that made it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple
from itertools import chain
from pathlib import Path
from typing import Any

from kcbx_docs.light import dataclass
from kcbx_docs.office.handed_out import MANIFEST
from kcbx_docs.papers.files import File

_FILES, _EARLIER, _RUN = "files", "earlier_runs", "earlier_run"
_NO_NAME = ("", ".", "..")
Run = Mapping[str, Any]


@dataclass(frozen=True)
class Listed:
    """A file in a manifest, with what is said of the run that made it."""

    entry: Mapping[str, Any]
    run: Run

    @property
    def name(self) -> str:
        """Return the name of the file."""
        return str(self.entry["file"])

    @property
    def sha256(self) -> str:
        """Return the hash of what was made."""
        return str(self.entry["sha256"])


@dataclass(frozen=True)
class Manifest:
    """What a folder's manifest says; an empty one where there is none."""

    run: Run
    files: Mapping[str, Listed]


NONE = Manifest({}, {})


def read_manifest(folder: Path) -> Manifest | None:
    """Read the manifest of a folder; what cannot be read is none."""
    path = folder / MANIFEST
    if path.is_symlink():
        return None
    try:
        data = json.loads(path.read_bytes())
    except FileNotFoundError:
        return NONE
    except (OSError, ValueError, RecursionError):
        return None
    return _understood(data)


def _understood(data: Any) -> Manifest | None:
    """Take a manifest from what was read; anything odd in it, and nothing in it proves a thing."""
    if not isinstance(data, dict):
        return None
    run = {key: value for key, value in data.items() if key not in (_FILES, _EARLIER)}
    entries, runs = data.get(_FILES), data.get(_EARLIER, [])
    if not isinstance(entries, list) or not isinstance(runs, list):
        return None
    if not all(_is_run(one) for one in (run, *runs)):
        return None
    listed = [_listed(entry, run, runs) for entry in entries]
    known = [one for one in listed if one]
    if len(known) < len(listed):
        return None
    return Manifest(run, {one.name: one for one in known if _plain(one.name)})


def manifest_of(folder: Path, owner: Run) -> Manifest:
    """Read what a folder's manifest says of the files of an owner; nothing of those of another."""
    told = read_manifest(folder) or NONE
    mine = {"whose": owner}
    own = {name: one for name, one in told.files.items() if not another_owner(one.run, mine)}
    return Manifest(told.run, own)


def changed_since(folder: Path) -> tuple[str, ...]:
    """List the files of a folder that hold something else than what was made."""
    known = (read_manifest(folder) or NONE).files
    there = [(name, folder / name) for name in known if (folder / name).is_file()]
    return tuple(
        name
        for name, path in there
        if hashlib.sha256(path.read_bytes()).hexdigest() != known[name].sha256
    )


def _is_run(run: Any) -> bool:
    """Tell whether what is said of a run can be used; older manifests say less."""
    if not isinstance(run, dict) or not isinstance(run.get("fonts", []), list):
        return False
    owner = run.get("whose")
    return owner is None or (isinstance(owner, dict) and _are_texts(owner.get("marks", [])))


def _are_texts(values: Any) -> bool:
    return isinstance(values, list) and all(isinstance(value, str) for value in values)


def _listed(entry: Any, run: Run, runs: Sequence[Run]) -> Listed | None:
    if not isinstance(entry, dict):
        return None
    rest = {key: value for key, value in entry.items() if key != _RUN}
    needed = (rest.get("file"), rest.get("sha256"))
    if not all(isinstance(text, str) and text for text in needed):
        return None
    number = entry.get(_RUN)
    if number is None:
        return Listed(rest, run)
    if type(number) is not int or not 0 <= number < len(runs):  # a bool is an int as well
        return None
    return Listed(rest, runs[number])


def _plain(name: str) -> bool:
    """Tell whether a name is that of a file in the folder itself; others lead elsewhere."""
    return name not in _NO_NAME and not set(name) & set("/\\:\0")


def write_manifest(files: Sequence[File], run: Run, staying: Sequence[Listed]) -> bytes:
    """Write the manifest of new files and of those that stay; each is told with its own run."""
    fonts = set(chain.from_iterable(file.fonts for file in files))
    used = [asdict(font) for font in sorted(fonts, key=astuple)]
    entries = [_entry(file) for file in files]
    earlier: list[Run] = []
    for one in staying:
        entry = dict(one.entry)
        if _same(one.run, run):
            used += [font for font in one.run.get("fonts", ()) if font not in used]
        else:
            if one.run not in earlier:
                earlier.append(one.run)
            entry[_RUN] = earlier.index(one.run)
        entries.append(entry)
    data = {**run, "fonts": used, _FILES: entries}
    if earlier:
        data[_EARLIER] = earlier
    return (json.dumps(data, ensure_ascii=False, indent=1, default=str) + "\n").encode()


def _entry(file: File) -> dict[str, Any]:
    return {"file": file.name, "sha256": hashlib.sha256(file.read()).hexdigest(), **file.about}


def _same(one: Run, other: Run) -> bool:
    """Tell whether two runs depend on the same things; their fonts are those of their files."""
    return all(one.get(key) == other.get(key) for key in {*one, *other} - {"fonts"})


def another_owner(earlier: Run, run: Run) -> bool:
    """Tell whether a folder belongs to another kind, or to a pupil with no mark in common."""
    known, mine = earlier.get("whose"), run.get("whose")
    if not isinstance(known, Mapping) or not isinstance(mine, Mapping):
        return False
    marks = {*known.get("marks", ())}, {*mine.get("marks", ())}
    return known.get("kind") != mine.get("kind") or (all(marks) and marks[0].isdisjoint(marks[1]))
