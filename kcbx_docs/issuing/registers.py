"""The registers that an office keeps, out of the ledger and the case files: as plain text.

Nothing that the ledger holds is left out because a case file is missing or broken: it is listed as
it was recorded, and says that nothing was derived from it.
"""

from collections.abc import Iterator, Sequence
from typing import Literal, get_args

from kcbx_docs.case.ids import mask, mask_numbers
from kcbx_docs.issuing import case_register, number_register, service_register
from kcbx_docs.issuing.gathered import Gathered
from kcbx_docs.office.spreadsheet import TextTable

RegisterName = Literal["文号登记簿", "送达台账", "案件台账", "待补证据"]
NAMES: tuple[RegisterName, ...] = get_args(RegisterName)
Rows = Sequence[tuple[str, ...]]


def register(told: Gathered, name: RegisterName, *, open_ids: bool = False) -> TextTable:
    """Make one register; numbers of identity are masked unless they are asked for."""
    heads, rows = _made(told, name, open_ids)
    if not open_ids:
        rows = tuple(_masked(heads, row) for row in rows)
    return TextTable(name, heads, tuple(rows), tuple(_foot(told, len(rows))))


def _made(told: Gathered, name: RegisterName, open_ids: bool) -> tuple[tuple[str, ...], Rows]:
    if name == "文号登记簿":
        return number_register.HEADS, number_register.number_rows(told.recorded)
    if name == "送达台账":
        return service_register.HEADS, service_register.service_rows(told)
    if name == "待补证据":
        return service_register.PROOF_HEADS, service_register.proof_rows(told)
    return case_register.HEADS, case_register.case_rows(told, str if open_ids else mask)


def _masked(heads: Sequence[str], row: Sequence[str]) -> tuple[str, ...]:
    """Mask numbers of identity wherever somebody wrote them; that of a letter is nobody's."""
    cells = zip(heads, row, strict=True)
    return tuple(c if head == service_register.MAIL else mask_numbers(c) for head, c in cells)


def _foot(told: Gathered, count: int) -> Iterator[str]:
    """Say until when, how much, and where the ledger ended, so that a later change shows."""
    yield f"截至 {told.day}，{count} 行。"
    yield f"册首　{told.head}"
    yield f"电话核对　{told.head.spoken}"
