"""新建案件: a file for one child, asked for as ``kcbx new 案件`` asks."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kcbx_docs.case.fields import FOLDER_BYTES
from kcbx_docs.case.model import name_key
from kcbx_docs.desk.blanks import REFUSED
from kcbx_docs.desk.here import may_write, the_desk
from kcbx_docs.desk.new_case_form import NUMBER, case_blanks, case_said
from kcbx_docs.desk.turns import FORM, new_form
from kcbx_docs.office import new_files
from kcbx_docs.office.destination import Destination, destination_at
from kcbx_docs.office.files import folder_key
from kcbx_docs.office.new_case import SOMEBODY, CaseSaid, write_cases_anew
from kcbx_docs.problems import (
    Place,
    Problem,
    Problems,
    UserError,
    as_warning,
    errors,
    problem,
    raise_errors,
)

pages = Blueprint("new_case", __name__)
_PUPIL = "学生"
_RECORDS = (_PUPIL, "监护人")


@pages.get("/new")
def ask() -> str:
    """Ask for a new case."""
    return _form(CaseSaid({}))


@pages.post("/new")
def take() -> ResponseReturnValue:
    """Look at a new case, or write it."""
    desk, form = the_desk(), request.form
    with desk.turns.of(form.get(FORM, "")) as before:
        if before:
            return redirect(before, 303)
        here, said = destination_at(desk.root), case_said()
        try:
            told = _judged(here, said)
            if not may_write(said.text):
                return _form(said, ahead=said.text, problems=told)
            path = write_cases_anew(here, {said.answers[(NUMBER,)]: said.text})[0]
        except UserError as error:
            return _form(said, problems=error.problems), REFUSED
        to = desk.turns.done(form.get(FORM, ""), f"/cases/{desk.called(path)}?said=new")
    return redirect(to, 303)


def _judged(here: Destination, said: CaseSaid) -> Problems:
    """Return what is told of a case; raise what speaks against it."""
    number = said.answers[(NUMBER,)]
    told = [*_of_number(number, here), *_lacking(said)]
    path = here.cases / "new.yaml"
    faults = _faults(said, path, here)
    # What is not known yet is filled in later: a telephone call begins a case.
    told += (as_warning(one) if _unfilled(one) else one for one in faults)
    told += _known(said, here)
    raise_errors(told)
    return tuple(told)


def _faults(said: CaseSaid, path: Path, here: Destination) -> Problems:
    """Say what the readers of the file say: of a child whose name is none as well, once he is
    called otherwise, so that one fault hides no other.
    """
    found = said.faults(path, the_desk().today(), here.workspace)
    if not any(one.place.path == f"{_PUPIL}.姓名" for one in errors(found)):
        return found
    answers = {**said.answers, (_PUPIL, "姓名"): ""}
    more = replace(said, answers=answers).faults(path, the_desk().today(), here.workspace)
    known = {(one.code, one.place.path) for one in found}
    return (*found, *(one for one in more if (one.code, one.place.path) not in known))


def _unfilled(found: Problem) -> bool:
    """Tell whether a key is not written yet: its problem stands at the record, not at a key."""
    path = found.place.path
    return bool(found.missing) or ("." not in path and path.partition("[")[0] in _RECORDS)


def _of_number(number: str, here: Destination) -> Iterator[Problem]:
    if taken := here.numbers.get(folder_key(number)):
        files = the_desk().below(taken)
        yield problem("WORK010", Place(path=NUMBER), number=number, files=files)
    try:
        new_files.folder_name(number)
    except ValueError:
        facts = {"key": NUMBER, "value": number, "bytes": FOLDER_BYTES}
        yield problem("CASE004", Place(path=NUMBER), **facts)


def _lacking(said: CaseSaid) -> Iterator[Problem]:
    if not said.answers.get(("学生", "姓名")):
        yield problem("DESK071", Place(path="学生.姓名"), what="学生姓名")


def _known(said: CaseSaid, here: Destination) -> Iterator[Problem]:
    """Tell of open cases of the child: of the very child there is no second one."""
    desk = the_desk()
    for one, _ in said.known(here.files, closed=True):
        facts = {"name": said.answers["学生", "姓名"], "case": desk.below(one.path)}
        yield problem("CLI140", Place(str(one.path), path="学生.姓名"), **facts)
    for one, surely in said.known(here.files):
        facts = {"name": said.answers["学生", "姓名"], "case": desk.below(one.path)}
        code, command = "CLI080" if surely else "CLI070", desk.command("next", one.path)
        place = Place(str(one.path), path="学生.姓名")
        yield problem(code, place, **facts, command=command)
        if surely and one.name != name_key(facts["name"]):
            yield problem("DESK084", place, known=one.name, name=facts["name"])


def _form(said: CaseSaid, *, ahead: str = "", problems: Problems = ()) -> str:
    desk = the_desk()
    here = destination_at(desk.root)
    free = next(new_files.next_numbers(here.taken, desk.today().year))
    own = tuple(_placed(one) for one in problems)
    return render_template(
        "new_case.html",
        blanks=[*case_blanks(said, here, free, own)],
        ahead=ahead,
        problems=own if errors(own) else tuple(map(as_warning, own)),
        form=request.form.get(FORM) or new_form(),
        command=_command(said),
    )


def _placed(found: Problem) -> Problem:
    """Leave out the place in a file that is not there yet; the key stays."""
    found = replace(found, message=found.message.replace(f"「{SOMEBODY}」", ""))
    there = Path(found.place.file) in the_desk().cases
    return found if there else replace(found, place=Place(path=found.place.path))


_OPTIONS = {
    "--id": (NUMBER,),
    "--situation": ("情形",),
    "--pupil": ("学生", "姓名"),
    "--id-number": ("学生", "身份证号"),
    "--grade": ("学生", "年级"),
    "--class": ("学生", "班级"),
    "--school": ("学校",),
    "--absent": ("经过", 0, "日期"),
    "--handlers": ("承办人",),
}
_OF_GUARDIAN = {
    "--guardian": "姓名",
    "--relation": "关系",
    "--basis": "监护依据",
    "--guardian-id": "身份证号",
    "--phone": "电话",
    "--address": "住址",
}


def _command(said: CaseSaid) -> str:
    words: list[str | Path] = ["new", "案件"]
    for option, loc in _OPTIONS.items():
        told = said.answers.get(loc, "")
        if told or (loc in said.answers and option == "--school"):  # else the first one is meant
            words += [option, told]
    count = sum(1 for loc in said.answers if loc[0] == "监护人" and loc[-1] == "姓名")
    for option, key in _OF_GUARDIAN.items():
        texts = [said.answers.get(("监护人", place, key), "") for place in range(count)]
        for text in texts if any(texts) else ():
            words += [option, text]
    return the_desk().command(*words, *(["--yes"] if said.answers else []))
