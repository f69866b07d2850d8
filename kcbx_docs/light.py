"""What is declared by the hundred and used by the dozen: data classes and patterns.

The library compiles six methods for every data class and every pattern where they are written,
half a millisecond each, before a command knows what it needs. Here a class gets its ``__init__``
with its first object and a pattern is compiled with its first use; what they do is the same.
"""

import dataclasses
import re
import reprlib
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass", "regex"]

if TYPE_CHECKING:
    from dataclasses import dataclass
    from re import compile as regex
else:

    def dataclass(cls=None, /, **settings):
        """Make a data class, as the library does."""
        if settings.keys() - {"frozen", "eq"}:
            return dataclasses.dataclass(**settings)
        return _light(cls) if cls else lambda cls: _light(cls, **settings)

    class regex:  # noqa: N801 - called like a function
        """A pattern that is compiled when it is first asked for anything."""

        def __init__(self, text, flags=0):
            self._given = text, flags
            self.pattern = text

        def __getattr__(self, name):
            compiled = re.compile(*self._given)
            for method in _METHODS:  # the next use finds them here
                setattr(self, method, getattr(compiled, method))
            return getattr(compiled, name)

        def __reduce__(self):
            return regex, self._given


_METHODS = ("match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer")


def _light(cls: Any, *, frozen: bool = False, eq: bool = True) -> Any:
    if not cls.__doc__:
        cls.__doc__ = cls.__name__  # or the library spells out the whole signature
    dataclasses.dataclass(init=False, repr=False, eq=False)(cls)
    methods = {"__init__": _unwritten(cls, frozen=frozen), "__repr__": _repr}
    if eq:
        methods |= _comparing(cls, frozen=frozen)
    if frozen:
        methods |= {"__setattr__": _refuse, "__delattr__": _refuse}
    for name, method in methods.items():
        if name not in vars(cls):
            setattr(cls, name, method)
    return cls


def _comparing(cls: Any, *, frozen: bool) -> dict[str, Any]:
    names = [field.name for field in dataclasses.fields(cls) if field.compare]
    values = attrgetter(*names) if names else lambda _: ()

    def eq(self: Any, other: object) -> bool:
        same = other.__class__ is self.__class__
        return values(self) == values(other) if same else NotImplemented

    def hashed(self: Any) -> int:
        return hash(values(self))

    return {"__eq__": eq, "__hash__": hashed if frozen else None}


@reprlib.recursive_repr()
def _repr(self: Any) -> str:
    shown = (field.name for field in dataclasses.fields(self) if field.repr)
    values = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
    return f"{type(self).__qualname__}({values})"


def _refuse(self: Any, name: str, *_value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot change field {name!r} of {type(self).__name__}")


_LATER = object()
"""Stands for a value that its field's factory makes."""


def _unwritten(cls: Any, *, frozen: bool) -> Any:
    def first(self: Any, *args: Any, **kwargs: Any) -> None:
        cls.__init__ = written = _init_of(cls, frozen=frozen)
        written(self, *args, **kwargs)

    return first


def _init_of(cls: Any, *, frozen: bool) -> Any:
    """Write and compile the ``__init__`` of a data class."""
    known: dict[str, Any] = {"later__": _LATER, "store__": object.__setattr__}
    parameters, body = ["self"], []
    for field in dataclasses.fields(cls):
        if not field.init and field.default_factory is dataclasses.MISSING:
            continue  # its default, if any, stands in the class
        name, given, value = field.name, field.name, field.name
        if field.default_factory is not dataclasses.MISSING:
            known[f"make_{name}__"] = field.default_factory
            given += "=later__"
            value = f"make_{name}__() if {name} is later__ else {name}"
        elif field.default is not dataclasses.MISSING:
            known[f"default_{name}__"] = field.default
            given += f"=default_{name}__"
        parameters += [given] if field.init else []
        body += [] if field.init else [f"{name} = later__"]
        body.append(f"store__(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    exec(f"def __init__({', '.join(parameters)}):\n {'; '.join(body) or 'pass'}", known)
    return known["__init__"]
