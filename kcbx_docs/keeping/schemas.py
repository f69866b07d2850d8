"""JSON Schemas of every file that people write: those of an office, and those of a keeper."""

import json
from collections.abc import Mapping
from typing import Any

from kcbx_docs.case import schema as of_office
from kcbx_docs.case.schema import in_chinese_only, titled
from kcbx_docs.law.calendar import CalendarYear
from kcbx_docs.law.model import LawFile
from kcbx_docs.packs.model import Card, Pack
from kcbx_docs.packs.parameters import PARAMETERS, Parameter
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

TITLES = {
    "pack": "模板包：pack.yaml",
    "law": "法律、规则和文书要求：law.yaml",
    "procedure": "程序：procedure.yaml",
    "calendar": "工作日历",
    "document": "文书的前置说明",
}


def all_schemas() -> dict[str, dict[str, Any]]:
    """Return every schema by the name of its file."""
    return {**of_office.schemas(), **{name: _schema(name) for name in KEEPERS}}


def schema_texts() -> dict[str, str]:
    """Return the text of every schema by file name."""
    files: dict[str, str] = {}
    for kind, schema in all_schemas().items():
        files[f"{kind}.json"] = json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
    return files


def _schema(name: str) -> dict[str, Any]:
    shape = in_chinese_only(KEEPERS[name].model_json_schema(by_alias=True))
    if name == "document":
        # What the pack above says need not be said again,
        # so no key of a head is required by itself.
        del shape["required"]
    if name == "pack":
        known = {key: {"description": _told(one)} for key, one in PARAMETERS.items()}
        shape["properties"]["参数"]["properties"] = known
    return titled(TITLES[name], shape)


def _told(one: Parameter) -> str:
    return f"{one.about}。写法：{one.kind.words}；不知道的写 未知。"
