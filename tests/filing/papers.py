"""Papers of a few bytes, put away without any rendering; and what is in their folder afterwards."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kcbx_docs.filing.folder import Written, file_papers
from kcbx_docs.papers.files import Extent, File, Papers, whose
from tests.cli.office import tree

FLY = whose("案件", "2026-001", "普云飞", "530499201305061217")
SKY = whose("案件", "2026-001", "普云天", "530499201305061225")
CASE = "2026-001"


def papers(
    files: Mapping[str, str],
    extent: Extent = "整套",
    *,
    run: str = "一",
    owner: Mapping[str, Any] = FLY,
    folder: str = CASE,
    **more: Any,
) -> Papers:
    """Return papers with these texts, as a run makes them whose source has the hash ``run``."""
    made = tuple(File(name, text.encode(), {"title": name}) for name, text in files.items())
    return Papers(folder, made, {"source_sha256": run, "whose": owner}, extent, **more)


def put(root: Path, files: Mapping[str, str], extent: Extent = "整套", **more: Any) -> Written:
    """Put papers away below a folder."""
    return file_papers(root, papers(files, extent, **more))


def codes(written: Written) -> list[str]:
    """List the codes of what was told."""
    return [one.code for one in written.problems]


def inside(root: Path, folder: str = CASE) -> dict[str, str]:
    """Return every file of a folder with its text, but for manifests."""
    found = tree(root / folder).items()
    return {name: data.decode() for name, data in found if not name.endswith("manifest.json")}


def listed(root: Path, folder: str = CASE) -> dict[str, str]:
    """Return the files of a manifest with the run that made each."""
    data = json.loads((root / folder / "manifest.json").read_bytes())
    runs = data.get("earlier_runs", [])
    return {
        one["file"]: (runs[one["earlier_run"]] if "earlier_run" in one else data)["source_sha256"]
        for one in data["files"]
    }


def untrue(root: Path, folder: str = CASE) -> list[str]:
    """Name the files of a manifest that are not there, or not as it says."""
    place = root / folder
    data = json.loads((place / "manifest.json").read_bytes())
    return [
        one["file"]
        for one in data["files"]
        if not (place / one["file"]).is_file()
        or hashlib.sha256((place / one["file"]).read_bytes()).hexdigest() != one["sha256"]
    ]


def left_over(root: Path) -> list[str]:
    """Name what of a run's own is still there, but for the lock."""
    return [path.name for path in root.glob(".kcbx-*") if path.name != ".kcbx-lock"]
