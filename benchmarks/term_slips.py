"""The sample school of ``cases/`` printed into a folder, with a ledger."""

import shutil
from datetime import date
from pathlib import Path

from kcbx_docs.batch.asked import BatchAsked
from kcbx_docs.filing.render import render_file
from kcbx_docs.papers.files import Wanted

ROOT = Path(__file__).parents[1]
DAY = date(2026, 9, 1)


def printed_school(root: Path) -> None:
    """Copy the sample workspace and print its batch as PDF."""
    shutil.copy(ROOT / "kcbx.yaml", root)
    shutil.copytree(ROOT / "cases", root / "cases")
    batch = root / "cases" / "开学告知.yaml"
    render_file(batch, Wanted(DAY, formats=("pdf",)), asked=BatchAsked())
