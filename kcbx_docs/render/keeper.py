"""A keeper's own Word file: its looks are taken, its words must be those of the text source."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from kcbx_docs.problems import Place, Problem, problem, raise_errors

MAX_BYTES = 30_000_000
MAX_RATIO = 200
_EXTERNAL = re.compile(rb'TargetMode="External"')
_HYPERLINK = re.compile(rb'<Relationship [^>]*Type="[^"]*/hyperlink"[^>]*>')


def read_word_file(path: Path) -> bytes:
    """Read a Word file that somebody else made; raise if it is not a plain, harmless document."""
    shown = Place(str(path))
    data = path.read_bytes()
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile:
        raise_errors([problem("REND020", shown)])
        raise
    with archive:
        raise_errors(_size(archive, shown))
        raise_errors(_contents(archive, shown))
    return data


def _size(archive: zipfile.ZipFile, place: Place) -> Iterator[Problem]:
    total = sum(info.file_size for info in archive.infolist())
    packed = sum(info.compress_size for info in archive.infolist()) or 1
    if total > MAX_BYTES or total / packed > MAX_RATIO:
        yield problem("REND021", place, size=total)


def _contents(archive: zipfile.ZipFile, place: Place) -> Iterator[Problem]:
    names = archive.namelist()
    if "word/document.xml" not in names:
        yield problem("REND020", place)
        return
    if any(name.lower().endswith(("vbaproject.bin", ".bin", ".exe")) for name in names):
        yield problem("REND022", place)
    for name in names:
        if name.endswith(".rels") and _EXTERNAL.search(_HYPERLINK.sub(b"", archive.read(name))):
            yield problem("REND023", place, part=name)
        if name.endswith(".xml"):
            yield from _well_formed(archive.read(name), name, place)


def _well_formed(data: bytes, name: str, place: Place) -> Iterator[Problem]:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        yield problem("REND024", place, part=name, detail="含有 DOCTYPE")
        return
    try:
        etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        yield problem("REND024", place, part=name, detail=str(error))
