"""A school's list of pupils, out of whatever file the school has."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path

from kcbx_docs.case.batch import RosterSpec
from kcbx_docs.case.cells import text_of
from kcbx_docs.case.columns import plain_header, roster_words
from kcbx_docs.case.ids import mask_numbers
from kcbx_docs.case.roster_classes import Classes
from kcbx_docs.case.roster_columns import misplaced
from kcbx_docs.case.roster_doubles import Seen, doubles, held_back
from kcbx_docs.case.roster_leavers import leavers
from kcbx_docs.case.roster_pupils import pupil_of
from kcbx_docs.case.roster_reading import (
    CHECKED,
    RosterPupil,
    RosterReading,
    SheetAccount,
    SkippedRow,
)
from kcbx_docs.case.roster_shared import shared
from kcbx_docs.case.roster_tables import once_each
from kcbx_docs.case.sheets import Sheet, read_sheets
from kcbx_docs.case.tables import MAX_TEXT, SheetLayout, layout_of, of_sheet
from kcbx_docs.problems import Place, Problem, errors, problem
from kcbx_docs.words import did_you_mean

NO_ROWS = "ROST136"
"""That a list has a header and nothing below it."""
WHOSE_PHONE, GUARDIANS_PHONE = "ROST138", "监护人电话"
"""That nobody knows whose a number is; it matters where papers print a guardian's."""
SECOND_TABLE = "另一张表里也有，只算一次"
_DEATHS = frozenset(("ROST100", "ROST107", "ROST109"))
"""What is told of a parent who has died, or may have."""
_TOLD_OF_ALL = frozenset(("ROST057", "ROST110", "ROST111", "ROST116"))
"""What a remark asks of a pupil, in whichever table it stands."""


def read_roster(
    path: Path,
    spec: RosterSpec,
    today: date,
    name: str | None = None,
    needed: frozenset[str] | None = None,
) -> RosterReading:
    """Read a roster; every row is accounted for, every mistake has its cell.

    ``needed`` names the fields that the ordered papers print (电话, 监护人姓名, 监护人住址 …);
    nothing means all of them. What is not needed is never more than a note.
    """
    file = name or path.name
    sheets, found = read_sheets(path, name)
    if errors(found):
        return RosterReading(file, problems=found)
    chosen, problems = _chosen(sheets, spec, file)
    specs = [of_sheet(sheet, spec, chosen) for sheet in chosen]
    wanted = _wanted(chosen, spec)
    layouts = [layout_of(*pair, wanted=wanted) for pair in zip(chosen, specs, strict=True)]
    for layout in layouts:
        problems += layout.problems
    pupils, skipped, more = _pupils(file, layouts, spec, today, needed)
    problems += (*more, *found, *_hidden(pupils, layouts))
    if not pupils and not errors(problems):
        problems.append(problem(_none_read(layouts, skipped), Place(file)))
    sheets_read = tuple(_account(layout, pupils, skipped) for layout in layouts)
    if needed is not None and GUARDIANS_PHONE not in needed:
        problems = [one for one in problems if one.code != WHOSE_PHONE]
    told = tuple(dict.fromkeys(_without_idle(problems, {one.sheet for one in pupils})))
    return RosterReading(file, pupils, tuple(skipped), sheets_read, told, chosen, today)


def _none_read(layouts: Sequence[SheetLayout], skipped: Sequence[SkippedRow]) -> str:
    """Return the code of why nobody was read: there is nobody yet, or no row is a pupil."""
    headed = layouts and all(one.headers and not one.problems for one in layouts)
    return NO_ROWS if headed and not skipped else "ROST008"


def _without_idle(problems: Sequence[Problem], sheets: Collection[str]) -> Iterator[Problem]:
    """Leave out that a table names no families where all its pupils stand in others."""
    for found in problems:
        if found.code != "ROST016" or not sheets or found.place.path in sheets:
            yield found


