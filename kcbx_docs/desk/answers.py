"""What was answered last, for whoever asks the same again while nothing has changed."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import field
from threading import Event, Lock, RLock, Thread, local
from typing import Any, TypeVar

from kcbx_docs.desk.standings import StillReadingError
from kcbx_docs.light import dataclass

T = TypeVar("T")
_KEPT = 6


class _Asked:
    """A question that is being answered by a thread of its own."""

    def __init__(self) -> None:
        self.done = Event()
        self.answer: Any = None
        self.error: BaseException | None = None


@dataclass
class Answers:
    """The last few answers, made one at a time; one answer may ask for another."""

    _turn: Any = field(default_factory=RLock)
    _guard: Any = field(default_factory=Lock)
    _kept: OrderedDict[Hashable, object] = field(default_factory=OrderedDict)
    _asking: dict[Hashable, _Asked] = field(default_factory=dict)
    _here: local = field(default_factory=local)

    def of(
        self,
        question: Hashable,
        make: Callable[[], T],
        patience: float | None = None,
        size: int = 0,
    ) -> T:
        """Return the answer to a question, which must name all that it depends on.

        Where it takes longer than somebody's patience, ``StillReadingError`` is raised and the
        answer is made all the same, for whoever asks again; ``make`` then runs elsewhere than in
        the request.
        """
        if patience is None or getattr(self._here, "answers", False):
            return self._made(question, make)
        with self._guard:
            if question in self._kept:
                return self._again(question)  # type: ignore[return-value]
            asked = self._asking.get(question) or self._begun(question, make)
        if not asked.done.wait(patience):
            raise StillReadingError(0, size)
        if asked.error:
            raise asked.error
        return asked.answer  # type: ignore[no-any-return]

    def _begun(self, question: Hashable, make: Callable[[], T]) -> _Asked:
        self._asking = {key: one for key, one in self._asking.items() if not one.done.is_set()}
        asked = self._asking[question] = _Asked()
        Thread(target=self._answer, args=(asked, question, make), daemon=True).start()
        return asked

    def _answer(self, asked: _Asked, question: Hashable, make: Callable[[], T]) -> None:
        self._here.answers = True
        try:
            asked.answer = self._made(question, make)
        except BaseException as error:  # noqa: BLE001 - told to who asked
            asked.error = error
        finally:
            asked.done.set()

    def _made(self, question: Hashable, make: Callable[[], T]) -> T:
        with self._turn:
            with self._guard:
                if question in self._kept:
                    return self._again(question)  # type: ignore[return-value]
            answer = make()
            with self._guard:
                self._kept[question] = answer
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            return answer

    def _again(self, question: Hashable) -> object:
        self._kept.move_to_end(question)
        return self._kept[question]
