"""What is sent to another machine so that it can print a class: the files that templates are filled
with, and what this machine prints with. The roster and the ledger stay here.
"""

import atexit
import io
import shutil
import socket
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock

from kcbx_docs.batch.preflight import HeldBack
from kcbx_docs.batch.sameness import differences, made_with
from kcbx_docs.batch.task import ClassPrint, ClassTask, print_class
from kcbx_docs.case.files import WORKSPACE_FILE, LoadedBatch
from kcbx_docs.light import dataclass, regex
from kcbx_docs.office.opened import CALENDARS, TEMPLATES, Office
from kcbx_docs.problems import Problem, UserError, problem, stop
from kcbx_docs.writing import write_new

_LEDGER = regex(r"(?m)^登记簿[ \t]*[:：].*\n?(?:[ \t]+.*\n?)*")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_NAMED = 6


@dataclass(frozen=True)
class Parcel:
    """An office as far as printing needs it, and what its papers are to be made with."""

    batch: str
    """The batch file within the office."""
    office: bytes
    made_with: tuple[tuple[str, str], ...]

    def __call__(self, task: ClassTask) -> ClassPrint:
        """Print a class, wherever this is called."""
        return print_away(self, task)


def parcel_of(office: Office, loaded: LoadedBatch, formats: Sequence[str]) -> Parcel:
    """Pack what another machine needs."""
    batch = loaded.path.resolve().relative_to(office.root.resolve())
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in _files(office, batch):
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), data)
    told = made_with(formats)
    return Parcel(batch.as_posix(), packed.getvalue(), tuple(told.items()))


def _files(office: Office, batch: Path) -> Iterator[tuple[str, bytes]]:
    text = (office.root / WORKSPACE_FILE).read_bytes().decode("utf-8", "surrogateescape")
    yield WORKSPACE_FILE, _without_ledger(office, text).encode("utf-8", "surrogateescape")
    yield batch.as_posix(), (office.root / batch).read_bytes()
    for folder in (TEMPLATES, CALENDARS):
        for path in sorted((office.root / folder).rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                yield path.relative_to(office.root).as_posix(), path.read_bytes()


def _without_ledger(office: Office, text: str) -> str:
    """Leave out where the ledger is: its address may hold a password."""
    left = _LEDGER.sub("", text)
    if office.workspace.ledger and office.workspace.ledger in left:
        raise stop("RUN062", office.loaded.source.place(("登记簿",)))
    return left


_alone = Lock()
"""A process prints one class at a time, however many threads it has: Pango is not shared."""
_unpacked: dict[Parcel, Path] = {}


def print_away(parcel: Parcel, task: ClassTask) -> ClassPrint:
    """Print a class on whichever machine this is; one that would make other bytes refuses."""
    refuse_if_other(parcel.made_with, task.order.formats)
    with _alone:
        folder = _folder(parcel)
        order = replace(task.order, batch=folder / parcel.batch)
        return _as_from_home(print_class(replace(task, order=order)), folder)


def refuse_if_other(asked: Sequence[tuple[str, str]], formats: Sequence[str]) -> None:
    """Raise if this machine prints with anything else than the one that asks."""
    if told := tuple(differences(dict(asked), made_with(formats))):
        raise stop_of_others({socket.gethostname(): told})


def stop_of_others(told: Mapping[str, Sequence[str]]) -> UserError:
    """Say of machines what they have to install."""
    found: list[Problem] = []
    for where, what in told.items():
        more = f"；另有 {len(what) - _NAMED} 处" if len(what) > _NAMED else ""
        found.append(problem("RUN063", where=where, what="；".join(what[:_NAMED]) + more))
    return UserError(found)


def _folder(parcel: Parcel) -> Path:
    """Return the folder where an office lies that was sent; only the last one is kept."""
    if parcel not in _unpacked:
        _forget()
        folder = Path(tempfile.mkdtemp(prefix="kcbx-"))
        with zipfile.ZipFile(io.BytesIO(parcel.office)) as archive:
            for name in archive.namelist():
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                write_new(path, archive.read(name))
        _unpacked[parcel] = folder
    return _unpacked[parcel]


@atexit.register
def _forget() -> None:
    for folder in _unpacked.values():
        shutil.rmtree(folder, ignore_errors=True)
    _unpacked.clear()


def _as_from_home(done: ClassPrint, folder: Path) -> ClassPrint:
    """Name files as they are called within the office, not where they were unpacked."""

    def named(found: Problem) -> Problem:
        file = found.place.file.removeprefix(f"{folder}/")
        return replace(found, place=replace(found.place, file=file))

    held = tuple(HeldBack(one.pupil, tuple(map(named, one.faults))) for one in done.held)
    return replace(done, held=held, problems=tuple(map(named, done.problems)))
