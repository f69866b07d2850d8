"""A list that somebody filled in or corrected, read back and laid beside the cases.

Nothing is ever written into a case: what differs is told by the cell, and a person decides.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from pathlib import Path

from kcbx_docs.case.cells import text_of
from kcbx_docs.case.ids import mask_numbers
from kcbx_docs.case.model import name_key
from kcbx_docs.case.raw_sheet import MAX_TEXT
from kcbx_docs.case.sheets import Sheet, read_sheets
from kcbx_docs.light import dataclass, regex
from kcbx_docs.listing.cells import CASE, ID, NAME, NUMBER
from kcbx_docs.listing.children import CaseChild
from kcbx_docs.listing.lists import LISTS, KeptList, rows_of
from kcbx_docs.problems import Place, Problem, Problems, UserError, errors, problem, stop

_LOOKED_AT = 6
"""Rows among which the heads must be."""
_COVERS = regex(
    r"截至\s*(?P<day>20\d\d-\d\d-\d\d)(?:\s*学期：(?P<term>\S+))?(?:\s*学校：(?P<schools>\S+))?"
)
_SPACE = regex(r"\s+")


@dataclass(frozen=True)
class ListedRow:
    """One row: where it is, and what stands under each head."""

    sheet: Sheet
    at: int
    cells: Mapping[str, str]
    columns: Mapping[str, int]

    def place(self, head: str = CASE) -> Place:
        """Return where a cell is."""
        return self.sheet.place(self.at, self.columns.get(head))


@dataclass
class ListRead:
    """A list as it came back."""

    kept: KeptList
    rows: list[ListedRow] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    day: date | None = None
    term: str = ""
    schools: tuple[str, ...] = ()


def read_list(path: Path, name: str = "") -> ListRead:
    """Read a list; a file that is none of ours is refused. ``name`` is what it is called."""
    name = name or path.name
    sheets, found = read_sheets(path, name)
    if errors(found):
        raise UserError(found)
    kept = _which(sheets, name)
    read = ListRead(kept, problems=list(found))
    for sheet in sheets:
        top = _heads_at(sheet, kept)
        if top is not None:
            read.sheets.append(sheet)
            _take(read, sheet, top)
    return read


def _which(sheets: Sequence[Sheet], name: str) -> KeptList:
    """Find which list it is: the one whose heads it has most of, all that tell whose rows they
    are among them.
    """
    best, most = None, 0
    for kept in LISTS.values():
        shared = max((_shared(sheet, kept) for sheet in sheets), default=0)
        if shared > most:
            best, most = kept, shared
    if best is None or most * 2 < len(best.heads):
        raise stop("LIST010", Place(name), lists="、".join(LISTS))
    return best


def _shared(sheet: Sheet, kept: KeptList) -> int:
    heads = set(kept.heads)
    known = [heads & set(map(text_of, row)) for row in sheet.rows[:_LOOKED_AT]]
    return max((len(one) if CASE in one or NAME in one else 0 for one in known), default=0)


def _heads_at(sheet: Sheet, kept: KeptList) -> int | None:
    """Return the row that holds the heads of a list; of its second sheet nothing."""
    for at, row in enumerate(sheet.rows[:_LOOKED_AT]):
        words = set(map(text_of, row))
        if (CASE in words or NAME in words) and len(words & set(kept.heads)) * 2 >= len(kept.heads):
            return at
    return None


def _take(read: ListRead, sheet: Sheet, top: int) -> None:
    columns = _columns(read, sheet, top)
    for at in range(top + 1, len(sheet.rows)):
        row = [text_of(cell) for cell in sheet.rows[at]]
        if covers := next((found for cell in row if (found := _COVERS.search(cell))), None):
            read.day = date.fromisoformat(covers["day"])
            read.term = covers["term"] or ""
            read.schools = tuple((covers["schools"] or "").split("、")) if covers["schools"] else ()
            return  # what stands below was never part of the list
        cells = {head: row[at_] for head, at_ in columns.items() if at_ < len(row)}
        if cells.get(CASE) or cells.get(NAME):
            read.rows.append(ListedRow(sheet, at, cells, columns))


def _columns(read: ListRead, sheet: Sheet, top: int) -> dict[str, int]:
    """Find the columns; tell those that are missing, unknown, or there twice."""
    columns: dict[str, int] = {}
    for place, cell in enumerate(sheet.rows[top]):
        head = text_of(cell)
        if head in columns:
            read.problems.append(problem("LIST013", sheet.place(top, place), head=head))
        elif head in read.kept.heads:
            columns[head] = place
        elif head:
            facts = {"head": head, "list": read.kept.name}
            read.problems.append(problem("LIST012", sheet.place(top, place), **facts))
    missing = [head for head in read.kept.heads if head not in columns]
    for head in missing:
        grave = head in (CASE, NAME)
        code = "LIST011" if grave else "LIST014"
        read.problems.append(problem(code, sheet.place(top), head=head, list=read.kept.name))
    return columns


@dataclass(frozen=True)
class Compared:
    """What a list and the cases say differently."""

    same: int = 0
    differing: Problems = ()


def compared(read: ListRead, children: Sequence[CaseChild]) -> Compared:
    """Lay a list beside the cases: who is new, who is missing, which cell differs."""
    if errors(read.problems):
        return Compared()
    every = {child.case.id: child for child in children}
    rows = _of_list(read.kept, children)
    found: list[Problem] = []
    seen: dict[str, ListedRow] = {}
    numbers: dict[str, ListedRow] = {}
    same = 0
    for row in read.rows:
        told = (*_doubled(row, numbers), *_row(row, every, rows, seen, children))
        found += told
        same += not told
    for case, cells in rows.items():
        if case not in seen:
            place = read.sheets[0].place(0) if read.sheets else Place()
            facts = {"case": case, "name": cells[NAME], "list": read.kept.name}
            found.append(problem("LIST023", Place(place.file), **facts))
    return Compared(same, tuple(found))


def _doubled(row: ListedRow, numbers: dict[str, ListedRow]) -> Iterator[Problem]:
    """Tell of a number of identity that another child's row has too."""
    number = row.cells.get(ID, "")
    if not any(map(str.isdecimal, number)) or "*" in number:
        return
    first = numbers.setdefault(number, row)
    if first is not row and first.cells.get(CASE) != row.cells.get(CASE):
        yield problem("LIST027", row.place(ID), other=str(first.place(ID).path))


