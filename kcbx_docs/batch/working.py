"""Classes printed one after another or several at once, always given back in their order."""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import AbstractContextManager

from kcbx_docs.batch.asked import BatchAsked
from kcbx_docs.batch.task import ClassPrint, ClassTask, print_class
from kcbx_docs.papers.press import Progress

_PAYS = 400
"""Pupils from which on it pays to start further processes."""
_MOST = 8
_AHEAD = 2
"""Classes that wait beside those being printed: memory does not grow with the school."""


def printed(
    tasks: Iterable[ClassTask],
    asked: BatchAsked,
    pupils: int,
    progress: Progress,
    known: Callable[[ClassTask], ClassPrint | None],
) -> Iterator[tuple[ClassTask, ClassPrint]]:
    """Print classes; what is ``known`` already is not printed again."""
    jobs = jobs_for(asked, pupils)
    if asked.executor is None and jobs < 2:
        for task in tasks:
            yield task, known(task) or print_class(task, progress)
        return
    make = asked.executor or (lambda: _processes(jobs))
    with make() as executor:
        yield from _ahead(tasks, executor, jobs + _AHEAD, known)


def _ahead(
    tasks: Iterable[ClassTask],
    executor: Executor,
    most: int,
    known: Callable[[ClassTask], ClassPrint | None],
) -> Iterator[tuple[ClassTask, ClassPrint]]:
    """Have a few classes printed ahead of the one that is waited for."""
    waiting: deque[tuple[ClassTask, ClassPrint | Future[ClassPrint]]] = deque()
    try:
        for task in tasks:
            waiting.append((task, known(task) or executor.submit(print_class, task)))
            if len(waiting) >= most:
                yield _done(*waiting.popleft())
        while waiting:
            yield _done(*waiting.popleft())
    finally:
        for _, left in waiting:
            if isinstance(left, Future):
                left.cancel()


def _done(task: ClassTask, made: ClassPrint | Future[ClassPrint]) -> tuple[ClassTask, ClassPrint]:
    return task, made.result() if isinstance(made, Future) else made


def jobs_for(asked: BatchAsked, pupils: int) -> int:
    """Tell how many processes print: as many as are asked for, or as pay."""
    if asked.jobs:
        return asked.jobs
    return min(os.cpu_count() or 1, _MOST) if pupils >= _PAYS else 1


def _processes(jobs: int) -> AbstractContextManager[Executor]:
    return ProcessPoolExecutor(jobs, initializer=_quiet)


def _quiet() -> None:
    """Leave it to the first process to say that the user stopped the run."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
