"""Long work of the desk: one piece at a time, each with how far it is and a way to stop it.

That it runs is written down in the workspace, so that a desk which is opened again can say what
was broken off: whatever did the work has died with the desk, and left nothing half written.
"""

import json
import logging
import secrets
import shutil
import time
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Lock, Thread, get_ident
from typing import Any, Literal

from kcbx_docs.desk.apart import CameOf, Hands, Work, apart
from kcbx_docs.ledger.who import done_by, who_acts
from kcbx_docs.light import dataclass
from kcbx_docs.locking import OUTPUT, only_writer
from kcbx_docs.moves import make_folder
from kcbx_docs.problems import Place, Problems, UserError, problem, stop
from kcbx_docs.words import time_left
from kcbx_docs.writing import write_whole

State = Literal["等着", "正在做", "正在停下", "做完了", "停下了", "没有做成", "断了"]
OVER: frozenset[State] = frozenset({"做完了", "停下了", "没有做成", "断了"})
FOLDER = Path(OUTPUT) / ".办公桌" / "长活"
_MOST_WAITING = 2
_KEPT = 8
"""Pieces of work whose end is remembered."""
_TOLD = "长活.json"
log = logging.getLogger("kcbx.desk")


@dataclass(frozen=True)
class LongWork:
    """What a piece of work is called, which command it equals, and where its screen is."""

    title: str
    command: str
    screen: str
    """The address of the screen that it was begun from, and goes on from."""
    again: str = ""
    """The command that goes on where it was broken off."""
    file: str = ""
    """The file that the screen is of, below the workspace: the next desk calls it otherwise."""
    login: str = ""
    """Who began it on a county's server: nobody else sees it."""
    at_once: bool = False
    """Whether it may be stopped wherever it is: it writes nothing before its end."""

    @property
    def ours(self) -> bool:
        """Tell whether it is that of the one who asks."""
        who = who_acts()
        return who is None or self.login in ("", who.login)


@dataclass(frozen=True)
class HowFar:
    """How far a piece of work is."""

    done: int = 0
    total: int = 0
    what: str = ""
    left: str = ""
    """How long it will still take, in words; nothing while nobody can know."""


class LongJob:
    """A piece of work that was begun, waits, or is over."""

    def __init__(self, about: LongWork, work: Work | None, state: State = "等着") -> None:
        self.call = secrets.token_hex(8)
        self.about, self.work, self.state = about, work, state
        self.far = HowFar()
        self.came = CameOf()
        self.unwanted = False
        self._since: tuple[float, int] | None = None

    @property
    def at_once(self) -> bool:
        """Tell whether it may be ended wherever it is."""
        return self.about.at_once

    @property
    def over(self) -> bool:
        """Tell whether nothing will change any more."""
        return self.state in OVER

    @property
    def result(self) -> Any:
        """Return what it made; nothing where it made nothing."""
        return self.came.result

    @property
    def problems(self) -> Problems:
        """List why it made nothing."""
        if self.came.died:
            return (problem("DESK021", Place(), again=self.about.again or self.about.command),)
        return self.came.problems

    def hears(self, done: int, total: int, what: str) -> None:
        """Be told how far it is; whoever cannot count tells only what is being done."""
        if not total:
            self.far = HowFar(self.far.done, self.far.total, what, self.far.left)
            return
        if self._since is None:
            self._since = time.monotonic(), done
        begun, before = self._since
        gone, made = time.monotonic() - begun, done - before
        left = time_left(gone / made * (total - done)) if made > 0 else ""
        self.far = HowFar(done, total, what, left)

    def end(self, came: CameOf) -> None:
        """Say what came of it."""
        self.came, self.work = came, None
        if came.unwanted:
            self.state = "停下了"
        else:
            self.state = "没有做成" if came.problems or came.died else "做完了"

    def as_data(self) -> dict[str, object]:
        """Return how far it is as plain data, for the script of its page."""
        far = self.far
        told = {"state": self.state, "over": self.over, "done": far.done, "total": far.total}
        return {**told, "what": far.what, "left": far.left}


