"""Which item of a list a form is about: told by what it said when the form was made, wherever it
stands now. A number would be that of another item as soon as one above it was taken out.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from kcbx_docs.desk.blanks import CONFLICT, SEEN
from kcbx_docs.desk.here import the_desk

"""The field of a form that tells which text of a file, and which item of it, its page showed."""
_DIVIDE = "."
_NAMING = ("姓名", "名称")


def item_mark(item: Any, name: str = "") -> str:
    """Mark an item by all that it says, and by what it is called."""
    said = json.dumps(item, ensure_ascii=False, sort_keys=True, default=str)
    return _DIVIDE.join(filter(None, (the_desk().marked(said), name and the_desk().marked(name))))


def with_item(seen: str, mark: str) -> str:
    """Return what a form carries: which text its page showed, and which item."""
    return f"{seen}{_DIVIDE}{mark}" if mark else seen


def naming_key(keys: Sequence[str]) -> str:
    """Return the key whose value tells an item from the others: a name, else what comes first."""
    return next((one for one in _NAMING if one in keys), keys[0])


def item_meant(items: Sequence[Any], named: Callable[[Any], str], number: int) -> int | None:
    """Return where the item stands now that a form is about; nothing where it was changed so that
    nothing tells it any more, or is gone. One that was changed is known by its name.
    """
    said, _, name = request.form.get(SEEN, "").partition(_DIVIDE)[2].partition(_DIVIDE)
    if not said:
        return number if number < len(items) else None
    same = [n for n, one in enumerate(items) if item_mark(one) == said]
    if same:
        return number if number in same else same[0]
    called = [n for n, one in enumerate(items) if name and the_desk().marked(named(one)) == name]
    return called[0] if len(called) == 1 else None


def gone_page(
    what: str, stands: Mapping[str, str], back: tuple[str, str], command: str
) -> ResponseReturnValue:
    """Say that an item is not there any more, what stands in its place, and what was typed."""
    typed = {key: one for key, one in request.form.items() if one and not _of_page(key)}
    page = render_template(
        "gone_item.html", what=what, stands=stands, typed=typed, back=back, command=command
    )
    return page, CONFLICT


def _of_page(key: str) -> bool:
    return key in (SEEN, "form", "looked", "look", "write", "remove", "back", "for", "token")
