"""JSON Schema of the files that people write, so that editors complete and check while typing."""

from collections.abc import Mapping
from typing import Any

from kcbx_docs.case.batch import Batch
from kcbx_docs.case.event import Event
from kcbx_docs.case.event_kinds import EVENT_FIELDS, EventKind
from kcbx_docs.case.fields import one_or_many
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


DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of one kind of file with Chinese keys, for an editor."""
    return {"$schema": DIALECT, "title": kind, **open_keys(shape_of(kind))}


def schemas() -> dict[str, dict[str, Any]]:
    """Return the schemas of all kinds of files."""
    return {kind: schema_of(kind) for kind in FILES}


def shape_of(kind: str) -> dict[str, Any]:
    """Return what one kind of file holds; every key is written."""
    schema: dict[str, Any] = as_people_write(FILES[kind].model_json_schema(by_alias=True))
    if "Event" in schema.get("$defs", {}):
        schema["$defs"]["Guardian"]["required"] += GUARDIAN_NEEDS
        schema["$defs"]["Event"]["allOf"] = [
            _rule(name, rule) for name, rule in EVENT_FIELDS.items()
        ]
    return schema


def _rule(name: str, rule: EventKind) -> dict[str, Any]:
    then: dict[str, Any] = {
        "required": list(rule.required),
        "propertyNames": {"enum": list(rule.allowed)},
    }
    if rule.choices:
        then["properties"] = {key: _choice(key, words) for key, words in rule.choices.items()}
    return {"if": {"properties": {"事项": {"const": name}}, "required": ["事项"]}, "then": then}


def _choice(key: str, words: tuple[str, ...]) -> dict[str, Any]:
    """Allow one of some words; a key that takes a list, several of them."""
    one: dict[str, Any] = {"enum": list(words)}
    several = any(f.alias == key and f.default == () for f in Event.model_fields.values())
    return one_or_many(one) if several else one


def as_people_write(node: Any, *, named: bool = False) -> Any:
    """Drop English titles and docstrings; write yes, no and texts without quotes as people do."""
    if isinstance(node, list):
        return [as_people_write(item) for item in node]
    if not isinstance(node, dict):
        return node
    if named:
        return {key: as_people_write(value) for key, value in node.items()}
    return _as_written(_without_titles(node))


def _without_titles(node: dict[str, Any]) -> dict[str, Any]:
    unwanted = {"title", "default"}
    if "properties" in node:  # there it is the docstring of the model
        unwanted.add("description")
    kept = [key for key in node if key not in unwanted]
    return {key: as_people_write(node[key], named=key in ("properties", "$defs")) for key in kept}


def _as_written(kept: dict[str, Any]) -> dict[str, Any]:
    if kept.get("type") == "string" and not {"format", "pattern"} & set(kept):
        kept["type"] = ["string", "number"]
    return kept


def open_keys(node: Any) -> Any:
    """Let every key be left open, as the reader does: an empty value counts as not written.

    That a key is required is still told. What decides the kind of the file is not left open.
    """
    if isinstance(node, list):
        return [open_keys(item) for item in node]
    if not isinstance(node, dict):
        return node
    opened = {key: open_keys(value) for key, value in node.items()}
    if "properties" in node:
        keys: dict[str, Any] = opened["properties"]
        opened["properties"] = {key: _or_nothing(value) for key, value in keys.items()}
    return opened


def _or_nothing(schema: dict[str, Any]) -> dict[str, Any]:
    if "anyOf" in schema:
        return {**schema, "anyOf": _with(schema["anyOf"], {"type": "null"})}
    if "$ref" in schema:
        kept = {key: value for key, value in schema.items() if key != "$ref"}
        return {**kept, "anyOf": [{"$ref": schema["$ref"]}, {"type": "null"}]}
    opened = dict(schema)
    if "enum" in opened:
        opened["enum"] = _with(opened["enum"], None)
    if "type" in opened and "const" not in opened:
        kinds = opened["type"]
        opened["type"] = _with(kinds if isinstance(kinds, list) else [kinds], "null")
    return opened


def _with(known: list[Any], more: Any) -> list[Any]:
    return known if more in known else [*known, more]
