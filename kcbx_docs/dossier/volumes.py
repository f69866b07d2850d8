"""Bind the dossier of a case: its own sheets in front and behind, and every file in its place."""

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from kcbx_docs.case.fields import safe_name
from kcbx_docs.case.files import LoadedCase
from kcbx_docs.dossier.binding import Booklet, bind, booklet_of, marked, spans
from kcbx_docs.dossier.contents import Volume, contents_of
from kcbx_docs.dossier.leaves import Leaf, leaves_of
from kcbx_docs.dossier.pieces import Item
from kcbx_docs.dossier.sheets import sheets_of
from kcbx_docs.ledger.model import Recorded
from kcbx_docs.light import dataclass
from kcbx_docs.office.opened import Office
from kcbx_docs.papers.context import PaperFacts, facts
from kcbx_docs.papers.desk import Desk
from kcbx_docs.papers.dossier_facts import DossierFacts, DossierLack, DossierRow, DossierStandIn
from kcbx_docs.papers.make import Made, make
from kcbx_docs.papers.paper import Paper
from kcbx_docs.papers.pdf_press import lay_out
from kcbx_docs.papers.press import Progress, silent
from kcbx_docs.problems import Place, raise_errors, stop
from kcbx_docs.record.closing import closing_of
from kcbx_docs.render.fonts import FontSet, find_fonts
from kcbx_docs.render.native import missing_for_pdf
from kcbx_docs.render.sheetnumbers import number_sheets

MISSING, COVER, LIST, STAND_IN, NOTE = (
    f"dossier-{name}" for name in ("missing", "cover", "contents", "stand-in", "note")
)
"""The sheets that only a dossier has, as packs know them."""

FOLDER = "案卷"


@dataclass(frozen=True)
class BoundVolume:
    """One volume as a PDF."""

    name: str
    data: bytes
    rows: tuple[DossierRow, ...]
    pages: int


@dataclass(frozen=True)
class Beside:
    """A file that loses something by being bound: it lies beside the dossier."""

    name: str
    data: bytes
    sha256: str


@dataclass(frozen=True)
class Dossier:
    """The volumes of a case, what they lack, and the originals beside them."""

    case: str
    day: date
    volumes: tuple[BoundVolume, ...]
    lacks: tuple[DossierLack, ...]
    originals: tuple[Beside, ...]


@dataclass(frozen=True)
class _Line:
    """One line of the contents with its leaves; a receipt stands below its paper."""

    piece: Item
    leaves: tuple[Leaf, ...]
    below: bool

    @property
    def pages(self) -> int:
        """Return how many numbers it takes; one page stands for a file that cannot be bound."""
        return sum(len(marked(leaf.sheets.pages)) if leaf.sheets else 1 for leaf in self.leaves)

    @property
    def title(self) -> str:
        return f"{self.piece.title}（{self.piece.whom}）" if self.piece.whom else self.piece.title


def dossier_of(
    office: Office,
    loaded: LoadedCase,
    day: date | None = None,
    order: str = "",
    progress: Progress = silent,
) -> Dossier:
    """Bind the dossier of a case as of a day: unless said, the last of which anything is known.

    The same ledger and the same case file give the same bytes.
    """
    if reason := missing_for_pdf():
        raise stop("DOSS001", Place(), reason=reason)
    docket = office.docket(loaded)
    events = office.recorded(loaded)
    until = day or max([one.day for one in events] + [event.day for event in docket.events])
    path = Path(os.path.relpath(loaded.path, office.root)).as_posix()
    contents = contents_of(docket, events, office.library, until, order, path)
    book = office.register.book if office.register else None
    lost = book.bytes_of if book else _nothing
    lines: list[tuple[_Line, ...]] = []
    for volume in contents.volumes:
        lines.append(tuple(_lines(volume, office, lost, progress)))
    leaves = _leaves(chain.from_iterable(lines))
    lacks = (*map(_unbound, filter(lambda leaf: leaf.reason, leaves)), *contents.lacks)
    maker = _Maker(Desk(office, docket, until), tuple(dict.fromkeys(lacks)), events)
    bound: list[BoundVolume] = []
    for number, (volume, own) in enumerate(zip(contents.volumes, lines, strict=True)):
        progress(f"装订{volume.name or '案卷'}")
        bound.append(maker.volume(volume.name, own, first=not number))
    return Dossier(docket.case.id, until, tuple(bound), maker.lacks, tuple(_originals(leaves)))


def _nothing(sha256: str) -> bytes:
    raise stop("LEDG011", Place(), name=sha256)


def _lines(volume: Volume, office: Office, bytes_of: Any, progress: Progress) -> Iterator[_Line]:
    for piece in volume.pieces:
        progress(piece.title)
        yield _Line(piece, leaves_of(piece, office.root, bytes_of), below=False)
        for receipt in piece.below:
            yield _Line(receipt, leaves_of(receipt, office.root, bytes_of), below=True)


def _leaves(lines: Iterable[_Line]) -> list[Leaf]:
    return list(chain.from_iterable(line.leaves for line in lines))


def _unbound(leaf: Leaf) -> DossierLack:
    what = f"《{leaf.title}》的文件 {leaf.name} 没有合入：{leaf.reason}"
    return DossierLack(缺什么=what, 怎样补="装订时放入原件或者打印件")


def _originals(leaves: Sequence[Leaf]) -> Iterator[Beside]:
    """Yield what lies beside, named by its hash where two are called alike."""
    taken: dict[str, str] = {}
    for leaf in leaves:
        if not leaf.original:
            continue
        stem, dot, suffix = leaf.name.rpartition("/")[2].rpartition(".")
        name = f"{safe_name(stem)}{dot}{suffix}"
        if taken.setdefault(name, leaf.sha256) != leaf.sha256:
            name = f"{safe_name(stem)}-{leaf.sha256[-8:]}{dot}{suffix}"
        yield Beside(name, leaf.original, leaf.sha256)