def _chosen(
    sheets: Sequence[Sheet], spec: RosterSpec, file: str
) -> tuple[tuple[Sheet, ...], list[Problem]]:
    if not spec.sheets:
        ours = roster_words()["ignored"]["sheets"]
        return tuple(sheet for sheet in sheets if sheet.name not in ours), []
    names = [sheet.name for sheet in sheets]
    problems: list[Problem] = []
    for name in spec.sheets:
        if name not in names:
            facts = {"name": name, "known": "、".join(names)}
            advice = did_you_mean(name, names)
            problems.append(problem("ROST010", Place(file), **facts, advice=advice))
    return tuple(sheet for sheet in sheets if sheet.name in spec.sheets), problems


def _wanted(sheets: Sequence[Sheet], spec: RosterSpec) -> bool:
    """Tell whether a sheet without a header is a fault: where it is the only one, or named."""
    return bool(len(sheets) == 1 or spec.sheets or spec.header_row)


def _pupils(
    file: str,
    layouts: Sequence[SheetLayout],
    spec: RosterSpec,
    today: date,
    needed: frozenset[str] | None,
) -> tuple[tuple[RosterPupil, ...], list[SkippedRow], list[Problem]]:
    lines = list(chain.from_iterable(layout.lines for layout in layouts))
    skipped = list(chain.from_iterable(layout.skipped for layout in layouts))
    classes = Classes(file, lines, spec.class_of_sheets)
    placed = classes.place()
    seen: list[Seen] = []
    told: list[list[Problem]] = []
    for line, one in zip(lines, placed, strict=True):
        pupil, problems = pupil_of(line, one, today, needed)
        seen.append(Seen(pupil, line))
        told.append(problems)
    gone = leavers(seen)
    for at, changed in gone.changed.items():
        seen[at] = replace(seen[at], pupil=changed)
    staying = [at for at in range(len(seen)) if at not in gone.out]
    died = [at for at, number in enumerate(staying) if _tells_of_a_death(told[number])]
    once = once_each([seen[number] for number in staying], died)
    out = gone.out | {staying[at] for at in once.out}
    skipped += [_second(seen[number]) for number in sorted(out)]
    for at, pupil in once.changed.items():
        seen[staying[at]] = replace(seen[staying[at]], pupil=pupil)
    kept = [one for number, one in enumerate(seen) if number not in out]
    pupils, alike = _without_doubles(kept)
    numbered = tuple(replace(one, serial=number) for number, one in enumerate(pupils, 1))
    columns = misplaced(lines, today)
    told_of_all = (*columns.problems, *classes.problems, *gone.problems, *once.problems)
    of_rows = columns.left([*_of_rows(told, out)])
    return numbered, skipped, [*told_of_all, *shared(kept), *of_rows, *alike]


def _of_rows(told: Sequence[Sequence[Problem]], out: Collection[int]) -> Iterator[Problem]:
    """Yield what is told of every row that is read, and the remarks of the others."""
    for number, problems in enumerate(told):
        yield from (one for one in problems if number not in out or one.code in _TOLD_OF_ALL)


def _tells_of_a_death(problems: Sequence[Problem]) -> bool:
    return any(found.code in _DEATHS for found in problems)


def _second(one: Seen) -> SkippedRow:
    text = " ".join(filter(None, map(text_of, one.line.cells.values())))
    row, sheet = one.pupil.row, one.pupil.sheet
    return SkippedRow(sheet, row, mask_numbers(text)[:MAX_TEXT], SECOND_TABLE)


def _without_doubles(seen: Sequence[Seen]) -> tuple[list[RosterPupil], list[Problem]]:
    reasons: dict[int, list[Problem]] = {}
    told: list[Problem] = []
    for number, found, holds in doubles(seen):
        told.append(found)
        if holds:
            reasons.setdefault(number, []).append(found)
    pupils: list[RosterPupil] = []
    for number, one in enumerate(seen):
        pupils.append(held_back(one.pupil, reasons.get(number, ())))
    return pupils, told


