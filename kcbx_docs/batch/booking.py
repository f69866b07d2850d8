"""Serials out of the ledger and back into it: given before printing, recorded when the files lie
in their folder.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from kcbx_docs.batch.assigning import CHANGED, Given, Terms, Wish, assign, line_of
from kcbx_docs.ledger.codes import new_code
from kcbx_docs.ledger.model import PRINTED, RESERVED, VOIDED, Draft, Who
from kcbx_docs.light import dataclass
from kcbx_docs.office.slips import LIST, Slip, slips_of
from kcbx_docs.problems import stop

if TYPE_CHECKING:
    from kcbx_docs.ledger.book import Book

_ROUNDS = 50


@dataclass(frozen=True)
class TermSeries:
    """Of which batch, school and term the serials are; ``who`` gives them."""

    batch: str
    school: str
    term: str
    who: Who
    today: date

    @property
    def data(self) -> dict[str, Any]:
        """Return what every event says of it."""
        return {"batch": self.batch, "school": self.school, "term": self.term}


def slips_in(book: "Book", series: TermSeries) -> tuple[Slip, ...]:
    """Return every serial of the school's term, whichever batch gave it."""
    return slips_of(book, school=series.school, term=series.term)


def reserve(
    book: "Book", series: TermSeries, wishes: Sequence[Wish], present: Sequence[Wish], terms: Terms
) -> tuple[Given, ...]:
    """Give serials before anything is printed; whoever does so meanwhile gets others."""
    ledger = book.head().ledger
    terms = replace(terms, new_code=lambda: new_code(ledger))
    for _ in range(_ROUNDS):
        head = book.head()
        given = assign(wishes, present, slips_in(book, series), terms)
        fresh = [one for one in given if one.fresh]
        if not fresh:
            return given
        draft = _reservation(book, series, fresh)
        with book.writing(series.who) as pen:
            if pen.head() == head:
                pen.append(draft)
                return given
    raise stop("BTCH023")


def _reservation(book: "Book", series: TermSeries, fresh: Sequence[Given]) -> Draft:
    names = [{"serial": one.serial, "name": one.wish.name, "key": one.wish.key} for one in fresh]
    text = json.dumps(names, ensure_ascii=False, indent=0)
    kept = book.keep(text.encode(), LIST, f"{LIST}.json")
    items = [
        {
            "serial": one.serial,
            "code": one.code,
            "class": one.wish.class_name,
            "papers": list(one.wish.papers),
            "back": list(one.wish.back),
            "day": one.day.isoformat(),
            "replaces": one.replaces.serial if one.replaces else "",
        }
        for one in fresh
    ]
    return Draft(RESERVED, "", series.today, {**series.data, "items": items}, (kept,))


def record(
    book: "Book",
    series: TermSeries,
    given: Sequence[Given],
    papers: Sequence[str],
    pages: dict[str, int],
) -> int:
    """Record what lies in its folder now, and that older papers are void; what is known already
    is not recorded again. Return how many are new.
    """
    while True:
        head = book.head()
        slips = slips_in(book, series)
        known = {slip.serial: slip for slip in slips}
        new = [one for one in given if not _is_known(one, known)]
        if not new:
            return 0
        drafts = (_printed(series, new, papers, pages), *_void(series, _ended(new, slips)))
        with book.writing(series.who) as pen:
            if pen.head() == head:
                for draft in drafts:
                    pen.append(draft)
                return len(new)


def _printed(
    series: TermSeries, new: Sequence[Given], papers: Sequence[str], pages: Mapping[str, int]
) -> Draft:
    items = [
        {
            "serial": one.serial,
            "code": one.code,
            "papers": list(papers),
            "pages": pages.get(one.serial),
            "content": one.content,
        }
        for one in new
    ]
    return Draft(PRINTED, "", series.today, {**series.data, "items": items})


def _void(series: TermSeries, ended: Mapping[str, list[dict[str, str]]]) -> Iterator[Draft]:
    for reason, items in ended.items():
        data = {**series.data, "items": items, "reason": reason}
        yield Draft(VOIDED, "", series.today, data)


def _is_known(one: Given, known: Mapping[str, Slip]) -> bool:
    slip = known.get(one.serial)
    return slip is not None and slip.state != RESERVED and slip.content == one.content


def _ended(new: Sequence[Given], slips: Sequence[Slip]) -> Mapping[str, list[dict[str, str]]]:
    """List by reason the serials that are void now, each with the one in its place: also those
    whose end a run that was cut off did not live to record.
    """
    by_mark: dict[object, list[Slip]] = defaultdict(list)
    for slip in slips:
        if slip.state != VOIDED:
            by_mark[slip.key, slip.papers].append(slip)
    known = {slip.serial: slip for slip in slips}
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for one in new:
        older = {slip.serial for slip in by_mark[one.wish.key, one.wish.papers]}
        older.update(slip.serial for slip in line_of(known[one.serial], known))
        for slip in (known[name] for name in sorted(older - {one.serial})):
            if slip.state != VOIDED:
                found[one.reason or CHANGED].append({"serial": slip.serial, "by": one.serial})
    return found
