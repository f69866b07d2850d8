"""The class of every pupil: out of its column, the heading above, the name of the sheet, what the
batch file says, the name of the file. Whoever cannot be placed is held back, and nobody is guessed.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from pathlib import PurePath

from kcbx_docs.case.cells import spoilt, text_of
from kcbx_docs.case.classes import (
    UNPLACED,
    ClassName,
    class_in_title,
    class_of_day,
    class_of_sheet,
    put_together,
    read_class,
    read_grade,
)
from kcbx_docs.case.columns import roster_words
from kcbx_docs.case.tables import PupilLine
from kcbx_docs.light import dataclass, regex
from kcbx_docs.problems import Place, Problem, problem

_DECIMAL = regex(r"([1-9])\.(\d{1,2})")
_SERIAL_DAYS = 20_000
"""Days that spreadsheets count from 1900: a number beyond is a day of our time."""
SMALL, LARGE = 2, 20


@dataclass
class Placed:
    """The class of one pupil, and why it cannot be one."""

    found: ClassName = UNPLACED
    held: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class _Written:
    """What the column of classes says in one row, with what was filled in from above."""

    text: str
    code: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


class Classes:
    """Places all pupils of a roster."""

    def __init__(self, file: str, lines: Sequence[PupilLine], given: Mapping[str, str]) -> None:
        self.file, self.lines, self.given = file, lines, given
        self.problems: list[Problem] = []
        self._told: set[tuple[str, str, str]] = set()
        self._sheets = {line.sheet.name: self._of_sheet(line.sheet.name) for line in lines}

    def place(self) -> list[Placed]:
        """Return the class of every line, in their order."""
        lists: dict[tuple[str, int], list[int]] = {}
        for number, line in enumerate(self.lines):
            lists.setdefault((line.sheet.name, line.header.left), []).append(number)
        placed = [Placed() for _ in self.lines]
        for numbers in lists.values():
            written = self._column([self.lines[number] for number in numbers])
            for number, text in zip(numbers, written, strict=True):
                placed[number] = self._placed(self.lines[number], text)
        self._missing(placed)
        self._look_at_all(placed)
        return placed

    def _of_sheet(self, name: str) -> ClassName:
        """Return the class that a whole sheet has: as the batch file says, as it is called."""
        if said := self.given.get(name) or self.given.get(""):
            return read_class(said)
        return class_of_sheet(name)

    def _column(self, lines: Sequence[PupilLine]) -> list[_Written]:
        """Read the column of classes: blanks and ditto marks filled from above where that is
        meant.
        """
        written = [_written(line.cell("班级")) for line in lines]
        texts = [one.text for one in written]
        same = roster_words()["placeholders"]["same"]
        if _only_first_of_each(texts):
            self._say_filled(lines, texts)
            written = _filled(written, ("",))
        elif any(text in same for text in texts):
            written = _filled(written, same)
        return _decimals(written, lines)

    def _say_filled(self, lines: Sequence[PupilLine], texts: Sequence[str]) -> None:
        first = next(line for line, text in zip(lines, texts, strict=True) if text)
        labels = "、".join(text for text in texts if text)
        self.problems.append(problem("ROST069", first.place("班级"), labels=labels[:80]))

    def _placed(self, line: PupilLine, written: _Written) -> Placed:
        name, place = text_of(line.cell("姓名")), line.place("班级")
        around = _around(self._sheets[line.sheet.name], line.title)
        known = around if around.name else UNPLACED
        if written.code:
            facts = {"field": "班级", "name": name, **written.facts}
            facts["label"] = _to_write(around, text_of(line.cell("班级")))
            return Placed(known, [problem(written.code, place, **facts)])
        if written.text in roster_words()["states"]["gone"] and not written.text.isdecimal():
            facts = {"name": name, "state": written.text}
            return Placed(known, [problem("ROST056", place, **facts)])
        own = read_class(written.text)
        if own.fatal:
            facts = {"value": written.text, "name": name, "label": _to_write(around, written.text)}
            return Placed(known, [problem(own.doubt, place, **facts)])
        grade, doubt = read_grade(text_of(line.cell("年级")))
        found = put_together(ClassName(grade, "", doubt), own)
        if found.fatal:
            facts = {"name": name, "grade": grade, "label": own.label}
            return Placed(held=[problem("ROST065", place, **facts)])
        found = self._completed(line, found, around, written)
        self._say_doubt(line, found, written.text)
        return Placed(found)

    def _completed(
        self, line: PupilLine, found: ClassName, around: ClassName, written: _Written
    ) -> ClassName:
        """Complete what the row says with what stands around it; the row itself wins."""
        if not found.label or (not found.name and found.grade == around.grade):
            column = line.header.column_of("班级") is not None
            # A blank cell in a column of classes is no pupil of a school with one class a grade.
            return around if around.name or not column else found
        whole = put_together(ClassName(around.grade, "", around.doubt), found)
        differs = around.name and whole.name and whole.name != around.name
        if whole.fatal or differs:
            self._tell("ROST068", line, found.label, other=around.label)
        return found if whole.fatal else whole

    def _say_doubt(self, line: PupilLine, found: ClassName, written: str) -> None:
        if found.doubt and found.label:
            shown = written or text_of(line.cell("年级")) or line.sheet.name
            self._tell(found.doubt, line, shown, label=found.label)

    def _tell(self, code: str, line: PupilLine, value: str, **facts: object) -> None:
        """Tell something once for a sheet and a way of writing."""
        key = (code, line.sheet.name, value)
        if key not in self._told:
            self._told.add(key)
            self.problems.append(problem(code, line.place("班级"), value=value, **facts))

    def _missing(self, placed: Sequence[Placed]) -> None:
        """Hold back who has no class where others have one; where nobody has, ask the file."""
        if not any(one.found.label or one.held for one in placed):
            self._nobody_placed(placed)
            return
        usual = _usual(self.lines, placed)
        for line, one in zip(self.lines, placed, strict=True):
            if one.held:
                continue
            facts = {"name": text_of(line.cell("姓名")), "label": one.found.label}
            of_list = usual[line.sheet.name, line.header.left]
            if not one.found.label or (not one.found.name and of_list["name"]):
                one.held.append(problem("ROST034", line.place("班级"), **facts))
            elif not one.found.grade and of_list["grade"] and one.found.name[0].isdecimal():
                one.held.append(problem("ROST099", line.place("班级"), **facts))

    def _nobody_placed(self, placed: Sequence[Placed]) -> None:
        if not placed:
            return
        name = unicodedata.normalize("NFKC", PurePath(self.file).stem)
        found = class_of_sheet(name) if "级" in name else class_in_title(name)
        if found and found.label:
            for one in placed:
                one.found = found
            self.problems.append(problem("ROST090", Place(self.file), label=found.label))
        else:
            self.problems.append(problem("ROST088", Place(self.file)))

    def _look_at_all(self, placed: Sequence[Placed]) -> None:
        """Look for classes that may be two, or no class at all."""
        sizes = Counter(one.found for one in placed if one.found.label)
        firsts: dict[str, PupilLine] = {}
        sheets: dict[str, dict[str, None]] = {}
        for line, one in zip(self.lines, placed, strict=True):
            firsts.setdefault(one.found.label, line)
            if one.found.label and not one.found.grade:
                sheets.setdefault(one.found.label, {})[line.sheet.name] = None
        for label, names in sheets.items():
            if len(names) > 1 and "班" in label:
                facts = {"label": label, "sheets": "、".join(f"「{name}」" for name in names)}
                self.problems.append(problem("ROST089", Place(self.file), **facts))
        self.problems += _small(sizes, firsts)


def _usual(
    lines: Sequence[PupilLine], placed: Sequence[Placed]
) -> Mapping[tuple[str, int], Mapping[str, bool]]:
    """Tell of each list whether most of its pupils have a grade, and a class of it."""
    counts: dict[tuple[str, int], Counter[str]] = {}
    for line, one in zip(lines, placed, strict=True):
        count = counts.setdefault((line.sheet.name, line.header.left), Counter())
        count.update({"all": 1, "grade": bool(one.found.grade), "name": bool(one.found.name)})
    usual: dict[tuple[str, int], Mapping[str, bool]] = {}
    for key, count in counts.items():
        usual[key] = {part: 2 * count[part] > count["all"] for part in ("grade", "name")}
    return usual


def _around(sheet: ClassName, title: ClassName) -> ClassName:
    """Join what the sheet and the heading above say; a heading speaks for its own block."""
    if not title.label:
        return sheet
    if (not title.name and sheet.name and title.grade in (sheet.grade, "")) or not sheet.grade:
        return title if title.name else ClassName(title.grade, sheet.name, title.doubt)
    whole = put_together(sheet, title)
    return title if whole.fatal else whole


def _to_write(around: ClassName, day: str) -> str:
    """Say which class to write where a spreadsheet made a day of it: nothing that is unsure."""
    dated = class_of_day(day)
    labels = {one.label for one in (around, dated) if one.grade and one.name}
    agrees = len(labels) == 1 and around.grade in ("", dated.grade or around.grade)
    return f"「{labels.pop()}」" if agrees else "全年级和班"


def _small(sizes: Mapping[ClassName, int], firsts: Mapping[str, PupilLine]) -> Iterator[Problem]:
    """Ask about a class of one or two beside one of fifty: it may be a slip of the pen."""
    largest: dict[str, int] = {}
    for found, count in sizes.items():
        largest[found.grade] = max(count, largest.get(found.grade, 0))
    for found, count in sizes.items():
        whole = max(largest.get(found.grade, 0), 0 if found.grade else max(largest.values()))
        if count <= SMALL and whole >= LARGE:
            place = firsts[found.label].place("班级")
            yield problem("ROST087", place, label=found.label, count=count)


def _written(cell: object) -> _Written:
    """Read one cell of the column; what a spreadsheet made of 7-1 is told as that."""
    if none := spoilt(cell):
        return _Written("", none.code, {"value": none.shown})
    text = text_of(cell)
    is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
    if isinstance(cell, date) or (is_number and float(text) >= _SERIAL_DAYS):
        return _Written("", "ROST061", {"value": text})
    return _Written(text)


def _only_first_of_each(texts: Sequence[str]) -> bool:
    """Tell whether a class is written only in the first row of each: none twice, most blank."""
    said = [text for text in texts if text]
    blank = len(texts) - len(said)
    once = len(set(said)) == len(said)
    return bool(said) and bool(texts[0]) and once and blank > len(said)


def _filled(written: Sequence[_Written], blank: Sequence[str]) -> list[_Written]:
    filled: list[_Written] = []
    for one in written:
        above = filled[-1] if filled else None
        filled.append(above if above and one.text in blank and not one.code else one)
    return filled


def _decimals(written: Sequence[_Written], lines: Sequence[PupilLine]) -> list[_Written]:
    """Tell 7.1 from 7.10, which a spreadsheet makes the same number."""
    most: dict[str, int] = {}
    for one, line in zip(written, lines, strict=True):
        found = _DECIMAL.fullmatch(one.text)
        if found and _may_be_number(line):
            most[found[1]] = max(most.get(found[1], 0), int(found[2]))
    told: list[_Written] = []
    for one, line in zip(written, lines, strict=True):
        found = _DECIMAL.fullmatch(one.text)
        lost = found and len(found[2]) == 1 and most.get(found[1], 0) >= int(found[2]) * 10 - 1
        told.append(
            _Written("", "ROST070", {"value": one.text}) if lost and _may_be_number(line) else one
        )
    return told


def _may_be_number(line: PupilLine) -> bool:
    """A cell of text keeps its noughts; in a text file nobody knows what it was before."""
    return not isinstance(line.cell("班级"), str) or not line.sheet.name
