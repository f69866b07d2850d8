"""Case files that were read before, for as long as all that their answers rest on is the same.

An answer rests on the bytes of the file, on the office as it was opened (kcbx.yaml, its packs and
calendars), on what the ledger holds of the case, and on the day. Each is looked at whenever it is
asked for; neither the time nor the size of a case file is trusted. Other files (batches, work,
letters, leads) rest on more files than themselves, so they are read each time.
"""

from collections.abc import Callable, Iterable
from dataclasses import field
from pathlib import Path

from kcbx_docs.light import dataclass
from kcbx_docs.office.files import first_key
from kcbx_docs.office.opened import Opening
from kcbx_docs.office.outlook import FileReader, Inquiry, ReadFile
from kcbx_docs.office.resting import digest

_CASE = "案件"


class Same:
    """An opened office, of which only the very same is equal: two that are alike would have to be
    compared from end to end.
    """

    def __init__(self, opening: Opening) -> None:
        self.opening = opening

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.opening is self.opening

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True)
class _RestsOn:
    """What an answer rests on besides the bytes of its file."""

    wanted: Inquiry
    opening: Same
    ledger: tuple[str, ...] = ()
    """The marks of the events that the ledger holds of the case."""


@dataclass(frozen=True)
class _Remembered:
    text: bytes
    rest: _RestsOn
    case: str
    read: ReadFile


@dataclass
class RememberedFiles:
    """What became of case files that were read."""

    _known: dict[Path, _Remembered] = field(default_factory=dict)

    def reading(self, reader: FileReader) -> Callable[[Path], ReadFile]:
        """Return what reads files: only those of which the answer may be another one."""
        return lambda path: self._read(reader, path)

    def forget_others(self, paths: Iterable[Path]) -> None:
        """Forget files that are not among those any more."""
        for path in set(self._known) - set(paths):
            del self._known[path]

    def _read(self, reader: FileReader, path: Path) -> ReadFile:
        known, text = self._known.get(path), digest(path)
        if known and text == known.text and _rests_on(reader, path, known.case) == known.rest:
            return known.read
        self._known.pop(path, None)
        read = reader.read(path)
        case = read.outlook.case_id if read.outlook else ""
        rest = _rests_on(reader, path, case)
        if rest and text and text == digest(path) and first_key(path) == _CASE:
            self._known[path] = _Remembered(text, rest, case, read)
        return read


def _rests_on(reader: FileReader, path: Path, case: str) -> _RestsOn | None:
    """Tell what an answer rests on; nothing where its ledger is out of reach, and may be back at
    once.
    """
    root = reader.root(path.parent)
    if root is None:
        return None
    office, opening = reader.office(root), Same(reader.opening(root))
    if office and (reader.unheard(office) if case else reader.silent.get(office.root)):
        return None
    if office is None or not case:
        return _RestsOn(reader.wanted, opening)
    register = office.register
    events = register.of_case(case) if register else ()
    return _RestsOn(reader.wanted, opening, tuple(one.hash for one in events))
