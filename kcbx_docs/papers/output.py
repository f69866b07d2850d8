"""Write papers to disk: all of them or none, readable by their owner only, with a manifest of what was made."""

import datetime
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from typing import Any

import kcbx_docs
from kcbx_docs.packs.library import Library
from kcbx_docs.papers.make import Made
from kcbx_docs.problems import Place, stop
from kcbx_docs.render.fonts import FontUsed

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class File:
    """One file to be written, and what the manifest says of it."""

    name: str
    data: bytes
    about: Mapping[str, Any]
    fonts: tuple[FontUsed, ...] = ()


def about(made: Made) -> dict[str, Any]:
    """Describe one paper for the manifest."""
    files = [f.shown for f in made.paper.flat.files]
    return {
        "document": made.paper.document,
        "title": made.paper.title,
        "guardian": made.paper.guardian or None,
        "day": made.paper.day.isoformat(),
        "templates": files,
        "cited": list(made.cited),
    }


def manifest(
    files: Sequence[File], library: Library, source: bytes, day: datetime.date, **more: Any
) -> bytes:
    """Return the manifest: every file with its hash, and all that it depends on; ``more`` stands beside the source."""
    packs = [
        {"id": f.id, "name": f.pack.name, "version": f.pack.version} for f in library.chain.folders
    ]
    data = {
        "kcbx": kcbx_docs.__version__,
        "as_of": day.isoformat(),
        "packs": packs,
        "source_sha256": hashlib.sha256(source).hexdigest(),
        **more,
        "law_checked": {
            level: checked.isoformat()
            for level, checked in sorted(library.registry.checked.items())
        },
        "fonts": [
            asdict(font) for font in sorted({font for f in files for font in f.fonts}, key=astuple)
        ],
        "files": [
            {"file": f.name, "sha256": hashlib.sha256(f.data).hexdigest(), **f.about} for f in files
        ],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1, default=str) + "\n").encode()


def write_all(folder: Path, files: Sequence[File], manifest_data: bytes) -> tuple[Path, ...]:
    """Write files into a folder, replacing what an earlier run made there; a failure leaves all as it was."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".kcbx-", dir=folder.parent))
    except OSError as error:
        raise stop("PAPR007", Place(), path=folder, reason=error.strerror) from error
    try:
        for name, data in [*((f.name, f.data) for f in files), (MANIFEST, manifest_data)]:
            _write_private(staging / name, data)
        return _move(staging, folder)
    except OSError as error:
        raise stop(
            "PAPR007", Place(), path=error.filename or folder, reason=error.strerror
        ) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _write_private(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)


def _move(staging: Path, folder: Path) -> tuple[Path, ...]:
    """Put new files in place; files that only the earlier run made are removed, others stay."""
    folder.mkdir(mode=0o700, exist_ok=True)
    old = _earlier(folder)
    written = []
    for path in sorted(p for p in staging.rglob("*") if p.is_file()):
        relative = path.relative_to(staging)
        target = folder / relative
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.replace(target)
        written.append(target)
    for name in old - {p.relative_to(folder).as_posix() for p in written}:
        (folder / name).unlink(missing_ok=True)
    return tuple(written)


def _earlier(folder: Path) -> set[str]:
    """List the files of the earlier manifest; names that lead elsewhere are ignored."""
    try:
        listed = json.loads((folder / MANIFEST).read_text("utf-8"))["files"]
        names = {str(entry["file"]) for entry in listed}
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    root = folder.resolve()
    return {name for name in names if (root / name).resolve().is_relative_to(root)}
