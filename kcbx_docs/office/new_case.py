"""A new case as somebody tells it: the answers by where they stand in the file that they make."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kcbx_docs.case.classes import read_class, read_grade
from kcbx_docs.case.files import load_source
from kcbx_docs.case.model import Guardian, Pupil
from kcbx_docs.case.phones import phones_in
from kcbx_docs.case.workspace import Workspace
from kcbx_docs.light import dataclass
from kcbx_docs.office import new_files
from kcbx_docs.office.children import KnownChild, known_children
from kcbx_docs.office.destination import Destination
from kcbx_docs.office.files import folder_key
from kcbx_docs.problems import Place, Problem, Problems, problem, raise_errors
from kcbx_docs.reading import Loc, parse_yaml

SITUATIONS = ("未入学", "辍学", "再次辍学")
SOMEBODY, _GUARDIAN = "某某", "某人"
"""Stand in for names that are not known yet."""
"""Stand-ins while nobody is named yet, so that all else can be judged."""
_OPEN = ("姓名", "关系", "身份证号", "电话", "住址")
"""Keys of a guardian that stay to be filled in."""
_LEFT_OUT = ("年级", "班级", "无证件原因")
"""Keys of the pupil that need not be filled in."""


def at_their_places(answers: Mapping[Loc, str], *, blank: bool = True) -> dict[str, Any]:
    """Return answers as the values of a file; ``blank`` keeps the keys that were left open."""
    values: dict[str, Any] = {}
    for loc, text in answers.items():
        if text or blank:
            _put(values, loc, text)
    return values


def _put(values: dict[str, Any], loc: Loc, text: str) -> None:
    inner: Any = values
    for part, following in pairwise(loc):
        inner = _inside(inner, part, list if isinstance(following, int) else dict)
    inner[loc[-1]] = text


def _inside(outer: Any, part: int | str, kind: type[Any]) -> Any:
    """Return what stands at a key or place; make it where nothing does."""
    if isinstance(part, str):
        return outer.setdefault(part, kind())
    while len(outer) <= part:
        outer.append(kind())
    return outer[part]


def listed_names(text: str) -> list[str]:
    """Split what was typed with 、 or a comma between."""
    return [part.strip() for part in re.split("[、，,;；]", text) if part.strip()]


def as_phones(text: str) -> str:
    """Write telephone numbers as they are printed; what is none stays, and is judged."""
    return "、".join(phones_in(text)) or text


def as_grade(text: str) -> str:
    """Write a grade as papers do: 八 and 8 are 八年级; 初二, which may be two grades, stays."""
    (usual, doubt), whole = read_grade(text), read_class(text)
    return text if doubt or (whole.grade and whole.name) else usual or text


def as_class(text: str) -> str:
    """Write a class as papers do: 2 is 2班; one that names a grade, too, stays, and is judged."""
    read = read_class(text)
    return text if read.grade or read.doubt else read.name or text


@dataclass(frozen=True)
class CaseSaid:
    """A new case as it is told."""

    answers: Mapping[Loc, str]
    guardian_told: bool = False
    """Something of a guardian is known, be it without his name."""

    @property
    def values(self) -> dict[str, Any]:
        """Return what stands in the file; what was left open stays to be filled in."""
        values = at_their_places(self.answers)
        named = [one for one in values.get("监护人", []) if one["姓名"]]
        kept = named or (values.get("监护人", [])[:1] if self.guardian_told else [])
        values["监护人"] = [{**dict.fromkeys(_OPEN, ""), **one} for one in kept]
        for key in _LEFT_OUT:
            if not values.get("学生", {}).get(key, "-"):
                del values["学生"][key]
        if handlers := values.pop("承办人", ""):
            values["承办人"] = listed_names(handlers)
        absent = values.pop("经过", [{"日期": ""}])[0]["日期"]
        if absent:
            values["经过"] = [{"日期": absent, "事项": "首次缺课"}]
        return values

    @property
    def text(self) -> str:
        """Return the file."""
        return new_files.case_text(self.values)

    @property
    def judged(self) -> str:
        """Return the file with stand-ins for those who are not named yet."""
        values = self.values
        pupil = values.setdefault("学生", {})
        pupil["姓名"] = pupil.get("姓名") or SOMEBODY
        for guardian in values["监护人"]:
            guardian["姓名"] = guardian["姓名"] or _GUARDIAN
        return new_files.case_text(values)

    def faults(self, path: Path, day: date, workspace: Workspace | None) -> Problems:
        """Say what the readers of the file say of it."""
        return load_source(path, *parse_yaml(self.judged, str(path)), day, workspace)[1]

    def known(
        self, files: Sequence[Path], *, closed: bool = False
    ) -> tuple[tuple[KnownChild, bool], ...]:
        """List the open cases of a child that may be this one, and whether it surely is;
        ``closed``, those that have ended.
        """
        values = self.values
        told = values.get("学生", {})
        if not told.get("姓名"):
            return ()
        try:
            child = Pupil(姓名=told["姓名"], 身份证号=told.get("身份证号", ""))
            people = [Guardian(姓名=one["姓名"]) for one in values["监护人"] if one["姓名"]]
        except ValidationError:  # names nobody bears: the readers of the file say what is wrong
            return ()
        every = known_children(files, [child], closed=closed)
        same = [one for one in every if one.may_be(child, people)]
        return tuple((one, one.surely_is(child, people)) for one in same)


def write_cases_anew(office: Destination, texts: Mapping[str, str]) -> tuple[Path, ...]:
    """Write new files by their numbers; none if a number belongs to another file already."""
    files = {f"{number}.yaml": text for number, text in texts.items()}
    doubled: list[Problem] = []
    for number in texts:
        path, name = office.numbers.get(folder_key(number)), f"{number}.yaml"
        if path and path.name != name:  # the file itself: CLI002 says it better
            place = Place(str(office.cases / name))
            doubled.append(problem("WORK010", place, number=number, files=path))
    raise_errors(doubled)
    written = new_files.write_together(office.root, office.cases, files)
    new_files.refresh_schemas(office.root)
    return written
