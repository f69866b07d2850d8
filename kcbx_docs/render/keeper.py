"""A Word file that somebody else made, taken apart before it is trusted: it must be a plain
document in which nothing acts by itself. Its words are compared elsewhere.
"""

import io
import posixpath
import warnings
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.parsers.expat import ExpatError, ParserCreate

from lxml import etree

from kcbx_docs.problems import Place, Problem, UserError, problem, raise_errors, stop
from kcbx_docs.render.notword import no_word_file
from kcbx_docs.render.wordfields import acting_in
from kcbx_docs.render.wordparts import (
    CONTENT_TYPES,
    MAIN,
    PICTURES,
    check_kinds,
    check_relations,
    kinds_of,
)
from kcbx_docs.scans.bounds import MOST_PIXELS

MAX_BYTES = 30_000_000
MAX_RATIO = 200
MAX_PARTS = 500
_SMALL = 1_000_000
"""Bytes up to which nobody minds how well they were packed: a white picture packs very well."""
_ENCODINGS = ("UTF-8", "UTF-16", "US-ASCII", "ASCII")
"""Those of Office files: what is read otherwise by another program could say something else."""
_CHUNK = 1 << 16
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)
_ACTS = {"域": "REND031", "外部": "REND026", "元素": "REND027", "标签": "REND032"}
_OF_ELEMENTS = {
    "dataBinding": "REND033",
    **dict.fromkeys(("entryMacro", "exitMacro"), "REND022"),
    **dict.fromkeys(("embedRegular", "embedBold", "embedItalic", "embedBoldItalic"), "REND028"),
}
_PICTURE_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF")
Contents = Mapping[str, bytes]
"""The parts of a Word file by their names."""


def read_word_file(path: Path) -> bytes:
    """Read a Word file that somebody else made; raise if it is not a plain, harmless document."""
    place, data = Place(str(path)), path.read_bytes()
    if not data.startswith(b"PK"):
        raise no_word_file(path, place)
    contents = _contents(data, path, place)
    if CONTENT_TYPES not in contents:
        raise no_word_file(path, place)
    trees, found = _trees(contents, place)
    raise_errors(found)
    raise_errors(dict.fromkeys(_faults(contents, trees, place)))
    return data


def _contents(data: bytes, path: Path, place: Place) -> Contents:
    """Unpack every part, within what a document can hold."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_list(archive, path, place)
            return _unpacked(archive, len(data), place)
    except _UNREADABLE as error:
        raise stop("REND034", place) from error


def _check_list(archive: zipfile.ZipFile, path: Path, place: Place) -> None:
    """Raise where the list of parts is not that of a Word file."""
    listed = archive.infolist()
    if any(info.flag_bits & 1 for info in listed):
        raise stop("REND025", place)
    names = [info.filename for info in listed]
    if len(names) > MAX_PARTS:
        raise stop("REND021", place, size=sum(info.file_size for info in listed))
    for name, count in Counter(name.lower() for name in names).items():
        if count > 1 or not _is_plain(name):
            raise stop("REND030", place, part=name)
    if MAIN not in names:
        raise no_word_file(path, place)


def _is_plain(name: str) -> bool:
    inside = not name.startswith(("/", "../")) and "\\" not in name and ":" not in name
    return inside and posixpath.normpath(name) == name.rstrip("/") and name.isprintable()


def _unpacked(archive: zipfile.ZipFile, packed: int, place: Place) -> Contents:
    """Read the parts; what comes out is counted, not what the file says of itself."""
    contents: dict[str, bytes] = {}
    size = 0
    for info in archive.infolist():
        out = []
        with archive.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > MAX_BYTES or (size > _SMALL and size > MAX_RATIO * packed):
                    raise stop("REND021", place, size=size)
                out.append(chunk)
        if not info.is_dir():
            contents[info.filename] = b"".join(out)
    return contents


def _trees(contents: Contents, place: Place) -> tuple[dict[str, etree._Element], list[Problem]]:
    """Parse every part that is no picture; a part that declares entities is refused."""
    types = _parsed(contents[CONTENT_TYPES], CONTENT_TYPES, place)
    trees, found = {CONTENT_TYPES: types}, list[Problem]()
    for name, kind in kinds_of(_parts(contents), types).items():
        if kind in PICTURES or not (kind.endswith("xml") or name.endswith((".xml", ".rels"))):
            continue
        try:
            trees[name] = _parsed(contents[name], name, place)
        except UserError as error:
            found += error.problems
    return trees, found


def _parts(contents: Contents) -> Iterator[str]:
    return (name for name in contents if name != CONTENT_TYPES)


class _DeclaresError(Exception):
    """A part declares a type of document, and with it entities."""


def _parsed(data: bytes, name: str, place: Place) -> etree._Element:
    def refuse(*_: object) -> None:
        raise _DeclaresError

    def declared(_version: str, encoding: str | None, _alone: int) -> None:
        if (encoding or "UTF-8").upper() not in _ENCODINGS:
            raise ValueError(encoding)

    look = ParserCreate()
    look.StartDoctypeDeclHandler = refuse
    look.XmlDeclHandler = declared
    try:
        look.Parse(data, True)
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except _DeclaresError as error:
        raise stop("REND024", place, part=name, detail="含有 DOCTYPE") from error
    except (ExpatError, etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise stop("REND024", place, part=name, detail="写法不完整") from error


def _faults(
    contents: Contents, trees: Mapping[str, etree._Element], place: Place
) -> Iterator[Problem]:
    kinds = kinds_of(_parts(contents), trees[CONTENT_TYPES])
    yield from check_kinds(kinds, place)
    for name, root in trees.items():
        if name.lower().endswith(".rels"):
            yield from check_relations(name, root, place)
        else:
            yield from _check_acting(root, name, place)
    for name, kind in kinds.items():
        if kind in PICTURES and not _is_picture(contents[name]):
            yield problem("REND029", place, part=name)


def _is_picture(data: bytes) -> bool:
    """Tell whether a picture is one, and no larger than a photograph; it is not unpacked."""
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(data), formats=_PICTURE_FORMATS) as picture:
                return picture.width * picture.height <= MOST_PIXELS
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
            return False


def check_filled(texts: Mapping[str, str], place: Place) -> Iterator[Problem]:
    """Report what acts by itself only now that a Word file is filled: statements can take away
    what made it harmless.
    """
    for name, text in texts.items():
        yield from _check_acting(_parsed(text.encode(), name, place), name, place)


def _check_acting(root: etree._Element, name: str, place: Place) -> Iterator[Problem]:
    """Report what acts by itself in one part of a Word file."""
    for one in acting_in(root):
        code = _ACTS[one.kind]
        if one.kind == "元素":
            code = _OF_ELEMENTS.get(one.what, code)
        yield problem(code, place, part=name, target=one.what)