def _of_list(kept: KeptList, children: Sequence[CaseChild]) -> dict[str, dict[str, str]]:
    """Return what each child's row must say, by the case, numbers in full."""
    named = [child for child in children if kept.belongs(child)]
    rows = rows_of(kept, named, str)
    return {row[kept.heads.index(CASE)]: dict(zip(kept.heads, row, strict=True)) for row in rows}


def _row(
    row: ListedRow,
    every: Mapping[str, CaseChild],
    rows: Mapping[str, Mapping[str, str]],
    seen: dict[str, ListedRow],
    children: Sequence[CaseChild],
) -> Iterator[Problem]:
    """Tell everything of one row; of a row that is not about the child it names, only that."""
    case, name = row.cells.get(CASE, ""), row.cells.get(NAME, "")
    if not case or case not in every:
        yield _new(row, children)
        return
    if first := seen.get(case):
        facts = {"case": case, "name": name, "other": str(first.place().path)}
        yield problem("LIST020", row.place(), **facts)
        return
    seen[case] = row
    child = every[case]
    if name_key(name) != name_key(child.pupil.name):
        facts = {"case": case, "name": name or "空着", "known": child.pupil.name}
        yield problem("LIST021", row.place(NAME), **facts)
    elif case not in rows:
        yield problem("LIST024", row.place(), case=case, name=name)
    else:
        yield from _cells(row, rows[case])


def _new(row: ListedRow, children: Sequence[CaseChild]) -> Problem:
    """Tell of a row that belongs to no case; if a child of the name has one, say which."""
    case, name = row.cells.get(CASE, ""), row.cells.get(NAME, "")
    alike = [c.case.id for c in children if name and name_key(c.pupil.name) == name_key(name)]
    if alike:
        facts = {"name": name, "case": case or "空着", "known": "、".join(alike)}
        return problem("LIST025", row.place(), **facts)
    return problem("LIST022", row.place(NAME), name=name or "没有写姓名", case=case or "空着")


def _cells(row: ListedRow, known: Mapping[str, str]) -> Iterator[Problem]:
    for head, told in row.cells.items():
        own = known[head]
        if head in (NUMBER, CASE, NAME) or _plain(told) in (_plain(own), _plain(mask_numbers(own))):
            continue
        hidden = mask_numbers(own) if head == ID else own
        facts = {"head": head, "told": _shown(told), "known": _shown(hidden), "name": known[NAME]}
        yield problem("LIST026", row.place(head), **facts)


def _plain(text: str) -> str:
    return _SPACE.sub("", text[:MAX_TEXT])


def _shown(text: str) -> str:
    """Return what a cell holds in one line."""
    return mask_numbers(" ".join(text.split())) or "空着"
