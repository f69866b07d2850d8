"""记一条线索: what somebody says on the telephone, written as ``kcbx new 线索`` writes it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import chain

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kcbx_docs.case.ids import normalise_id
from kcbx_docs.case.leads import Whence
from kcbx_docs.desk.blanks import REFUSED, FormBlank, answered, faults_of
from kcbx_docs.desk.here import may_write, the_desk
from kcbx_docs.desk.turns import FORM, new_form
from kcbx_docs.office.destination import destination_at
from kcbx_docs.office.leads import Taken
from kcbx_docs.office.new_leads import LeadsTold, NewLeads, new_leads, one_child
from kcbx_docs.problems import Place, Problems, UserError, raise_errors, stop

pages = Blueprint("new_lead", __name__)
SOURCES: tuple[Whence, ...] = Whence.__args__  # type: ignore[attr-defined]
_NAME, _DAY, _SOURCE, _SCHOOL, _LAST = "姓名", "接到日期", "来源", "学校", "最后到校日期"
_OF_CHILD = (_NAME, "班级", "身份证号", "监护人", "电话")
_ABOUT = {
    "班级": "如 七年级2班；不知道的都可以不填",
    "身份证号": "知道的才填",
    "监护人": "家长姓名，知道的才填",
    "电话": "学生或者家长的",
    _LAST: "最后一天到校",
    "原因": "听说了什么：去向、原因、多少天没有来",
    "反映人": "谁打来的、谁说的",
}
_OPTIONS = {
    _NAME: "--pupil",
    "班级": "--class",
    "身份证号": "--id-number",
    "监护人": "--guardian",
    "电话": "--phone",
    _LAST: "--last-seen",
    "原因": "--text",
    _SOURCE: "--source",
    "反映人": "--by",
    _SCHOOL: "--school",
    _DAY: "--as-of",
}
"""The blanks in their order, and what a command calls each."""


@pages.get("/leads/new")
def ask() -> str:
    """Ask what was heard."""
    return _form({_DAY: the_desk().today().isoformat(), _SOURCE: "群众"})


@pages.post("/leads/new")
def take() -> ResponseReturnValue:
    """Look at a new lead, or write it."""
    desk, form = the_desk(), request.form
    with desk.turns.of(form.get(FORM, "")) as before:
        if before:
            return redirect(before, 303)
        told = answered(_OPTIONS)
        try:
            made = _made(told)
            if not may_write(made.text):
                return _form(told, made=made)
            made.write()
        except UserError as error:
            return _form(told, problems=error.problems), REFUSED
        mark = desk.marked(str(made.taken.entries[0]["编号"]))
        to = desk.turns.done(form.get(FORM, ""), f"/leads/{mark}?said=new")
    return redirect(to, 303)


def _made(told: Mapping[str, str]) -> NewLeads:
    """Make the file of a lead; raise with what speaks against it."""
    desk = the_desk()
    if not told.get(_NAME):
        raise stop("DESK071", Place(path=_NAME), what="学生姓名")
    source = next((one for one in SOURCES if one == told.get(_SOURCE)), None)
    if source is None:
        raise stop("DESK071", Place(path=_SOURCE), what=_SOURCE)
    day, last = _day(told, _DAY) or desk.today(), _day(told, _LAST)
    child = {key: told.get(key, "") for key in _OF_CHILD}
    child["身份证号"] = normalise_id(child["身份证号"])
    heard = one_child(child, told.get("原因", ""), last)
    of = LeadsTold(day, source, told.get("反映人", ""), told.get(_SCHOOL, ""))
    made = new_leads(destination_at(desk.root), [heard], of)
    raise_errors(made.faults(desk.today()))
    return made


def _day(told: Mapping[str, str], key: str) -> date | None:
    try:
        return date.fromisoformat(told[key]) if told.get(key) else None
    except ValueError:
        raise stop("DESK071", Place(path=key), what=key) from None


def _form(told: Mapping[str, str], *, made: NewLeads | None = None, problems: Problems = ()) -> str:
    taken: Taken | None = made.taken if made else None
    said = ((option, told[key]) for key, option in _OPTIONS.items() if told.get(key))
    return render_template(
        "new_lead.html",
        blanks=[*_blanks(told, problems)],
        entry=taken.entries[0] if taken else None,
        ahead=made.text if made else "",
        problems=problems or ((*taken.problems, *_odd(made)) if taken and made else ()),
        form=request.form.get(FORM) or new_form(),
        command=the_desk().command("new", "线索", *chain.from_iterable(said)),
    )


def _odd(made: NewLeads) -> Problems:
    """Tell what is odd about what was heard; it has no place in a file yet."""
    found = made.faults(the_desk().today())
    return tuple(replace(one, place=Place(path=one.place.path)) for one in found)


def _blanks(told: Mapping[str, str], problems: Problems) -> Iterator[FormBlank]:
    schools = destination_at(the_desk().root).schools
    for key in _OPTIONS:
        yield FormBlank(
            key=key,
            label="学生姓名" if key == _NAME else "家长姓名" if key == "监护人" else key,
            about=_ABOUT.get(key, ""),
            answer=told.get(key, ""),
            required=key in (_NAME, _DAY, _SOURCE),
            choices=SOURCES if key == _SOURCE else (),
            proposals=schools if key == _SCHOOL else (),
            faults=faults_of(problems, key),
        )
