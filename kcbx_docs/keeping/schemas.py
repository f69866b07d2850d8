"""JSON Schemas of every file that people write: those of an office, and those of a keeper."""

from collections.abc import Mapping
from typing import Any

from kcbx_docs.case import schema as of_office
from kcbx_docs.case.schema import DIALECT, as_people_write, open_keys
from kcbx_docs.law.calendar import CalendarYear
from kcbx_docs.law.model import LawFile
from kcbx_docs.packs.model import Card, Pack
from kcbx_docs.packs.procedure import ProcedureFile
from kcbx_docs.reading import Model

KEEPERS: Mapping[str, type[Model]] = {
    "pack": Pack,
    "law": LawFile,
    "procedure": ProcedureFile,
    "calendar": CalendarYear,
    "document": Card,
}
"""The files of a pack, a year's calendar, and the head of a document."""


def all_schemas() -> dict[str, dict[str, Any]]:
    """Return every schema by the name of its file."""
    return {**of_office.schemas(), **{name: _schema(name) for name in KEEPERS}}


def _schema(name: str) -> dict[str, Any]:
    shape = as_people_write(KEEPERS[name].model_json_schema(by_alias=True))
    if name == "document":
        # What the pack above says need not be said again,
        # so no key of a head is required by itself.
        del shape["required"]
    return {"$schema": DIALECT, "title": name, **open_keys(shape)}
