"""A case goes to another organ: one file with its whole history, for its owner's eyes only, and
the event in the case file that says so.
"""

import json
import os
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from kcbx_docs.case.files import LoadedCase
from kcbx_docs.issuing.bundle import MANIFEST, CaseBundle, Handing, bundle_of, digest_of, sha256_of
from kcbx_docs.ledger.blobs import make_folder
from kcbx_docs.light import dataclass
from kcbx_docs.office.log import Logged, log, write
from kcbx_docs.office.opened import Office, open_office
from kcbx_docs.office.reason import check_reason
from kcbx_docs.problems import Place, Problem, Problems, UserError, problem, raise_errors, stop
from kcbx_docs.procedure.verdict import permission
from kcbx_docs.record.closing import HAND_OVER, closing_of
from kcbx_docs.writing import PRIVATE, STAGED, reason_of, to_disk

FOLDER = "移交"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_BROKEN = "写好以后读回来的不一样"


@dataclass(frozen=True)
class Sending:
    """What somebody says of a transfer."""

    organ: str
    day: date
    reason: str
    text: str = ""
    answer_by: date | None = None
    handlers: Sequence[str] = ()
    excuse: str = ""
    """Why it is handed over all the same, where the procedure asks for a reason."""


@dataclass(frozen=True)
class Sent:
    """What was made, or would be."""

    path: Path
    bundle: CaseBundle
    logged: Logged
    title: str
    """What the covering letter is called here."""
    problems: Problems


def send(
    path: Path, told: Sending, today: date, folder: Path | None = None, *, dry: bool = False
) -> Sent:
    """Write the file for the other organ and the event into the case; or only prove that it can."""
    office = open_office(path)
    loaded, found = office.read(path, today)
    raise_errors(found)
    if not isinstance(loaded, LoadedCase):
        raise stop("CLI052", Place(str(path)))
    more = _allowed(office, loaded, told)
    bundle = bundle_of(office, loaded, Handing(told.organ, told.day, told.reason, told.text))
    own = folder or office.root / FOLDER
    target = _place(own, f"{FOLDER}-{loaded.case.id}-{told.day}", bundle)
    logged = log(office, path, _event(bundle, told), told.day)
    if not dry:
        _carry_out(office, target, bundle, logged)
    lacking = (problem("LEAD026", Place(), file=name) for name in bundle.lacking)
    stale = _stale(own, target, loaded)
    title = office.law.title(office.law.document_of(HAND_OVER))
    return Sent(target, bundle, logged, title, (*more, *lacking, *stale, *logged.problems))


def _carry_out(office: Office, target: Path, bundle: CaseBundle, logged: Logged) -> None:
    """Write the file, then the event: a run that dies between them is taken up by the next one."""
    if not target.exists():
        write_bundle(target, bundle)
    try:
        if logged.change:
            write(office, logged.change)
    except BaseException:  # nothing says that it was handed over: nobody must send it
        target.unlink(missing_ok=True)
        raise


def _place(folder: Path, stem: str, bundle: CaseBundle) -> Path:
    """Return the file of a run that died after it had been written, or a name that is free."""
    names = (f"{stem}{f'-{number}' if number > 1 else ''}.zip" for number in count(1))
    paths = (folder / name for name in names)
    return next(one for one in paths if not os.path.lexists(one) or _holds(one, bundle))


def _holds(path: Path, bundle: CaseBundle) -> bool:
    """Tell whether a file is this bundle, whole."""
    try:
        same = _list_in(path) == bundle.manifest
        if same:
            _read_again(path, bundle)
    except (OSError, zipfile.BadZipFile, KeyError, UserError):
        return False
    return same


def _list_in(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(MANIFEST)


def _stale(folder: Path, own: Path, loaded: LoadedCase) -> Iterator[Problem]:
    """Tell of files of this case that no event tells of: a run died, and the case has changed."""
    known = {event.digest for event in loaded.case.history}
    for path in sorted(folder.glob(f"{FOLDER}-*.zip")):
        with suppress(OSError, zipfile.BadZipFile, KeyError, ValueError):
            manifest = _list_in(path)
            ours = json.loads(manifest)["案件编号"] == loaded.case.id
            if path != own and ours and digest_of(manifest) not in known:
                yield problem("LEAD037", Place(), file=path)


def _allowed(office: Office, loaded: LoadedCase, told: Sending) -> Problems:
    """Raise where the case is with another organ already, or the procedure asks for a reason."""
    docket = office.docket(loaded)
    if handed := closing_of(docket.happened(told.day)).handed:
        place = docket.place(handed)
        raise stop("LEAD028", place, day=handed.day, organ=handed.organ)
    check_reason(told.excuse, office.workspace)
    answer = permission(docket, office.law.document_of(HAND_OVER), "", told.day)
    return raise_errors(answer.problems(with_reason=bool(told.excuse)))


def _event(bundle: CaseBundle, told: Sending) -> dict[str, Any]:
    values = {
        "日期": told.day.isoformat(),
        "事项": HAND_OVER,
        "机关": told.organ,
        "原因": told.reason,
        "内容": told.text,
        "期限": told.answer_by.isoformat() if told.answer_by else "",
        "承办人": [*told.handlers],
        "校验值": bundle.digest,
        "备注": told.excuse,
    }
    return {key: value for key, value in values.items() if value}


def write_bundle(target: Path, bundle: CaseBundle) -> None:
    """Write a bundle whole, read it again, and only then give it its name; nobody else reads it."""
    make_folder(target.parent.resolve())
    # A new file that only its owner reads: one left over might be anybody's.
    handle, name = tempfile.mkstemp(prefix=STAGED, dir=target.parent)
    staged = Path(name)
    try:
        with os.fdopen(handle, "w+b") as stream:
            _fill(stream, bundle)
            stream.flush()
            to_disk(stream.fileno())
        _read_again(staged, bundle)
        staged.replace(target)
    except OSError as error:
        raise stop("PAPR007", Place(), path=target, reason=reason_of(error)) from error
    finally:
        with suppress(OSError):
            staged.unlink()


def _fill(stream: Any, bundle: CaseBundle) -> None:
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_named(MANIFEST), bundle.manifest)
        for piece in bundle.pieces:
            archive.writestr(_named(piece.name), piece.load())


def _named(name: str) -> zipfile.ZipInfo:
    """Name an entry so that the same case gives the same bytes."""
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = PRIVATE << 16
    return entry


def _read_again(path: Path, bundle: CaseBundle) -> None:
    with zipfile.ZipFile(path) as archive:
        for piece in bundle.pieces:
            if sha256_of(archive.read(piece.name)) != piece.sha256:
                raise stop("LEAD020", Place(), file=path, detail=_BROKEN)