def _hidden(pupils: Sequence[RosterPupil], layouts: Sequence[SheetLayout]) -> Iterator[Problem]:
    """Say how many of the printed nobody sees in the spreadsheet: a filter was left on."""
    printed = Counter((one.sheet, one.row) for one in pupils if not one.held)
    for layout in layouts:
        sheet = layout.sheet
        rows = [sheet.numbers[row] for row in sorted(sheet.hidden)]
        rows = [row for row in rows if printed[sheet.name, row]]
        if rows:
            shown = "、".join(map(str, rows[:10])) + ("……" if len(rows) > 10 else "")
            place = Place(sheet.file, path=sheet.name)
            yield problem("ROST055", place, count=len(rows), rows=shown)


def _account(
    layout: SheetLayout, pupils: Sequence[RosterPupil], skipped: Sequence[SkippedRow]
) -> SheetAccount:
    name = layout.sheet.name
    if not layout.headers:
        return SheetAccount(name)
    own = [pupil for pupil in pupils if pupil.sheet == name]
    held = sum(bool(pupil.held) for pupil in own)
    passed = sum(row.sheet == name for row in skipped)
    header = layout.headers[0]
    ignored = roster_words()["ignored"]["columns"]
    unused = [label for label in header.unused if plain_header(label) not in ignored]
    columns = tuple((header.labels[column], known) for column, known in header.columns.items())
    row = layout.sheet.numbers[header.first_row - 1]
    counts = (len(own) + passed, len(own) - held, held, passed)
    return SheetAccount(name, row, columns, tuple(unused), *counts, lists=len(layout.headers))


def account_of(reading: RosterReading) -> Iterator[Problem]:
    """Say of how many rows something was read, and what became of them, by sheet."""
    place = Place(reading.file)
    counts = {"rows": reading.rows, "skipped": len(reading.skipped)}
    counts |= {"printed": len(reading.printable), "held": len(reading.held)}
    yield problem("ROST096", place, **counts)
    for sheet in reading.sheets:
        if sheet.header_row:
            at = Place(reading.file, path=sheet.name)
            known = "、".join(label for label, _ in sheet.columns)
            facts = {"rows": sheet.rows, "printed": sheet.printed, "held": sheet.held}
            yield problem("ROST097", at, **facts, skipped=sheet.skipped, columns=known)


FEW = 3
"""Cells of a column that are told one by one."""
MOST = 20
"""What is told of one kind in one file, at most."""


def told_in_short(problems: Sequence[Problem], where: str = "") -> tuple[Problem, ...]:
    """Tell what is wrong with many cells of a column once, in whatever tables: with the first, and
    their number; of one kind not more than a few lines, and where all of them are marked.
    """
    alike: dict[tuple[str, str], list[Problem]] = {}
    for one in problems:
        alike.setdefault((one.code, _column_of(one)), []).append(one)
    told: dict[str, list[Problem]] = {}
    for (code, column), same in alike.items():
        shown = told.setdefault(code, [])
        few = [_first_of(same)] if len(same) > FEW and column else same
        shown += few[: max(MOST - len(shown), 0)]
    lines = tuple(chain.from_iterable(told.values()))
    left = len(problems) - len(lines)
    if left:
        file = problems[0].place.file
        by = where or f"运行 kcbx roster check {file} --out {CHECKED}，打开 {CHECKED}"
        lines = (*lines, problem("ROST113", Place(file), count=left, where=by))
    return lines


def told_briefly(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Tell only what concerns a whole table or file, and how many cells are doubtful besides."""
    whole = [one for one in problems if not re.search(r"\d$", _cell_of(one).rstrip("行"))]
    cells = len(problems) - len(whole)
    if not cells:
        return tuple(whole)
    return (*whole, problem("ROST114", Place(problems[0].place.file), count=cells))


def _cell_of(one: Problem) -> str:
    return one.place.path.rpartition("!")[2]


def _column_of(one: Problem) -> str:
    """Return the letters of the column that something is told of; nothing of a row or a table."""
    found = re.fullmatch(r"([A-Z]{1,3})\d+", _cell_of(one))
    return found[1] if found else ""


def _first_of(same: Sequence[Problem]) -> Problem:
    first, sheets = same[0], {one.place.path.rpartition("!")[0] for one in same}
    where = "各表的这一列" if len(sheets) > 1 else "同一列"
    return replace(first, message=f"{first.message}{where}还有 {len(same) - 1} 格也是这样。")
