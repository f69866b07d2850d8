"""A batch from what somebody chose: as a value that can be looked at, and as the file that says it.

Who answers the questions of ``kcbx new`` and who ticks a page choose the same and get one text.
"""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date
from pathlib import Path
from typing import Any

from kcbx_docs.case.batch import Batch
from kcbx_docs.case.commented import Values, commented, head_of
from kcbx_docs.case.fields import safe_name
from kcbx_docs.case.files import LoadedBatch, load_source
from kcbx_docs.light import dataclass
from kcbx_docs.office.files import CASES
from kcbx_docs.office.opened import Office
from kcbx_docs.problems import Problems
from kcbx_docs.reading import parse_yaml

USUAL = {"控辍保学告知书": 1, "承诺书": 2}
"""What a school gives out at the beginning of a term, and how often."""


@dataclass(frozen=True)
class BatchChoices:
    """What is chosen of a batch besides its roster."""

    name: str
    term: str
    school: str
    documents: Mapping[str, int] = field(default_factory=lambda: USUAL)
    """How often everybody gets each document, by title."""
    day: date | str | None = None
    """What the papers bear; the day of printing where none is chosen."""
    roster: Mapping[str, Any] = field(default_factory=dict)
    """What is said of the roster besides its file: 班级, 列."""
    printing: Mapping[str, str] = field(default_factory=dict)
    """How it is printed besides the usual order: 双面, 登记表电话, 单份."""
    order: str = "班级"
    by_class: bool = True
    enrolment: Mapping[str, Any] = field(default_factory=dict)


def values_of_batch(chosen: BatchChoices, roster: str) -> dict[str, Any]:
    """Return what a batch file says, by its keys in their order."""
    printing = {**chosen.printing, "排序": chosen.order, "分班": "是" if chosen.by_class else "否"}
    values: dict[str, Any] = {
        "批次": chosen.name,
        "学期": chosen.term,
        "学校": chosen.school,
        "日期": chosen.day,
        "名册": {**chosen.roster, "文件": roster},
        "文书": [{"文书": name, "份数": copies} for name, copies in chosen.documents.items()],
        "入学": chosen.enrolment,
        "打印": printing,
    }
    return {key: value for key, value in values.items() if value}


def batch_text(values: Values, schema: str = "../schema") -> str:
    """Return a batch file."""
    return commented(Batch, values, head_of("批次", schema, "一所学校一次发放的文书。"))


def batch_from(
    office: Office, roster: Path, chosen: BatchChoices, today: date
) -> tuple[LoadedBatch | None, Problems]:
    """Make a batch without a file, as its file would be read; say what is wrong with it."""
    path = batch_path(office, chosen)
    text = batch_text(values_of_batch(chosen, seen_from(path.parent, roster)))
    source, found = parse_yaml(text, str(path))
    source = replace(source, sha256=hashlib.sha256(text.encode()).hexdigest())
    loaded, found = load_source(path, source, found, today, office.workspace)
    return (loaded if isinstance(loaded, LoadedBatch) else None), found


def batch_path(office: Office, chosen: BatchChoices) -> Path:
    """Return where the file of a batch lies."""
    return office.root / CASES / f"{safe_name(chosen.name)}.yaml"


def seen_from(folder: Path, file: Path) -> str:
    """Write the path of a file as a folder sees it."""
    try:
        return Path(os.path.relpath(file.resolve(), folder.resolve())).as_posix()
    except ValueError:  # on another drive
        return file.resolve().as_posix()
