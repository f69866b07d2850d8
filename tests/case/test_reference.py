"""What is generated from the models is fresh, and complete."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kcbx_docs.case import reference
from kcbx_docs.case.event_kinds import EVENT_FIELDS
from kcbx_docs.case.schema import FILES, schemas
from kcbx_docs.handwriting.known_keys import models_in
from kcbx_docs.reading import Model

ROOT = Path(__file__).parents[2]


def all_models() -> set[type[Model]]:
    found: set[type[Model]] = set()
    queue = list(FILES.values())
    while queue:
        model = queue.pop()
        if model not in found:
            found.add(model)
            queue += [
                m
                for f in model.model_fields.values()
                for m in models_in(f.annotation)
                if issubclass(m, Model)
            ]
    return found


def test_the_reference_is_fresh() -> None:
    assert (ROOT / reference.PATH).read_text("utf-8") == reference.reference(), (
        "run: python -m kcbx_docs.case.reference"
    )


def test_every_key_has_a_chinese_name_and_description() -> None:
    for model in all_models():
        for name, field in model.model_fields.items():
            assert field.alias and not field.alias.isascii(), (model, name)
            assert field.description and not field.description.isascii(), (model, name)


def test_every_event_and_key_is_in_the_reference() -> None:
    text = reference.reference()
    assert all(f"| {kind} |" in text for kind in EVENT_FIELDS)
    keys = {str(f.alias) for model in all_models() for f in model.model_fields.values()}
    assert all(f"| {key} |" in text or f"| {key}（必填） |" in text for key in keys)


def test_schemas_speak_chinese_and_forbid_unknown_keys() -> None:
    written = schemas()
    case = written["案件"]
    assert needed(case) == ["案件", "编号", "情形", "学生", "监护人"]
    assert case["additionalProperties"] is False
    assert needed(case["$defs"]["Guardian"]) == ["姓名", "关系", "住址"]
    assert case["$defs"]["Event"]["properties"]["事项"]["enum"] == [*EVENT_FIELDS, None]
    rules = [rule for rule in case["$defs"]["Event"]["allOf"] if "if" in rule]
    (served,) = (rule for rule in rules if rule["if"]["properties"]["事项"]["const"] == "送达")
    assert needed(served["then"]) == ["文书", "对象", "方式"]
    assert "留置" in served["then"]["properties"]["方式"]["enum"]
    assert not any(shown.isascii() for shown in titles(written))


def needed(node: dict[str, Any]) -> list[str]:
    """List the keys that a schema asks for, each of which it asks for in its own words."""
    return [key for rule in node["allOf"] for key in rule.get("required", ())]


def titles(node: Any) -> Iterator[str]:
    for inner in (
        node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    ):
        yield from titles(inner)
    if isinstance(node, dict) and isinstance(node.get("title"), str):
        yield node["title"]
