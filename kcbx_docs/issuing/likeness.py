"""Whether a file is a paper that left the house, and whether that paper still stands."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from kcbx_docs.issuing.finals import (
    LEAST_ALIKE,
    BroughtFile,
    Difference,
    differences,
    read_brought,
    words_of,
)
from kcbx_docs.ledger.blobs import name_of
from kcbx_docs.ledger.codes import codes_among, looks_like_code, read_code
from kcbx_docs.ledger.model import CORRECTED, ISSUED, SEALED, VOIDED, WITHDRAWN, Attached, Recorded
from kcbx_docs.ledger.numbers import normalise
from kcbx_docs.light import dataclass
from kcbx_docs.office.book import Issue
from kcbx_docs.office.detached import as_attached_now, marks_of
from kcbx_docs.office.slips import Slip, slips_of
from kcbx_docs.problems import UserError

if TYPE_CHECKING:
    from kcbx_docs.ledger.book import Book

SAME, REWRITTEN, CHANGED = "原样", "同文不同字节", "文字不同"
SEALED_SCAN, KEPT, RENDITION = "盖章件原样", "凭证原样", "后补的 PDF 原样"
TAKEN_OFF = "已取下"
UNREADABLE, STRANGE, KNOWN, CODED = "读不出文字", "不是本册", "本册文号", "本册核验码"
KNOWN_SERIAL = "本册编号"
GENUINE = (SAME, REWRITTEN, SEALED_SCAN, KEPT, RENDITION, KNOWN, KNOWN_SERIAL, CODED)
ADVICE = {
    REWRITTEN: "文字和制发时的一样，文件另存过；有没有盖章、签名，看原件。",
    UNREADABLE: "扫描件、照片里没有读出核验码；请拍清楚一些，或者照录纸上的文号、核验码核对。",
    STRANGE: "台账里没有这一份，也没有文字相近的；请看是不是别的单位、别的一册制发的。",
    TAKEN_OFF: "这个文件存错了地方，已经取下，不再是证明；它是什么，请看原件。",
    CHANGED: "和制发时存下的文字不一样，不要使用；请与盖章的原件对照。",
    CODED: "请核对文号、受送达人的姓和日期：码可以抄到别的纸上。",
    KNOWN_SERIAL: "编号对得上，不等于这张纸是真的；请核对名字、班级和核验码。",
    KNOWN: "文号对得上，不等于这张纸是真的；请核对受送达人、日期和文字。",
}
"""What somebody does who holds such a file or number."""
VALID = "有效"
_STANDINGS = {WITHDRAWN: "已撤回", VOIDED: "已作废", CORRECTED: "已更正"}


@dataclass(frozen=True)
class Likeness:
    """What a file or a number turned out to be, and the paper that it belongs to."""

    verdict: str
    issue: Issue | None = None
    seq: int = 0
    """Where the ledger holds it."""
    differences: tuple[Difference, ...] = ()
    slip: Slip | None = None
    code: str = ""
    """The code by which it was found, or was not."""
    why: str = ""
    """Why a file was taken off."""
    miscopied: bool = False
    """Whether the code is none: a sign of it is wrong."""

    @property
    def standing(self) -> str:
        """Tell what became of the paper: the end of it comes before corrections."""
        if self.slip:
            return _STANDINGS.get(self.slip.state, VALID)
        if self.issue is None:
            return ""
        kinds = {one.kind for one in self.issue.later}
        return next((word for kind, word in _STANDINGS.items() if kind in kinds), VALID)

    @property
    def sound(self) -> bool:
        """Tell whether it may be relied on as it is."""
        return self.verdict in GENUINE and self.standing in ("", VALID)


def of_number(book: "Book", number: str) -> tuple[Likeness, ...]:
    """Find the papers of a number, however it is written, or of a pupil's serial; several people
    may share one.
    """
    events, wanted = book.events(), normalise(number)
    papers = tuple(
        Likeness(KNOWN, _issue(events, one), one.seq)
        for one in events
        if one.kind == ISSUED and normalise(_number(one)) == wanted
    )
    return papers or tuple(
        Likeness(KNOWN_SERIAL, slip=slip, seq=slip.seq)
        for slip in slips_of(book)
        if normalise(slip.serial) == wanted
    )


def of_code(book: "Book", text: str) -> tuple[Likeness, ...]:
    """Find the paper or the slip of a code; one of another ledger, or with a wrong sign, is found
    in none of ours.
    """
    code, events = read_code(text), book.events()
    fitting = [one for one in events if one.kind == ISSUED and one.data.get("code") == code]
    if code and fitting:
        return tuple(Likeness(CODED, _issue(events, one), one.seq, code=code) for one in fitting)
    slips = [slip for slip in slips_of(book) if slip.code == code]
    if code and slips:
        return tuple(Likeness(CODED, slip=slip, seq=slip.seq, code=code) for slip in slips)
    return (Likeness(STRANGE, code=code or text, miscopied=not code),)


def of_text(book: "Book", text: str) -> tuple[Likeness, ...]:
    """Find the papers of a number, a serial or a code, whichever it is."""
    if looks_like_code(text):
        return of_code(book, text)
    return of_number(book, text) or (Likeness(STRANGE),)


def of_file(book: "Book", path: Path) -> tuple[Likeness, ...]:
    """Compare a file with all that the ledger holds: its bytes, its words, the codes on it."""
    brought, events = read_brought(path), book.events()
    name = name_of(brought.data)
    for one in as_attached_now(events):
        if any(file.sha256 == name for file in one.attached):
            return (_kept(events, one),)
    if off := next(_taken_off(events, name), None):
        return (off,)
    found = _by_words(book, events, brought) if brought.text else Likeness(UNREADABLE)
    if found.verdict not in (STRANGE, UNREADABLE):
        return (found,)
    coded = tuple(chain.from_iterable(of_code(book, code) for code in _codes(brought)))
    if brought.text:
        coded = tuple(_under_code(book, one, brought) for one in coded)
    return coded or (found,)


def _codes(brought: BroughtFile) -> tuple[str, ...]:
    """List the codes that a file shows: in its words, else as pictures; others' codes are none."""
    if written := codes_among(brought.text):
        return written
    from kcbx_docs.scans.codes import can_read, codes_in

    if brought.suffix == ".docx" or (brought.text and not can_read()):
        return ()
    told = chain.from_iterable(
        one.text.split() for one in codes_in(brought.data, name=str(brought.path))
    )
    return tuple(dict.fromkeys(filter(looks_like_code, told)))


