"""Font files on this machine: where they lie, what they are called, which characters they draw.

What is read from a font is kept in the user's cache folder by path, time and size, so that a
second run costs milliseconds. A character mapped to an empty glyph is not drawn (a name would
vanish).
"""

import hashlib
import json
import os
import struct
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from kcbx_docs import writing
from kcbx_docs.light import dataclass
from kcbx_docs.writing import user_folder, write_whole

SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")
CACHE_VERSION = 2
# Bytes of a glyph's program: only such glyphs are drawn to see if they are empty.
SUSPICIOUSLY_SHORT = 24


@dataclass(frozen=True)
class FontFile:
    """One face of one font file."""

    path: Path
    face: int
    family: str
    postscript: str
    collection: bool
    modified: int
    size: int

    @property
    def key(self) -> str:
        """Identify this state of the file for the cache."""
        text = f"{CACHE_VERSION}|{self.path}|{self.face}|{self.modified}|{self.size}"
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]


@dataclass(frozen=True)
class Coverage:
    """The characters of a face: those drawn, one bit per code point, and those left empty."""

    drawn: bytes
    empty: frozenset[int]
    sha256: str

    def draws(self, char: str) -> bool:
        """Tell whether the character has a real glyph."""
        byte, bit = divmod(ord(char), 8)
        return byte < len(self.drawn) and bool(self.drawn[byte] >> bit & 1)


def user_data_folder() -> Path:
    """Return where the set-up puts what it fetched for this user."""
    return writing.user_data_folder()


def user_cache_folder() -> Path:
    """Return a writable folder for what can be made again."""
    folder = user_folder("XDG_CACHE_HOME", ".cache", "Library/Caches", "cache")
    if wanted := os.environ.get("KCBX_CACHE"):
        folder = Path(wanted)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        owner = os.getuid() if hasattr(os, "getuid") else 0
        folder = Path(tempfile.gettempdir()) / f"kcbx-{owner}"
        folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def font_folders() -> tuple[Path, ...]:
    """Return the folders to search: the user's choice, then what was fetched, then the system's."""
    chosen = [Path(part) for part in os.environ.get("KCBX_FONTS", "").split(os.pathsep) if part]
    return (*chosen, user_data_folder() / "fonts", *_system_folders())


def _system_folders() -> tuple[Path, ...]:
    home = Path.home()
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", "C:/Windows"))
        local = Path(os.environ.get("LOCALAPPDATA", home / "AppData/Local"))
        return windows / "Fonts", local / "Microsoft/Windows/Fonts"
    if sys.platform == "darwin":
        return (
            home / "Library/Fonts",
            Path("/Library/Fonts"),
            Path("/System/Library/Fonts"),
            Path("/System/Library/AssetsV2"),
            Path("/Applications/Microsoft Word.app/Contents/Resources/DFonts"),
        )
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local/share")
    texlive = Path("/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol")
    shared = (Path("/usr/local/share/fonts"), Path("/usr/share/fonts"))
    return (data / "fonts", home / ".fonts", *shared, texlive)


def list_fonts(folders: Iterable[Path], cache: Path) -> tuple[tuple[FontFile, frozenset[str]], ...]:
    """List every face under the folders with all its names, its file's included, in lower case."""
    store = cache / f"fonts-{CACHE_VERSION}.json"
    known = _read_json(store)
    found: dict[str, Any] = {}
    for path, modified, size in _walk(folders):
        entry = known.get(path)
        if not entry or entry[:2] != [modified, size]:
            entry = [modified, size, _read_names(path)]
        found[path] = entry
    if any(known.get(path) != entry for path, entry in found.items()):
        text = json.dumps(known | found, ensure_ascii=False)
        write_cache(store, text.encode("utf-8", "surrogatepass"))
    faces: list[tuple[FontFile, frozenset[str]]] = []
    for path, entry in found.items():
        faces += _faces(path, entry)
    return tuple(faces)


def _faces(path: str, entry: list[Any]) -> Iterator[tuple[FontFile, frozenset[str]]]:
    modified, size, faces = entry
    name = Path(path).name.lower()
    for index, (family, postscript, names) in enumerate(faces):
        font = FontFile(Path(path), index, family, postscript, len(faces) > 1, modified, size)
        yield font, frozenset(names) | ({name} if index == 0 else frozenset())


def _walk(folders: Iterable[Path]) -> Iterator[tuple[str, int, int]]:
    seen: set[str] = set()
    for folder in folders:
        for root, inside, files in os.walk(folder):
            inside.sort()
            for file in sorted(files):
                path = f"{root}{os.sep}{file}"
                if not file.lower().endswith(SUFFIXES) or path in seen:
                    continue
                seen.add(path)
                try:
                    state = Path(path).stat()
                except OSError:
                    continue
                yield path, state.st_mtime_ns, state.st_size