@dataclass(frozen=True)
class _Maker:
    """Lays out the sheets that only a dossier has, and binds its volumes."""

    desk: Desk
    lacks: tuple[DossierLack, ...]
    events: tuple[Recorded, ...]

    @cached_property
    def fonts(self) -> FontSet:
        return find_fonts()

    @cached_property
    def about(self) -> DossierFacts:
        """Return what every sheet may print, but for what differs between volumes."""
        docket, day = self.desk.docket, self.desk.day
        filed = [docket.progress(person, day).filing for person in docket.case.guardians]
        closed = closing_of(docket.happened(day)).closed
        kept_for = self.desk.library.place_facts().get("案卷保管期限")
        register = self.desk.office.register
        head = register.book.head() if register else None
        return DossierFacts(
            当事人=tuple(person.name for person in docket.case.guardians),
            立案日期=min((act.day for act in filed if act), default=None),
            结案日期=closed.day if closed else None,
            结案结果=closed.result if closed else None,
            立卷日期=day,
            保管期限=str(kept_for) if kept_for else None,
            缺件=self.lacks,
            册首=str(head) if head else None,
            册首短码=head.spoken if head else None,
        )

    def volume(self, name: str, lines: Sequence[_Line], *, first: bool) -> BoundVolume:
        """Bind one volume; what is missing stands before the first."""
        places = spans([line.pages for line in lines])
        rows = tuple(_rows(lines, places))
        pages = max((last for _, last in places), default=0)
        count = sum(first > 0 for first, _ in places)
        told = {"volume": name or None, "count": count, "pages": pages, "rows": rows}
        about = self.about.model_copy(update=told)
        front = [self._sheet(one, about) for one in ((MISSING,) if first else ()) + (COVER, LIST)]
        unbound = [leaf for leaf in _leaves(lines) if leaf.sheets is None]
        stand_ins = [self._sheet(STAND_IN, self._stands_for(leaf)) for leaf in unbound]
        own = self._laid_out([*front, *stand_ins, self._sheet(NOTE, about)])
        behind = own.pop()
        instead = iter(own[len(front) :])
        middle = [_part(line, instead) for line in lines]
        title = f"{self.desk.case.id}案卷{f'（{name}）' if name else ''}"
        data = bind(
            [*own[: len(front)], *middle, behind],
            lambda backs: number_sheets(backs, self.fonts),
            title=title,
            author=self.desk.workspace.office.name,
            day=self.desk.day,
        )
        return BoundVolume(name, data, rows, pages)

    def _stands_for(self, leaf: Leaf) -> DossierFacts:
        stand_in = DossierStandIn(
            题名=leaf.title, 文件=leaf.name, 校验值=leaf.sha256 or None, 原因=leaf.reason
        )
        return self.about.model_copy(update={"stand_in": stand_in})

    def _sheet(self, document: str, about: DossierFacts) -> Made:
        made, found = make(own_sheet(self.desk, document, about), self.desk.library.registry)
        raise_errors(found)
        assert made is not None
        return made

    def _laid_out(self, sheets: Sequence[Made]) -> list[Booklet]:
        """Lay out all own sheets of a volume at once: they share their fonts."""
        pdf, found = lay_out(sheets, self.fonts, title=FOLDER, named=True)
        raise_errors(found)
        assert pdf is not None
        # Pages share what they need: each becomes a sheet of its own to bear a number of its own.
        whole = sheets_of(pdf.data, f"{FOLDER}.pdf")
        pages = list(whole.pages)
        parts: list[Booklet] = []
        for sheet, count in zip(sheets, pdf.page_counts, strict=True):
            parts.append(Booklet(sheet.paper.title, tuple(pages[:count]), (whole,), numbered=False))
            del pages[:count]
        return parts


def _part(line: _Line, instead: Iterator[Booklet]) -> Booklet:
    """Return one part for a line, whatever files it has; none where it has no file."""
    leaves: list[Booklet] = []
    for leaf in line.leaves:
        leaves.append(booklet_of(leaf.title, leaf.sheets) if leaf.sheets else next(instead))
    pages = tuple(chain.from_iterable(leaf.pages for leaf in leaves))
    home = tuple(chain.from_iterable(leaf.home for leaf in leaves))
    return Booklet(line.title, pages, home, below=line.below)


def own_sheet(desk: Desk, document: str, about: DossierFacts) -> Paper:
    """Return one sheet of a dossier as a paper to be filled."""
    flat = desk.library.document(document)
    front, issuer = flat.front, desk.workspace.office
    title = front.heading or front.title
    own = PaperFacts(编号=front.id, 标题=title, 日期=desk.day)
    told = {**desk.common, "机关": facts(issuer), "案卷": facts(about), "文书": facts(own)}
    name = safe_name(f"{front.order:03d}-{front.title}")
    return Paper(front.id, flat, issuer, name, told, desk.day, title=title)


def _rows(lines: Sequence[_Line], places: Sequence[tuple[int, int]]) -> Iterator[DossierRow]:
    for number, (line, (first, last)) in enumerate(zip(lines, places, strict=True), 1):
        piece = line.piece
        notes = dict.fromkeys(filter(None, (piece.note, *(leaf.note for leaf in line.leaves))))
        yield DossierRow(
            序号=number,
            责任者=piece.organ or None,
            题名=line.title,
            文号=piece.number or None,
            日期=piece.day,
            首页=first or None,
            末页=last or None,
            备注="；".join(notes) or ("缺" if not line.leaves else None),
        )
