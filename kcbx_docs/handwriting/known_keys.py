"""Which keys may stand where in a file, by the records that it is read into."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, get_origin

from pydantic import BaseModel


def known_keys(
    model: type[BaseModel], loc: Sequence[int | str], record: object = None
) -> list[str]:
    """List the keys allowed at a path of a model; of a record that tells its kind, those of it."""
    found = _model_at(model, loc)
    if found is None:
        return []
    of_kind: Callable[[Mapping[str, Any]], Sequence[str]] | None
    of_kind = getattr(found, "keys_for", None)
    own = of_kind(record) if of_kind and isinstance(record, Mapping) else ()
    return [*own] or [*_keys(found)]


def about_key(model: type[BaseModel], loc: Sequence[int | str]) -> str:
    """Return what is said of a key at a path of a model where its choices are told apart."""
    found = _model_at(model, loc[:-1]) if loc else None
    fields = found.model_fields.values() if found else ()
    return next((str(one.description or "") for one in fields if one.alias == loc[-1]), "")


def _model_at(model: type[BaseModel], loc: Sequence[int | str]) -> type[BaseModel] | None:
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
    return current


def _keys(model: type[BaseModel]) -> dict[str, Any]:
    """Return the keys of a model with the types of their values."""
    return {info.alias or name: info.annotation for name, info in model.model_fields.items()}


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """Yield the models inside an annotation such as ``tuple[Pupil, ...] | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from models_in(inner)