def _read_names(path: str) -> list[tuple[str, str, list[str]]]:
    """Read family, PostScript name and all names of each face; a broken file has none."""
    faces = []
    try:
        for index in range(_count_faces(path)):
            with opened_font(path, index) as font:
                faces.append(_names(font))
    except Exception:  # noqa: BLE001 - a broken font may raise anything
        return []
    return faces


@contextmanager
def opened_font(path: str | Path, face: int) -> Iterator[Any]:
    """Open one face of a font file with fontTools, tables read as needed."""
    from fontTools.ttLib import TTFont

    from kcbx_docs.quiet import unheard

    unheard("fontTools")
    with Path(path).open("rb") as file:  # fontTools leaves it open where the font is broken
        yield TTFont(file, fontNumber=face, lazy=True, recalcTimestamp=False, recalcBBoxes=False)


def _count_faces(path: str) -> int:
    with open(path, "rb") as file:  # noqa: PTH123  (called for each of a thousand files)
        head = file.read(12)
    if head[:4] != b"ttcf":
        return 1
    # A broken file may claim four thousand million faces.
    return int(min(struct.unpack(">L", head[8:12])[0], 64))


def _names(font: Any) -> tuple[str, str, list[str]]:
    table = font["name"]
    regular = str(table.getDebugName(2) or "Regular").lower() in ("regular", "常规", "标准", "r")
    # A family's name stands for its regular face only, never for its bold or italic.
    wanted = (1, 4, 6, 16) if regular else (4, 6)
    records = [record for record in table.names if record.nameID in wanted]
    names = {str(record.toUnicode(errors="replace")).strip().lower() for record in records}
    return str(table.getDebugName(1) or ""), str(table.getDebugName(6) or ""), sorted(names - {""})


@lru_cache(maxsize=64)
def read_coverage(font: FontFile, cache: Path) -> Coverage:
    """Return which characters the face draws, from the cache where the file is unchanged."""
    store = cache / "coverage" / font.key
    try:
        head, drawn = store.read_bytes().split(b"\n", 1)
        facts = json.loads(head)
        return Coverage(drawn, frozenset(facts["empty"]), facts["sha256"])
    except (OSError, ValueError, KeyError):
        coverage = compute_coverage(font)
    facts = {"font": str(font.path), "sha256": coverage.sha256, "empty": sorted(coverage.empty)}
    write_cache(store, json.dumps(facts).encode() + b"\n" + coverage.drawn)
    return coverage


def compute_coverage(font: FontFile) -> Coverage:
    """Read which characters the face draws from the font itself; a broken font draws none."""
    with font.path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    try:
        with opened_font(font.path, font.face) as opened:
            mapped = opened.getBestCmap() or {}
            empty = frozenset(_empty_characters(opened, mapped))
    except Exception:  # noqa: BLE001 - a broken font may raise anything
        return Coverage(b"", frozenset(), digest)
    drawn = bytearray((max(mapped, default=0) >> 3) + 1)
    for code in mapped:
        if code not in empty:
            drawn[code >> 3] |= 1 << (code & 7)
    return Coverage(bytes(drawn), empty, digest)


def _empty_characters(font: Any, mapped: dict[int, str]) -> Iterator[int]:
    from fontTools.pens.boundsPen import ControlBoundsPen

    short = _short_glyphs(font)
    glyphs = font.getGlyphSet()
    verdicts: dict[str, bool] = {}
    for code, name in mapped.items():
        if short is not None and name not in short:
            continue
        if name not in verdicts:
            pen = ControlBoundsPen(glyphs)
            glyphs[name].draw(pen)
            verdicts[name] = pen.bounds is None
        if verdicts[name]:
            yield code


def _short_glyphs(font: Any) -> frozenset[str] | None:
    """Return the glyphs whose programs are too short for a character, None if unknown."""
    if "glyf" in font:
        offsets = font["loca"].locations
        indexes = {name: index for index, name in enumerate(font.getGlyphOrder())}
    elif "CFF " in font:
        strings = font["CFF "].cff.topDictIndex[0].CharStrings
        offsets = strings.charStringsIndex.offsets
        indexes = strings.charStrings
    else:
        return None
    lengths = ((name, offsets[index + 1] - offsets[index]) for name, index in indexes.items())
    return frozenset(name for name, length in lengths if length <= SUSPICIOUSLY_SHORT)


def write_cache(path: Path, data: bytes) -> None:
    """Write a cache file; without it the work is done again, so a full disk is no error."""
    with suppress(OSError):
        write_whole(path, data)


def _read_json(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}
