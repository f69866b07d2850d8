"""Photographs and scans of slips booked in the ledger, each with its picture as proof.

A page is booked as soon as it was read: whoever is cut off goes on where it stopped.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kcbx_docs.ledger.model import RETURNED, Attached, Draft, Who
from kcbx_docs.light import dataclass
from kcbx_docs.office.returns import Returnable, Returns
from kcbx_docs.problems import Place, Problem, UserError, as_warning, problem
from kcbx_docs.scans.bounds import MOST_BYTES
from kcbx_docs.scans.codes import Looked, pages_in
from kcbx_docs.scans.pictures import is_drawn
from kcbx_docs.slips.pictures import EVERYTHING, SlipsAsked, SlipSeen, Sorted, sort_out

if TYPE_CHECKING:
    from kcbx_docs.ledger.book import Book

SUFFIXES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".heic", ".heif", ".webp", ".bmp", ".pdf")
ROLE = "回执"
_HIDDEN = (".", "~")
_PARTS = 10_000
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class ScanOrder:
    """How slips are scanned; ``seen`` if the person looked at every signature before."""

    who: Who
    day: date
    asked: SlipsAsked = EVERYTHING
    seen: bool = False
    each: int = 1
    """How many slips a page is known to show."""
    school: str = ""
    """Whose slips alone are booked; all where nobody is named."""


@dataclass(frozen=True)
class Booked:
    """A slip that was booked from a picture."""

    part: Returnable
    place: Place


@dataclass
class Scanned:
    """What came of a scan."""

    booked: list[Booked] = field(default_factory=list)
    again: int = 0
    """Slips that were booked from these very pictures before."""
    pages: int = 0
    strange: int = 0
    problems: list[Problem] = field(default_factory=list)


def pictures_below(paths: Sequence[Path]) -> tuple[tuple[Path, ...], list[Problem]]:
    """List pictures and PDFs, those of folders by name; what is neither is told."""
    found: dict[Path, Path] = {}
    told: list[Problem] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.is_file() and _shown(p, path))
        else:
            inside = [path]
        for one in inside:
            if one.suffix.lower() in SUFFIXES:
                found.setdefault(one.resolve(), one)
            else:
                told.append(problem("SLIP012", Place(str(one))))
    return tuple(found.values()), told


def _shown(path: Path, folder: Path) -> bool:
    return not any(part.startswith(_HIDDEN) for part in path.relative_to(folder).parts)


def scan(
    book: "Book", files: Sequence[Path], order: ScanOrder, progress: Progress = lambda _d, _a: None
) -> Scanned:
    """Book the slips of all files; a file that cannot be read is told and stops nothing."""
    known, done = Returns.of(book, order.school), Scanned()
    for number, path in enumerate(files):
        progress(number, len(files))
        try:
            _scan_file(book, path, order, known, done)
        except UserError as error:
            if not _is_about(error, path):
                raise  # the ledger refuses, not the picture
            done.problems += map(as_warning, error.problems)
    progress(len(files), len(files))
    return done


def _is_about(error: UserError, path: Path) -> bool:
    return all(
        one.code.startswith("SCAN") and one.code != "SCAN010" for one in error.problems
    ) and (str(path) in {one.place.file for one in error.problems})


def _scan_file(book: "Book", path: Path, order: ScanOrder, known: Returns, done: Scanned) -> None:
    data = _bytes(path)
    if is_drawn(data):
        done.problems.append(problem("SLIP017", Place(str(path))))
        return
    name = hashlib.sha256(data).hexdigest()
    for page in pages_in(data, name=str(path), least=order.each):
        done.pages += 1
        place = Place(str(path), path=f"第{page.number}页" if path.suffix.lower() == ".pdf" else "")
        known.refresh(book)
        told = sort_out(page, place, known, order.asked)
        done.strange += told.strange
        done.problems += (*told.problems, *_too_few(page, place, order))
        _book_page(book, Picture(path, data, name, place), told, order, known, done)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UserError([problem("SCAN002", Place(str(path)), most=MOST_BYTES // 1_000_000)])
        return path.read_bytes() if path.is_file() else b""
    except OSError as error:
        raise UserError([problem("SCAN011", Place(str(path)))]) from error


def _too_few(page: Looked, place: Place, order: ScanOrder) -> Iterator[Problem]:
    if order.each > 1 and not page.blank and len(page.codes) < order.each:
        yield problem("SLIP013", place, found=len(page.codes), each=order.each)


@dataclass(frozen=True)
class Picture:
    """A file that is being read, and the page of it."""

    path: Path
    data: bytes
    sha256: str
    place: Place

    def keep(self, book: "Book") -> Attached:
        """Keep the file as it is; its name may be a child's, and stays out of the ledger."""
        return book.keep(self.data, ROLE, f"影像{self.path.suffix.lower()}")


def _book_page(
    book: "Book", picture: Picture, told: Sorted, order: ScanOrder, known: Returns, done: Scanned
) -> None:
    """Book what a page shows; what was booked before is told."""
    new = [one for one in told.slips if _is_new(one, picture, known, done)]
    if not new:
        return
    kept = picture.keep(book)
    with book.writing(order.who) as pen:
        fresh = [one for one in new if pen.known(_key(one, picture)) is None]
        for one in fresh:
            pen.append(_draft(one, picture, kept, order))
        appended = tuple(pen.appended)
    head = book.head()
    same = known.head is not None and head.count == known.head.count + len(appended)
    known.take(appended, head if same else None)
    done.again += len(new) - len(fresh)
    done.booked += (Booked(one.part, picture.place) for one in fresh)


def _is_new(one: SlipSeen, picture: Picture, known: Returns, done: Scanned) -> bool:
    """Tell whether a slip was not scanned yet; one that was booked by hand lacks its picture."""
    came = known.came.get(one.part.key)
    if came is None or not came.proofs:
        return True
    if f"sha256:{picture.sha256}" in came.proofs:
        done.again += 1
    else:
        facts = {"serial": one.part.slip.serial, "day": came.day, "seq": came.seq}
        code = "SLIP018" if came.defect else "SLIP014"
        done.problems.append(problem(code, picture.place, **facts, defect=came.defect))
    return False


def _key(one: SlipSeen, picture: Picture) -> str:
    slip = one.part.slip
    return f"{ROLE} {slip.code} {one.part.document} {picture.sha256}"


def _draft(one: SlipSeen, picture: Picture, kept: Attached, order: ScanOrder) -> Draft:
    slip = one.part.slip
    item = {
        "serial": slip.serial,
        "document": one.part.document,
        "seen": order.seen and one.part.came is None,
        "defect": "",
        "how": "影像",
        "page": one.page,
        "box": [round(side * _PARTS) for side in one.box],
    }
    about = {"school": slip.school, "batch": slip.batch, "term": slip.term}
    return Draft(RETURNED, "", order.day, {**about, "items": [item]}, (kept,), _key(one, picture))
