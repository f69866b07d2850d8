"""A form that is sent twice is carried out once: the second click gets the answer of the first."""

import secrets
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import field
from threading import RLock

from kcbx_docs.light import dataclass

_KEPT = 500
FORM = "form"
"""The field of a form that tells it from every other one."""


def new_form() -> str:
    """Name a form that is shown for the first time."""
    return secrets.token_urlsafe(12)


@dataclass
class Turns:
    """Who writes, one after the other, and to which page each form led that was carried out."""

    _lock: RLock = field(default_factory=RLock)
    _done: OrderedDict[str, str] = field(default_factory=OrderedDict)

    @contextmanager
    def of(self, form: str) -> Iterator[str]:
        """Wait for whoever writes; yield the page to which this very form led before, if it did."""
        with self._lock:
            yield self._done.get(form, "")

    def done(self, form: str, page: str) -> str:
        """Remember to which page a form led."""
        if form:
            with self._lock:
                self._done[form] = page
                while len(self._done) > _KEPT:
                    self._done.popitem(last=False)
        return page
