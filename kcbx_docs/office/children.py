"""The children of whom an office has a case already, so that nobody gets a second one."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kcbx_docs.case.ids import RESIDENT, read_id
from kcbx_docs.case.model import Pupil, name_key
from kcbx_docs.case.paths import is_file
from kcbx_docs.case.roster_reading import RosterPupil
from kcbx_docs.light import dataclass
from kcbx_docs.reading import MAX_BYTES, decode, read_yaml

CLOSED = "结案"


@dataclass(frozen=True)
class KnownChild:
    """A child as a case file names it, as far as the file can be read."""

    path: Path
    name: str
    numbers: frozenset[str] = frozenset()
    birth: str = ""
    guardians: frozenset[str] = frozenset()

    def may_be(self, row: RosterPupil) -> bool:
        """Tell whether nothing says that a child of a list is another one of the same name."""
        own = row.pupil
        numbers = frozenset(filter(None, (own.id_number, own.pupil_number)))
        if numbers & self.numbers:
            return True
        if self.name != name_key(own.name):
            return False
        birth = own.birth or read_id(own.id_number, own.id_type or RESIDENT).birth
        guardians = frozenset(name_key(one.name) for one in row.guardians)
        return not (
            _same_kind(numbers, self.numbers)
            or (birth and self.birth and birth.isoformat() != self.birth)
            or (guardians and self.guardians and not guardians & self.guardians)
        )


def _same_kind(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Tell whether two have numbers of one kind, none of which is the same."""
    return bool({len(number) for number in mine} & {len(number) for number in theirs})


def known_children(paths: Iterable[Path], pupils: Iterable[Pupil]) -> Iterator[KnownChild]:
    """Yield the children of open cases in whose files one of these is named or numbered."""
    wanted: set[str] = set()
    for one in pupils:
        wanted |= {one.name, one.id_number, one.pupil_number} - {""}
    for path in paths:
        text = _text(path)
        if CASE in text and any(word in text for word in wanted):
            yield from _child(path)


CASE = "案件"


def _text(path: Path) -> str:
    if not is_file(path):
        return ""
    try:
        with path.open("rb") as stream:
            return decode(stream.read(MAX_BYTES)) or ""
    except OSError:
        return ""


def _child(path: Path) -> Iterator[KnownChild]:
    data = read_yaml(path)[0].data
    if not isinstance(data, dict) or CASE not in data or _closed(data):
        return
    pupil = data.get("学生")
    if not isinstance(pupil, dict) or not isinstance(pupil.get("姓名"), str):
        return
    number = str(pupil.get("身份证号") or "")
    numbers = frozenset(filter(None, (number, str(pupil.get("学籍号") or ""))))
    born = read_id(number, str(pupil.get("证件类型") or RESIDENT)).birth
    birth = str(pupil.get("出生日期") or (born.isoformat() if born else ""))
    guardians = frozenset(name_key(one) for one in _names(data.get("监护人")))
    yield KnownChild(path, name_key(pupil["姓名"]), numbers, birth, guardians)


def _names(people: Any) -> Iterator[str]:
    for one in people if isinstance(people, list) else ():
        if isinstance(one, dict) and isinstance(one.get("姓名"), str):
            yield one["姓名"]


def _closed(data: Mapping[str, Any]) -> bool:
    """Tell whether the case was closed: who drops out again gets a new one."""
    events = data.get("经过")
    return any(
        isinstance(one, dict) and one.get("事项") == CLOSED
        for one in (events if isinstance(events, list) else ())
    )
