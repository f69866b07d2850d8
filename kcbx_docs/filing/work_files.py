"""New files of work in the workspace; none that is there is overwritten."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kcbx_docs.act import Put, together
from kcbx_docs.case.work_text import work_text
from kcbx_docs.office.files import CASES
from kcbx_docs.office.opened import Office
from kcbx_docs.office.works import keys_of


def save_work(office: Office, values: Mapping[str, Any]) -> Path:
    """Write the file of a piece of work, called by its number; return where."""
    kind = str(values["工作"])
    text = work_text(values, kind, keys_of(kind, office))
    path = office.root / CASES / f"{values['编号']}.yaml"
    together(office.root, (Put(path, text.encode()),))
    return path
