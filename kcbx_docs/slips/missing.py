"""Who is to be asked for what has not come back, as tables of text: a sheet for each class."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kcbx_docs.case.classes import class_order
from kcbx_docs.office.returns import MISSING, Returnable
from kcbx_docs.office.spreadsheet import TextTable
from kcbx_docs.problems import UserError

if TYPE_CHECKING:
    from kcbx_docs.packs.library import Library

HEADS = ("编号", "姓名", "文书", "情况", "催过几次")
NO_CLASS = "未分班"


def title_of(document: str, library: "Library") -> str:
    """Return what a document is called here; its id where the pack has none of it any more."""
    try:
        return library.card(document).title
    except (KeyError, UserError):
        return document


def wanted_of(parts: Sequence[Returnable]) -> list[Returnable]:
    """Keep what the school still waits for, class by class."""
    wanted = [part for part in parts if part.wanted]
    return sorted(wanted, key=lambda part: class_order(part.slip.class_name))


def missing_line(part: Returnable, library: "Library") -> tuple[str, ...]:
    """Say in cells whose a part is, what is wanted of it, and how often that was asked for."""
    state = part.came.defect if part.came else MISSING
    times = str(part.reminded) if part.reminded else ""
    return part.slip.serial, part.slip.name, title_of(part.document, library), state, times


def missing_tables(parts: Sequence[Returnable], library: "Library") -> tuple[TextTable, ...]:
    """Make a sheet for the teacher of each class, with room for remarks."""
    groups: dict[str, list[tuple[str, ...]]] = {}
    for part in parts:
        lines = groups.setdefault(part.slip.class_name or NO_CLASS, [])
        lines.append((*missing_line(part, library), ""))
    heads = (*HEADS, "备注")
    return tuple(TextTable(f"{label}未收回", heads, tuple(rows)) for label, rows in groups.items())
