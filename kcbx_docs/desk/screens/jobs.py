"""Long work: how far it is, a button that stops it, what was broken off and how to go on."""

from flask import Blueprint, abort, redirect, render_template
from flask.typing import ResponseReturnValue

from kcbx_docs.case.users import OF_SCHOOL, OF_TOWN
from kcbx_docs.desk.here import the_desk
from kcbx_docs.desk.jobs import LongJob
from kcbx_docs.desk.roles import open_to

pages = Blueprint("jobs", __name__)


@pages.get("/jobs/<call>")
@open_to(OF_SCHOOL, OF_TOWN)
def show(call: str) -> ResponseReturnValue:
    """Show how far it is; when it is done, go on to the screen that shows what it made."""
    job = _job(call)
    if job.state == "做完了":
        return redirect(the_desk().screen_of(job.about), 303)
    problems = job.problems if job.over else ()
    return render_template("job.html", job=job, problems=problems, command=job.about.command)


@pages.get("/jobs/<call>/far")
@open_to(OF_SCHOOL, OF_TOWN)
def far(call: str) -> ResponseReturnValue:
    """Tell a script how far it is."""
    return _job(call).as_data()


@pages.post("/jobs/<call>/cancel")
@open_to(OF_SCHOOL, OF_TOWN)
def cancel(call: str) -> ResponseReturnValue:
    """Have it stopped."""
    the_desk().jobs.cancel(_job(call).call)
    return redirect(f"/jobs/{call}", 303)


@pages.post("/jobs/<call>/forget")
@open_to(OF_SCHOOL, OF_TOWN)
def forget(call: str) -> ResponseReturnValue:
    """Say nothing more of what was broken off."""
    screen = the_desk().screen_of(_job(call).about)
    the_desk().jobs.forget(call)
    return redirect(screen, 303)


def _job(call: str) -> LongJob:
    jobs = the_desk().jobs
    broken = (job for job in jobs.broken_off() if job.call == call)
    return jobs.named(call) or next(broken, None) or abort(404)
