"""Rows of one story are one test: ten thousand small ones cost more to begin and to end than they
take. Every row is run, whatever becomes of the others, and each that fails is told with its values.

Whoever asks for one row by its name (``test_x[…]``), uses ``-k`` or ``--each-row`` gets a test for
each. So does what needs a beginning of its own: fixtures that are made anew for a test, but for a
folder and patches, which every row gets.
"""

import functools
import inspect
import itertools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest

GIVEN = ("tmp_path", "monkeypatch")
"""What every row gets anew."""
KEPT_APART = ("request", *("skip", "importorskip", "xfail"))
"""Names in a test that has more to do with pytest than a row has."""
SHOWN = 5
"""Rows of which it is told in full how they failed."""
FAILURES = (Exception, pytest.fail.Exception)
PARAMETER = type(pytest.param())


@dataclass(frozen=True)
class Row:
    """The values of one row, by the names of the arguments, and what it is called."""

    values: Mapping[str, object]
    name: str


def as_one(collector: pytest.Collector, name: str, test: object) -> pytest.Item | None:
    """Make one test of a function with rows; nothing where it needs a test for each."""
    if not isinstance(collector, pytest.Module) or not isinstance(test, FunctionType):
        return None
    rows = rows_of(test)
    if not rows or _apart(collector, test):
        return None
    item = pytest.Function.from_parent(collector, name=name, callobj=joined(test, rows))
    return item if _begins_alike(item) else None


def rows_of(test: FunctionType) -> list[Row]:
    """List the rows of a test; none where pytest must read them."""
    marks = [mark for mark in getattr(test, "pytestmark", ()) if mark.name == "parametrize"]
    tables = [_table(mark) for mark in marks]
    if not all(tables):
        return []
    return [
        Row(
            {key: value for row in chosen for key, value in row.values.items()},
            "-".join(row.name for row in chosen),
        )
        for chosen in itertools.product(*tables)
        if chosen
    ]


def _table(mark: pytest.Mark) -> list[Row]:
    if len(mark.args) != 2 or mark.kwargs.keys() - {"ids"}:
        return []
    told, values = mark.args
    names = (
        [one.strip() for one in told.split(",") if one.strip()] if isinstance(told, str) else told
    )
    alone = isinstance(told, str) and len(names) == 1
    if not isinstance(values, Collection):
        return []
    ids = mark.kwargs.get("ids")
    if ids is not None and not callable(ids) and not isinstance(ids, Sequence):
        return []
    rows = [_row(names, value, alone, ids, at) for at, value in enumerate(values)]
    return [row for row in rows if row] if all(rows) else []


def _row(names: Sequence[str], value: Any, alone: bool, ids: Any, at: int) -> Row | None:
    named = None
    if isinstance(value, PARAMETER):
        if value.marks:
            return None
        value, named = value.values, value.id
    elif alone:
        value = (value,)
    if callable(ids):
        shown = "-".join(_shown(one if (told := ids(one)) is None else told) for one in value)
    else:
        shown = str(ids[at]) if ids is not None else "-".join(map(_shown, value))
    return Row(dict(zip(names, value, strict=True)), str(named or shown))


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= 60 else f"{text[:60]}…"


def _apart(collector: pytest.Module, test: FunctionType) -> bool:
    """Tell whether somebody asks for each row, or the test takes long or ends in other ways."""
    config = collector.config
    asked = config.getoption("each_row") or config.getoption("keyword")
    if asked or any("[" in str(one) for one in config.args):
        return True
    marks = {mark.name for mark in (*test.pytestmark, *collector.iter_markers())}
    names = {*test.__code__.co_names, *inspect.signature(test).parameters}
    return bool({"long", "usefixtures"} & marks or set(KEPT_APART) & names) or hasattr(
        test, "is_hypothesis_test"
    )


def _begins_alike(item: pytest.Function) -> bool:
    """Tell whether all fixtures of a test serve all of its rows."""
    info = item._fixtureinfo
    own = {
        name
        for name, known in info.name2fixturedefs.items()
        if known and (known[-1].scope == "function" or known[-1].params)
    }
    return own <= set(GIVEN) & set(info.argnames)


def joined(test: FunctionType, rows: Sequence[Row]) -> Callable[..., None]:
    """Return a function that runs a test with every row."""
    wanted = inspect.signature(test)
    filled = set(rows[0].values)

    @functools.wraps(test)
    def run(**fixtures: Any) -> None:
        failed = [found for at, row in enumerate(rows) if (found := _run(test, row, fixtures, at))]
        if len(failed) == 1:
            raise failed[0][1]
        if failed:
            pytest.fail("\n".join(_told(failed, len(rows))), pytrace=False)

    left = [one for name, one in wanted.parameters.items() if name not in filled]
    vars(run)["__signature__"] = wanted.replace(parameters=left)
    vars(run)["pytestmark"] = [mark for mark in test.pytestmark if mark.name != "parametrize"]
    return run


def _run(
    test: FunctionType, row: Row, fixtures: Mapping[str, Any], at: int
) -> tuple[Row, BaseException] | None:
    """Run one row; return how it failed."""
    own = dict(fixtures)
    with ExitStack() as stack:
        if "tmp_path" in own:
            own["tmp_path"] = _folder(own["tmp_path"], at)
        if "monkeypatch" in own:
            own["monkeypatch"] = stack.enter_context(pytest.MonkeyPatch.context())
        try:
            test(**own, **row.values)
        except FAILURES as error:
            error.add_note(f"row: {row.name}")
            return row, error
    return None


def _folder(parent: Path, at: int) -> Path:
    folder = parent / str(at)
    folder.mkdir()
    return folder


def _told(failed: Sequence[tuple[Row, BaseException]], count: int) -> Iterator[str]:
    yield f"{len(failed)} of {count} rows failed:"
    yield from (f"  {row.name}" for row, _ in failed)
    for row, error in failed[:SHOWN]:
        excinfo = pytest.ExceptionInfo.from_exception(error)
        excinfo.traceback = excinfo.traceback.filter(excinfo)[1:]
        yield f"\n---- {row.name}\n{excinfo.getrepr(style='short')}"
