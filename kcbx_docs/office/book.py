"""The ledger as an office knows it: opened where there is one, read once while nobody adds to it.

Nothing of a database is imported by an office that has no ledger.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kcbx_docs.case.event import Event
from kcbx_docs.case.files import Issuable, LoadedCase, LoadedLetter
from kcbx_docs.case.model import Case, name_key
from kcbx_docs.case.service_form import lacking
from kcbx_docs.case.workspace import Workspace
from kcbx_docs.ledger.model import (
    CORRECTED,
    ISSUED,
    PROVED,
    SERVED,
    SERVICE_MENDED,
    VOIDED,
    WITHDRAWN,
    Attached,
    Recorded,
)
from kcbx_docs.light import dataclass
from kcbx_docs.office.detached import as_attached_now
from kcbx_docs.office.handed_out import issued_in_output
from kcbx_docs.problems import Place, UserError, stop
from kcbx_docs.record.agreement import ledger_place
from kcbx_docs.record.entry import Entry
from kcbx_docs.record.jurisdiction import Jurisdiction

if TYPE_CHECKING:
    from kcbx_docs.ledger.book import Book

FOLDER = "台账"
_FILE, _HEADS = "台账.db", "册首.txt"
_NO_LEDGER = "LEDG001"
PUPIL = "pupil"
"""Under what the ledger keeps, with a paper of a case, whose case it is."""
_LETTERS, _WORKS = "公文/", "工作/"
"""What the ledger writes before the name of a letter or of work; no case is numbered so."""
_KEPT = 32
"""Ledgers kept open at once: those of the towns of a county."""
_COUNTED = slice(24, 28)
"""Where a file of SQLite counts its changes."""
_FEW = 3
"""Cases that are looked up one by one; whoever asks for more is told of all at once."""


@dataclass
class Register:
    """The events of a ledger by case, as they stood when it was opened."""

    book: "Book"
    _cases: dict[str, tuple[Recorded, ...]] = field(default_factory=dict)

    def of_case(self, case: str) -> tuple[Recorded, ...]:
        """Return the events of a case in the order of recording."""
        if case not in self._cases:
            if len(self._cases) >= _FEW:
                return self._all.get(case, ())
            self._cases[case] = as_attached_now(self.book.events(case))
        return self._cases[case]

    @cached_property
    def issues(self) -> tuple[Recorded, ...]:
        """List what was issued in any case, in the order of recording."""
        return self.book.events(kinds=(ISSUED,))

    def issues_to(self, pupil: str) -> tuple[Recorded, ...]:
        """List what was issued in any case of a child of this name."""
        return tuple(self._by_pupil.get(pupil, ()))

    @cached_property
    def _by_pupil(self) -> Mapping[str, list[Recorded]]:
        found: dict[str, list[Recorded]] = defaultdict(list)
        for one in self.issues:
            found[str(one.data.get(PUPIL) or "")].append(one)
        return found

    @cached_property
    def _all(self) -> Mapping[str, tuple[Recorded, ...]]:
        found: dict[str, list[Recorded]] = defaultdict(list)
        for one in self.book.events():
            found[one.case].append(one)
        return {case: as_attached_now(events) for case, events in found.items()}


def ledger_id(loaded: Issuable) -> str:
    """Return under what the ledger keeps what is recorded of a case, of a letter or of work."""
    if isinstance(loaded, LoadedCase):
        return loaded.case.id
    return (_LETTERS if isinstance(loaded, LoadedLetter) else _WORKS) + loaded.folder


def letter_name(matter: str) -> str:
    """Return the name of a letter or of work as the ledger keeps it; nothing for a case."""
    found = (word for word in (_LETTERS, _WORKS) if matter.startswith(word))
    return next((matter.removeprefix(word) for word in found), "")


def register_of(root: Path, workspace: Workspace) -> Register | None:
    """Open the ledger of a workspace; nothing where there is none."""
    if workspace.ledger:
        return _shared(workspace.ledger, root)
    file = root / FOLDER / _FILE
    try:
        known = file.stat()
    except OSError:
        if file.with_name(_HEADS).exists():
            open_at(root / FOLDER)  # one that is gone is told, not taken for none
        _refuse_where_papers_are(root)
        return None
    stamp = (known.st_mtime_ns, known.st_size, known.st_ino, _changes_of(file))
    return _register(root / FOLDER, stamp)


def _changes_of(file: Path) -> bytes:
    """Return the count of changes that SQLite writes into its file: two may fall into one tick of
    the clock.
    """
    with file.open("rb") as stream:
        stream.seek(_COUNTED.start)
        return stream.read(_COUNTED.stop - _COUNTED.start)


@lru_cache(maxsize=_KEPT)
def _register(place: Path, _stamp: tuple[int | bytes, ...]) -> Register:
    return Register(open_at(place))


def _shared(address: str, root: Path) -> Register | None:
    """Open the ledger that offices share; nothing where nobody has begun it."""
    try:
        book = _connected(address, root)
    except UserError as error:
        if any(one.code == _NO_LEDGER for one in error.problems):
            return None
        raise
    return _shared_register(book, book.head().hash)


@lru_cache(maxsize=_KEPT)
def _connected(address: str, root: Path) -> "Book":
    return open_at(address, heads=root / FOLDER / _HEADS)


@lru_cache(maxsize=_KEPT)
def _shared_register(book: "Book", _head: str) -> Register:
    return Register(book)


def open_at(place: Path | str, *, create: bool = False, heads: Path | None = None) -> "Book":
    """Open the ledger at a place."""
    from kcbx_docs.ledger.book import open_book

    return open_book(place, create=create, heads=heads)


def book_of(root: Path, workspace: Workspace, *, create: bool = False) -> "Book":
    """Open the ledger of a workspace to write in it; ``create`` makes it where there is none."""
    if workspace.ledger:
        return open_at(workspace.ledger, create=create, heads=root / FOLDER / _HEADS)
    if not (root / FOLDER).exists():
        _refuse_where_papers_are(root)
    return open_at(root / FOLDER, create=create)


def _refuse_where_papers_are(root: Path) -> None:
    """Refuse to take a ledger that is gone with its folder for one that never was: its numbers
    would be given a second time.
    """
    if issued := issued_in_output(root):
        told = "、".join(issued[:_FEW]) + ("等" if len(issued) > _FEW else "")
        raise stop("LEDG095", Place(), place=root / FOLDER, count=len(issued), told=told)


def entries_of(events: Sequence[Recorded], law: Jurisdiction) -> tuple[Entry, ...]:
    """Turn what the ledger holds of a case into events of its record."""
    ids = {one.seq: str(one.data.get("document") or "") for one in events}
    told = told_of(events)
    found: list[Entry] = []
    for one in events:
        if event := told.get(one.seq):
            document = ids[one.seq] or ids.get(one.data.get("issue") or 0, "")
            if document and event.document:  # as the place calls it now, whatever it was called
                event = event.model_copy(update={"document": law.title(document)})
            proofs = proofs_of(events, one.seq, event)
            organ = bool(one.data.get("organ"))
            left = lacking(event, proofs, law.proofs, organ=organ) if one.kind == SERVED else ()
            pupil = str(one.data.get(PUPIL) or "")
            maker = str(one.data.get("issuer") or "")
            found.append(Entry(event, ledger_place(one.seq), one.seq, left, pupil, maker))
    return tuple(found)


def proofs_of(events: Sequence[Recorded], seq: int, event: Event) -> tuple[str, ...]:
    """List the kinds of files that prove an attempt: its own, those of its corrections, those
    that followed, and those of the same letter when it was sent.
    """
    letter = {seq}
    for one in events:
        if event.mail_number and one.kind == SERVED:
            same = one.data["event"].get("邮件单号") == event.mail_number
            letter |= {one.seq} if same else set()
    found: list[str] = []
    for one in events:
        about = one.data.get("corrects") or one.data.get("proves")
        if one.seq in letter or (one.kind in (SERVICE_MENDED, PROVED) and about in letter):
            found += (file.role for file in one.attached)
    return tuple(dict.fromkeys(found))


def told_of(events: Sequence[Recorded]) -> dict[int, Event]:
    """Return what each event tells of the case, by its place in the ledger; corrected ones as they
    were corrected. An attempt that turned out never to have happened tells nothing.
    """
    mended = _mended(events)
    found: dict[int, Event] = {}
    for one in events:
        told = mended.get(one.seq, one.data.get("event"))
        if told and one.kind not in (SERVICE_MENDED, CORRECTED):
            event = event_in(told)
            found |= {} if event.never else {one.seq: event}
    return found


def _mended(events: Sequence[Recorded]) -> dict[int, Mapping[str, Any]]:
    """Return the last word on every event that was corrected later."""
    found: dict[int, Mapping[str, Any]] = {}
    roots: dict[int, int] = {}  # a correction may itself be corrected
    for one in events:
        corrected = one.data.get("corrects") or one.data.get("issue")
        told = one.data.get("event")
        if told and corrected and one.kind in (SERVICE_MENDED, CORRECTED):
            roots[one.seq] = root = roots.get(corrected, corrected)
            found[root] = told
    return found


def as_named_now(events: Sequence[Recorded], case: Case) -> tuple[Recorded, ...]:
    """Return what is recorded of a case with its guardians as they are called now; the ledger
    keeps the names of their day.
    """
    names = _names_now(case)
    return tuple(_renamed(one, names) if names else one for one in events)


def _names_now(case: Case) -> dict[str, str]:
    """Return the present name for each former one that nobody else bears now."""
    present = {name_key(guardian.name) for guardian in case.guardians}
    found: dict[str, str] = {}
    for guardian in case.guardians:
        former = set(map(name_key, guardian.former_names)) - present
        found |= dict.fromkeys(former, guardian.name)
    return found


def _renamed(one: Recorded, names: Mapping[str, str]) -> Recorded:
    def now(name: Any) -> Any:
        return names.get(name_key(name), name) if isinstance(name, str) else name

    data = dict(one.data)
    if data.get("guardian"):
        data["guardian"] = now(data["guardian"])
    if event := data.get("event"):
        told = event.get("对象") or []
        named = [told] if isinstance(told, str) else told
        own = {"对象": [now(name) for name in named]} if named else {}
        signer = {"签收人": now(event["签收人"])} if event.get("签收人") else {}
        data["event"] = {**event, **own, **signer}
    return replace(one, data=data)


def event_in(told: Mapping[str, Any]) -> Event:
    """Read an event as the ledger keeps it."""
    return Event.model_validate(dict(told))


def written_event(event: Event) -> dict[str, Any]:
    """Write an event as the ledger keeps it: the keys that a case file would have."""
    return event.model_dump(mode="json", exclude_defaults=True)


@dataclass(frozen=True)
class Issue:
    """A paper that left the house, and what became of it since."""

    recorded: Recorded
    later: tuple[Recorded, ...] = ()

    @property
    def seq(self) -> int:
        """Return its place in the ledger."""
        return self.recorded.seq

    @property
    def document(self) -> str:
        """Return the id of its document."""
        return str(self.recorded.data["document"])

    @property
    def title(self) -> str:
        """Return its title."""
        return str(self.recorded.data["title"])

    @property
    def guardian(self) -> str:
        """Return its addressee; nothing where it has none by name."""
        return str(self.recorded.data["guardian"] or "")

    @property
    def number(self) -> str:
        """Return its number, also that which it shares with another addressee's."""
        told = self.recorded.data
        return str(told["number"] or (told.get("event") or {}).get("文号") or "")

    @property
    def renditions(self) -> tuple[Recorded, ...]:
        """List the forms that were made later of its frozen words."""
        return tuple(one for one in self.later if one.data.get("rendition"))

    def file(self, role: str) -> Attached | None:
        """Return the file of a form in which it was issued."""
        return next((one for one in self.recorded.attached if one.role == role), None)

    @property
    def recipients(self) -> tuple[str, ...]:
        """Return the organs to which it is addressed: the 主送 of a letter."""
        return tuple(self.recorded.data.get("recipients") or ())

    @property
    def copied(self) -> tuple[str, ...]:
        """Return the organs that get a copy: the 抄送 of a letter, without those of its 主送."""
        first = set(map(name_key, self.recipients))
        every = self.recorded.data.get("copies") or ()
        return tuple(name for name in every if name_key(name) not in first)

    @property
    def standing(self) -> bool:
        """Tell whether nobody withdrew or voided it."""
        return all(one.kind not in (WITHDRAWN, VOIDED) for one in self.later)


def issues_in(events: Sequence[Recorded]) -> tuple[Issue, ...]:
    """List the papers that were issued in a case, each with what is recorded of it later."""
    return tuple(_issues(events))


def _issues(events: Sequence[Recorded]) -> Iterator[Issue]:
    for one in events:
        if one.kind == ISSUED:
            later = tuple(other for other in events if other.data.get("issue") == one.seq)
            yield Issue(one, later)
