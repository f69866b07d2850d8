"""What the office's output folder tells of papers that left the house, where its ledger is gone."""

import json
from collections.abc import Iterator
from pathlib import Path

from kcbx_docs.case.workspace import Workspace, issuing_organs
from kcbx_docs.ledger.model import Series
from kcbx_docs.ledger.numbers import NumberParts, parts_of
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
            told = json.loads(data) if _FROM_LEDGER.search(data) else {}
        except (OSError, ValueError):
            continue
        files = told.get("files") if isinstance(told, dict) else ()
        for entry in files if isinstance(files, list) else ():
            if isinstance(entry, dict) and all(entry.get(key) for key in _KEPT):
                yield str(entry["issued"])


def series_in_output(root: Path, workspace: Workspace) -> dict[Series, int]:
    """Return the highest number of each series that papers in output bear."""
    found: dict[Series, int] = {}
    for text in issued_in_output(root):
        if parts := parts_of(text.partition(" ")[0]):
            series = series_of_number(workspace, parts)
            found[series] = max(found.get(series, 0), parts.serial)
    return found


def series_of_number(workspace: Workspace, parts: NumberParts) -> Series:
    """Tell whose a number is, by the word with which it begins: the office's, unless another's."""
    organs = (one for one in issuing_organs(workspace) if one.code_word)
    named = [one for one in organs if parts.word.startswith(one.code_word)]
    issuer = max(named, key=lambda one: len(one.code_word), default=workspace.office)
    return Series(issuer.name, parts.word, parts.year)
