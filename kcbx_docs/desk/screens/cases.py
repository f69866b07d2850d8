"""案件: all of them, found by number, name, file, state or what is to be done."""

from collections.abc import Iterator, Sequence

from flask import Blueprint, render_template, request

from kcbx_docs.case.users import OF_SCHOOL, OF_TOWN
from kcbx_docs.desk.here import the_desk
from kcbx_docs.desk.roles import open_to
from kcbx_docs.desk.rows import MOST, CaseRow, begun_of, rows_of
from kcbx_docs.office.outlook import Outlooks, WithoutSteps

pages = Blueprint("cases", __name__)


@pages.get("/cases")
@open_to(OF_SCHOOL, OF_TOWN)
def show() -> str:
    """List all cases."""
    return _listed(())


@pages.post("/cases")
@open_to(OF_SCHOOL, OF_TOWN)
def find() -> str:
    """List the cases that have some words in them: a name stands in no address."""
    return _listed(request.form.get("words", "").split())


def _listed(words: Sequence[str]) -> str:
    desk = the_desk()
    day = desk.today()
    told = desk.outlooks(day)
    rows = [row for row in rows_of(told.cases, day) if _has(row, words)]
    return render_template(
        "cases.html",
        rows=rows[:MOST],
        more=max(len(rows) - MOST, 0),
        words=" ".join(words),
        problems=() if words else told.problems,
        begun=[one for one in begun_of(told) if one.has(words)],
        others=() if words else [*_others(told)],
        unshown=0 if words else max(len(told.others) - MOST, 0),
        command=desk.command("status"),
    )


def _others(told: Outlooks) -> Iterator[tuple[str, WithoutSteps]]:
    """Yield the batches and letters, each with the address of its page."""
    desk = the_desk()
    for one in told.others[:MOST]:
        page = "notices" if one.kind == "批次" else "cases"
        yield f"/{page}/{desk.called(one.path)}", one


def _has(row: CaseRow, words: Sequence[str]) -> bool:
    text = f"{row.number} {row.pupil} {row.states} {row.kind} {row.what} {row.file}"
    return all(word in text for word in words)
