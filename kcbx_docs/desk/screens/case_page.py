"""一个案件: where each guardian stands, what may be done and what not, what happened."""

from flask import Blueprint, render_template

from kcbx_docs.case.users import OF_SCHOOL, OF_TOWN
from kcbx_docs.desk.here import the_case, the_desk, the_file
from kcbx_docs.desk.pictures.ladder import ladder
from kcbx_docs.desk.roles import open_to
from kcbx_docs.office.outlook import outlooks
from kcbx_docs.office.summary import in_short
from kcbx_docs.procedure.ladder import rungs_of
from kcbx_docs.procedure.standing import outline

pages = Blueprint("case", __name__)


@pages.get("/cases/<call>")
@open_to(OF_SCHOOL, OF_TOWN)
def show(call: str) -> str:
    """Show one case, or one piece of work."""
    desk, path = the_desk(), the_file(call)
    day = desk.today()
    told = outlooks([path], day, day, judged=True)
    case = next((one for one in told.cases if one.path == path), None)
    known = {"call": call, "problems": told.problems, "command": desk.command("next", path)}
    if case is None:
        return render_template("case_unread.html", kind=dict(told.others).get(path, ""), **known)
    if case.kind:
        return render_template("work.html", case=case, **known)
    docket = desk.office(path).docket(the_case(path))
    ladders = {
        person.guardian: ladder(rungs_of(docket, person, day), day)
        for person in outline(docket, day).guardians
    }
    short = in_short(case.told)
    return render_template(
        "case.html",
        case=case,
        told=case.told,
        short=short,
        history=docket.events,
        ladders=ladders,
        **known,
    )
