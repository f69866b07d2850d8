"""JSON Schema of the files that people write, so that editors complete and check while typing."""

from collections.abc import Mapping
from typing import Any

from kcbx_docs.case.batch import Batch
from kcbx_docs.case.event import EVENT_FIELDS, EventKind
from kcbx_docs.case.letter import Letter
from kcbx_docs.case.model import Case
from kcbx_docs.case.workspace import Workspace
from kcbx_docs.reading import Model

FILES: Mapping[str, type[Model]] = {
    "案件": Case,
    "批次": Batch,
    "公文": Letter,
    "kcbx": Workspace,
}
"""The four kinds of files and their models."""

GUARDIAN_NEEDS = ["关系", "住址"]


def schema_of(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of one kind of file with Chinese keys."""
    schema = _tidy(FILES[kind].model_json_schema(by_alias=True))
    if "Event" in schema.get("$defs", {}):
        schema["$defs"]["Guardian"]["required"] += GUARDIAN_NEEDS
        schema["$defs"]["Event"]["allOf"] = [
            _rule(name, rule) for name, rule in EVENT_FIELDS.items()
        ]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": kind, **schema}


def schemas() -> dict[str, dict[str, Any]]:
    """Return the schemas of all kinds of files."""
    return {kind: schema_of(kind) for kind in FILES}


def _rule(name: str, rule: EventKind) -> dict[str, Any]:
    then: dict[str, Any] = {
        "required": list(rule.required),
        "propertyNames": {"enum": list(rule.allowed)},
    }
    if rule.choices:
        then["properties"] = {key: {"enum": list(words)} for key, words in rule.choices.items()}
    return {"if": {"properties": {"事项": {"const": name}}, "required": ["事项"]}, "then": then}


def _tidy(node: Any, *, named: bool = False) -> Any:
    """Drop English titles and docstrings; let a text be typed without quotes even if it is a number."""
    if isinstance(node, list):
        return [_tidy(item) for item in node]
    if not isinstance(node, dict):
        return node
    if named:
        return {key: _tidy(value) for key, value in node.items()}
    unwanted = {"title", "default"} | ({"description"} if "properties" in node else set())
    kept = {
        key: _tidy(value, named=key in ("properties", "$defs"))
        for key, value in node.items()
        if key not in unwanted
    }
    if kept.get("type") == "string" and not {"format", "pattern"} & set(kept):
        kept["type"] = ["string", "number"]
    return kept
