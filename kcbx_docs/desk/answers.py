"""What was answered last, for whoever asks the same again while nothing has changed."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import field
from threading import RLock
from typing import Any, TypeVar

from kcbx_docs.light import dataclass

T = TypeVar("T")
_KEPT = 6


@dataclass
class Answers:
    """The last few answers; who asks while one is made waits, one answer may ask for another."""

    _lock: Any = field(default_factory=RLock)
    _kept: OrderedDict[Hashable, object] = field(default_factory=OrderedDict)

    def of(self, question: Hashable, make: Callable[[], T]) -> T:
        """Return the answer to a question, which must name all that it depends on."""
        with self._lock:
            if question not in self._kept:
                self._kept[question] = make()
            self._kept.move_to_end(question)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return self._kept[question]  # type: ignore[return-value]
