"""How values and problems are written on a page."""

from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from flask import request, url_for

from kcbx_docs.case.event import Event
from kcbx_docs.case.event_form import KIND, WHEN
from kcbx_docs.case.files import WORKSPACE_FILE
from kcbx_docs.desk.here import the_desk
from kcbx_docs.desk.page_words import OFFICE, PageDoor, page_words
from kcbx_docs.light import dataclass
from kcbx_docs.office.book import written_event
from kcbx_docs.problems import Problem

_OF_CASE = "/cases/"


def plainly(value: Any) -> str:
    """Write a value of a file without brackets and quotation marks."""
    if isinstance(value, dict):
        return "，".join(f"{key}：{plainly(one)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return "、".join(map(plainly, value))
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


def told_of_event(event: Event) -> str:
    """Write what is told of an event besides its day and its kind."""
    told = written_event(event)
    return "；".join(f"{key}：{plainly(v)}" for key, v in told.items() if key not in (WHEN, KIND))


@dataclass(frozen=True)
class OnPage:
    """A problem as a page shows it: its words, the pages that it leads to, what is in the fold."""

    message: str
    hint: str
    doors: tuple[tuple[str, str], ...]
    by_command: str


def on_page(found: Problem | Mapping[str, Any]) -> OnPage:
    """Word a problem, or the finding of a check, for a page."""
    if isinstance(found, Problem):
        told = page_words(found.code, found.message, found.hint, dict(found.facts))
        file = found.place.file
    else:
        message = str(found.get("reason") or found.get("message", ""))
        told, file = page_words(str(found["code"]), message, str(found["hint"]), {}), ""
    doors = tuple(chain.from_iterable(_address(door, file) for door in told.doors))
    fold = the_desk().inside(told.by_command)
    return OnPage(for_page(told.message), for_page(told.hint), doors, fold)


def for_page(text: str) -> str:
    """Write a sentence without the folders of the machine, and with the name of the page on which
    the workspace file is filled in.
    """
    return the_desk().inside(text).replace(WORKSPACE_FILE, OFFICE)


def _address(door: PageDoor, file: str) -> Iterator[tuple[str, str]]:
    """Yield the label and the address of a door that leads elsewhere."""
    call = _case_called(file) if door.of_case else ""
    if door.of_case and not call:
        return
    address = url_for(door.endpoint, call=call) if call else url_for(door.endpoint)
    if address != request.path:
        yield door.label, address


def _case_called(file: str) -> str:
    """Return how addresses call the case that a problem is about; nothing where there is none."""
    if request.path.startswith(_OF_CASE):
        return str((request.view_args or {}).get("call", ""))
    desk = the_desk()
    return desk.called(Path(file)) if file and Path(file) in desk.cases else ""
