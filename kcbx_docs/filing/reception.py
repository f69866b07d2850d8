"""A case comes from another organ: every hash is compared before anything is written; its history
stays as it was, marked as the other's, under a number of our own.
"""

import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from kcbx_docs.act import Put, together
from kcbx_docs.case.event import Event
from kcbx_docs.case.model import Guardian, Pupil, name_key
from kcbx_docs.filing.transfer import FOLDER
from kcbx_docs.issuing.bundle import CHAIN, FORMAT, MANIFEST, digest_of, organ_in, sha256_of
from kcbx_docs.ledger.model import hash_of
from kcbx_docs.light import dataclass, regex
from kcbx_docs.office.children import known_children
from kcbx_docs.office.opened import Office
from kcbx_docs.problems import Place, Problem, Problems, UserError, problem, stop
from kcbx_docs.reading import Source, read_model
from kcbx_docs.writing import reason_of

TAKEN = "接收移交"
_MOST_BYTES, _MOST_FILES, _LONGEST_LIST = 2 << 30, 5000, 32 << 20
_AS_WRITTEN = tuple(str(info.alias) for info in Event.model_fields.values())
"""The keys of an event in the order in which people write them."""
_NAME = regex(r"[^/\\\x00]+|文件/[^/\\\x00]+")


@dataclass(frozen=True)
class Received:
    """A bundle that was read and found whole."""

    path: Path
    told: Mapping[str, Any]
    digest: str

    @property
    def organ(self) -> str:
        """Name the organ that handed it over."""
        return organ_in(self.told)

    @property
    def former(self) -> str:
        """Return the number that the case had there."""
        return str(self.told["案件编号"])

    @property
    def pupil(self) -> str:
        """Name the child."""
        return str(self.told["案件"]["学生"]["姓名"])

    @property
    def names(self) -> tuple[str, ...]:
        """Name the files in it."""
        return tuple(one["名称"] for one in self.told["文件"])


