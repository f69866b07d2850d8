"""The files that prove a service: read as they were received, refused by name where they are none.

A file is never changed here: what is kept is what was brought.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import get_args

from kcbx_docs.case.event import Event
from kcbx_docs.case.service_form import NO_MORE, Local, wanted
from kcbx_docs.case.service_methods import ProofKind
from kcbx_docs.handwriting.characters import forbidden
from kcbx_docs.light import dataclass
from kcbx_docs.problems import Place, Problem, Problems, UserError, problem, raise_errors
from kcbx_docs.scans.bounds import MOST_BYTES, MOST_PIXELS
from kcbx_docs.words import advice_for_name

KINDS: tuple[str, ...] = get_args(ProofKind)
OTHER: ProofKind = "其他"
_TAKEN = 0x9003
_EXIF = 0x8769
_MAGIC = (
    (b"%PDF-", ".pdf"),
    (b"\xff\xd8\xff", ".jpg .jpeg"),
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"II*\x00", ".tif .tiff"),
    (b"MM\x00*", ".tif .tiff"),
    (b"PK\x03\x04", ".ofd .zip"),
    (b"ID3", ".mp3"),
    (b"RIFF", ".wav .avi .webp"),
    (b"#!AMR", ".amr"),
)
_BOXED = ".heic .heif .mp4 .mov .m4a .3gp"
"""Files whose mark ``ftyp`` stands behind their first four bytes."""
_OFFICE_FILES = (".doc", ".docx", ".wps", ".xls", ".xlsx", ".et", ".csv", ".txt")
"""What anybody can still type in: it proves nothing as it is."""
_PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".heic", ".heif")
_PICTURE_FAULTS = {"SCAN003": "SERV028", "SCAN006": ""}
"""What is kept although this machine cannot open it: a photograph that others can."""


@dataclass(frozen=True)
class ProofFile:
    """One file as it was brought: what it is said to be, and the day that a camera wrote."""

    kind: str
    name: str
    data: bytes
    taken: date | None = None


@dataclass(frozen=True)
class ProofBrought:
    """A file that was brought by hand: it lies elsewhere than it is called."""

    kind: str
    path: Path
    name: str


ProofsGiven = Sequence[str | ProofBrought]
"""Files as somebody gives them: typed as ``种类=文件``, or by hand."""


def read_proofs(words: ProofsGiven, event: Event, local: Local = NO_MORE) -> tuple[ProofFile, ...]:
    """Read files given as ``种类=文件``, or by hand; raise with every problem if one of them will
    not do.
    """
    found: list[Problem] = []
    proofs: list[ProofFile] = []
    for word in words:
        given, problems = _given(word, event, local)
        found += problems
        if not problems:
            proof, problems = read_proof(given.kind, given.path, given.name)
            found += problems
            proofs += [proof] if proof else []
    raise_errors(found)
    return tuple(proofs)


def _given(word: str | ProofBrought, event: Event, local: Local) -> tuple[ProofBrought, Problems]:
    if isinstance(word, ProofBrought):
        return word, ()
    kind, path, problems = _kind_and_path(word, event, local)
    return ProofBrought(kind, path, ""), problems


def _kind_and_path(word: str, event: Event, local: Local) -> tuple[str, Path, Problems]:
    """Take the kind from the word; without one only where this service has a single kind."""
    kind, sign, rest = word.partition("=")
    if sign and kind in KINDS:
        return kind, Path(rest), ()
    known = tuple(dict.fromkeys(chain.from_iterable(wanted(event, local))))
    if sign and not Path(word).exists():
        advice = advice_for_name(kind, known or KINDS)
        return "", Path(), (problem("SERV020", Place(rest), kind=kind, advice=advice),)
    if len(known) == 1:
        return known[0], Path(word), ()
    kinds = "、".join((*known, OTHER))
    example = f"--file {(known or KINDS)[0]}={word}"
    return "", Path(), (problem("SERV021", Place(word), kinds=kinds, example=example),)


def read_proof(kind: str, path: Path, called: str = "") -> tuple[ProofFile | None, Problems]:
    """Read one file, which may be called otherwise than where it lies; say by name why it cannot
    be kept as a proof.
    """
    place, name = Place(called or str(path)), called or path.name
    suffix = Path(name).suffix.lower()
    if odd := [char for char in name if forbidden(char)]:
        return None, (problem("READ012", Place(kind), char=f"U+{ord(odd[0]):04X}"),)
    try:
        if not path.is_file():
            return None, (problem("SERV022", place),)
        if path.stat().st_size > MOST_BYTES:
            return None, (problem("SERV023", place, most=MOST_BYTES // 1_000_000),)
        data = path.read_bytes()
    except OSError:
        return None, (problem("SERV022", place),)
    if found := tuple(_faults(suffix, data, place)):
        return None, found
    return ProofFile(kind, name, data, _taken(suffix, data)), ()


def _faults(suffix: str, data: bytes, place: Place) -> Iterator[Problem]:
    if not data:
        yield problem("SERV024", place)
    elif suffix in _OFFICE_FILES:
        yield problem("SERV113", place, suffix=suffix)
    elif not _is_what_it_is_called(suffix, data):
        yield problem("SERV025", place, suffix=suffix or "没有后缀")
    elif suffix == ".pdf" and (why := _broken_pdf(data)):
        yield problem(why, place)
    elif suffix in _PICTURES and (why := _broken_picture(data)):
        yield problem(why, place, most=MOST_PIXELS // 1_000_000)


def _is_what_it_is_called(suffix: str, data: bytes) -> bool:
    if data[4:8] == b"ftyp":
        return suffix in _BOXED.split()
    return any(data.startswith(mark) and suffix in names.split() for mark, names in _MAGIC)


def _broken_pdf(data: bytes) -> str:
    """Return the code of what is wrong with a PDF: locked, a form that only Adobe draws, broken."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                return "SERV026"
            if "/XFA" in pdf.Root.get("/AcroForm", pikepdf.Dictionary()):
                return "SERV030"
            return "" if len(pdf.pages) else "SERV027"
    except pikepdf.PasswordError:
        return "SERV026"
    except (pikepdf.PdfError, ValueError):
        return "SERV027"


def _broken_picture(data: bytes) -> str:
    """Return the code of what is wrong with a picture: it cannot be read, or is far too large."""
    from kcbx_docs.scans.pictures import opened

    try:
        with opened(data, Place()) as picture:
            picture.load()
    except UserError as error:
        return _PICTURE_FAULTS.get(error.problems[0].code, "SERV027")
    return ""


def _taken(suffix: str, data: bytes) -> date | None:
    """Return the day that a camera wrote into a photograph, where it did."""
    if suffix not in _PICTURES:
        return None
    from kcbx_docs.scans.pictures import opened

    with suppress(Exception):  # whatever a telephone wrote there, it is a claim and no proof
        with opened(data, Place()) as picture:
            text = str(picture.getexif().get_ifd(_EXIF).get(_TAKEN, ""))
        return date.fromisoformat(text[:10].replace(":", "-"))
    return None


def days_of_photographs(proofs: Sequence[ProofFile], day: date) -> Iterator[Problem]:
    """Remind of photographs that the camera dates otherwise than the service."""
    for proof in proofs:
        if proof.taken and proof.taken != day:
            facts = {"name": proof.name, "taken": proof.taken, "day": day}
            yield problem("SERV029", Place(), **facts)
