"""Whether two machines make the same bytes: programs, libraries and fonts, each by its own mark."""

import hashlib
import platform
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import kcbx_docs
from kcbx_docs.packs.chain import shipped_root
from kcbx_docs.papers.formats import presses
from kcbx_docs.render.fonts import FontSet
from kcbx_docs.render.native import library_versions
from kcbx_docs.render.recipe import ENGINE

PROGRAM, PACKS, MACHINE, FONT = "程序 kcbx", "自带的模板包", "处理器", "字体"
_ABSENT = "没有"
_LIBRARIES = (
    *("docxtpl", "python-docx", "jinja2", "markupsafe", "lxml"),
    *("pydantic", "pyyaml", "segno", *ENGINE),
)


def made_with(formats: Sequence[str]) -> Mapping[str, str]:
    """Name all that takes part in making print files on this machine, but for what it is sent."""
    return dict(_made_with(tuple(formats)))


@cache
def _made_with(formats: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple(_marks(formats))


def _marks(formats: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    package, packs = Path(kcbx_docs.__file__).parent, shipped_root()
    yield PROGRAM, f"{kcbx_docs.__version__}（{_hash_of(package, packs)}）"
    yield PACKS, _hash_of(packs)
    yield MACHINE, platform.machine()
    yield "Python", platform.python_version()
    yield "zlib", zlib.ZLIB_RUNTIME_VERSION
    for name in _LIBRARIES:
        yield name, _version(name)
    ready, _ = presses(formats)
    yield "文件格式", "、".join(press.suffix for press in ready)
    for press in ready:
        if press.fonts:
            yield from (told.split(" ", 1) for told in library_versions())  # type: ignore[misc]
            yield from _fonts(press.fonts)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return _ABSENT


def _fonts(fonts: FontSet) -> Iterator[tuple[str, str]]:
    """Name the fonts in the order in which they are tried: another order is another page."""
    for place, font in enumerate(fonts.manifest(), 1):
        yield f"{FONT}{place}", f"{font.file}（{font.name}，{font.sha256}）"


def _hash_of(folder: Path, without: Path | None = None) -> str:
    """Return the hash of all files of a folder, however they are ordered on the disk."""
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        apart = without is not None and path.is_relative_to(without)
        if path.is_file() and path.suffix != ".pyc" and not apart:
            data = hashlib.sha256(path.read_bytes()).digest()
            whole.update(path.relative_to(folder).as_posix().encode() + b"\0" + data)
    return whole.hexdigest()[:12]


def differences(asking: Mapping[str, str], here: Mapping[str, str]) -> Iterator[str]:
    """Say what has to be installed on another machine so that it makes the same bytes."""
    for name in dict.fromkeys((*asking, *here)):
        wanted, there = asking.get(name, _ABSENT), here.get(name, _ABSENT)
        if wanted != there:
            yield f"{name} 要 {wanted}，那里是 {there}"
