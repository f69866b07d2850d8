"""What the office's output folder tells of papers that left the house, where its ledger is gone."""

import json
from collections.abc import Iterator
from pathlib import Path

from kcbx_docs.case.workspace import Workspace
from kcbx_docs.ledger.model import Series
from kcbx_docs.ledger.numbers import parts_of
from kcbx_docs.light import regex
from kcbx_docs.locking import OUTPUT

MANIFEST = "manifest.json"
_FROM_LEDGER = regex(rb'"ledger": *\d')
"""Only what was recorded has a place in a ledger; papers without one may be made at any time."""
_KEPT = ("ledger", "issued")


def issued_in_output(root: Path) -> tuple[str, ...]:
    """List the numbers and days of issued papers whose files lie in a workspace's output."""
    return tuple(dict.fromkeys(_issued(root)))


def _issued(root: Path) -> Iterator[str]:
    for path in sorted((root / OUTPUT).glob(f"*/{MANIFEST}")):
        try:
            data = path.read_bytes()
            # Most cases have none, and all of them may be asked for at every command.
            files = json.loads(data)["files"] if _FROM_LEDGER.search(data) else ()
        except (OSError, ValueError, KeyError, TypeError):
            continue
        for entry in files:
            if isinstance(entry, dict) and all(entry.get(key) for key in _KEPT):
                yield str(entry["issued"])


def series_in_output(root: Path, workspace: Workspace) -> dict[Series, int]:
    """Return the highest number of each series that papers in output bear."""
    found: dict[Series, int] = {}
    for text in issued_in_output(root):
        if parts := parts_of(text.partition(" ")[0]):
            series = Series(_issuer(parts.word, workspace), parts.word, parts.year)
            found[series] = max(found.get(series, 0), parts.serial)
    return found


def _issuer(word: str, workspace: Workspace) -> str:
    """Name the organ by whose word a number begins: the office, unless it is another's."""
    organs = [one for one in workspace.organs if one.code_word and word.startswith(one.code_word)]
    return max(organs, key=lambda one: len(one.code_word), default=workspace.office).name