def read_bundle(path: Path, digest: str = "") -> Received:
    """Read a bundle and compare every hash; raise with what is wrong."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _read(path, archive, digest)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, NotImplementedError) as error:
        raise stop("LEAD020", Place(), file=path, detail=_why(error)) from error
    except OSError as error:
        raise stop("LEAD020", Place(), file=path, detail=reason_of(error)) from error


def _why(error: Exception) -> str:
    return f"里面没有{error}" if isinstance(error, KeyError) else "打不开，或者写法不对"


def _read(path: Path, archive: zipfile.ZipFile, given: str) -> Received:
    manifest = _list_in(path, archive)
    digest, told = digest_of(manifest), json.loads(manifest)
    if told["格式"] > FORMAT:
        raise stop("LEAD022", Place(), format=told["格式"])
    if given and given.replace("-", "").lower() != digest.replace("-", ""):
        raise stop("LEAD023", Place(), digest=digest, given=given)
    listed = {one["名称"]: one["sha256"] for one in told["文件"]}
    wrong = [*_wrong(archive, listed)]
    wrong += [name for name in archive.namelist() if name not in listed and name != MANIFEST]
    if wrong:
        raise UserError(problem("LEAD021", Place(str(path)), name=name) for name in wrong)
    return Received(path, told, digest)


def _list_in(path: Path, archive: zipfile.ZipFile) -> bytes:
    """Return the list of a file that is no larger than a case can be."""
    entries = {one.filename: one for one in archive.infolist()}
    if sum(one.file_size for one in entries.values()) > _MOST_BYTES or len(entries) > _MOST_FILES:
        raise stop("LEAD020", Place(), file=path, detail="太大")
    if MANIFEST not in entries or entries[MANIFEST].file_size > _LONGEST_LIST:
        raise stop("LEAD020", Place(), file=path, detail=f"里面没有{MANIFEST}")
    return archive.read(MANIFEST)


def _wrong(archive: zipfile.ZipFile, listed: Mapping[str, str]) -> Iterator[str]:
    for name, sha256 in listed.items():
        plain = _NAME.fullmatch(name) and not name.startswith(".")
        if not plain or name not in archive.namelist():
            yield name
            continue
        data = archive.read(name)
        if sha256_of(data) != sha256 or (name == CHAIN and not _sound(data)):
            yield name


def _sound(chain: bytes) -> bool:
    """Tell whether every event of the other ledger is as it was recorded there."""
    rows = map(json.loads, chain.decode("utf-8").splitlines())
    return all(hash_of(row["prev"], row["body"].encode()) == row["hash"] for row in rows)


def strayed(received: Received, own: str) -> Problems:
    """Tell that the bundle was handed to another organ than ours."""
    addressed = str(received.told.get("接收机关") or own)
    if name_key(addressed) == name_key(own):
        return ()
    facts = {"sender": received.organ, "addressed": addressed, "own": own}
    return (problem("LEAD063", Place(), **facts),)


def refuse_known(received: Received, files: Sequence[Path], *, anyway: bool) -> None:
    """Raise where this very file was received before, or the child has an open case here."""
    for path in files:
        if received.digest in path.read_text("utf-8", "ignore"):
            raise stop("LEAD024", Place(), digest=received.digest, case=path)
    pupil, guardians = _people(received.told["案件"])
    if pupil is None or anyway:
        return
    for child in known_children(files, [pupil]):
        if child.may_be(pupil, guardians):
            raise stop("LEAD025", Place(), name=pupil.name, case=child.path)


def _people(data: Mapping[str, Any]) -> tuple[Pupil | None, tuple[Guardian, ...]]:
    pupil, _ = read_model(Pupil, Source("", "", data["学生"]))
    found = (read_model(Guardian, Source("", "", one))[0] for one in data.get("监护人") or ())
    return pupil, tuple(one for one in found if one)


def case_values(
    received: Received, office: Office, number: str, day: date, handlers: Sequence[str]
) -> dict[str, Any]:
    """Return the case as it is written here: a number of our own, the other's history marked."""
    told = received.told
    at = {one["原处"]: f"{FOLDER}/{number}/{one['名称']}" for one in told["文件"] if one["原处"]}
    history = [_event(one, office, number, at) for one in told["事项"]]
    arrival = {
        "日期": day.isoformat(),
        "事项": TAKEN,
        "机关": received.organ,
        "原编号": received.former,
        "原因": told["原因"],
        "校验值": received.digest,
        "承办人": [*handlers],
    }
    history.append({key: value for key, value in arrival.items() if value})
    values = {**told["案件"], "编号": number, "经过": history}
    if evidence := values.get("证据"):
        values["证据"] = [_moved(one, at) for one in evidence]
    return {**values, **({"承办人": [*handlers]} if handlers else {})}


def _moved(one: Any, at: Mapping[str, str]) -> Any:
    """Name the file of a piece of evidence where it lies now."""
    file = one.get("文件") if isinstance(one, Mapping) else None
    return {**one, "文件": at.get(file, file)} if file else one


def _event(
    told: Mapping[str, Any], office: Office, number: str, at: Mapping[str, str]
) -> dict[str, Any]:
    """Return an event of the other organ with its papers called as they are called here."""
    event = dict(told["事项"])
    if event.get("文书") and office.law.card(told["文书编号"]):
        event["文书"] = office.law.title(told["文书编号"])
    files = [f"{FOLDER}/{number}/{name}" for name in told["文件"]]
    media = [at.get(one, one) for one in event.get("影像资料") or ()]
    printed = [one for one in files if not one.endswith(".docx")]
    kept = [one for one in printed or files if one not in media]  # a dossier binds the PDF
    event |= {"影像资料": media} if media else {}
    event |= {"文件": kept} if kept else {}
    return {key: event[key] for key in _AS_WRITTEN if key in event}


def take(received: Received, root: Path, case: Path, text: str) -> tuple[Path, Problems]:
    """Write the case, and the files of a bundle where it names them: all or none."""
    folder = root / FOLDER / case.stem
    if folder.exists():
        raise stop("CLI002", Place(), path=folder)
    with zipfile.ZipFile(received.path) as archive:
        names = (MANIFEST, *received.names)
        files = (Put(folder / PurePosixPath(one), partial(archive.read, one)) for one in names)
        told = together(root, (*files, Put(case, text.encode())))
    return folder, (*told, *_lacking(received.told))


def _lacking(told: Mapping[str, Any]) -> Iterator[Problem]:
    for name in told["缺少"]:
        yield problem("LEAD027", Place(), file=name)
    if names := told["承办人"]:
        yield problem("LEAD029", Place(), names="、".join(names))
