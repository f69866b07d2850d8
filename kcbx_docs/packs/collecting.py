"""What goes wrong while a template is being filled: noted with its line, all at once."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import field
from typing import Any

from jinja2 import StrictUndefined, Template

from kcbx_docs.light import dataclass


@dataclass
class Collected:
    """What went wrong while a template was being filled: kind of fault, name or value, line."""

    faults: list[tuple[str, str, int]] = field(default_factory=list)
    loops: int = 0
    now: int | None = None
    """Which expression of its line is worked out, where that is noted."""
    values: list[str] = field(default_factory=list)
    """What stands in the blanks, where it is kept apart from the text."""

    def add(self, kind: str, what: str) -> None:
        """Note a fault at the line of the template that is being filled."""
        fault = (kind, what, _current_line())
        if fault not in self.faults:
            self.faults.append(fault)


COLLECTING: ContextVar[Collected | None] = ContextVar("COLLECTING", default=None)


@contextmanager
def collecting() -> Iterator[Collected]:
    """Collect faults instead of stopping at the first."""
    token = COLLECTING.set(collected := Collected())
    try:
        yield collected
    finally:
        COLLECTING.reset(token)


def _current_line() -> int:
    # Jinja compiles a template to a function: its frame is one of those that called us.
    frame = sys._getframe(2)
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if isinstance(template, Template):
            return template.get_corresponding_lineno(frame.f_lineno)
        frame = frame.f_back  # type: ignore[assignment]
    return 1


class Missing(StrictUndefined):
    """A name that the context does not have: noted while collecting, an error otherwise."""

    def _fail_with_undefined_error(self, *args: Any, **kwargs: Any) -> Any:
        if collected := COLLECTING.get():
            name = self._undefined_name
            # The first of no items has no name, the sixth of five a number.
            named = isinstance(name, str)
            facts = ("missing", str(name)) if named else ("empty", str(collected.now))
            collected.add(*facts)
            return ""
        return super()._fail_with_undefined_error(*args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        self._fail_with_undefined_error()
        return self

    def __iter__(self) -> Iterator[Any]:  # type: ignore[override]
        self._fail_with_undefined_error()
        return iter(())

    def __str__(self) -> str:  # type: ignore[override]
        return str(self._fail_with_undefined_error())

    def __len__(self) -> int:  # type: ignore[override]
        self._fail_with_undefined_error()
        return 0

    def __bool__(self) -> bool:  # type: ignore[override]
        self._fail_with_undefined_error()
        return False

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Note that a name that is called is not there."""
        return self._fail_with_undefined_error()

    __hash__ = StrictUndefined.__hash__  # type: ignore[assignment]
