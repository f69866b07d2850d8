"""A case with its whole history as one file for another organ: what happened, the papers as they
were issued, the proofs, each by its hash. Whoever holds the letter compares one short value.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from kcbx_docs import __version__
from kcbx_docs.case.event import Event
from kcbx_docs.case.event_kinds import EVENT_FIELDS, MADE_BY
from kcbx_docs.case.fields import safe_name
from kcbx_docs.case.files import LoadedCase
from kcbx_docs.case.workspace import Organ, with_school
from kcbx_docs.ledger.model import canonical
from kcbx_docs.light import dataclass
from kcbx_docs.office.book import book_of, ledger_id, written_event
from kcbx_docs.office.opened import Office
from kcbx_docs.procedure.issuers import issuer_of
from kcbx_docs.record.acts import document_of
from kcbx_docs.record.docket import Docket

FORMAT = 1
MANIFEST, ORIGINAL, CHAIN = "移交清单.json", "案件文件.txt", "台账.jsonl"
_DROPPED = ("经过", "承办机关", "承办人", "关联案件")
"""Keys of a case that say how the old office works, and nothing of the child."""


@dataclass(frozen=True)
class BundledFile:
    """One file of a bundle: its name in it, its hash, and how its bytes are got."""

    name: str
    sha256: str
    size: int
    load: Callable[[], bytes]
    whence: str = ""
    """Where it lay in the old workspace; nothing for what the ledger kept."""


@dataclass(frozen=True)
class Handing:
    """To whom a case goes, when and why."""

    organ: str
    day: date
    reason: str
    text: str = ""


@dataclass
class CaseBundle:
    """Everything that is handed over, before it is written."""

    told: dict[str, Any]
    pieces: list[BundledFile] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)

    @cached_property
    def manifest(self) -> bytes:
        """Write the list of what is handed over, with the hash of every file."""
        files = [
            {"名称": one.name, "sha256": one.sha256, "字节": one.size, "原处": one.whence}
            for one in self.pieces
        ]
        return canonical({**self.told, "文件": files, "缺少": self.lacking})

    @property
    def digest(self) -> str:
        """Return the short value that stands in the letter."""
        return digest_of(self.manifest)


def digest_of(manifest: bytes) -> str:
    """Return sixteen digits of the hash of a list, in groups that can be read aloud."""
    digits = hashlib.sha256(manifest).hexdigest()[:16]
    return "-".join(digits[at : at + 4] for at in range(0, 16, 4))


def sha256_of(data: bytes) -> str:
    """Return the hash of a file as the list writes it."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def bundle_of(office: Office, loaded: LoadedCase, handing: Handing) -> CaseBundle:
    """Gather a case for another organ; nothing is written."""
    docket = office.docket(loaded)
    own = office.workspace.organ_named(loaded.case.office) or office.workspace.office
    told = {
        "格式": FORMAT,
        "程序": f"kcbx {__version__}",
        "案件编号": loaded.case.id,
        "移交机关": _organ(own),
        "接收机关": handing.organ,
        "日期": handing.day.isoformat(),
        "原因": handing.reason,
        "说明": handing.text,
        "案件": _case(office, loaded),
        "承办人": [*loaded.case.handlers],
    }
    bundle = CaseBundle(told)
    gatherer = _Gatherer(office, loaded, docket, bundle, own)
    gatherer.gather(handing.day)
    return bundle


def _organ(organ: Organ) -> dict[str, str]:
    kept = {"名称": organ.name, "地址": organ.address, "电话": organ.phone, "联系人": organ.contact}
    return {key: value for key, value in kept.items() if value}


def _case(office: Office, loaded: LoadedCase) -> dict[str, Any]:
    """Return what the file says of the case but its history; the school with all that is known."""
    data = {key: value for key, value in loaded.source.data.items() if key not in _DROPPED}
    school = with_school(loaded.case, office.workspace).school
    if school:
        data["学校"] = school.model_dump(mode="json", exclude_defaults=True)
    return data


