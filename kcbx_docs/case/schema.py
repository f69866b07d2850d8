"""JSON Schema of the files that people write, so that editors complete and check while typing."""

from collections.abc import Mapping
from typing import Any

from kcbx_docs.case.batch import Batch
from kcbx_docs.case.editor_schema import event_rule, for_editor
from kcbx_docs.case.event import Event
from kcbx_docs.case.event_kinds import EVENT_FIELDS, EventKind
from kcbx_docs.case.fields import one_or_many
from kcbx_docs.case.leads import Leads
from kcbx_docs.case.letter import Letter
from kcbx_docs.case.model import Case
from kcbx_docs.case.users import ServerUsers
from kcbx_docs.case.work import Work
from kcbx_docs.case.workspace import Workspace
from kcbx_docs.reading import Model

FILES: Mapping[str, type[Model]] = {
    "案件": Case,
    "批次": Batch,
    "公文": Letter,
    "工作": Work,
    "线索": Leads,
    "kcbx": Workspace,
    "用户": ServerUsers,
}
"""The kinds of files and their models."""

TITLES = {
    "案件": "案件文件",
    "批次": "批次文件",
    "公文": "公文文件",
    "工作": "工作文件",
    "线索": "线索文件",
    "kcbx": "工作目录：kcbx.yaml",
    "用户": "县里的服务器：服务器/用户.yaml",
}

GUARDIAN_NEEDS = ["关系", "住址"]


OURS = "由 kcbx 写出，程序更新以后自动换成新的，不要手工改"
"""What marks a schema that may be replaced."""
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of one kind of file with Chinese keys, for an editor."""
    return titled(TITLES[kind], shape_of(kind))


def titled(title: str, shape: dict[str, Any]) -> dict[str, Any]:
    """Return the schema that an editor is given of a shape."""
    return {"$schema": DIALECT, "$comment": OURS, "title": title, **for_editor(shape)}


def schemas() -> dict[str, dict[str, Any]]:
    """Return the schemas of all kinds of files."""
    return {kind: schema_of(kind) for kind in FILES}


def shape_of(kind: str) -> dict[str, Any]:
    """Return what one kind of file holds; every key is written."""
    schema: dict[str, Any] = in_chinese_only(FILES[kind].model_json_schema(by_alias=True))
    if "Event" in schema.get("$defs", {}):
        schema["$defs"]["Guardian"]["required"] += GUARDIAN_NEEDS
        schema["$defs"]["Event"]["allOf"] = [
            _rule(name, rule) for name, rule in EVENT_FIELDS.items()
        ]
    return schema


def _rule(name: str, rule: EventKind) -> dict[str, Any]:
    then: dict[str, Any] = {"allOf": [*event_rule(name, rule.required, rule.allowed)]}
    if rule.choices:
        then["properties"] = {key: _choice(key, words) for key, words in rule.choices.items()}
    return {"if": {"properties": {"事项": {"const": name}}, "required": ["事项"]}, "then": then}


def _choice(key: str, words: tuple[str, ...]) -> dict[str, Any]:
    """Allow one of some words; a key that takes a list, several of them."""
    one: dict[str, Any] = {"enum": list(words)}
    several = any(f.alias == key and f.default == () for f in Event.model_fields.values())
    return one_or_many(one) if several else one


def in_chinese_only(node: Any, *, named: bool = False) -> Any:
    """Drop English titles and docstrings."""
    if isinstance(node, list):
        return [in_chinese_only(item) for item in node]
    if not isinstance(node, dict):
        return node
    if named:
        return {key: in_chinese_only(value) for key, value in node.items()}
    return _without_titles(node)


def _without_titles(node: dict[str, Any]) -> dict[str, Any]:
    unwanted = {"title", "default"}
    if "properties" in node:  # there it is the docstring of the model
        unwanted.add("description")
    kept = [key for key in node if key not in unwanted]
    return {key: in_chinese_only(node[key], named=key in ("properties", "$defs")) for key in kept}
