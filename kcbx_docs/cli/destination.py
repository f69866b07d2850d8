"""The workspace of the current folder, as what a new file goes into."""

from pathlib import Path

from kcbx_docs.case.files import WORKSPACE_FILE
from kcbx_docs.cli import where
from kcbx_docs.cli.show import short
from kcbx_docs.office.destination import Destination, destination_at
from kcbx_docs.problems import Place, stop


def destination() -> Destination:
    """Find the workspace of the current folder."""
    root = where.root()
    if root is None:
        raise stop("PAPR009", Place(), file=WORKSPACE_FILE)
    return destination_at(root)


def as_typed(path: Path) -> str:
    """Write a path as a person would in the current folder."""
    return str(short(path.absolute()))
