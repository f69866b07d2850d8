"""Packs from elsewhere: what a folder or a zip file holds, looked at before any of it is taken in,
and the pin that tells later whether it is still what came.
"""

import hashlib
import json
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Annotated

from pydantic import Field

from kcbx_docs.case.fields import Text
from kcbx_docs.light import dataclass
from kcbx_docs.packs.chain import PackFolder
from kcbx_docs.problems import Place, Problem, Problems, problem, raise_errors, stop
from kcbx_docs.reading import Model, read_model, read_yaml

PINS = "外来模板包.yaml"
"""Which packs of a workspace came from elsewhere, and what they were when they came."""
PACK = "pack.yaml"
_TOP = (PACK, "law.yaml", "procedure.yaml")
_BELOW = {"documents": (".html", ".docx"), "parts": (".html",)}
_BESIDE = (".md", ".txt", ".gitignore", ".gitattributes")
"""What may lie beside a pack and is left behind: somebody's notes."""
_GIT = ".git"
_POINTER = b"version https://git-lfs.github.com/spec/"
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    RuntimeError,
    NotImplementedError,
    ValueError,
)
MOST_FILES, MOST_BYTES = 2_000, 50_000_000


@dataclass(frozen=True)
class ForeignPack:
    """The files of one pack as they came."""

    files: Mapping[str, bytes]
    others: tuple[str, ...] = ()
    """Packs that lay below it and are not taken in."""

    @property
    def digest(self) -> str:
        """Return the hash of all files with their names."""
        return digest_of(self.files)


def digest_of(files: Mapping[str, bytes]) -> str:
    """Hash files with their names, whatever their order."""
    whole = hashlib.sha256()
    for name in sorted(files):
        whole.update(f"{name}\n{len(files[name])}\n".encode())
        whole.update(files[name])
    return whole.hexdigest()


class Pin(Model):
    """One pack that came from elsewhere."""

    id: Text = Field(alias="模板包", description="放在 templates 的哪个文件夹")
    source: Text = Field(alias="来源", description="文件夹、压缩包或者 Git 地址")
    commit: Text = Field(default="", alias="提交", description="Git 的提交号")
    version: Text = Field(alias="版本", description="加入时 pack.yaml 写的版本")
    digest: Text = Field(alias="校验值", description="加入时全部文件的 sha256")
    day: Annotated[date, Field(alias="加入日期", description="哪一天加入的")]


class Pins(Model):
    """The file of pins."""

    packs: tuple[Pin, ...] = Field(default=(), alias="外来模板包", description="各个外来的模板包")


def read_folder(folder: Path, inside: str = "") -> ForeignPack:
    """Read a pack out of a folder, or one of those in it; links are refused."""
    return _pack(_folder_files(folder), str(folder), inside)


def read_zip(path: Path, inside: str = "") -> ForeignPack:
    """Read a pack out of a zip file, within bounds of what is unpacked."""
    try:
        with zipfile.ZipFile(path) as packed:
            return _pack(_zip_files(packed, path), str(path), inside)
    except _UNREADABLE as error:
        raise stop("PACK110", Place(str(path))) from error


def _folder_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    room = _Room(str(folder))
    for above, folders, names in os.walk(folder):
        for name in (*folders, *names):
            path = Path(above, name)
            if path.is_symlink() or not (path.is_dir() or path.is_file()):
                raise stop("PACK111", Place(str(path)))
        folders[:] = sorted(one for one in folders if one != _GIT)
        for path in (Path(above, name) for name in sorted(names) if name != _GIT):
            room.take(path.stat().st_size)
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def _zip_files(packed: zipfile.ZipFile, path: Path) -> Iterator[tuple[str, bytes]]:
    room = _Room(str(path))
    for info in packed.infolist():
        name = info.filename.replace("\\", "/")
        parts = PurePosixPath(name).parts
        if info.is_dir() or "__MACOSX" in name or _GIT in parts:
            continue
        is_link = stat.S_ISLNK(info.external_attr >> 16)
        if is_link or name.startswith("/") or ".." in parts or ":" in name:
            raise stop("PACK111", Place(str(path), path=name))
        with packed.open(info) as stream:
            data = stream.read(room.left + 1)
        room.take(len(data))
        yield name, data


class _Room:
    """How much more is read of what may be hostile."""

    def __init__(self, source: str) -> None:
        self.source, self.left, self.files = source, MOST_BYTES, 0

    def take(self, size: int) -> None:
        self.left -= size
        self.files += 1
        if self.left < 0 or self.files > MOST_FILES:
            raise stop(
                "PACK112", Place(self.source), files=MOST_FILES, size=MOST_BYTES // 1_000_000
            )


