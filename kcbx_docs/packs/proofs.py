"""What a record or paper proves: a sentence of fact, filled from what happened.

A card writes one sentence, several of which the first that can be filled is taken,
or sentences by the result of the event.
"""

from collections.abc import Mapping
from string import Formatter
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from kcbx_docs.reading import Model

ANY_RESULT = ""


def _by_result(value: Any) -> Any:
    by_result = value if isinstance(value, dict) else {ANY_RESULT: value}
    return {key: [one] if isinstance(one, str) else one for key, one in by_result.items()}


_ONE: dict[str, object] = {"type": "string"}
_SEVERAL = {"type": "array", "items": _ONE}
_ONE_OR_SEVERAL = [_ONE, _SEVERAL]
_WRITTEN = {
    "anyOf": [
        *_ONE_OR_SEVERAL,
        {"type": "object", "additionalProperties": {"anyOf": _ONE_OR_SEVERAL}},
    ]
}

Sentences = Annotated[
    dict[str, tuple[str, ...]], BeforeValidator(_by_result), WithJsonSchema(_WRITTEN)
]
"""Sentences by result; those under no result serve any."""


class Proof(Model):
    """What an event leaves behind as evidence, where it makes no document."""

    name: str = Field(alias="名称", description="证据目录里的名称")
    proves: Sentences = Field(alias="证明对象", description="证据目录里的证明对象")


def proof_sentence(sentences: Sentences, result: str, values: Mapping[str, str]) -> str | None:
    """Fill the first sentence whose places are all known; without one nothing is claimed."""
    for sentence in sentences.get(result, sentences.get(ANY_RESULT, ())):
        if all(values.get(name) for name in places_of(sentence)):
            return sentence.format_map(values)
    return None


def places_of(sentence: str) -> tuple[str, ...]:
    """Name the places of a sentence; one that cannot be read has an unknown place."""
    try:
        return tuple(name for _, name, _, _ in Formatter().parse(sentence) if name is not None)
    except ValueError:
        return (sentence,)
