"""The list on which a school ticks who is printed, and holds back whom it does not want yet."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from kcbx_docs.batch.preflight import HeldBack
from kcbx_docs.case.cells import text_of
from kcbx_docs.case.roster_reading import RosterPupil
from kcbx_docs.case.sheets import read_sheets
from kcbx_docs.office.spreadsheet import TextTable
from kcbx_docs.problems import Place, Problem, Problems, errors, problem

TITLE = "勾选名单"
_TICK, _REASON = "印不印", "理由"
_HEADS = ("班级", "姓名", _TICK, _REASON, "情况", "名册位置")
_FOOT = (
    "「印不印」写 印 或者 暂缓；暂缓的写理由。",
    "改好以后：kcbx render 批次文件 --list 这个文件",
)
_YES = ("印", "是", "√", "✓", "✔", "1", "y", "Y", "对")
_NO = ("", "不印", "暂缓", "否", "×", "x", "X", "0", "n", "N")


def ticking_list(
    pupils: Sequence[RosterPupil], held: Sequence[HeldBack], state: Mapping[int, str]
) -> TextTable:
    """Return the list, everybody ticked who can be printed; ``state`` says what each has."""
    reasons: dict[int, str] = {}
    for one in held:
        reasons[one.pupil.serial] = "；".join(fault.message for fault in one.faults)
    rows: list[tuple[str, ...]] = []
    for pupil in pupils:
        why = reasons.get(pupil.serial, "")
        where = pupil.place_in("").path
        told = (why, state.get(pupil.serial, ""), where)
        rows.append((pupil.class_label, pupil.pupil.name, "暂缓" if why else "印", *told))
    return TextTable(TITLE, _HEADS, tuple(rows), _FOOT)


def read_ticks(path: Path, pupils: Sequence[RosterPupil]) -> tuple[tuple[HeldBack, ...], Problems]:
    """Read who is held back on a list; who is not on it is held back, too."""
    rows, found = _rows(path)
    if errors(found):
        return (), found
    held: list[HeldBack] = []
    for pupil in pupils:
        row = _row_of(pupil, rows)
        if row is None:
            held.append(_held(pupil, "勾选名单里没有这一名"))
        elif row[_TICK] in _NO:
            held.append(_held(pupil, row[_REASON] or "勾选名单里没有写理由"))
        elif row[_TICK] not in _YES:
            facts = {"name": pupil.pupil.name, "written": row[_TICK]}
            found = (*found, problem("BTCH034", Place(str(path)), **facts))
    return tuple(held), found


def _held(pupil: RosterPupil, reason: str) -> HeldBack:
    return HeldBack(pupil, (problem("BTCH035", Place(), reason=reason),))


Row = Mapping[str, str]


def _rows(path: Path) -> tuple[tuple[Row, ...], Problems]:
    sheets, found = read_sheets(path, str(path))
    if errors(found):
        return (), found
    rows: list[Row] = []
    for sheet in sheets[:1]:
        table = iter(sheet.rows)
        heads = [text_of(cell) for cell in next(table, ())]
        if not {"姓名", _TICK} <= set(heads):
            return (), (problem("BTCH033", Place(str(path))),)
        rows += _named(heads, table)
    return tuple(rows), found


def _named(heads: Sequence[str], table: Iterator[Sequence[object]]) -> Iterator[Row]:
    for cells in table:
        told = dict(zip(heads, map(text_of, cells), strict=False))
        yield {head: told.get(head, "") for head in _HEADS}


def _row_of(pupil: RosterPupil, rows: Sequence[Row]) -> Row | None:
    """Find a pupil's row: at the same place of the roster, else the only one of name and class."""
    same = [
        row for row in rows if (row["姓名"], row["班级"]) == (pupil.pupil.name, pupil.class_label)
    ]
    here = [row for row in same if row["名册位置"] == pupil.place_in("").path]
    chosen = here or same
    return chosen[0] if len(chosen) == 1 else None


def told_of_list(held: Sequence[HeldBack], file: str) -> Iterator[Problem]:
    """Say how many the list holds back."""
    if held:
        yield problem("BTCH036", Place(file), count=len(held))


def told_still_held(path: Path, held: Sequence[HeldBack]) -> Iterator[Problem]:
    """Name whom the list wants printed and the roster still holds back."""
    rows, _ = _rows(path)
    for one in held:
        row = _row_of(one.pupil, rows)
        if row is not None and row[_TICK] in _YES:
            reason = "；".join(fault.message for fault in one.faults)
            facts = {"name": one.pupil.pupil.name, "reason": reason}
            yield problem("BTCH041", Place(str(path)), **facts)