@dataclass
class _Gatherer:
    """Puts the files of a case into a bundle, each once."""

    office: Office
    loaded: LoadedCase
    docket: Docket
    bundle: CaseBundle
    own: Organ
    names: dict[str, str] = field(default_factory=dict)
    """The names in the bundle by the hash of a kept file, or by the path of another."""

    def gather(self, day: date) -> None:
        """Take the file itself, the events, their files and the evidence."""
        self._add(ORIGINAL, self.loaded.path.read_bytes())
        chain = self._chain()
        if chain:
            self._add(CHAIN, chain)
        events = [self._event(one.event, one.seq) for one in self._entries(day)]
        self.bundle.told["事项"] = events
        for one in self.loaded.case.evidence:
            self._of_workspace(one.file)

    def _entries(self, day: date) -> Iterator[Any]:
        yield from (entry for entry in self.docket.entries if entry.event.day <= day)

    def _chain(self) -> bytes:
        """Return what the ledger holds of the case, as it stands there."""
        if not self.office.register:
            return b""
        found = self.office.register.book.bodies(ledger_id(self.loaded))
        keys = ("seq", "prev", "hash", "body")
        lines = [json.dumps(dict(zip(keys, row, strict=True)), ensure_ascii=False) for row in found]
        return "".join(f"{line}\n" for line in lines).encode()

    def _event(self, event: Event, seq: int) -> dict[str, Any]:
        document = document_of(event, self.docket.law)
        told = written_event(event)
        if event.kind in MADE_BY and not event.organ and "机关" in EVENT_FIELDS[event.kind].allowed:
            told["机关"] = self._maker(event, document)
        told.setdefault("移交自", self.own.name)
        paths = (*event.files, *(one for one in event.media if (self.office.root / one).is_file()))
        files = [*filter(None, map(self._of_workspace, paths)), *self._of_ledger(seq)]
        document = document or self.docket.law.document(event.document)
        return {"事项": told, "文书编号": document, "台账": seq, "文件": files}

    def _maker(self, event: Event, document: str) -> str:
        made = issuer_of(self.docket, document, event.day).organ if document else None
        return made.name if made else self.own.name

    def _of_ledger(self, seq: int) -> Iterator[str]:
        """Yield the files that are kept beside an event of the ledger, and beside what followed."""
        if not seq:
            return
        for one in self.office.recorded(self.loaded):
            about = (one.data.get("issue"), one.data.get("proves"), one.data.get("corrects"))
            if one.seq == seq or (seq in about and not one.data.get("event")):
                for kept in one.attached:
                    yield self._kept(kept.sha256, f"{kept.role}-{kept.name}")

    def _kept(self, sha256: str, name: str) -> str:
        if sha256 not in self.names:
            book = book_of(self.office.root, self.office.workspace)
            load = partial(book.bytes_of, sha256)
            self.names[sha256] = self._piece(name, load(), load)
        return self.names[sha256]

    def _of_workspace(self, path: str) -> str:
        """Take a file of the workspace; what is not there, or lies elsewhere, is told."""
        if not path or path in self.names or path in self.bundle.lacking:
            return self.names.get(path, "")
        file = (self.office.root / path).resolve()
        if not file.is_relative_to(self.office.root.resolve()) or not file.is_file():
            self.bundle.lacking.append(path)
            return ""
        self.names[path] = self._piece(Path(path).name, file.read_bytes(), file.read_bytes, path)
        return self.names[path]

    def _piece(self, name: str, data: bytes, load: Callable[[], bytes], whence: str = "") -> str:
        stem, suffix = safe_name(Path(name).stem), safe_name(Path(name).suffix[1:])
        shown = f"文件/{len(self.bundle.pieces):03d}-{stem}" + (f".{suffix}" if suffix else "")
        self.bundle.pieces.append(BundledFile(shown, sha256_of(data), len(data), load, whence))
        return shown

    def _add(self, name: str, data: bytes) -> None:
        self.bundle.pieces.append(BundledFile(name, sha256_of(data), len(data), lambda: data))


def organ_in(told: Mapping[str, Any]) -> str:
    """Name the organ that handed a bundle over."""
    return str(told["移交机关"]["名称"])
