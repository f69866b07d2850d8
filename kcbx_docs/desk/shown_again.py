"""Pages that answer a form, kept for a while: a browser that goes back, or asks for one anew, finds
it and sends no form twice. They are held in memory, where no page of a child is left behind.
"""

import secrets
from collections import OrderedDict
from dataclasses import field
from threading import Lock

from kcbx_docs.light import dataclass

_KEPT = 60


@dataclass(frozen=True)
class ShownPage:
    """A page as it was answered, and to whom."""

    whose: str
    status: int
    text: str


@dataclass
class ShownAgain:
    """The last pages that answered forms."""

    _lock: Lock = field(default_factory=Lock)
    _kept: OrderedDict[str, ShownPage] = field(default_factory=OrderedDict)

    def keep(self, page: ShownPage) -> str:
        """Keep a page; return how an address calls it, which nobody can guess."""
        call = secrets.token_urlsafe(12)
        with self._lock:
            self._kept[call] = page
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return call

    def called(self, call: str, whose: str) -> ShownPage | None:
        """Return a page to the one it was answered to."""
        with self._lock:
            page = self._kept.get(call)
        return page if page and page.whose == whose else None
