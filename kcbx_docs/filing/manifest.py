"""The manifest of a folder: every file with its hash, and the run that made it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple, dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from kcbx_docs.papers.files import File

MANIFEST = "manifest.json"
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
        run = {key: value for key, value in data.items() if key not in (_FILES, _EARLIER)}
        runs = data.get(_EARLIER, [])
        listed = [_listed(dict(entry), run, runs) for entry in data[_FILES]]
        return Manifest(run, {one.name: one for one in listed if _plain(one.name)})
    except FileNotFoundError:
        return NONE
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return None


def _listed(entry: dict[str, Any], run: Run, runs: Sequence[Run]) -> Listed:
    number = entry.pop(_RUN, None)
    one = Listed(entry, run if number is None else dict(runs[number]))
    assert one.sha256 and one.name, "a KeyError says that a key is missing"
    return one


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
    return {"file": file.name, "sha256": hashlib.sha256(file.data).hexdigest(), **file.about}


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