def _pack(entries: Iterator[tuple[str, bytes]], source: str, inside: str) -> ForeignPack:
    """Take one pack out of files: that of the folder where pack.yaml lies highest, or the one that
    is named; others stay behind.
    """
    files = dict(entries)
    homes = [name.removesuffix(PACK).rstrip("/") for name in files if _is_head(name)]
    top = _chosen(sorted(homes, key=lambda one: (one.count("/"), one)), source, inside)
    below = f"{top}/" if top else ""
    own = {name.removeprefix(below): one for name, one in files.items() if name.startswith(below)}
    lower = (one for one in homes if one != top and one.startswith(below))
    nested = tuple(f"{one.removeprefix(below)}/" for one in lower)
    own = {name: one for name, one in own.items() if not name.startswith(nested)}
    taken = {name: data for name, data in own.items() if belongs(name)}
    others = tuple(name for name in own if name not in taken)
    raise_errors((*_strange(others, source), *_not_whole(taken, source)))
    return ForeignPack(taken, tuple(one.rstrip("/") for one in nested))


def _is_head(name: str) -> bool:
    return name.rpartition("/")[2] == PACK


def _chosen(homes: Sequence[str], source: str, inside: str) -> str:
    """Return the folder of the pack that is meant."""
    if not homes:
        raise stop("PACK113", Place(source))
    highest = [one for one in homes if one.count("/") == homes[0].count("/")]
    if "" in homes:
        highest = [""]
    wanted = inside.strip("/")
    found = [one for one in homes if one == wanted or one.endswith(f"/{wanted}")] if wanted else []
    if wanted and len(found) != 1:
        raise stop("PACK118", Place(source), inside=inside, listed="、".join(homes))
    if not wanted and len(highest) > 1:
        raise stop("PACK114", Place(source), listed="、".join(highest))
    return found[0] if found else highest[0]


def belongs(name: str) -> bool:
    """Tell whether a file below a pack's folder is part of it; other packs may lie there, too."""
    folder, _, file = name.rpartition("/")
    if not folder:
        return file in _TOP
    return folder in _BELOW and PurePosixPath(file).suffix in _BELOW[folder]


def _strange(others: Sequence[str], source: str) -> Iterator[Problem]:
    for name in others:
        if not (name.endswith(_BESIDE) or PurePosixPath(name).name.startswith(("LICENSE", "."))):
            yield problem("PACK115", Place(source, path=name))


def _not_whole(taken: Mapping[str, bytes], source: str) -> Iterator[Problem]:
    """Report files that only stand for one that lies elsewhere, and names that Windows takes for
    one.
    """
    seen: dict[str, str] = {}
    for name, data in taken.items():
        if data.startswith(_POINTER):
            yield problem("PACK121", Place(source, path=name))
        other = seen.setdefault(name.casefold(), name)
        if other != name:
            yield problem("PACK123", Place(source, path=name), other=other)


def read_pins(templates: Path) -> tuple[tuple[Pin, ...], Problems]:
    """Read which packs came from elsewhere; none where there is no such file."""
    path = templates / PINS
    if not path.is_file():
        return (), ()
    source, found = read_yaml(path, f"templates/{PINS}")
    if found:
        return (), found
    pins, found = read_model(Pins, source)
    return (pins.packs if pins else ()), found


def pins_text(pins: Sequence[Pin]) -> str:
    """Write the file of pins."""
    lines = ["# 从别处加入的模板包：加入时是什么样。由 kcbx pack add 写，不要手改。", "外来模板包:"]
    for pin in sorted(pins, key=lambda one: one.id):
        lines += [
            f"  - 模板包: {_quoted(pin.id)}",
            f"    来源: {_quoted(pin.source)}",
            *([f"    提交: {_quoted(pin.commit)}"] if pin.commit else []),
            f"    版本: {_quoted(pin.version)}",
            f"    校验值: {_quoted(pin.digest)}",
            f"    加入日期: {pin.day}",
        ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # which YAML reads as it is


def changed_since(pin: Pin, templates: Path) -> bool:
    """Tell whether a pack is no longer what came."""
    folder = templates / pin.id
    files = {name: (folder / name).read_bytes() for name in files_of_pack(folder)}
    return digest_of(files) != pin.digest


def files_of_pack(folder: Path) -> tuple[str, ...]:
    """List the files of a pack itself, not those of packs below it."""
    there = (path for path in sorted(folder.rglob("*")) if path.is_file())
    names = (path.relative_to(folder).as_posix() for path in there)
    return tuple(name for name in names if belongs(name))


def told_of_pins(templates: Path, packs: Mapping[str, PackFolder]) -> Iterator[Problem]:
    """Say which packs from elsewhere were changed here, or are there no more."""
    pins, found = read_pins(templates)
    yield from found
    for pin in pins:
        place = Place(f"{pin.id}/{PACK}")
        if pin.id not in packs:
            yield problem("PACK116", place, id=pin.id, source=pin.source)
        elif changed_since(pin, templates):
            yield problem("PACK117", place, id=pin.id, source=pin.source, day=pin.day)
