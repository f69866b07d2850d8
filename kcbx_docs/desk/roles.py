"""Which role may open which page of a county's server, and whose files it sees.

A page that declares nothing is closed to all but the county: whoever writes a new screen has to say
who may come in.
"""

from collections.abc import Callable
from typing import TypeVar

from kcbx_docs.case.event_kinds import EVENT_FIELDS
from kcbx_docs.case.users import OF_COUNTY, OF_SCHOOL, OF_TOWN, Role, ServerUser
from kcbx_docs.light import dataclass
from kcbx_docs.office.outlook import Outlooks
from kcbx_docs.office.owners import Owner
from kcbx_docs.problems import Place, Problem, problem

View = TypeVar("View", bound=Callable[..., object])
_OPEN_TO = "open_to"
_ROSTER_LACKING = "BTCH004"
EVERYBODY: tuple[Role, ...] = (OF_SCHOOL, OF_TOWN, OF_COUNTY)

SCHOOLS_OWN = (
    *("首次缺课", "联系", "劝返", "书面报告", "劝返通知", "批评教育"),
    *("返校", "复学观察", "再次缺课", "送教", "帮扶", "学籍标注"),
)
"""Events that a school writes down: what it does itself, and what it sees."""


@dataclass(frozen=True)
class Sight:
    """What somebody who logged in may see."""

    user: ServerUser

    @property
    def role(self) -> Role:
        """Return his role."""
        return self.user.role

    @property
    def school(self) -> str:
        """Return the school that he is of; nothing for who is of none."""
        return self.user.unit if self.role == OF_SCHOOL else ""

    def sees(self, owner: Owner | None) -> bool:
        """Tell whether he may see a file; what nobody could read is seen by the county alone."""
        if self.role == OF_COUNTY:
            return True
        if owner is None:
            return False
        if self.role == OF_SCHOOL:
            return owner.schools == {self.user.unit}
        return self.user.unit in (owner.office, owner.handled_by)

    def of(self, told: Outlooks) -> Outlooks:
        """Return what he may see of all cases."""
        if self.role == OF_COUNTY:
            return told
        own = {path for path, owner in told.owners if self.sees(owner)}
        names = {str(path) for path in own}
        regular = told.regular if self.role == OF_TOWN else ()
        return Outlooks(
            cases=tuple(one for one in told.cases if one.path in own),
            regular=tuple(one for one in regular if one[0] == self.user.unit),
            problems=tuple(one for one in told.problems if one.place.file in names),
            others=tuple(one for one in told.others if one.path in own),
            owners=tuple(one for one in told.owners if one[0] in own),
            unread=tuple(path for path in told.unread if path in own),
            begun=tuple(one for one in told.begun if one.path in own),
        )


def open_to(*roles: Role) -> Callable[[View], View]:
    """Let roles besides the county open a page."""

    def declared(view: View) -> View:
        setattr(view, _OPEN_TO, (*roles, OF_COUNTY))
        return view

    return declared


def may_open(view: object, role: Role) -> bool:
    """Tell whether a role may open a page: the county alone where it does not say."""
    return role in getattr(view, _OPEN_TO, (OF_COUNTY,))


def kinds_for(sight: Sight | None, *, of_others: bool = False) -> tuple[str, ...]:
    """List the kinds of events that somebody may write down; of a file of others those that are no
    act of an organ.
    """
    if sight is None or sight.role == OF_COUNTY:
        return tuple(EVENT_FIELDS)
    return SCHOOLS_OWN if of_others or sight.role == OF_SCHOOL else tuple(EVENT_FIELDS)


def without_others(found: Problem, hidden: tuple[str, ...]) -> Problem:
    """Return a problem, or that there is one, where its words name a file of somebody else; none
    asks for a roster that lies beside the one that is lacking: it may be another school's.
    """
    if found.code == _ROSTER_LACKING:
        facts = {**dict(found.facts), "advice": ""}
        found = problem(found.code, found.place, **facts)
    if not any(name in f"{found.message}{found.hint}{found.subject}" for name in hidden):
        return found
    return problem("DESK049", Place(found.place.file, found.place.line), code=found.code)
