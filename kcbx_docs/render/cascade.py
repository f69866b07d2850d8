"""Computed styles for WeasyPrint: the same values, those that nobody sets all at once.

For every element WeasyPrint works out seventy properties one by one, nearly all of which have their
initial value. Here those stand in the style from the beginning; what an element or a sheet sets is
left to WeasyPrint, and so is what depends on another property.
"""

from functools import cache, wraps
from importlib import import_module
from typing import Any

_BY_THEMSELVES = ("position", "float", "display", "page")


@cache
def install() -> None:
    """Have styles begin with their plain initial values, once for all."""
    css: Any = import_module("weasyprint.css")
    plain, logical = _plain(css), _logical(css)
    begin = css.ComputedStyle.__init__

    @wraps(begin)
    def our_begin(self: Any, parent_style: Any, cascaded: Any, *rest: Any) -> None:
        begin(self, parent_style, cascaded, *rest)
        self.update(plain)
        for name in cascaded:
            self.pop(name, None)
            for physical in logical.get(name, ()):
                self.pop(physical, None)

    css.ComputedStyle.__init__ = our_begin


def _plain(css: Any) -> dict[str, Any]:
    """Return the initial values that are computed as they are, and not inherited."""
    return {
        name: value
        for name, value in css.INITIAL_VALUES.items()
        if name not in css.INHERITED
        and name not in css.INITIAL_NOT_COMPUTED
        and not name.startswith(("__", "text_decoration_"))
        and name not in _BY_THEMSELVES
    }


def _logical(css: Any) -> dict[str, list[str]]:
    """Map the names that depend on the direction of writing to those that they may stand for."""
    found: dict[str, list[str]] = {}
    for physical, named in css.PHYSICAL_FUNCTIONS.items():
        for direction in ("ltr", "rtl"):
            found.setdefault(named(block="ttb", inline=direction), []).append(physical)
    return found