def _under_code(book: "Book", one: Likeness, brought: BroughtFile) -> Likeness:
    """Compare words with those of the paper whose code they bear: a code is easily copied."""
    if one.issue is None:
        return one
    ours = next(_words(book, one.issue.recorded.attached, brought.suffix), "")
    told = differences((ours,), brought.text) if ours else ()
    return replace(one, verdict=CHANGED, differences=told)


def _kept(events: Sequence[Recorded], one: Recorded) -> Likeness:
    """Tell as what a file is kept."""
    if one.kind == ISSUED:
        return Likeness(SAME, _issue(events, one), one.seq)
    issued = next((e for e in events if e.seq == one.data.get("issue")), None)
    later = RENDITION if one.data.get("rendition") else KEPT
    verdict = SEALED_SCAN if one.kind == SEALED else later
    return Likeness(verdict, _issue(events, issued) if issued else None, one.seq)


def _taken_off(events: Sequence[Recorded], name: str) -> Iterator[Likeness]:
    """Tell where a file was kept and why it was taken off: it proves nothing."""
    for one in events:
        for entry, _, sha256 in marks_of(one):
            if sha256 == name:
                yield Likeness(TAKEN_OFF, seq=entry, why=f"{one.day}取下：{one.data['reason']}")


def _by_words(book: "Book", events: Sequence[Recorded], brought: BroughtFile) -> Likeness:
    """Find the paper whose words are those of the file, or are nearest to them."""
    nearest, best = STRANGE, LEAST_ALIKE
    found: tuple[Recorded, str] | None = None
    for one in _candidates(events, brought.text):
        for ours in _words(book, one.attached, brought.suffix):
            if ours == brought.text:
                return Likeness(REWRITTEN, _issue(events, one), one.seq)
            alike = SequenceMatcher(None, ours, brought.text, autojunk=False).ratio()
            if alike > best:
                nearest, best, found = CHANGED, alike, (one, ours)
    if found is None:
        return Likeness(nearest)
    event, ours = found
    told = differences((ours,), brought.text)
    return Likeness(nearest, _issue(events, event), event.seq, told)


def _candidates(events: Sequence[Recorded], text: str) -> Iterator[Recorded]:
    """List the papers whose number stands in a text, or their title and addressee."""
    plain = normalise(text)
    for one in events:
        if one.kind == ISSUED:
            number, title = _number(one), str(one.data.get("title") or "")
            named = bool(title) and title in text and str(one.data.get("guardian") or "") in text
            if normalise(number) in plain if number else named:
                yield one


def _words(book: "Book", attached: Sequence[Attached], suffix: str) -> Iterator[str]:
    """Read the words of what was issued: in the form of the file, where it has that form."""
    forms = [file for file in attached if Path(file.name).suffix.lower() == suffix] or attached
    for file in forms:
        with suppress(UserError):  # erased on order, or a scan of which nothing can be read
            if words := words_of(Path(file.name), book.bytes_of(file.sha256)):
                yield words


def _number(one: Recorded) -> str:
    told = one.data
    return str(told.get("number") or (told.get("event") or {}).get("文号") or "")


def _issue(events: Sequence[Recorded], one: Recorded) -> Issue:
    return Issue(one, tuple(other for other in events if other.data.get("issue") == one.seq))
