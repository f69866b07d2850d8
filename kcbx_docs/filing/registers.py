"""Registers put on the disk: for their owner alone, and never over what is there."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import count
from pathlib import Path

from kcbx_docs.office.spreadsheet import TextTable, table_csv, workbook_of
from kcbx_docs.problems import Place, stop
from kcbx_docs.writing import reason_of, write_new

_FORMS = (".xlsx", ".csv")
_PRIVATE = 0o700


def write_registers(
    tables: Sequence[TextTable], out: Path, form: str, day: date
) -> tuple[Path, ...]:
    """Write registers into a file that is named, or into a folder under names of their own."""
    named = out.suffix.lower() if out.suffix.lower() in _FORMS and not out.is_dir() else ""
    if named and form and named != f".{form}":
        raise stop("LEDG083", Place(), path=out, form=form)
    suffix = named or f".{form or 'xlsx'}"
    if named == ".csv" and len(tables) > 1:
        raise stop("LEDG082", Place(), path=out, count=len(tables))
    if named and out.exists():
        raise stop("LEDG081", Place(), path=out)
    written: list[Path] = []
    for title, data in _files(tables, suffix):
        path = out if named else _free(out, f"{title}-{day}", suffix)
        write_table(path, data)
        written.append(path)
    return tuple(written)


def _files(tables: Sequence[TextTable], suffix: str) -> Iterator[tuple[str, bytes]]:
    """Make a file for each register as CSV; a workbook holds them all."""
    if suffix == ".xlsx":
        yield tables[0].title if len(tables) == 1 else "登记簿", workbook_of(tables)
        return
    for table in tables:
        yield table.title, table_csv(table)


def _free(folder: Path, stem: str, suffix: str) -> Path:
    """Return a name that nobody uses: somebody may have written into the older file."""
    names = (f"{stem}{f'-{number}' if number > 1 else ''}{suffix}" for number in count(1))
    return next(folder / name for name in names if not (folder / name).exists())


def write_table(path: Path, data: bytes) -> None:
    """Write a file that is not there yet, and its folder."""
    try:
        path.parent.mkdir(_PRIVATE, parents=True, exist_ok=True)
        write_new(path, data)
    except FileExistsError as error:
        raise stop("LEDG081", Place(), path=path) from error
    except OSError as error:
        raise stop("PAPR007", Place(), path=path, reason=reason_of(error)) from error
