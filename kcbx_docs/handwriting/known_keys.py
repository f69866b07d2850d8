"""Which keys may stand where in a file, by the records that it is read into."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_origin

from pydantic import BaseModel


def known_keys(model: type[BaseModel], loc: Sequence[int | str]) -> list[str]:
    """List the keys allowed at a path of a model."""
    current: type[BaseModel] | None = model
    free = False
    for part in loc:
        if isinstance(part, int) or current is None:
            continue
        if free:  # a key of the keeper's own, such as the number of an article
            free = False
            continue
        annotation = _keys(current).get(str(part))
        free = get_origin(annotation) in (dict, Mapping)
        current = next(models_in(annotation), None)
    return [*_keys(current)] if current else []


def _keys(model: type[BaseModel]) -> dict[str, Any]:
    """Return the keys of a model with the types of their values."""
    return {info.alias or name: info.annotation for name, info in model.model_fields.items()}


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """Yield the models inside an annotation such as ``tuple[Pupil, ...] | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from models_in(inner)
