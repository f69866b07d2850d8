"""kcbx.yaml as a form: which records it has, and one of them changed, examined as the check does,
before anything is written.
"""

import typing
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo

from kcbx_docs.case.commented import is_listed
from kcbx_docs.case.files import workspace_of
from kcbx_docs.case.workspace import Workspace
from kcbx_docs.handwriting.known_keys import models_in
from kcbx_docs.light import dataclass
from kcbx_docs.locking import OUTPUT
from kcbx_docs.office.insertion import without_item
from kcbx_docs.office.opened import opening_from
from kcbx_docs.office.rewriting import rewrite
from kcbx_docs.office.setting import set_values
from kcbx_docs.office.workspace_faults import workspace_faults
from kcbx_docs.office.yamledit import Original, read_original
from kcbx_docs.problems import Problems, UserError, errors, not_told_before
from kcbx_docs.reading import Loc, Source, parse_yaml

PLACE = "地区"
"""The key that stands alone: where the office is."""
_ELSEWHERE = ("登记簿", "处罚依据")
"""What is changed with care and by commands of its own."""


@dataclass(frozen=True)
class SettingsField:
    """One blank: its key, what it means, what may be chosen."""

    key: str
    about: str
    required: bool
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class SettingsSection:
    """One record of the file, or a list of such records."""

    key: str
    about: str
    listed: bool
    fields: tuple[SettingsField, ...]

    def loc(self, number: int | None) -> Loc:
        """Return where a record stands; the place of the office stands in the file itself."""
        if self.key == PLACE:
            return ()
        return (self.key,) if number is None else (self.key, number)


def _sections() -> Iterator[SettingsSection]:
    for name, info in Workspace.model_fields.items():
        key, about = info.alias or name, info.description or ""
        inner = next(models_in(info.annotation), None)
        if key == PLACE:
            yield SettingsSection(key, about, listed=False, fields=(_field(key, info),))
        elif inner and key not in _ELSEWHERE:
            own = inner.model_fields.items()
            fields = tuple(_field(one.alias or inside, one) for inside, one in own)
            yield SettingsSection(key, about, is_listed(info.annotation), fields)


def _field(key: str, info: FieldInfo) -> SettingsField:
    annotation = info.annotation
    literal = typing.get_origin(annotation) is typing.Literal
    choices = typing.get_args(annotation) if literal else ()
    return SettingsField(key, info.description or "", info.is_required(), choices)


SECTIONS: Mapping[str, SettingsSection] = {one.key: one for one in _sections()}


def records_of(section: SettingsSection, data: Any) -> tuple[dict[str, str], ...]:
    """Return the records of a section as texts; none where the file has none that can be read."""
    held = data.get(section.key) if isinstance(data, Mapping) else None
    if section.key == PLACE:
        return ({PLACE: str(held or "")},)
    every = held if section.listed and isinstance(held, list) else [held]
    return tuple(_texts(one) for one in every if isinstance(one, Mapping))


def _texts(record: Mapping[Any, Any]) -> dict[str, str]:
    return {str(key): str(value) for key, value in record.items() if value is not None}


@dataclass(frozen=True)
class ChangedLines:
    """What stood somewhere in the file, and what is to stand there."""

    line: int
    gone: tuple[str, ...]
    come: tuple[str, ...]


@dataclass(frozen=True)
class Settled:
    """The file as it is to be, and what is to be said of it that was not so before."""

    original: Original
    text: str
    problems: Problems

    @property
    def changed(self) -> bool:
        """Tell whether anything is to be written."""
        return self.text != self.original.text

    @property
    def lines(self) -> tuple[ChangedLines, ...]:
        """List the lines that change."""
        old, new = self.original.text.split("\n"), self.text.split("\n")
        return tuple(
            ChangedLines(begin + 1, tuple(old[begin:end]), tuple(new[start:stop]))
            for kind, begin, end, start, stop in self._steps
            if kind != "equal"
        )

    @property
    def data(self) -> bytes:
        """Return the bytes of the file as it is to be: every line that stays keeps its own."""
        kept, lines = self.original.raw.split(b"\n"), self.text.split("\n")
        usual = self.original.newline.encode().removesuffix(b"\n")
        kept[-1] += usual  # the last line of a file has no end; it may get lines behind it
        codec = self.original.encoding.removesuffix("-sig")
        written: list[bytes] = []
        for kind, begin, stop, first, last in self._steps:
            if kind == "equal":
                written += kept[begin:stop]
                continue
            end = b"\r" if kept[min(begin, len(kept) - 1)].endswith(b"\r") else b""
            written += [line.encode(codec) + end for line in lines[first:last]]
        return b"\n".join(written).removesuffix(usual)

    @property
    def _steps(self) -> Sequence[tuple[str, int, int, int, int]]:
        old, new = self.original.text.split("\n"), self.text.split("\n")
        return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def read_settings(path: Path) -> tuple[Source, Problems]:
    """Read the file as far as it can be read, with all that is wrong with it."""
    text = read_original(path).text
    return parse_yaml(text, str(path))[0], faults_of(path, text)


def faults_of(path: Path, text: str) -> Problems:
    """Return what the check says of a text of kcbx.yaml, whether or not it is on the disk."""
    loaded, found = workspace_of(path, *parse_yaml(text, str(path)))
    if loaded is None:
        return found
    opening = opening_from(loaded, found)
    return (*opening.problems, *workspace_faults(loaded.workspace, loaded.source))


def settle(path: Path, loc: Loc, values: Mapping[str, str]) -> Settled:
    """Set keys of a record, or make it; raise with what would be wrong only then. Nothing is
    written yet.
    """
    original = read_original(path)
    return _proved(original, set_values(original.text, str(path), loc, values))


def take_out(path: Path, section: str, number: int) -> Settled:
    """Take a record out of a list; raise with what would be wrong only then."""
    original = read_original(path)
    text = without_item(original.text, str(path), section, number, remarks_go=True)
    return _proved(original, text)


def _proved(original: Original, text: str) -> Settled:
    path = original.path
    new = not_told_before(faults_of(path, original.text), faults_of(path, text))
    if errors(new):
        raise UserError(new)
    return Settled(original, text, new)


def write_settings(settled: Settled) -> None:
    """Write the file unless somebody changed it since it was read."""
    path = settled.original.path
    rewrite(path.parent / OUTPUT, path, settled.original.raw, settled.data)


def sayings(problems: Problems) -> Mapping[str, str]:
    """Return what is said of each value, by its path as people read it."""
    told: dict[str, list[str]] = defaultdict(list)
    for one in problems:
        told[one.place.path].append(f"{one.message}{one.hint}")
    return {path: "".join(said) for path, said in told.items() if path}
