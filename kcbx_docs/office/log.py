"""Write one event that happened into the case file, checked before it is written."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from kcbx_docs.case.event import Event
from kcbx_docs.case.files import LoadedCase, load_source
from kcbx_docs.light import dataclass, regex
from kcbx_docs.office.book import entries_of
from kcbx_docs.office.check import check_history
from kcbx_docs.office.insertion import Inserted, insert_item, remove_item
from kcbx_docs.office.kept_files import missing_files
from kcbx_docs.office.near_names import near_names, near_organs
from kcbx_docs.office.opened import Office
from kcbx_docs.office.reason import check_reason
from kcbx_docs.office.rewriting import rewrite
from kcbx_docs.office.taken_back import paper_telling, still_told
from kcbx_docs.office.to_take_back import HISTORY, which_event
from kcbx_docs.problems import (
    Place,
    Problem,
    Problems,
    UserError,
    errors,
    not_told_before,
    problem,
    raise_errors,
    stop,
)
from kcbx_docs.reading import Source, read_model
from kcbx_docs.record.agreement import told_in_ledger
from kcbx_docs.record.docket import Docket
from kcbx_docs.words import command_line

NOTE = "备注"
NOWHERE = Place()
UNLAWFUL = "PROC421"
"""What is said of a paper that was made against the law."""
MADE_ALL_THE_SAME = "不合规定，确已作出，"
_SERVED_WRONGLY = frozenset(
    (
        *("PROC101", "PROC102", "PROC103", "PROC104", "PROC105", "PROC107", "PROC112", "PROC113"),
        *("PROC114", "PROC119", "PROC121", "PROC124", "PROC520", "SERV062", "SERV070", "SERV071"),
        *("SERV072", "SERV077", "SERV079", "SERV083", "SERV086", "SERV092"),
    )
)
"""A service that does not count may have been done so all the same."""
_MADE_WRONGLY = frozenset(
    (UNLAWFUL, "PROC401", "PROC411", "PROC415", "PROC447", "PROC471", "PROC472")
)
"""Papers and ends that somebody made without what the law asks."""
_NEAR_TOLD = ("CASE065", "CASE099", "CASE103")
"""What the checks of a whole file say of such names."""
_OUT_OF_TURN = "PROC407"
_OWN_STEPS = (
    *("立案", "事先告知", "处罚决定", "当场处罚", "听证", "催告", "申请强制执行", "批准延期分期"),
)
"""What the office itself may have done in the wrong order; a court rules on nothing unasked."""


@dataclass(frozen=True)
class Logged:
    """An event with the file that holds it; ``change`` is nothing where it stood there before."""

    event: Event
    place: Place
    change: Inserted | None = None
    problems: Problems = ()
    """What is to be said of the history only since this event stands in it."""
    near: Problems = ()
    """The names that are nearly those of somebody else."""
    written: Mapping[str, Any] = field(default_factory=dict)
    """What the file held of an event that is taken out."""

    def as_it_is(self) -> "Logged":
        """Return it with places in the file as it is, which has no line of this event."""
        if self.change is None:
            return self
        told = tuple(_where_it_stands(one, self.change) for one in self.problems)
        return replace(self, problems=told)


def log(
    office: Office, path: Path, values: Mapping[str, Any], today: date, reason: str = ""
) -> Logged:
    """Put an event into the text of a case file at its day; nothing is written yet.

    Raises with every problem where the event is not one that a case file may hold, and where it is
    a paper that the law does not allow: unless a ``reason`` says that it was made all the same.
    A reason that nothing needs is told of, and not written: it would say that the law was broken.
    """
    before, told = _loaded(office, path, today)
    noted = _with_reason(office, values, reason)
    for held in (values, noted):
        if (event := _read(held)) in before.case.history:
            number = before.case.history.index(event)
            return Logged(event, before.source.place((HISTORY, number)))
    event = _read(values)
    recorded = entries_of(still_told(office.recorded(before), before.case), office.law)
    if known := told_in_ledger(event, recorded, before.case, office.law):
        return Logged(event, known.place)
    change = insert_item(path, HISTORY, _turn(before, event), values)
    # The line is not in the file, so that no place in the file shows it.
    new = _news(office, before, told, change, today)
    _refuse_unlawful(new, change, event, reason)
    if reason and not errors(new):
        new = (*new, problem("CLI104", Place(), kind=event.kind, reason=reason))
    elif reason:
        event = _read(noted)
        change = insert_item(path, HISTORY, _turn(before, event), noted)
    asked = (event, before.case, office.workspace)
    near = (*near_names(*asked), *near_organs(*asked))
    told = new if not near else tuple(one for one in new if one.code not in _NEAR_TOLD)
    told = (*told, *_excused(office.docket(before), event))
    return Logged(event, change.place, change, (*told, *near), near)


def _excused(docket: Docket, event: Event) -> Iterator[Problem]:
    """Say that a child has a lawful reason for staying away, whose family is persuaded now; what
    was told for longer is judged by whoever knows which of the two came first.
    """
    if event.kind != "劝返" or any(one.day > event.day for one in docket.events):
        return
    found = [docket.progress(one, event.day).excuses.standing for one in docket.case.guardians]
    if names := dict.fromkeys(chain.from_iterable(found)):
        yield problem("PROC629", Place(), names="、".join(names))


def take_back(
    office: Office, path: Path, values: Mapping[str, Any], today: date, reason: str = ""
) -> Logged:
    """Take an event out of the text of a case file, told by what is enough to know it; nothing is
    written yet. Raises where none or several fit, or where what stands after it rests on it.
    """
    before, told = _loaded(office, path, today)
    at = which_event(before, values)
    event = before.case.history[at]
    check_reason(reason, office.workspace)
    change = remove_item(path, HISTORY, at)
    try:
        wrong = errors(_news(office, before, told, change, today))
    except UserError as error:
        wrong = error.problems
    if wrong:
        gone = (replace(one, place=NOWHERE) for one in wrong)
        place = before.source.place((HISTORY, at))
        facts = {"kind": event.kind, "day": event.day, "line": place.line, "file": path}
        raise UserError((problem("CLI092", place, **facts), *gone))
    _refuse_on_paper(office, before, event, at)
    return Logged(event, change.place, change, written=before.source.data[HISTORY][at])


def _read(values: Mapping[str, Any]) -> Event:
    event, found = read_model(Event, Source("", "", dict(values)))
    raise_errors(found)
    assert event is not None
    return event


def _refuse_on_paper(office: Office, before: LoadedCase, event: Event, at: int) -> None:
    """Stop where a paper that stands tells what would be taken back: the ledger goes on telling."""
    history = before.case.history
    rest = before.case.model_copy(update={"history": (*history[:at], *history[at + 1 :])})
    if paper := paper_telling(event, office.recorded(before), rest):
        path = str(before.path)
        words = ["paper", "void", path, "--doc", paper.title]
        facts = {"kind": event.kind, "title": paper.title, "seq": paper.seq}
        raise stop("CLI101", Place(path), **facts, command=command_line(words))


def _news(
    office: Office, before: LoadedCase, told: Problems, change: Inserted, today: date
) -> Problems:
    """Tell what is said of a changed file only; raise where it cannot be read."""
    loaded, found = load_source(change.path, change.source, (), today, office.workspace)
    if wrong := not_told_before(told, errors(found)):
        raise UserError(replace(_where_it_stands(one, change), place=NOWHERE) for one in wrong)
    news, known = [*found], [*told]
    if isinstance(loaded, LoadedCase) and not errors(found):
        news += check_history(office.docket(loaded), today)
        news += missing_files(loaded, office.root)
        known += check_history(office.docket(before), today)
        known += missing_files(before, office.root)
    return not_told_before(known, news)


def _with_reason(office: Office, values: Mapping[str, Any], reason: str) -> Mapping[str, Any]:
    """Note why something was made that the law does not allow."""
    if not reason:
        return values
    check_reason(reason, office.workspace)
    noted = (str(values.get(NOTE) or ""), f"{MADE_ALL_THE_SAME}{reason}")
    return {**values, NOTE: "；".join(filter(None, noted))}


def _refuse_unlawful(found: Problems, change: Inserted, event: Event, reason: str) -> None:
    """Stop where the new event makes the history wrong, at its own place or elsewhere; a reason
    tells of a breach that has happened, it mends nothing that is written wrongly.

    A service that does not count is refused whatever is wrong of it, as the ledger refuses it.
    """
    wrong = errors(found)
    slips = tuple(one for one in wrong if not _in_fact(one, event))
    if not wrong or (reason and not slips):
        return
    unlawful = any(one.code == UNLAWFUL for one in wrong)
    more = [problem("CLI090" if slips else "CLI055" if unlawful else "CLI056")]
    void = [problem("SERV103")] if event.kind == "送达" and not slips else []
    told = slips if reason else wrong
    raise UserError((*(_where_it_stands(one, change) for one in told), *more, *void))


def _in_fact(found: Problem, event: Event) -> bool:
    """Tell whether what is wrong may have happened so; all else is written wrongly."""
    out_of_turn = found.code == _OUT_OF_TURN and event.kind in _OWN_STEPS
    return out_of_turn or found.code in _SERVED_WRONGLY or found.code in _MADE_WRONGLY


def _where_it_stands(found: Problem, change: Inserted) -> Problem:
    """Give a problem its place in the file as it is: the new item is not in it."""
    first, line = change.place.line or 0, found.place.line or 0
    many = change.data.count(b"\n") - change.before.count(b"\n")

    def as_it_is(named: "re.Match[str]") -> str:
        number = int(named[1])
        if first <= number < first + many:
            return "新写的一件"
        return f"第 {number - many if number >= first else number} 行"

    message = _LINES.sub(as_it_is, found.message)
    if line < first:
        return replace(found, message=message)
    if line < first + many:
        return replace(found, place=NOWHERE, message=message)
    return replace(found, place=replace(found.place, line=line - many), message=message)


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


_LINES = regex(r"第 (\d+) 行")


def write(office: Office, change: Inserted) -> None:
    """Write the file unless somebody changed it since it was read; its mode stays."""
    rewrite(office.output, change.path, change.before, change.data)
