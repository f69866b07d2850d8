"""Classes printed by the machines of a dask.distributed cluster. Loaded only if it is asked for."""

import logging
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager, suppress
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from kcbx_docs.batch.sameness import differences, made_with
from kcbx_docs.batch.working import CutOffError
from kcbx_docs.filing.parcel import stop_of_others
from kcbx_docs.problems import Problem, UserError, problem, stop

_CONNECTING = 10.0
_ASKING = 60.0
"""Seconds within which every machine says what it prints with."""
_PATIENCE = 30.0
"""Seconds without any machine after which nobody waits for one."""
_LOOKING = 0.5


class Cluster(Executor):
    """The machines of a cluster as an executor: whatever happens to them is told in plain words."""

    def __init__(self, address: str, tell: Callable[[Problem], None], patience: float = _PATIENCE):
        self.address, self._tell, self._patience = address, tell, patience
        self._client = _connected(address)
        self._inner = self._client.get_executor(pure=False)
        self._waiting: set[Future[Any]] = set()
        self._lock, self._over = Lock(), Event()
        self._seen = frozenset(self._machines())
        self._watcher = Thread(target=self._watch, daemon=True)
        self._watcher.start()

    @property
    def hands(self) -> int:
        """Tell how many classes are printed at once: one in each process."""
        return max(1, len(self._machines()))

    def refuse_others(self, formats: Sequence[str]) -> None:
        """Raise unless every machine makes the same bytes as this one."""
        if not self._machines():
            raise CutOffError([problem("RUN065", address=self.address)])
        own = made_with(formats)
        try:
            said = self._client.run(made_with, tuple(formats), on_error="return")
        except Exception as error:
            raise self._plain(error) from error
        told = {_host(place): tuple(_unlike(own, there)) for place, there in said.items()}
        if unlike := {place: what for place, what in told.items() if what}:
            raise stop_of_others(unlike)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have something done by any machine; where one is lost, another does it."""
        told: Future[Any] = Future()
        with self._lock:
            self._waiting.add(told)
        try:
            inner = self._inner.submit(fn, *args, **kwargs)
        except Exception as error:
            raise self._plain(error) from error
        inner.add_done_callback(lambda done: self._pass_on(done, told))
        return told

    def _pass_on(self, done: Future[Any], told: Future[Any]) -> None:
        error = CancelledError() if done.cancelled() else done.exception()
        with self._lock:
            if told not in self._waiting:
                return
            self._waiting.remove(told)
        if error is None:
            told.set_result(done.result())
        else:
            told.set_exception(self._plain(error))

    def _plain(self, error: BaseException) -> BaseException:
        """Say what befell the cluster; a mistake of the program itself stays what it is."""
        if isinstance(error, UserError):
            return error
        kind = type(error)
        if kind.__name__ == "KilledWorker":
            return CutOffError([problem("RUN066", address=self.address)])
        lost = isinstance(error, CancelledError | OSError | TimeoutError | ImportError)
        if lost or kind.__module__.partition(".")[0] in ("distributed", "dask", "tornado"):
            return CutOffError([problem("RUN067", address=self.address, reason=_reason(error))])
        return error

    def _machines(self) -> Mapping[str, Any]:
        asked = self._client.scheduler.identity
        told: Mapping[str, Any] = self._client.sync(
            asked, n_workers=-1, callback_timeout=_CONNECTING
        )
        return dict(told["workers"])

    def _watch(self) -> None:
        """Where no machine is left for long, stop waiting for one."""
        alone = 0.0
        while not self._over.wait(_LOOKING):
            alone = 0.0 if self._look() else alone + _LOOKING
            if alone >= self._patience:
                self._give_up()

    def _look(self) -> bool:
        """Tell of machines that are gone; return whether any is left."""
        here: frozenset[str] = frozenset()
        if self._client.status == "running":
            with suppress(Exception):
                here = frozenset(self._machines())
        if here:
            for place in sorted(self._seen - here):
                self._tell(problem("RUN068", where=_host(place)))
            self._seen = here
        return bool(here)

    def _give_up(self) -> None:
        with self._lock:
            waiting, self._waiting = self._waiting, set()
        for told in waiting:
            told.set_exception(CutOffError([problem("RUN065", address=self.address)]))

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the cluster; what it has not begun is not wanted any more."""
        self._over.set()
        self._watcher.join()
        if kind is None:
            self._look()
        with suppress(Exception), _quietly():
            self._inner.shutdown(wait=False)
            self._client.close(timeout=2)


@contextmanager
def opened_cluster(
    address: str, formats: Sequence[str], tell: Callable[[Problem], None]
) -> Iterator[Executor]:
    """Open a cluster all of whose machines make the same bytes."""
    with _quietly(), Cluster(address, tell) as cluster:
        cluster.refuse_others(formats)
        if urlsplit(address).scheme == "tcp" and not _is_here(address):
            tell(problem("RUN069", address=address))
        yield cluster


def _is_here(address: str) -> bool:
    return urlsplit(address).hostname in ("127.0.0.1", "localhost", "::1")


def _connected(address: str) -> Any:
    try:
        from distributed import Client, Security
    except ImportError as error:
        raise stop("RUN070", library=error.name or "distributed") from error
    for name in ("distributed", *filter(_chatty, logging.root.manager.loggerDict)):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    certificate = Security().get_connection_args("client").get("ssl_context")
    if address.startswith("tls:") and certificate is None:  # the client would never close again
        raise CutOffError([problem("RUN064", address=address, reason="证书没有配好")])
    try:
        return Client(address, timeout=_CONNECTING, set_as_default=False, name="kcbx")
    except Exception as error:
        raise CutOffError([problem("RUN064", address=address, reason=_reason(error))]) from error


def _reason(error: BaseException) -> str:
    """Say why there is no connection; what else the library says is for who looks after it."""
    said = f"{type(error).__name__}: {error}"
    if isinstance(error, CancelledError):
        return "那边停了"
    if "TLS" in said or "ssl" in said.lower() or "certificate" in said:
        return f"证书没有配好（{said[:200]}）"
    if isinstance(error, OSError | TimeoutError):
        return "没有回答"
    return f"出了错（{said[:200]}）"


def _chatty(name: str) -> bool:
    return name.startswith("distributed.")


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep the library's own warnings, in its own language, from the screen."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _unlike(own: Mapping[str, str], there: object) -> Iterator[str]:
    if isinstance(there, Mapping):
        yield from differences(own, there)
    elif isinstance(there, ImportError):
        yield f"那里没有装 kcbx-docs（缺 {there.name}）"
    else:
        yield f"那里出了错：{type(there).__name__}: {there}"[:200]


def _host(place: str) -> str:
    """Name a process by its machine and port."""
    return urlsplit(place).netloc or place
