"""A paper made ready to be issued: all that can be done before the ledger is asked for a number."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import kcbx_docs
from kcbx_docs.issuing.doubles import of_older
from kcbx_docs.issuing.finals import BroughtFile, read_final, read_scan, told_of
from kcbx_docs.issuing.matter import Matter, known_numbering, own_numbering
from kcbx_docs.issuing.number import check_unused
from kcbx_docs.issuing.to_issue import ToIssue
from kcbx_docs.ledger.model import Series
from kcbx_docs.ledger.numbers import normalise
from kcbx_docs.light import dataclass
from kcbx_docs.office.book import Issue, written_event
from kcbx_docs.office.opened import Office
from kcbx_docs.packs.model import RECEIPT
from kcbx_docs.packs.parameters import CODED
from kcbx_docs.packs.procedure import read_procedure
from kcbx_docs.papers.blanks import NEVER, OpenPart, open_parts
from kcbx_docs.papers.files import File, Wanted
from kcbx_docs.papers.issued import SCAN
from kcbx_docs.papers.make import Made, make
from kcbx_docs.papers.numbers import Numbering
from kcbx_docs.papers.paper import Paper
from kcbx_docs.papers.render import render_files
from kcbx_docs.papers.stencil import Stencil, numbered, stencil
from kcbx_docs.problems import Place, Problem, Problems, as_warning, problem, raise_errors, stop
from kcbx_docs.render.text import paragraphs

if TYPE_CHECKING:
    from kcbx_docs.ledger.book import Book


@dataclass(frozen=True)
class Laid:
    """The files of a paper as they were laid out: with a number, or with room for a serial."""

    files: tuple[File, ...] = ()
    stencil: Stencil | None = None
    serial: int = 0
    """The serial that the files bear; none if they bear no number of our own."""
    blanks: tuple[str, ...] = ()
    """What the law asks for and the paper leaves open."""

    def fits(self, serial: int) -> bool:
        """Tell whether a serial may be given to it as it is."""
        if self.stencil:
            return len(str(serial)) == self.stencil.digits
        return serial == self.serial

    def with_serial(self, serial: int) -> tuple[File, ...]:
        """Return the files with a serial that fits."""
        return self.stencil.files(serial) if self.stencil else self.files


@dataclass(frozen=True)
class Ready:
    """A paper that waits for nothing but the ledger."""

    matter: Matter
    paper: Paper
    wanted: ToIssue
    key: str
    numbering: Numbering | None
    """How the office numbers it; nothing if its number is known or it bears none."""
    laid: Laid
    differences: tuple[Mapping[str, str], ...] = ()
    typed: bool = False
    """Whether the case file wrote its number."""

    @property
    def series(self) -> Series | None:
        """Return the series that its number is taken from."""
        told = self.numbering
        return Series(told.organ, told.word, told.year) if told else None

    def data(self, number: str, serial: int, ledger: str, copy_of: int = 0) -> dict[str, Any]:
        """Return what a ledger keeps of it, once its number is known; one that several people
        get under one number bears that of the first.
        """
        event, found = self.matter.event(self.paper, number)
        raise_errors(found)
        assert event is not None
        own = self.matter.facts(self.paper)
        copy = {"copy_of": copy_of} if copy_of else {}
        return {
            **copy,
            **self.numbered(number, serial, copy_of),
            "document": self.paper.document,
            "title": self.paper.title,
            "guardian": self.paper.guardian,
            "event": written_event(event),
            "versions": _versions(self.matter),
            "procedure": list(self.matter.verdict(self.paper)),
            "reason": self.wanted.reason,
            "code": self.paper.facts["文书"].get(CODED) or self._code_of_receipt(ledger),
            "differences": list(self.differences),
            **({"blanks": list(self.laid.blanks)} if self.laid.blanks else {}),
            **own,
            "signatory": self.wanted.signatory or own.get("signatory", ""),
        }

    def numbered(self, number: str, serial: int, copy_of: int = 0) -> dict[str, Any]:
        """Return what tells whose number it is; whoever takes it looks at nothing else."""
        return {
            "number": "" if copy_of else number,
            "series": None if copy_of else _series(self.paper, number, serial),
            "given": bool(number) and self.numbering is None,
            "issuer": self.paper.issuer.name,
            "existing": self.wanted.existing is not None,
        }

    def _code_of_receipt(self, ledger: str) -> str:
        """Make the code that stands on the receipt alone, by which its scan is booked."""
        from kcbx_docs.ledger.codes import new_code

        library = self.matter.office.library
        wanted = not set(library.ids_of(RECEIPT)).isdisjoint(library.coded)
        return new_code(ledger) if wanted and self.paper.flat.front.served else ""


def _series(paper: Paper, number: str, serial: int) -> dict[str, Any] | None:
    """Return where a number belongs; also one that others gave may be of a series of ours."""
    own = known_numbering(paper) if number else None
    serial = serial or (own.serial_of(number) or 0 if own else 0)
    if own is None or not serial:
        return None
    return {"issuer": own.organ, "word": own.word, "year": own.year, "serial": serial}


def _versions(matter: Matter) -> dict[str, str]:
    library = matter.office.library
    chain, registry = library.chain, library.registry
    packs = (f"{folder.pack.name} {folder.pack.version}" for folder in chain.folders)
    checked = (f"{level} {day}" for level, day in sorted(registry.checked.items()))
    return {
        "program": kcbx_docs.__version__,
        "pack": "、".join(packs),
        "law": "、".join(checked),
    }


def ready(
    matter: Matter,
    paper: Paper,
    wanted: ToIssue,
    issues: Sequence[Issue],
    book: "Book | None",
    new_code: Callable[[], str],
) -> tuple[Ready, Problems]:
    """Lay a paper out, with a code where the pack wants one, or take the file that was brought."""
    typed = matter.written_number(paper)
    number = normalise(wanted.number) or typed
    taking = bool(paper.flat.front.number) and not (number or wanted.existing)
    another = _of_another(matter, paper, wanted, issues) if taking and not wanted.final else ()
    found = raise_errors(another)
    own = own_numbering(paper) if taking else None
    if wanted.final:
        return _signed_off(matter, paper, wanted, issues, number)
    raise_errors(matter.event(paper, number or "号")[1])
    key = key_of(matter, paper, wanted, issues)
    if wanted.existing:
        raise_errors(_unnumbered(paper, wanted, number))
        laid, doubts = _of_older(paper, wanted.existing, number, book)
        return Ready(matter, numbered(paper, number), wanted, key, None, laid), doubts
    paper = _coded(matter.office, numbered_if(paper, number), new_code)
    started = Ready(matter, paper, wanted, key, own, Laid(), typed=bool(number) and number == typed)
    serial = expected(started.series, book)
    if own and serial == 1:
        check_unused(matter.office.root, own)
    laid_out, more = lay_out(started, serial)
    return laid_out, (*found, *more)


def _of_older(paper: Paper, path: Path, number: str, book: "Book | None") -> tuple[Laid, Problems]:
    """Take the scan of a paper that was made long ago."""
    scan = read_scan(path)
    doubts = tuple(of_older(book, number, scan.data, path.name)) if book else ()
    return Laid((_file(paper, scan),)), doubts


def _of_another(matter: Matter, paper: Paper, wanted: ToIssue, issues: Sequence[Issue]) -> Problems:
    """Refuse to take a number of another office's: its own ledger gives that number, too.

    A reason why it is issued again allows no more than the paper before was allowed.
    """
    own, issuer = matter.office.workspace.office.name, paper.issuer.name
    if matter.names(issuer):
        return ()
    before = {str(one.recorded.data.get("issuer")) for one in issues if one.title == paper.title}
    if wanted.again and before and issuer not in before:
        facts = {"title": paper.title, "issuer": issuer, "before": "、".join(sorted(before))}
        return (problem("ISSU104", Place(), **facts),)
    told = problem("ISSU091", Place(), title=paper.title, issuer=issuer, own=own)
    return (as_warning(told) if wanted.reason else told,)


def _unnumbered(paper: Paper, wanted: ToIssue, number: str) -> Problems:
    """Ask for the number that stands on an old paper; that it bears none is told with a reason."""
    if number or wanted.reason or not paper.flat.front.number:
        return ()
    return (problem("ISSU093", Place(), title=paper.title),)


def _coded(office: Office, paper: Paper, new_code: Callable[[], str]) -> Paper:
    """Give a paper its code where the pack wants one: it is known before the paper is laid out."""
    if paper.document not in office.library.coded:
        return paper
    if read_procedure(office.library.chain)[0].uncoded(paper.flat.front):
        raise stop("REND233", Place(), title=paper.title)
    if CODED not in paper.flat.source:
        raise stop("ISSU046", Place(), title=paper.title)
    own = {**paper.facts["文书"], CODED: new_code()}
    return replace(paper, facts={**paper.facts, "文书": own})


def expected(series: Series | None, book: "Book | None") -> int:
    """Return the serial that is probably next; a ledger that is not begun yet has given none."""
    if series is None:
        return 0
    return book.expected(series) if book else 1


def numbered_if(paper: Paper, number: str) -> Paper:
    """Return a paper with its number, if it is known."""
    return numbered(paper, number) if number else paper


def lay_out(one: Ready, serial: int) -> tuple[Ready, Problems]:
    """Lay a paper out for serials with as many digits as this one, or for this one alone."""
    registry, formats = one.matter.office.library.registry, one.wanted.formats
    if one.numbering is None:
        laid, found = _rendered(one.paper, one)
        return replace(one, laid=laid), found
    digits = len(str(serial))
    made, found = stencil(one.paper, one.numbering, digits, registry, formats)
    raise_errors(found)
    if made:
        laid, found = _told_open(Laid(stencil=made), made.made, one, found)
    else:
        laid, found = _rendered(numbered(one.paper, one.numbering.text(serial)), one)
        laid = replace(laid, serial=serial)
    return replace(one, laid=laid), found


def _rendered(paper: Paper, one: Ready) -> tuple[Laid, Problems]:
    made, found = make(paper, one.matter.office.library.registry)
    raise_errors(found)
    assert made is not None
    found = (*found, *_not_printed(paper, made))
    laid, found = _told_open(Laid(), made, one, found)
    files, more = render_files((made,), Wanted(one.wanted.day, formats=one.wanted.formats))
    return replace(laid, files=files), (*found, *raise_errors(more))


def _not_printed(paper: Paper, made: Made) -> Problems:
    """Remind of a number that is kept of a paper and does not stand on it."""
    number = normalise(paper.number)
    if not number or number in normalise("".join(paragraphs(made.filled.root))):
        return ()
    return (problem("ISSU099", Place(), title=paper.title, number=number),)


def _told_open(laid: Laid, made: Made, one: Ready, found: Problems) -> tuple[Laid, Problems]:
    """Refuse a paper that leaves open what the law asks for; where a reason may be given for it,
    the ledger keeps what was open.
    """
    left = open_parts(made, one.matter.office.library.registry)
    told = tuple(_open(part, one) for part in left)
    blanks = chain.from_iterable(part.blanks for part in left)
    laid = replace(laid, blanks=tuple(dict.fromkeys(blanks)))
    return laid, (*found, *raise_errors(told))


def _open(part: OpenPart, one: Ready) -> Problem:
    facts = {"title": one.paper.title, "part": part.part, "basis": part.basis}
    facts |= {"blanks": "、".join(part.blanks)}
    if part.rule == NEVER:
        return problem("ISSU066", Place(), **facts)
    found = problem("ISSU065", Place(), **facts)
    return as_warning(found) if one.wanted.reason else found


def _signed_off(
    matter: Matter, paper: Paper, wanted: ToIssue, issues: Sequence[Issue], number: str
) -> tuple[Ready, Problems]:
    """Take the version that was signed off; its number stands in it."""
    assert wanted.final is not None
    brought, own = read_final(wanted.final), own_numbering(paper)
    found = number or (own.found_in(brought.text) if own else "")
    if own and not found:
        raise stop("ISSU030", Place(str(wanted.final)), title=paper.title, number=own.text())
    if found and brought.text.strip() and found not in normalise(brought.text):
        raise stop("ISSU031", Place(str(wanted.final)), number=found)
    if paper.guardian and brought.text.strip() and paper.guardian not in brought.text:
        raise stop("ISSU032", Place(str(wanted.final)), name=paper.guardian)
    paper = numbered_if(paper, found)
    made, faults = make(paper, matter.office.library.registry)
    raise_errors(faults)
    assert made is not None
    told, more = told_of(brought, paragraphs(made.filled.root), paper.title)
    key = key_of(matter, paper, wanted, issues, brought.data)
    laid = Laid((_file(paper, brought),))
    if not told:  # whoever fills a blank in his own version differs from ours
        unfilled = Ready(matter, paper, wanted, key, None, laid)
        laid, faults = _told_open(laid, made, unfilled, faults)
    return Ready(matter, paper, wanted, key, None, laid, tuple(told)), (*faults, *more)


def _file(paper: Paper, brought: BroughtFile) -> File:
    return File(f"{paper.name}{brought.suffix}", brought.data, {})


def role_of(file: File, wanted: ToIssue) -> str:
    """Return what a file is to the paper: its form, or a scan of it."""
    return SCAN if wanted.existing else file.name.rpartition(".")[2]


def key_of(
    matter: Matter, paper: Paper, wanted: ToIssue, issues: Sequence[Issue], data: bytes = b""
) -> str:
    """Return what tells one act of issuing from another: who asks twice gets one answer."""
    mine = (one for one in issues if (one.document, one.guardian) == about(paper))
    gone = [one.seq for one in mine if not one.standing]
    told = {key: str(value) for key, value in (paper.facts.get("事项") or {}).items()}
    words = [*about(paper), paper.day.isoformat(), told, gone]
    words += [wanted.reason if wanted.again else "", normalise(wanted.number)]
    words += [hashlib.sha256(data).hexdigest()]
    text = json.dumps([matter.id, *words], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def about(paper: Paper) -> tuple[str, str]:
    """Return which document it is, and for whom."""
    return paper.document, paper.guardian
