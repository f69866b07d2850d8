"""Drafts to be looked at: made once while nothing changes, shown as pictures of their pages."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import field
from io import BytesIO
from pathlib import Path
from secrets import token_hex
from threading import Lock

from kcbx_docs.batch.render import papers_of
from kcbx_docs.ledger.who import who_acts
from kcbx_docs.light import dataclass
from kcbx_docs.office.opened import Office
from kcbx_docs.office.resting import file_state, office_state
from kcbx_docs.papers.files import Papers, Wanted
from kcbx_docs.problems import Place, Problems, UserError, stop
from kcbx_docs.scans.pdfium import opened_pdf

_KEPT = 8
"""Drafts, and looks at what would leave the house, of one person ..."""
_KEPT_OF_ALL = 64
"""... and of everybody together."""
_SCALE = 1.5
"""Pixels for a point: a page is some 900 pixels wide, and its small print legible."""


@dataclass(frozen=True)
class Preview:
    """A draft: its file, its pages, and what is to be said of it."""

    pdf: bytes
    count: int
    problems: Problems


_Key = tuple[str, Hashable]
"""Whose it is, and what it rests on."""
_OF = "-"


@dataclass
class Previews:
    """The drafts that everybody looked at last; who has one made keeps nobody off the others."""

    _lock: Lock = field(default_factory=Lock)
    _kept: OrderedDict[_Key, Sequence[Preview]] = field(default_factory=OrderedDict)
    _making: dict[_Key, Lock] = field(default_factory=dict)

    def of(self, office: Office, path: Path, wanted: Wanted) -> Preview:
        """Return a draft; raise with every reason why it cannot be made."""
        key = (path, wanted, file_state(path), office_state(office.root))
        return self.kept(key, lambda: _preview(office, path, wanted))

    def keep(self, looked_at: Sequence[Preview]) -> tuple[str, ...]:
        """Keep what was made for one page alone; return how it asks for the pictures of each."""
        look = token_hex(16)
        with self._lock:
            self._put((_owner(), look), looked_at)
        return tuple(f"{look}{_OF}{place}" for place in range(len(looked_at)))

    def called(self, call: str) -> Preview | None:
        """Return what was kept under a name; nothing if it was long ago, or is another's."""
        look, _, told = call.partition(_OF)
        with self._lock:
            found = self._kept.get((_owner(), look), ())
        return {str(place): one for place, one in enumerate(found)}.get(told)

    def kept(self, key: Hashable, make: Callable[[], Preview]) -> Preview:
        """Return what was made for a key before, else make it, once for all who wait for it."""
        own = (_owner(), key)
        with self._lock:
            if own in self._kept:
                return self._again(own)
            making = self._making.setdefault(own, Lock())
        with making:
            with self._lock:
                if own in self._kept:
                    return self._again(own)
            try:
                made = make()
                with self._lock:
                    self._put(own, (made,))
            finally:
                with self._lock:
                    self._making.pop(own, None)
        return made

    def _again(self, own: _Key) -> Preview:
        self._kept.move_to_end(own)
        return self._kept[own][0]

    def _put(self, own: _Key, previews: Sequence[Preview]) -> None:
        self._kept[own] = previews
        theirs = [one for one in self._kept if one[0] == own[0]]
        for one in theirs[:-_KEPT]:
            del self._kept[one]
        while len(self._kept) > _KEPT_OF_ALL:
            self._kept.popitem(last=False)


def _owner() -> str:
    """Return the login of who looks at drafts; nobody's on a machine of one's own."""
    who = who_acts()
    return who.login if who else ""


def _preview(office: Office, path: Path, wanted: Wanted) -> Preview:
    loaded, found = office.read(path, wanted.known)
    if loaded is None:
        raise UserError(found)
    return first_pdf(papers_of(office, loaded, wanted, found=found))


def first_pdf(papers: Papers) -> Preview:
    """Return the first PDF among some papers."""
    pdf = next((one.data for one in papers.files if one.name.endswith(".pdf")), None)
    if pdf is None:
        raise stop("DESK003", Place())
    return preview_of(pdf, papers.problems)


def preview_of(pdf: bytes, problems: Problems = ()) -> Preview:
    """Return a PDF with the number of its pages."""
    return Preview(pdf, _pages(pdf), problems)


def _pages(pdf: bytes) -> int:
    with opened_pdf(pdf) as document:
        return len(document)


def page_picture(pdf: bytes, number: int) -> bytes:
    """Draw a page, counted from 0, as PNG."""
    out = BytesIO()
    with opened_pdf(pdf) as document:
        document[number].render(scale=_SCALE).to_pil().convert("L").save(out, "PNG")
    return out.getvalue()
