"""台账与报表: every list that an office keeps, on a page, on paper and as a workbook."""

from collections.abc import Callable, Sequence
from functools import partial
from io import BytesIO

from flask import Blueprint, Response, abort, render_template, request, send_file

from kcbx_docs.case.users import OF_SCHOOL, OF_TOWN
from kcbx_docs.desk.blanks import asked_number
from kcbx_docs.desk.here import the_desk
from kcbx_docs.desk.opened import OpenDesk
from kcbx_docs.desk.roles import open_to
from kcbx_docs.desk.sheets import shown_table
from kcbx_docs.issuing.gathered import gather
from kcbx_docs.issuing.registers import NAMES, register
from kcbx_docs.light import dataclass
from kcbx_docs.listing.made_list import made_list
from kcbx_docs.listing.names import ABOUT
from kcbx_docs.listing.spans import months_until, terms_until
from kcbx_docs.office.spreadsheet import TextTable, workbook_of
from kcbx_docs.problems import Problems

pages = Blueprint("lists", __name__)
TERMS, MONTHS = 6, 12
"""Terms and months that are offered, the present one among them."""
REGISTERS = {
    "文号登记簿": "每一个文号：哪份文书、给谁、后来怎样；作废、撤回的也在",
    "送达台账": "每一次送达，和还没有送达的文书",
    "案件台账": "每名监护人走到哪一步、下一件要做的事",
    "待补证据": "哪一次送达还缺哪些证明",
}


@dataclass(frozen=True)
class WantedList:
    """A list as an address asks for it."""

    name: str
    term: str = ""
    school: str = ""

    @property
    def schools(self) -> tuple[str, ...]:
        """List the schools to which it is limited."""
        return (self.school,) if self.school else ()


@dataclass(frozen=True)
class ListSheets:
    """The sheets of a list, and what is to be said of it."""

    tables: tuple[TextTable, ...]
    problems: Problems
    schools: tuple[str, ...] = ()
    """The schools to which it may be limited."""


@pages.get("/lists")
@open_to(OF_SCHOOL, OF_TOWN)
def show() -> str:
    """Show which lists and reports there are."""
    desk = the_desk()
    return render_template(
        "lists.html",
        kept=ABOUT,
        registers=REGISTERS,
        months=months_until(desk.today(), MONTHS),
        command=desk.command("register", "--help"),
    )


@pages.get("/lists/table/<name>")
@open_to(OF_SCHOOL, OF_TOWN)
def table(name: str) -> str:
    """Show one sheet of a list, as many rows as a page holds."""
    desk, asked = the_desk(), _asked(name)
    made = _made(desk, asked)
    number = asked_number("sheet", 0)
    if not 0 <= number < len(made.tables):
        abort(404)
    page, on_paper = asked_number("page", 1), "print" in request.args
    shown = shown_table(made.tables[number], page, desk.calls, on_paper=on_paper) or abort(404)
    return render_template(
        "table.html",
        name=name,
        asked=asked,
        of_cases=name in ABOUT,
        about=ABOUT.get(name) or REGISTERS[name],
        sheets=[one.title for one in made.tables],
        number=number,
        shown=shown,
        terms=terms_until(desk.today(), TERMS),
        schools=made.schools,
        problems=desk.told(made.problems),
        command=desk.command(*_words(asked)),
    )


@pages.get("/lists/table/<name>/workbook")
@open_to(OF_SCHOOL, OF_TOWN)
def workbook(name: str) -> Response:
    """Hand out all sheets of a list as a workbook."""
    asked = _asked(name)
    return as_workbook(_made(the_desk(), asked).tables, f"{name}.xlsx")


def as_workbook(tables: Sequence[TextTable], name: str) -> Response:
    """Hand out tables as the same workbook that a command writes."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    data = BytesIO(workbook_of(tables))
    return send_file(data, mimetype=kind, as_attachment=True, download_name=name)


def _asked(name: str) -> WantedList:
    if name in REGISTERS and the_desk().sees_all:  # a ledger is that of all
        return WantedList(name)
    if name not in ABOUT:
        abort(404)
    return WantedList(name, request.args.get("term", ""), request.args.get("school", ""))


def _made(desk: OpenDesk, asked: WantedList) -> ListSheets:
    make: Callable[[OpenDesk, WantedList], ListSheets] = (
        _register if asked.name in REGISTERS else _list
    )
    return desk.same(asked, partial(make, desk, asked))


def _register(desk: OpenDesk, asked: WantedList) -> ListSheets:
    name = next(one for one in NAMES if one == asked.name)
    day = desk.today()
    told = desk.same("ledger", lambda: gather(desk.office(), desk.cases, day, day))
    return ListSheets((register(told, name),), told.problems)


def _list(desk: OpenDesk, asked: WantedList) -> ListSheets:
    day, among = desk.today(), desk.among
    make = partial(made_list, desk.office(), asked.name, day, asked.term, among=among, today=day)
    every = desk.same((asked.name, asked.term), make)
    told = every.gathered
    named = [child.school for child in told.children] + [one.who.school for one in told.leads]
    made = make(schools=asked.schools) if asked.schools else every
    schools = tuple(dict.fromkeys(filter(None, named)))
    return ListSheets(made.tables, made.gathered.problems, schools)


def _words(asked: WantedList) -> Sequence[str]:
    file = f"{asked.name}.xlsx"
    if asked.name in REGISTERS:
        return "ledger", "export", asked.name, "--out", file
    term = ("--term", asked.term) if asked.term else ()
    school = ("--school", asked.school) if asked.school else ()
    return "register", asked.name, *term, *school, "--out", file