class Jobs:
    """The long work of a desk."""

    def __init__(self, root: Path, hands: Hands = apart) -> None:
        self._folder = root / FOLDER
        self._root, self._hands = root, hands
        self._lock = Lock()
        self._waiting: deque[LongJob] = deque()
        self._known: dict[str, LongJob] = {}
        self._works = False
        self._held: set[int] = set()
        """The threads for which a place is kept."""

    def begin(self, about: LongWork, work: Work) -> LongJob:
        """Have something done as soon as what was begun before is over; refuse where two wait."""
        if who := who_acts():
            about, work = replace(about, login=who.login), partial(done_by, who, work)
        with self._lock:
            if get_ident() not in self._held:
                self._refuse_full()
            self._held.discard(get_ident())
            job = LongJob(about, work)
            self._known[job.call] = job
            self._waiting.append(job)
            self._forget_old()
            if not self._works:
                self._works = True
                Thread(target=self._do, name="kcbx-desk-work", daemon=True).start()
        return job

    @contextmanager
    def place(self) -> Iterator[None]:
        """Keep a place for what this thread begins meanwhile: files are written for it first.
        Raise where two pieces of work wait already, or are to.
        """
        with self._lock:
            self._refuse_full()
            self._held.add(get_ident())
        try:
            yield
        finally:
            with self._lock:
                self._held.discard(get_ident())

    def _refuse_full(self) -> None:
        count = len(self._waiting) + len(self._held)
        if count >= _MOST_WAITING:
            raise stop("DESK020", Place(), count=count)

    def named(self, call: str) -> LongJob | None:
        """Find a piece of work by its name in addresses."""
        job = self._known.get(call)
        return job if job and job.about.ours else None

    def last_of(self, screen: str, file: str = "") -> LongJob | None:
        """Find what was last done from a screen, and is remembered."""
        jobs = (job for job in [*self._known.values()] if job.over and job.about.ours)
        same = [job for job in jobs if (job.about.screen, job.about.file) == (screen, file)]
        return same[-1] if same else None

    @property
    def unfinished(self) -> tuple[LongJob, ...]:
        """List what waits or is being done."""
        return tuple(job for job in [*self._known.values()] if not job.over and job.about.ours)

    def cancel(self, call: str) -> None:
        """Have a piece of work stopped; what waits is never begun."""
        with self._lock:
            job = self._known.get(call)
            if job is None or job.over or not job.about.ours:
                return
            job.unwanted = True
            if job in self._waiting:
                self._waiting.remove(job)
                job.end(CameOf(unwanted=True))
            else:
                job.state = "正在停下"

    def broken_off(self) -> tuple[LongJob, ...]:
        """List what was being done when its desk died; what another desk is doing is none of it."""
        return tuple(self._broken_off())

    def _broken_off(self) -> Iterator[LongJob]:
        for path in sorted(self._folder.glob(f"*/{_TOLD}")):
            if path.parent.name in self._known:
                continue
            with suppress(OSError, ValueError, TypeError, UserError):
                with only_writer(path.parent, "", patience=0):
                    about = LongWork(**json.loads(path.read_bytes()))
                job = LongJob(about, None, "断了")
                job.call = path.parent.name
                if about.ours:
                    yield job

    def forget(self, call: str) -> None:
        """Say nothing more of what was broken off."""
        for job in self.broken_off():
            if job.call == call:
                shutil.rmtree(self._folder / call, ignore_errors=True)

    def _forget_like(self, about: LongWork) -> None:
        """Say nothing more of what was broken off and is done now."""
        for job in self.broken_off():
            if (job.about.screen, job.about.file) == (about.screen, about.file):
                self.forget(job.call)

    def _forget_old(self) -> None:
        over = [call for call, job in self._known.items() if job.over]
        for call in over[: -_KEPT or None]:
            del self._known[call]

    def _do(self) -> None:
        while job := self._next():
            try:
                self._carry_out(job)
            except Exception as error:  # noqa: BLE001 - what waits is begun all the same
                log.error("%s beside long work", type(error).__name__)

    def _carry_out(self, job: LongJob) -> None:
        came = CameOf(died="Exception")
        try:
            with self._written_down(job):
                came = self._done(job)
        finally:
            with self._lock:
                job.end(came)
        if job.state == "做完了" and job.about.file:
            self._forget_like(job.about)

    def _done(self, job: LongJob) -> CameOf:
        """Have it done; whatever happens, what waits behind it is not held up."""
        try:
            return self._hands(job.work, job) if job.work else CameOf()
        except Exception as error:  # noqa: BLE001
            log.error("%s in long work", type(error).__name__)
            return CameOf(died=type(error).__name__)

    def _next(self) -> LongJob | None:
        with self._lock:
            if not self._waiting:
                self._works = False
                return None
            job = self._waiting.popleft()
            job.state = "正在做"
            return job

    @contextmanager
    def _written_down(self, job: LongJob) -> Iterator[None]:
        """Write down that something is being done, under a lock that dies with this desk."""
        folder = self._folder / job.call
        with ExitStack() as stack:
            with suppress(OSError, UserError):  # a full disk is told by the work itself
                make_folder(self._root, folder)
                stack.enter_context(only_writer(folder, job.about.title))
                told = json.dumps(vars(job.about), ensure_ascii=False)
                write_whole(folder / _TOLD, told.encode())
            yield
            with suppress(OSError):
                (folder / _TOLD).unlink()
        shutil.rmtree(folder, ignore_errors=True)
