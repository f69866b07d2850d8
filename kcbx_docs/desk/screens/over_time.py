"""案件走势: on which road the cases were at the end of each week, as a picture and a table."""

from functools import partial

from flask import Blueprint, render_template

from kcbx_docs.case.users import OF_SCHOOL, OF_TOWN
from kcbx_docs.desk.here import the_desk
from kcbx_docs.desk.pictures.layers import counted_at_all, layers
from kcbx_docs.desk.roles import open_to
from kcbx_docs.listing.over_time import week_ends
from kcbx_docs.record.roads import ROADS

pages = Blueprint("over_time", __name__)
_WEEKS = 12


@pages.get("/over-time")
@open_to(OF_SCHOOL, OF_TOWN)
def show() -> str:
    """Show the counts of the last weeks."""
    desk = the_desk()
    day = desk.today()
    count = partial(desk.histories.counts, desk.cases, week_ends(day, _WEEKS))
    counts = desk.same("over time", count)
    return render_template(
        "over_time.html",
        layers=layers(counts, ROADS),
        counts=counts,
        roads=counted_at_all(counts, ROADS),
        command=desk.command("status"),
    )
