"""Classes printed one after another or several at once, always given back in their order."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import ExitStack
from functools import partial

from kcbx_docs.batch.asked import BatchAsked, Executors
from kcbx_docs.batch.task import ClassPrint, ClassTask, of_task, print_class
from kcbx_docs.light import dataclass
from kcbx_docs.papers.press import Progress
from kcbx_docs.problems import Problem, UserError, problem

Printer = Callable[[ClassTask], ClassPrint]

_PAYS = 5000
"""Pupils from which on it pays to start further processes: each loads the program and the templates
for itself, and the roster, the serials and the ledger remain for the first. Two of them took a
third more processor time for 3,000 pupils, and were ready hardly earlier.
"""
_MOST = 8
_AHEAD = 2
"""Classes that wait beside those being printed: memory does not grow with the school."""
_DEATHS = 3
"""So often in a row a process may die before the class is what kills it."""


class CutOffError(UserError):
    """Whoever prints is gone: what is printed stays, and the run may go on from there."""


@dataclass(frozen=True)
class Working:
    """How classes are printed: where, by what, and whom what happens is told."""

    asked: BatchAsked
    progress: Progress
    known: Callable[[ClassTask], ClassPrint | None] = lambda _: None
    """Returns a class that need not be printed again."""
    away: Printer | None = None
    """Prints where this machine's files are not, if work is given away."""
    pack: Callable[[ClassTask], ClassTask] = lambda task: task
    """Makes a class ready for the way."""
    tell: Callable[[Problem], None] = lambda _: None


def printed(
    tasks: Iterable[ClassTask], pupils: int, working: Working
) -> Iterator[tuple[ClassTask, ClassPrint]]:
    """Print classes; what is known already is not printed again."""
    asked, jobs = working.asked, jobs_for(working.asked, pupils)
    if asked.executor is None and jobs < 2:
        for task in tasks:
            yield task, working.known(task) or print_class(task, working.progress)
        return
    from kcbx_docs.batch.processes import Processes  # loads what runs them; most print alone

    make: Executors = asked.executor or partial(Processes, jobs)
    with ExitStack() as stack:
        crew = _Crew(stack, make, working, jobs)
        yield from _ahead(tasks, crew, working.known)


@dataclass
class _Sent:
    """A class that is being printed, or known already."""

    task: ClassTask
    future: Future[ClassPrint]
    known: bool = False

    @property
    def broken(self) -> bool:
        """Tell whether the process died that should have printed it."""
        if not self.future.done() or self.future.cancelled():
            return False
        return isinstance(self.future.exception(), BrokenExecutor)


@dataclass
class _Crew:
    """Those who print; where one of them died, all begin anew and what it had is done again."""

    stack: ExitStack
    make: Executors
    working: Working
    hands: int
    """How many classes are printed at once."""
    deaths: int = 0
    executor: Executor | None = None
    """Begun when there is something to print."""

    def send(self, task: ClassTask) -> Future[ClassPrint]:
        """Have a class printed."""
        executor = self.executor or self._begin()
        try:
            return self._submit(executor, task)
        except BrokenExecutor:
            self._count(task)
            return self._submit(self._begin(), task)

    def _submit(self, executor: Executor, task: ClassTask) -> Future[ClassPrint]:
        return executor.submit(self.working.away or print_class, self.working.pack(task))

    def _begin(self) -> Executor:
        self.stack.close()
        self.executor = self.stack.enter_context(self.make())
        self.hands = getattr(self.executor, "hands", self.hands)
        return self.executor

    def _count(self, task: ClassTask) -> None:
        """Tell of a process that died; one that always dies with the same class stops the run."""
        self.deaths += 1
        if self.deaths >= _DEATHS:
            raise CutOffError([problem("RUN060", name=task.name, count=self.deaths)])
        self.working.tell(problem("RUN061", name=task.name))

    def result(self, first: _Sent, others: Iterable[_Sent]) -> ClassPrint:
        """Wait for a class; what was lost with it is sent again."""
        while True:
            try:
                done = first.future.result()
            except BrokenExecutor:
                for sent in (first, *others):
                    if sent.broken:
                        sent.future = self.send(sent.task)
            else:
                if not first.known:
                    self.deaths = 0
                return done


def _ahead(
    tasks: Iterable[ClassTask],
    crew: _Crew,
    known: Callable[[ClassTask], ClassPrint | None],
) -> Iterator[tuple[ClassTask, ClassPrint]]:
    """Have a few classes printed ahead of the one that is waited for."""
    waiting: deque[_Sent] = deque()
    for task in tasks:
        waiting.append(_sent(task, crew, known(task)))
        if len(waiting) >= crew.hands + _AHEAD:
            yield _first(waiting, crew)
    while waiting:
        yield _first(waiting, crew)


def _first(waiting: deque[_Sent], crew: _Crew) -> tuple[ClassTask, ClassPrint]:
    sent = waiting.popleft()
    return sent.task, of_task(crew.result(sent, waiting), sent.task)


def _sent(task: ClassTask, crew: _Crew, known: ClassPrint | None) -> _Sent:
    if known is None:
        return _Sent(task, crew.send(task))
    there: Future[ClassPrint] = Future()
    there.set_result(known)
    return _Sent(task, there, known=True)


def jobs_for(asked: BatchAsked, pupils: int) -> int:
    """Tell how many processes print: as many as are asked for, or as pay."""
    if asked.jobs:
        return asked.jobs
    return min(_processors(), _MOST) if pupils >= _PAYS else 1


def _processors() -> int:
    """Count the processors that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # Linux alone tells
        return os.cpu_count() or 1
