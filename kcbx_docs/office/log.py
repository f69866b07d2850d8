"""Write one event that happened into the case file, checked before it is written."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from kcbx_docs.case.event import Event
from kcbx_docs.case.files import LoadedCase, load_source
from kcbx_docs.light import dataclass
from kcbx_docs.office.check import check_history
from kcbx_docs.office.insertion import Inserted, insert_item
from kcbx_docs.office.opened import Office
from kcbx_docs.office.reason import check_reason
from kcbx_docs.office.rewriting import rewrite
from kcbx_docs.problems import (
    Place,
    Problem,
    Problems,
    UserError,
    errors,
    problem,
    raise_errors,
    stop,
)
from kcbx_docs.reading import Source, read_model

HISTORY = "经过"
NOTE = "备注"
NOWHERE = Place()
UNLAWFUL = "PROC421"
"""What is said of a paper that was made against the law."""
MADE_ALL_THE_SAME = "不合规定，确已作出，"


@dataclass(frozen=True)
class Logged:
    """An event with the file that holds it; ``change`` is nothing where it stood there before."""

    event: Event
    place: Place
    change: Inserted | None = None
    problems: Problems = ()
    """What is to be said of the history only since this event stands in it."""


def log(
    office: Office, path: Path, values: Mapping[str, Any], today: date, reason: str = ""
) -> Logged:
    """Put an event into the text of a case file at its day; nothing is written yet.

    Raises with every problem where the event is not one that a case file may hold, and where it is
    a paper that the law does not allow: unless a ``reason`` says that it was made all the same.
    """
    before, told = _loaded(office, path, today)
    values = _with_reason(office, values, reason)
    event, found = read_model(Event, Source("", "", dict(values)))
    raise_errors(found)
    assert event is not None
    if event in before.case.history:
        number = before.case.history.index(event)
        return Logged(event, before.source.place((HISTORY, number)))
    change = insert_item(path, HISTORY, _turn(before, event), values)
    loaded, found = load_source(path, change.source, (), today, office.workspace)
    known = set(map(_what, told))
    if wrong := [one for one in errors(found) if _what(one) not in known]:
        # The line is not in the file, so that no place in the file shows it.
        raise UserError(tuple(replace(one, place=NOWHERE) for one in wrong))
    news = [*found]
    if isinstance(loaded, LoadedCase) and not errors(found):
        news += check_history(office.docket(loaded), today)
        known |= set(map(_what, check_history(office.docket(before), today)))
    new = tuple(one for one in news if _what(one) not in known)
    if not reason:
        _refuse_unlawful(new, change, event)
    return Logged(event, change.place, change, new)


def _with_reason(office: Office, values: Mapping[str, Any], reason: str) -> Mapping[str, Any]:
    """Note why something was made that the law does not allow."""
    if not reason:
        return values
    check_reason(reason, office.workspace)
    noted = (str(values.get(NOTE) or ""), f"{MADE_ALL_THE_SAME}{reason}")
    return {**values, NOTE: "；".join(filter(None, noted))}


def _refuse_unlawful(found: Problems, change: Inserted, event: Event) -> None:
    """Stop where the new event makes the history wrong, at its own place or elsewhere.

    A service that does not count is refused whatever is wrong of it, as the ledger refuses it.
    """
    wrong = errors(found)
    if not wrong:
        return
    unlawful = any(one.code == UNLAWFUL for one in wrong)
    more = [problem("CLI055" if unlawful else "CLI056")]
    void = [problem("SERV103")] if event.kind == "送达" else []
    raise UserError((*(_where_it_stands(one, change) for one in wrong), *more, *void))


def _where_it_stands(found: Problem, change: Inserted) -> Problem:
    """Give a problem its place in the file as it is: the new item is not in it."""
    first, line = change.place.line or 0, found.place.line or 0
    many = change.data.count(b"\n") - change.before.count(b"\n")
    if line < first:
        return found
    if line < first + many:
        return replace(found, place=NOWHERE)
    return replace(found, place=replace(found.place, line=line - many))


def _loaded(office: Office, path: Path, today: date) -> tuple[LoadedCase, Problems]:
    loaded, found = office.read(path, today)
    if isinstance(loaded, LoadedCase):
        return loaded, found
    raise_errors(found)
    raise stop("CLI052", Place(str(path)))


def _turn(loaded: LoadedCase, event: Event) -> int:
    """Return how many events of the file come before: those until the last not later than it."""
    earlier = [n for n, other in enumerate(loaded.case.history, 1) if other.moment <= event.moment]
    return max(earlier, default=0)


def _what(found: Problem) -> tuple[str, str, str]:
    """Tell problems apart by what they say: an inserted line moves the places of all below it."""
    return found.code, found.subject, found.message


def write(office: Office, change: Inserted) -> None:
    """Write the file unless somebody changed it since it was read; its mode stays."""
    rewrite(office.output, change.path, change.before, change.data)
