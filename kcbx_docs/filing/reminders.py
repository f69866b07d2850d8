"""Reminders put into a folder of their own, and counted in the ledger once they lie there."""

from collections.abc import Iterable
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kcbx_docs.batch.reminding import Reminders
from kcbx_docs.ledger.model import REMINDED, Draft, Who
from kcbx_docs.office.returns import Returnable, Returns
from kcbx_docs.problems import Place, stop
from kcbx_docs.writing import reason_of, write_new

if TYPE_CHECKING:
    from kcbx_docs.ledger.book import Book

_PRIVATE = 0o700


def file_reminders(
    book: "Book", made: Reminders, root: Path, batch: str, who: Who, day: date
) -> Path:
    """Write the files, then record who was reminded; who was so today already counts once."""
    folder = _free(root, f"{batch}-回执提醒-{day}")
    try:
        folder.mkdir(_PRIVATE, parents=True)
        for file in made.files:
            write_new(folder / file.name, file.data)
    except OSError as error:
        raise stop("PAPR007", Place(), path=folder, reason=reason_of(error)) from error
    with book.writing(who) as pen:
        known = Returns.of(book)
        fresh = [part for part in made.parts if day not in known.reminded.get(part.key, ())]
        for draft in _drafts(fresh, day):
            pen.append(draft)
    return folder


def _free(root: Path, stem: str) -> Path:
    names = (f"{stem}{f'-{number}' if number > 1 else ''}" for number in count(1))
    return next(root / name for name in names if not (root / name).exists())


def _drafts(parts: Iterable[Returnable], day: date) -> Iterable[Draft]:
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for part in parts:
        slip = part.slip
        item = {"serial": slip.serial, "document": part.document}
        groups.setdefault((slip.school, slip.batch, slip.term), []).append(item)
    for (school, batch, term), items in groups.items():
        data = {"school": school, "batch": batch, "term": term, "items": items}
        yield Draft(REMINDED, "", day, data)
